import { describe, expect, test } from "vitest";
import { sharedAnswers } from "../../../policies/src/endpoints/api-gateway/response-cache";
import { type Given, UNKNOWN } from "../analyze";
import { authorizedBy, methodOf, restAuthorizer } from "../authorizer-resources";
import { httpApi, integration, method, restApi, route } from "../resources";
import { stackFrom } from "../stack-from";
import { methodSettings, stage } from "../traffic-resources";

/** `GET / by answering` for what a stage answers to everybody, and where its key would be written. */
function sharedBy(...given: readonly Given[]): readonly string[] {
  return sharedAnswers(stackFrom(...given)).map(
    ({ resource, operation, hasKey }) =>
      `${operation.route ?? "?"} by ${resource.name}${hasKey ? ", which has a key" : ""}`,
  );
}

const iam = { authorization: "AWS_IAM" };
const caching = { cachingEnabled: true };
const cluster = { cacheClusterEnabled: true };
const of = { api: "orders", stage: "live" };
const live = stage("live", cluster, "orders");
const all = methodSettings("all", caching, of);
const get = methodOf("orders", method("get", "GET", iam));
const answering = (properties: object = {}, httpMethod: unknown = "GET") =>
  integration("answering", { type: "AWS_PROXY", httpMethod, ...properties }, "orders");
const shared = ["GET / by answering"];
const own = (settings: object, methodPath: unknown = "/GET", name = "own") =>
  methodSettings(name, settings, { ...of, methodPath });

