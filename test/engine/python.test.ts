import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { afterEach, beforeAll, describe, expect } from "vitest";
import { PublicAccess } from "../../components/src";
import { inDays } from "../dates";
import { pythonExampleWith, pythonProgram, removePrograms } from "./programs";
import { type EngineRun, engineStack, findPulumi, findPython, pythonTest, removeStacks } from "./rig";

afterEach(() => {
  removeStacks();
  removePrograms();
});

const example = "examples/python-public-access";
const { token } = PublicAccess;
const review = { reason: "load balancer health probe, returns no data", owner: "team-edge" };

/** Does what a table of tests shares, where its tests run. */
const shared = (prepare: () => Promise<void> | void) =>
  beforeAll(async () => {
    if (findPulumi() && findPython()) await prepare();
  });

describe("the example in Python", () => {
  pythonTest("is deployed with its declared route, and a second update changes nothing", async () => {
    const stack = await engineStack({ program: example, config: { reviewBy: inDays(90) } });
    expect(await stack.up()).toMatchObject({ code: 0, violations: [] });
    const routes = stack.cloud().filter(({ type }) => type === "aws:apigatewayv2/route:Route");
    expect(
      routes.map(({ properties }) => [properties.routeKey, properties.authorizationType]).toSorted(),
    ).toEqual([
      ["GET /customers/{id}", "AWS_IAM"],
      ["GET /health", "NONE"],
    ]);
    const wrapped = `urn:pulumi:dev::python-public-access::${token}$aws:apigatewayv2/route:Route::health`;
    expect((await stack.exported()).urns).toContain(wrapped);

    const again = await stack.up();
    expect(again.code).toBe(0);
    expect(new Set(Object.values(again.operations))).toEqual(new Set(["same"]));
  });

  pythonTest("is blocked with exit code 1 without the declaration, as its README.md shows", async () => {
    const undeclared = pythonExampleWith((source) =>
      source
        .replace(/health = PublicAccess\([\s\S]*?\n\)\n/, "")
        .replace(", pulumi.ResourceOptions(parent=health)", ""),
    );
    const stack = await engineStack({ program: undeclared, config: { reviewBy: inDays(90) } });
    const run = await stack.preview();
    expect(run.code).toBe(1);
    expect(run.violations).toMatchObject([
      { policy: "http-route-requires-authorization", level: "mandatory" },
    ]);
    const [, shown = ""] = /```text\n([\s\S]*?)```/.exec(readFileSync(`${example}/README.md`, "utf8")) ?? [];
    const lines = shown.split("\n").flatMap((line) => line.trim() || []);
    expect(lines).toHaveLength(7);
    for (const line of lines) expect(run.output).toContain(line);
  });

  pythonTest("is blocked with its review date passed: on the declaration and on the route", async () => {
    const stack = await engineStack({ program: example, config: { reviewBy: inDays(-1) } });
    const run = await stack.preview();
    expect(run.code).toBe(1);
    expect(run.violations.map(({ policy }) => policy).toSorted()).toEqual([
      "http-route-requires-authorization",
      "public-access-is-reviewed",
    ]);
    expect(run.output).toContain("which doesn't count because its review date");
  });
});

describe("a component that is registered without the example's class", () => {
  /** Inputs as a Python expression, and why they open nothing. */
  const refused: readonly (readonly [string, string, string])[] = [
    ["no inputs, as from an SDK that sends none", "None", "it lists no routes"],
    ["no reason", '{**declared, "reason": None}', "its reason has fewer than 20 characters"],
    ["no owner", '{**declared, "owner": ""}', "it names no owner"],
    [
      "Python's spelling of reviewBy",
      '{**declared, "reviewBy": None, "review_by": "2027-01-31"}',
      "its reviewBy is not a date",
    ],
    ["a date that has passed", '{**declared, "reviewBy": "2020-01-31"}', "2020-01-31 has passed"],
    ["a date too far ahead", `{**declared, "reviewBy": "${inDays(300)}"}`, "more than 180 days ahead"],
    ["an owner that is unknown at preview", '{**declared, "owner": api.id}', "its owner is not known"],
  ];
  /** A token, and the inputs that open the route under it. */
  const accepted: readonly (readonly [string, string, string])[] = [
    ["the token and the inputs of a declaration", token, "declared"],
    ["another token, with a list", "api-guardrails:index:Gateway", '{"publicAccess": [declared]}'],
  ];

  let run: EngineRun;
  shared(async () => {
    const cases = [
      ...refused.map(([name, inputs]) => [name, token, inputs]),
      ...accepted.map(([name, token, inputs]) => [name, token, inputs]),
    ];
    const stack = await engineStack({
      program: pythonProgram(`
api = Api("api", {"protocolType": "HTTP"})
declared = {
    "routes": ["GET /health"],
    "reason": "${review.reason}",
    "owner": "${review.owner}",
    "reviewBy": "${inDays(90)}",
}
for name, token, inputs in [
${cases.map(([name, token, inputs]) => `    (${JSON.stringify(name)}, "${token}", ${inputs}),`).join("\n")}
]:
    component = pulumi.ComponentResource(token, name, inputs)
    route = {"apiId": api.id, "routeKey": "GET /health"}
    Route(name, route, pulumi.ResourceOptions(parent=component))`),
    });
    run = await stack.preview();
  });
  const violationsOf = (name: string) => run.violations.filter(({ urn }) => urn.endsWith(`::${name}`));

  pythonTest.each(refused)("opens nothing with %s, and both violations say so", (name, _, because) => {
    expect(run.code).toBe(1);
    expect(
      violationsOf(name)
        .map(({ policy, level }) => [policy, level])
        .toSorted(),
    ).toEqual([
      ["http-route-requires-authorization", "mandatory"],
      ["public-access-is-reviewed", "mandatory"],
    ]);
    for (const { message } of violationsOf(name)) expect(message).toContain(because);
  });

  pythonTest.each(accepted)("opens its route with %s", (name) => {
    const urns = Object.keys(run.operations).filter((urn) => urn.endsWith(`::${name}`));
    expect(urns).toHaveLength(2);
    expect(violationsOf(name)).toEqual([]);
  });
});

