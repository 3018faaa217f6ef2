import { readOpenApi } from "../../reading/text/open-api";
import { knownValue, type ResourceOf, type Stack } from "../../stack";
import { type AnyApi, apiOf } from "./api-of";
import { isPrivateOnly } from "./document";
import { Api } from "./http-api";
import { RestApi, RestApiPut } from "./rest-api";

/** Who reaches an API at the execute-api host that API Gateway gives it in addition to any custom domain. */
export type DefaultEndpoint =
  | "open"
  | "closed"
  /** Only a VPC endpoint leads there. */
  | "private"
  /** `disableExecuteApiEndpoint` is unknown before the deployment. */
  | "undetermined"
  /** Open, unless a document that is unknown before the deployment closes it. */
  | "open-unless-in-document";

/**
 * Whether an API answers at its default endpoint. Either the argument or the extension of a document closes it. An argument
 * of false doesn't open what a document closes.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-disable-default-endpoint.html
 */
export function defaultEndpointOf(stack: Stack, api: AnyApi): DefaultEndpoint {
  const disabled = Api.is(api)
    ? api.flag("disableExecuteApiEndpoint")
    : (api as ResourceOf<typeof RestApi>).flag("disableExecuteApiEndpoint");
  if (knownValue(disabled)) return "closed";
  if (RestApi.is(api) && isPrivateOnly(api)) return "private";
  const documents = documentsOf(stack, api);
  if (documents.includes("closing")) return "closed";
  if (disabled.kind === "unknown") return "undetermined";
  return documents.includes("unknown") ? "open-unless-in-document" : "open";
}

function documentsOf(stack: Stack, api: AnyApi): readonly ("closing" | "unknown" | "silent")[] {
  const puts = RestApi.is(api) ? stack.of(RestApiPut).filter((put) => apiOf(stack, put) === api) : [];
  const bodies = [
    Api.is(api) ? api.value("body") : (api as ResourceOf<typeof RestApi>).value("body"),
    ...puts.map((put) => put.value("body")),
  ];
  return bodies.map((body) => {
    if (body.kind === "absent") return "silent";
    const openApi = readOpenApi(knownValue(body));
    if (body.kind === "unknown" || openApi.kind === "unknown") return "unknown";
    if (openApi.kind !== "read") return "silent";
    const { disablesDefaultEndpoint } = openApi.document;
    if (disablesDefaultEndpoint.kind === "unknown") return "unknown";
    return knownValue(disablesDefaultEndpoint) ? "closing" : "silent";
  });
}
