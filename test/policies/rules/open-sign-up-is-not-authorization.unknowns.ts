import { agent } from "../agent-resources";
import type { Given } from "../analyze";
import {
  authorizedBy,
  jwtAuthorizer,
  methodOf,
  userPool,
  userPoolAuthorizer,
  userPoolClient,
} from "../authorizer-resources";
import { anyone, forwarding, listener, listenerRule, loadBalancer, targetGroup } from "../edge-resources";
import { channelNamespace, eventApi, graphqlApi, httpApi, method, restApi, route } from "../resources";
import type { UnknownRow } from "../unknown-row";

/** A pool in which anyone signs up, and one of the ways in that ask for nothing but its users. */
const shoppers = userPool("shoppers", {
  adminCreateUserConfig: { allowAdminCreateUserOnly: false },
  lambdaConfig: { preSignUp: "" },
});
const web = userPoolClient("web", "shoppers", {
  generateSecret: false,
  allowedOauthFlows: ["code"],
  explicitAuthFlows: ["ALLOW_USER_SRP_AUTH"],
  supportedIdentityProviders: ["COGNITO"],
});
const shoppersMethod = [
  shoppers,
  web,
  restApi("customers"),
  userPoolAuthorizer("gate", ["shoppers"], { identityValidationExpression: "^4kq6$" }, "customers"),
  authorizedBy(
    "gate",
    methodOf(
      "customers",
      method("lookup", "GET", { authorization: "COGNITO_USER_POOLS", authorizationScopes: ["openid"] }),
    ),
  ),
];
const issuedTokens = jwtAuthorizer("tokens", {}, "customers");
const shoppersRoute = [
  shoppers,
  web,
  httpApi("customers"),
  { ...issuedTokens, dependencies: { ...issuedTokens.dependencies, jwtConfiguration: ["shoppers", "web"] } },
  authorizedBy(
    "tokens",
    route("lookup", "GET /a", { authorizationType: "JWT", authorizationScopes: ["openid"] }, "customers"),
  ),
];
const shoppersGraphql = [
  shoppers,
  {
    ...graphqlApi("lookup", {
      authenticationType: "AMAZON_COGNITO_USER_POOLS",
      userPoolConfig: { userPoolId: "p", defaultAction: "ALLOW", appIdClientRegex: "^4kq6$" },
      schema: "type Query { order: String }",
    }),
    dependencies: { userPoolConfig: ["shoppers"] },
  },
];
const shoppersEvents = [
  shoppers,
  {
    ...eventApi("prices", { defaultSubscribeAuthModes: [{ authType: "AMAZON_COGNITO_USER_POOLS" }] }),
    dependencies: { eventConfig: ["shoppers"] },
  },
  {
    ...channelNamespace("lookup", { subscribeAuthModes: [{ authType: "AMAZON_COGNITO_USER_POOLS" }] }),
    dependencies: { apiId: ["prices"] },
  },
];
const shoppersBody = [
  shoppers,
  {
    ...restApi("lookup", {
      body: {
        openapi: "3.0.1",
        paths: { "/a": { get: { security: [{ users: [] }] } } },
        components: {
          securitySchemes: {
            users: {
              type: "apiKey",
              "x-amazon-apigateway-authorizer": { type: "cognito_user_pools", providerARNs: ["arn"] },
            },
          },
        },
      },
    }),
    dependencies: { body: ["shoppers"] },
  },
];

const userPoolLogin = (type: "listener" | "rule"): readonly Given[] => {
  const actions = [
    { type: "authenticate-cognito", authenticateCognito: { userPoolArn: "arn", userPoolClientId: "4kq6" } },
    forwarding,
  ];
  const of = (given: Given, property: string) => ({
    ...given,
    dependencies: { ...given.dependencies, [property]: ["shoppers"] },
  });
  return [
    shoppers,
    anyone,
    targetGroup,
    loadBalancer("web"),
    type === "listener"
      ? of(listener("lookup", "web", actions), "defaultActions")
      : of(listenerRule("lookup", undefined, actions), "actions"),
  ];
};
const shoppersAgent = [
  shoppers,
  {
    ...agent("Gateway", "lookup", {
      authorizerType: "CUSTOM_JWT",
      authorizerConfiguration: {
        customJwtAuthorizer: { discoveryUrl: "https://a", allowedClients: ["4kq6"] },
      },
      policyEngineConfiguration: { arn: "engine", mode: "LOG_ONLY" },
    }),
    dependencies: { authorizerConfiguration: ["shoppers"] },
  },
];

export const rows: readonly UnknownRow[] = [
  ...(["listener", "rule"] as const).map((type) => ({
    situation: `a load balancer's login for anyone who signs up, in a ${type}`,
    resources: userPoolLogin(type),
    on: "lookup",
    reported: "advisory" as const,
  })),
  {
    situation: "an agent's gateway for anyone who signs up",
    resources: shoppersAgent,
    on: "lookup",
    reported: "advisory" as const,
  },
  ...["shoppers", "web", "gate", "lookup"].map((on) => ({
    situation: `a method for anyone who signs up: ${on}`,
    resources: shoppersMethod,
    on,
    reported: "advisory" as const,
    endsWithout: ["autoVerifiedAttributes"],
    caseMatters: ["authorizationScopes"],
  })),
  ...["tokens", "lookup"].map((on) => ({
    situation: `a route for anyone who signs up: ${on}`,
    resources: shoppersRoute,
    on,
    reported: "advisory" as const,
  })),
  {
    situation: "a GraphQL API for anyone who signs up",
    resources: shoppersGraphql,
    on: "lookup",
    reported: "advisory" as const,
    endsWithout: ["authenticationType", "userPoolConfig"],
    caseMatters: ["schema"],
  },
  ...["prices", "lookup"].map((on) => ({
    situation: `channels for anyone who signs up: ${on}`,
    resources: shoppersEvents,
    on,
    reported: "advisory" as const,
  })),
  {
    situation: "a body for anyone who signs up",
    resources: shoppersBody,
    on: "lookup",
    reported: "advisory" as const,
    endsWithout: ["body"],
    caseMatters: ["body"],
  },
];
