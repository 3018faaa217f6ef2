import { method } from "../resources";
import type { UnknownRow } from "../unknown-row";
import { keyless } from "../unknown-subjects";

export const rows: readonly UnknownRow[] = [
  {
    situation: "a method with NONE",
    resources: [method("lookup", "GET", { authorization: "NONE", ...keyless })],
    on: "lookup",
  },
  {
    situation: "a method whose authorizer is missing",
    resources: [method("lookup", "GET", { authorization: "CUSTOM", apiKeyRequired: true })],
    on: "lookup",
  },
];
