import { type Given, UNKNOWN } from "./analyze";

/** Authorizers as programs register them: the id of their API unknown, found by what it was made of. */

/** @param api the API's name; without it, an API that the stack doesn't hold */
const httpAuthorizer = (name: string, properties: object, api?: string): Given => ({
  type: "aws:apigatewayv2/authorizer:Authorizer",
  name,
  properties: { apiId: api === undefined ? "a1b2c3" : UNKNOWN, ...properties },
  ...(api !== undefined && { dependencies: { apiId: [api] } }),
});

export const jwtConfiguration = { issuer: "https://login.example.com", audiences: ["customers"] };

export const jwtAuthorizer = (name: string, changed: object = {}, api?: string): Given =>
  httpAuthorizer(
    name,
    {
      authorizerType: "JWT",
      identitySources: ["$request.header.Authorization"],
      jwtConfiguration,
      ...changed,
    },
    api,
  );

/** A Lambda authorizer of an HTTP API that remembers nothing. */
export const httpLambdaAuthorizer = (name: string, changed: object = {}, api?: string): Given =>
  httpAuthorizer(
    name,
    {
      authorizerType: "REQUEST",
      authorizerUri: UNKNOWN,
      authorizerPayloadFormatVersion: "2.0",
      identitySources: ["$request.header.Authorization"],
      authorizerResultTtlInSeconds: 0,
      ...changed,
    },
    api,
  );

/** A Lambda authorizer of a REST API. @param api the API's name; without it, an API that the stack doesn't hold */
export const restAuthorizer = (name: string, changed: object = {}, api?: string): Given => ({
  type: "aws:apigateway/authorizer:Authorizer",
  name,
  properties: {
    restApi: api === undefined ? "a1b2c3" : UNKNOWN,
    type: "REQUEST",
    authorizerUri: UNKNOWN,
    ...changed,
  },
  ...(api !== undefined && { dependencies: { restApi: [api] } }),
});

/** A method or a route whose authorizer is one of the stack. */
export const authorizedBy = (authorizer: string, given: Given): Given => ({
  ...given,
  properties: { ...given.properties, authorizerId: UNKNOWN },
  dependencies: { ...given.dependencies, authorizerId: [authorizer] },
});

/** A REST API's authorizer that asks user pools. @param pools the pools' names */
export const userPoolAuthorizer = (
  name: string,
  pools: readonly string[],
  changed: object = {},
  api?: string,
): Given => {
  const authorizer = restAuthorizer(
    name,
    { type: "COGNITO_USER_POOLS", authorizerUri: null, providerArns: pools.map(() => UNKNOWN), ...changed },
    api,
  );
  return { ...authorizer, dependencies: { ...authorizer.dependencies, providerArns: pools } };
};

/** A user pool in which anyone signs up, with an address of their own. */
export const userPool = (name: string, properties: object = {}): Given => ({
  type: "aws:cognito/userPool:UserPool",
  name,
  properties: { name, autoVerifiedAttributes: ["email"], ...properties },
});

/** A client of a user pool, of which nothing but the pool is said. @param pool the pool's name */
export const userPoolClient = (name: string, pool: string, properties: object = {}): Given => ({
  type: "aws:cognito/userPoolClient:UserPoolClient",
  name,
  properties: { userPoolId: UNKNOWN, ...properties },
  dependencies: { userPoolId: [pool] },
});

/** Only an administrator makes users. */
export const administratorsOnly = { adminCreateUserConfig: { allowAdminCreateUserOnly: true } };

/** A method of a REST API of the stack, at its root. */
export const methodOf = (api: string, given: Given): Given => ({
  ...given,
  dependencies: { ...given.dependencies, restApi: [api], resourceId: [api] },
});
