import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { PublicAccess, type PublicAccessArgs } from "../../../components/src";
import { declarationProblems } from "../../../components/src/public-access/declaration";
import { reviewOf } from "../../../policies/src/reading/exceptions/declaration";

const complete = {
  routes: ["GET /health"],
  reason: "load balancer health probe, returns no data",
  owner: "team-edge",
  reviewBy: "2027-01-31",
};

/** Declares as a JavaScript program would, and answers the error. */
function refused(args: unknown): pulumi.InputPropertiesError {
  try {
    new PublicAccess("health", args as PublicAccessArgs);
  } catch (error) {
    if (pulumi.InputPropertiesError.isInstance(error)) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("an incomplete declaration is refused, and the message says what is missing", () => {
  test.each<[string, unknown, string, RegExp]>([
    ["no arguments", undefined, "routes", /list the routes/],
    ["null", null, "reason", /20 characters/],
    ["no routes", { ...complete, routes: undefined }, "routes", /list the routes/],
    ["an empty list of routes", { ...complete, routes: [] }, "routes", /list the routes/],
    ["one route that is no list", { ...complete, routes: "GET /health" }, "routes", /list the routes/],
    ["a path without a method", { ...complete, routes: ["/health"] }, "routes", /METHOD \/path/],
    ["a wildcard for a method", { ...complete, routes: ["* /health"] }, "routes", /METHOD \/path/],
    ["a wildcard for everything", { ...complete, routes: ["*"] }, "routes", /METHOD \/path/],
    ["routes that arrive later", { ...complete, routes: pulumi.output(["GET /a"]) }, "routes", /plain value/],
    [
      "a route that arrives later",
      { ...complete, routes: [pulumi.output("GET /a")] },
      "routes",
      /plain value/,
    ],
    ["no reason", { ...complete, reason: undefined }, "reason", /20 characters/],
    [
      "a reason that says nothing",
      { ...complete, reason: "  health probe        " },
      "reason",
      /20 characters/,
    ],
    ["a reason that nobody sees", { ...complete, reason: "\u200b".repeat(20) }, "reason", /20 characters/],
    ["fillers of Hangul", { ...complete, reason: "\u3164".repeat(20) }, "reason", /20 characters/],
    ["a reason of dots", { ...complete, reason: ".".repeat(20) }, "reason", /in words/],
    ["one letter over and over", { ...complete, reason: "x".repeat(40) }, "reason", /in words/],
    ["a reason that arrives later", { ...complete, reason: pulumi.output("r") }, "reason", /plain value/],
    ["no owner", { ...complete, owner: undefined }, "owner", /team or person/],
    ["a blank owner", { ...complete, owner: " " }, "owner", /team or person/],
    ["an owner of one dot", { ...complete, owner: "." }, "owner", /team or person/],
    ["an owner that nobody sees", { ...complete, owner: "\u200b\u3164" }, "owner", /team or person/],
    ["no review date", { ...complete, reviewBy: undefined }, "reviewBy", /such as "2027-01-31"/],
    ["a date in words", { ...complete, reviewBy: "next summer" }, "reviewBy", /such as "2027-01-31"/],
    [
      "a day that the calendar hasn't",
      { ...complete, reviewBy: "2027-02-30" },
      "reviewBy",
      /a calendar date/,
    ],
    ["a Date", { ...complete, reviewBy: new Date(0) }, "reviewBy", /such as "2027-01-31"/],
    [
      "a promise of a date",
      { ...complete, reviewBy: Promise.resolve("2027-01-31") },
      "reviewBy",
      /plain value/,
    ],
  ])("%s", (_, args, propertyPath, reason) => {
    const { message, errors } = refused(args);
    expect(message).toContain('PublicAccess "health" declares nothing yet:');
    expect(errors).toContainEqual({ propertyPath, reason: expect.stringMatching(reason) });
    for (const problem of errors) expect(message).toContain(`${problem.propertyPath}: ${problem.reason}`);
  });

  test.each([
    ["Chinese", "负载均衡器的健康检查不返回任何客户数据也不接受输入"],
    ["Japanese", "ロードバランサーのヘルスチェック用でデータを返しません"],
    ["Hindi", "लोड बैलेंसर की जाँच, कोई डेटा नहीं लौटाता"],
    ["Arabic", "فحص سلامة موازن التحميل ولا يعيد أي بيانات"],
    ["with a ticket", "OPS-1234: load balancer"],
  ])("a reason in any script counts: %s", (_, reason) => {
    expect(declarationProblems({ ...complete, reason, owner: "运维" })).toEqual([]);
    const calendar = { today: "2026-08-01", maxReviewDays: 365 };
    expect(reviewOf({ ...complete, reason, owner: "运维" }, calendar)).toMatchObject({ malformed: [] });
  });

  test("a path pattern of a listener rule keeps its spelling", () => {
    const routes = ["ANY /static/*", "GET /*.png", "$default"];
    expect(declarationProblems({ ...complete, routes })).toEqual([]);
  });

  test("all missing fields are reported at once, without a stack trace", () => {
    const error = refused({});
    expect(error.errors.map(({ propertyPath }) => propertyPath)).toEqual([
      "routes",
      "reason",
      "owner",
      "reviewBy",
    ]);
    expect(error.stack).toBeUndefined();
  });
});
