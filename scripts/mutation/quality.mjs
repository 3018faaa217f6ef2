// Writes the table of docs/quality.md from the last run of Stryker: `npm run mutation` ends with it. With files as arguments, it
// prints their survivors instead, each with its line: that of policies/src/reading/iam/policy.ts, for instance.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../packed.mjs";

const report = JSON.parse(readFileSync(join(root, ".mutation/report.json"), "utf8"));
const page = join(root, "docs/quality.md");
const [begin, end] = ["<!-- mutation: begin -->\n", "<!-- mutation: end -->"];

const survived = ({ status }) => status === "Survived" || status === "NoCoverage";
const detected = ({ status }) => status === "Killed" || status === "Timeout";

const files = Object.entries(report.files)
  .map(([file, { mutants, source }]) => ({
    file,
    source,
    killed: mutants.filter(detected).length,
    survivors: mutants.filter(survived),
  }))
  .filter(({ killed, survivors }) => killed + survivors.length > 0)
  .toSorted((a, b) => a.file.localeCompare(b.file));

const asked = process.argv.slice(2);
if (asked.length > 0) {
  for (const { file, source, survivors } of files.filter((each) =>
    asked.some((name) => each.file.includes(name)),
  )) {
    console.log(`${file}: ${survivors.length} survive`);
    for (const each of survivors) console.log(`  ${told(each, source)}`);
  }
} else {
  const text = readFileSync(page, "utf8");
  const [before, rest] = text.split(begin);
  const [, after] = rest.split(end);
  writeFileSync(page, `${before}${begin}${table()}${end}${after}`);
}

function table() {
  const folderOf = ({ file }) => dirname(file).replace("policies/src/", "");
  const rows = [...new Set(files.map(folderOf))].map((folder) => {
    const within = files.filter((each) => folderOf(each) === folder);
    const some = within.filter(({ survivors }) => survivors.length > 0);
    const names = some.map(
      ({ file, survivors }) => `${file.slice(file.lastIndexOf("/") + 1, -3)} ${survivors.length}`,
    );
    return row(`\`${folder}\``, within, names.join(", "));
  });
  return [
    "| folder | mutants | killed | survivors by file |",
    "| --- | ---: | ---: | --- |",
    ...rows,
    row("**all**", files, `${files.reduce((sum, { survivors }) => sum + survivors.length, 0)}`),
    "",
  ].join("\n");
}

function row(name, within, names) {
  const killed = within.reduce((sum, each) => sum + each.killed, 0);
  const all = within.reduce((sum, each) => sum + each.killed + each.survivors.length, 0);
  return `| ${name} | ${all} | ${((100 * killed) / all).toFixed(1)} % | ${names} |`;
}

function told({ location: { start, end }, mutatorName, replacement = "", status }, source) {
  const line = source.split("\n")[start.line - 1];
  const was = line.slice(start.column - 1, start.line === end.line ? end.column - 1 : undefined);
  const short = (text) => text.replace(/\s+/g, " ").slice(0, 70);
  return `${start.line}: ${short(was)} => ${short(replacement)}   ${mutatorName}${status === "NoCoverage" ? ", not reached" : ""}`;
}
