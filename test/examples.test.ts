import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readPackConfiguration } from "../review/src/packs/configuration";
import { preview } from "../review/src/preview";
import { inDays } from "./dates";
import { levelsAround } from "./policies/analyze";

const directory = join(process.cwd(), ".tmp", `examples-${process.pid}`);
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const policiesOf = ({ violations }: Awaited<ReturnType<typeof preview>>) =>
  violations.map(({ level, policy, name }) => `${level} ${policy} ${name}`);

const open = "examples/open-customer-lookup";
const secure = "examples/secure-customer-lookup";

describe("open-customer-lookup", () => {
  test("is blocked for each of its three APIs, and README.md shows how", () => {
    // Runs the preview itself, and compares what it prints with the page.
    execFileSync(process.execPath, ["scripts/readme.mjs", "--check"], { stdio: "pipe" });
  });
});

describe("secure-customer-lookup", () => {
  test("passes with a review date that lies ahead", async () => {
    const result = await preview({
      directory: secure,
      config: [`reviewBy=${inDays(90)}`],
      lookAhead: true,
    });
    expect(result).toMatchObject({ exitCode: 0, violations: [], problems: [], unseen: [] });
    const routes = result.resources.filter(({ type }) => type === "aws:apigatewayv2/route:Route");
    expect(
      routes.map(({ properties }) => [properties.routeKey, properties.authorizationType]).toSorted(),
    ).toEqual([
      ["GET /customers/{id}", "JWT"],
      ["GET /health", "NONE"],
      ["POST /customers", "JWT"],
    ]);
  });

  test("is blocked once the review date has passed: on the declaration, and on the route", async () => {
    const result = await preview({ directory: secure, config: [`reviewBy=${inDays(-1)}`] });
    expect(result.exitCode).toBe(1);
    expect(result.violations.map(({ policy }) => policy)).toEqual([
      "http-route-requires-authorization",
      "public-access-is-reviewed",
    ]);
    expect(result.violations[0]?.message).toContain("which doesn't count because its review date");
  });

  test("says in a sentence which configuration is missing", async () => {
    await expect(preview({ directory: secure })).rejects.toThrow(
      "has no value for secure-customer-lookup:reviewBy",
    );
  });
});

describe.each([
  { directory: "examples/secure-rest-api", finds: [] },
  // The document holds ARNs of the deployment, so only the look-ahead can read it.
  { directory: "examples/rest-from-openapi", finds: [] as readonly string[] },
  { directory: "examples/secure-websocket-api", finds: [] },
  { directory: "examples/private-api", finds: [] },
  { directory: "examples/custom-domain-mutual-tls", finds: [] },
])("$directory", ({ directory, finds }) => {
  const asksForReview = readFileSync(join(directory, "Pulumi.yaml"), "utf8").includes("reviewBy:");
  const config = asksForReview ? [`reviewBy=${inDays(90)}`] : [];

  test("passes", async () => {
    const result = await preview({ directory, config, lookAhead: true });
    expect(result).toMatchObject({ exitCode: 0, problems: [], unseen: [] });
    expect(policiesOf(result)).toEqual(finds);
  });
});

test("all in TypeScript compile, with the settings that each of them has", () => {
  const configs = readdirSync("examples")
    .map((example) => join("examples", example, "tsconfig.json"))
    .filter((file) => existsSync(file));
  const [settings, ...others] = configs.map((file) => readFileSync(file, "utf8"));
  for (const other of others) expect(other).toBe(settings);
  // One program of them all, because each would read the types of @pulumi/aws, which takes seconds.
  mkdirSync(directory, { recursive: true });
  const config = join(directory, "tsconfig.json");
  const extended = resolve(configs[0] ?? "");
  const files = configs.map((file) => resolve(dirname(file), "index.ts"));
  writeFileSync(config, JSON.stringify({ extends: extended, files }));
  execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", config], { stdio: "pipe" });
  expect(files.length).toBeGreaterThan(5);
});

describe("organization-pack", () => {
  test("has tests of its own rule, which pass", () => {
    const printed = execFileSync("npm", ["test"], { cwd: "examples/organization-pack", encoding: "utf8" });
    expect(printed).toMatch(/^# pass 8$/m);
    expect(printed).toMatch(/^# fail 0$/m);
  });

  const policyPacks = ["examples/organization-pack"];

  /** The pack's own exemption, with a review date that lies ahead whenever the test runs. */
  async function withReviewBy(reviewBy: string) {
    mkdirSync(directory, { recursive: true });
    const file = join(directory, "policy-config.json");
    const exemption = {
      rule: "rest-method-requires-authorization",
      project: "open-customer-lookup",
      stacks: ["dev"],
      resource: "get-customer",
      reason: "behind the partners' VPN until it is retired",
      owner: "team-partners",
      reviewBy,
    };
    const settings = { enforcementLevel: "mandatory", maxReviewDays: 120, exemptions: [exemption] };
    writeFileSync(file, JSON.stringify({ "exemption-is-current": settings }));
    return readPackConfiguration(file);
  }

  test("blocks what it doesn't exempt, and adds its own rule", async () => {
    const policyPackConfigs = [await withReviewBy(inDays(90))];
    const result = await preview({ directory: open, policyPacks, policyPackConfigs });
    expect(result.exitCode).toBe(1);
    // Of the pack's rules, those about who may call: each rule more about what is logged may have its say, too.
    const isOther = (policy: string) => levelsAround(undefined)[policy] === "disabled";
    expect(policiesOf(result).filter((found) => !isOther(found.split(" ")[1] ?? ""))).toEqual([
      "mandatory http-route-requires-authorization lookup",
      "mandatory openapi-operation-requires-authorization customers-partners",
      "advisory api-names-its-team customers-partners",
      "advisory api-names-its-team customers-rest",
      "advisory api-names-its-team customers-http",
    ]);
  });

  test("lets a declared route pass only where the organization has approved it", async () => {
    const config = [`reviewBy=${inDays(90)}`];
    const result = await preview({ directory: secure, policyPacks, config });
    expect(policiesOf(result).filter((violation) => violation.startsWith("mandatory"))).toEqual([]);
  });
});

test("a pack that is composed with options only still blocks", async () => {
  const pack = join(directory, "options-only");
  mkdirSync(pack, { recursive: true });
  writeFileSync(join(pack, "package.json"), JSON.stringify({ name: "options-only", version: "1.0.0" }));
  writeFileSync(join(pack, "PulumiPolicy.yaml"), "runtime: nodejs\n");
  writeFileSync(
    join(pack, "index.js"),
    `const { guardrails } = require("@api-guardrails/policies");
const { PolicyPack } = require("@pulumi/policy");
const options = { "rest-method-requires-authorization": { acceptApiKeys: true } };
const { policies, initialConfig } = guardrails({ options });
new PolicyPack("options-only", { policies }, initialConfig);
`,
  );
  const result = await preview({ directory: open, policyPacks: [pack] });
  expect(result.exitCode).toBe(1);
  expect(policiesOf(result)).toContain("mandatory rest-method-requires-authorization get-customer");
});
