import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readFixtures } from "../../../review/src/invokes";
import type { PreviewResult } from "../../../review/src/preview";
import { jsonReport } from "../../../review/src/reports/json";
import { printable } from "../../../review/src/reports/printable";
import { textReport } from "../../../review/src/reports/text";
import { collectSecrets } from "../../../review/src/secrets";
import { UNKNOWN as unknown } from "../../unknown";
import { reportOf } from "../reports/report-schema";
import { type Files, mirrorPack, previewProgram, type Shown, shown, written } from "../written-program";

const encrypted = { secure: "v1:AbC=" };
const replacing = (config: object, others: Files = {}): Files => ({
  "Pulumi.dev.yaml": { config },
  "api-guardrails.yaml": { secrets: "placeholder" },
  ...others,
});

describe("what is made of an encrypted value is unknown to a pack, never a word", () => {
  let result: PreviewResult;
  let registered: Record<string, Shown>;
  let final: Record<string, Shown>;
  const secrets = collectSecrets();
  beforeAll(async () => {
    result = await previewProgram(
      `
      const config = new pulumi.Config();
      const word = config.requireSecret("word");
      const { user, password } = config.requireObject("db");
      new Route("whole", { authorizationType: word, routeKey: "GET /" });
      new Route("part", { authorizationType: pulumi.interpolate\`AWS_\${word}\`, routeKey: "GET /" });
      new Route("upper", { authorizationType: word.apply((text) => text.toUpperCase()), routeKey: "GET /" });
      new Route("plain", { authorizationType: config.require("word"), routeKey: "GET /" });
      new Api("nested", { tags: { list: ["known", word], user, password } });
      new Api("key", { tags: word.apply((text) => ({ inner: { [text]: 1 } })), name: "known" });
      const component = new Component("component", { word });
      component.registerOutputs({ word, name: "known" });
      const elsewhere = new pulumi.ProviderResource("aws", "elsewhere", { secretKey: word, region: "eu-west-1" });
      const provided = new Api("provided", { name: "known" }, { provider: elsewhere });
      provided.name.apply((name) => console.log("name of provided: " + name));
      console.log(password);
      const region = pulumi.runtime.invoke("aws:index/getRegion:getRegion", {});
      new Api("regional", { name: region.then(({ name }) => name) });
      `,
      {
        policyPacks: [mirrorPack],
        secrets,
        files: replacing({
          word: encrypted,
          db: { user: "known", password: encrypted },
          "aws:secretKey": encrypted,
          "aws:region": encrypted,
        }),
      },
    );
    registered = shown(result, "resource");
    final = shown(result, "stack");
  });

  test("and the run has no problem", () => {
    expect(result.problems).toEqual([]);
    expect(result.exitCode).toBe(0);
  });

  test.each<[situation: string, name: string, properties: object]>([
    ["the whole value", "whole", { authorizationType: unknown, routeKey: "GET /" }],
    ["a text that contains it", "part", { authorizationType: unknown, routeKey: "GET /" }],
    ["in capitals", "upper", { authorizationType: unknown, routeKey: "GET /" }],
    ["read without the secret", "plain", { authorizationType: unknown, routeKey: "GET /" }],
    [
      "in a list and an object",
      "nested",
      { tags: { list: ["known", unknown], user: "known", password: unknown } },
    ],
    ["as a key", "key", { tags: { inner: unknown }, name: "known" }],
    ["of a component", "component", { word: unknown }],
    ["of a provider", "elsewhere", { secretKey: unknown, region: "eu-west-1" }],
  ])("%s", (_situation, name, properties) => {
    expect(registered[name]?.properties).toEqual(properties);
  });

  test("of the default provider, from the stack's configuration", () => {
    const provider = registered.default?.properties;
    expect(provider).toEqual({ secretKey: unknown, region: unknown });
  });

  test("in outputs, too", () => {
    expect(final.component?.outputs).toEqual({ word: unknown, name: "known" });
  });

  test("but a provider that has one is configured, so its resources have outputs", () => {
    expect(result.output).toContain("name of provided: known\n");
    expect(final.provided?.outputs).toMatchObject({ name: "known" });
  });

  test("and a region that is encrypted answers no invoke", () => {
    expect(registered.regional?.properties).toEqual({ name: "us-east-1" });
  });

  test("and no placeholder is printed", () => {
    expect(result.output).toContain("encrypted-value-placeholder-2");
    expect(textReport(printable(result, secrets), { colors: false })).not.toContain("placeholder-2");
  });
});

