// Fills in what README.md shows of this project's own files and output, between a comment that names the source and the
// end of the block that follows it. With --check it writes nothing and fails where the page is stale.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = new URL("..", import.meta.url);
const page = new URL("README.md", root);

const sources = {
  /** What the command line prints for a project. */
  preview: (directory) => {
    const run = spawnSync(process.execPath, ["review/bin/api-guardrails.js", "preview", directory], {
      cwd: fileURLToPath(root),
      encoding: "utf8",
    });
    return run.stdout + run.stderr;
  },
  /** A file's lines, from the one that starts with a text to the next one that is its end. */
  lines: (file, start, end) => {
    const lines = readFileSync(new URL(file, root), "utf8").split("\n");
    const first = lines.findIndex((line) => line.startsWith(start));
    const last = lines.findIndex((line, index) => index > first && line.startsWith(end));
    return lines.slice(first, last + 1).join("\n");
  },
};

const text = readFileSync(page, "utf8");
const filled = text.replace(
  /(<!-- (preview|lines): (.+?) -->\n```\w*\n)[\s\S]*?(```)/g,
  (_whole, opening, source, argument, closing) =>
    `${opening}${sources[source](...argument.split(" | ")).trimEnd()}\n${closing}`,
);

if (!process.argv.includes("--check")) writeFileSync(page, filled);
else if (filled !== text) {
  console.error("README.md doesn't show what is now printed. Run: npm run docs");
  process.exitCode = 1;
}
