import { describe, expect, test } from "vitest";
import {
  DeclaringComponent,
  declaringPlaceOf,
  isSecureRestApi,
  readDeclarations,
  readRoutes,
  reviewOf,
} from "../../../policies/src/reading/exceptions/declaration";
import { isAmong, isForOneStack, readExemptions } from "../../../policies/src/reading/exceptions/exemption";
import { namesSomebody, reasonProblem } from "../../../policies/src/reading/exceptions/readable";
import { isNearly } from "../../../policies/src/reading/exceptions/route-spelling";
import { type RawRecord, resource } from "../../../policies/src/stack";
import { UNKNOWN } from "../../unknown";

const today = "2026-06-01";
const calendar = { today, maxReviewDays: 180 };
const reason = "load balancer health probe, returns no data";
const owner = "team-edge";
const reviewBy = "2026-08-01";
const review = { reason, owner, reviewBy };
const inForce = { ...review, malformed: [], overdue: [], atFault: [], dueInDays: undefined };

describe("the review of an exception", () => {
  const wrongDate = 'its reviewBy is not a date such as "2027-01-31", which in YAML needs its quotes';
  const cases: readonly (readonly [what: string, changed: RawRecord, reads: object])[] = [
    ["in force", {}, {}],
    ["due in 15 days: no reminder yet", { reviewBy: "2026-06-16" }, { reviewBy: "2026-06-16" }],
    ["due in 14 days", { reviewBy: "2026-06-15" }, { reviewBy: "2026-06-15", dueInDays: 14 }],
    ["due tomorrow", { reviewBy: "2026-06-02" }, { reviewBy: "2026-06-02", dueInDays: 1 }],
    ["due today, which counts to its end", { reviewBy: today }, { reviewBy: today, dueInDays: 0 }],
    [
      "due yesterday",
      { reviewBy: "2026-05-31" },
      {
        reviewBy: "2026-05-31",
        overdue: ["its review date 2026-05-31 has passed"],
        atFault: ["reviewBy"],
      },
    ],
    ["due in 180 days", { reviewBy: "2026-11-28" }, { reviewBy: "2026-11-28" }],
    [
      "due in 181 days",
      { reviewBy: "2026-11-29" },
      {
        reviewBy: "2026-11-29",
        overdue: ["its review date 2026-11-29 is more than 180 days ahead"],
        atFault: ["reviewBy"],
      },
    ],
    ...["2026-02-30", "2026-13-01", "x2026-08-01", "2026-08-01x", "2026-08-01T00:00:00Z", "26-08-01", ""].map(
      (written) =>
        [
          `a date that is ${JSON.stringify(written)}`,
          { reviewBy: written },
          { reviewBy: written, malformed: [wrongDate], atFault: ["reviewBy"] },
        ] as const,
    ),
    [
      "a date that YAML made of it",
      { reviewBy: new Date("2026-08-01") },
      { reviewBy: "", malformed: [wrongDate], atFault: ["reviewBy"] },
    ],
    [
      "a date that isn't known",
      { reviewBy: UNKNOWN },
      {
        reviewBy: "",
        malformed: ["its reviewBy is not known before the deployment"],
        atFault: ["reviewBy"],
      },
    ],
    [
      "a reason that isn't known",
      { reason: UNKNOWN },
      { reason: "", malformed: ["its reason is not known before the deployment"], atFault: ["reason"] },
    ],
    [
      "a reason that is a number",
      { reason: 12 },
      { reason: "", malformed: ["its reason has fewer than 20 characters"], atFault: ["reason"] },
    ],
    [
      "an owner that isn't known",
      { owner: UNKNOWN },
      { owner: "", malformed: ["its owner is not known before the deployment"], atFault: ["owner"] },
    ],
    [
      "an owner that is a dash",
      { owner: "-" },
      { owner: "-", malformed: ["it names no owner"], atFault: ["owner"] },
    ],
    [
      "an owner that is a list",
      { owner: [owner] },
      { owner: "", malformed: ["it names no owner"], atFault: ["owner"] },
    ],
    [
      "nothing",
      { reason: undefined, owner: undefined, reviewBy: undefined },
      {
        reason: "",
        owner: "",
        reviewBy: "",
        malformed: ["its reason has fewer than 20 characters", "it names no owner", wrongDate],
        atFault: ["reason", "owner", "reviewBy"],
      },
    ],
  ];

  test.each(cases)("%s", (_what, changed, reads) => {
    expect(reviewOf({ ...review, ...changed }, calendar)).toEqual({ ...inForce, ...reads });
  });

  test("what an object inherits says nothing", () => {
    expect(reviewOf(Object.create(review), calendar).atFault).toEqual(["reason", "owner", "reviewBy"]);
  });
});