test("an authorization type that is encrypted is judged as any word that it could be", async () => {
  const result = await previewProgram(
    `const type = new pulumi.Config().requireSecret("type");
     new Route("route", { apiId: "a1", routeKey: "GET /customers", authorizationType: type });`,
    { files: replacing({ type: encrypted }) },
  );
  expect(result.exitCode).toBe(1);
  expect(result.violations.map(({ policy, name }) => `${policy} ${name}`)).toEqual([
    "http-route-requires-authorization route",
  ]);
});

describe("values for a stack that imports ESC environments reach the program", () => {
  test("configuration and variables, secrets masked", async () => {
    const result = await previewProgram(
      `const config = new pulumi.Config();
       config.requireSecret("token");
       console.log([config.require("colour"), process.env.GREETING, process.env.API_KEY, config.require("token")].join(" "));
       new Component("component");`,
      {
        policyPacks: [mirrorPack],
        files: {
          "Pulumi.dev.yaml": { environment: ["acme/dev"] },
          "api-guardrails.yaml": {
            stacks: {
              dev: {
                config: { colour: "blue", token: { "fn::secret": "hunter2" } },
                environmentVariables: { GREETING: "hello", API_KEY: { "fn::secret": "hunter3" } },
              },
            },
          },
        },
      },
    );
    expect(result.output).toBe("blue hello hunter3 hunter2\n");
    expect(result.exitCode).toBe(0);
  });

  test("but no variable replaces what the runner is told", async () => {
    const result = await previewProgram("new Component(new pulumi.Config().require('colour'));", {
      policyPacks: [mirrorPack],
      files: {
        "Pulumi.dev.yaml": { environment: ["acme/dev"], config: { colour: "blue" } },
        "api-guardrails.yaml": { stacks: { dev: { environmentVariables: { PULUMI_CONFIG: "{}" } } } },
      },
    });
    expect(result.problems).toEqual([]);
  });
});

