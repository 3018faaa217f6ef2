import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import {
  Authorization,
  Integration,
  publicAccess,
  SecureHttpApi,
  type SecureHttpApiArgs,
} from "../../../components/src";
import { registered } from "../registered";

const handler = { functionName: "lookup", invokeArn: "arn:lookup" };
const jwtArgs = { issuer: "https://id.example.com/", audiences: ["customers"], scopes: ["read"] as const };
const jwt = Authorization.jwt(jwtArgs);
const lambda = Authorization.lambda({ handler });
const review = {
  reason: "load balancer health probe, returns no data",
  owner: "team-edge",
  reviewBy: "2027-01-31",
};
const routes = { "GET /a": { handler } };

/** Builds as a JavaScript program would, and answers the error and what was registered before it. */
async function refused(args: unknown) {
  let error: unknown;
  const resources = await registered(() => {
    try {
      new SecureHttpApi("customers", args as SecureHttpApiArgs);
    } catch (thrown) {
      error = thrown;
      return;
    }
    throw new Error("nothing was refused");
  });
  if (!pulumi.InputPropertiesError.isInstance(error)) throw error;
  return { error, resources };
}

/** Arguments of which only the one route matters. */
const withRoute = (route: unknown, authorization: unknown = jwt) => ({
  authorization,
  routes: { "GET /a": route },
});
const onRoute = (property: string) => `routes["GET /a"]${property}`;
const withJwt = (args: object) => ({
  authorization: Authorization.jwt({ ...jwtArgs, ...args } as never),
  routes,
});
const withLambda = (args: object) => ({
  authorization: Authorization.lambda({ handler, ...args } as never),
  routes,
});
const userPool = { arn: "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_abc" };
const withCognito = (args: object) => ({
  authorization: Authorization.cognito({ userPool, clientIds: ["web"], scopes: ["read"], ...args } as never),
  routes,
});
/** The one route is `GET /a/{id}` here. */
const answeredBy = (handler: unknown) => ({ authorization: jwt, routes: { "GET /a/{id}": { handler } } });
const handlerOf = (property: string) => `routes["GET /a/{id}"].handler${property}`;
const withUrl = (url: unknown) => answeredBy(Integration.http({ url } as never));
const withLink = (args: object) =>
  answeredBy(
    Integration.vpcLink({
      vpcLinkId: "link",
      listenerArn: "arn",
      serverName: "a.example.com",
      ...args,
    } as never),
  );
const withArguments = (args: object) => ({ authorization: jwt, routes, ...args });
const withCors = (args: object) =>
  withArguments({ cors: { allowOrigins: ["https://app.example.com"], ...args } });
const withDomain = (args: object) =>
  withArguments({ domain: { name: "customers.example.com", hostedZoneId: "Z1", ...args } });
const truststore = { truststoreUri: "s3://truststore/issuers.pem", truststoreVersion: "3" };
const withMutualTls = (args: object) => withDomain({ mutualTls: { ...truststore, ...args } });

const withAccess = (args: unknown) => withRoute({ handler, access: publicAccess(args as never) });

type Case = readonly [situation: string, args: unknown, propertyPath: string, reason: RegExp];

