import { describe, expect, test } from "vitest";
import {
  type MethodSettingsOf,
  type RestStage,
  restStages,
} from "../../../policies/src/endpoints/api-gateway/rest-stage";
import { accessLogOf, isTraced, loggedStages } from "../../../policies/src/endpoints/api-gateway/stage";
import { absent, known } from "../../../policies/src/stack";
import { type Given, UNKNOWN } from "../analyze";
import { made } from "../edge-resources";
import { restApi } from "../resources";
import { stackFrom } from "../stack-from";
import { deployment, stageV2, writing } from "../stage-resources";
import { methodSettings, stage } from "../traffic-resources";

const caching = { cachingEnabled: true };

/** `live of orders, cache yes: GET /customers from live` */
function stagesOf(...given: readonly Given[]): readonly string[] {
  return restStages(stackFrom(...given)).map(lineOf);
}

function lineOf({ resource, api, whichApi, hasCache, settings }: RestStage): string {
  const of = api?.name ?? (whichApi === undefined ? "no known API" : `the API ${whichApi}`);
  const line = `${resource?.name ?? "a stage elsewhere"} of ${of}, cache ${hasCache}`;
  return settings.length === 0 ? line : `${line}: ${settings.map(placeOf).join("; ")}`;
}

function placeOf({ resource, isForAll, route, values }: MethodSettingsOf): string {
  const caches = values.flag("cachingEnabled");
  const what = caches.kind === "known" ? (caches.value ? "cached" : "not cached") : caches.kind;
  return `${isForAll ? "all" : (route ?? "?")} ${what} by ${resource.name}`;
}