describe("whether a stage keeps answers", () => {
  const sharedAt = (...stages: readonly Given[]) => sharedBy(restApi("orders"), get, answering(), ...stages);

  test.each<readonly [what: string, stages: readonly Given[], keeps: boolean]>([
    ["no stage", [], false],
    ["a cache, and all are kept", [live, all], true],
    ["no cache", [stage("live", {}, "orders"), all], false],
    ["a cache that isn't known", [stage("live", { cacheClusterEnabled: UNKNOWN }, "orders"), all], true],
    ["a cache, and nothing is said", [live], false],
    ["a cache, and nothing is said of keeping", [live, methodSettings("all", {}, of)], false],
    ["a cache, and none are kept", [live, methodSettings("all", { cachingEnabled: false }, of)], false],
    ["a cache, and that isn't known", [live, methodSettings("all", { cachingEnabled: UNKNOWN }, of)], true],
    ["a cache, and settings that aren't known", [live, methodSettings("all", UNKNOWN, of)], true],
    ["for no time", [live, methodSettings("all", { ...caching, cacheTtlInSeconds: 0 }, of)], false],
    [
      "for a time that isn't known",
      [live, methodSettings("all", { ...caching, cacheTtlInSeconds: UNKNOWN }, of)],
      true,
    ],
    ["all but this", [live, all, own({ cachingEnabled: false })], false],
    ["this alone", [live, own(caching)], true],
    ["this, by one of two settings", [live, own({}), own(caching, "/GET", "second")], true],
    ["another alone", [live, own(caching, "/POST")], false],
    ["all, and another not", [live, all, own({ cachingEnabled: false }, "/POST")], true],
    ["all, said twice", [live, methodSettings("none", {}, of), all], true],
    ["at one of two stages", [stage("test", { ...cluster, stageName: "test" }, "orders"), live, all], true],
    [
      "this, and another one at another stage",
      [
        stage("test", { ...cluster, stageName: "test" }, "orders"),
        methodSettings("too", caching, { api: "orders", stage: "test", methodPath: "/POST" }),
        live,
        all,
      ],
      true,
    ],
    [
      "at a stage of another API",
      [
        restApi("others"),
        stage("live", cluster, "others"),
        methodSettings("all", caching, { api: "others", stage: "live" }),
      ],
      false,
    ],
  ])("%s", (_what, stages, keeps) => {
    expect(sharedAt(...stages)).toEqual(keeps ? shared : []);
  });

  test.each<readonly [httpMethod: unknown, route: string | undefined, forAll: boolean, forIt: boolean]>([
    ["GET", "GET /", true, true],
    ["ANY", "ANY /", true, true],
    ["POST", "POST /", false, false],
    [UNKNOWN, "?", true, false],
  ])("settings for all methods, and for GET, of %j", (httpMethod, path, forAll, forIt) => {
    const given = [
      restApi("orders"),
      methodOf("orders", method("one", httpMethod, iam)),
      answering({}, httpMethod),
    ];
    const line = [`${path} by answering`];
    expect(sharedBy(...given, live, all)).toEqual(forAll ? line : []);
    expect(sharedBy(...given, live, own(caching))).toEqual(forIt ? line : []);
  });

  describe("of an ANY method, which answers for the methods that aren't there", () => {
    const off = { cachingEnabled: false };
    const openGet = methodOf("orders", method("open", "GET"));
    const openPost = methodOf("orders", method("open", "POST"));

    test.each<readonly [what: string, others: readonly Given[], keeps: boolean]>([
      ["all", [all], true],
      ["ANY alone", [own(caching, "/ANY")], true],
      ["all but ANY", [all, own(off, "/ANY")], false],
      ["GET alone", [own(caching)], true],
      ["POST alone", [own(caching, "/POST")], true],
      ["all but GET", [all, own(off)], false],
      ["all but POST, which isn't kept anyway", [all, own(off, "/POST")], true],
      ["all but GET, and POST", [all, own(off), own(caching, "/POST", "second")], true],
      ["GET, which is there itself", [openGet, own(caching)], false],
      ["POST, which is there itself", [openPost, own(caching, "/POST")], false],
      ["GET, beside POST", [openPost, own(caching)], true],
      ["all, where GET is there itself", [openGet, all], false],
      ["all, where POST is there itself", [openPost, all], true],
      ["GET of another path", [own(caching, "a/GET")], false],
      ["all but GET of another path", [all, own(off, "a/GET")], true],
    ])("%s", (_what, others, keeps) => {
      const any = methodOf("orders", method("any", "ANY", iam));
      expect(sharedBy(restApi("orders"), any, answering({}, "ANY"), live, ...others)).toEqual(
        keeps ? ["ANY / by answering"] : [],
      );
    });

    test("a GET of another API isn't there", () => {
      const any = methodOf("orders", method("any", "ANY", iam));
      const other = methodOf("others", method("other", "GET"));
      expect(
        sharedBy(restApi("orders"), restApi("others"), any, other, answering({}, "ANY"), live, all),
      ).toEqual(["ANY / by answering"]);
    });

    test("within a document", () => {
      const any = {
        "x-amazon-apigateway-auth": { type: "AWS_IAM" },
        "x-amazon-apigateway-integration": { type: "aws_proxy" },
      };
      const withPath = (others: object) =>
        sharedBy(
          restApi("orders", {
            body: { openapi: "3.0.1", paths: { "/a": { "x-amazon-apigateway-any-method": any, ...others } } },
          }),
          live,
          own(caching, "a/GET"),
        );
      expect(withPath({})).toEqual(["ANY /a by orders"]);
      expect(withPath({ get: {} })).toEqual([]);
      expect(withPath({ post: {} })).toEqual(["ANY /a by orders"]);
    });

    test("whose path isn't known", () => {
      const any = (given: Given): Given => ({ ...given, dependencies: { restApi: ["orders"] } });
      const unplaced = any(method("any", "ANY", { ...iam, integration: { type: "AWS_PROXY" } }));
      expect(sharedBy(restApi("orders"), unplaced, live, own(caching))).toEqual([]);
      expect(sharedBy(restApi("orders"), unplaced, live, all)).toEqual(["ANY by any"]);
    });
  });

  test("APIs that aren't known are never the same", () => {
    const elsewhere = (given: Given, restApiId: unknown): Given => ({
      ...given,
      properties: { ...given.properties, restApi: restApiId, resourceId: "d4e5f6" },
    });
    const at = (id: unknown) =>
      sharedBy(
        elsewhere(method("get", "GET", { ...iam, integration: { type: "AWS_PROXY" } }), id),
        stage("live", { ...cluster, restApi: id }),
        methodSettings("all", caching, { stage: "live" }),
      );
    expect(at(UNKNOWN)).toEqual([]);
    expect(at("a1b2c3")).toEqual(["GET by get"]);
  });

  test("whom nobody asks, and whom only a key names, gets what all get", () => {
    const beside = (properties: object) =>
      sharedBy(
        restApi("orders"),
        methodOf("orders", method("get", "GET", properties)),
        answering(),
        live,
        all,
      );
    expect(beside({})).toEqual([]);
    expect(beside({ apiKeyRequired: true })).toEqual([]);
    expect(beside({ ...iam, apiKeyRequired: true })).toEqual(shared);
  });

  test("an HTTP API keeps nothing", () => {
    const open = route("one", "GET /", { authorizationType: "AWS_IAM" }, "http");
    expect(sharedBy(httpApi("http"), open, restApi("orders"), live, all)).toEqual([]);
  });
});

