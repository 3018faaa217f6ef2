import { describe, expect, test } from "vitest";
import { type ExceptionLine, linesOf } from "../../../review/src/packs/exceptions-file";
import { exceptionsInUse } from "../../../review/src/packs/used-exceptions";

const urn = (type: string, name: string) => `urn:pulumi:prod::customers::${type}::${name}`;
const route = (name: string) => urn("aws:apigatewayv2/route:Route", name);
const method = (name: string) => urn("aws:apigateway/method:Method", name);
const component = urn("aws-apigateway:index:RestAPI", "customers");
const document = urn("aws-apigateway:index:RestAPI$aws:apigateway/restApi:RestApi", "customers");
const parents: Readonly<Record<string, string>> = {
  [document]: component,
  [component]: urn("pulumi:pulumi:Stack", "customers-prod"),
};

const line = (
  rule: string,
  of: string,
  spelled?: string,
  given: Partial<ExceptionLine> = {},
): ExceptionLine => ({
  kind: "declaration",
  rule,
  urn: of,
  route: spelled,
  covers: "route",
  where: '"open"',
  declaredBy: urn("api-guardrails:index:PublicAccess", "open"),
  reason: "load balancer health probe, returns no data",
  owner: "team-edge",
  reviewBy: "2027-01-31",
  ...given,
});
const exempted = (rule: string, of: string, spelled?: string, given: Partial<ExceptionLine> = {}) =>
  line(rule, of, spelled, { kind: "exemption", where: "exemptions[0]", declaredBy: undefined, ...given });
const finding = { covers: "finding" } as const;

describe("an opening counts once, however often it is covered", () => {
  test.each<
    [
      situation: string,
      lines: readonly ExceptionLine[],
      entries: readonly (readonly [
        name: string,
        route: string | undefined,
        where: string,
        ...policies: string[],
      ])[],
    ]
  >([
    [
      "by the same rule twice",
      [line("routes", route("a"), "GET /a"), line("routes", route("a"), "GET /a")],
      [["a", "GET /a", '"open"', "routes"]],
    ],
    [
      "by two rules",
      [line("routes", route("a"), "GET /a"), line("scopes", route("a"), "GET /a")],
      [["a", "GET /a", '"open"', "routes", "scopes"]],
    ],
    [
      "by a REST method's own rule, and by the whole stack, which shows its path",
      [line("methods", method("a"), "GET"), line("endpoints", method("a"), "GET /a")],
      [["a", "GET /a", '"open"', "methods", "endpoints"]],
    ],
    [
      "the other way about",
      [line("endpoints", method("a"), "GET /a"), line("methods", method("a"), "GET")],
      [["a", "GET /a", '"open"', "endpoints", "methods"]],
    ],
    [
      "on a component and on the document that it builds",
      [
        exempted("components", component, "GET /a"),
        exempted("components", component, "GET /b"),
        exempted("documents", document, "GET /a"),
      ],
      [
        ["customers", "GET /a", "exemptions[0]", "components", "documents"],
        ["customers", "GET /b", "exemptions[0]", "components"],
      ],
    ],
    [
      "by a declaration and an exemption, which are an entry each",
      [line("routes", route("a"), "GET /a"), exempted("scopes", route("a"), "GET /a")],
      [
        ["a", "GET /a", '"open"', "routes"],
        ["a", "GET /a", "exemptions[0]", "scopes"],
      ],
    ],
    [
      "with what bypasses it under the same declaration, told first",
      [
        line("permissions", urn("aws:lambda/permission:Permission", "anyone"), "$default", {
          covers: "bypass",
        }),
        line("urls", urn("aws:lambda/functionUrl:FunctionUrl", "url"), "$default"),
      ],
      [["url", "$default", '"open"', "urls", "permissions"]],
    ],
  ])("%s", (_situation, lines, entries) => {
    const used = exceptionsInUse([{ pack: "guardrails", version: "1.0.0", lines }], (of) => parents[of]);
    expect(
      used.map(({ name, route: spelled, where, policies }) => [name, spelled, where, ...policies]),
    ).toEqual(entries);
  });

  test("in two packs, with an entry for each", () => {
    const lines = [line("routes", route("a"), "GET /a")];
    const packs = ["first", "second"].map((pack) => ({ pack, version: "1.0.0", lines }));
    expect(exceptionsInUse(packs, () => undefined).map(({ pack, urn: of }) => [pack, of])).toEqual([
      ["first", route("a")],
      ["second", route("a")],
    ]);
  });
});

describe("look-alikes stay apart", () => {
  test.each<[situation: string, lines: readonly ExceptionLine[]]>([
    [
      "the same route of two resources under one declaration",
      [line("routes", route("a"), "GET /a"), line("routes", route("b"), "GET /a")],
    ],
    [
      "two methods alone of two resources",
      [line("methods", method("a"), "GET"), line("methods", method("b"), "GET")],
    ],
    [
      "a method and another that starts like it",
      [line("m", method("a"), "GET"), line("m", method("a"), "GETTER /a")],
    ],
    ["two routes of one document", [line("d", document, "GET /a"), line("d", document, "POST /a")]],
    [
      "a bypass that another declaration opens",
      [
        line("urls", route("a"), "$default"),
        line("permissions", route("b"), "$default", {
          covers: "bypass",
          where: '"other"',
          declaredBy: "other",
        }),
      ],
    ],
    [
      "findings of two resources",
      [exempted("f", route("a"), undefined, finding), exempted("f", route("b"), undefined, finding)],
    ],
    [
      "a finding, and an opening without a name on the same resource",
      [exempted("f", route("a"), undefined, finding), exempted("routes", route("a"))],
    ],
  ])("%s", (_situation, lines) => {
    const used = exceptionsInUse([{ pack: "guardrails", version: "1.0.0", lines }], (of) => parents[of]);
    expect(
      new Set(used.map(({ urn: of, route: spelled, covers }) => `${of} ${spelled} ${covers}`)).size,
    ).toBe(2);
  });
});

describe("the lines of a pack", () => {
  const written = (given: object) =>
    `${JSON.stringify({ version: 1, ...line("routes", route("a"), "GET /a"), ...given })}\n`;

  test("are read, also without their optional fields", () => {
    expect(linesOf(written({}) + written({ route: undefined, declaredBy: undefined }))).toEqual({
      lines: [
        line("routes", route("a"), "GET /a"),
        { ...line("routes", route("a")), route: undefined, declaredBy: undefined },
      ].map((each) => JSON.parse(JSON.stringify(each))),
      unread: 0,
    });
  });

  test.each([
    ["of a later version", written({ version: 2 })],
    ["without a version", written({ version: undefined })],
    ["that isn't JSON", "{ kind: declaration }\n"],
    ["that is null", "null\n"],
    ["that is a number", "12\n"],
    ["of another kind", written({ kind: "suppression" })],
    ["that covers something else", written({ covers: "stack" })],
    ["without a rule", written({ rule: undefined })],
    ["without an owner", written({ owner: undefined })],
    ["with a route that is no text", written({ route: 1 })],
  ])("%s are counted, not read", (_situation, text) => {
    expect(linesOf(text + written({}))).toMatchObject({ lines: [{ rule: "routes" }], unread: 1 });
  });

  test("that is incomplete is skipped: the pack was killed while it wrote", () => {
    expect(linesOf(`${written({})}{"version":1,"ki`)).toMatchObject({ lines: [{}], unread: 0 });
    expect(linesOf("")).toEqual({ lines: [], unread: 0 });
  });
});
