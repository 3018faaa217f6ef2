import { existsSync, readFileSync } from "node:fs";
import { rules, themes } from "@api-guardrails/policies";
import { describe, expect, test } from "vitest";
import { findRule, ownCatalogue } from "../../../review/src/catalogue";
import { ruleMarkdown, rulesMarkdown } from "../../../review/src/reports/rules-markdown";
import { rulesText, ruleText } from "../../../review/src/reports/rules-text";
import { pageOn } from "../../../review/src/reports/terminal";
import { rulesReportOf } from "../reports/report-schema";
import { started } from "../started";
import { written } from "../written-program";

const run = (...args: readonly string[]) => started(["rules", ...args]).ended;
const catalogue = ownCatalogue();
const screen = { colors: false, terminal: await pageOn({ isTTY: false, columns: 0 }) };

describe("the catalogue", () => {
  test("has every rule of the installed pack, by theme, with its level and its severity", async () => {
    const { stdout, code } = await run();
    expect(code).toBe(0);
    const listed = [...stdout.matchAll(/^ {2}([a-z-]+) +(mandatory|advisory) +(\w+)/gm)];
    expect(listed.map(([, id, level, severity]) => `${id} ${level} ${severity}`).toSorted()).toEqual(
      rules.map(({ id, level, severity }) => `${id} ${level} ${severity}`).toSorted(),
    );
    for (const [theme, question] of Object.entries(themes))
      expect(stdout).toContain(`${theme}: ${question}\n`);
    const mandatory = rules.filter(({ level }) => level === "mandatory").length;
    expect(stdout).toContain(`${rules.length} rules, ${mandatory} mandatory by default`);
  });

  test("marks the rules that can repair what they report", () => {
    const marked = [...rulesText(catalogue, screen).matchAll(/^ {2}([a-z-]+) .* remediates$/gm)];
    const remediating = rules.filter(({ remediate }) => remediate).map(({ id }) => id);
    expect(remediating.length).toBeGreaterThan(0);
    expect(marked.map(([, id]) => id).toSorted()).toEqual(remediating.toSorted());
  });

  test("fits into 80 columns", () => {
    const lines = rulesText(catalogue, screen).split("\n");
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  test("asks a question for each theme, and for no other", () => {
    expect(Object.keys(themes).toSorted()).toEqual([...new Set(rules.map(({ theme }) => theme))].toSorted());
  });

  test("is a table for each theme in Markdown", () => {
    const report = rulesMarkdown(catalogue);
    expect(report.match(/^\| `/gm)).toHaveLength(rules.length);
    expect(report.match(/^### /gm)).toHaveLength(Object.keys(themes).length);
    expect(report).toContain("| `execution-log-hides-payloads` | mandatory, can remediate | ");
  });
});

describe.each(rules)("the page of $id", (rule) => {
  const shown = findRule(catalogue, rule.id);
  const text = ruleText(shown, screen);

  test("says all that the rule says", () => {
    // Sentences are wrapped, so a text is compared by its words.
    const words = (some: string) =>
      some
        .split(/\s+/)
        .filter((word) => word !== "//")
        .join(" ");
    const said = [
      ...[
        rule.title,
        rule.because,
        rule.why,
        rule.exceptionIf ?? "Never",
        rule.examples.bad,
        rule.examples.good,
      ],
      ...Object.entries(rule.kinds).flat(),
      ...Object.entries(rule.options).flatMap(([name, { description }]) => [name, description]),
      ...rule.controls.flatMap(({ framework, id, title }) => [framework, id, title]),
      ...rule.links,
    ];
    for (const one of [...said, rule.fix]) expect(words(text)).toContain(words(one));
  });

  test("fits into 80 columns, but for code and addresses", () => {
    const examples = [rule.examples.bad, rule.examples.good, rule.fix].flatMap((code) => code.split("\n"));
    const isWhole = (line: string) =>
      examples.includes(line.slice(2)) ||
      !line.trim().includes(" ") ||
      line.includes('"') ||
      line.includes("`");
    expect(text.split("\n").filter((line) => line.length > 80 && !isWhole(line))).toEqual([]);
  });

  test("names the file of its page, which is there", () => {
    expect(shown.page).toBe(`node_modules/@api-guardrails/policies/rules/${rule.id}.md`);
    expect(existsSync(shown.page ?? "")).toBe(true);
  });

  test("has its code whole in Markdown", () => {
    const report = ruleMarkdown(shown);
    expect(report).toContain(`\`\`\`${shown.examples?.language}\n${rule.examples.bad}\n\`\`\`\n`);
    expect(report).toContain(`\`\`\`text\n${rule.fix}\n\`\`\`\n`);
  });
});

test.each<[situation: string, stream: Parameters<typeof pageOn>[0], columns: number]>([
  ["a narrow terminal", { isTTY: true, columns: 60 }, 60],
  ["a wide terminal", { isTTY: true, columns: 200 }, 80],
  ["a terminal without a width", { isTTY: true, columns: 0 }, 80],
  ["a pipe or a file", { isTTY: false, columns: 200 }, 80],
])("a page is wrapped for %s", async (_situation, stream, columns) => {
  expect((await pageOn(stream)).columns).toBe(columns);
});

describe("--format json", () => {
  test("has every rule, by the schema", async () => {
    const report = rulesReportOf((await run("--format", "json")).stdout);
    const { version } = JSON.parse(readFileSync("policies/package.json", "utf8"));
    expect(report).toMatchObject({
      exitCode: 0,
      pack: { name: "@api-guardrails/policies", version },
      problems: [],
    });
    expect(report.rules.map(({ id }: { id: string }) => id)).toEqual(rules.map(({ id }) => id));
    const judges = (rule: (typeof rules)[number]) =>
      [rule.check && "resources", rule.checkStack && "stack"].filter(Boolean);
    expect(report.rules.map((rule: { judges: unknown }) => rule.judges)).toEqual(rules.map(judges));
  });

  test("has one rule where one is asked for", async () => {
    const report = rulesReportOf((await run("stage-is-throttled", "--format", "json")).stdout);
    expect(report.rules).toHaveLength(1);
    expect(report.rules[0]).toMatchObject({
      id: "stage-is-throttled",
      theme: "traffic",
      options: { maxRateLimit: { type: "integer", default: 10_000 } },
      kinds: expect.arrayContaining([expect.objectContaining({ name: "no-limit" })]),
    });
  });

  test("is a failure that programs can read, where there is no such rule", async () => {
    const { code, stdout, stderr } = await run("stage-is-throtled", "--format", "json");
    expect(code).toBe(2);
    expect(rulesReportOf(stdout)).toEqual({
      version: 1,
      exitCode: 2,
      pack: null,
      problems: [stderr.slice("api-guardrails: ".length, -1)],
      rules: [],
    });
  });
});

describe("the rule that is meant", () => {
  test.each<[situation: string, given: string, id: string]>([
    ["its name", "stage-is-throttled", "stage-is-throttled"],
    ["the last line of a violation", "rules/stage-is-throttled.md#no-limit", "stage-is-throttled"],
    [
      "its page in the installed pack",
      "node_modules/@api-guardrails/policies/rules/stage-is-throttled.md",
      "stage-is-throttled",
    ],
  ])("%s", (_situation, given, id) => {
    expect(findRule(catalogue, given).id).toBe(id);
  });

  test.each<[situation: string, given: string, meant: string]>([
    ["a letter is missing", "stage-is-throtled", "Did you mean stage-is-throttled"],
    ["a part of the name", "throttled", "Did you mean stage-is-throttled?"],
    ["a part of several names", "requires-authorization", "http-route-requires-authorization"],
    ["in capitals", "Function-Url-Requires-IAM", "Did you mean function-url-requires-iam"],
    ["nothing like it", "xyzzy", 'has no rule "xyzzy". All of them: '],
    ["nothing at all", "", 'has no rule "". All of them: '],
    ["the beginning of a name", "private", "Did you mean private-integration-uses-tls?"],
    ["a control character", "stage\u001b[2J", 'has no rule "stage\uFFFD[2J"'],
  ])("not found, %s", (_situation, given, meant) => {
    expect(() => findRule(catalogue, given)).toThrow(meant);
  });

  test("exit code 2 and one line, with at most three names", async () => {
    const { code, stdout, stderr } = await run("requires-authorization");
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^api-guardrails: @api-guardrails\/policies has no rule "[^\n]+\n$/);
    expect(stderr.match(/-requires-authorization/g)).toHaveLength(3);
  });
});

describe("another pack", () => {
  const policies = `[
    { name: "api-names-its-team", description: "An API has a tag.\\nIt names the team.", enforcementLevel: "advisory" },
    { name: "bucket-is-private", displayName: "Buckets are private", description: "Anybody could read it.", severity: "high",
      enforcementLevel: "mandatory", remediationSteps: "acl: \\"private\\"", url: "https://acme.example/bucket", tags: ["theme:storage"],
      framework: { name: "PCI DSS", version: "4.0.1", reference: "7.3.3", specification: "Denied by default" },
      configSchema: { properties: { except: { type: "array", default: [], description: "Buckets that may be public." } } } },
    { name: "off", description: "It is off.", enforcementLevel: "disabled" },
  ].map((policy) => ({ ...policy, validateResource: () => {} }))`;
  const pack = written({
    "PulumiPolicy.yaml": "runtime: nodejs\nversion: 2.3.4\n",
    "package.json": { name: "acme", version: "1.0.0" },
    "index.js": `new (require("@pulumi/policy").PolicyPack)("acme", { policies: ${policies} }, { off: "advisory" });`,
  });

  test("is listed by what its policies say, at the level that the pack configures", async () => {
    const report = rulesReportOf((await run("--policy-pack", pack, "--format", "json")).stdout);
    expect(report.pack).toEqual({ name: "acme", version: "2.3.4" });
    const nothing = {
      because: null,
      judges: null,
      remediates: null,
      exceptionIf: null,
      kinds: [],
      examples: null,
    };
    expect(report.rules).toEqual([
      {
        ...nothing,
        id: "api-names-its-team",
        title: "An API has a tag.",
        why: "An API has a tag.\nIt names the team.",
        level: "advisory",
        ...{ theme: null, severity: null, fix: null, options: {}, controls: [], links: [], page: null },
      },
      {
        ...nothing,
        id: "bucket-is-private",
        title: "Buckets are private",
        why: "Anybody could read it.",
        level: "mandatory",
        theme: "storage",
        severity: "high",
        fix: 'acl: "private"',
        options: { except: { type: "array", default: [], description: "Buckets that may be public." } },
        controls: [{ framework: "PCI DSS", version: "4.0.1", id: "7.3.3", title: "Denied by default" }],
        links: [],
        page: "https://acme.example/bucket",
      },
      expect.objectContaining({ id: "off", level: "advisory" }),
    ]);
  });

  test("has its rules without a theme at the end, and pages without the parts of which it says nothing", async () => {
    const [all, one] = await Promise.all([
      run("--policy-pack", pack),
      run("--policy-pack", pack, "bucket-is-private"),
    ]);
    expect(all.stdout).toContain("storage\n  bucket-is-private   mandatory  high\n    Buckets are private\n");
    expect(all.stdout).toContain("Other rules\n  api-names-its-team  advisory\n    An API has a tag.\n");
    expect(one.stdout).toBe(`bucket-is-private
Buckets are private
Level: mandatory; severity: high; theme: storage

Why
  Anybody could read it.

Fix
  acl: "private"

Options
  except
    array, default: []. Buckets that may be public.

Controls
  PCI DSS 4.0.1 7.3.3
    Denied by default

Page
  https://acme.example/bucket
`);
  });

  test("that isn't there is a sentence", async () => {
    const { code, stderr } = await run("--policy-pack", written({}));
    expect(code).toBe(2);
    expect(stderr).toContain("There is no policy pack in ");
  });
});