describe("the stages of REST APIs", () => {
  const orders = restApi("orders");
  const both = { api: "orders", stage: "live" };

  test.each<readonly [what: string, given: readonly Given[], stages: readonly string[]]>([
    ["one without a cache", [orders, stage("live", {}, "orders")], ["live of orders, cache no"]],
    [
      "one with a cache",
      [orders, stage("live", { cacheClusterEnabled: true }, "orders")],
      ["live of orders, cache yes"],
    ],
    [
      "one whose cache is off",
      [orders, stage("live", { cacheClusterEnabled: false }, "orders")],
      ["live of orders, cache no"],
    ],
    [
      "one whose cache isn't known",
      [orders, stage("live", { cacheClusterEnabled: UNKNOWN }, "orders")],
      ["live of orders, cache unknown"],
    ],
    ["one of an API elsewhere", [stage("live")], ["live of the API a1b2c3, cache no"]],
    [
      "one of an API that isn't known",
      [stage("live", { restApi: UNKNOWN })],
      ["live of no known API, cache no"],
    ],
    ["a deployment that creates none", [orders, deployment("first", {}, "orders")], []],
    [
      "a deployment that creates one",
      [orders, deployment("first", { stageName: "live", stageDescription: "of today" }, "orders")],
      ["first of orders, cache unknown"],
    ],
    [
      "a deployment whose description isn't known",
      [orders, deployment("first", { stageName: "live", stageDescription: UNKNOWN }, "orders")],
      ["first of orders, cache unknown"],
    ],
    [
      "a deployment with settings",
      [
        orders,
        deployment(
          "first",
          {
            stageName: "live",
            stageDescription: {
              cacheClusterEnabled: true,
              ...caching,
              methodSettings: [{ httpMethod: "GET", resourcePath: "/~1orders", cachingEnabled: false }],
            },
          },
          "orders",
        ),
      ],
      ["first of orders, cache yes: all cached by first; GET /orders not cached by first"],
    ],
  ])("%s", (_what, given, stages) => {
    expect(stagesOf(...given)).toEqual(stages);
  });

  const none = "of orders, cache no";
  test.each<readonly [what: string, given: readonly Given[], stages: readonly string[]]>([
    [
      "made of it",
      [stage("live", {}, "orders"), methodSettings("set", caching, both)],
      [`live ${none}: all cached by set`],
    ],
    [
      "made of another stage, whose name may be the same",
      [
        stage("live", { stageName: UNKNOWN }, "orders"),
        stage("test", { stageName: UNKNOWN }, "orders"),
        methodSettings("set", caching, both),
      ],
      [`live ${none}: all cached by set`, `test ${none}`],
    ],
    [
      "made of a deployment",
      [
        deployment("first", { stageName: UNKNOWN }, "orders"),
        stage("live", { stageName: UNKNOWN }, "orders"),
        methodSettings("set", caching, { api: "orders", stage: "first" }),
      ],
      [`live ${none}`, "first of orders, cache unknown: all cached by set"],
    ],
    [
      "by its name",
      [
        stage("live", {}, "orders"),
        stage("test", { stageName: "test" }, "orders"),
        methodSettings("set", caching, { api: "orders" }),
      ],
      [`live ${none}: all cached by set`, `test ${none}`],
    ],
    [
      "by a name that isn't known",
      [
        stage("live", {}, "orders"),
        stage("test", { stageName: "test" }, "orders"),
        made(
          "aws:apigateway/methodSettings:MethodSettings",
          "set",
          { restApi: ["orders"] },
          {
            stageName: UNKNOWN,
            methodPath: "*/*",
            settings: caching,
          },
        ),
      ],
      [`live ${none}: all cached by set`, `test ${none}: all cached by set`],
    ],
    [
      "of a stage whose name isn't known",
      [stage("live", { stageName: UNKNOWN }, "orders"), methodSettings("set", caching, { api: "orders" })],
      [`live ${none}: all cached by set`],
    ],
    [
      "by a name that no stage has",
      [stage("test", { stageName: "test" }, "orders"), methodSettings("set", caching, { api: "orders" })],
      [`test ${none}`, "a stage elsewhere of orders, cache unknown: all cached by set"],
    ],
    [
      "of another API in the stack",
      [restApi("others"), stage("live", {}, "others"), methodSettings("set", caching, { api: "orders" })],
      ["live of others, cache no", "a stage elsewhere of orders, cache unknown: all cached by set"],
    ],
    [
      "of an API elsewhere",
      [stage("live"), methodSettings("set", caching)],
      ["live of the API a1b2c3, cache no: all cached by set"],
    ],
    [
      "of another API elsewhere",
      [stage("live", { restApi: "z9" }), methodSettings("set", caching)],
      [
        "live of the API z9, cache no",
        "a stage elsewhere of the API a1b2c3, cache unknown: all cached by set",
      ],
    ],
    [
      "of an API elsewhere that isn't known",
      [stage("live", { restApi: UNKNOWN }), methodSettings("set", caching)],
      ["live of no known API, cache no: all cached by set"],
    ],
  ])("with settings %s", (_what, given, stages) => {
    expect(stagesOf(orders, ...given)).toEqual(stages);
  });

  test.each([
    ["*/*", "all"],
    ["/*/*", "all"],
    ["customers/GET", "GET /customers"],
    ["customers/get", "GET /customers"],
    ["/customers/GET", "GET /customers"],
    ["~1customers~1{id}/GET", "GET /customers/{id}"],
    ["/GET", "GET /"],
    ["*/GET", "GET /*"],
    ["customers/*", "* /customers"],
    ["customers/*/*", "* /customers/*"],
    ["*x/*", "* /*x"],
    ["GET", " /"],
    ["customers/GET/", " /"],
    [UNKNOWN, "all"],
  ])("settings for the path %j are for %s", (methodPath, place) => {
    const [line] = stagesOf(methodSettings("set", caching, { methodPath }));
    expect(line?.split(": ")[1]).toBe(`${place} cached by set`);
  });

  test("settings that aren't known may cache", () => {
    expect(stagesOf(methodSettings("set", UNKNOWN))).toEqual([
      "a stage elsewhere of the API a1b2c3, cache unknown: all unknown by set",
    ]);
  });

  const get = { httpMethod: "GET", resourcePath: "/~1orders" };
  test.each<readonly [what: string, list: unknown, settings: readonly string[]]>([
    ["for one method", [{ ...get, ...caching }], ["GET /orders cached"]],
    ["for all methods", [{ httpMethod: "*", resourcePath: "/*", ...caching }], ["all cached"]],
    [
      "for all methods of a path",
      [{ httpMethod: "*", resourcePath: "/~1orders", ...caching }],
      ["* /orders cached"],
    ],
    ["for a method of all paths", [{ httpMethod: "GET", resourcePath: "/*", ...caching }], ["GET /* cached"]],
    ["of a method that isn't known", [{ ...get, httpMethod: UNKNOWN, ...caching }], ["all cached"]],
    ["of a path that isn't known", [{ ...get, resourcePath: UNKNOWN, ...caching }], ["all cached"]],
    ["without a method and a path", [caching], [" / cached"]],
    ["that aren't known", UNKNOWN, ["all unknown"]],
    ["of which one isn't known", [UNKNOWN, { ...get, ...caching }], ["all unknown", "GET /orders cached"]],
  ])("a stage of CloudFormation with settings %s", (_what, methodSettingsOfIt, settings) => {
    const [line] = stagesOf(stage("live", { methodSettings: methodSettingsOfIt }));
    expect(line?.split(": ")[1]?.split("; ")).toEqual(settings.map((one) => `${one} by live`));
  });
});

