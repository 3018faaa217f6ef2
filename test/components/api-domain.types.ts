/** What TypeScript says to the callers of ApiDomain. `tsc -p test` checks this file; nothing runs it. */
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import {
  ApiDomain,
  Authorization,
  SecureHttpApi,
  SecureRestApi,
  SecureWebSocketApi,
} from "../../components/src";

declare const handler: aws.lambda.Function;
declare const text: pulumi.Output<string>;
declare const dns: aws.Provider;

const shop = { name: "api.example.com", hostedZoneId: text };
const mutualTls = { truststoreUri: text, truststoreVersion: text };
const api = { authorization: Authorization.iam(), routes: { "GET /a": { handler } } };
const chat = { authorization: Authorization.iam(), routes: { send: { handler } } };
const vpcEndpoints = { batch: text };
const inside = { name: "inside.example.com", certificateArn: text, vpcEndpoints };
const endpoint = { vpcEndpointIds: [text] };

// What compiles.

const both = new ApiDomain("HTTP and REST APIs", shop);
const rest = new ApiDomain("REST APIs", { ...shop, apis: "REST", mutualTls, certificateArn: text });
const live = new ApiDomain("WebSocket APIs", { ...shop, apis: "WEBSOCKET" });
const within = new ApiDomain("private APIs", { ...inside, apis: "private REST" });
const elsewhere = ApiDomain.existing(text);

new ApiDomain("weighted", {
  ...shop,
  recordsProvider: dns,
  validationRecord: "delete",
  routing: {
    policy: "weighted",
    weight: 1,
    setIdentifier: "blue",
    healthCheckId: text,
    evaluateTargetHealth: true,
  },
});
new ApiDomain("latency", { ...shop, routing: { policy: "latency", region: text, setIdentifier: "here" } });
new ApiDomain("secondary", {
  ...shop,
  routing: { policy: "failover", role: "SECONDARY", setIdentifier: "b" },
});

new SecureHttpApi("an HTTP API on a shared domain", { ...api, domain: both.at("orders") });
new SecureHttpApi("at several addresses", { ...api, domain: [both.at("orders/v2"), elsewhere.at()] });
new SecureHttpApi("in the short form, routed", {
  ...api,
  domain: { ...shop, routing: { policy: "latency", setIdentifier: "here" } },
});
new SecureRestApi("a REST API beside HTTP APIs", { ...api, domain: both.at("reports") });
new SecureRestApi("a REST API beside others", { ...api, domain: [rest.at(), both.at("reports")] });
new SecureRestApi("a private API", { ...api, endpoint, domain: within.at("stock") });
new SecureRestApi("a private API on the domain of another stack", {
  ...api,
  endpoint,
  domain: ApiDomain.existing(text, { apis: "private REST", domainNameId: text }).at(),
});
new SecureWebSocketApi("a WebSocket API", { ...chat, domain: live.at("chat") });
new SecureHttpApi("under one name of a wildcard", {
  ...api,
  domain: both.at("a", { host: "a.example.com" }),
});

// What doesn't.

// @ts-expect-error a name decides what is created, so it is plain
new ApiDomain("a name that arrives later", { ...shop, name: text });
// @ts-expect-error API Gateway has no mutual TLS for WebSocket APIs
new ApiDomain("mutual TLS for WebSocket APIs", { ...shop, apis: "WEBSOCKET", mutualTls });
// @ts-expect-error a private domain needs VPC endpoints
new ApiDomain("a private domain without endpoints", {
  name: "a.example.com",
  certificateArn: text,
  apis: "private REST",
});
// @ts-expect-error only a private domain has VPC endpoints
new ApiDomain("a public domain with endpoints", { ...shop, vpcEndpoints });
// @ts-expect-error a private domain has no records
new ApiDomain("a private domain in a zone", { ...inside, apis: "private REST", hostedZoneId: text });
const two = { policy: "weighted", weight: 1, setIdentifier: "a" } as const;
// @ts-expect-error one routing policy only
new ApiDomain("two policies", { ...shop, routing: { ...two, role: "PRIMARY" } });
// @ts-expect-error a primary needs a health check
new ApiDomain("a primary", { ...shop, routing: { policy: "failover", role: "PRIMARY", setIdentifier: "a" } });
// @ts-expect-error an address, not a domain
new SecureHttpApi("a domain without at()", { ...api, domain: both });
// @ts-expect-error API Gateway maps no HTTP API to a domain with an enhanced security policy
new SecureHttpApi("an HTTP API on a domain for REST APIs", { ...api, domain: rest.at() });
// @ts-expect-error a domain leads to WebSocket APIs or to others
new SecureRestApi("a REST API beside WebSocket APIs", { ...api, domain: live.at() });
// @ts-expect-error a domain leads to WebSocket APIs or to others
new SecureWebSocketApi("a WebSocket API beside others", { ...chat, domain: both.at("chat") });
// @ts-expect-error only a private REST API is on a private domain
new SecureHttpApi("an HTTP API on a private domain", { ...api, domain: within.at() });
// @ts-expect-error only at() creates an address
new SecureHttpApi("an address by hand", { ...api, domain: { domain: both, basePath: "orders" } });
