import { type Subject, subjectsOf } from "./subject";

const issuer = "https://login.example.com";
const identitySources = ["$request.header.Authorization"];
const jwt = (jwtConfiguration: object) => ({ authorizerType: "JWT", identitySources, jwtConfiguration });
const lambda = { authorizerType: "REQUEST", authorizerUri: "arn" };
const restLambda = { type: "REQUEST", authorizerUri: "arn" };
/** A document whose one operation asks for the authorizer. */
const documentWith = (authorizer: object) =>
  JSON.stringify({
    openapi: "3.0.1",
    paths: { "/customers": { get: { security: [{ gate: ["customers/read"] }] } } },
    components: {
      securitySchemes: { gate: { type: "apiKey", "x-amazon-apigateway-authorizer": authorizer } },
    },
  });
const jwtInDocument = (audience: readonly string[]) =>
  documentWith({
    type: "jwt",
    identitySource: "$request.header.Authorization",
    jwtConfiguration: { issuer, audience },
  });
const lambdaInDocument = (identitySource: string) =>
  documentWith({ type: "request", authorizerUri: "arn", identitySource, authorizerResultTtlInSeconds: 60 });

const pins = subjectsOf("jwt-authorizer-pins-issuer-and-audience");
const caches = subjectsOf("lambda-authorizer-caches-per-caller");
const scopes = subjectsOf("authorization-requires-scopes");

/** What lets in more than it should, whatever stands beside it. */
export const open: readonly Subject[] = [
  pins("JWT for any audience", "authorizer", jwt({ issuer })),
  pins("JWT for an empty list of audiences", "authorizer", jwt({ issuer, audiences: [] })),
  pins("JWT without configuration", "authorizer", { authorizerType: "jwt", identitySources }),
  pins("JWT of anyone's issuer", "authorizer", jwt({ issuer: "https://gitlab.com", audiences: ["a"] })),
  pins(
    "JWT whose keys come without TLS",
    "authorizer",
    jwt({ issuer: "http://a.example", audiences: ["a"] }),
  ),
  pins("JWT in a document", "api", { body: jwtInDocument([]) }),
  pins("JWT of aws-native", "nativeAuthorizer", {
    authorizerType: "JWT",
    identitySource: identitySources,
    jwtConfiguration: { issuer },
  }),
  caches("one answer for all", "authorizer", { ...lambda, identitySources: ["$context.stage"] }),
  caches("one answer for every client of a browser", "authorizer", {
    ...lambda,
    identitySources: ["$request.header.User-Agent"],
  }),
  caches("one answer for all of a REST API", "restAuthorizer", {
    ...restLambda,
    identitySource: "stageVariables.tenant",
  }),
  caches("one answer in a document", "rest", { body: lambdaInDocument("context.path") }),
  scopes("a route that takes every token", "route", {
    routeKey: "GET /a",
    authorizationType: "JWT",
    authorizerId: "a",
  }),
];

export const closed: readonly Subject[] = [
  pins("JWT for one audience", "authorizer", jwt({ issuer, audiences: ["customers"] })),
  pins("JWT in a document", "api", { body: jwtInDocument(["customers"]) }),
  pins("JWT of aws-native", "nativeAuthorizer", {
    authorizerType: "JWT",
    identitySource: identitySources,
    jwtConfiguration: { issuer, audience: ["customers"] },
  }),
  caches("an answer for each token", "authorizer", { ...lambda, identitySources }),
  caches("no answer that is remembered", "authorizer", {
    ...lambda,
    identitySources: ["$context.stage"],
    authorizerResultTtlInSeconds: 0,
  }),
  caches("the default source of a REST API", "restAuthorizer", restLambda),
  caches("user pools", "restAuthorizer", { type: "COGNITO_USER_POOLS", providerArns: ["arn"] }),
  caches("an answer for each token in a document", "rest", {
    body: lambdaInDocument("method.request.header.Authorization"),
  }),
  scopes("a route that asks for a scope", "route", {
    routeKey: "GET /a",
    authorizationType: "JWT",
    authorizerId: "a",
    authorizationScopes: ["customers/read"],
  }),
];