describe("the stages that may have a log", () => {
  const logs = (...given: readonly Given[]) =>
    loggedStages(stackFrom(...given)).map((one) => `${one.name} ${accessLogOf(one).kind}`);

  test("are those of every kind, and the deployments that create one", () => {
    expect(
      logs(
        stage("live", writing("$context.requestId")),
        stageV2("http"),
        deployment("none"),
        deployment("first", { stageName: "live" }),
      ),
    ).toEqual(["live written", "http none", "first none"]);
  });

  test.each([
    ["settings that aren't known", UNKNOWN, "unknown"],
    ["empty settings", [], "none"],
    ["a group that isn't known", { destinationArn: UNKNOWN }, "written"],
    ["no group", { format: "$context.requestId" }, "none"],
  ])("%s", (_what, accessLogSettings, kind) => {
    expect(logs(stage("live", { accessLogSettings }))).toEqual([`live ${kind}`]);
    expect(logs(stageV2("live", { accessLogSettings }))).toEqual([`live ${kind}`]);
    const stageDescription = { accessLogSetting: accessLogSettings };
    expect(logs(deployment("live", { stageName: "live", stageDescription }))).toEqual([`live ${kind}`]);
    expect(logs(deployment("live", { stageName: "live", stageDescription: UNKNOWN }))).toEqual([
      "live unknown",
    ]);
  });

  test("where a log goes, and what it says", () => {
    const [one] = loggedStages(stackFrom(stage("live", writing("$context.requestId", "arn"))));
    expect(one && accessLogOf(one)).toEqual({
      kind: "written",
      destination: known("arn"),
      format: known("$context.requestId"),
    });
  });
});

describe("whether X-Ray traces a stage", () => {
  const traced = (given: Given) =>
    restStages(stackFrom(given)).map(({ resource }) => {
      const seen = resource ? isTraced(resource) : absent;
      return seen.kind === "known" ? seen.value : seen.kind;
    });
  const created = (stageDescription: unknown) => deployment("live", { stageName: "live", stageDescription });

  test.each([
    [true, true],
    [false, false],
    [undefined, "absent"],
    [UNKNOWN, "unknown"],
  ])("that says %j", (said, answer) => {
    expect(traced(stage("live", { xrayTracingEnabled: said }))).toEqual([answer]);
    expect(traced(created({ tracingEnabled: said }))).toEqual([answer]);
  });

  test("a description that is a text says nothing, and one that isn't known anything", () => {
    expect(traced(created("of today"))).toEqual(["absent"]);
    expect(traced(created(undefined))).toEqual(["absent"]);
    expect(traced(created(UNKNOWN))).toEqual(["unknown"]);
  });
});
