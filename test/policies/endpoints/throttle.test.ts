import { describe, expect, test } from "vitest";
import { restStages } from "../../../policies/src/endpoints/api-gateway/rest-stage";
import { StageV2 } from "../../../policies/src/endpoints/api-gateway/stage";
import {
  restThrottle,
  routeThrottle,
  type Throttle,
  throttleProblems,
} from "../../../policies/src/endpoints/api-gateway/throttle";
import { type Given, UNKNOWN } from "../analyze";
import { restApi } from "../resources";
import { named, stackFrom } from "../stack-from";
import { limits, methodSettings, stage, stageV2 } from "../traffic-resources";

const numbers = (throttlingRateLimit: unknown, throttlingBurstLimit: unknown = 20) => ({
  throttlingRateLimit,
  throttlingBurstLimit,
});

/** `live (sets nothing): all methods throttlingRateLimit off` */
function problemsOf(...given: readonly Given[]): readonly string[] {
  return throttleProblems(stackFrom(...given), { rate: 1000, burst: 2000 }).map(
    ({ resource, isUnset, faults }) =>
      `${resource.name}${isUnset ? " (sets nothing)" : ""}: ${faults
        .map(({ of, number, is }) => `${of} ${number.replace(/^throttling|Limit$/g, "")} ${is}`)
        .join("; ")}`,
  );
}

describe("the throttle of a stage of a REST API", () => {
  const live = stage("live", {}, "orders");
  const of = { api: "orders", stage: "live" };
  const set = (settings: unknown, methodPath: unknown = "*/*", name = "set") =>
    methodSettings(name, settings, { ...of, methodPath });
  const nothing = "all methods Rate off; all methods Burst off";

  test.each<readonly [what: string, settings: readonly Given[], problems: readonly string[]]>([
    ["nothing", [], [`live (sets nothing): ${nothing}`]],
    ["both numbers", [set(limits)], []],
    ["numbers that aren't known", [set(numbers(UNKNOWN, UNKNOWN))], []],
    ["settings that aren't known", [set(UNKNOWN)], []],
    ["a rate alone", [set({ throttlingRateLimit: 1 })], ["set: all methods Burst off"]],
    ["a burst alone", [set({ throttlingBurstLimit: 1 })], ["set: all methods Rate off"]],
    ["-1, which is off", [set(numbers(-1, -1))], [`set: ${nothing}`]],
    ["0, which answers nobody", [set(numbers(0))], ["set: all methods Rate zero"]],
    ["the ceiling", [set(numbers(1000))], ["set: all methods Rate too high"]],
    ["just below the ceilings", [set(numbers(999, 1999))], []],
    ["the ceiling of bursts", [set(numbers(1, 2000))], ["set: all methods Burst too high"]],
    ["limits for a method alone", [set(limits, "orders/GET")], [`live (sets nothing): ${nothing}`]],
    [
      "neither for all nor for a method",
      [set({}, "orders/GET")],
      [`live (sets nothing): ${nothing}`, "set: GET /orders Rate off; GET /orders Burst off"],
    ],
    [
      "a method that inherits nothing",
      [set(limits), set({}, "orders/GET", "own")],
      ["own: GET /orders Rate off; GET /orders Burst off"],
    ],
    ["for all twice, of which one limits", [set({}), set(limits, "*/*", "second")], []],
    [
      "for all twice, and neither limits",
      [set({}), set(numbers(0), "*/*", "second")],
      [`set: ${nothing}`, "second: all methods Rate zero"],
    ],
    [
      "for all twice, of which one limits, and a method",
      [set({}), set(limits, "*/*", "second"), set(numbers(0), "orders/GET", "own")],
      ["own: GET /orders Rate zero"],
    ],
  ])("%s", (_what, settings, problems) => {
    expect(problemsOf(restApi("orders"), live, ...settings)).toEqual(problems);
  });

  test("settings within the stage", () => {
    const within = (...methodSettingsOfIt: readonly object[]) =>
      problemsOf(restApi("orders"), stage("live", { methodSettings: methodSettingsOfIt }, "orders"));
    const all = { httpMethod: "*", resourcePath: "/*" };
    const get = { httpMethod: "GET", resourcePath: "/~1orders" };
    expect(within({ ...all, ...limits })).toEqual([]);
    expect(within({ ...all, ...numbers(0) })).toEqual(["live: all methods Rate zero"]);
    expect(within({ ...get, ...numbers(0) })).toEqual([
      `live (sets nothing): ${nothing}; GET /orders Rate zero`,
    ]);
    expect(within({ ...all, ...limits }, { ...get, ...numbers(0) })).toEqual(["live: GET /orders Rate zero"]);
  });

  test("settings of a stage elsewhere", () => {
    expect(problemsOf(methodSettings("set", numbers(0), { methodPath: "orders/GET" }))).toEqual([
      "set: GET /orders Rate zero",
    ]);
    expect(problemsOf(methodSettings("set", limits))).toEqual([]);
  });
});