describe("whether the key of a cache tells callers apart", () => {
  const withKey = (cacheKeyParameters: unknown, others: object = {}) =>
    sharedBy(restApi("orders"), get, answering({ cacheKeyParameters, ...others }), live, all);
  const mapped = (expression: unknown, name = "integration.request.header.A") => ({
    requestParameters: { [name]: expression },
  });
  const token = "method.request.header.Authorization";
  const viaIntegration = "integration.request.header.A";

  test.each<readonly [what: string, key: unknown, others: object, isShared: boolean]>([
    ["no key", undefined, {}, true],
    ["an empty key", [], {}, true],
    ["the token", [token], {}, false],
    ["another header", ["method.request.header.X"], {}, true],
    ["another header and the token", ["method.request.header.X", token], {}, false],
    ["a token in the URL", ["method.request.querystring.Authorization"], {}, true],
    ["a key that isn't known", UNKNOWN, {}, false],
    ["a part that isn't known", ["method.request.path.id", UNKNOWN], {}, false],
    ["what is asked for", ["method.request.path.id"], {}, true],
    ["who was authorized", ["context.authorizer.principalId"], {}, false],
    ["who was authorized, with a dollar sign", ["$context.authorizer.claims.sub"], {}, false],
    ["who signed", ["context.identity.userArn"], {}, false],
    ["who was authorized, among others", ["method.request.path.id", "context.authorizer.sub"], {}, false],
    ["a header of that name", ["method.request.header.context.authorizer.sub"], {}, true],
    ["an address", ["context.identity.sourceIp"], {}, true],
    ["the integration's, of the token", [viaIntegration], mapped(token), false],
    ["the integration's, of who was authorized", [viaIntegration], mapped("context.authorizer.sub"), false],
    ["the integration's, of another header", [viaIntegration], mapped("method.request.header.X"), true],
    ["the integration's, of what isn't known", [viaIntegration], mapped(UNKNOWN), false],
    [
      "the integration's, of mappings that aren't known",
      [viaIntegration],
      { requestParameters: UNKNOWN },
      false,
    ],
    ["the integration's, of nothing", [viaIntegration], {}, true],
    [
      "the integration's, beside another mapping",
      [viaIntegration],
      mapped(token, "integration.request.header.B"),
      true,
    ],
    [
      "the integration's, in capitals",
      ["INTEGRATION.request.header.A"],
      mapped(token, "INTEGRATION.request.header.A"),
      false,
    ],
    [
      "the method's, mapped to itself",
      ["method.request.header.X"],
      mapped("context.authorizer.sub", "method.request.header.X"),
      true,
    ],
    [
      "no expression of the integration",
      ["a.integration.request.header.A"],
      mapped(token, "a.integration.request.header.A"),
      true,
    ],
    ["no key, and the gateway answers", undefined, { type: "mock" }, false],
    ["no key, and what answers isn't known", undefined, { type: UNKNOWN }, true],
  ])("%s", (_what, key, others, isShared) => {
    const hasKey = Array.isArray(key) && key.length > 0;
    expect(withKey(key, others)).toEqual(
      isShared ? [`GET / by answering${hasKey ? ", which has a key" : ""}`] : [],
    );
  });

  test("what a function reads, which nothing shows", () => {
    const byFunction = (identitySource: string, ...cacheKeyParameters: readonly string[]) =>
      sharedBy(
        restApi("orders"),
        restAuthorizer("gate", { identitySource }, "orders"),
        methodOf("orders", authorizedBy("gate", method("get", "GET", { authorization: "CUSTOM" }))),
        answering({ cacheKeyParameters }),
        live,
        all,
      );
    const other = "method.request.header.X";
    // Any credential may be what it reads.
    expect(byFunction("context.path", other)).toEqual([]);
    expect(byFunction("context.path", "method.request.path.id")).toEqual([
      "GET / by answering, which has a key",
    ]);
    expect(byFunction("context.path")).toEqual(shared);
    // Here it is known what it reads.
    expect(byFunction(other, other)).toEqual([]);
    expect(byFunction(other, token)).toEqual(["GET / by answering, which has a key"]);
    expect(byFunction(`${other},${token}`, other)).toEqual(["GET / by answering, which has a key"]);
    expect(byFunction(`${other},method.request.header.Y`, other, "method.request.header.Y")).toEqual([]);
  });
});

describe("where the key is written", () => {
  const key = { cacheKeyParameters: ["method.request.header.Authorization"] };
  const withMethod = (written: unknown, ...others: readonly Given[]) =>
    sharedBy(
      restApi("orders"),
      methodOf("orders", method("get", "GET", { ...iam, integration: written })),
      ...others,
      live,
      all,
    );

  test("within a method of CloudFormation", () => {
    expect(withMethod({ type: "AWS_PROXY" })).toEqual(["GET / by get"]);
    expect(withMethod({ type: "AWS_PROXY", ...key })).toEqual([]);
    expect(withMethod({ type: "AWS_PROXY" }, answering(key))).toEqual(["GET / by get"]);
    expect(withMethod(UNKNOWN)).toEqual([]);
  });

  test("at the integrations of a method", () => {
    expect(withMethod(undefined)).toEqual([]);
    expect(withMethod(undefined, answering({}, "POST"))).toEqual([]);
    expect(withMethod(undefined, answering(key))).toEqual([]);
    expect(
      withMethod(undefined, answering(key), integration("second", { httpMethod: "GET" }, "orders")),
    ).toEqual(["GET / by second"]);
  });

  test("within a document", () => {
    const withDocument = (answered: object) => {
      const get = { "x-amazon-apigateway-auth": { type: "AWS_IAM" }, ...answered };
      return sharedBy(restApi("orders", { body: { openapi: "3.0.1", paths: { "/a": { get } } } }), live, all);
    };
    const written = (settings: unknown) => withDocument({ "x-amazon-apigateway-integration": settings });
    expect(written({ type: "aws_proxy" })).toEqual(["GET /a by orders"]);
    expect(written({ type: "aws_proxy", ...key })).toEqual([]);
    expect(written({ type: "mock" })).toEqual([]);
    expect(withDocument({})).toEqual([]);
    expect(written("aws_proxy")).toEqual([]);
    expect(written(UNKNOWN)).toEqual([]);
  });
});
