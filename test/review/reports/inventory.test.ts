import { describe, expect, test } from "vitest";
import type { DeclaredOpening, InventoryRow } from "../../../policies/src/inventory";
import { diff } from "../../../review/src/diff";
import type { InventoryResult } from "../../../review/src/inventory";
import { diffText } from "../../../review/src/reports/diff-text";
import { inventoryCsv } from "../../../review/src/reports/inventory-csv";
import { inventoryJson, inventoryJsonFailure } from "../../../review/src/reports/inventory-json";
import { inventoryMarkdown } from "../../../review/src/reports/inventory-markdown";
import { inventoryText } from "../../../review/src/reports/inventory-text";
import { printableInventory } from "../../../review/src/reports/printable";
import { collectSecrets } from "../../../review/src/secrets";
import { of, row, source, whole } from "./inventory-rows";
import { inventoryReportOf } from "./report-schema";

const text = (result: InventoryResult) => inventoryText(result, { colors: false });
const without = (surface: InventoryRow["surface"]): Partial<InventoryRow> => ({
  ...{ surface, stage: null, log: null, throttle: null, watched: null, hosts: [] },
  ...{ method: null, path: "$default", source: null },
});

describe("the text", () => {
  test("shows what is open first, then what is declared, then who has to prove who they are", () => {
    const declaration: DeclaredOpening = {
      kind: "declaration",
      where: '"health"',
      reason: "health probe, returns no data",
      owner: "team-edge",
      reviewBy: "2027-01-31",
      daysLeft: 64,
    };
    const jwt: Partial<InventoryRow["authentication"]> = {
      verdict: "authenticated",
      kinds: ["JWT"],
      authorizer: "people",
      issuers: ["login.example.com"],
      audiences: 2,
      scopes: ["orders/read", "orders/write"],
    };
    const report = text(
      of([
        row(),
        row({ path: "/health", declaration }),
        row({ method: "POST" }, jwt),
        row({ method: "PUT" }, { ...jwt, weaknesses: ["has a wildcard for an audience"] }),
        row({ method: "OPTIONS" }, { verdict: "preflight", because: "is answered by the gateway itself" }),
        row(
          { ...without("Lambda function URL"), api: "hook" },
          {
            verdict: "undetermined",
            because: "has an authorizationType that is not known before the deployment",
          },
        ),
      ]),
    );
    expect(report).toBe(`Ways into shop (prod):

Anyone may call (1)
  HTTP API "shop", stage $default, at shop.example.com
    GET /orders  index.ts:14
      has authorizationType NONE

Nobody can tell who may call (1)
  Lambda function URL "hook"
    $default
      has an authorizationType that is not known before the deployment

Callers are authenticated, and more of them get in than should (1)
  HTTP API "shop", stage $default, at shop.example.com
    PUT /orders  index.ts:14
      JWT of "people" (issuer login.example.com, 2 audiences) with orders/read or orders/write: has a wildcard for an audience

Open on purpose (1)
  HTTP API "shop", stage $default, at shop.example.com
    GET /health  index.ts:14
      "health probe, returns no data", team-edge, until 2027-01-31 (64 days left)

Authenticated callers only (1)
  HTTP API "shop", stage $default, at shop.example.com
    POST /orders  index.ts:14
      JWT of "people" (issuer login.example.com, 2 audiences) with orders/read or orders/write

Stages
  HTTP API "shop", stage $default
    access log in calls, kept 400 days
    100 requests a second, 200 at once
    alarms on errors

6 ways in, 1 open to anyone, 1 of which nobody can tell, 1 open on purpose, 1 CORS preflights that the gateway answers
`);
  });

  test("says why an exception doesn't count", () => {
    const note = 'Declared public by "health", which doesn\'t count because its review date has passed.';
    expect(text(of([row({ notes: [note] })]))).toContain(`      ${note}\n`);
  });

  test("names the stack of each place if there are several", () => {
    const report = text({
      ...of([row(), row({ stack: "test" })]),
      sources: [source, { ...source, stack: "test" }],
    });
    expect(report).toContain('  shop (prod): HTTP API "shop", stage $default');
    expect(report).toContain('  shop (test): HTTP API "shop", stage $default');
    expect(report).toMatch(/^Ways into 2 stacks:/);
  });

  test("says what wasn't seen, and never that all is well then", () => {
    const report = text(of([], { problems: ["The program failed."], unseen: ["A template behind a URL."] }));
    expect(report).toContain("Not seen:\n  ! The program failed.\n  - A template behind a URL.\n");
    expect(report).toContain("0 ways in, and not everything was seen");
  });

  test.each([
    [
      "no log, no throttle, no alarm",
      { log: { kind: "none" }, throttle: { rate: null, burst: null, quota: [] }, watched: [] },
      "no access log\n    no throttle\n    no alarm",
    ],
    [
      "a log that is kept for ever and says too little",
      { log: { kind: "written", destinations: ["calls"], retentionInDays: 0, missing: ["path", "status"] } },
      "access log in calls, kept for ever; it doesn't say path and status",
    ],
    [
      "half a throttle",
      { throttle: { rate: 5, burst: null, quota: [] } },
      "5 requests a second, any number at once",
    ],
    [
      "what isn't known",
      { log: { kind: "unknown" }, unknown: ["throttle"] },
      "an access log that isn't known before the deployment\n    a throttle that isn't known before the deployment",
    ],
    [
      "usage plans",
      {
        throttle: {
          rate: 5,
          burst: 9,
          quota: [
            { plan: "basic", limit: 1, period: "DAY", rate: 2, burst: 3 },
            { plan: "gold", limit: null, period: null, rate: null, burst: null },
          ],
        },
      },
      'usage plan "basic" lets a key send 1 request a day, 2 a second, 3 at once; "gold" lets a key send any number of requests',
    ],
    [
      "usage plans that aren't known",
      { unknown: ["quota"] },
      "usage plans that aren't known before the deployment",
    ],
    ["a web ACL", { firewall: true }, "a web ACL protects it"],
    ["none", { firewall: false }, "no web ACL"],
  ] as const)("a stage with %s", (_what, given, words) => {
    expect(text(of([row(given as Partial<InventoryRow>)]))).toContain(`    ${words}\n`);
  });
});

