import { describe, expect, test } from "vitest";
import { RestApi } from "../../../policies/src/endpoints/api-gateway/rest-api";
import { Stage } from "../../../policies/src/endpoints/api-gateway/stage";
import { keyLimits, missingLimits, UsagePlan } from "../../../policies/src/endpoints/api-gateway/usage-plan";
import type { Seen } from "../../../policies/src/stack";
import { type Given, UNKNOWN } from "../analyze";
import { restApi } from "../resources";
import { named, stackFrom } from "../stack-from";
import { deployment, stageV2 } from "../stage-resources";
import { stage } from "../traffic-resources";

const plan = (properties: object, madeOf: readonly string[] = [], name = "plan"): Given => ({
  type: "aws:apigateway/usagePlan:UsagePlan",
  name,
  properties: { ...properties },
  dependencies: madeOf.length > 0 ? { apiStages: madeOf } : {},
});

const told = (seen: Seen<unknown>) => (seen.kind === "known" ? seen.value : seen.kind);

describe("what a plan doesn't limit", () => {
  const throttle = { rateLimit: 10, burstLimit: 20 };
  const quota = { limit: 1000, period: "DAY" };
  const all = ["rateLimit", "burstLimit"];

  test.each<readonly [what: string, settings: object, lacks: readonly string[]]>([
    ["everything is limited", { throttleSettings: throttle, quotaSettings: quota }, []],
    ["nothing is", {}, [...all, "a throttle", "a quota"]],
    ["no quota", { throttleSettings: throttle }, ["a quota"]],
    ["no throttle", { quotaSettings: quota }, [...all, "a throttle"]],
    ["an empty throttle", { throttleSettings: {}, quotaSettings: quota }, all],
    ["a rate alone", { throttleSettings: { rateLimit: 1 }, quotaSettings: quota }, ["burstLimit"]],
    ["a burst alone", { throttleSettings: { burstLimit: 1 }, quotaSettings: quota }, ["rateLimit"]],
    ["a rate of 0", { throttleSettings: { ...throttle, rateLimit: 0 }, quotaSettings: quota }, []],
    [
      "a rate of -1",
      { throttleSettings: { ...throttle, rateLimit: -1 }, quotaSettings: quota },
      ["rateLimit"],
    ],
    ["a quota of -1", { throttleSettings: throttle, quotaSettings: { limit: -1 } }, ["a quota"]],
    ["a quota without a number", { throttleSettings: throttle, quotaSettings: {} }, ["a quota"]],
    ["settings that aren't known", { throttleSettings: UNKNOWN, quotaSettings: UNKNOWN }, []],
    [
      "numbers that aren't known",
      { throttleSettings: { rateLimit: UNKNOWN, burstLimit: UNKNOWN }, quotaSettings: { limit: UNKNOWN } },
      [],
    ],
  ])("%s", (_what, settings, lacks) => {
    const {
      throttle: numbers,
      hasNoThrottle,
      hasNoQuota,
    } = missingLimits(named(stackFrom(plan(settings)), UsagePlan, "plan"));
    expect([
      ...numbers,
      ...(hasNoThrottle ? ["a throttle"] : []),
      ...(hasNoQuota ? ["a quota"] : []),
    ]).toEqual(lacks);
  });
});

const limited = {
  throttleSettings: { rateLimit: 10, burstLimit: 20 },
  quotaSettings: { limit: 1000, period: "day" },
};
const around: readonly Given[] = [
  { ...restApi("orders"), outputs: { id: "o1" } },
  { ...restApi("others"), outputs: { id: "z9" } },
  stage("live", {}, "orders"),
  stage("test", { stageName: "test" }, "orders"),
  stageV2("http"),
  deployment("first", { stageName: "live" }, "others"),
];

/** What each plan lets a key send to the stage "live" of "orders", in a line. */
function limitsAt(plans: readonly Given[], route?: string, stageName: string | undefined = "live") {
  const stack = stackFrom(...around, ...plans);
  return keyLimits(
    stack,
    named(stack, Stage, "live"),
    named(stack, RestApi, "orders"),
    stageName === "?" ? undefined : stageName,
    route,
  )?.map((one) => `${one.plan.name}: ${[one.rate, one.burst, one.limit, one.period].map(told).join(" ")}`);
}

