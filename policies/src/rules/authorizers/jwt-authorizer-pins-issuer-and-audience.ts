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

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-jwt-authorizer-create.html */
const fixOfRest =
  '"jwtConfiguration": { "defaultAlgorithms": ["RS256"], "issuers": [{ "issuer": "https://login.example.com", "audiences": ["customers"] }] }';

export const jwtAuthorizerPinsIssuerAndAudience = resourceRule({
  id: "jwt-authorizer-pins-issuer-and-audience",
  theme: "authorizers",
  title: "JWT authorizers pin one issuer and its audience",
  severity: "high",
  level: "mandatory",
  controls: [owasp("API2:2023"), nist("IA-5"), nist("AC-3")],
  why: "A JWT authorizer checks who signed a token and for whom, and nothing else. Without an audience, a token that the issuer made for any other service opens this API. With an issuer that signs for everybody who has an account, for an audience of their own choice, everybody gets in; with one that isn't reached by https, whoever sits on the way can put their own keys in place.",
  fix: `jwtConfiguration: { issuer: pulumi.interpolate\`https://\${userPool.endpoint}\`, audiences: [client.id] }   // one tenant, and the clients that may call`,
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
      const name =
        jwt.scheme === undefined
          ? quoted(resource.name)
          : `${quoted(jwt.scheme)}, in the body of ${quoted(resource.name)},`;
      const isOfDocument = jwt.scheme !== undefined;
      const weaknesses = jwtWeaknesses(jwt);
      if (weaknesses.length > 0 && !(isOfDocument && jwt.isTypeUnknown)) {
        yield {
          sentence: `The JWT authorizer ${name} ${enumeration(weaknesses)}.`,
          ...(isOfDocument && !Api.is(resource) && { fix: fixOfRest }),
        };
      } else if (isOfDocument && isJwtPartlyUnknown(jwt)) {
        yield {
          sentence: `Of the JWT authorizer ${name} not all is known before the deployment: its issuer and its audience are judged before the resource is created.`,
          lowered: "unknown document",
        };
      }
      const place = placeOfToken(jwt);
      if (place !== "header") {
        yield {
          sentence:
            place === "url"
              ? `The JWT authorizer ${name} takes the token from the URL, where logs and histories keep it.`
              : `The JWT authorizer ${name} takes the token from a place that is not known before the deployment: write identitySources as plain strings.`,
          fix: 'identitySources: ["$request.header.Authorization"]',
          lowered: "lesser finding",
        };
      }
    }
  },
});
