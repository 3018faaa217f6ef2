/** What TypeScript says to the callers of SecureRestApi. `tsc -p test` checks this file; nothing runs it. */
import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Authorization, Integration, publicAccess, SecureRestApi } from "../../components/src";

declare const handler: aws.lambda.Function;
declare const userPool: aws.cognito.UserPool;
declare const text: pulumi.Output<string>;
declare const configured: string[];
declare const flag: boolean;
declare const reviewBy: string;

const cognito = Authorization.cognito({ userPool, scopes: ["customers/read"] });
const iam = Authorization.iam();
const lambda = Authorization.lambda({ handler });
const review = { reason: "load balancer health probe, returns no data", owner: "team-edge", reviewBy };
const schema = { type: "object", required: ["name"] };

// What compiles.

new SecureRestApi("routes inherit the API's authorization, override it, or are public", {
  authorization: cognito,
  routes: {
    "GET /customers/{id}": { handler, requiredParameters: { headers: ["X-Request-Id"], query: ["a"] } },
    "POST /customers": { handler, scopes: ["customers/write"], body: schema, apiKeyRequired: true },
    "PUT /customers": { handler, scopes: [text], throttle: { rateLimit: 1, burstLimit: 2 } },
    "PATCH /customers": { handler, scopes: "any-token", timeoutMilliseconds: 5000, apiKeyRequired: flag },
    "DELETE /customers/{id}": { handler, authorization: iam },
    "POST /webhooks": { handler: Integration.http({ url: text }), authorization: lambda },
    "ANY /inner/{proxy+}": { handler: Integration.restVpcLink({ vpcLinkId: text, url: text }) },
    "GET /health": { handler, access: publicAccess(review) },
  },
  throttle: { rateLimit: 10, burstLimit: 20 },
  lockdown: "none",
  cors: { allowOrigins: ["https://app.example.com", text], allowCredentials: true },
  domain: { name: "customers.example.com", hostedZoneId: text },
  resourcePolicy: { ipRanges: ["203.0.113.0/24", text], accounts: [text], organizationId: text },
  waf: { rateLimit: 500, coreRulesThatOnlyCount: ["SizeRestrictions_BODY"] },
  usagePlans: {
    partners: {
      throttle: { rateLimit: 1, burstLimit: 2 },
      quota: { limit: 1000, period: "DAY" },
      clients: ["acme"],
    },
  },
  stageName: "v1",
  accessLog: { retentionInDays: 731, kmsKeyId: text },
  tags: { team: text },
  transform: { stage: (args) => ({ ...args, description: text }) },
});

new SecureRestApi("without a default, every route decides", {
  routes: {
    "GET /customers": { handler, authorization: cognito, scopes: ["customers/list"] },
    "GET /health": { handler, access: publicAccess(review) },
  },
  endpoint: { vpcEndpointIds: [text] },
  waf: "off",
});
new SecureRestApi("a web ACL of one's own", {
  authorization: iam,
  routes: { "GET /a": { handler } },
  waf: { webAclArn: text },
});

// A route without authorization.

// @ts-expect-error neither the API nor the route says who may call it
new SecureRestApi("no authorization", { routes: { "GET /a": { handler } } });
// @ts-expect-error one of the routes doesn't say who may call it
new SecureRestApi("one forgotten", {
  routes: { "GET /a": { handler, authorization: iam }, "GET /b": { handler } },
});
// @ts-expect-error undefined is no default
new SecureRestApi("undefined", { authorization: undefined, routes: { "GET /a": { handler } } });
// @ts-expect-error there are no routes
new SecureRestApi("no routes", { authorization: iam });
// @ts-expect-error there is no NONE
new SecureRestApi("NONE", { authorization: "NONE", routes: { "GET /a": { handler } } });
// @ts-expect-error only Authorization.iam() makes one
new SecureRestApi("look-alike", { authorization: { type: "AWS_IAM" }, routes: { "GET /a": { handler } } });
new SecureRestApi("public default", {
  // @ts-expect-error a default is never public
  authorization: publicAccess(review),
  routes: { "GET /a": { handler } },
});
// @ts-expect-error what decides is plain
new SecureRestApi("Output", { authorization: pulumi.output(iam), routes: { "GET /a": { handler } } });
new SecureRestApi("misspelt", {
  authorization: cognito,
  // @ts-expect-error a misspelt argument is not ignored
  routes: { "GET /a": { handler, authorizer: iam } },
});
new SecureRestApi("both", {
  authorization: cognito,
  // @ts-expect-error either authorized or public
  routes: { "GET /a": { handler, authorization: iam, access: publicAccess(review) } },
});

// What a REST API doesn't know.

new SecureRestApi("JWT", {
  // @ts-expect-error a REST API's authorizers are IAM, Cognito and Lambda
  authorization: Authorization.jwt({ issuer: text, audiences: ["a"], scopes: "any-token" }),
  routes: { "GET /a": { handler } },
});
new SecureRestApi("clients of a user pool", {
  // @ts-expect-error its Cognito authorizer can't tell clients apart
  authorization: Authorization.cognito({ userPool, clientIds: ["a"], scopes: "any-token" }),
  routes: { "GET /a": { handler } },
});
new SecureRestApi("an HTTP API's VPC link", {
  authorization: iam,
  routes: {
    // @ts-expect-error a REST API's is Integration.restVpcLink()
    "GET /a": { handler: Integration.vpcLink({ vpcLinkId: text, listenerArn: text, serverName: text }) },
  },
});
// @ts-expect-error a user pool without a word on scopes
Authorization.cognito({ userPool });
new SecureRestApi("scopes of IAM", {
  authorization: cognito,
  // @ts-expect-error IAM knows no scopes
  routes: { "GET /a": { handler, authorization: iam, scopes: ["a"] } },
});