describe("the routes of an exception", () => {
  const spelled = "not spelled as METHOD /path, $connect or $default";
  const methodFirst = `${spelled} (the method comes first, as in GET /health)`;
  const capitals = `${spelled} (its method is in capital letters, as in GET /health)`;
  const cases: readonly (readonly [routes: unknown, read: readonly string[], problems: readonly string[]])[] =
    [
      [["GET /health"], ["GET /health"], []],
      [
        ["$connect", "$default", "ANY /{proxy+}", "GET /"],
        ["$connect", "$default", "ANY /{proxy+}", "GET /"],
        [],
      ],
      [UNKNOWN, [], ["its routes are not known before the deployment"]],
      [undefined, [], ["it lists no routes"]],
      [[], [], ["it lists no routes"]],
      ["GET /health", [], ["it lists no routes"]],
      [["GET /health", UNKNOWN], [], ["one of its routes is not known before the deployment"]],
      [["/health"], [], [`1 of its routes is ${methodFirst}`]],
      [["/health", "/status"], [], [`2 of its routes are ${methodFirst}`]],
      [["get /health"], [], [`1 of its routes is ${capitals}`]],
      [["Get /health", "GET /a"], ["GET /a"], [`1 of its routes is ${capitals}`]],
      [["get /health", "/status"], [], [`2 of its routes are ${spelled}`]],
      [["/health and more"], [], [`1 of its routes is ${spelled}`]],
      [["see /health"], [], [`1 of its routes is ${capitals}`]],
      [["-get /health"], [], [`1 of its routes is ${spelled}`]],
      [["x /health"], [], [`1 of its routes is ${capitals}`]],
      [["health"], [], [`1 of its routes is ${spelled}`]],
      [["GET health"], [], [`1 of its routes is ${spelled}`]],
      [["GET /health now"], [], [`1 of its routes is ${spelled}`]],
      [["1GET /health"], [], [`1 of its routes is ${spelled}`]],
      [["GET  /health"], [], [`1 of its routes is ${spelled}`]],
      [["sendMessage"], [], [`1 of its routes is ${spelled}`]],
      [["$disconnect"], [], [`1 of its routes is ${spelled}`]],
      [[7], [], [`1 of its routes is ${spelled}`]],
    ];

  test.each(cases)("%j", (routes, read, problems) => {
    expect(readRoutes(routes)).toEqual({ routes: read, problems });
  });
});

