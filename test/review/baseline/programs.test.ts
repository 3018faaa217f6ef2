import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { asText, defaultOwnerTags, readConfigurationFile } from "../../../review/src/baseline";
import { preview } from "../../../review/src/preview";
import { inDays } from "../../dates";
import { everyRuleConfiguration, violatingEveryRule } from "../../engine/every-rule";
import { baselineReportOf } from "../reports/report-schema";
import { started } from "../started";
import { written, writtenProgram } from "../written-program";
import { asked, exemptionsIn, subjectsOf } from "./asked";

const rule = "http-route-requires-authorization";

/** A program with open routes, of which some are mended. */
const shop = (routes: number, mended: readonly number[] = []) => `
const api = new Api("api", { protocolType: "HTTP", tags: { owner: "orders" } });
for (let index = 0; index < ${routes}; index++) {
  const closed = ${JSON.stringify(mended)}.includes(index) ? { authorizationType: "AWS_IAM" } : {};
  new Route("route-" + index, { apiId: api.id, routeKey: "GET /" + index, ...closed });
}`;

describe("a baseline of a program", () => {
  test("exempts 40 open routes; the next is blocked, and what is mended is named", async () => {
    const directory = writtenProgram(shop(40));
    const result = await asked({ directories: [directory] });
    expect(result).toMatchObject({ exitCode: 0, remaining: [] });
    expect(result.added).toHaveLength(40);
    expect(new Set(result.added.map(({ reviewBy }) => reviewBy)).size).toBe(40);
    const file = join(directory, "baseline.json");
    writeFileSync(file, asText(result.content));
    const before = await readConfigurationFile(file);
    const judged = async () =>
      preview({ directory, policyPacks: ["policies"], policyPackConfigs: [before.configuration] });

    const green = await judged();
    expect(green).toMatchObject({ exitCode: 0, problems: [] });
    expect(green.exceptions).toHaveLength(40);

    writeFileSync(join(directory, "index.js"), readFileSync(join(writtenProgram(shop(41, [7])), "index.js")));
    const red = await judged();
    expect(red.exitCode).toBe(1);
    expect(red.violations.filter(({ level }) => level === "mandatory").map(({ name }) => name)).toEqual([
      "route-40",
    ]);
    const at = exemptionsIn(result).findIndex(({ resource }) => resource === "route-7");
    expect(red.violations.map(({ message }) => message).join("\n")).toContain(
      `exemptions[${at}] covers nothing: ${rule} has no finding on what it names in this stack.`,
    );

    const after = await asked({ directories: [directory], before });
    expect(after.dropped.map(({ resource }) => resource)).toEqual(["route-7"]);
    expect(after.remaining.map(({ kind, urn }) => [kind, urn.split("::").at(-1)])).toEqual([
      ["not added", "route-40"],
    ]);
    expect(after).toMatchObject({ kept: 39, added: [], exitCode: 2 });
  });

  test("exempts whatever violates any rule, where an exemption can", async () => {
    const directory = written({
      "Pulumi.yaml": { name: "customers", runtime: "nodejs" },
      "package.json": { name: "customers" },
      "index.js": `const pulumi = require("@pulumi/pulumi");\n${violatingEveryRule}`,
    });
    const levels = written({ "levels.json": { ...everyRuleConfiguration(), all: "mandatory" } });
    const before = await readConfigurationFile(join(levels, "levels.json"));
    const exempted = asked({ directories: [directory], before, adds: true, owner: "team-edge" });
    const { remaining, added } = await exempted;
    expect(remaining.map(({ kind, rule: of, urn }) => [kind, of, urn.split("::").at(-1)])).toEqual([
      ["inexcusable", "template-endpoints-require-authorization", "included"],
    ]);
    expect(new Set(added.map((one) => one.rule)).size).toBeGreaterThan(30);
  });

  test("doesn't exempt again what bypasses a route that is exempted", async () => {
    const directory = writtenProgram(`
const Rest = customResource("aws:apigateway/restApi:RestApi", ["rootResourceId", "executionArn"]);
const RestMethod = customResource("aws:apigateway/method:Method");
const policy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "execute-api:/*" }],
});
const rest = new Rest("rest", { policy });
const open = { restApi: rest.id, resourceId: rest.rootResourceId, authorization: "NONE" };
new RestMethod("lookup", { ...open, httpMethod: "GET" });`);
    const bypasses = (await preview({ directory, policyPacks: ["policies"] })).violations;
    expect(bypasses.map(({ policy }) => policy)).toContain("resource-policy-restricts-callers");
    const result = await asked({ directories: [directory], owner: "team-edge" });
    expect(subjectsOf(exemptionsIn(result))).toEqual(["rest-method-requires-authorization dev lookup"]);
    expect(result.exitCode).toBe(0);
  });

  test("exempts what a look-ahead shows, and nothing that it made up", async () => {
    const directory = writtenProgram(`
const api = new Api("api", { protocolType: "HTTP" });
api.id.apply((id) => {
  new Route("late", { apiId: id, routeKey: "GET /late" });
  new Route("made-of-" + id, { apiId: id, routeKey: "GET /made" });
  new Route("made-key", { apiId: id, routeKey: "GET /" + id });
});`);
    const result = await asked({ directories: [directory], owner: "team-edge", lookAhead: true });
    expect(subjectsOf(exemptionsIn(result))).toEqual([`${rule} dev late GET /late`, `${rule} dev made-key`]);
    expect(result.remaining.map(({ kind, because }) => [kind, because])).toEqual([
      ["inexcusable", "its name is secret, or only known after the deployment"],
    ]);
  });

  test("keeps the exemptions that a pack of an organization has itself", async () => {
    const own = `{ rule: "${rule}", project: "customers", stacks: ["dev"], resource: "route-0", reason: "the shop window, which everybody may see", owner: "window", reviewBy: "${inDays(60)}" }`;
    const policyPack = written({
      "package.json": { name: "acme", version: "1.2.3" },
      "PulumiPolicy.yaml": "runtime: nodejs\n",
      "index.js": `const { guardrails } = require("@api-guardrails/policies");
const { PolicyPack } = require("@pulumi/policy");
const { policies, initialConfig } = guardrails({ exemptions: [${own}] });
const ours = {
  name: "queues-are-named", description: "Queues are named.", enforcementLevel: "mandatory",
  validateResource: ({ type, name }, report) => { if (type.includes("Api")) report(name + " is no queue"); },
};
new PolicyPack("acme", { policies: [...policies, ours] }, initialConfig);`,
    });
    const result = await asked({ directories: [writtenProgram(shop(2))], policyPack });
    expect(exemptionsIn(result).map(({ resource, owner }) => [resource, owner])).toEqual([
      ["route-0", "window"],
      ["route-1", "orders"],
    ]);
    expect(result.remaining).toMatchObject([{ kind: "inexcusable", rule: "queues-are-named" }]);
  });
});

