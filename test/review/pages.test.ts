import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { guardrails } from "../../policies/src";
import { readFixtures } from "../../review/src/invokes";
import { readPackConfiguration, reconcile } from "../../review/src/packs/configuration";
import { type PreviewResult, preview } from "../../review/src/preview";
import { githubReport } from "../../review/src/reports/github";
import { jsonReport } from "../../review/src/reports/json";
import { markdownReport } from "../../review/src/reports/markdown";
import { printable } from "../../review/src/reports/printable";
import { textReport } from "../../review/src/reports/text";
import { collectSecrets } from "../../review/src/secrets";
import { readSettings } from "../../review/src/settings";
import { reportOf } from "./reports/report-schema";
import { mirrorPack, written } from "./written-program";

const page = (name: string) => readFileSync(join("docs", name), "utf8");

/** The block of a page that follows a comment. */
function blockOf(name: string, comment: string): string {
  const [, , block] =
    new RegExp(`<!-- ${comment} -->\n(\`{3,})\\w+\n([\\s\\S]*?)\n\\1`).exec(page(name)) ?? [];
  if (block === undefined) throw new Error(`docs/${name} has no block <!-- ${comment} -->`);
  return block;
}

/** The names of the properties in a schema, at any depth. */
function propertiesOf(schema: unknown): readonly string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const { properties = {}, ...others } = schema as { readonly properties?: object };
  return [
    ...Object.keys(properties),
    ...[...Object.values(properties), ...Object.values(others)].flatMap(propertiesOf),
  ];
}
const schema = (name: string) => JSON.parse(readFileSync(join("review/schemas", name), "utf8"));

describe("docs/fixtures.md", () => {
  test("has an example that runs, uses each entry and keeps the secret secret", async () => {
    const directory = written({
      "Pulumi.yaml": { name: "customers", runtime: "nodejs", main: "index.mjs" },
      "package.json": { name: "customers", private: true },
      "index.mjs": blockOf("fixtures.md", "program"),
      "fixtures.json": blockOf("fixtures.md", "fixtures"),
    });
    const fixtures = await readFixtures(join(directory, "fixtures.json"));
    const result = await preview({ directory, fixtures, policyPacks: ["policies", mirrorPack] });
    const found = result.violations.filter(({ pack }) => pack === "api-guardrails");
    expect({ problems: result.problems, notices: result.notices, found }).toEqual({
      problems: [],
      notices: [],
      found: [],
    });
    const authorizer = result.resources.find(({ type }) => type.endsWith(":Authorizer"));
    expect(JSON.stringify(authorizer?.properties.jwtConfiguration)).toContain(
      '{"4dabf18193072939515e22adb298388d":"1b47061264138c4ac30d75fd1eb44270","value":"customers"}',
    );
    reportOf(jsonReport(result));
  });

  test("names every field of the schema", () => {
    for (const name of propertiesOf(schema("fixtures.json"))) {
      expect(page("fixtures.md")).toContain(`\`${name}\``);
    }
  });

  test("names every function that needs no entry", () => {
    const source = readFileSync("review/src/invokes/answer.ts", "utf8");
    const tokens = [...source.matchAll(/^ {2}"(awsx?):(\w+)(?:\/\w+)?:(\w+)":/gm)];
    expect(tokens.length).toBeGreaterThan(5);
    for (const [, packageName, module, name] of tokens) {
      expect(page("fixtures.md")).toContain(
        `\`${packageName}.${module === "index" ? "" : `${module}.`}${name}\``,
      );
    }
  });
});

describe("docs/settings.md", () => {
  const isSetting = new Ajv2020({
    allowUnionTypes: true,
    schemas: { "fixtures.json": schema("fixtures.json") },
  }).compile(schema("settings.json"));

  test("has an example that is read and that matches the schema", async () => {
    const example = blockOf("settings.md", "settings");
    const directory = written({ "api-guardrails.yaml": example });
    const settings = await readSettings(directory);
    expect(settings).toMatchObject({ replacesSecrets: true, lookAhead: false });
    expect(settings.stacks.prod?.secretKeys).toEqual(["token"]);
    expect(isSetting(parse(example))).toBe(true);
  });

  test("names every field of the schema", () => {
    for (const name of propertiesOf(schema("settings.json"))) expect(page("settings.md")).toContain(name);
  });
});

describe("docs/preview.md", () => {
  let result: PreviewResult | undefined;
  const late = async () => {
    const directory = written({
      "Pulumi.yaml": { name: "customers", runtime: "nodejs", main: "index.mjs" },
      "package.json": { name: "customers", private: true },
      "index.mjs": blockOf("preview.md", "late-program"),
    });
    result ??= await preview({ directory, lookAhead: true });
    return result;
  };

  test("shows what the look-ahead says of its example", async () => {
    expect(textReport(await late(), { colors: false })).toBe(`${blockOf("preview.md", "late-report")}\n`);
  });

  test("shows the annotations and the comment for the same example", async () => {
    const shown = printable(await late(), collectSecrets());
    const place = { folder: "infra/", projectFile: "Pulumi.yaml" };
    expect(githubReport(shown, place)).toBe(`${blockOf("preview.md", "late-github")}\n`);
    expect(markdownReport(shown)).toBe(`${blockOf("preview.md", "late-markdown")}\n`);
  });

  test("has an example of a report that matches the schema and has every field", () => {
    const report = reportOf(blockOf("preview.md", "report"));
    const keys = (value: unknown): readonly string[] =>
      typeof value === "object" && value !== null
        ? [
            ...(Array.isArray(value) ? [] : Object.keys(value)),
            ...Object.values(value).flatMap((each) => keys(each)),
          ]
        : [];
    const shown = new Set(keys(report));
    expect(propertiesOf(schema("report.json")).filter((name) => !shown.has(name))).toEqual([]);
  });
});

test("policies/CONFIGURATION.md has a configuration that has the described effect on our pack", async () => {
  const [block = ""] =
    /\{\n {2}"all"[\s\S]*?\n\}/.exec(readFileSync("policies/CONFIGURATION.md", "utf8")) ?? [];
  const file = join(written({ "config.json": block }), "config.json");
  const policies = guardrails().policies.map(({ name, configSchema }) => ({
    ...{
      name,
      enforcementLevel: "mandatory" as const,
      severity: "high" as const,
      judgesStack: false,
      kindsOutside: [],
    },
    configSchema: configSchema && { properties: { ...configSchema.properties }, required: [] },
  }));
  const info = { name: "api-guardrails", version: "0.1.0", initialConfig: {}, policies };
  const settings = reconcile(info, await readPackConfiguration(file));
  const raised = Object.keys(settings).filter((name) => settings[name]?.enforcementLevel === "mandatory");
  expect(raised.toSorted()).toEqual([
    "http-route-requires-authorization",
    "rest-method-requires-authorization",
  ]);
  expect(settings["rest-method-requires-authorization"]?.properties).toMatchObject({ acceptApiKeys: true });
  expect(settings["exemption-is-current"]?.enforcementLevel).toBe("advisory");
});