describe("the declarations of a component", () => {
  const declared = { ...review, routes: ["GET /health"] };
  const made = (type: string, properties: RawRecord) =>
    resource({
      urn: `urn:pulumi:dev::customers::${type}::health`,
      type,
      name: "health",
      properties: { ...properties },
    });
  const read = (type: string, properties: RawRecord) =>
    readDeclarations(made(type, properties), calendar).map((one) => [one.where, one.problems, one.atFault]);
  const all = ["routes", "reason", "owner", "reviewBy"];
  const own = "api-guardrails:index:PublicAccess";
  const api = "api-guardrails:index:SecureHttpApi";

  test.each([
    ["in force", own, declared, [['"health"', [], []]]],
    ["without routes", own, review, [['"health"', ["it lists no routes"], ["routes"]]]],
    [
      "everything wrong",
      own,
      { routes: [], reviewBy: "2026-05-31" },
      [
        [
          '"health"',
          [
            "it lists no routes",
            "its reason has fewer than 20 characters",
            "it names no owner",
            "its review date 2026-05-31 has passed",
          ],
          all,
        ],
      ],
    ],
    ["of another package", "acme:index:PublicAccess", declared, []],
    ["in a list, of another package", "acme:index:Api", { publicAccess: [declared] }, []],
    ["none", api, {}, []],
    ["an empty list", api, { publicAccess: [] }, []],
    [
      "a list that isn't known",
      api,
      { publicAccess: UNKNOWN },
      [['publicAccess of "health"', ["publicAccess is not known before the deployment"], all]],
    ],
    [
      "an object",
      api,
      { publicAccess: declared },
      [['publicAccess of "health"', ["publicAccess is not a list"], all]],
    ],
    [
      "a list of several",
      api,
      { publicAccess: [declared, UNKNOWN, "GET /health"] },
      [
        ['publicAccess[0] of "health"', [], []],
        ['publicAccess[1] of "health"', ["it is not known before the deployment"], all],
        ['publicAccess[2] of "health"', ["it is not an object"], all],
      ],
    ],
  ])("%s", (_what, type, properties, reads) => {
    expect(read(type, properties)).toEqual(reads);
  });

  test.each([
    ["PublicAccess", "itself"],
    ["SecureHttpApi", "route"],
    ["SecureRestApi", "route"],
    ["SecureWebSocketApi", "connection"],
    ["ApiWatch", "list"],
  ])("are in %s in the place: %s", (name, place) => {
    const component = made(`api-guardrails:index:${name}`, {});
    expect(declaringPlaceOf(component)).toBe(place);
    expect(isSecureRestApi(component)).toBe(name === "SecureRestApi");
    expect(DeclaringComponent.is(component)).toBe(true);
  });

  test("are in none of another package", () => {
    const component = made("acme:index:SecureRestApi", {});
    expect([declaringPlaceOf(component), isSecureRestApi(component)]).toEqual([undefined, false]);
    expect(DeclaringComponent.is(component)).toBe(false);
    expect(DeclaringComponent.token).toBe("api-guardrails:index:*");
  });

  test("of one that can't be read, nothing is left", () => {
    expect(readDeclarations(made(api, { publicAccess: UNKNOWN }), calendar)).toMatchObject([
      { routes: [], reason: "", owner: "", reviewBy: "", dueInDays: undefined },
    ]);
  });
});

describe("exemptions", () => {
  const rules = new Set(["http-route-requires-authorization"]);
  const complete = {
    ...review,
    rule: "http-route-requires-authorization",
    project: "customers",
    stacks: ["dev"],
    resource: "health",
  };
  const malformed = (changed: object) =>
    readExemptions([{ ...complete, ...changed }], rules, calendar).flatMap((one) => one.malformed);
  const noList = "its stacks are not a list of stack names";
  const wildcard =
    'its stacks have a * that doesn\'t follow at least 3 characters at the end of a name, as it does in "pr-*"';

  const cases: readonly (readonly [what: string, changed: object, problems: readonly string[]])[] = [
    ["complete", {}, []],
    ["no rule", { rule: undefined }, ["it names no rule"]],
    ["a blank rule", { rule: " " }, ["it names no rule"]],
    ["another rule", { rule: "routes-are-blue" }, ["it names a rule that this pack doesn't have"]],
    ["a blank project", { project: " " }, ["it names no project"]],
    ["every project", { project: "*" }, ["its project has a wildcard"]],
    ["some resources", { resource: "health-*" }, ["its resource has a wildcard"]],
    ["a resource that is a number", { resource: 7 }, ["it names no resource"]],
    ["a blank logical ID", { logicalId: "" }, ["it names no logicalId"]],
    ["a logical ID", { logicalId: "Health" }, []],
    ["no routes", { routes: [] }, ["it lists no routes"]],
    ["routes", { routes: ["GET /health"] }, []],
    ["one stack, not in a list", { stacks: "dev" }, [noList]],
    ["no stack", { stacks: [] }, [noList]],
    ["a blank stack", { stacks: ["dev", " "] }, [noList]],
    ["stacks that come and go", { stacks: ["pr-*"] }, []],
    ["every stack", { stacks: ["*"] }, [wildcard]],
    ["nearly every stack", { stacks: ["pr*"] }, [wildcard]],
    ["a wildcard within", { stacks: ["pr-*-eu"] }, [wildcard]],
    ["two wildcards", { stacks: ["pr-**"] }, [wildcard]],
  ];

  test.each(cases)("%s", (_what, changed, problems) => {
    expect(malformed(changed)).toEqual(problems);
  });

  test("none, one that isn't in a list, and one that is nothing", () => {
    expect([undefined, null, []].map((raw) => readExemptions(raw, rules, calendar))).toEqual([[], [], []]);
    expect(readExemptions(complete, rules, calendar)).toMatchObject([
      { where: "exemptions[0]", malformed: [] },
    ]);
    expect(readExemptions([null], rules, calendar)[0]?.malformed).toContain("it is not an object");
    const [read] = readExemptions([{ ...complete, logicalId: "Health" }], rules, calendar);
    expect(read).toMatchObject({ logicalId: "Health", routes: undefined });
  });

  test.each([
    [["dev"], "dev", true],
    [["dev"], "dev2", false],
    [["dev", "prod"], "prod", true],
    [["pr-*"], "pr-12", true],
    [["pr-*", "dev"], "dev", true],
    [["pr-*"], "prod", false],
    [[], "dev", false],
  ])("of the stacks %j, %s is one: %s", (stacks, stack, isOne) => {
    expect(isAmong(stacks, stack)).toBe(isOne);
  });

  test.each([
    [["dev"], true],
    [["dev", "prod"], false],
    [["pr-*"], false],
    [[], false],
  ])("%j is one stack: %s", (stacks, isOne) => {
    expect(isForOneStack({ stacks })).toBe(isOne);
  });
});

