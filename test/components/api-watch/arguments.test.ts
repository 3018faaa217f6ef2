import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { ApiWatch, type ApiWatchArgs } from "../../../components/src";
import { watchProblems } from "../../../components/src/api-watch/argument-problems";
import { registered } from "../registered";

const stage = { kind: "HTTP", api: "abc", stage: "$default" };
const later = pulumi.output("later");

/** Builds as a JavaScript program would, and answers the error's message and what was registered before it. */
async function refused(args: unknown) {
  let error: unknown;
  const resources = await registered(() => {
    try {
      new ApiWatch("customers", args as ApiWatchArgs);
    } catch (thrown) {
      error = thrown;
    }
  });
  if (!pulumi.InputPropertiesError.isInstance(error)) throw error ?? new Error("nothing was refused");
  return { message: error.message, resources };
}

describe("each problem is reported in a sentence, and nothing is registered", () => {
  test.each<[string, unknown, string]>([
    ["no arguments", undefined, "arguments: give { kind, api, stage, accessLogGroup }"],
    ["an Output of arguments", pulumi.output(stage), "arguments: give { kind, api, stage, accessLogGroup }"],
    ["no kind", { ...stage, kind: undefined }, "kind: write"],
    ["a kind in lower case", { ...stage, kind: "http" }, "kind: write"],
    ["a kind that every object has", { ...stage, kind: "toString" }, "kind: write"],
    ["a kind that arrives later", { ...stage, kind: pulumi.output("HTTP") }, "kind: write"],
    ["no API", { ...stage, api: undefined }, "api: give the API's id"],
    ["an empty API", { ...stage, api: "" }, "api: give the API's id"],
    ["no stage", { ...stage, stage: undefined }, "stage: give the stage's name"],
    ["a log group without a name", { ...stage, accessLogGroup: {} }, "accessLogGroup: give a LogGroup"],
    ["the name of a log group", { ...stage, accessLogGroup: "log" }, "accessLogGroup: give a LogGroup"],
    ["no log group, as null", { ...stage, accessLogGroup: null }, "accessLogGroup: give a LogGroup"],
    ["a misspelt argument", { ...stage, alarms: [] }, "alarms: there is no such argument"],
    ["one action", { ...stage, alarmActions: "arn:pager" }, "alarmActions: list up to 5 ARNs"],
    ["an empty action", { ...stage, alarmActions: [""] }, "alarmActions: list up to 5 ARNs"],
    [
      "six actions",
      { ...stage, alarmActions: Array(6).fill("arn:pager") },
      "alarmActions: list up to 5 ARNs",
    ],
    [
      "actions of which nobody knows how many",
      { ...stage, alarmActions: pulumi.output(["a"]) },
      "alarmActions:",
    ],
    ["all may fail", { ...stage, serverErrorPercent: 100 }, "serverErrorPercent: give a percentage"],
    ["a percentage in words", { ...stage, serverErrorPercent: "5" }, "serverErrorPercent: give a percentage"],
    [
      "a percentage that arrives later",
      { ...stage, serverErrorPercent: pulumi.output(5) },
      "serverErrorPercent",
    ],
    ["no latency at all", { ...stage, p99Milliseconds: 0 }, "p99Milliseconds: give milliseconds"],
    ["no number", { ...stage, p99Milliseconds: Number.NaN }, "p99Milliseconds: give milliseconds"],
    ["half a caller", { ...stage, authorizationFailures: 0.5 }, "authorizationFailures: give a whole number"],
    [
      "a negative number",
      { ...stage, authorizationFailures: -1 },
      "authorizationFailures: give a whole number",
    ],
    ["half a request", { ...stage, throttledRequests: 0.5 }, "throttledRequests: give a whole number"],
    ["a count in words", { ...stage, throttledRequests: "9" }, "throttledRequests: give a whole number"],
    [
      "an endless band",
      { ...stage, volumeBand: Number.POSITIVE_INFINITY },
      "volumeBand: give standard deviations",
    ],
    ["saved queries in words", { ...stage, savedQueries: "off" }, "savedQueries: write true or false"],
    ["a dashboard in words", { ...stage, dashboard: "off" }, "dashboard: write true or false"],
    [
      "a misspelt transform",
      { ...stage, transform: { alarms: () => ({}) } },
      "transform.alarms: there is no such",
    ],
    [
      "a transform that isn't a function",
      { ...stage, transform: { alarm: {} } },
      "transform.alarm: give a function",
    ],
  ])("%s", async (_, args, sentence) => {
    const { message, resources } = await refused(args);
    expect(message).toContain(`\n  ${sentence}`);
    expect(resources).toEqual([]);
  });

  test("all problems are reported at once", async () => {
    const { message } = await refused({ kind: "SOAP", volumeBand: 0, dashboard: 1 });
    expect(message.split("\n").map((line) => line.trim().split(":")[0])).toEqual([
      'ApiWatch "customers" can\'t be created from these arguments',
      "volumeBand",
      "dashboard",
      "kind",
      "api",
      "stage",
    ]);
  });
});

describe("the watch of an API component", () => {
  test.each<[string, unknown]>([
    ["nothing said", undefined],
    ["off", "off"],
    ["no settings", {}],
    [
      "all settings",
      {
        alarmActions: ["arn:pager", later],
        serverErrorPercent: 0,
        p99Milliseconds: 1.5,
        authorizationFailures: 0,
        throttledRequests: 0,
        volumeBand: 2.5,
        dashboard: false,
        transform: { alarm: (args: object) => args },
      },
    ],
  ])("%s is accepted", (_, watch) => {
    expect(watchProblems(watch, "watch")).toEqual([]);
  });

  test.each<[string, unknown, string]>([
    ["false", false, "watch"],
    ["null", null, "watch"],
    ["none", "none", "watch"],
    ["settings that arrive later", pulumi.output({}), "watch"],
    ["the stage, which the component knows", stage, "watch.kind"],
    ["tags, which are the component's", { tags: {} }, "watch.tags"],
    ["a wrong setting", { volumeBand: "3" }, "watch.volumeBand"],
    ["a wrong transform", { transform: { alarm: 1 } }, "watch.transform.alarm"],
  ])("%s is refused", (_, watch, propertyPath) => {
    expect(watchProblems(watch, "watch").map((problem) => problem.propertyPath)).toContain(propertyPath);
  });
});