describe("the throttle of a stage of an HTTP API", () => {
  const nothing = "all routes Rate off; all routes Burst off";
  test.each<readonly [what: string, settings: object, problems: readonly string[]]>([
    ["nothing", {}, [`live (sets nothing): ${nothing}`]],
    ["both numbers", { defaultRouteSettings: limits }, []],
    ["settings that aren't known", { defaultRouteSettings: UNKNOWN, routeSettings: UNKNOWN }, []],
    ["empty settings", { defaultRouteSettings: {} }, [`live: ${nothing}`]],
    [
      "a route that inherits nothing",
      { defaultRouteSettings: limits, routeSettings: [{ routeKey: "GET /orders", ...numbers(0) }] },
      ["live: GET /orders Rate zero"],
    ],
    [
      "a route whose key isn't known",
      { defaultRouteSettings: limits, routeSettings: [{ routeKey: UNKNOWN, ...numbers(0) }] },
      ["live: a route Rate zero"],
    ],
    ["a route that isn't known", { defaultRouteSettings: limits, routeSettings: [UNKNOWN] }, []],
    [
      "a route, and nothing for all",
      { routeSettings: [{ routeKey: "GET /orders", ...limits }] },
      [`live (sets nothing): ${nothing}`],
    ],
    [
      "a route, beside settings that aren't known",
      { defaultRouteSettings: UNKNOWN, routeSettings: [{ routeKey: "GET /orders", ...numbers(0) }] },
      ["live: GET /orders Rate zero"],
    ],
  ])("%s", (_what, settings, problems) => {
    expect(problemsOf(stageV2("live", settings))).toEqual(problems);
  });
});

const told = ({ rate, burst }: Throttle) =>
  [rate, burst].map((one) => (one.kind === "known" ? one.value : one.kind)).join(" ");

describe("how many requests a stage of a REST API lets through to a route", () => {
  const set = (settings: unknown, methodPath: unknown = "*/*", name = "set") =>
    methodSettings(name, settings, { methodPath });

  test.each<readonly [what: string, settings: readonly Given[], route: string | undefined, throttle: string]>(
    [
      ["nothing is set", [], "GET /orders", "absent absent"],
      ["for all", [set(numbers(1))], "GET /orders", "1 20"],
      ["for all, of a route that isn't known", [set(numbers(1))], undefined, "1 20"],
      ["for it", [set(numbers(1)), set(numbers(2), "orders/GET", "own")], "GET /orders", "2 20"],
      ["for another method", [set(numbers(1)), set(numbers(2), "orders/PUT", "own")], "GET /orders", "1 20"],
      [
        "for a method, of a route that isn't known",
        [set(numbers(2), "orders/GET")],
        undefined,
        "absent absent",
      ],
      ["for a method that isn't known, which may be all", [set(numbers(2), UNKNOWN)], "GET /orders", "2 20"],
      [
        "for it, inheriting nothing",
        [set(numbers(1)), set({}, "orders/GET", "own")],
        "GET /orders",
        "absent absent",
      ],
      ["a rate alone", [set({ throttlingRateLimit: 1 })], "GET /orders", "1 absent"],
      ["a burst alone", [set({ throttlingBurstLimit: 2 })], "GET /orders", "absent 2"],
      ["off", [set(numbers(-1, -1))], "GET /orders", "absent absent"],
      ["0", [set(numbers(0, 0))], "GET /orders", "0 0"],
      [
        "for all twice, of which one limits",
        [set({}), set(numbers(1), "*/*", "second")],
        "GET /orders",
        "1 20",
      ],
      [
        "for all twice, of which one limits bursts",
        [set({}), set({ throttlingBurstLimit: 2 }, "*/*", "second")],
        "GET /orders",
        "absent 2",
      ],
      ["settings that aren't known", [set(UNKNOWN)], "GET /orders", "unknown unknown"],
    ],
  )("%s", (_what, settings, route, throttle) => {
    const [live] = restStages(stackFrom(stage("live"), ...settings));
    expect(told(restThrottle(live?.settings ?? [], route))).toBe(throttle);
  });
});

describe("how many requests a stage of an HTTP API lets through to a route", () => {
  const own = { routeKey: "GET /orders", ...numbers(2) };
  const all = { defaultRouteSettings: numbers(1) };

  test.each<readonly [what: string, settings: object, route: string | undefined, throttle: string]>([
    ["nothing is set", {}, "GET /orders", "absent absent"],
    ["for all", all, "GET /orders", "1 20"],
    ["for it", { ...all, routeSettings: [own] }, "GET /orders", "2 20"],
    ["for another", { ...all, routeSettings: [own] }, "PUT /orders", "1 20"],
    ["for a route, of one that isn't known", { ...all, routeSettings: [own] }, undefined, "1 20"],
    [
      "for a route that isn't known, of another that isn't",
      { ...all, routeSettings: [{ ...own, routeKey: UNKNOWN }] },
      undefined,
      "1 20",
    ],
    [
      "for it, inheriting nothing",
      { ...all, routeSettings: [{ routeKey: "GET /orders" }] },
      "GET /orders",
      "absent absent",
    ],
    ["routes that aren't known", { ...all, routeSettings: UNKNOWN }, "GET /orders", "unknown unknown"],
    ["for all, not known", { defaultRouteSettings: UNKNOWN }, "GET /orders", "unknown unknown"],
    [
      "for it, beside what isn't known",
      { defaultRouteSettings: UNKNOWN, routeSettings: [own] },
      "GET /orders",
      "2 20",
    ],
    ["off", { defaultRouteSettings: numbers(-1, -1) }, "GET /orders", "absent absent"],
    ["0", { defaultRouteSettings: numbers(0, 0) }, "GET /orders", "0 0"],
  ])("%s", (_what, settings, route, throttle) => {
    const stack = stackFrom(stageV2("live", settings));
    expect(told(routeThrottle(named(stack, StageV2, "live"), route))).toBe(throttle);
  });
});