describe("a deployed route, which API Gateway refuses to have twice, is wrapped and unwrapped in place", () => {
  /** What the declaration's parent is, and what stands between it and the route, as Python expressions. */
  const places: readonly (readonly [string, string, string])[] = [
    ["at the top of the stack", "None", "opts"],
    ["inside a component", 'pulumi.ComponentResource("edge:index:Edge", name)', "opts"],
    [
      "under a component that is wrapped",
      "None",
      'pulumi.ResourceOptions(parent=pulumi.ComponentResource("edge:index:Probe", name, {}, opts))',
    ],
  ];

  const runs: EngineRun[] = [];
  let isCloudUnchanged = false;
  shared(async () => {
    const stack = await engineStack({
      program: pythonProgram(
        [
          'api = Api("api", {"protocolType": "HTTP"})',
          ...places.map(
            ([place, outer, optionsOfRoute]) => `
name = "${place}"
parent = outer = ${outer}
if config.get("reviewBy"):
    parent = PublicAccess(
        name,
        routes=[f"GET /{name.replace(' ', '-')}"],
        reason="${review.reason}",
        owner="${review.owner}",
        review_by=config.require("reviewBy"),
        opts=pulumi.ResourceOptions(parent=outer),
    )
former = pulumi.Alias(parent=pulumi.create_urn(name, PublicAccess.TOKEN, outer))
aliases = [former] if config.get("unwrapped") else []
opts = pulumi.ResourceOptions(parent=parent, aliases=aliases)
route = {"apiId": api.id, "routeKey": f"GET /{name.replace(' ', '-')}"}
Route(name, route, ${optionsOfRoute})`,
          ),
          // A grandchild that has the name of a route at the top of the stack.
          `
Route("namesake", {"apiId": api.id, "routeKey": "GET /namesake"})
if config.get("reviewBy"):
    inner = pulumi.ComponentResource("edge:index:Probe", "inner", {}, opts)
    route = {"apiId": api.id, "routeKey": "GET /inner"}
    Route("namesake", route, pulumi.ResourceOptions(parent=inner))`,
        ].join("\n"),
      ),
    });
    // Without the pack: the third route's direct parent is no declaration.
    const withoutPack = { packs: [] };
    runs.push(await stack.up(withoutPack));
    const before = JSON.stringify(stack.cloud());
    stack.configure({ reviewBy: inDays(90) });
    runs.push(await stack.up(withoutPack));
    stack.configure({ reviewBy: "", unwrapped: "yes" });
    runs.push(await stack.up(withoutPack));
    isCloudUnchanged = JSON.stringify(stack.cloud()) === before;
  });

  /** What was done for the resources with a name. */
  const operations = (place: string) =>
    runs.map(({ operations }) =>
      Object.fromEntries(
        Object.entries(operations).flatMap(([urn, operation]) => {
          const [, , types = "", name] = urn.split("::");
          return name === place ? [[types.split("$").at(-1), operation]] : [];
        }),
      ),
    );

  pythonTest.each(places)("%s", (place) => {
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(operations(place)).toMatchObject([
      { "aws:apigatewayv2/route:Route": "create" },
      { "aws:apigatewayv2/route:Route": "same", [token]: "create" },
      { "aws:apigatewayv2/route:Route": "same", [token]: "delete" },
    ]);
    expect(isCloudUnchanged).toBe(true);
  });

  pythonTest("and a route deeper under the declaration takes no other's place", () => {
    expect(
      runs.map(({ operations }) =>
        Object.entries(operations).flatMap(([urn, operation]) =>
          urn.endsWith("::namesake") ? [[urn.includes("Probe") ? "deeper" : "at the top", operation]] : [],
        ),
      ),
    ).toEqual([
      [["at the top", "create"]],
      expect.arrayContaining([
        ["at the top", "same"],
        ["deeper", "create"],
      ]),
      expect.arrayContaining([
        ["at the top", "same"],
        ["deeper", "delete"],
      ]),
    ]);
  });
});