describe("what a name can't do", () => {
  const forged = 'x"\n\n0 ways in, and nothing is open\u001b[2J\u001b[1A\u2028\u202e';
  const shown = 'x"\ufffd\ufffd0 ways in, and nothing is open\ufffd[2J\ufffd[1A\ufffd\ufffd';
  const named = row({
    ...{ path: `/${forged}`, api: forged, stage: forged, name: forged, notes: [forged], project: forged },
    ...{ source: { file: forged, line: 1 }, hosts: [{ name: forged, of: "custom" as const }] },
  });

  test.each([true, false])("write a line of its own into the text, with colours: %s", (colors) => {
    const report = inventoryText(of([named], { project: forged, problems: ["It says\ntwo lines."] }), {
      ...{ colors, terminal: undefined },
    });
    expect(report).toContain(`GET /${shown}`);
    expect(report).not.toMatch(/^0 ways in, and nothing/m);
    expect(report).not.toContain("\u001b[2J");
  });

  test("write one into what changed", () => {
    const before = { name: forged, inventory: of([]) };
    const result = diff(
      before,
      { name: forged, inventory: of([named]) },
      { failOn: "weakened", today: "2026-11-28" },
    );
    const report = diffText(result, { colors: true, terminal: undefined });
    expect(report).toContain(`GET /${shown}`);
    expect(report).not.toMatch(/^0 ways in, and nothing/m);
    expect(report).not.toContain("\u001b[2J");
  });
});

describe("a place", () => {
  test.each([
    [
      "an API of another stack",
      { api: null, stage: null, log: null, unknown: ["stage"] },
      "HTTP API whose name this stack doesn't show, no stage here",
    ],
    [
      "a default endpoint beside a custom domain",
      {
        hosts: [
          { name: "shop.example.com", of: "custom" },
          { name: null, of: "service" },
        ],
      },
      ", at shop.example.com and the default endpoint\n",
    ],
    [
      "a base path of a shared domain",
      { hosts: [{ name: "shop.example.com", of: "custom", basePath: "orders/v2" }] },
      ", at shop.example.com/orders/v2\n",
    ],
    [
      "a stage whose name isn't known",
      { stage: null, unknown: ["stage"] },
      'HTTP API "shop", a stage whose name isn\'t known, at',
    ],
    [
      "a method whose path isn't known",
      { path: null, unknown: ["path"] },
      'GET of "orders", whose path isn\'t known',
    ],
    ["nothing but a resource", { method: null, path: null }, '    "orders"  index.ts:14'],
    ["a listener of a load balancer", { ...without("load balancer"), name: "https" }, '$default of "https"'],
  ] as const)("%s", (_what, given, words) => {
    expect(text(of([row(given as Partial<InventoryRow>)]))).toContain(words);
  });
});

