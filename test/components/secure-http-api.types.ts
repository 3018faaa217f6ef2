/** What TypeScript says to the callers of SecureHttpApi. `tsc -p test` checks this file; nothing runs it. */
import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  Authorization,
  Integration,
  type Origin,
  PublicAccess,
  publicAccess,
  SecureHttpApi,
} from "../../components/src";

declare const handler: aws.lambda.Function;
declare const alias: aws.lambda.Alias;
declare const text: pulumi.Output<string>;
declare const configured: string[];
declare const texts: pulumi.Output<string[]>;
declare const reviewBy: string;
declare const pool: aws.cognito.UserPool;

const jwt = Authorization.jwt({ issuer: text, audiences: ["customers"], scopes: ["customers/read"] });
const lambda = Authorization.lambda({ handler });
const cognito = Authorization.cognito({ userPool: pool, clientIds: [text], scopes: ["customers/read"] });
const url = "https://customers.example.com";
const review = { reason: "load balancer health probe, returns no data", owner: "team-edge", reviewBy };

// What compiles.

new SecureHttpApi("routes inherit the API's authorization, override it, or are public", {
  authorization: jwt,
  routes: {
    "GET /customers/{id}": { handler },
    "POST /customers": { handler, scopes: ["customers/write"] },
    "PUT /customers": { handler, scopes: [text], throttle: { rateLimit: 1, burstLimit: 2 } },
    "PATCH /customers": { handler, scopes: "any-token", timeoutMilliseconds: 5000 },
    "DELETE /customers/{id}": { handler, authorization: Authorization.iam() },
    "POST /webhooks": { handler, authorization: lambda },
    "GET /health": { handler, access: publicAccess(review) },
  },
  throttle: { rateLimit: 10, burstLimit: 20 },
  accessLog: { retentionInDays: 731, kmsKeyId: text },
  tags: { team: text },
});

new SecureHttpApi("everything else", {
  authorization: cognito,
  routes: {
    "GET /a/{id}": { handler: Integration.http({ url: text }), scopes: ["a"] },
    "ANY /b": {
      handler: Integration.vpcLink({ vpcLinkId: text, listenerArn: text, serverName: text, method: "POST" }),
    },
    "GET /c": {
      handler,
      authorization: Authorization.cognito({
        userPool: { arn: text },
        clientIds: texts,
        scopes: "any-token",
      }),
    },
  },
  domain: {
    name: "customers.example.com",
    hostedZoneId: text,
    mutualTls: { truststoreUri: text, truststoreVersion: text },
  },
  cors: { allowOrigins: ["https://app.example.com", "http://localhost:3000", text], allowCredentials: true },
  accessLog: { ownKey: true, onDestroy: "delete" },
  watch: { alarmActions: [text], dashboard: false },
  lockdown: new pulumi.Config().get<"none" | "throttle" | "deny">("lockdown"),
  transform: {
    stage: (stage, name) => ({ ...stage, description: name }),
    record: (record) => ({ ...record, allowOverwrite: true }),
  },
});

new SecureHttpApi("any origin", {
  authorization: jwt,
  routes: { "GET /a": { handler } },
  cors: { allowOrigins: ["*"], allowCredentials: false },
  watch: "off",
});

new SecureHttpApi("without a default, every route decides", {
  routes: {
    "GET /customers": { handler, authorization: jwt, scopes: ["customers/list"] },
    "GET /health": { handler, access: publicAccess(review) },
  },
});

new SecureHttpApi(
  "handlers are inputs",
  {
    authorization: Authorization.iam(),
    routes: {
      "GET /a": { handler: pulumi.output(handler) },
      "GET /b": { handler: alias },
      "GET /c": { handler: { functionName: text, invokeArn: text, qualifier: "live" } },
    },
  },
  { protect: true },
);

Authorization.jwt({ issuer: text, audiences: texts, scopes: "any-token", name: "partners" });
Authorization.lambda({ handler, identitySources: ["$request.header.X-Signature"], resultTtlInSeconds: 60 });

// A route without authorization.