describe("fixtures of the settings", () => {
  const parameter = "aws:ssm/getParameter:getParameter";
  const source = `
    const read = (name) => pulumi.runtime.invoke("${parameter}", { name }).then(({ value }) => value);
    new Api("api", { name: read("a"), description: read("b") });`;
  const entry = (name: string, value: string) => ({
    token: parameter,
    arguments: { name },
    result: { value },
  });
  const previewed = async (fixtures: unknown, files: Files = {}, given?: object) => {
    const file = given && join(written({ "fixtures.json": given }), "fixtures.json");
    const result = await previewProgram(source, {
      policyPacks: [mirrorPack],
      files: { "api-guardrails.yaml": { fixtures }, ...files } as Files,
      ...(file !== undefined && { fixtures: await readFixtures(file) }),
    });
    return { ...result, api: shown(result, "resource").api?.properties };
  };
  const both = { invokes: [entry("a", "1"), entry("b", "2")] };

  test("answer if they are written there", async () => {
    const { api, notices, exitCode } = await previewed(both);
    expect({ api, notices, exitCode }).toEqual({
      api: { name: "1", description: "2" },
      notices: [],
      exitCode: 0,
    });
  });

  test("answer from a file, relative to the settings", async () => {
    const { api } = await previewed("answers/fixtures.json", { "answers/fixtures.json": both });
    expect(api).toEqual({ name: "1", description: "2" });
  });

  test("those of --fixtures add to them, and take precedence", async () => {
    const { api, notices } = await previewed(both, {}, { invokes: [entry("b", "given")] });
    expect(api).toEqual({ name: "1", description: "given" });
    expect(notices).toEqual([
      expect.stringMatching(
        /api-guardrails\.yaml: in fixtures, invokes\[1\] \(.*\) answered nothing in this run\.$/,
      ),
    ]);
  });

  test.each<[situation: string, fixtures: unknown, files: Files, sentence: RegExp]>([
    [
      "a mistake",
      { invokes: [{ token: parameter }] },
      {},
      /api-guardrails\.yaml: in fixtures, invokes\[0\]\.result has to be an object\.$/,
    ],
    [
      "a mistake in the file",
      "fixtures.json",
      { "fixtures.json": { invokes: 1 } },
      /fixtures\.json: invokes has to be a list\.$/,
    ],
    [
      "a file that isn't there",
      "fixtures.json",
      {},
      /^The fixtures .*fixtures\.json can't be read\. They are named in .*api-guardrails\.yaml\.$/,
    ],
  ])("are refused: %s", async (_situation, fixtures, files, sentence) => {
    await expect(previewed(fixtures, files)).rejects.toThrow(sentence);
  });

  test("are refused: a bare date", async () => {
    const yaml = `fixtures: { invokes: [{ token: "${parameter}", result: { value: 2027-01-31 } }] }`;
    await expect(
      previewProgram("", { files: { "api-guardrails.yaml": yaml }, policyPacks: [mirrorPack] }),
    ).rejects.toThrow(/api-guardrails\.yaml: in fixtures, an answer is a bare date; write it in quotes\.$/);
  });
});

test("an acceptance of the settings is listed with its reason and its owner", async () => {
  const result = await previewProgram(
    `class Site extends pulumi.ComponentResource { constructor(name) { super("acme:index:Site", name, {}, {}, true); } }
     new Site("pages");`,
    {
      policyPacks: [mirrorPack],
      files: {
        "api-guardrails.yaml": {
          acceptUnseen: [
            { type: "acme:index:*", reason: "static pages", owner: "team-web" },
            { type: "acme:data:*", reason: "tables" },
          ],
        },
      },
    },
  );
  expect(result.exitCode).toBe(0);
  expect(result.notices).toEqual([
    "acceptUnseen[1] of api-guardrails.yaml, acme:data:*, accepted nothing in this run: the program has no remote component of that type. Remove it.",
  ]);
  expect(reportOf(jsonReport(result)).unseen).toMatchObject([
    {
      because: "accepted",
      sentence:
        'The children of the remote component "pages" (acme:index:Site) weren\'t judged, which acceptUnseen[0] of api-guardrails.yaml accepts: static pages (team-web).',
      reason: "static pages",
      owner: "team-web",
    },
  ]);
});

test.each<[situation: string, settings: object, asked: boolean, looksAhead: boolean]>([
  ["without the setting", {}, true, true],
  ["with true", { lookAhead: true }, true, true],
  ["not with false", { lookAhead: false }, true, false],
  ["not with --no-look-ahead, whatever the setting says", { lookAhead: true }, false, false],
])("a preview looks ahead %s", async (_situation, settings, asked, looksAhead) => {
  const result = await previewProgram(
    'new Api("api", {}).id.apply((apiId) => { new Route("late", { apiId, routeKey: "GET /" }); });',
    { policyPacks: [mirrorPack], files: { "api-guardrails.yaml": settings }, lookAhead: asked },
  );
  expect(result.resources.some(({ name }) => name === "late")).toBe(looksAhead);
  expect(result.unseen.map(({ because }) => because)).toEqual(looksAhead ? [] : ["deployment"]);
  expect(result.exitCode).toBe(0);
});
