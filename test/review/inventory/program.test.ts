import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { inventory } from "../../../review/src/inventory";
import { inventoryText } from "../../../review/src/reports/inventory-text";
import { printableInventory } from "../../../review/src/reports/printable";
import { collectSecrets } from "../../../review/src/secrets";
import { inventoryReportOf } from "../reports/report-schema";
import { started } from "../started";
import { inScope, written, writtenProgram } from "../written-program";
import { lineOf } from "./lines";

const api = 'const api = new Api("shop", { name: "shop", protocolType: "HTTP" });';
const open = `${api} new Route("health", { apiId: api.id, routeKey: "GET /health" });`;
const read = (source: string, others: object = {}) =>
  inventory({ directories: [writtenProgram(source)], states: [], lookAhead: true, ...others });

describe("a program", () => {
  test("names the line of the program, also where a component registers the resource", async () => {
    const { rows } = await read(`${api}
class Health extends Component {
  constructor(name) {
    super(name);
    new Route(name, { apiId: api.id, routeKey: "GET /" + name }, { parent: this });
  }
}
new Health("alive");`);
    expect(rows[0]?.source).toEqual({ file: "index.js", line: expect.any(Number) });
  });

  test("has what only a look-ahead shows, and nothing that it made up", async () => {
    const result = await read(`${api}
api.id.apply((apiId) => {
  const authorizer = new Authorizer("people", {
    apiId, authorizerType: "JWT", name: "people",
    jwtConfiguration: { issuer: \`https://\${apiId}.example.com\`, audiences: ["shop"] },
  });
  new Route("late", { apiId, routeKey: "GET /late", authorizationType: "JWT", authorizerId: authorizer.id });
});`);
    expect(result.rows.map(lineOf)).toEqual(["HTTP API shop/... | GET /late | authenticated by JWT"]);
    expect(result.rows[0]?.authentication.issuers).toEqual([]);
    expect(JSON.stringify(result.rows)).not.toMatch(/placeholder/i);
  });

  test("leaves out what only a look-ahead shows, without one", async () => {
    const late = `${api} api.id.apply((apiId) => { new Route("late", { apiId, routeKey: "GET /late" }); });`;
    const { rows, sources } = await read(late, { lookAhead: false });
    expect(rows).toEqual([]);
    expect(sources[0]?.unseen).toEqual([expect.stringContaining("didn't run")]);
  });

  test("prints no secret", async () => {
    const secrets = collectSecrets();
    const result = await read(
      `${api} new Route("hidden", { apiId: api.id, routeKey: pulumi.secret("GET /door-4711") });`,
      { secrets },
    );
    const shown = printableInventory(result, secrets);
    expect(shown.rows).toHaveLength(1);
    expect(shown.rows[0]).toMatchObject({
      authentication: { verdict: "open" },
      ...{ method: null, path: null, unknown: ["path", "method", "stage", "hosts"] },
    });
    expect(JSON.stringify(shown) + inventoryText(shown, { colors: false })).not.toContain("4711");
  });

  test("with an exemption in the pack's configuration", async () => {
    const exempted = {
      ...{
        rule: "http-route-requires-authorization",
        project: "customers",
        stacks: ["dev"],
        resource: "health",
      },
      ...{
        reason: "load balancer health probe, returns no data",
        owner: "team-edge",
        reviewBy: "2020-01-01",
      },
    };
    const configuration = { "exemption-is-current": { properties: { exemptions: [exempted] } } };
    const { rows } = await read(open, { configuration });
    expect(rows[0]?.declaration).toBeNull();
    expect(rows[0]?.notes).toEqual([
      expect.stringMatching(/^Exempted by exemptions\[0\], which doesn't count/),
    ]);
  });

  test("that fails isn't seen whole", async () => {
    const result = await read(`${open} throw new pulumi.RunError("no such table");`);
    expect(result).toMatchObject({
      exitCode: 2,
      sources: [{ problems: [expect.stringContaining("no such table")] }],
    });
  });

  test("keeps nobody from reading the others, if it can't be previewed", async () => {
    const result = await inventory({ directories: ["test/review", writtenProgram(open)], states: [] });
    expect(result.exitCode).toBe(2);
    expect(result.sources.map(({ project }) => project)).toEqual([null, "customers"]);
    expect(result.rows).toHaveLength(1);
  });
});

describe("the command line", () => {
  test("exits with 0 whatever is open, and prints what it found", async () => {
    const directory = writtenProgram(open);
    const [text, json] = await Promise.all([
      started(["inventory", directory]).ended,
      started(["inventory", directory, "--format", "json"]).ended,
    ]);
    expect(text).toMatchObject({ code: 0, stderr: "" });
    expect(text.stdout).toContain('Anyone may call (1)\n  HTTP API "shop", no stage here\n    GET /health');
    expect(json).toMatchObject({ code: 0, stderr: "" });
    expect(inventoryReportOf(json.stdout).rows).toHaveLength(1);
  });

  test("says what is wrong if nothing can be read, as JSON too", async () => {
    const ended = await started(["inventory", "test/review", "--format=json"]).ended;
    expect(ended.code).toBe(2);
    expect(ended.stderr).toMatch(/^api-guardrails: /);
    const { sources } = inventoryReportOf(ended.stdout);
    expect(ended.stderr.replace(/\s+/g, " ")).toContain(sources[0].problems[0].replace(/\s+/g, " "));
  });

  test.each([
    [["--format", "yaml"], "Allowed choices are text, json, markdown, html, csv, cyclonedx"],
    [["--state", "nowhere.json"], "There is no file or folder nowhere.json"],
  ])("refuses %j", async (args, sentence) => {
    const ended = await started(["inventory", ...args]).ended;
    expect(ended).toMatchObject({ code: 2, stdout: "" });
    expect(ended.stderr).toContain(sentence);
  });
});

describe("a folder of projects", () => {
  const projectOf = (name: string, others: Readonly<Record<string, string | object>> = {}) => ({
    [`${name}/Pulumi.yaml`]: { name, runtime: "nodejs" },
    [`${name}/index.js`]: `${inScope}\n${open}`,
    ...others,
  });

  test("is an inventory of each of them, also of one within another, and of none that is installed", async () => {
    const directory = written({
      ...projectOf("services/shop-10"),
      ...projectOf("services/shop-9"),
      ...projectOf("services/shop-9/canary"),
      ...projectOf("node_modules/sample"),
      ...projectOf(".cache/old"),
    });
    const { sources, rows, exitCode } = await inventory({ directories: [directory], states: [] });
    const names = ["services/shop-9", "services/shop-9/canary", "services/shop-10"];
    expect(sources.map(({ name }) => name)).toEqual(names.map((name) => join(directory, name)));
    expect([rows.length, exitCode]).toEqual([3, 0]);
  });

  test("of which one can't be previewed is an inventory of the others, which isn't whole", async () => {
    const directory = written({
      ...projectOf("shop"),
      "billing/Pulumi.yaml": { name: "billing", runtime: "python" },
    });
    const { sources, rows, exitCode } = await inventory({ directories: [directory], states: [] });
    expect(sources.map(({ problems }) => problems)).toEqual([
      [expect.stringContaining("has the runtime python")],
      [],
    ]);
    expect([rows.length, exitCode]).toEqual([1, 2]);
  });

  test("is no folder without any", async () => {
    const directory = written({ "readme.txt": "" });
    // Above the tests' folders there is no project either.
    await expect(inventory({ directories: [directory], states: [] })).rejects.toThrow("and none below it");
  });
});