// @ts-expect-error neither the API nor the route says who may call it
new SecureHttpApi("no authorization", { routes: { "GET /a": { handler } } });
// @ts-expect-error one of the routes doesn't say who may call it
new SecureHttpApi("one forgotten", {
  routes: { "GET /a": { handler, authorization: jwt }, "GET /b": { handler } },
});
// @ts-expect-error undefined is no default
new SecureHttpApi("undefined", { authorization: undefined, routes: { "GET /a": { handler } } });
// @ts-expect-error there are no routes
new SecureHttpApi("no routes", { authorization: jwt });
// @ts-expect-error there are no arguments
new SecureHttpApi("no arguments");

// Values that mean none, or look like an authorization.

// @ts-expect-error there is no NONE
new SecureHttpApi("NONE", { authorization: "NONE", routes: { "GET /a": { handler } } });
// @ts-expect-error there is no null
new SecureHttpApi("null", { authorization: null, routes: { "GET /a": { handler } } });
// @ts-expect-error there is no false
new SecureHttpApi("false", { authorization: false, routes: { "GET /a": { handler } } });
// @ts-expect-error an empty object is no authorization
new SecureHttpApi("empty", { authorization: {}, routes: { "GET /a": { handler } } });
// @ts-expect-error only Authorization.iam() makes one
new SecureHttpApi("look-alike", { authorization: { type: "AWS_IAM" }, routes: { "GET /a": { handler } } });
new SecureHttpApi("public default", {
  // @ts-expect-error a default is never public
  authorization: publicAccess(review),
  routes: { "GET /a": { handler } },
});
// @ts-expect-error what decides is plain
new SecureHttpApi("Output", { authorization: pulumi.output(jwt), routes: { "GET /a": { handler } } });
new SecureHttpApi("NONE on a route", {
  authorization: jwt,
  // @ts-expect-error there is no NONE on a route either
  routes: { "GET /a": { handler, authorization: "NONE" } },
});
new SecureHttpApi("misspelt", {
  authorization: jwt,
  // @ts-expect-error a misspelt argument is not ignored
  routes: { "GET /a": { handler, authorizer: Authorization.iam() } },
});

// Public access.

// @ts-expect-error a reason without an owner and a date
publicAccess({ reason: review.reason });
// @ts-expect-error no owner
publicAccess({ reason: review.reason, reviewBy });
// @ts-expect-error no reason
publicAccess({ owner: review.owner, reviewBy });
// @ts-expect-error no review date
publicAccess({ reason: review.reason, owner: review.owner });
// @ts-expect-error the date is plain
publicAccess({ ...review, reviewBy: text });
// @ts-expect-error only publicAccess() makes one
new SecureHttpApi("look-alike", { authorization: jwt, routes: { "GET /a": { handler, access: review } } });
// @ts-expect-error there is no "public"
new SecureHttpApi("word", { authorization: jwt, routes: { "GET /a": { handler, access: "public" } } });
new SecureHttpApi("place", {
  authorization: jwt,
  // @ts-expect-error public access stands in access
  routes: { "GET /a": { handler, authorization: publicAccess(review) } },
});
new SecureHttpApi("both", {
  authorization: jwt,
  // @ts-expect-error either authorized or public
  routes: { "GET /a": { handler, authorization: jwt, access: publicAccess(review) } },
});
// @ts-expect-error a declaration for resources made by hand names its routes
new PublicAccess("health", review);

// Scopes.