describe("the example's class refuses what it can see to be malformed:", () => {
  /** The arguments that differ from a complete declaration, as a Python expression. */
  const refused: readonly (readonly [string, string, RegExp])[] = [
    ["an empty list of routes", '{"routes": []}', /routes: list the routes/],
    ["one route that is no list", '{"routes": "GET /health"}', /routes: list the routes/],
    ["no routes", '{"routes": None}', /routes: list the routes/],
    ["a path without a method", '{"routes": ["/health"]}', /routes: .*METHOD \/path/],
    ["a wildcard for a method", '{"routes": ["* /health"]}', /routes: .*METHOD \/path/],
    ["a route with a line break behind it", '{"routes": ["GET /health\\n"]}', /routes: .*METHOD \/path/],
    ["routes that arrive later", '{"routes": later(["GET /a"])}', /routes: give a plain value/],
    ["a route that arrives later", '{"routes": [later("GET /a")]}', /routes: give a plain value/],
    ["a reason that says nothing", '{"reason": "  health probe        "}', /reason: .* 20 characters/],
    ["no reason", '{"reason": None}', /reason: .* 20 characters/],
    ["a reason that nobody sees", '{"reason": chr(0x200b) * 20}', /reason: .* 20 characters/],
    ["fillers of Hangul", '{"reason": chr(0x3164) * 20}', /reason: .* 20 characters/],
    ["a reason of dots", '{"reason": "." * 20}', /reason: .*in words/],
    ["an owner of one dot", '{"owner": "."}', /owner: name the team or person/],
    ["an owner that nobody sees", '{"owner": chr(0x200b)}', /owner: name the team or person/],
    ["a reason that arrives later", '{"reason": later("r")}', /reason: give a plain value/],
    ["a blank owner", '{"owner": " "}', /owner: name the team or person/],
    ["a date in words", '{"review_by": "next summer"}', /review_by: .*"2027-01-31"/],
    ["a date without its hyphens", '{"review_by": "20270131"}', /review_by: .*"2027-01-31"/],
    ["a day that the calendar hasn't", '{"review_by": "2027-02-30"}', /review_by: .*calendar/],
    ["a date that is no text", '{"review_by": date(2027, 1, 31)}', /review_by: .*"2027-01-31"/],
    ["a promise of a date", '{"review_by": asyncio.sleep(0)}', /review_by: give a plain value/],
  ];
  const accepted: readonly (readonly [string, string])[] = [
    ["a complete declaration", "{}"],
    ["a path pattern of a listener rule", '{"routes": ["ANY /static/*", "GET /*.png"]}'],
    ["routes without a path", '{"routes": ("$connect", "$default")}'],
  ];

  const answers = new Map<string, string>();
  shared(() => {
    const script = `
import asyncio, json, sys, warnings
from datetime import date
import pulumi
from public_access import PublicAccess

complete = {
    "routes": ["GET /health"],
    "reason": "${review.reason}",
    "owner": "${review.owner}",
    "review_by": "2027-01-31",
}
later = pulumi.Output.from_input
warnings.simplefilter("ignore")


def answer(name, change):
    try:
        PublicAccess(name, **{**complete, **eval(change)})
    except pulumi.RunError as error:
        return str(error)
    return "accepted"


async def answers():
    return {name: answer(name, change) for name, change in json.load(sys.stdin)}


print(json.dumps(asyncio.run(answers())))
`;
    const output = execFileSync(findPython() ?? "", ["-c", script], {
      env: { ...process.env, PYTHONPATH: resolve(example), PYTHONDONTWRITEBYTECODE: "1" },
      input: JSON.stringify([...refused, ...accepted].map(([name, change]) => [name, change])),
      encoding: "utf8",
    });
    for (const [name, answer] of Object.entries(JSON.parse(output))) answers.set(name, String(answer));
  });

  pythonTest.each(refused)("%s", (name, _, sentence) => {
    const lines = answers.get(name)?.split("\n") ?? [];
    expect(lines[0]).toBe(`PublicAccess "${name}" declares nothing yet:`);
    // The rest of the declaration is complete.
    expect(lines.slice(1)).toEqual([expect.stringMatching(sentence)]);
  });

  pythonTest.each(accepted)("and takes %s", (name) => {
    expect(answers.get(name)).toBe("accepted");
  });

  pythonTest("and the program ends with the sentence, without a stack", async () => {
    const stack = await engineStack({ program: example, config: { reviewBy: "next summer" } });
    const run = await stack.preview();
    expect(run.code).not.toBe(0);
    expect(run.output).toContain('PublicAccess "health" declares nothing yet:');
    expect(run.output).toContain('review_by: give a date of the calendar such as "2027-01-31"');
    expect(run.output).not.toContain("Traceback");
    expect(run.output).not.toContain("next summer");
  });
});