describe("what people can read", () => {
  test.each([
    ["abcdefghij 123456789", "20 characters", undefined],
    ["abcdefghij 12345678", "19 characters", "has fewer than 20 characters"],
    [
      "abcdef  ghij  klmno  p",
      "20 only with spaces that nobody counts twice",
      "has fewer than 20 characters",
    ],
    ["abcdefghij 12345678\u200b", "20 only with one that nobody sees", "has fewer than 20 characters"],
    ["abcdefghij 12345678\u0007", "20 only with a control character", "has fewer than 20 characters"],
    ["abcdefghij ---------", "10 letters", undefined],
    ["abcdefghi- ---------", "9 letters", "can't be read"],
    ["abcdefabcdef -------", "6 different ones", undefined],
    ["abcdeabcdeabcde ----", "5 different ones", "can't be read"],
    ["AaBbCcDdEeAaBbCcDdEe", "5 different ones in two cases", "can't be read"],
    ["ａaｂbｃcｄdｅe ａaｂbｃcｄdｅe", "5 different ones in two widths", "can't be read"],
    [
      "\u3164\u3164\u3164\u3164\u3164\u3164\u3164\u3164\u3164\u3164\u3164\u3164\u3164\u3164\u3164\u3164\u3164\u3164\u3164\u3164",
      "fillers",
      "fewer",
    ],
  ])("%j: %s", (text, _what, problem) => {
    if (problem === undefined) expect(reasonProblem(text)).toBeUndefined();
    else expect(reasonProblem(text)).toContain(problem);
  });

  test("somebody has a letter or a digit", () => {
    expect(["team-edge", "7", "ü", "チーム"].map(namesSomebody)).toEqual([true, true, true, true]);
    expect(["", "-", "\u3164", " ", 7, undefined].map(namesSomebody)).toEqual(Array(6).fill(false));
  });
});

describe("routes that are probably meant to be the same", () => {
  test.each([
    ["GET /health", "GET /health", true],
    ["GET /health", "get /Health/", true],
    ["GET /health", "ANY /health", true],
    ["ANY /health", "GET /health", true],
    ["GET /health", "POST /health", false],
    ["GET /a/{id}", "GET /a/{customerId}", true],
    ["GET /a/{id}", "GET /a/{id+}", false],
    ["GET /a/{all+}", "GET /a/{proxy+}", true],
    ["GET /a", "GET /b", false],
    ["$connect", "$CONNECT", true],
    ["$connect", "$default", false],
    ["ANY /", "$default", false],
    ["$default", "ANY /", false],
  ])("%s and %s: %s", (one, other, nearly) => {
    expect(isNearly(one, other)).toBe(nearly);
  });
});
