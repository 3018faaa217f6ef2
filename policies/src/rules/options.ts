import type { Acceptance } from "../endpoints/endpoint";
import type { Option } from "./rule";

export const acceptApiKeys: Option = {
  type: "boolean",
  default: false,
  description:
    "Take an API key for authentication. A key identifies a client for metering; AWS advises against more.",
};

export const acceptPrivateNetworks: Option = {
  type: "boolean",
  default: false,
  description:
    "Let an API that only a private network reaches do without authentication, for instance a REST API whose only endpoint type is PRIVATE.",
};

export const unknownDocuments: Option = {
  type: "string",
  enum: ["advisory", "mandatory"],
  default: "advisory",
  description:
    "How much a document weighs that isn't known before the deployment. Advisory: the same rule decides before the resource is created.",
};

export function acceptanceOf(options: Readonly<Record<string, unknown>>): Acceptance {
  return {
    apiKeys: options.acceptApiKeys === true,
    privateNetworks: options.acceptPrivateNetworks === true,
  };
}
