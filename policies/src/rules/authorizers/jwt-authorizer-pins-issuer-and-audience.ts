import { documentTypes } from "../../endpoints/api-gateway/document";
import { Api } from "../../endpoints/api-gateway/http-api";
import {
  HttpAuthorizer,
  isJwtPartlyUnknown,
  jwtAuthorizers,
  jwtWeaknesses,
  placeOfToken,
} from "../../endpoints/api-gateway/jwt-authorizer";
import { nist, owasp, pci, soc2 } from "../controls";
import { resourceRule } from "../rule";
import { enumeration, quoted } from "../wording";

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-jwt-authorizer-create.html */
const fixOfRest =
  '"jwtConfiguration": { "defaultAlgorithms": ["RS256"], "issuers": [{ "issuer": "https://login.example.com", "audiences": ["customers"] }] }';

const fixOfTenant =
  'issuer: "https://login.microsoftonline.com/0f2a7bd1-.../v2.0"   // the id of your tenant';

export const jwtAuthorizerPinsIssuerAndAudience = resourceRule({
  id: "jwt-authorizer-pins-issuer-and-audience",
  theme: "authorizers",
  title: "JWT authorizers pin one issuer and its audience",
  severity: "high",
  level: "mandatory",
  because: "an unauthenticated caller gets in",
  controls: [
    owasp("API2:2023"),
    nist("IA-13(2)"),
    nist("IA-13(3)"),
    nist("AC-3"),
    pci("6.2.4"),
    soc2("CC6.1"),
  ],
  why: "A JWT authorizer checks who signed a token and for whom, and nothing else. Without an audience, it accepts a token that the issuer made for any other service. If the issuer signs for everybody who has an account, for an audience that they choose, everybody gets in. If the issuer isn't reached by https, whoever sits in between can put their own keys in place.",
  fix: `jwtConfiguration: { issuer: pulumi.interpolate\`https://\${userPool.endpoint}\`, audiences: [client.id] }   // one tenant, and the clients that may call`,
  exceptionIf:
    "the issuer issues tokens for this API alone, so that a token without an audience can't be meant for another service",
  links: [
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-jwt-authorizer.html",
    "https://docs.aws.amazon.com/apigateway/latest/api/API_JwtConfiguration.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html",
  ],
  kinds: {
    "unpinned-issuer":
      "The issuer is missing, isn't reached by https, or signs tokens for anyone with an account. The audience may be wrong as well.",
    "unpinned-audience": "The authorizer names no audience, or one that any token has.",
    "issuer-without-tenant":
      "The issuer names no tenant of Entra ID. It names one in every token, so the authorizer accepts none.",
    "unknown-document":
      "A document defines the authorizer, and its issuer or audience is unknown before the deployment.",
    "token-not-in-header":
      "Callers put the token into the URL, or into a place that is unknown before the deployment or that API Gateway doesn't read.",
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
      const isOfTenantOnly = weaknesses.every(({ of }) => of === "tenant");
      if (weaknesses.length > 0 && !(isOfDocument && jwt.isTypeUnknown)) {
        yield {
          kind: isOfTenantOnly
            ? "issuer-without-tenant"
            : weaknesses.some(({ of }) => of === "issuer")
              ? "unpinned-issuer"
              : "unpinned-audience",
          sentence: `The JWT authorizer ${name} ${enumeration(weaknesses.map(({ what }) => what))}.`,
          ...(isOfDocument && !Api.is(resource) && { fix: fixOfRest }),
          ...(isOfTenantOnly && { fix: fixOfTenant, lowered: "lesser finding" as const }),
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
          sentence:
            place === "url"
              ? `The JWT authorizer ${name} reads the token from the URL, which logs and browser histories keep.`
              : place === "none that AWS reads"
                ? `The JWT authorizer ${name} has identitySources that API Gateway doesn't accept: a JWT authorizer reads $request.header.NAME or $request.querystring.NAME (in a REST API method.request.header.NAME), and a WebSocket API has none.`
                : `The JWT authorizer ${name} reads the token from a place that is not known before the deployment: write identitySources as plain strings.`,
          fix: 'identitySources: ["$request.header.Authorization"]',
          lowered: "lesser finding",
        };
      }
    }
  },
});
