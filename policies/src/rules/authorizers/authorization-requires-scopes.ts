import { Route } from "../../endpoints/api-gateway/http-api";
import { RestAuthorizer } from "../../endpoints/api-gateway/lambda-authorizer";
import { Method } from "../../endpoints/api-gateway/rest-api";
import { UserPool } from "../../endpoints/cognito/user-pool";
import { methodsThatTakeEveryToken, takesEveryToken } from "../../loopholes/token-scope";
import { nist, owasp } from "../controls";
import { resourceRule } from "../rule";
import { quoted } from "../wording";

export const authorizationRequiresScopes = resourceRule({
  id: "authorization-requires-scopes",
  theme: "authorizers",
  title: "Authorization by tokens asks for scopes",
  severity: "medium",
  level: "advisory",
  controls: [owasp("API5:2023"), nist("AC-6")],
  why: "Without scopes, a route takes every token that its authorizer finds sound: the ID token of everybody who can sign in, as well as an access token that was made for something else. A scope says that a client was given leave to do this. With Cognito user pools, naming a scope is also what makes a REST API ask for an access token.",
  fix: `authorizationScopes: ["customers/read"]   // of which a token needs one`,
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
    if (!takesEveryToken(route)) return;
    yield {
      sentence: `The route ${quoted(route.name)} has authorizationType JWT and no authorizationScopes: it takes ID tokens as well as access tokens.`,
    };
  },
  // A method may do without: its authorizer and its user pool say so, and only the stack shows which these are.
  stackResources: [Method, RestAuthorizer, UserPool],
  *checkStack(stack) {
    for (const method of methodsThatTakeEveryToken(stack)) {
      yield {
        resource: method,
        sentence: `The method ${quoted(method.name)} has authorization COGNITO_USER_POOLS and no authorizationScopes: it takes the ID token of every user, from every app client of the user pool.`,
      };
    }
  },
});
