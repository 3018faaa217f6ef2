import { describe, expect, test } from "vitest";
import {
  acceptsAnyToken,
  answersForAllRoutes,
  cachesTooLong,
  hasUnacceptedSource,
  isTheSameForAll,
  type LambdaAuthorizer,
  lambdaAuthorizers,
  matchesAnyToken,
  RestAuthorizer,
  sharesAnswers,
} from "../../../policies/src/endpoints/api-gateway/lambda-authorizer";
import { absent, known, type RawRecord, resource, unknown } from "../../../policies/src/stack";
import { UNKNOWN } from "../../unknown";

describe("whether an identity source is the same for all callers", () => {
  test.each([
    ["method.request.header.Authorization", "no"],
    ["$request.header.Authorization", "no"],
    ["route.request.header.Authorization", "no"],
    ["METHOD.REQUEST.HEADER.Authorization", "no"],
    ["method.request.multivalueheader.Authorization", "no"],
    ["method.request.header.Host", "yes"],
    ["method.request.header.X-Host", "no"],
    ["method.request.header.User-Agent", "yes"],
    ["method.request.header.Accept", "yes"],
    ["method.request.header.Accept-Language", "yes"],
    ["method.request.header.Acceptance", "no"],
    ["$request.header.X-Forwarded-For", "yes"],
    ["$request.header.X-Forwarded-User", "no"],
    ["$request.header.CloudFront-Viewer-Country", "yes"],
    ["method.request.querystring.token", "no"],
    ["method.request.multivaluequerystring.token", "no"],
    ["method.request.querystrings.token", "unknown"],
    ["method.request.myquerystring.token", "unknown"],
    ["method.request.headers.Authorization", "unknown"],
    ["method.request.myheader.Authorization", "unknown"],
    ["method.request.path.id", "yes"],
    ["$request.path", "yes"],
    ["method.request.paths.id", "unknown"],
    ["method.request.body", "yes"],
    ["method.request.mybody", "unknown"],
    ["stageVariables.table", "yes"],
    ["$stageVariables.table", "yes"],
    ["context.path", "yes"],
    ["$context.routeKey", "yes"],
    ["context.identity.sourceIp", "yes"],
    ["context.identity.apiKey", "no"],
    ["$context.identity.userArn", "no"],
    ["context.identity.clientCert.subjectDN", "no"],
    ["context.identity.cognitoIdentityId", "no"],
    ["my.context.path", "unknown"],
    ["a method.request.header.Authorization", "unknown"],
    ["request.header.Authorization", "unknown"],
    ["Authorization", "unknown"],
    ["method.request.header.Authorization\nx", "unknown"],
    ["", "unknown"],
  ])("%j: %s", (source, answer) => {
    expect(isTheSameForAll(source)).toBe(answer);
  });
});

const token = "$request.header.Authorization";
const authorizer = (changed: Partial<LambdaAuthorizer> = {}): LambdaAuthorizer => ({
  scheme: undefined,
  surface: "rest",
  type: known("REQUEST"),
  resultTtl: known(300),
  identitySources: known([known(token)]),
  enableSimpleResponses: absent,
  identityValidationExpression: absent,
  ...changed,
});
const sources = (...some: readonly (string | typeof unknown | typeof absent)[]) => ({
  identitySources: known(some.map((one) => (typeof one === "string" ? known(one) : one))),
});