// @ts-expect-error IAM knows no scopes
new SecureHttpApi("IAM default", {
  authorization: Authorization.iam(),
  routes: { "GET /a": { handler, scopes: ["a"] } },
});
// @ts-expect-error a Lambda authorizer decides itself
new SecureHttpApi("Lambda default", {
  authorization: lambda,
  routes: { "GET /a": { handler, scopes: ["a"] } },
});
new SecureHttpApi("IAM of the route", {
  authorization: jwt,
  // @ts-expect-error IAM knows no scopes
  routes: { "GET /a": { handler, authorization: Authorization.iam(), scopes: ["a"] } },
});
new SecureHttpApi("public", {
  authorization: jwt,
  // @ts-expect-error a public route asks for no token
  routes: { "GET /a": { handler, access: publicAccess(review), scopes: ["a"] } },
});
// Lists from configuration have any length, so the component itself refuses an empty one.
new SecureHttpApi("configured", {
  authorization: jwt,
  routes: { "GET /a": { handler, scopes: configured } },
});
// @ts-expect-error iam() takes nothing
Authorization.iam({ scopes: ["a"] });
// @ts-expect-error a JWT without a word on scopes
Authorization.jwt({ issuer: text, audiences: ["a"] });
Authorization.jwt({ issuer: text, audiences: configured, scopes: configured });

// The rest of the authorizers' arguments.

// @ts-expect-error no issuer
Authorization.jwt({ audiences: ["a"], scopes: "any-token" });
// @ts-expect-error no audiences
Authorization.jwt({ issuer: text, scopes: "any-token" });
// @ts-expect-error one audience is a list of one
Authorization.jwt({ issuer: text, audiences: "a", scopes: "any-token" });
// @ts-expect-error no handler
Authorization.lambda({});
Authorization.lambda({ handler, identitySources: configured });

// Routes and settings.

// @ts-expect-error a method is written in upper case
new SecureHttpApi("lower case", { authorization: jwt, routes: { "get /a": { handler } } });
// @ts-expect-error a path begins with a slash
new SecureHttpApi("no slash", { authorization: jwt, routes: { "GET a": { handler } } });
// @ts-expect-error $default catches everything
new SecureHttpApi("$default", { authorization: jwt, routes: { $default: { handler } } });
// @ts-expect-error a route has a handler
new SecureHttpApi("no handler", { authorization: jwt, routes: { "GET /a": {} } });
// @ts-expect-error a name isn't enough to invoke it
new SecureHttpApi("name", { authorization: jwt, routes: { "GET /a": { handler: "lookup" } } });
new SecureHttpApi("throttle", {
  authorization: jwt,
  routes: { "GET /a": { handler } },
  // @ts-expect-error both numbers: API Gateway reads a missing one as 0
  throttle: { rateLimit: 1 },
});
new SecureHttpApi("days", {
  authorization: jwt,
  routes: { "GET /a": { handler } },
  // @ts-expect-error CloudWatch Logs doesn't keep a log for 100 days
  accessLog: { retentionInDays: 100 },
});
new SecureHttpApi("public $default", {
  authorization: jwt,
  // @ts-expect-error $default catches everything, so that nothing says what is public
  routes: { $default: { handler, access: publicAccess(review) } },
});

// Integrations.

// @ts-expect-error no certificate's name: API Gateway wouldn't speak TLS
Integration.vpcLink({ vpcLinkId: text, listenerArn: text });
// @ts-expect-error no URL
Integration.http({});
new SecureHttpApi("REST", {
  authorization: jwt,
  // @ts-expect-error a REST API's VPC link
  routes: { "GET /a": { handler: Integration.restVpcLink({ vpcLinkId: text, url }) } },
});
new SecureHttpApi("look-alike", {
  authorization: jwt,
  // @ts-expect-error only Integration makes one
  routes: { "GET /a": { handler: { type: "HTTP", url } } },
});

// Cognito.

new SecureHttpApi("every client", {
  // @ts-expect-error an HTTP API asks for the clients
  authorization: Authorization.cognito({ userPool: pool, scopes: ["a"] }),
  routes: { "GET /a": { handler } },
});
// @ts-expect-error a user pool without a word on scopes
Authorization.cognito({ userPool: pool, clientIds: [text] });
// @ts-expect-error a pool's ARN stands in an object
Authorization.cognito({ userPool: text, clientIds: [text], scopes: ["a"] });

// CORS.

