// Fills in what README.md and the first example's page show of this project's own files and output, between a comment that names
// the source and the end of the block or the table that follows it. With --check it writes nothing and fails where a page is stale.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rules, themes } from "../policies/lib/index.js";
import { table } from "./markdown.mjs";

const root = new URL("..", import.meta.url);
const pages = ["README.md", "examples/open-customer-lookup/README.md"];

/** What the command line prints. */
function printed(...args) {
  const run = spawnSync(process.execPath, ["review/bin/api-guardrails.js", ...args], {
    cwd: fileURLToPath(root),
    encoding: "utf8",
  });
  return run.stdout + run.stderr;
}

const sources = {
  preview: (directory) => printed("preview", directory),
  inventory: (directory) => printed("inventory", directory),
  /** A file's lines, from the one that starts with a text to the next one that is its end. */
  lines: (file, start, end) => {
    const lines = readFileSync(new URL(file, root), "utf8").split("\n");
    const first = lines.findIndex((line) => line.startsWith(start));
    const last = lines.findIndex((line, index) => index > first && line.startsWith(end));
    return lines.slice(first, last + 1).join("\n");
  },
};

/** A row for each theme: its question, how many rules it has, and how many of them block. */
function themeRows() {
  return Object.entries(themes).map(([theme, question]) => {
    const own = rules.filter((rule) => rule.theme === theme);
    const blocking = own.filter((rule) => rule.level === "mandatory").length;
    return [`[${theme}](policies/RULES.md#${theme})`, question, `${own.length}, ${blocking} of them block`];
  });
}

let isStale = false;
for (const name of pages) {
  const page = new URL(name, root);
  const text = readFileSync(page, "utf8");
  const filled = text
    .replace(
      /(<!-- (preview|inventory|lines): (.+?) -->\n```\w*\n)[\s\S]*?(```)/g,
      (_whole, opening, source, argument, closing) =>
        `${opening}${sources[source](...argument.split(" | ")).trimEnd()}\n${closing}`,
    )
    .replace(
      /(<!-- themes -->\n)(?:\|.*\n)+/,
      (_whole, opening) => `${opening}${table(["theme", "asks", "rules"], themeRows())}\n`,
    );
  if (!process.argv.includes("--check")) writeFileSync(page, filled);
  else if (filled !== text) isStale = true;
}
if (isStale) {
  console.error("README.md doesn't show what is now printed. Run: npm run docs");
  process.exitCode = 1;
}
