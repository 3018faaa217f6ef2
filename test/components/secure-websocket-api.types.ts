/** What TypeScript says to the callers of SecureWebSocketApi. `tsc -p test` checks this file; nothing runs it. */
import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  Authorization,
  GatewayLoggingAccount,
  Integration,
  publicAccess,
  SecureWebSocketApi,
} from "../../components/src";

declare const handler: aws.lambda.Function;
declare const alias: aws.lambda.Alias;
declare const account: aws.apigateway.Account;
declare const text: pulumi.Output<string>;
declare const reviewBy: string;

const iam = Authorization.iam();
const lambda = Authorization.lambda({ handler, identitySources: ["$request.querystring.token"] });
const review = {
  reason: "broadcasts the state of the service, takes no input",
  owner: "team-edge",
  reviewBy,
};
const routes = { $default: { handler } };

// What compiles.

new SecureWebSocketApi("smallest", { authorization: iam, routes });
new SecureWebSocketApi("anyone", { access: publicAccess(review), routes });
new SecureWebSocketApi(
  "fullest",
  {
    authorization: lambda,
    routes: {
      $connect: { handler, throttle: { rateLimit: 5, burstLimit: 10 } },
      $disconnect: { handler: pulumi.output(handler) },
      $default: { handler: alias, twoWay: true },
      sendMessage: { handler: { functionName: text, invokeArn: text }, timeoutMilliseconds: 5000 },
      "rooms/join": { handler: Integration.http({ url: text }), twoWay: false },
    },
    routeSelectionExpression: "$request.body.message.action",
    stageName: "v1",
    throttle: { rateLimit: 10, burstLimit: 20 },
    lockdown: "throttle",
    domain: { name: "chat.example.com", hostedZoneId: text },
    accessLog: { retentionInDays: 731, kmsKeyId: text },
    watch: { alarmActions: [text], serverErrorPercent: 2 },
    loggingAccount: new GatewayLoggingAccount("logging", { tags: { team: text } }),
    tags: { team: text },
    transform: {
      api: (args) => ({ ...args, description: "chat" }),
      stage: (args, name) => ({ ...args, description: name }),
    },
  },
  { protect: true },
);
new SecureWebSocketApi("nobody watches", { authorization: iam, routes, watch: "off" });
new SecureWebSocketApi("an account made by hand", { authorization: iam, routes, loggingAccount: account });
const arn: pulumi.Output<string> = new SecureWebSocketApi("a", { authorization: iam, routes })
  .manageConnectionsArn;
pulumi.interpolate`${arn}`;

// Who may connect: one decision, never none.

// @ts-expect-error nothing says who may connect
new SecureWebSocketApi("none", { routes });
// @ts-expect-error undefined is no decision
new SecureWebSocketApi("undefined", { authorization: undefined, routes });
// @ts-expect-error nor are two
new SecureWebSocketApi("two undefined", { authorization: undefined, access: undefined, routes });
// @ts-expect-error either authorized or public
new SecureWebSocketApi("both", { authorization: iam, access: publicAccess(review), routes });
// @ts-expect-error public access stands in access
new SecureWebSocketApi("place", { authorization: publicAccess(review), routes });
// @ts-expect-error an authorization stands in authorization
new SecureWebSocketApi("place", { access: iam, routes });
// @ts-expect-error there is no NONE
new SecureWebSocketApi("NONE", { authorization: "NONE", routes });
// @ts-expect-error there is no null
new SecureWebSocketApi("null", { authorization: null, routes });
// @ts-expect-error there is no false
new SecureWebSocketApi("false", { authorization: false, routes });
// @ts-expect-error only Authorization.iam() makes one
new SecureWebSocketApi("look-alike", { authorization: { type: "AWS_IAM" }, routes });
// @ts-expect-error only publicAccess() makes one
new SecureWebSocketApi("look-alike", { access: review, routes });
// @ts-expect-error what decides is plain
new SecureWebSocketApi("Output", { authorization: pulumi.output(iam), routes });
// @ts-expect-error there are no arguments
new SecureWebSocketApi("no arguments");

// Tokens are a Lambda authorizer's.

new SecureWebSocketApi("JWT", {
  // @ts-expect-error API Gateway checks no token of a WebSocket
  authorization: Authorization.jwt({ issuer: text, audiences: ["chat"], scopes: "any-token" }),
  routes,
});
new SecureWebSocketApi("Cognito", {
  // @ts-expect-error nor one of a user pool
  authorization: Authorization.cognito({ userPool: { arn: text }, scopes: "any-token" }),
  routes,
});

// Routes have no decision of their own.

// @ts-expect-error there are no routes
new SecureWebSocketApi("no routes", { authorization: iam });
new SecureWebSocketApi("authorization of a route", {
  authorization: iam,
  // @ts-expect-error who may connect is said once
  routes: { $connect: { handler, authorization: lambda } },
});
new SecureWebSocketApi("access of a route", {
  authorization: iam,
  // @ts-expect-error who may connect is said once
  routes: { sendMessage: { handler, access: publicAccess(review) } },
});
// @ts-expect-error a route has a handler
new SecureWebSocketApi("no handler", { authorization: iam, routes: { sendMessage: {} } });
// @ts-expect-error a name isn't enough to invoke it
new SecureWebSocketApi("name", { authorization: iam, routes: { sendMessage: { handler: "send" } } });
new SecureWebSocketApi("VPC link", {
  authorization: iam,
  routes: {
    // @ts-expect-error that is an HTTP API's
    $default: { handler: Integration.vpcLink({ vpcLinkId: text, listenerArn: text, serverName: text }) },
  },
});
// @ts-expect-error nobody waits for an answer to $connect
new SecureWebSocketApi("answer", { authorization: iam, routes: { $connect: { handler, twoWay: true } } });
// @ts-expect-error nor to $disconnect
new SecureWebSocketApi("answer", { authorization: iam, routes: { $disconnect: { handler, twoWay: true } } });

// Settings.

// @ts-expect-error both numbers: API Gateway reads a missing one as 0
new SecureWebSocketApi("throttle", { authorization: iam, routes, throttle: { rateLimit: 1 } });
// @ts-expect-error there is no such lockdown
new SecureWebSocketApi("lockdown", { authorization: iam, routes, lockdown: "closed" });
// @ts-expect-error the switch is plain
new SecureWebSocketApi("lockdown", { authorization: iam, routes, lockdown: pulumi.output("deny") });
new SecureWebSocketApi("mutual TLS", {
  authorization: iam,
  routes,
  domain: {
    name: "chat.example.com",
    hostedZoneId: text,
    // @ts-expect-error API Gateway has none for a WebSocket API
    mutualTls: { truststoreUri: text, truststoreVersion: text },
  },
});
// @ts-expect-error a role isn't the account's setting
new SecureWebSocketApi("account", { authorization: iam, routes, loggingAccount: "arn:aws:iam::1:role/r" });
// @ts-expect-error it is switched off with a word
new SecureWebSocketApi("watch", { authorization: iam, routes, watch: false });
// @ts-expect-error there is no such child
new SecureWebSocketApi("transform", { authorization: iam, routes, transform: { deployment: () => ({}) } });

// What exists.

const existing = { api: "chat", stage: "stage", routes: { $connect: "connect", sendMessage: "send" } };
new SecureWebSocketApi("adopted", { authorization: iam, routes, stageName: "prod", adopt: existing });
// @ts-expect-error everything else belongs to the API
new SecureWebSocketApi("no API", { authorization: iam, routes, adopt: { stage: "stage" } });
