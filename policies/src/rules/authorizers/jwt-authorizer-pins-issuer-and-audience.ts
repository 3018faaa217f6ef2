import { documentTypes } from "../../endpoints/api-gateway/document";
import { Api } from "../../endpoints/api-gateway/http-api";
import {
  HttpAuthorizer,
  isJwtPartlyUnknown,
  jwtAuthorizers,
  jwtWeaknesses,
  placeOfToken,
} from "../../endpoints/api-gateway/jwt-authorizer";
import { nist, owasp } from "../controls";
import { resourceRule } from "../rule";
import { enumeration, quoted } from "../wording";

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-jwt-authorizer-create.html */
const fixOfRest =
  '"jwtConfiguration": { "defaultAlgorithms": ["RS256"], "issuers": [{ "issuer": "https://login.example.com", "audiences": ["customers"] }] }';

const places = {
  url: "the URL, which logs and browser histories keep",
  foreign: "a place in none of the forms that API Gateway accepts",
  unknown: "a place that is not known before the deployment: write identitySources as plain strings",
};

export const jwtAuthorizerPinsIssuerAndAudience = resourceRule({
  id: "jwt-authorizer-pins-issuer-and-audience",
  theme: "authorizers",
  title: "JWT authorizers pin one issuer and its audience",
  severity: "high",
  level: "mandatory",
  controls: [owasp("API2:2023"), nist("IA-5"), nist("AC-3")],
  why: "A JWT authorizer checks who signed a token and for whom, and nothing else. Without an audience, it accepts a token that the issuer made for any other service. If the issuer signs for everybody who has an account, for an audience that they choose, everybody gets in. If the issuer isn't reached by https, whoever sits in between can put their own keys in place.",
  fix: `jwtConfiguration: { issuer: pulumi.interpolate\`https://\${userPool.endpoint}\`, audiences: [client.id] }   // one tenant, and the clients that may call`,
  exceptionIf:
    "the issuer issues tokens for this API alone, so that a token without an audience can't be meant for another service",
  links: [
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-jwt-authorizer.html",
    "https://docs.aws.amazon.com/apigateway/latest/api/API_JwtConfiguration.html",
  ],
  kinds: {
    "unpinned-issuer":
      "The issuer is missing, isn't reached by https, or signs tokens for anyone with an account. The audience may be wrong as well.",
    "unpinned-audience": "The authorizer names no audience, or one that any token has.",
    "unknown-document":
      "A document defines the authorizer, and its issuer or audience is unknown before the deployment.",
    "token-not-in-header":
      "Callers put the token into the URL, or into a place that is unknown before the deployment.",
  },
  examples: {
    bad: `const tokens = new aws.apigatewayv2.Authorizer("any-audience", {
    apiId: httpApi.id,
    authorizerType: "JWT",
    identitySources: ["$request.header.Authorization"],
    jwtConfiguration: { issuer: "https://login.example.com" },
});
new aws.apigatewayv2.Route("invoices", {
    apiId: httpApi.id,
    routeKey: "GET /invoices",
    authorizationType: "JWT",
    authorizerId: tokens.id,
    authorizationScopes: ["invoices/read"],
    target,
});`,
    good: `const tokens = new aws.apigatewayv2.Authorizer("one-audience", {
    apiId: httpApi.id,
    authorizerType: "JWT",
    identitySources: ["$request.header.Authorization"],
    jwtConfiguration: { issuer: "https://login.example.com", audiences: ["customers"] },
});
new aws.apigatewayv2.Route("invoices", {
    apiId: httpApi.id,
    routeKey: "GET /invoices",
    authorizationType: "JWT",
    authorizerId: tokens.id,
    authorizationScopes: ["invoices/read"],
    target,
});`,
  },
  resources: [HttpAuthorizer, ...documentTypes],
  reads: {
    authorizerType: "deciding word",
    authorizerUri: "presence",
    jwtConfiguration: "reference",
    identitySources: "deciding word",
    body: "document",
  },
  *check(resource) {
    for (const jwt of jwtAuthorizers(resource)) {
      const isOfDocument = jwt.scheme !== undefined;
      const name = isOfDocument
        ? `${quoted(jwt.scheme)}, in the body of ${quoted(resource.name)},`
        : quoted(resource.name);
      const weaknesses = jwtWeaknesses(jwt);
      if (weaknesses.length > 0 && !(isOfDocument && jwt.isTypeUnknown)) {
        yield {
          kind: weaknesses.some(({ of }) => of === "issuer") ? "unpinned-issuer" : "unpinned-audience",
          sentence: `The JWT authorizer ${name} ${enumeration(weaknesses.map(({ what }) => what))}.`,
          ...(isOfDocument && !Api.is(resource) && { fix: fixOfRest }),
        };
      } else if (isOfDocument && isJwtPartlyUnknown(jwt)) {
        yield {
          kind: "unknown-document",
          sentence: `Not all of the JWT authorizer ${name} is known before the deployment. Its issuer and its audience are checked before the resource is created.`,
          lowered: "unknown document",
        };
      }
      const place = placeOfToken(jwt);
      if (place !== "header") {
        yield {
          kind: "token-not-in-header",
          sentence: `The JWT authorizer ${name} reads the token from ${places[place]}.`,
          fix: 'identitySources: ["$request.header.Authorization"]',
          lowered: "lesser finding",
        };
      }
    }
  },
});
