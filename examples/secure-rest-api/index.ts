import {
  Authorization,
  GatewayLoggingAccount,
  type Lockdown,
  publicAccess,
  SecureRestApi,
  UserDirectory,
} from "@api-guardrails/components";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();

const role = new aws.iam.Role("orders", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
});
const lambda = (name: string) =>
  new aws.lambda.Function(name, {
    runtime: aws.lambda.Runtime.NodeJS22dX,
    handler: `index.${name}`,
    role: role.arn,
    code: new pulumi.asset.FileArchive("orders"),
  });

const directory = new UserDirectory("partners", {
  resourceServers: { orders: { read: "see orders", write: "place orders" } },
  clients: { shop: { type: "machine", scopes: ["orders/read", "orders/write"] } },
  domain: { prefix: "example-partners" },
});

// Once for the account and the region; best in a stack of its own.
const logging = new GatewayLoggingAccount("gateway-logging");

const api = new SecureRestApi(
  "orders",
  {
    authorization: Authorization.cognito({ userPool: directory.userPool, scopes: ["orders/read"] }),
    routes: {
      "GET /orders/{id}": { handler: lambda("find"), apiKeyRequired: true },
      "POST /orders": {
        handler: lambda("place"),
        scopes: ["orders/write"],
        apiKeyRequired: true,
        body: {
          type: "object",
          required: ["article", "count"],
          properties: { article: { type: "string" }, count: { type: "integer", minimum: 1, maximum: 100 } },
          additionalProperties: false,
        },
      },
      "DELETE /orders/{id}": { handler: lambda("cancel"), authorization: Authorization.iam() },
      "GET /health": {
        handler: lambda("health"),
        access: publicAccess({
          reason: "load balancer health probe, returns no data",
          owner: "team-edge",
          reviewBy: config.require("reviewBy"),
        }),
      },
    },
    usagePlans: {
      partner: {
        throttle: { rateLimit: 5, burstLimit: 10 },
        quota: { limit: 10_000, period: "DAY" },
        clients: ["shop"],
      },
    },
    lockdown: config.require<Lockdown>("lockdown"),
  },
  { dependsOn: [logging] },
);

export const url = api.url;
