import { Api, Route } from "../../endpoints/api-gateway/http-api";
import { HttpAuthorizer } from "../../endpoints/api-gateway/jwt-authorizer";
import { RestAuthorizer } from "../../endpoints/api-gateway/lambda-authorizer";
import { Method, RestApi, RestApiPut } from "../../endpoints/api-gateway/rest-api";
import { signUpOf, UserPool } from "../../endpoints/cognito/user-pool";
import { leadsTo } from "../../endpoints/target";
import { lockdownOf } from "../../reading/exceptions/lockdown";
import { knownValue, type Stack } from "../../stack";
import { nist, owasp, pci, soc2 } from "../controls";
import { type Finding, stackRule } from "../rule";
import { quoted } from "../wording";
import { authorizersIn, authorizerUses, mayHaveDocument } from "./authorizer-use";

const kinds = {
  "authorizer-of-another-api": "A method or route names an authorizer that belongs to another API.",
  "unused-authorizer": "No method or route of the API names this authorizer, so it protects nothing.",
  "mixed-user-pools":
    "The authorizer accepts users of a pool where anyone signs up beside those of a pool whose users administrators create.",
};

export const authorizerBelongsToItsApi = stackRule({
  id: "authorizer-belongs-to-its-api",
  theme: "authorizers",
  title: "Methods and routes name an authorizer of their own API",
  severity: "high",
  level: "mandatory",
  because: "an unauthenticated caller gets in",
  controls: [owasp("API2:2023"), nist("AC-3"), pci("6.2.4"), soc2("CC6.1")],
  why: "An authorizer protects only the methods and routes of its own API that name it. API Gateway refuses an authorizer of another API in the middle of an update, when some routes have changed and others have not. An authorizer that nothing names protects nothing, but a reader of the program takes it for protection.",
  fix: "authorizerId: authorizer.id   // of an authorizer with the same restApi, or the same apiId",
  exceptionIf:
    "another stack's routes name the authorizer, or users who sign up themselves may do what other users may",
  links: [
    "https://docs.aws.amazon.com/apigateway/latest/api/API_PutMethod.html",
    "https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-integrate-with-cognito.html",
  ],
  kinds,
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
  stackResources: [Method, Route, RestApi, RestApiPut, Api, RestAuthorizer, HttpAuthorizer, UserPool],
  *checkStack(stack) {
    yield* authorizersOfAnotherApi(stack);
    yield* unusedAuthorizers(stack);
    yield* mixedUserPools(stack);
  },
});

type Found = Iterable<Finding<keyof typeof kinds>>;

/** Only where the stack holds both APIs: an id of another stack may be of the right one. */
function* authorizersOfAnotherApi(stack: Stack): Found {
  const apiOfAuthorizer = new Map(authorizersIn(stack).map(({ authorizer, api }) => [authorizer.urn, api]));
  for (const { endpoint, type, api, authorizer } of authorizerUses(stack)) {
    const isAsked = type.kind === "unknown" || !["NONE", "AWS_IAM"].includes(knownValue(type) ?? "NONE");
    if (authorizer.kind !== "found" || !isAsked) continue;
    const authorizerApi = apiOfAuthorizer.get(authorizer.resource.urn);
    if (!api || !authorizerApi || api === authorizerApi) continue;
    yield {
      kind: "authorizer-of-another-api",
      resource: endpoint,
      sentence: `${quoted(endpoint.name)}, of the API ${quoted(api.name)}, names the authorizer ${quoted(authorizer.resource.name)}, which belongs to the API ${quoted(authorizerApi.name)}.`,
    };
  }
}

/**
 * Silent where something may name the authorizer after all: a document, or a method whose authorizer the stack doesn't
 * show. While a lockdown denies everybody, the component's routes require IAM instead, and will name it again.
 */
function* unusedAuthorizers(stack: Stack): Found {
  const uses = authorizerUses(stack);
  for (const { authorizer, api } of authorizersIn(stack)) {
    if (!api || mayHaveDocument(stack, api) || lockdownOf(stack.parentOf(authorizer)) === "deny") continue;
    const isUsed = uses.some((use) =>
      use.authorizer.kind === "found"
        ? leadsTo(use.authorizer, authorizer)
        : use.authorizer.kind !== "absent" && (use.api === undefined || use.api === api),
    );
    if (isUsed || !uses.some((use) => use.api === api)) continue;
    yield {
      kind: "unused-authorizer",
      resource: authorizer,
      sentence: `Nothing of the API ${quoted(api.name)} names the authorizer ${quoted(authorizer.name)} in this stack, so it protects nothing.`,
      fix: "name it with authorizerId where it should protect, or remove it",
      lowered: "lesser finding",
    };
  }
}

/** Scopes tell the users apart, since only the right clients are granted them. */
function* mixedUserPools(stack: Stack): Found {
  for (const authorizer of stack.of(RestAuthorizer)) {
    const pools = stack.madeOf(authorizer, "providerArns", UserPool);
    const closed = pools.find((pool) => signUpOf(pool) === "administrators");
    const open = pools.find((pool) => signUpOf(pool) === "anyone");
    const methods = stack
      .of(Method)
      .filter((method) => leadsTo(stack.target(method, "authorizerId", RestAuthorizer), authorizer));
    if (!closed || !open || methods.every((method) => method.isSet("authorizationScopes"))) continue;
    yield {
      kind: "mixed-user-pools",
      resource: authorizer,
      sentence: `The authorizer ${quoted(authorizer.name)} doesn't tell the users of ${quoted(open.name)}, where anyone signs up, from those of ${quoted(closed.name)}, whom administrators create.`,
      fix: "an authorizer for each of the user pools; or authorizationScopes on each method, granted only to the right clients",
      lowered: "lesser finding",
    };
  }
}
