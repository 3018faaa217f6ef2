import { describe, expect, test } from "vitest";
import type { Violation } from "../../../review/src/preview";
import { shownOf } from "../../../review/src/reports/advisories";
import { reported } from "./report-of";

const found = (policy: string, theme: string | undefined, name: string, given: Partial<Violation> = {}) => ({
  policy,
  theme,
  pack: "guardrails",
  version: "1.2.3",
  level: "advisory" as const,
  severity: "medium" as const,
  urn: `urn:pulumi:prod::customers::aws:apigateway/stage:Stage::${name}`,
  type: "aws:apigateway/stage:Stage",
  name,
  message: `${policy} of ${name}`,
  ...given,
});

const throttled = found("stage-is-throttled", "traffic", "v1");
const firewall = found("rest-stage-has-a-firewall", "traffic", "v1");
const traced = found("rest-stage-is-traced", "evidence", "v1");
const mandatory = { level: "mandatory" as const };

describe("at most one policy of a theme advises on a resource in full", () => {
  test.each<[situation: string, violations: readonly Violation[], named: readonly string[]]>([
    ["one advisory", [throttled], []],
    ["two of one theme: the first", [throttled, firewall], ["rest-stage-has-a-firewall"]],
    ["two of different themes: both", [throttled, traced], []],
    ["two of one theme on different resources: both", [throttled, { ...firewall, urn: "another" }], []],
    ["several of one policy: all", [throttled, { ...throttled, message: "and its routes" }], []],
    [
      "where the theme blocks: none",
      [found("stage-writes-an-access-log", "evidence", "v1", mandatory), traced],
      ["rest-stage-is-traced"],
    ],
    [
      "where a policy blocks, its own lesser finding stays",
      [
        found("stage-writes-an-access-log", "evidence", "v1", mandatory),
        found("stage-writes-an-access-log", "evidence", "v1"),
      ],
      [],
    ],
    ["what blocks is always shown", [throttled, { ...firewall, ...mandatory }], []],
    [
      "policies without a theme are all shown",
      [found("ours", undefined, "v1"), found("theirs", undefined, "v1")],
      [],
    ],
    ["two packs with the same theme: both", [throttled, { ...firewall, pack: "acme" }], []],
    ["two versions of a pack: both", [throttled, { ...firewall, version: "2.0.0" }], []],
  ])("%s", (_situation, violations, named) => {
    const shown = shownOf(violations);
    expect(shown.named.map(({ policy }) => policy)).toEqual(named);
    // Nothing is lost, and the order stays.
    const all = violations.filter((one) => shown.inFull.includes(one) || shown.named.includes(one));
    expect(all).toEqual(violations);
    expect(shown.inFull).toEqual(violations.filter((one) => !shown.named.includes(one)));
  });
});

describe("the report names the others", () => {
  test("one", () => {
    expect(reported([throttled, firewall])).toContain(`
        - [advisory]  one more about a resource above; --all-advisories shows it in full
          - rest-stage-has-a-firewall: v1
`);
  });

  test("several, and many of one policy", () => {
    const many = Array.from({ length: 7 }, (_, index) => `stage-${index}`);
    const violations = [
      ...many.map((name) => found("stage-is-throttled", "traffic", name)),
      ...many.map((name) => found("rest-stage-has-a-firewall", "traffic", name)),
      found("request-is-validated", "traffic", "stage-0"),
    ];
    expect(reported(violations)).toContain(`
        - [advisory]  8 more about resources above; --all-advisories shows them in full
          - rest-stage-has-a-firewall: stage-0, stage-1, stage-2, stage-3, stage-4, and 2 more
          - request-is-validated: stage-0
`);
  });

  test("the last line counts them all", () => {
    expect(reported([throttled, firewall])).toContain("preview passed: 2 advisories");
  });

  test("with --all-advisories, they are shown", () => {
    const text = reported([throttled, firewall], { allAdvisories: true });
    expect(text).toContain("rest-stage-has-a-firewall of v1");
    expect(text).not.toContain("--all-advisories");
  });
});