// API keys are for counting.

new SecureRestApi("a key alone", {
  authorization: cognito,
  // @ts-expect-error a public route can't ask for a key: it would look protected
  routes: { "GET /a": { handler, access: publicAccess(review), apiKeyRequired: true } },
});
// @ts-expect-error a key is no authorization
new SecureRestApi("a key instead", { routes: { "GET /a": { handler, apiKeyRequired: true } } });
new SecureRestApi("an unlimited plan", {
  authorization: iam,
  routes: { "GET /a": { handler, apiKeyRequired: true } },
  // @ts-expect-error a plan has a quota
  usagePlans: { partners: { throttle: { rateLimit: 1, burstLimit: 1 }, clients: ["acme"] } },
});
new SecureRestApi("an unthrottled plan", {
  authorization: iam,
  routes: { "GET /a": { handler, apiKeyRequired: true } },
  // @ts-expect-error a plan has a throttle
  usagePlans: { partners: { quota: { limit: 1, period: "DAY" }, clients: ["acme"] } },
});

// Settings.

const settings = { authorization: iam, routes: { "GET /a": { handler } } } as const;

// @ts-expect-error that there is no WAF is said aloud
new SecureRestApi("false", { ...settings, waf: false });
// @ts-expect-error rules of a web ACL of yours are made with it
new SecureRestApi("both", { ...settings, waf: { webAclArn: text, rateLimit: 10 } });
// @ts-expect-error any origin, and whoever is signed in there
new SecureRestApi("wildcard", { ...settings, cors: { allowOrigins: ["*"], allowCredentials: true } });
new SecureRestApi("configured endpoints", { ...settings, endpoint: { vpcEndpointIds: configured } });
// @ts-expect-error edge-optimized APIs aren't offered
new SecureRestApi("edge", { ...settings, endpoint: "EDGE" });
new SecureRestApi("configured", {
  ...settings,
  resourcePolicy: { ipRanges: configured, accounts: configured },
});
// @ts-expect-error not a policy document
new SecureRestApi("document", { ...settings, resourcePolicy: { Statement: [] } });
// @ts-expect-error what is locked down is plain
new SecureRestApi("later", { ...settings, lockdown: text });
// @ts-expect-error there is no such child
new SecureRestApi("child", { ...settings, transform: { route: (args: object) => args } });
// @ts-expect-error both numbers
new SecureRestApi("throttle", { ...settings, throttle: { rateLimit: 1 } });

// What exists.

new SecureRestApi("adopted", {
  ...settings,
  stageName: "prod",
  adopt: {
    api: "customers",
    stage: "prod",
    paths: { "/a": "a" },
    routes: { "GET /a": { method: "get", integration: { import: "a1b2c3/d4e5f6/GET" } } },
    clients: { acme: { apiKey: "acme", usagePlanKey: "acme" } },
  },
});
// @ts-expect-error an integration stays with its method
new SecureRestApi("alone", { ...settings, adopt: { api: "customers", routes: { "GET /a": "get" } } });
new SecureRestApi("half", {
  ...settings,
  // @ts-expect-error an integration stays with its method
  adopt: { api: "customers", routes: { "GET /a": { method: "get" } } },
});
// @ts-expect-error no path
new SecureRestApi("no path", { ...settings, adopt: { api: "customers", paths: { customers: "customers" } } });

new SecureRestApi("AWS services answer routes, and answers are streamed", {
  authorization: cognito,
  routes: {
    "POST /orders/{id}": {
      handler: Integration.sqs({
        queueArn: text,
        message: { id: "path.id", by: "claims.sub", order: "body" },
        groupId: "header.X-Group",
        deduplicationId: "requestId",
        kmsKeyArn: text,
        contentTypes: ["application/json", "text/plain"],
      }),
      body: schema,
    },
    "POST /events": {
      handler: Integration.eventBridge({ busArn: text, source: "com.example", detailType: "placed" }),
    },
    "POST /runs": { handler: Integration.stepFunctions({ stateMachineArn: text, synchronous: flag }) },
    "POST /records": { handler: Integration.kinesis({ streamArn: text, partitionKey: "query.key" }) },
    "POST /notices": { handler: Integration.sns({ topicArn: text, message: "body.text" }) },
    "GET /chat": { handler, responseTransferMode: "STREAM", timeoutMilliseconds: 900_000 },
  },
});

// @ts-expect-error the ARN is missing
Integration.sqs({ message: "body" });
// @ts-expect-error a value is a word, not a template
Integration.sqs({ queueArn: text, message: "$input.body" });
// @ts-expect-error which events match a rule isn't decided later
Integration.eventBridge({ busArn: text, source: text, detailType: "placed" });
// @ts-expect-error how a service is called isn't decided later
Integration.stepFunctions({ stateMachineArn: text, synchronous: pulumi.output(flag) });