describe("what the cache of an authorizer gives others", () => {
  const cases: readonly (readonly [
    what: string,
    changed: Partial<LambdaAuthorizer>,
    shared: string,
    all: string,
  ])[] = [
    ["its token is the key", {}, "no", "yes"],
    ["nothing that tells callers apart", sources("$context.path"), "yes", "yes"],
    ["with spaces around", sources(" $context.path "), "yes", "yes"],
    ["the token beside it", sources("$context.path", token), "no", "yes"],
    ["something that isn't known beside it", sources("$context.path", unknown), "unknown", "unknown"],
    ["something that isn't known beside the token", sources(token, unknown), "no", "unknown"],
    ["the route", sources("$context.routeKey", token), "no", "no"],
    ["the route, spelled otherwise", sources("$CONTEXT.ROUTEKEY ", token), "no", "no"],
    ["nearly the route", sources("$context.routeKeys", token), "no", "yes"],
    ["the route behind something", sources("a$context.routeKey", token), "no", "yes"],
    ["nothing", { identitySources: absent }, "no", "no"],
    ["an empty list", sources(), "no", "no"],
    ["an empty text", sources(absent), "no", "no"],
    ["an empty text beside the path", sources(absent, "$context.path"), "yes", "yes"],
    ["what isn't known", { identitySources: unknown }, "unknown", "unknown"],
    ["the path, and nothing is cached", { ...sources("$context.path"), resultTtl: known(0) }, "no", "no"],
    [
      "the path, for a time that isn't known",
      { ...sources("$context.path"), resultTtl: unknown },
      "unknown",
      "unknown",
    ],
    ["the path, of a token's authorizer", { ...sources("$context.path"), type: known("TOKEN") }, "no", "no"],
    [
      "the path, of a type that isn't known",
      { ...sources("$context.path"), type: unknown },
      "unknown",
      "unknown",
    ],
  ];

  test.each(cases)("the key is %s", (_what, changed, shared, all) => {
    const ofHttp = authorizer({ surface: "http", enableSimpleResponses: known(true), ...changed });
    expect([sharesAnswers(authorizer(changed)), answersForAllRoutes(ofHttp)]).toEqual([shared, all]);
    // A policy names the routes, and a REST API's authorizer always returns one.
    expect(answersForAllRoutes({ ...ofHttp, enableSimpleResponses: known(false) })).toBe("no");
    expect(answersForAllRoutes({ ...ofHttp, enableSimpleResponses: absent })).toBe("no");
    expect(answersForAllRoutes({ ...ofHttp, surface: "rest" })).toBe("no");
  });

  test("whether it answers yes or no isn't known", () => {
    const ofHttp = authorizer({ surface: "http", enableSimpleResponses: unknown });
    expect(answersForAllRoutes(ofHttp)).toBe("unknown");
  });

  test("an hour is too long, five minutes aren't", () => {
    const after = (resultTtl: LambdaAuthorizer["resultTtl"]) => cachesTooLong(authorizer({ resultTtl }));
    expect([known(300), known(301), unknown].map(after)).toEqual(["no", "yes", "unknown"]);
  });

  test.each<readonly [what: string, changed: Partial<LambdaAuthorizer>, has: boolean]>([
    ["none", {}, false],
    ["one that AWS doesn't know", sources("Authorization"), true],
    ["one among others", sources(token, "Authorization"), true],
    ["one with a space around", sources(` ${token} `), false],
    ["one beside what isn't known", sources(unknown, "Authorization"), false],
    ["a list that isn't known", { identitySources: unknown }, false],
    ["one of an authorizer whose type isn't known", { ...sources("Authorization"), type: unknown }, false],
    [
      "one of an authorizer whose time isn't known",
      { ...sources("Authorization"), resultTtl: unknown },
      false,
    ],
  ])("sources that AWS doesn't accept: %s", (_what, changed, has) => {
    expect(hasUnacceptedSource(authorizer(changed))).toBe(has);
  });
});

describe("whether a function is invoked for any token", () => {
  test.each([
    [absent, "yes"],
    [unknown, "no"],
    [known(".*"), "yes"],
    [known(" ^.*$ "), "yes"],
    [known(".+"), "yes"],
    [known("^(.+)$"), "yes"],
    [known(".*?"), "yes"],
    [known("^Bearer .+$"), "no"],
    [known(".*a"), "no"],
    [known("a.*"), "no"],
    [known("..*"), "no"],
  ] as const)("with the expression %j: %s", (identityValidationExpression, answer) => {
    const of = (changed: Partial<LambdaAuthorizer>) =>
      acceptsAnyToken(authorizer({ type: known("TOKEN"), identityValidationExpression, ...changed }));
    expect(of({})).toBe(answer);
    expect(of({ type: known("REQUEST") })).toBe("no");
    expect(of({ surface: "http" })).toBe("no");
    expect(of({ type: unknown })).toBe(answer === "yes" ? "unknown" : "no");
    const type = "aws:apigateway/authorizer:Authorizer";
    const expression =
      identityValidationExpression.kind === "known"
        ? identityValidationExpression.value
        : { absent: undefined, unknown: UNKNOWN }[identityValidationExpression.kind];
    const restAuthorizer = resource({
      urn: `urn:pulumi:dev::customers::${type}::a`,
      type,
      properties: { identityValidationExpression: expression },
    });
    expect(RestAuthorizer.is(restAuthorizer) && matchesAnyToken(restAuthorizer)).toBe(answer === "yes");
  });
});

