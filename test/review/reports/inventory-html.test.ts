import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import type { DeclaredOpening } from "../../../policies/src/inventory";
import type { InventoryResult } from "../../../review/src/inventory";
import { inventoryHtml } from "../../../review/src/reports/inventory-html";
import { inBrowser, type PageOptions, readsEverywhere } from "./browser";
import { of, row, source } from "./inventory-rows";

const jwt = { verdict: "authenticated", kinds: ["JWT"], authorizer: "people" } as const;
const declaration: DeclaredOpening = {
  kind: "declaration",
  where: '"health"',
  reason: "health probe",
  owner: "team-edge",
  reviewBy: "2027-01-31",
  daysLeft: 64,
};
const result: InventoryResult = {
  exitCode: 2,
  sources: [
    { ...source, problems: ["The state can't be read."] },
    { ...source, stack: "dev" },
  ],
  rows: [
    row({ path: "/orders/10" }),
    row({ path: "/orders/9" }),
    row({ path: "/health", declaration }),
    row({ stack: "dev", path: "/staff", log: { kind: "none" } }, jwt),
  ],
};

const browser = inBrowser();
const opened = (shown: InventoryResult, options: PageOptions = {}) =>
  browser.opened(inventoryHtml(shown, "2026-11-28"), options);

const routes = (page: Page) => page.locator("[data-row]:visible th code").allTextContents();

describe("in a browser", () => {
  readsEverywhere((options) => opened(result, options), ["body", ".soft", ".lacks", ".where"]);

  test("it shows what is open first, then what is declared, and what wasn't seen", async () => {
    const { page } = await opened(result);
    expect(await page.locator("h2").allTextContents()).toEqual([
      "Anyone may call (2)",
      "Open on purpose (1)",
      "Authenticated callers only (1)",
      "Not seen (1)",
    ]);
    expect(await page.locator("section").nth(1).innerText()).toContain(
      '"health probe", team-edge, until 2027-01-31 (64 days left)',
    );
    expect(await page.locator(".lacks").allTextContents()).toEqual(["no access log"]);
  });

  test("without its script everything is there", async () => {
    const { page } = await opened(result, { javaScriptEnabled: false });
    expect(await routes(page)).toEqual(["GET /orders/10", "GET /orders/9", "GET /health", "GET /staff"]);
  });

  test("words filter the rows, and sections without any go", async () => {
    const { page } = await opened(result);
    await page.keyboard.press("Tab");
    await page.keyboard.type("orders 9");
    expect(await routes(page)).toEqual(["GET /orders/9"]);
    expect(await page.locator("output").textContent()).toBe("1 of 4 shown");
    expect(await page.locator("section[data-kind]:visible").count()).toBe(1);
  });

  test("a stack filters the rows", async () => {
    const { page } = await opened(result);
    await page.getByLabel("Stack").selectOption("shop (dev)");
    expect(await routes(page)).toEqual(["GET /staff"]);
  });

  test("the keyboard sorts a table, by numbers too, and says so", async () => {
    const { page } = await opened(result);
    const header = page.getByRole("columnheader", { name: "Route" }).first();
    await header.getByRole("button").focus();
    await page.keyboard.press("Enter");
    expect((await routes(page)).slice(0, 2)).toEqual(["GET /orders/9", "GET /orders/10"]);
    expect(await header.getAttribute("aria-sort")).toBe("ascending");
    await page.keyboard.press("Enter");
    expect((await routes(page)).slice(0, 2)).toEqual(["GET /orders/10", "GET /orders/9"]);
  });

  test("paper has all rows, whatever is filtered, and no controls", async () => {
    const { page } = await opened(result);
    await page.getByLabel("Words in a row").fill("staff");
    await page.emulateMedia({ media: "print" });
    expect(await routes(page)).toHaveLength(4);
    expect(await page.locator(".controls").isVisible()).toBe(false);
  });

  test("no text of a program is HTML, and none is run", async () => {
    const hostile = `<img src=x onerror="alert(1)"></code></script><script>alert(1)</script>'"&`;
    const shown = of(
      [row({ api: hostile, path: `/${hostile}`, notes: [hostile], stage: hostile, name: hostile })],
      {
        ...{ project: hostile, problems: [hostile], unseen: [hostile] },
      },
    );
    const { page, requests, complaints } = await opened(shown);
    expect([requests.length, complaints]).toEqual([1, []]);
    expect(await page.locator("img").count()).toBe(0);
    expect(await routes(page)).toEqual([`GET /${hostile}`]);
  });
});