describe("the command", () => {
  test("writes the configuration and says who has to review what, and when", async () => {
    const directory = writtenProgram(shop(3));
    const file = join(directory, "baseline.json");
    const args = ["baseline", directory, "--output", file];
    const text = await started(args).ended;
    expect(text.code).toBe(0);
    expect(text.stdout).toMatch(
      /^Baseline of customers \(dev\):\n\nBy owner\n {2}orders {2}3\n\nBy week of review\n/,
    );
    expect(text.stdout).toContain(`${file} has 3 exemptions\n`);
    const first = readFileSync(file, "utf8");

    const again = await started(args).ended;
    expect(again.code).toBe(2);
    expect(again.stderr).toContain(
      `${file} is there already. To keep what somebody wrote into it, give --update`,
    );
    expect(readFileSync(file, "utf8")).toBe(first);

    const updated = await started(["baseline", directory, "--update", file, "--format", "json"]).ended;
    const report = baselineReportOf(updated.stdout);
    expect(report).toMatchObject({ exitCode: 0, file, kept: 3, added: [], byOwner: [] });
    expect(readFileSync(file, "utf8")).toBe(first);
  });

  test("says in JSON what it wrote, and why it wrote nothing", async () => {
    const directory = writtenProgram(shop(2).replace("orders", ""));
    const file = join(directory, "baseline.json");
    const args = ["baseline", directory, "-o", file, "--format", "json"];
    const failed = await started(args).ended;
    expect(failed.code).toBe(2);
    expect(baselineReportOf(failed.stdout).sources[0].problems[0]).toContain(
      "Nobody knows who answers for 2",
    );
    expect(existsSync(file)).toBe(false);
    const written = await started([...args, "--owner", "team-edge", "--weeks", "1"]).ended;
    expect(baselineReportOf(written.stdout)).toMatchObject({
      added: [{ resource: "route-0" }, { resource: "route-1" }],
      byOwner: [{ owner: "team-edge", count: 2 }],
      byWeek: [{ count: 2 }],
    });
  });

  test.each([
    ["weeks that are none", ["--weeks", "0"], "--weeks has to be a whole number of weeks from 1 on"],
    ["a date that the calendar hasn't", ["--from", "2027-02-29"], "--from has to be a date of the calendar"],
    ["--add to nothing", ["--add"], "--add adds to the configuration that --update names"],
    ["an update of no file", ["--update", "gone.json"], "gone.json can't be read"],
  ])("fails in a sentence: %s", async (_situation, options, says) => {
    const { code, stderr } = await started(["baseline", ".", ...options]).ended;
    expect(code).toBe(2);
    expect(stderr).toContain(says);
  });
});

describe("docs/baseline.md", () => {
  const page = readFileSync("docs/baseline.md", "utf8");
  const blockOf = (comment: string) =>
    new RegExp(`<!-- ${comment} -->\n\`\`\`\\w+\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? "";
  /** Of each week, only that it is one: the page was written on another day. */
  const undated = (text: string) => text.replace(/\d{4}-\d\d-\d\d/g, "DATE");

  test("shows what an example answers", async () => {
    const file = join(written({ "Pulumi.yaml": "" }), "baseline.json");
    const example = "examples/open-customer-lookup";
    const { stdout } = await started(["baseline", example, "--owner", "team-lookup", "--output", file]).ended;
    expect(undated(blockOf(`baseline: ${example}`))).toBe(undated(stdout).replace(file, "baseline.json"));
    const [first] = JSON.parse(readFileSync(file, "utf8"))["exemption-is-current"].exemptions;
    expect(JSON.parse(undated(blockOf("first exemption")))).toEqual(
      JSON.parse(undated(JSON.stringify(first))),
    );
  });

  test("names the tags that say who answers for something", () => {
    for (const tag of defaultOwnerTags) expect(page).toContain(`\`${tag}\``);
  });
});