const cases: Record<string, readonly Case[]> = {
  "the arguments": [
    ["none", undefined, "", /authorization, routes/],
    ["an Output of arguments", pulumi.output({ routes }), "", /not an Output/],
    ["a misspelt argument", { authorization: jwt, routes, auth: jwt }, "auth", /no such argument/],
    ["SST's spelling", { authorization: jwt, routes, link: [] }, "link", /no such argument/],
  ],
  "who may call the API": [
    ["nobody says", { routes }, onRoute(".authorization"), /say who may call it/],
    ["undefined", { authorization: undefined, routes }, onRoute(".authorization"), /say who may call it/],
    ["null", { authorization: null, routes }, "authorization", /create it with Authorization/],
    ["false", { authorization: false, routes }, "authorization", /create it with Authorization/],
    ["NONE", { authorization: "NONE", routes }, "authorization", /create it with Authorization/],
    [
      "a look-alike",
      { authorization: { type: "AWS_IAM" }, routes },
      "authorization",
      /create it with Authorization/,
    ],
    [
      "a spread copy",
      { authorization: { ...jwt, issuer: "x" }, routes },
      "authorization",
      /create it with Authorization/,
    ],
    [
      "an heir",
      { authorization: Object.create(jwt), routes },
      "authorization",
      /create it with Authorization/,
    ],
    [
      "the function itself",
      { authorization: Authorization.iam, routes },
      "authorization",
      /create it with Authorization/,
    ],
    [
      "an Output",
      { authorization: pulumi.output(jwt), routes },
      "authorization",
      /give a plain value: the preview has to know/,
    ],
    [
      "a promise",
      { authorization: Promise.resolve(jwt), routes },
      "authorization",
      /give a plain value: the preview has to know/,
    ],
    [
      "public access",
      { authorization: publicAccess(review), routes },
      "authorization",
      /on each route, not for the whole API/,
    ],
  ],
  "who may call a route": [
    [
      "NONE",
      withRoute({ handler, authorization: "NONE" }),
      onRoute(".authorization"),
      /create it with Authorization/,
    ],
    [
      "null",
      withRoute({ handler, authorization: null }),
      onRoute(".authorization"),
      /create it with Authorization/,
    ],
    [
      "an Output",
      withRoute({ handler, authorization: pulumi.output(jwt) }),
      onRoute(".authorization"),
      /plain value/,
    ],
    [
      "a misspelt argument",
      withRoute({ handler, authorizer: jwt }),
      onRoute(".authorizer"),
      /no such argument/,
    ],
    [
      "AWS's own argument",
      withRoute({ handler, authorizationType: "NONE" }),
      onRoute(".authorizationType"),
      /no such/,
    ],
    [
      "public access as an authorization",
      withRoute({ handler, authorization: publicAccess(review) }),
      onRoute(".authorization"),
      /access: publicAccess/,
    ],
    [
      "an authorization as public access",
      withRoute({ handler, access: jwt }),
      onRoute(".access"),
      /publicAccess\(\{/,
    ],
    ["true as public access", withRoute({ handler, access: true }), onRoute(".access"), /publicAccess\(\{/],
    ["null as public access", withRoute({ handler, access: null }), onRoute(".access"), /publicAccess\(\{/],
    [
      "a look-alike of public access",
      withRoute({ handler, access: review }),
      onRoute(".access"),
      /publicAccess\(\{/,
    ],
    [
      "an Output of public access",
      withRoute({ handler, access: pulumi.output(publicAccess(review)) }),
      onRoute(".access"),
      /plain value/,
    ],
    [
      "authorized and public",
      withRoute({ handler, authorization: jwt, access: publicAccess(review) }),
      onRoute(".access"),
      /not both/,
    ],
  ],
  "a public route": [
    ["nothing said", withAccess(undefined), onRoute(".access.reason"), /20 characters/],
    ["no reason", withAccess({ ...review, reason: "" }), onRoute(".access.reason"), /20 characters/],
    ["no owner", withAccess({ ...review, owner: undefined }), onRoute(".access.owner"), /team or person/],
    [
      "no review date",
      withAccess({ ...review, reviewBy: undefined }),
      onRoute(".access.reviewBy"),
      /2027-01-31/,
    ],
    [
      "a day that the calendar hasn't",
      withAccess({ ...review, reviewBy: "2027-13-01" }),
      onRoute(".access.reviewBy"),
      /calendar/,
    ],
    [
      "a date that arrives later",
      withAccess({ ...review, reviewBy: pulumi.output("2027-01-31") }),
      onRoute(".access.reviewBy"),
      /plain value/,
    ],
    [
      "scopes",
      withRoute({ handler, access: publicAccess(review), scopes: ["a"] }),
      onRoute(".scopes"),
      /leave scopes out/,
    ],
  ],
  "the routes": [
    ["none", { authorization: jwt }, "routes", /at least one route/],
    ["an empty object", { authorization: jwt, routes: {} }, "routes", /at least one route/],
    ["a list", { authorization: jwt, routes: [{ handler }] }, "routes", /at least one route/],
    ["an Output", { authorization: jwt, routes: pulumi.output(routes) }, "routes", /plain value/],
    [
      "$default",
      { authorization: jwt, routes: { $default: { handler } } },
      'routes["$default"]',
      /ANY \/\{proxy\+\}/,
    ],
    [
      "a lower-case method",
      { authorization: jwt, routes: { "get /a": { handler } } },
      'routes["get /a"]',
      /METHOD \/path/,
    ],
    ["a path alone", { authorization: jwt, routes: { "/a": { handler } } }, 'routes["/a"]', /METHOD \/path/],
    [
      "two that differ by a parameter's name",
      { authorization: jwt, routes: { "GET /{a}": { handler }, "GET /{b}": { handler } } },
      'routes["GET /{b}"]',
      /same route as "GET \/\{a\}"/,
    ],
    [
      "two that differ by case",
      { authorization: jwt, routes: { "GET /a": { handler }, "GET /A": { handler } } },
      'routes["GET /A"]',
      /same route as "GET \/a"/,
    ],
    ["no value", withRoute(undefined), onRoute(""), /an object/],
    ["a function alone", withRoute("lookup"), onRoute(""), /an object/],
    ["an Output of a route", withRoute(pulumi.output({ handler })), onRoute(""), /plain value/],
    ["no handler", withRoute({}), onRoute(".handler"), /a Lambda function/],
    ["the name of a handler", withRoute({ handler: "lookup" }), onRoute(".handler"), /a Lambda function/],
    ...["here", true, {}, { provider: "aws" }, pulumi.output("elsewhere")].map(
      (permission): Case => [
        `a handler with the permission ${JSON.stringify(permission)}`,
        withRoute({ handler: { ...handler, permission } }),
        onRoute(".handler.permission"),
        /"elsewhere" if the function's owner permits the calls, or give \{ provider \}/,
      ],
    ),
    [
      "a handler without its ARN",
      withRoute({ handler: { functionName: "lookup" } }),
      onRoute(".handler"),
      /invokeArn/,
    ],
    [
      "a timeout in seconds",
      withRoute({ handler, timeoutMilliseconds: 29 }),
      onRoute(".timeoutMilliseconds"),
      /50 to 30000/,
    ],
    [
      "a timeout beyond API Gateway's",
      withRoute({ handler, timeoutMilliseconds: 30_001 }),
      onRoute(".timeoutMilliseconds"),
      /50 to 30000/,
    ],
  ],
  scopes: [
    [
      "with IAM",
      withRoute({ handler, scopes: ["a"] }, Authorization.iam()),
      onRoute(".scopes"),
      /leave scopes out: only tokens have scopes/,
    ],
    [
      "with a Lambda authorizer",
      withRoute({ handler, scopes: ["a"] }, lambda),
      onRoute(".scopes"),
      /leave scopes out: only tokens have scopes/,
    ],
    [
      "with IAM of the route's own",
      withRoute({ handler, authorization: Authorization.iam(), scopes: ["a"] }),
      onRoute(".scopes"),
      /leave scopes out: only tokens have scopes/,
    ],
    ["an empty list", withRoute({ handler, scopes: [] }), onRoute(".scopes"), /any-token/],
    ["null", withRoute({ handler, scopes: null }), onRoute(".scopes"), /any-token/],
    ["a word", withRoute({ handler, scopes: "customers/read" }), onRoute(".scopes"), /any-token/],
    ["several in one text", withRoute({ handler, scopes: ["a b"] }), onRoute(".scopes"), /any-token/],
    [
      "an Output of a list",
      withRoute({ handler, scopes: pulumi.output(["a"]) }),
      onRoute(".scopes"),
      /any-token/,
    ],
  ],
  "a JWT authorizer": [
    [
      "no arguments",
      { authorization: Authorization.jwt(undefined as never), routes },
      "authorization.issuer",
      /https URL/,
    ],
    ["no issuer", withJwt({ issuer: undefined }), "authorization.issuer", /https URL/],
    [
      "an issuer over http",
      withJwt({ issuer: "http://id.example.com" }),
      "authorization.issuer",
      /https URL/,
    ],
    [
      "an issuer with a wildcard",
      withJwt({ issuer: "https://*.example.com" }),
      "authorization.issuer",
      /https URL/,
    ],
    [
      "the discovery document",
      withJwt({ issuer: "https://id.example.com/.well-known/openid-configuration" }),
      "authorization.issuer",
      /well-known/,
    ],
    ["no audiences", withJwt({ audiences: undefined }), "authorization.audiences", /at least one audience/],
    [
      "an empty list of audiences",
      withJwt({ audiences: [] }),
      "authorization.audiences",
      /at least one audience/,
    ],
    [
      "an audience that is undefined",
      withJwt({ audiences: ["a", undefined] }),
      "authorization.audiences",
      /at least one/,
    ],
    ["an empty audience", withJwt({ audiences: [""] }), "authorization.audiences", /at least one/],
    ["no word on scopes", withJwt({ scopes: undefined }), "authorization.scopes", /any-token/],
    ["no scopes", withJwt({ scopes: [] }), "authorization.scopes", /any-token/],
    ["a misspelt argument", withJwt({ audience: ["a"] }), "authorization.audience", /no such argument/],
    ["a name with a slash", withJwt({ name: "a/b" }), "authorization.name", /letters, digits/],
    [
      "on a route",
      withRoute({ handler, authorization: Authorization.jwt({ ...jwtArgs, name: "x", audiences: [] }) }),
      onRoute(".authorization.audiences"),
      /at least one/,
    ],
    [
      "another one of the same name",
      withRoute({ handler, authorization: Authorization.jwt({ ...jwtArgs, audiences: ["b"] }) }),
      onRoute(".authorization.name"),
      /differs from the authorizer at authorization: give it its own name/,
    ],
  ],
  "a Lambda authorizer": [
    ["no handler", withLambda({ handler: undefined }), "authorization.handler", /a Lambda function/],
    [
      "no identity source",
      withLambda({ identitySources: [] }),
      "authorization.identitySources",
      /at least one/,
    ],
    [
      "REST's spelling of a source",
      withLambda({ identitySources: ["method.request.header.X"] }),
      "authorization.identitySources",
      /\$request\.header/,
    ],
    [
      "the same key for every caller",
      withLambda({ identitySources: ["$context.routeKey"] }),
      "authorization.identitySources",
      /at least one \$request/,
    ],
    [
      "an Output of a source",
      withLambda({ identitySources: [pulumi.output("$request.header.X")] }),
      "authorization.identitySources",
      /plain strings/,
    ],
    [
      "an answer of another kind",
      withLambda({ response: "simple" }),
      "authorization.response",
      /write "iamPolicy" for a function that returns an IAM policy/,
    ],
    [
      "a memory of two hours",
      withLambda({ resultTtlInSeconds: 7200 }),
      "authorization.resultTtlInSeconds",
      /0 to 3600/,
    ],
    [
      "a negative memory",
      withLambda({ resultTtlInSeconds: -1 }),
      "authorization.resultTtlInSeconds",
      /0 to 3600/,
    ],
    [
      "a name that is the JWT authorizer's",
      withRoute({ handler, authorization: Authorization.lambda({ handler, name: "jwt" }) }),
      onRoute(".authorization.name"),
      /differs from the authorizer at/,
    ],
  ],
  "throttle and access log": [
    [
      "a throttle of 0",
      { authorization: jwt, routes, throttle: { rateLimit: 0, burstLimit: 1 } },
      "throttle.rateLimit",
      /429/,
    ],
    [
      "half a throttle",
      { authorization: jwt, routes, throttle: { rateLimit: 1 } },
      "throttle.burstLimit",
      /429/,
    ],
    [
      "a rate that is no number",
      { authorization: jwt, routes, throttle: { rateLimit: Number.NaN, burstLimit: 1 } },
      "throttle.rateLimit",
      /429/,
    ],
    ["a number alone", { authorization: jwt, routes, throttle: 100 }, "throttle", /rateLimit, burstLimit/],
    ["null", { authorization: jwt, routes, throttle: null }, "throttle", /rateLimit, burstLimit/],
    [
      "AWS's spelling",
      { authorization: jwt, routes, throttle: { rateLimit: 1, burstLimit: 1, throttlingRateLimit: 1 } },
      "throttle.throttlingRateLimit",
      /no such argument/,
    ],
    [
      "a route's burst of a half",
      withRoute({ handler, throttle: { rateLimit: 1, burstLimit: 0.5 } }),
      onRoute(".throttle.burstLimit"),
      /whole number/,
    ],
    [
      "100 days",
      { authorization: jwt, routes, accessLog: { retentionInDays: 100 } },
      "accessLog.retentionInDays",
      /90, 120/,
    ],
    ["no log", { authorization: jwt, routes, accessLog: false }, "accessLog", /retentionInDays/],
    [
      "a misspelt key",
      { authorization: jwt, routes, accessLog: { kmsKeyArn: "arn" } },
      "accessLog.kmsKeyArn",
      /no such argument/,
    ],
  ],
  "a Cognito authorizer": [
    [
      "no clients",
      withCognito({ clientIds: undefined }),
      "authorization.clientIds",
      /at least one app client/,
    ],
    ["an empty list of clients", withCognito({ clientIds: [] }), "authorization.clientIds", /at least one/],
    [
      "one client that is no list",
      withCognito({ clientIds: "web" }),
      "authorization.clientIds",
      /at least one/,
    ],
    ["no user pool", withCognito({ userPool: undefined }), "authorization.userPool", /give a UserPool/],
    ["a pool's id", withCognito({ userPool: "eu-west-1_abc" }), "authorization.userPool", /give a UserPool/],
    [
      "another ARN",
      withCognito({ userPool: { arn: "arn:aws:s3:::a" } }),
      "authorization.userPool",
      /give a UserPool/,
    ],
    ["no word on scopes", withCognito({ scopes: undefined }), "authorization.scopes", /any-token/],
    ["JWT's argument", withCognito({ audiences: ["web"] }), "authorization.audiences", /no such argument/],
    [
      "on a route, without clients",
      withRoute({ handler, authorization: Authorization.cognito({ userPool, scopes: ["a"] }) }),
      onRoute(".authorization.clientIds"),
      /at least one app client/,
    ],
  ],
  "an integration": [
    ["no URL", withUrl(undefined), handlerOf(".url"), /https URL/],
    ["a URL over http", withUrl("http://customers.example.com"), handlerOf(".url"), /https URL/],
    ["a URL without a host", withUrl("https:///a"), handlerOf(".url"), /https URL/],
    ["a URL with a space", withUrl("https://a.example.com/a b"), handlerOf(".url"), /https URL/],
    [
      "a parameter that the route hasn't",
      withUrl("https://a.example.com/{id}/{customer}"),
      handlerOf(".url"),
      /this route has \{id\}$/,
    ],
    [
      "a greedy parameter's plus",
      withUrl("https://a.example.com/{id+}"),
      handlerOf(".url"),
      /this route has \{id\}$/,
    ],
    ["a brace too many", withUrl("https://a.example.com/{id}}"), handlerOf(".url"), /this route has \{id\}$/],
    [
      "a parameter of a route that has none",
      withRoute({ handler: Integration.http({ url: "https://a.example.com/{id}" }) }),
      onRoute(".handler.url"),
      /this route has none$/,
    ],
    [
      "a host that callers choose",
      withUrl("https://{id}.example.com/"),
      handlerOf(".url"),
      /write the host as plain text/,
    ],
    [
      "a port that callers choose",
      withUrl("https://a.example.com:{id}/"),
      handlerOf(".url"),
      /write the host as plain text/,
    ],
    [
      "a method in lower case",
      answeredBy(Integration.http({ url: "https://a.example.com", method: "get" })),
      handlerOf(".method"),
      /write one of GET/,
    ],
    [
      "a misspelt argument",
      answeredBy(Integration.http({ url: "https://a.example.com", uri: "b" } as never)),
      handlerOf(".uri"),
      /no such argument/,
    ],
    [
      "a look-alike",
      answeredBy({ type: "HTTP", url: "https://a.example.com" }),
      handlerOf(""),
      /a Lambda function/,
    ],
    ["no server name", withLink({ serverName: undefined }), handlerOf(".serverName"), /certificate/],
    [
      "a server name with a path",
      withLink({ serverName: "a.example.com/b" }),
      handlerOf(".serverName"),
      /certificate/,
    ],
    ["no VPC link", withLink({ vpcLinkId: undefined }), handlerOf(".vpcLinkId"), /id or ARN/],
    ["no listener", withLink({ listenerArn: "" }), handlerOf(".listenerArn"), /id or ARN/],
    [
      "a REST API's VPC link",
      answeredBy(Integration.restVpcLink({ vpcLinkId: "link", url: "https://a.example.com" })),
      handlerOf(""),
      /Integration\.http\(\), Integration\.vpcLink\(\), .* and Integration\.kinesis\(\), not Integration\.restVpcLink\(\)/,
    ],
  ],
  CORS: [
    ["true", withArguments({ cors: true }), "cors", /allowOrigins/],
    ["an Output", withArguments({ cors: pulumi.output({}) }), "cors", /not an Output/],
    ["no origins", withArguments({ cors: {} }), "cors.allowOrigins", /at least one origin/],
    ["an empty list of origins", withCors({ allowOrigins: [] }), "cors.allowOrigins", /at least one origin/],
    [
      "one origin that is no list",
      withCors({ allowOrigins: "*" }),
      "cors.allowOrigins",
      /at least one origin/,
    ],
    ["a host alone", withCors({ allowOrigins: ["app.example.com"] }), "cors.allowOrigins", /without a path/],
    [
      "a slash at the end",
      withCors({ allowOrigins: ["https://a.example.com/"] }),
      "cors.allowOrigins",
      /a slash/,
    ],
    [
      "a wildcard host",
      withCors({ allowOrigins: ["https://*.example.com"] }),
      "cors.allowOrigins",
      /https:\/\/HOST/,
    ],
    ["null, which any page can have", withCors({ allowOrigins: ["null"] }), "cors.allowOrigins", /HOST/],
    ...["*", "https://*", "http://*"].map(
      (origin): Case => [
        `${origin} with credentials`,
        withCors({ allowOrigins: [origin], allowCredentials: true }),
        "cors.allowOrigins",
        /name the origins/,
      ],
    ),
    [
      "* beside others, with credentials",
      withCors({ allowOrigins: ["https://app.example.com", "*"], allowCredentials: true }),
      "cors.allowOrigins",
      /name the origins/,
    ],
    [
      "credentials in words",
      withCors({ allowCredentials: "true" }),
      "cors.allowCredentials",
      /true or false/,
    ],
    [
      "credentials that arrive later",
      withCors({ allowOrigins: ["*"], allowCredentials: pulumi.output(true) }),
      "cors.allowCredentials",
      /true or false/,
    ],
    ["every header", withCors({ allowHeaders: ["*"] }), "cors.allowHeaders", /without wildcards/],
    [
      "headers in one text",
      withCors({ exposeHeaders: "etag" }),
      "cors.exposeHeaders",
      /names of headers as plain text/,
    ],
    ["two days", withCors({ maxAgeSeconds: 172_800 }), "cors.maxAgeSeconds", /0 to 86400/],
    [
      "methods, which follow from the routes",
      withCors({ allowMethods: ["*"] }),
      "cors.allowMethods",
      /no such/,
    ],
    [
      "an OPTIONS route that asks for IAM",
      withArguments({
        routes: { "OPTIONS /a": { handler, authorization: Authorization.iam() } },
        cors: { allowOrigins: ["*"] },
      }),
      'routes["OPTIONS /a"]',
      /browsers send them without credentials/,
    ],
    [
      "an OPTIONS route with the API's authorization",
      withArguments({ routes: { "OPTIONS /a": { handler } }, cors: { allowOrigins: ["*"] } }),
      'routes["OPTIONS /a"]',
      /browsers send them without credentials/,
    ],
  ],
  "AWS WAF": [
    ["a web ACL", withArguments({ waf: { rateLimit: 100 } }), "waf", /or use a SecureRestApi/],
    ["none", withArguments({ waf: "off" }), "waf", /leave it out/],
  ],
  "a domain": [
    ["a name alone", withArguments({ domain: "customers.example.com" }), "domain", /name, hostedZoneId/],
    ["an Output", withArguments({ domain: pulumi.output({}) }), "domain", /not an Output/],
    ["no name", withDomain({ name: undefined }), "domain.name", /plain host name/],
    [
      "a name that arrives later",
      withDomain({ name: pulumi.output("a.example.com") }),
      "domain.name",
      /plain/,
    ],
    ["a URL", withDomain({ name: "https://a.example.com" }), "domain.name", /plain host name/],
    ["upper case", withDomain({ name: "A.example.com" }), "domain.name", /lower case/],
    ["a wildcard", withDomain({ name: "*.example.com" }), "domain.name", /URL has to be callable/],
    [
      "neither a zone nor a certificate",
      withDomain({ hostedZoneId: undefined }),
      "domain.certificateArn",
      /hostedZoneId/,
    ],
    [
      "another TLS version",
      withDomain({ securityPolicy: "TLS_1_0" }),
      "domain.securityPolicy",
      /no such argument/,
    ],
    ["mutual TLS by a word", withDomain({ mutualTls: true }), "domain.mutualTls", /truststoreUri/],
    ["no truststore", withMutualTls({ truststoreUri: undefined }), "domain.mutualTls.truststoreUri", /s3:/],
    [
      "a truststore's URL",
      withMutualTls({ truststoreUri: "https://a/b" }),
      "domain.mutualTls.truststoreUri",
      /s3:/,
    ],
    [
      "no version",
      withMutualTls({ truststoreVersion: undefined }),
      "domain.mutualTls.truststoreVersion",
      /version/,
    ],
    [
      "no version, in S3's words",
      withMutualTls({ truststoreVersion: "null" }),
      "domain.mutualTls.truststoreVersion",
      /version/,
    ],
  ],
  "what becomes of the log": [
    [
      "a log that is archived",
      withArguments({ accessLog: { onDestroy: "archive" } }),
      "accessLog.onDestroy",
      /write "keep" or "delete"/,
    ],
    [
      "a log whose fate arrives later",
      withArguments({ accessLog: { onDestroy: pulumi.output("keep") } }),
      "accessLog.onDestroy",
      /write "keep" or "delete"/,
    ],
  ],
  "a key of the log's own": [
    [
      "beside a given one",
      withArguments({ accessLog: { ownKey: true, kmsKeyId: "arn" } }),
      "accessLog.kmsKeyId",
      /not both/,
    ],
    [
      "by a word",
      withArguments({ accessLog: { ownKey: "yes" } }),
      "accessLog.ownKey",
      /true or false, not an Output/,
    ],
    [
      "that arrives later",
      withArguments({ accessLog: { ownKey: pulumi.output(true) } }),
      "accessLog.ownKey",
      /true or false, not an Output/,
    ],
  ],
  "a default endpoint": [
    ["on", withArguments({ defaultEndpoint: "on" }), "defaultEndpoint", /write "off", or leave it out/],
    ["false", withArguments({ defaultEndpoint: false }), "defaultEndpoint", /"off"/],
    ["an Output", withArguments({ defaultEndpoint: pulumi.output("off") }), "defaultEndpoint", /"off"/],
  ],
  "a lockdown": [
    ["another word", withArguments({ lockdown: "off" }), "lockdown", /"none", "throttle", "deny"/],
    ["true", withArguments({ lockdown: true }), "lockdown", /"none", "throttle", "deny"/],
    ["null", withArguments({ lockdown: null }), "lockdown", /"none", "throttle", "deny"/],
    ["an Output", withArguments({ lockdown: pulumi.output("deny") }), "lockdown", /plain value/],
  ],
  "a watch": [
    ["false", withArguments({ watch: false }), "watch", /write "off"/],
    ["a misspelt setting", withArguments({ watch: { alarms: [] } }), "watch.alarms", /no such argument/],
    ["another API", withArguments({ watch: { api: "a1b2c3" } }), "watch.api", /no such argument/],
    [
      "a percentage that is none",
      withArguments({ watch: { serverErrorPercent: 100 } }),
      "watch.serverErrorPercent",
      /percentage/,
    ],
  ],
  "a transform": [
    ["a function for all", withArguments({ transform: () => ({}) }), "transform", /an object with functions/],
    [
      "an unknown child",
      withArguments({ transform: { gateway: () => ({}) } }),
      "transform.gateway",
      /no such argument/,
    ],
    [
      "properties",
      withArguments({ transform: { api: { description: "a" } } }),
      "transform.api",
      /give a function/,
    ],
  ],
};

describe.each(Object.entries(cases))("%s", (_, table) => {
  test.each(table)("%s is refused before anything is registered", async (_, args, propertyPath, reason) => {
    const { error, resources } = await refused(args);
    expect(error.errors).toContainEqual({ propertyPath, reason: expect.stringMatching(reason) });
    expect(error.message).toContain(`SecureHttpApi "customers" can't be created from these arguments:`);
    for (const problem of error.errors) expect(error.message).toContain(problem.reason);
    expect(error.stack).toBeUndefined();
    expect(resources).toEqual([]);
  });
});

test("all problems are reported at once", async () => {
  const { error } = await refused({ throttle: 1, routes: { "get /a": {}, "GET /b": { handler } } });
  expect(error.errors.map(({ propertyPath }) => propertyPath)).toEqual([
    'routes["get /a"]',
    'routes["get /a"].handler',
    'routes["get /a"].authorization',
    'routes["GET /b"].authorization',
    "throttle",
  ]);
});

test("no value is printed, because it may be a secret", async () => {
  const hunter2 = "hunter2";
  const { error } = await refused({
    ...withJwt({ issuer: hunter2 }),
    routes: { "GET /a": { handler: Integration.http({ url: `https://a.example.com/{${hunter2}}` }) } },
    throttle: hunter2,
    lockdown: hunter2,
    cors: { allowOrigins: [hunter2], allowHeaders: [" hunter2"] },
    domain: { name: " hunter2", hostedZoneId: "Z1", mutualTls: { ...truststore, truststoreUri: hunter2 } },
  });
  expect(error.errors).toHaveLength(8);
  expect(error.message).not.toContain(hunter2);
});

test("a transform that returns nothing is refused with a sentence", async () => {
  for (const answer of [undefined, Promise.resolve({}), "description"]) {
    let error: unknown;
    await registered(() => {
      try {
        new SecureHttpApi("customers", {
          authorization: Authorization.iam(),
          routes,
          transform: { stage: () => answer as never },
        });
      } catch (thrown) {
        error = thrown;
      }
    });
    expect(pulumi.InputPropertiesError.isInstance(error)).toBe(true);
    expect(String((error as Error).message)).toContain(
      'The transform of aws:apigatewayv2/stage:Stage "customers" returns no arguments:',
    );
  }
});

describe("look-alikes of mistakes are accepted", () => {
  const taken: readonly (readonly [situation: string, args: unknown])[] = [
    [
      "a public OPTIONS route beside CORS",
      withArguments({
        routes: { "OPTIONS /a": { handler, access: publicAccess(review) } },
        cors: { allowOrigins: ["https://app.example.com"] },
      }),
    ],
    [
      "an OPTIONS route with an authorization, without CORS",
      withArguments({ routes: { "OPTIONS /a": { handler } } }),
    ],
    ["* without credentials", withCors({ allowOrigins: ["*"], allowCredentials: false })],
    ["every https origin without credentials", withCors({ allowOrigins: ["https://*"] })],
    [
      "a page of the own machine",
      withCors({ allowOrigins: ["http://localhost:3000"], allowCredentials: true }),
    ],
    ["a parameter in the query of a URL", withUrl("https://a.example.com?id={id}")],
    ["a URL with a port", withUrl("https://a.example.com:8443/{id}")],
    ["a wildcard in a certificate", withLink({ serverName: "*.example.com" })],
    [
      "a wildcard certificate",
      withDomain({ name: "a.example.com", certificateArn: "arn:of-any.example.com" }),
    ],
    [
      "no key of its own, beside a given one",
      withArguments({ accessLog: { ownKey: false, kmsKeyId: "arn" } }),
    ],
    ["a transform of nothing", withArguments({ transform: { api: undefined } })],
    [
      "what is said to be absent",
      withArguments({ cors: undefined, domain: undefined, lockdown: undefined, waf: undefined }),
    ],
  ];
  test.each(taken)("%s", async (_, args) => {
    const resources = await registered(() => new SecureHttpApi("customers", args as SecureHttpApiArgs));
    expect(resources.map(({ type }) => type)).toContain("aws:apigatewayv2/stage:Stage");
  });
});

describe("values of another copy of the package", () => {
  let other: typeof import("../../../components/src");
  beforeAll(async () => {
    vi.resetModules();
    other = await import("../../../components/src");
  });
  afterAll(() => vi.resetModules());

  test("are recognized", async () => {
    expect(other.Authorization.iam).not.toBe(Authorization.iam);
    const resources = await registered(() => {
      new SecureHttpApi("customers", {
        authorization: other.Authorization.iam(),
        routes: { "GET /a": { handler }, "GET /health": { handler, access: other.publicAccess(review) } },
      });
    });
    const types = resources.map(({ inputs }) => inputs.authorizationType).filter((type) => type);
    expect(types).toEqual(["AWS_IAM", "NONE"]);
  });

  test("a Lambda function of another copy of the AWS package is a handler", async () => {
    const imitation = {
      __pulumiType: "aws:lambda/function:Function",
      name: "lookup",
      invokeArn: "arn:lookup",
    };
    expect(aws.lambda.Function.isInstance(imitation)).toBe(true);
    const resources = await registered(() => {
      new SecureHttpApi("customers", {
        authorization: jwt,
        routes: { "GET /a": { handler: imitation as never } },
      });
    });
    expect(resources.map(({ inputs }) => inputs.integrationUri)).toContain("arn:lookup");
  });
});
