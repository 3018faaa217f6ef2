import {
  Authorization,
  type Lockdown,
  publicAccess,
  SecureHttpApi,
  UserDirectory,
} from "@api-guardrails/components";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();

const role = new aws.iam.Role("lookup", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
});
const lambda = (name: string, handler: string) =>
  new aws.lambda.Function(name, {
    runtime: aws.lambda.Runtime.NodeJS22dX,
    handler,
    role: role.arn,
    code: new pulumi.asset.FileArchive("lookup"),
  });
const onCall = new aws.sns.Topic("on-call");

const directory = new UserDirectory("staff", {
  resourceServers: { customers: { read: "look customers up", write: "change customers" } },
  clients: {
    desk: {
      type: "app",
      callbackUrls: ["https://desk.example.com/signed-in"],
      scopes: ["openid", "customers/read"],
    },
    billing: { type: "machine", scopes: ["customers/read", "customers/write"] },
  },
  domain: { prefix: "example-staff" },
});

const api = new SecureHttpApi("customers", {
  authorization: Authorization.cognito({
    userPool: directory.userPool,
    clientIds: [directory.clients.desk.id, directory.clients.billing.id],
    scopes: ["customers/read"],
  }),
  routes: {
    "GET /customers/{id}": {
      handler: lambda("lookup", "index.handler"),
      throttle: { rateLimit: 10, burstLimit: 20 },
    },
    "POST /customers": { handler: lambda("create", "index.create"), scopes: ["customers/write"] },
    "GET /health": {
      handler: lambda("health", "index.health"),
      access: publicAccess({
        reason: "load balancer health probe, returns no data",
        owner: "team-edge",
        reviewBy: config.require("reviewBy"),
      }),
    },
  },
  domain: { name: "customers.example.com", hostedZoneId: config.require("hostedZoneId") },
  cors: { allowOrigins: ["https://desk.example.com"] },
  watch: { alarmActions: [onCall.arn], authorizationFailures: 50 },
  lockdown: config.require<Lockdown>("lockdown"),
});

export const url = api.url;
