import {
  authorizerUseTypes,
  foreignAuthorizers,
  idleAuthorizers,
  unequalPools,
} from "../../loopholes/authorizer-use";
import { nist, owasp } from "../controls";
import { stackRule } from "../rule";
import { quoted } from "../wording";

export const authorizerBelongsToItsApi = stackRule({
  id: "authorizer-belongs-to-its-api",
  theme: "authorizers",
  title: "Methods and routes name an authorizer of their own API",
  severity: "high",
  level: "mandatory",
  controls: [owasp("API2:2023"), nist("AC-3")],
  why: "An authorizer protects the methods and routes that name it, of its own API. API Gateway refuses one of another API in the middle of an update, when some routes are changed and others are not. One that nothing names protects nothing, and a reader of the program takes it for protection.",
  fix: "authorizerId: authorizer.id   // of an authorizer with the same restApi, or the same apiId",
  examples: {
    bad: `const quotes = new aws.apigatewayv2.Api("quotes", { protocolType: "HTTP" });
new aws.apigatewayv2.Route("foreign-authorizer", {
    apiId: quotes.id,
    routeKey: "GET /quotes",
    authorizationType: "JWT",
    authorizerId: jwtAuthorizer.id,   // of the API "http"
    authorizationScopes: ["quotes/read"],
    target,
});`,
    good: `new aws.apigatewayv2.Route("own-authorizer", {
    apiId: httpApi.id,
    routeKey: "GET /quotes",
    authorizationType: "JWT",
    authorizerId: jwtAuthorizer.id,
    authorizationScopes: ["quotes/read"],
    target,
});`,
  },
  stackResources: authorizerUseTypes,
  *checkStack(stack) {
    for (const { way, api, authorizer, authorizerApi } of foreignAuthorizers(stack)) {
      yield {
        resource: way,
        sentence: `${quoted(way.name)}, of the API ${quoted(api.name)}, names the authorizer ${quoted(authorizer.name)}, which belongs to the API ${quoted(authorizerApi.name)}.`,
      };
    }
    for (const { authorizer, api } of idleAuthorizers(stack)) {
      yield {
        resource: authorizer,
        sentence: `Nothing of the API ${quoted(api.name)} names the authorizer ${quoted(authorizer.name)} in this stack: it protects nothing.`,
        fix: "name it with authorizerId where it should protect, or remove it",
        lowered: "lesser finding",
      };
    }
    for (const { authorizer, open, closed } of unequalPools(stack)) {
      yield {
        resource: authorizer,
        sentence: `The authorizer ${quoted(authorizer.name)} takes the users of ${quoted(open.name)}, where anyone signs up, for those of ${quoted(closed.name)}, whom administrators create.`,
        fix: "an authorizer for each of the user pools; or authorizationScopes on each method, which only the right clients are given",
        lowered: "lesser finding",
      };
    }
  },
});