describe("the Markdown", () => {
  test("has a table for each section, in the text's order", () => {
    const report = inventoryMarkdown(
      of([row(), row({ method: "POST" }, { verdict: "authenticated", kinds: ["IAM"] })]),
    );
    expect(report).toBe(`## Ways into shop (prod)

2 ways in, 1 open to anyone

### Anyone may call (1)

| where | route | | line |
| --- | --- | --- | --- |
| HTTP API "shop", stage $default, at shop.example.com | \`GET /orders\` | has authorizationType NONE | index.ts:14 |

### Authenticated callers only (1)

| where | route | | line |
| --- | --- | --- | --- |
| HTTP API "shop", stage $default, at shop.example.com | \`POST /orders\` | IAM | index.ts:14 |
`);
  });

  test.each([
    ["a bar", "/a|b", "<code>GET &#47;a&#124;b</code>"],
    ["an accent", "/a`b", "<code>GET &#47;a&#96;b</code>"],
    ["a line end", "/a\nb", "`GET /a b`"],
  ])("keeps its table whole with %s in a path", (_what, path, cell) => {
    expect(inventoryMarkdown(of([row({ path })]))).toContain(`| ${cell} |`);
  });

  test("lets nobody write a link, an image or HTML into a comment", () => {
    const declaration: DeclaredOpening = {
      ...{ kind: "declaration", where: '"health"', owner: "@everyone", reviewBy: "2027-01-31", daysLeft: 64 },
      reason: "[all is well](https://evil.example) <img src=x> **trust me**",
    };
    const report = inventoryMarkdown(of([row({ declaration })]));
    expect(report).toContain(
      '"\\[all is well\\](https:<!-- -->//evil.example) \\<img src=x\\> \\*\\*trust me\\*\\*", @<!-- -->everyone, until',
    );
  });

  test("says what wasn't seen", () => {
    const report = inventoryMarkdown(of([], { problems: ["The program failed."] }));
    expect(report).toContain("### Not seen\n\n* The program failed.\n");
  });
});

describe("the CSV", () => {
  test("has one header for several sources", async () => {
    const csv = await whole(inventoryCsv, of([row()]), of([]), of([row()]));
    expect(csv.match(/^project,/gm)).toHaveLength(1);
    expect(csv.split("\r\n")).toHaveLength(4);
  });

  test("has a header and a line for each row, with quotes where they are needed", async () => {
    const csv = await whole(inventoryCsv, of([row({ hosts: [] })]));
    const [header, first, ...others] = csv.split("\r\n");
    expect(header).toMatch(/^project,stack,surface,api,stage,hosts,method,path,verdict,because,/);
    expect(first).toMatch(
      /^shop,prod,HTTP API,shop,\$default,,GET,\/orders,open,has authorizationType NONE,/,
    );
    expect(others).toEqual([""]);
  });

  test.each([
    ["a comma", "a, b", '"a, b"'],
    ["a quote", 'a "b"', '"a ""b"""'],
    ["a line end", "a\nb", '"a\nb"'],
    ["a formula", "=HYPERLINK(1)", "'=HYPERLINK(1)"],
    ["another formula", "@SUM(1)", "'@SUM(1)"],
  ])("with %s", async (_what, reason, cell) => {
    const declaration: DeclaredOpening = {
      ...{ kind: "declaration", where: "x", owner: "o", reviewBy: "2027-01-31", daysLeft: 64 },
      reason,
    };
    expect(await whole(inventoryCsv, of([row({ declaration })]))).toContain(`,x,${cell},o,`);
  });
});

describe("the JSON", () => {
  test("has a row for each way in, and is what its schema says", async () => {
    const result = of([row(), row({ ...without("Lambda function URL") })]);
    const report = inventoryReportOf(await whole(inventoryJson, result));
    expect(report).toMatchObject({ version: 1, exitCode: 0, sources: [{ project: "shop" }] });
    expect(report.rows).toHaveLength(2);
  });

  test.each([
    ["no source", []],
    ["a source without a way in", [of([])]],
    ["several sources, the first without a way in", [of([]), of([row()]), of([row(), row()])]],
  ])("of %s is what its schema says", async (_what, results) => {
    const report = inventoryReportOf(await whole(inventoryJson, ...results));
    expect(report.sources).toHaveLength(results.length);
    expect(report.rows).toHaveLength(results.flatMap(({ rows }) => rows).length);
  });

  test("has the exit code of all its sources", async () => {
    const report = await whole(inventoryJson, of([], { problems: ["The program failed."] }), of([row()]));
    expect(inventoryReportOf(report).exitCode).toBe(2);
  });

  test("is of the same shape where nothing could be read", () => {
    expect(inventoryReportOf(inventoryJsonFailure("There is no project."))).toMatchObject({
      exitCode: 2,
      sources: [{ project: null, problems: ["There is no project."] }],
      rows: [],
    });
  });

  test("masks the secrets, and no word of its own", () => {
    const secrets = collectSecrets();
    secrets.add(["/orders-4711", "open", "HTTP API"]);
    const { rows } = printableInventory(of([row({ path: "/orders-4711/{id}" })]), secrets);
    expect(rows[0]).toMatchObject({
      path: "[secret]/{id}",
      surface: "HTTP API",
      authentication: { verdict: "open" },
    });
  });
});
