import { describe, expect, test } from "vitest";
import type { RegisteredResource } from "../../../review/src/monitor/stack-under-preview";
import type { Violation } from "../../../review/src/packs/judge";
import type { ReportedByPack } from "../../../review/src/packs/used-exceptions";
import { withLookAhead } from "../../../review/src/preview/merged";
import type { Run } from "../../../review/src/preview/run";

type Level = Violation["level"];

/** A violation of the rule `policy` by the resource `name`, as "policy name level kind". */
const violation = (text: string): Violation => {
  const [policy = "", name = "", level = "mandatory", kind] = text.split(" ");
  const common = {
    pack: "guardrails",
    version: "1.0.0",
    severity: undefined,
    type: "aws:apigatewayv2/route:Route",
  };
  return {
    ...common,
    policy,
    name,
    urn: `urn::${name}`,
    level: level as Level,
    message: kind === undefined ? `${policy} of ${name}` : `Open\nrules/${policy}.md#${kind}`,
  };
};

const runOf = (
  violations: readonly string[],
  lines: ReportedByPack["lines"] = [],
  resources: readonly string[] = [],
  told: ReportedByPack["violations"] = [],
) =>
  ({
    judgements: [{ violations: violations.map(violation), problems: [] }],
    packs: [{ reported: { pack: "guardrails", version: "1.0.0", lines, violations: told } }],
    resources: new Map(resources.map((urn) => [urn, { urn } as RegisteredResource])),
  }) as unknown as Run;

const merged = (before: readonly string[], ...ahead: readonly (readonly string[])[]) =>
  withLookAhead(
    runOf(before),
    before.map(violation),
    ahead.map((violations) => runOf(violations)),
  ).violations.map(({ policy, name, level, message, isAhead = false }) =>
    [policy, name, level, ...(message.includes("#") ? [message.split("#")[1]] : []), isAhead ? "ahead" : ""]
      .join(" ")
      .trim(),
  );

describe("what a preview and its look-ahead say together", () => {
  const cases: readonly (readonly [string, readonly string[], readonly string[], readonly string[]])[] = [
    ["a violation in the look-ahead only", [], ["open lookup"], ["open lookup mandatory ahead"]],
    ["an advisory in the look-ahead only", [], ["scopes lookup advisory"], ["scopes lookup advisory ahead"]],
    ["the same in both", ["open lookup"], ["open lookup"], ["open lookup mandatory"]],
    ["a violation that the look-ahead doesn't repeat stays", ["open lookup"], [], ["open lookup mandatory"]],
    [
      "a violation that is an advisory ahead stays",
      ["open lookup"],
      ["open lookup advisory"],
      ["open lookup mandatory"],
    ],
    ["an advisory that the look-ahead doesn't repeat is decided", ["open api advisory"], [], []],
    [
      "an advisory that both have stays",
      ["scopes api advisory"],
      ["scopes api advisory"],
      ["scopes api advisory"],
    ],
    [
      "an advisory gives way to a violation",
      ["open api advisory"],
      ["open api"],
      ["open api mandatory ahead"],
    ],
    [
      "beside a violation of the same rule and resource, an advisory stays",
      ["open api", "open api advisory"],
      ["open api"],
      ["open api mandatory", "open api advisory"],
    ],
    [
      "an advisory of another kind stays beside a violation in the look-ahead",
      ["open api advisory unknown", "open api advisory scopes"],
      ["open api mandatory anyone", "open api advisory scopes"],
      ["open api advisory scopes", "open api mandatory anyone ahead"],
    ],
    [
      "an advisory gives way to one of another kind",
      ["open api advisory unknown"],
      ["open api advisory scopes"],
      ["open api advisory scopes ahead"],
    ],
    [
      "beside a violation, the look-ahead shows one of another kind",
      ["open api mandatory anyone"],
      ["open api mandatory anyone", "open api mandatory key"],
      ["open api mandatory anyone", "open api mandatory key ahead"],
    ],
    [
      "a kind that the preview reports is reported once, whatever level it has ahead",
      ["open api mandatory anyone"],
      ["open api advisory anyone"],
      ["open api mandatory anyone"],
    ],
    [
      "another resource is another matter",
      ["open api advisory"],
      ["open other", "open api advisory"],
      ["open api advisory", "open other mandatory ahead"],
    ],
    [
      "another rule, too",
      ["open api"],
      ["open api", "scopes api advisory"],
      ["open api mandatory", "scopes api advisory ahead"],
    ],
  ];
  test.each(cases)("%s", (_situation, before, ahead, expected) => {
    expect(merged(before, ahead)).toEqual(expected);
  });

  test("a violation of a pack that names no kinds is told by its message", () => {
    const first = violation("open api");
    const second = { ...first, message: "also open" };
    const both = {
      judgements: [{ violations: [first, second], problems: [] }],
      packs: [],
      resources: new Map(),
    } as unknown as Run;
    const { violations } = withLookAhead(runOf(["open api"]), [first], [both]);
    expect(violations).toEqual([first, { ...second, isAhead: true }]);
  });

  test("without a look-ahead, nothing changes", () => {
    expect(merged(["open lookup", "scopes lookup advisory"])).toEqual([
      "open lookup mandatory",
      "scopes lookup advisory",
    ]);
  });

  test("of two look-aheads, each counts, and what both say is said once", () => {
    expect(
      merged(
        ["body api advisory"],
        ["open public", "open both"],
        ["open private", "open both", "body api advisory"],
      ),
    ).toEqual([
      "body api advisory",
      "open public mandatory ahead",
      "open both mandatory ahead",
      "open private mandatory ahead",
    ]);
  });
});

test("exceptions of both are listed, each once", () => {
  const line = (route: string) => ({ route }) as unknown as ReportedByPack["lines"][number];
  const { reported } = withLookAhead(
    runOf([], [line("GET /")]),
    [],
    [runOf([], [line("GET /"), line("GET /late")])],
  );
  expect(reported[0]?.lines).toEqual([line("GET /"), line("GET /late")]);
});

test("what is wrong with an exemption is what every run says: it may be for what shows ahead only", () => {
  const line = (finding: string, exemption?: string) =>
    ({ rule: "exemption-is-current", finding, exemption }) as unknown as ReportedByPack["violations"][number];
  const [open, ahead] = [line("no-authorization"), line("no-authorization")];
  const told = (...lines: ReportedByPack["violations"]) => runOf([], [], [], lines);
  const { reported } = withLookAhead(
    told(open, line("unneeded", "exemptions[0]"), line("unneeded", "exemptions[1]")),
    [],
    [
      told(ahead, line("unneeded", "exemptions[1]")),
      told(line("near-miss", "exemptions[0]"), line("unneeded", "exemptions[1]")),
    ],
  );
  expect(new Set(reported[0]?.violations.map(({ exemption }) => exemption))).toEqual(
    new Set([undefined, "exemptions[1]"]),
  );
});

test("resources that show ahead only are marked", () => {
  const { resources } = withLookAhead(
    runOf([], [], ["urn::api"]),
    [],
    [runOf([], [], ["urn::api", "urn::late"])],
  );
  expect([...resources.values()]).toEqual([{ urn: "urn::api" }, { urn: "urn::late", isAhead: true }]);
});
