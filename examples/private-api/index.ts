import { Authorization, GatewayLoggingAccount, SecureRestApi } from "@api-guardrails/components";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();

const role = new aws.iam.Role("inventory", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
});
const find = new aws.lambda.Function("find", {
  runtime: aws.lambda.Runtime.NodeJS22dX,
  handler: "index.find",
  role: role.arn,
  code: new pulumi.asset.FileArchive("inventory"),
});

const logging = new GatewayLoggingAccount("gateway-logging");

// No address of the internet leads to it. Who is inside the network still has to say who they are.
const api = new SecureRestApi(
  "inventory",
  {
    authorization: Authorization.iam(),
    routes: { "GET /items/{id}": { handler: find } },
    endpoint: { vpcEndpointIds: [config.require("vpcEndpointId")] },
  },
  { dependsOn: [logging] },
);

export const url = api.url;
