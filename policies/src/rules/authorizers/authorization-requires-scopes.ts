import { Route } from "../../endpoints/api-gateway/http-api";
import { matchesAnyToken, RestAuthorizer } from "../../endpoints/api-gateway/lambda-authorizer";
import { Method } from "../../endpoints/api-gateway/rest-api";
import { signUpOf, UserPool } from "../../endpoints/cognito/user-pool";
import { knownValue, type ResourceOf, type Stack, type View } from "../../stack";
import { nist, owasp, pci, soc2 } from "../controls";
import { resourceRule } from "../rule";
import { quoted } from "../wording";

export const authorizationRequiresScopes = resourceRule({
  id: "authorization-requires-scopes",
  theme: "authorizers",
  title: "Authorization by tokens requires scopes",
  severity: "medium",
  level: "advisory",
  because: "callers have proved who they are",
  controls: [owasp("API5:2023"), nist("AC-6"), pci("7.3.2"), soc2("CC6.3")],
  why: "Without scopes, a route accepts every token that its authorizer considers valid: the ID token of everybody who can sign in, and an access token that was issued for something else. A scope says that a client was granted this operation. For a Cognito user pool, naming a scope is also what makes a REST API require an access token.",
  fix: `authorizationScopes: ["customers/read"]   // a token needs one of these`,
  exceptionIf:
    "every user of the issuer may do everything here, or the backend itself checks what the caller may do",
  links: [
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-enable-cognito-user-pool.html",
    "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-define-resource-servers.html",
  ],
  kinds: {
    "no-scopes": "The route or method lists no authorizationScopes, so it accepts every valid token.",
  },
  examples: {
    bad: `new aws.apigatewayv2.Route("any-token", {
    apiId: httpApi.id,
    routeKey: "GET /orders",
    authorizationType: "JWT",
    authorizerId: jwtAuthorizer.id,
    target,
});`,
    good: `new aws.apigatewayv2.Route("scoped-token", {
    apiId: httpApi.id,
    routeKey: "GET /orders",
    authorizationType: "JWT",
    authorizerId: jwtAuthorizer.id,
    authorizationScopes: ["orders/read"],
    target,
});`,
  },
  resources: [Route],
  reads: { authorizationType: "deciding word", authorizerId: "presence", authorizationScopes: "reference" },
  *check(route) {
    const isByToken = knownValue(route.word("authorizationType")) === "JWT";
    if (!isByToken || !hasAuthorizerWithoutScopes(route)) return;
    yield {
      kind: "no-scopes",
      sentence: `The route ${quoted(route.name)} has authorizationType JWT and no authorizationScopes, so it accepts ID tokens as well as access tokens.`,
    };
  },
  // Whether a method may do without scopes depends on its authorizer and user pool, which only the stack shows.
  stackResources: [Method, RestAuthorizer, UserPool],
  *checkStack(stack) {
    for (const method of stack.of(Method)) {
      const isByToken = knownValue(method.word("authorization")) === "COGNITO_USER_POOLS";
      if (!isByToken || !hasAuthorizerWithoutScopes(method) || isNarrowedByItsAuthorizer(stack, method))
        continue;
      yield {
        kind: "no-scopes",
        resource: method,
        sentence: `The method ${quoted(method.name)} has authorization COGNITO_USER_POOLS and no authorizationScopes, so it accepts the ID token of every user, from every app client of the user pool.`,
      };
    }
  },
});

/** Without an authorizer the route or method is open, which another rule reports. */
function hasAuthorizerWithoutScopes(
  endpoint: View<{ authorizerId?: string; authorizationScopes?: string[] }>,
): boolean {
  const hasScopes = endpoint.isSet("authorizationScopes");
  return endpoint.isSet("authorizerId") && !hasScopes;
}

/** Whether the authorizer checks the token's audience, or administrators create all users of its pools. */
function isNarrowedByItsAuthorizer(stack: Stack, method: ResourceOf<typeof Method>): boolean {
  const target = stack.target(method, "authorizerId", RestAuthorizer);
  if (target.kind !== "found") return false;
  const { resource: authorizer } = target;
  if (!matchesAnyToken(authorizer)) return true;
  const arns = authorizer.list("providerArns");
  const pools = stack.madeOf(authorizer, "providerArns", UserPool);
  const areAllHere = arns.kind === "known" && pools.length > 0 && arns.value.length <= pools.length;
  return areAllHere && pools.every((pool) => signUpOf(pool) === "administrators");
}
