import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import type { DeclaredOpening, InventoryRow } from "../../../policies/src/inventory";
import { type DiffResult, diff } from "../../../review/src/diff";
import { diffHtml } from "../../../review/src/reports/diff-html";
import { inBrowser, type PageOptions, readsEverywhere } from "./browser";
import { row, source } from "./inventory-rows";

const today = "2026-11-28";
const jwt = { verdict: "authenticated", because: "has a JWT", kinds: ["JWT"], authorizer: "people" } as const;
const iam = { verdict: "authenticated", because: "has IAM", kinds: ["IAM"] } as const;
const declaration: DeclaredOpening = {
  kind: "declaration",
  where: '"health"',
  reason: "health probe",
  owner: "team-edge",
  reviewBy: "2027-01-31",
  daysLeft: 64,
};
const at = (
  path: string,
  given: Partial<InventoryRow> = {},
  asked: Partial<InventoryRow["authentication"]> = {},
) => row({ path, urn: `${path}-${given.stack ?? ""}`, name: path, ...given }, asked);
const side = (name: string, rows: readonly InventoryRow[], problems: readonly string[] = []) => ({
  name,
  inventory: { sources: [{ ...source, problems }], rows, exitCode: 0 as const },
});
const none = { kind: "none" } as const;
const result = diff(
  side("origin/main", [
    at("/orders/{id}", {}, jwt),
    at("/orders", {}, jwt),
    at("/staff", {}, iam),
    ...["/a", "/b", "/c"].map((path) => at(path, { stack: "dev", api: "partners" }, iam)),
    at("/health", { stack: "dev" }, iam),
    at("/old", { stack: "dev" }),
  ]),
  side(
    "infra",
    [
      at("/orders/{id}"),
      at("/orders", {}, { ...jwt, scopes: ["orders/read"] }),
      at("/staff", { throttle: { rate: null, burst: null, quota: [] } }, iam),
      ...["/a", "/b", "/c"].map((path) => at(path, { stack: "dev", api: "partners", log: none }, iam)),
      at("/health", { stack: "dev", declaration }),
    ],
    ["The state can't be read."],
  ),
  { failOn: "weakened", today },
);

const browser = inBrowser();
const opened = (shown: DiffResult, options: PageOptions = {}) =>
  browser.opened(diffHtml(shown, today), options);
const routes = (page: Page) =>
  page
    .locator("[data-row]:visible th li:visible code:first-child, [data-row]:visible th summary")
    .allTextContents();

describe("in a browser", () => {
  readsEverywhere((options) => opened(result, options), ["body", ".soft", ".where"]);

  test("it shows the most dangerous first, whatever stack it is in, and what wasn't seen", async () => {
    const { page } = await opened(result);
    expect(await page.locator("h2").allTextContents()).toEqual([
      "Opened (1)",
      "Weakened (4)",
      "Open on purpose (1)",
      "Strengthened (1)",
      "Gone (1)",
      "Not seen (1)",
    ]);
    expect(await routes(page)).toEqual([
      "GET /orders/{id}",
      "all 3 routes",
      "GET /staff",
      "GET /health",
      "GET /orders",
      "GET /old",
    ]);
    expect(await page.locator(".soft").innerText()).toBe(
      "From origin/main to infra, as of 2026-11-28. 1 opened, 4 weakened, 1 open on purpose, 1 strengthened, 1 gone, of 7 ways in, and not everything was seen.",
    );
  });

  test("a row says what changed, and who may call before and after", async () => {
    const { page } = await opened(result);
    const cells = (route: string) =>
      page.locator("[data-row]", { hasText: route }).first().locator("td").allInnerTexts();
    expect(await cells("GET /orders/{id}")).toEqual([
      'Authenticated callers only: JWT of "people"',
      "Anyone may call: has authorizationType NONE",
      "",
    ]);
    expect(await cells("GET /staff")).toEqual([
      "Authenticated callers only: IAM",
      "as before",
      "has no throttle any more",
    ]);
    expect(await cells("GET /health")).toEqual([
      "Authenticated callers only: IAM",
      'Open on purpose: "health probe", team-edge, until 2027-01-31 (64 days left)',
      "has authorizationType NONE",
    ]);
    expect(await cells("GET /old")).toEqual([
      "Anyone may call: has authorizationType NONE",
      "no such way in",
      "",
    ]);
  });

  test("what is true of a whole stage is one row, which names its routes on demand", async () => {
    const { page } = await opened(result);
    await page.getByText("all 3 routes").click();
    expect(await page.locator("details li code").allTextContents()).toEqual(["GET /a", "GET /b", "GET /c"]);
  });

  test("without its script everything is there", async () => {
    const { page } = await opened(result, { javaScriptEnabled: false });
    expect(await routes(page)).toHaveLength(6);
  });

  test("words and a stack filter the rows, the names of a whole stage as well", async () => {
    const { page } = await opened(result);
    await page.getByLabel("Words in a row").fill("get /b");
    expect(await routes(page)).toEqual(["all 3 routes"]);
    await page.getByLabel("Words in a row").fill("");
    await page.getByLabel("Stack").selectOption("shop (prod)");
    expect(await routes(page)).toEqual(["GET /orders/{id}", "GET /staff", "GET /orders"]);
  });

  test("nothing changed: it says so, without an empty table or a control", async () => {
    const same = side("a", [at("/orders")]);
    const { page, complaints } = await opened(
      diff(same, { ...same, name: "b" }, { failOn: "weakened", today }),
    );
    expect(await page.locator(".soft").innerText()).toContain(
      "Nothing changed in who may call what, of 1 way in.",
    );
    expect([complaints, await page.locator("table, .controls, h2, .tiles").count()]).toEqual([[], 0]);
  });

  test("paper has all rows, whatever is filtered, with the names of a whole stage, and no controls", async () => {
    const { page } = await opened(result);
    await page.getByLabel("Words in a row").fill("staff");
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("[data-row]:visible").count()).toBe(6);
    expect(await page.locator("details li:visible").count()).toBe(3);
    expect(await page.locator(".controls").isVisible()).toBe(false);
  });

  test("no text of a program is HTML, and none is run", async () => {
    const hostile = `<img src=x onerror="alert(1)"></code></script><script>alert(1)</script>'"&\u001b[31m`;
    const named = {
      api: hostile,
      stage: hostile,
      name: hostile,
      project: hostile,
      stack: hostile,
      urn: hostile,
    };
    const shown = diff(
      side(hostile, [at(`/${hostile}`, named, { ...jwt, authorizer: hostile })], [hostile]),
      side(hostile, [
        at(`/${hostile}`, { ...named, source: { file: hostile, line: 1 } }, { because: hostile }),
      ]),
      { failOn: "weakened", today },
    );
    const { page, requests, complaints } = await opened(shown);
    expect([requests.length, complaints]).toEqual([1, []]);
    expect(await page.locator("img, script:not(body > script:last-child)").count()).toBe(0);
    expect(await routes(page)).toEqual([`GET /${hostile.replace("\u001b", "\ufffd")}`]);
  });
});