describe("the Lambda authorizers of a resource", () => {
  const rest = "aws:apigateway/authorizer:Authorizer";
  const http = "aws:apigatewayv2/authorizer:Authorizer";
  const read = (type: string, properties: RawRecord, schema?: "CloudFormation") =>
    lambdaAuthorizers(
      resource({
        urn: `urn:pulumi:dev::customers::${type}::a`,
        type,
        properties: { ...properties },
        ...(schema && { written: { schema } as never }),
      }),
    ).map((one) => ({
      surface: one.surface,
      type: one.type.kind === "known" ? one.type.value : one.type.kind,
      ttl: one.resultTtl.kind === "known" ? one.resultTtl.value : one.resultTtl.kind,
    }));
  const restOf = (type: string, ttl: number | string = 300) => [{ surface: "rest", type, ttl }];
  const httpOf = (type: string, ttl: number | string = 300) => [{ surface: "http", type, ttl }];
  const uri = { authorizerUri: "arn" };
  const pools = { providerArns: ["arn"] };

  test.each<readonly [what: string, type: string, properties: RawRecord, read: readonly object[]]>([
    ["the default of REST APIs", rest, uri, restOf("TOKEN")],
    ["of a REST API, by requests", rest, { ...uri, type: "request" }, restOf("REQUEST")],
    ["of user pools", rest, { ...pools, type: "COGNITO_USER_POOLS" }, []],
    ["of a type that isn't known, with a function", rest, { ...uri, type: UNKNOWN }, restOf("unknown")],
    ["of a type that isn't known, with user pools", rest, { ...pools, type: UNKNOWN }, []],
    ["of a type that isn't known, with both", rest, { ...uri, ...pools, type: UNKNOWN }, restOf("unknown")],
    ["of a type that isn't known, with neither", rest, { type: UNKNOWN }, restOf("unknown")],
    ["of no type, with user pools", rest, pools, restOf("TOKEN")],
    ["that caches for a minute", rest, { ...uri, authorizerResultTtlInSeconds: 60 }, restOf("TOKEN", 60)],
    [
      "that caches for a time that isn't known",
      rest,
      { ...uri, authorizerResultTtlInSeconds: UNKNOWN },
      restOf("TOKEN", "unknown"),
    ],
    ["of an HTTP API", http, { ...uri, authorizerType: "REQUEST" }, httpOf("REQUEST")],
    ["a JWT authorizer", http, { authorizerType: "JWT" }, []],
    [
      "of an HTTP API, of a type that isn't known",
      http,
      { ...uri, authorizerType: UNKNOWN },
      httpOf("unknown"),
    ],
    ["of an HTTP API, of a type that isn't known, without a function", http, { authorizerType: UNKNOWN }, []],
    ["of a known type, without a function", http, { authorizerType: "REQUEST" }, httpOf("REQUEST")],
    [
      "of a WebSocket API, which caches nothing",
      http,
      { ...uri, authorizerType: "REQUEST", identitySources: ["route.request.header.Auth"] },
      httpOf("REQUEST", 0),
    ],
    [
      "of a WebSocket API, with several sources",
      http,
      { ...uri, authorizerType: "REQUEST", identitySources: [" stageVariables.a", "context.connectionId "] },
      httpOf("REQUEST", 0),
    ],
    [
      "of an HTTP API, by its dollar sign",
      http,
      {
        ...uri,
        authorizerType: "REQUEST",
        identitySources: ["$request.header.Auth", "route.request.header.Auth"],
      },
      httpOf("REQUEST"),
    ],
    [
      "of an HTTP API, by what only ends as a source of a WebSocket API does",
      http,
      { ...uri, authorizerType: "REQUEST", identitySources: ["$request.header.context.a"] },
      httpOf("REQUEST"),
    ],
    [
      "with an empty list of sources",
      http,
      { ...uri, authorizerType: "REQUEST", identitySources: [] },
      httpOf("REQUEST"),
    ],
    [
      "with sources that aren't known",
      http,
      { ...uri, authorizerType: "REQUEST", identitySources: [UNKNOWN] },
      httpOf("REQUEST"),
    ],
  ])("%s", (_what, type, properties, expected) => {
    expect(read(type, properties)).toEqual(expected);
  });

  test("CloudFormation caches nothing for an HTTP API by itself", () => {
    const request = { ...uri, authorizerType: "REQUEST" };
    expect(read(http, request, "CloudFormation")).toEqual(httpOf("REQUEST", 0));
    expect(read(http, { ...request, authorizerResultTtlInSeconds: 60 }, "CloudFormation")).toEqual(
      httpOf("REQUEST", 60),
    );
  });

  test("what else they say", () => {
    const of = (type: string, properties: RawRecord) =>
      lambdaAuthorizers(
        resource({ urn: `urn:pulumi:dev::customers::${type}::a`, type, properties: { ...properties } }),
      ).map(({ scheme, identitySources, enableSimpleResponses, identityValidationExpression }) => [
        scheme,
        identitySources,
        enableSimpleResponses,
        identityValidationExpression,
      ]);
    const identitySource = { identitySource: token };
    const others = { enableSimpleResponses: true, identityValidationExpression: ".*" };
    const read = known([known(token)]);
    expect(of(rest, { ...uri, ...identitySource, ...others })).toEqual([
      [undefined, read, absent, known(".*")],
    ]);
    const request = { ...uri, authorizerType: "REQUEST", identitySources: [token], ...others };
    expect(of(http, request)).toEqual([[undefined, read, known(true), absent]]);
    const body = {
      openapi: "3.0.1",
      paths: {},
      components: {
        securitySchemes: {
          gate: { "x-amazon-apigateway-authorizer": { type: "token", ...identitySource, ...others } },
        },
      },
    };
    expect(of("aws:apigateway/restApi:RestApi", { body })).toEqual([
      ["gate", read, known(true), known(".*")],
    ]);
  });

  test("of documents, by the time that they cache", () => {
    const ttl = (authorizerResultTtlInSeconds: unknown, type: string) => {
      const said = { type: "request", authorizerResultTtlInSeconds };
      const securitySchemes = { gate: { "x-amazon-apigateway-authorizer": said } };
      return read(type, { body: { openapi: "3.0.1", paths: {}, components: { securitySchemes } } });
    };
    expect(ttl(60, "aws:apigateway/restApi:RestApi")).toEqual(restOf("REQUEST", 60));
    expect(ttl(60, "aws:apigatewayv2/api:Api")).toEqual(httpOf("REQUEST", 60));
    expect(ttl(UNKNOWN, "aws:apigatewayv2/api:Api")).toEqual(httpOf("REQUEST", "unknown"));
  });

  test("of documents", () => {
    const extension = (said: RawRecord) => ({ "x-amazon-apigateway-authorizer": said });
    const body = {
      openapi: "3.0.1",
      paths: {},
      components: {
        securitySchemes: {
          request: extension({ type: "request" }),
          token: extension({ type: "token" }),
          jwt: extension({ type: "jwt" }),
          pools: extension({ type: "cognito_user_pools" }),
          notKnown: extension({ type: UNKNOWN }),
        },
      },
    };
    expect(read("aws:apigateway/restApi:RestApi", { body })).toEqual([
      ...restOf("REQUEST"),
      ...restOf("TOKEN"),
      ...restOf("unknown"),
    ]);
    expect(read("aws:apigatewayv2/api:Api", { body })).toEqual([
      ...httpOf("REQUEST", 0),
      ...httpOf("TOKEN", 0),
      ...httpOf("unknown", 0),
    ]);
    expect(read("aws:sqs/queue:Queue", { body })).toEqual([]);
  });
});
