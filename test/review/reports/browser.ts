import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import packed from "@sparticuz/chromium";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

export type PageOptions = NonNullable<Parameters<Browser["newPage"]>[0]>;

/** A page in a browser, with whatever it asks for or complains about. */
export interface Opened {
  readonly page: Page;
  readonly requests: readonly string[];
  readonly complaints: readonly string[];
}

/** Starts a Chromium for the tests of a file, which opens reports in HTML. */
export function inBrowser() {
  const folder = mkdtempSync(join(tmpdir(), "api-guardrails-html-"));
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: await packed.executablePath(),
      args: packed.args,
      headless: true,
    });
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });
  return {
    opened: async (html: string, options: PageOptions = {}): Promise<Opened> => {
      const file = join(folder, "report.html");
      writeFileSync(file, html);
      const page = await browser.newPage(options);
      const requests: string[] = [];
      const complaints: string[] = [];
      page.on("request", (request) => requests.push(request.url()));
      page.on("console", (message) => complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(error.message));
      await page.goto(pathToFileURL(file).href);
      return { page, requests, complaints };
    },
  };
}

/**
 * What every report in HTML promises, whatever it says.
 *
 * @param texts selectors of what has to stand out from the page
 */
export function readsEverywhere(
  opened: (options?: PageOptions) => Promise<Opened>,
  texts: readonly string[],
) {
  test("it asks nobody for anything, and nothing fails", async () => {
    const { requests, complaints } = await opened();
    expect([requests.length, complaints]).toEqual([1, []]);
  });

  test("without its script, it has no control that does nothing", async () => {
    const { page } = await opened({ javaScriptEnabled: false });
    expect(await page.locator(".controls").isVisible()).toBe(false);
    expect(await page.locator("button").count()).toBe(0);
  });

  test.each([
    ["a screen", 1200],
    ["200 % of a small one", 640],
    ["a phone", 360],
  ])("on %s nothing is cut off", async (_screen, width) => {
    const { page } = await opened({ viewport: { width, height: 800 } });
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
  });

  test.each(["light", "dark"] as const)("its texts stand out when it is %s", async (colorScheme) => {
    const { page } = await opened({ colorScheme });
    for (const text of texts) expect(await contrastOf(page, text)).toBeGreaterThanOrEqual(4.5);
  });
}

/**
 * How much a text stands out from the page.
 *
 * @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
 */
async function contrastOf(page: Page, selector: string): Promise<number> {
  const [text = "", background = ""] = await page.evaluate<readonly string[]>(
    `[getComputedStyle(document.querySelector("${selector}")).color, getComputedStyle(document.body).backgroundColor]`,
  );
  const luminance = (color: string) => {
    const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map((part) => {
      const channel = Number(part) / 255;
      return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [darker = 0, lighter = 0] = [luminance(text), luminance(background)].sort(
    (one, other) => one - other,
  );
  return (lighter + 0.05) / (darker + 0.05);
}
