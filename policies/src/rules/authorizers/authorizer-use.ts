import { type AnyApi, apiOf } from "../../endpoints/api-gateway/api-of";
import { Route } from "../../endpoints/api-gateway/http-api";
import { HttpAuthorizer } from "../../endpoints/api-gateway/jwt-authorizer";
import { RestAuthorizer } from "../../endpoints/api-gateway/lambda-authorizer";
import { Method, RestApiPut } from "../../endpoints/api-gateway/rest-api";
import type { Resource, Seen, Stack, Target } from "../../stack";

/** A method or a route, and the authorizer that it names. */
export interface AuthorizerUse {
  readonly endpoint: Resource;
  readonly type: Seen<string>;
  /** The API that it belongs to. Undefined where this stack doesn't hold it. */
  readonly api: AnyApi | undefined;
  readonly authorizer: Target;
}

export function authorizerUses(stack: Stack): readonly AuthorizerUse[] {
  const useOf = <Args extends { authorizerId?: unknown }>(
    endpoint: Resource<Args>,
    type: Seen<string>,
  ): AuthorizerUse => ({
    endpoint,
    type,
    api: apiOf(stack, endpoint),
    authorizer: namedBy(stack, endpoint),
  });
  return [
    ...stack.of(Method).map((method) => useOf(method, method.word("authorization"))),
    ...stack.of(Route).map((route) => useOf(route, route.word("authorizationType"))),
  ];
}

/** An authorizer of either kind of API, since naming one of the other kind is a mistake too. */
function namedBy<Args extends { authorizerId?: unknown }>(stack: Stack, endpoint: Resource<Args>): Target {
  const ofRest = stack.target(endpoint, "authorizerId", RestAuthorizer);
  const ofHttp = stack.target(endpoint, "authorizerId", HttpAuthorizer);
  return ofHttp.kind === "found" ? ofHttp : ofRest;
}

/** Every authorizer of the stack, with its API where the stack holds that too. */
export function authorizersIn(
  stack: Stack,
): readonly { readonly authorizer: Resource; readonly api: AnyApi | undefined }[] {
  return [...stack.of(RestAuthorizer), ...stack.of(HttpAuthorizer)].map((authorizer) => ({
    authorizer,
    api: apiOf(stack, authorizer),
  }));
}

/**
 * Whether an API may have a document, whose operations name authorizers too. Where the stack doesn't show which API a
 * `RestApiPut` belongs to, any API may have it.
 */
export function mayHaveDocument(stack: Stack, api: AnyApi): boolean {
  if (api.isSet("body") || api.isSet("bodyS3Location")) return true;
  const documented = stack.of(RestApiPut).map((put) => apiOf(stack, put));
  return documented.includes(undefined) || documented.includes(api);
}
