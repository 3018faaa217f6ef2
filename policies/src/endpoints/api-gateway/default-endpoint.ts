import { type OpenApi, readOpenApi } from "../../reading/text/open-api";
import { absent, knownValue, type ResourceOf, type Seen, type Stack, unknown, view } from "../../stack";
import { acceptsOldTls } from "../tls/security-policy";
import { type AnyApi, apiOf } from "./api-of";
import { isPrivateOnly } from "./document";
import { Api } from "./http-api";
import { RestApi, RestApiPut } from "./rest-api";

type RestApiResource = ResourceOf<typeof RestApi>;

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
    : (api as RestApiResource).flag("disableExecuteApiEndpoint");
  if (knownValue(disabled)) return "closed";
  if (RestApi.is(api) && isPrivateOnly(api)) return "private";
  const documents = documentsOf(stack, api);
  if (documents.includes("closing")) return "closed";
  if (disabled.kind === "unknown") return "undetermined";
  return documents.includes("unknown") ? "open-unless-in-document" : "open";
}

function documentsOf(stack: Stack, api: AnyApi): readonly ("closing" | "unknown" | "silent")[] {
  return openApisOf(stack, api).map((openApi) => {
    if (openApi.kind !== "read") return openApi.kind === "unknown" ? "unknown" : "silent";
    const { disablesDefaultEndpoint } = openApi.document;
    if (disablesDefaultEndpoint.kind === "unknown") return "unknown";
    return knownValue(disablesDefaultEndpoint) ? "closing" : "silent";
  });
}

/** The documents of an API: its own, and those that are put into it. */
function openApisOf(stack: Stack, api: AnyApi): readonly OpenApi[] {
  const puts = RestApi.is(api) ? stack.of(RestApiPut).filter((put) => apiOf(stack, put) === api) : [];
  const bodies = [
    Api.is(api) ? api.value("body") : (api as RestApiResource).value("body"),
    ...puts.map((put) => put.value("body")),
  ];
  return bodies.flatMap((body): readonly OpenApi[] => {
    if (body.kind === "absent") return [];
    return [body.kind === "known" ? readOpenApi(body.value) : { kind: "unknown" }];
  });
}

/** Whether a REST API accepts a version of TLS before 1.2 at its default endpoint. */
export type DefaultEndpointTls =
  | "new"
  /** A security policy says so. */
  | "old"
  /** No security policy says otherwise. */
  | "old by default"
  /** It does, unless a document that can't be read before the deployment says otherwise. */
  | "old-unless-in-document"
  /** Its security policy is unknown before the deployment. */
  | "undetermined";

/**
 * The security policy of a REST API is an argument, or an extension of its document. Without one, the default endpoint of a
 * regional or an edge-optimized API accepts TLS 1.0, and that of a private API doesn't. HTTP and WebSocket APIs have no security
 * policy: they never accept TLS 1.0.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/openapi-extensions-security-policy.html
 */
export function defaultEndpointTlsOf(stack: Stack, api: RestApiResource): DefaultEndpointTls {
  const endpoint = defaultEndpointOf(stack, api);
  if (endpoint === "closed") return "new";
  const policies = [api.word("securityPolicy"), ...openApisOf(stack, api).map(securityPolicyIn)];
  const [decides] = policies.filter(({ kind }) => kind !== "absent");
  if (decides?.kind === "known") return acceptsOldTls(decides.value) ? "old" : "new";
  if (api.isSet("securityPolicy")) return "undetermined";
  if (endpoint === "private") return "new";
  return decides || api.isSet("bodyS3Location") ? "old-unless-in-document" : "old by default";
}

function securityPolicyIn(openApi: OpenApi): Seen<string> {
  if (openApi.kind !== "read") return openApi.kind === "unknown" ? unknown : absent;
  const policy = openApi.document.extension("x-amazon-apigateway-security-policy");
  if (policy.kind !== "known") return policy;
  return view<{ policy: string }>({ policy: policy.value }).word("policy");
}