describe("the plans that cover a stage", () => {
  const covering = ["plan: 10 20 1000 DAY"];
  const none: readonly string[] = [];
  const notKnown = undefined;
  const live = { apiId: UNKNOWN, stage: "live" };
  const notKnownAtAll = { apiId: UNKNOWN, stage: UNKNOWN };

  test.each<
    readonly [
      what: string,
      apiStages: unknown,
      madeOf: readonly string[],
      plans: readonly string[] | undefined,
    ]
  >([
    ["no stages", undefined, [], none],
    ["an empty list", [], [], none],
    ["a list that isn't known", UNKNOWN, [], notKnown],
    ["a list that isn't known, made of this API", UNKNOWN, ["orders"], notKnown],
    ["a list that isn't known, made of a stage of this API", UNKNOWN, ["test"], notKnown],
    ["a list that isn't known, made of another API", UNKNOWN, ["others"], none],
    ["an entry that isn't known", [UNKNOWN], [], notKnown],
    ["an entry that isn't known, made of another API", [UNKNOWN], ["others"], none],
    ["an entry that isn't known, beside this stage", [UNKNOWN, { apiId: "o1", stage: "live" }], [], covering],
    [
      "an entry that isn't known, before another stage",
      [UNKNOWN, { apiId: "o1", stage: "test" }],
      [],
      notKnown,
    ],
    ["this API and stage, written out", [{ apiId: "o1", stage: "live" }], [], covering],
    ["another stage, written out", [{ apiId: "o1", stage: "test" }], [], none],
    ["another API, written out", [{ apiId: "z9", stage: "live" }], [], none],
    [
      "another API, beside this one",
      [
        { apiId: "z9", stage: "live" },
        { apiId: "o1", stage: "live" },
      ],
      [],
      covering,
    ],
    ["this API, and a stage that isn't known", [{ apiId: "o1", stage: UNKNOWN }], [], notKnown],
    ["this API, and a stage made of this one", [{ apiId: "o1", stage: UNKNOWN }], ["live"], covering],
    ["an API that isn't known", [live], [], notKnown],
    ["the name, made of this API", [live], ["orders"], covering],
    ["another name, made of this API", [{ ...live, stage: "test" }], ["orders"], none],
    ["the name, made of another API", [live], ["others"], none],
    ["the name, made of one of two APIs", [live], ["orders", "others"], notKnown],
    ["the name, made of two APIs and another stage", [live], ["orders", "others", "test"], notKnown],
    ["made of this stage", [notKnownAtAll], ["orders", "live"], covering],
    ["made of this stage alone", [notKnownAtAll], ["live"], covering],
    ["made of another stage", [notKnownAtAll], ["orders", "test"], none],
    ["made of the API, the stage isn't known", [notKnownAtAll], ["orders"], notKnown],
    ["made of one of two stages", [notKnownAtAll], ["orders", "live", "test"], notKnown],
    ["made of two APIs and this stage", [notKnownAtAll], ["orders", "others", "live"], notKnown],
    ["made of two APIs and the other's stage", [notKnownAtAll], ["orders", "others", "first"], none],
    ["made of two APIs and neither's stage", [notKnownAtAll], ["orders", "others", "http"], none],
    ["made of another API's stage", [notKnownAtAll], ["first"], none],
  ])("%s", (_what, apiStages, madeOf, plans) => {
    expect(limitsAt([plan({ ...limited, apiStages }, madeOf)])).toEqual(plans);
  });

  test("the stage's name isn't known", () => {
    const at = (entry: object, madeOf: readonly string[]) =>
      limitsAt([plan({ ...limited, apiStages: [entry] }, madeOf)], undefined, "?");
    expect(at(live, ["orders", "live"])).toEqual(covering);
    expect(at(live, ["orders", "test"])).toEqual(none);
    expect(at(live, ["orders"])).toBe(notKnown);
    expect(at({ apiId: "o1", stage: "live" }, [])).toBe(notKnown);
  });

  test("several plans", () => {
    const here = [{ apiId: "o1", stage: "live" }];
    const elsewhere = plan({ apiStages: [{ apiId: "z9", stage: "live" }] }, [], "elsewhere");
    const unlimited = plan({ apiStages: here }, [], "unlimited");
    expect(limitsAt([plan({ ...limited, apiStages: here }), elsewhere, unlimited])).toEqual([
      ...covering,
      "unlimited: absent absent absent absent",
    ]);
    expect(
      limitsAt([plan({ ...limited, apiStages: here }), plan({ apiStages: UNKNOWN }, [], "notKnown")]),
    ).toBe(notKnown);
  });
});

describe("what a plan lets a key send to one route", () => {
  const own = { path: "/orders/GET", rateLimit: 1, burstLimit: 2 };

  test.each<readonly [what: string, throttles: unknown, route: string | undefined, limits: string]>([
    ["no limits of its own", undefined, "GET /orders", "10 20"],
    ["limits of its own", [own], "GET /orders", "1 2"],
    ["those of another method", [own], "POST /orders", "10 20"],
    ["those of another path", [own], "GET /", "10 20"],
    ["a route that isn't known", [own], undefined, "10 20"],
    ["limits that aren't known", UNKNOWN, "GET /orders", "unknown unknown"],
    ["limits of which one isn't known", [UNKNOWN, own], "GET /orders", "1 2"],
    ["its own is off", [{ ...own, rateLimit: -1 }], "GET /orders", "absent 2"],
    ["its own is 0", [{ ...own, burstLimit: 0 }], "GET /orders", "1 0"],
    ["half of its own", [{ path: "/orders/GET", rateLimit: 1 }], "GET /orders", "1 absent"],
    ["only the method is known", [own], "GET", "10 20"],
  ])("%s", (_what, throttles, route, limits) => {
    const apiStages = [{ apiId: "o1", stage: "live", throttles }];
    expect(limitsAt([plan({ ...limited, apiStages })], route)).toEqual([`plan: ${limits} 1000 DAY`]);
  });

  test("a period without a limit is none", () => {
    const apiStages = [{ apiId: "o1", stage: "live" }];
    const at = (settings: object) => limitsAt([plan({ ...settings, apiStages })]);
    expect(at({ quotaSettings: { limit: -1, period: "DAY" } })).toEqual([
      "plan: absent absent absent absent",
    ]);
    expect(at({ quotaSettings: { limit: 5, period: UNKNOWN } })).toEqual(["plan: absent absent 5 unknown"]);
    expect(at({ quotaSettings: UNKNOWN, throttleSettings: UNKNOWN })).toEqual([
      "plan: unknown unknown unknown unknown",
    ]);
  });
});
