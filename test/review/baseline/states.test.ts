import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readConfigurationFile } from "../../../review/src/baseline";
import { collectSecrets } from "../../../review/src/secrets";
import { inDays } from "../../dates";
import { ciphertext, deployed, exported } from "../inventory/states";
import { asked, exemptionsIn, subjectsOf } from "./asked";

mkdirSync(resolve(".tmp"), { recursive: true });
const folder = mkdtempSync(join(resolve(".tmp"), "baseline-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: object): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(content));
  return path;
}

type Inputs = Readonly<Record<string, unknown>>;
const rule = "http-route-requires-authorization";
const urnOf = (type: string, name: string, stack = "prod") => `urn:pulumi:${stack}::shop::${type}::${name}`;
const routeType = "aws:apigatewayv2/route:Route";
const routeUrn = (name: string, stack?: string) => urnOf(routeType, name, stack);
const tagged = (tags: unknown) => ({ "aws:apigatewayv2/api:Api": { tags } });

/** The state of a stack in which `GET /open` is open, with other inputs by type, and other resources. */
function stateOf(
  stack: string,
  changed: Readonly<Record<string, Inputs>> = tagged({ owner: "orders" }),
  others: readonly object[] = [],
): object {
  // Its stage writes no access log, which is another matter.
  const resources = deployed(stack)
    .filter(({ type }) => !type.endsWith(":Stage"))
    .map((one) => {
      const own = changed[one.type] ?? changed[one.urn] ?? {};
      return "inputs" in one
        ? { ...one, inputs: { ...one.inputs, ...own }, outputs: { ...one.outputs, ...own } }
        : one;
    });
  return exported([...resources, ...others]);
}

const route = (name: string, routeKey: string, stack = "prod") => ({
  urn: routeUrn(name, stack),
  custom: true,
  id: name,
  type: routeType,
  inputs: { apiId: "a1b2c3", routeKey },
  outputs: { apiId: "a1b2c3", routeKey, id: name },
  parent: urnOf("pulumi:pulumi:Stack", `shop-${stack}`, stack),
  propertyDependencies: { apiId: [urnOf("aws:apigatewayv2/api:Api", "shop", stack)] },
});

/** An exemption as somebody wrote it. */
const written = (changed: Inputs = {}) => ({
  reviewBy: inDays(30),
  rule,
  project: "shop",
  stacks: ["prod"],
  resource: "open",
  owner: "people",
  reason: "the shop window, which shows what everybody may see",
  ...changed,
});
const configuration = (exemptions: readonly unknown[], others: Inputs = {}) =>
  readConfigurationFile(
    file("before.json", { ...others, "exemption-is-current": { enforcementLevel: "mandatory", exemptions } }),
  );

describe("a baseline of a state", () => {
  test("has an exemption for what is open, in the form that the pack's configuration takes", async () => {
    const state = file("one/prod.json", stateOf("prod"));
    const result = await asked({ states: [state] });
    expect(result).toMatchObject({ exitCode: 0, remaining: [], kept: 0, dropped: [] });
    expect(result.content).toEqual({
      "exemption-is-current": {
        enforcementLevel: "mandatory",
        exemptions: [
          {
            rule,
            project: "shop",
            stacks: ["prod"],
            resource: "open",
            routes: ["GET /open"],
            reason: expect.stringContaining(`was there before the guardrails, on ${inDays(0)}`),
            owner: "orders",
            reviewBy: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
          },
        ],
      },
    });
    // Once more, with what it wrote: nothing to do.
    const before = await readConfigurationFile(file("written.json", result.content));
    const again = await asked({ states: [state], before });
    expect(again).toMatchObject({ exitCode: 0, added: [], kept: 1, dropped: [], content: result.content });
  });

  test("is one exemption for stacks that have it in common, and another for another owner", async () => {
    file("several/prod.json", stateOf("prod"));
    file("several/eu.json", stateOf("eu"));
    file("several/us.json", stateOf("us", tagged({ owner: "us-orders" })));
    const result = await asked({ states: [join(folder, "several")] });
    expect(exemptionsIn(result).map(({ stacks, owner }) => [...stacks, owner])).toEqual([
      ["eu", "prod", "orders"],
      ["us", "us-orders"],
    ]);
    expect(result.exitCode).toBe(0);
  });

  test("keeps what one of two sources of a stack needs, whichever is read first", async () => {
    const closed = { [routeUrn("open")]: { authorizationType: "AWS_IAM" } };
    for (const [first, second] of [
      [{}, closed],
      [closed, {}],
    ]) {
      const states = [
        file("same/1.json", stateOf("prod", { ...tagged({ owner: "orders" }), ...first })),
        file("same/2.json", stateOf("prod", { ...tagged({ owner: "orders" }), ...second })),
      ];
      const result = await asked({ states });
      expect(subjectsOf(exemptionsIn(result))).toEqual([`${rule} prod open GET /open`]);
      expect(result.exitCode).toBe(0);
    }
  });

  test("names a resource by its URN where another has its name", async () => {
    const twin = {
      ...route("open", ""),
      urn: urnOf("aws:sqs/queue:Queue", "open"),
      type: "aws:sqs/queue:Queue",
    };
    const result = await asked({ states: [file("twin.json", stateOf("prod", undefined, [twin]))] });
    expect(subjectsOf(exemptionsIn(result))).toEqual([`${rule} prod ${routeUrn("open")} GET /open`]);
    expect(result.exitCode).toBe(0);
  });

  test("knows the owner by the tags of the stack, which a backend has beside the state", async () => {
    const state = file("tags/prod.json", stateOf("prod", {}));
    file("tags/prod.pulumi-tags", { version: 1, tags: { team: "window" } });
    const [exemption] = exemptionsIn(await asked({ states: [state], owner: "others" }));
    expect(exemption?.owner).toBe("window");
  });

  test("knows the owner by what the user says where no tag does, and fails in a sentence where nobody says it", async () => {
    const state = file("untagged/prod.json", stateOf("prod", tagged({ owner: ciphertext })));
    const [exemption] = exemptionsIn(await asked({ states: [state], owner: "team-edge" }));
    expect(exemption?.owner).toBe("team-edge");
    await expect(asked({ states: [state] })).rejects.toThrow(
      `Nobody knows who answers for 1 violation: no tag named owner, team says it, neither of the resource, nor of its API, its provider or its stack. Name the tag with --owner-tag, or who answers for the rest with --owner.\n  ${routeUrn("open")}`,
    );
  });

  test("has no exemption that contains a secret", async () => {
    const secrets = collectSecrets();
    secrets.add("/hidden-path");
    const state = file(
      "secret.json",
      stateOf("prod", { [routeUrn("open")]: { routeKey: "GET /hidden-path" } }),
    );
    const result = await asked({ states: [state], secrets, owner: "team-edge" });
    // The route is left out. The resource has no other.
    expect(JSON.stringify(result.content)).not.toContain("hidden");
    expect(subjectsOf(exemptionsIn(result))).toEqual([`${rule} prod open`]);
    expect(result.exitCode).toBe(0);
  });

  test("names what no exemption covers", async () => {
    const included = {
      ...route("stack", ""),
      urn: urnOf("aws:cloudformation/stack:Stack", "templates"),
      type: "aws:cloudformation/stack:Stack",
      inputs: {
        templateBody:
          '{"Transform":"AWS::Include","Resources":{"A":{"Type":"AWS::Lambda::Url"},"Fn::Transform":{"Name":"AWS::Include"}}}',
      },
      outputs: {},
    };
    const result = await asked({
      states: [file("included.json", stateOf("prod", undefined, [included]))],
      owner: "x",
    });
    expect(result.exitCode).toBe(2);
    expect(result.remaining).toMatchObject([
      { kind: "inexcusable", rule: "template-endpoints-require-authorization", urn: included.urn },
    ]);
  });

  test("reads the other sources where one can't be read", async () => {
    const states = [file("good.json", stateOf("prod")), file("bad.json", { version: 3 })];
    const result = await asked({ states });
    expect(result.exitCode).toBe(2);
    expect(result.sources.map(({ problems }) => problems.length)).toEqual([0, 1]);
    expect(subjectsOf(exemptionsIn(result))).toEqual([`${rule} prod open GET /open`]);
  });

  test.each([
    ["weeks that reach too far", { weeks: 26 }, /^--weeks 26 from .* days ahead, .* up to 180 days ahead/],
    ["weeks beyond any calendar", { weeks: 1e15 }, /Give fewer weeks/],
    [
      "a date so long ago that reviews have passed",
      { from: inDays(-30) },
      /first review date, .*, has passed/,
    ],
  ])("fails in a sentence: %s", async (_situation, request, says) => {
    const states = [file("dates.json", stateOf("prod"))];
    await expect(asked({ states, ...request })).rejects.toThrow(says);
  });
});

describe("with a configuration that somebody has", () => {
  const closed = { [routeUrn("open")]: { authorizationType: "AWS_IAM" }, ...tagged({ owner: "orders" }) };

  test("what people wrote stays, in its order, and so do other settings", async () => {
    const others = { all: "mandatory", "stage-is-throttled": { enforcementLevel: "advisory" } };
    const mine = [written({ stacks: ["elsewhere"], note: "ours" }), written()];
    const before = await configuration(mine, others);
    const result = await asked({ states: [file("kept.json", stateOf("prod"))], before });
    expect(result.content).toEqual({
      ...others,
      "exemption-is-current": { enforcementLevel: "mandatory", exemptions: mine },
    });
    expect(Object.keys(result.content)).toEqual([...Object.keys(others), "exemption-is-current"]);
  });

  test("what nothing needs any more goes, in the stacks that were read", async () => {
    const states = [file("mended.json", stateOf("prod", closed)), file("open.json", stateOf("eu"))];
    const gone = written();
    const before = await configuration([
      written({ stacks: ["prod", "eu"] }),
      gone,
      written({ stacks: ["pro*", "elsewhere"] }),
      written({ stacks: ["elsewhere"] }),
    ]);
    const result = await asked({ states, before });
    expect(subjectsOf(exemptionsIn(result))).toEqual([
      `${rule} eu open`,
      `${rule} pro*+elsewhere open`,
      `${rule} elsewhere open`,
    ]);
    expect(result.dropped.map(({ where, stacks }) => [where, ...stacks])).toEqual([
      ["exemptions[0]", "prod"],
      ["exemptions[1]", "prod"],
    ]);
    expect(result.exitCode).toBe(0);
  });

  test("nothing goes that one of several sources of the same stack still needs", async () => {
    const states = [
      file("again/mended.json", stateOf("prod", closed)),
      file("again/open.json", stateOf("prod")),
    ];
    const result = await asked({ states, before: await configuration([written()]) });
    expect(result).toMatchObject({ dropped: [], kept: 1, exitCode: 0 });
  });

  test("nothing goes because of a state that wasn't read whole", async () => {
    const pending = { ...(stateOf("prod", closed) as { deployment: object }) };
    const half = {
      ...pending,
      deployment: { ...pending.deployment, pending_operations: [{ type: "creating" }] },
    };
    const result = await asked({
      states: [file("half.json", half)],
      before: await configuration([written()]),
    });
    expect(result).toMatchObject({ dropped: [], kept: 1, exitCode: 2 });
  });

  test("what is new is named, and exempted only where the user says so", async () => {
    const states = [file("new.json", stateOf("prod", undefined, [route("second", "GET /second")]))];
    const before = await configuration([written()]);
    const named = await asked({ states, before });
    expect(subjectsOf(exemptionsIn(named))).toEqual([`${rule} prod open`]);
    expect(named).toMatchObject({ exitCode: 2, remaining: [{ kind: "not added", urn: routeUrn("second") }] });
    const added = await asked({ states, before, adds: true });
    expect(subjectsOf(exemptionsIn(added))).toEqual([`${rule} prod open`, `${rule} prod second GET /second`]);
    expect(added).toMatchObject({ exitCode: 0, kept: 1, remaining: [] });
  });

  test("one whose review date has passed isn't renewed", async () => {
    const states = [file("lapsed.json", stateOf("prod"))];
    const before = await configuration([written({ reviewBy: inDays(-1) })]);
    const result = await asked({ states, before, adds: true });
    expect(result).toMatchObject({ exitCode: 2, added: [], kept: 1, remaining: [{ kind: "lapsed" }] });
    expect(result.remaining[0]?.because).toContain("exemptions[0] is for it and doesn't count");
  });

  test("what is wrong with an exemption is named", async () => {
    const states = [file("wrong.json", stateOf("prod"))];
    const before = await configuration([written({ owner: "" })]);
    const result = await asked({ states, before, adds: true });
    expect(result.remaining.map(({ kind, rule: of }) => [kind, of])).toEqual([
      ["lapsed", rule],
      ["inexcusable", "exemption-is-current"],
    ]);
  });

  test("the levels of the configuration count", async () => {
    const states = [file("levels.json", stateOf("prod"))];
    const before = await configuration([], { [rule]: "advisory" });
    expect(await asked({ states, before, adds: true })).toMatchObject({ exitCode: 0, added: [] });
  });

  test("an exemption would count for nothing while its policy is disabled", async () => {
    const states = [file("disabled.json", stateOf("prod"))];
    const path = file("disabled-policy.json", { "exemption-is-current": "disabled" });
    const before = await readConfigurationFile(path);
    await expect(asked({ states, before })).rejects.toThrow("so no exemption counts");
  });
});

describe("a pack of an organization", () => {
  test("that has no exemptions can't have a baseline", async () => {
    const states = [file("mirrored.json", stateOf("prod"))];
    await expect(asked({ states, policyPack: "test/fixtures/packs/mirror" })).rejects.toThrow(
      "The policy pack has no policy exemption-is-current",
    );
  });
});