const api = { authorization: jwt, routes: { "GET /a": { handler } } } as const;
// @ts-expect-error any page could act for whoever is signed in
new SecureHttpApi("any origin", { ...api, cors: { allowOrigins: ["*"], allowCredentials: true } });
new SecureHttpApi("any origin beside others", {
  ...api,
  // @ts-expect-error * stands alone
  cors: { allowOrigins: ["https://app.example.com", "*"], allowCredentials: true },
});
new SecureHttpApi("configured", {
  ...api,
  cors: { allowOrigins: new pulumi.Config().requireObject<Origin[]>("origins") },
});
// @ts-expect-error no origins
new SecureHttpApi("no origins", { ...api, cors: {} });
// @ts-expect-error a host alone is no origin
new SecureHttpApi("host", { ...api, cors: { allowOrigins: ["app.example.com"] } });
// @ts-expect-error there is no true
new SecureHttpApi("true", { ...api, cors: true });
// @ts-expect-error the methods are the routes'
new SecureHttpApi("methods", { ...api, cors: { allowOrigins: ["*"], allowMethods: ["*"] } });

// Domain, log, lockdown, transform.

// @ts-expect-error what decides how much is made is plain
new SecureHttpApi("name", { ...api, domain: { name: text, hostedZoneId: text } });
// @ts-expect-error TLS 1.2 is the oldest
new SecureHttpApi("TLS", { ...api, domain: { name: "a.example.com", securityPolicy: "TLS_1_0" } });
new SecureHttpApi("no version", {
  ...api,
  // @ts-expect-error a truststore has a version
  domain: { name: "a.example.com", certificateArn: text, mutualTls: { truststoreUri: text } },
});
// @ts-expect-error there is no archive
new SecureHttpApi("archived", { ...api, accessLog: { onDestroy: "archive" } });
// @ts-expect-error either a key or one of its own
new SecureHttpApi("two keys", { ...api, accessLog: { ownKey: true, kmsKeyId: text } });
// @ts-expect-error a log of its own is plain
new SecureHttpApi("late key", { ...api, accessLog: { ownKey: pulumi.output(true) } });
// @ts-expect-error a preview has to show who is let in
new SecureHttpApi("late", { ...api, lockdown: pulumi.output("deny") });
// @ts-expect-error there is no "off"
new SecureHttpApi("off", { ...api, lockdown: "off" });
// @ts-expect-error it is on unless it is off
new SecureHttpApi("endpoint", { ...api, defaultEndpoint: "on" });
// @ts-expect-error switching it off is said aloud
new SecureHttpApi("unwatched", { ...api, watch: false });
// @ts-expect-error there is no such child
new SecureHttpApi("child", { ...api, transform: { gateway: () => ({}) } });
// @ts-expect-error a transform answers arguments
new SecureHttpApi("answer", { ...api, transform: { stage: () => undefined } });

// What exists.

new SecureHttpApi("adopted", {
  ...api,
  adopt: {
    api: "customers",
    stage: { name: "stage", parent: "urn:pulumi:dev::shop::acme:index:Api::customers" },
    routes: { "GET /customers/{id}": { import: "a1b2c3/d4e5f6" } },
    records: { A: "a" },
  },
});
// @ts-expect-error everything else belongs to the API
new SecureHttpApi("no API", { ...api, adopt: { stage: "stage" } });
// @ts-expect-error an API has no paths
new SecureHttpApi("paths", { ...api, adopt: { api: "customers", paths: {} } });
// @ts-expect-error no route key
new SecureHttpApi("no key", { ...api, adopt: { api: "customers", routes: { customers: "customers" } } });
// @ts-expect-error an id is what is imported
new SecureHttpApi("id", { ...api, adopt: { api: { id: "a1b2c3" } } });

new SecureHttpApi("AWS services answer routes", {
  authorization: Authorization.iam(),
  routes: {
    "POST /orders": { handler: Integration.sqs({ queueArn: text, kmsKeyArn: text, groupId: "requestId" }) },
    "POST /records": { handler: Integration.kinesis({ streamArn: text }) },
  },
});

new SecureHttpApi("API Gateway has no integration with SNS for HTTP APIs", {
  authorization: Authorization.iam(),
  // @ts-expect-error a SecureRestApi has one
  routes: { "POST /notices": { handler: Integration.sns({ topicArn: text }) } },
});
