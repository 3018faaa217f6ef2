import {
  Authorization,
  GatewayLoggingAccount,
  type Lockdown,
  SecureWebSocketApi,
} from "@api-guardrails/components";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();

const role = new aws.iam.Role("chat", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
});
const lambda = (name: string) =>
  new aws.lambda.Function(name, {
    runtime: aws.lambda.Runtime.NodeJS22dX,
    handler: `index.${name}`,
    role: role.arn,
    code: new pulumi.asset.FileArchive("chat"),
  });

const chat = new SecureWebSocketApi("chat", {
  // A browser can't set headers on a WebSocket: a token that lives for seconds stands in the query string.
  authorization: Authorization.lambda({
    handler: lambda("authorize"),
    identitySources: ["$request.querystring.token"],
  }),
  routes: {
    $connect: { handler: lambda("connected") },
    $disconnect: { handler: lambda("disconnected") },
    sendMessage: { handler: lambda("sendMessage"), twoWay: true },
  },
  loggingAccount: new GatewayLoggingAccount("gateway-logging"),
  lockdown: config.require<Lockdown>("lockdown"),
});

// What answers clients may do so on this stage, and nothing else.
new aws.iam.RolePolicy("send", {
  role: role.id,
  policy: {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: "execute-api:ManageConnections", Resource: chat.manageConnectionsArn },
    ],
  },
});

export const url = chat.url;
