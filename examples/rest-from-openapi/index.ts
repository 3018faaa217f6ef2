import {
  Authorization,
  GatewayLoggingAccount,
  publicAccess,
  SecureRestApi,
  UserDirectory,
} from "@api-guardrails/components";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();

const role = new aws.iam.Role("lookup", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
});
const lambda = (name: string) =>
  new aws.lambda.Function(name, {
    runtime: aws.lambda.Runtime.NodeJS22dX,
    handler: `index.${name}`,
    role: role.arn,
    code: new pulumi.asset.FileArchive("lookup"),
  });

const directory = new UserDirectory("staff", {
  resourceServers: { customers: { read: "look customers up", write: "change customers" } },
  clients: {
    desk: {
      type: "app",
      callbackUrls: ["https://desk.example.com/signed-in"],
      scopes: ["openid", "customers/read", "customers/write"],
    },
  },
});

const logging = new GatewayLoggingAccount("gateway-logging");

const people = Authorization.cognito({ userPool: directory.userPool, scopes: ["customers/read"] });
const api = new SecureRestApi(
  "customers",
  {
    // For operations of which the document says nothing.
    authorization: people,
    openApi: {
      document: "customers.yaml",
      schemes: { people },
      operations: {
        "GET /customers/{id}": { handler: lambda("lookup") },
        "POST /customers": { handler: lambda("create") },
        "GET /health": {
          handler: lambda("health"),
          access: publicAccess({
            reason: "load balancer health probe, returns no data",
            owner: "team-edge",
            reviewBy: config.require("reviewBy"),
          }),
        },
      },
    },
  },
  { dependsOn: [logging] },
);

export const url = api.url;
