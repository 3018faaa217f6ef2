import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { placeInRepository } from "../../review/src/project";
import { runOf } from "./reports/sarif-schema";
import { started } from "./started";
import { inScope, written, writtenProgram } from "./written-program";

describe("a preview that can't run says so in each format, with exit code 2", () => {
  test.each([
    ["json", /"problems": \[\s+"There is no folder/],
    ["sarif", /"executionSuccessful": false/],
    ["junit", /<error message="There is no folder/],
    ["github", /^::error file=Pulumi\.yaml,line=1,title=Not everything was judged::There is no folder/],
    ["markdown", /^## ❓ Nothing was judged\n\n```text\nThere is no folder/],
  ])("%s", async (format, expected) => {
    const { code, stdout, stderr } = await started(["preview", "/nowhere", "--format", format]).ended;
    expect({ code, stdout }).toEqual({ code: 2, stdout: expect.stringMatching(expected) });
    expect(stderr).toContain("There is no folder");
    if (format === "sarif") runOf(stdout);
  });

  test("also into a file", async () => {
    const file = join(written({}), "preview.sarif");
    const { code, stdout } = await started(["preview", "/nowhere", "--format", "sarif", "--output", file])
      .ended;
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(runOf(readFileSync(file, "utf8")).results).toHaveLength(1);
  });
});

describe("a folder of projects", () => {
  const programOf = (name: string, source: string) => ({
    [`services/${name}/Pulumi.yaml`]: { name, runtime: "nodejs" },
    [`services/${name}/index.js`]: `${inScope}\n${source}`,
  });
  const folder = written({
    ...programOf("billing", 'new Route("open", { routeKey: "GET /customers" });'),
    ...programOf("shop", 'new Api("api", { protocolType: "HTTP" });'),
    "legacy/Pulumi.yaml": { name: "legacy", runtime: "python" },
  });

  test("is previewed project by project, with one summary and one exit code", async () => {
    const { code, stdout, stderr } = await started(["preview", folder]).ended;
    expect([code, stderr]).toEqual([1, ""]);
    for (const name of ["legacy", "services/billing", "services/shop"]) {
      expect(stdout).toContain(`${join(folder, name)}:\n\n`);
    }
    expect(stdout.endsWith("\n\n3 projects: 1 failed, 1 incomplete, 1 passed\n")).toBe(true);
  });

  test.each(["--fixtures", "--write-fixtures"])("refuses %s, which is about one project", async (option) => {
    const { code, stderr } = await started(["preview", folder, option, "fixtures.json"]).ended;
    expect(code).toBe(2);
    expect(stderr).toContain(`${option} is about one project, and there are 3.`);
  });
});

describe("in a workflow of GitHub, nothing that a program says is a command", () => {
  const program = writtenProgram(
    `console.log("::add-mask::a\\n  ::error::b ##[error]c");
new Route("##[error]d\\n::error::e");`,
  );
  test.each(["text", "markdown", "github", "sarif"])("in the format %s", async (format) => {
    const args = ["preview", program, "--format", format, "--no-look-ahead"];
    const { stdout, stderr } = await started(args, { GITHUB_ACTIONS: "true" }).ended;
    expect(stdout).toContain("http-route-requires-authorization");
    const own = /^::(error|warning|notice) file=/;
    const commands = (stdout + stderr)
      .split("\n")
      .filter((line) => /^\s*::/.test(line) || (line.includes("##[") && !own.test(line)));
    expect(commands.filter((line) => !own.test(line))).toEqual([]);
    expect(commands.length > 0).toBe(format === "github");
  });
});

describe("a project's place in its repository", () => {
  const root = written({
    "infra/prod/Pulumi.yaml": "",
    "infra/prod/src/index.ts": "",
    "other/Pulumi.yml": "",
  });
  test.each([
    ["the project's folder", "infra/prod", { folder: "infra/prod/", projectFile: "Pulumi.yaml" }],
    ["a folder in it", "infra/prod/src", { folder: "infra/prod/", projectFile: "Pulumi.yaml" }],
    ["a project whose file has another name", "other", { folder: "other/", projectFile: "Pulumi.yml" }],
  ])("%s", (_situation, folder, expected) => {
    mkdirSync(join(root, ".git"), { recursive: true });
    expect(placeInRepository(join(root, folder))).toEqual(expected);
  });
});
