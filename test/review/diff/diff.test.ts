import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { diff } from "../../../review/src/diff";
import { inventory } from "../../../review/src/inventory";
import { diffText } from "../../../review/src/reports/diff-text";
import { ciphertext, deployed, exported } from "../inventory/states";
import { diffReportOf, inventoryReportOf } from "../reports/report-schema";
import { started } from "../started";
import { written, writtenProgram } from "../written-program";

const run = (...args: readonly string[]) => started(["diff", ...args]).ended;
const api = 'const api = new Api("shop", { name: "shop", protocolType: "HTTP" });';
const iam = `${api} new Route("orders", { apiId: api.id, routeKey: "GET /orders", authorizationType: "AWS_IAM" });`;
const open = `${api} new Route("orders", { apiId: api.id, routeKey: "GET /orders", authorizationType: "NONE" });`;

describe("two sources", () => {
  test("of programs: the change in text, exit code 1", async () => {
    const [before, after] = [writtenProgram(iam), writtenProgram(open)];
    expect(await run(before, after)).toEqual({
      code: 1,
      stderr: "",
      stdout: `Who may call what, from ${before} to ${after}:

Opened (1)
  HTTP API "shop", no stage here
    GET /orders  index.js:22
      has authorizationType NONE
      before: authenticated callers only: IAM

1 opened, of 1 way in
`,
    });
  });

  test("the same program twice: nothing changed, exit code 0", async () => {
    const directory = writtenProgram(open);
    const { code, stdout } = await run(directory, directory);
    expect([code, stdout.split("\n").at(-2)]).toEqual([
      0,
      "nothing changed in who may call what, of 1 way in",
    ]);
  });

  test("as JSON by its schema, in a file", async () => {
    const [before, after] = [writtenProgram(open), writtenProgram(iam)];
    const output = join(written({}), "diff.json");
    expect(await run(before, after, "--format", "json", "--output", output)).toEqual({
      ...{ code: 0, stdout: "", stderr: "" },
    });
    const { changes, exitCode } = diffReportOf(readText(output));
    expect(exitCode).toBe(0);
    expect(changes).toMatchObject([
      {
        ...{ kind: "closed", project: "customers", stack: "dev", api: "shop", wholeStage: false },
        routes: [
          {
            ...{ method: "GET", path: "/orders" },
            before: { authentication: { verdict: "open" } },
            after: { authentication: { verdict: "authenticated" }, source: { file: "index.js" } },
          },
        ],
      },
    ]);
  });

  test("as Markdown, in which no text of the program is Markdown", async () => {
    const hostile = open.replace('name: "shop"', 'name: "<img src=x> @everyone | [a](b)"');
    const { stdout } = await run(writtenProgram(api), writtenProgram(hostile), "--format", "markdown");
    expect(stdout).toContain(String.raw`\<img src=x\> @<!-- -->everyone \| \[a\](b)`);
    expect(stdout).toContain("### Opened (1)");
    expect(stdout).toContain("| `GET /orders` | has authorizationType NONE | index.js:");
  });

  test("an earlier answer and a state: what was deployed since", async () => {
    const monday = join(written({}), "monday.json");
    const then = written({ "prod.json": exported(deployed()) });
    const inventory = await started(["inventory", "--state", then, "--format", "json", "-o", monday]).ended;
    expect(inventory.code).toBe(0);
    const later = deployed().map((one) =>
      one.urn.endsWith("::read")
        ? { ...one, inputs: { ...("inputs" in one && one.inputs), authorizationType: "NONE" } }
        : one,
    );
    const now = written({ "prod.json": exported(later) });
    const { code, stdout } = await run(monday, now, "--format", "json");
    const { changes } = diffReportOf(stdout);
    expect(code).toBe(1);
    expect(
      changes.map(({ kind, routes }: { kind: string; routes: { path: string }[] }) => [
        kind,
        routes[0]?.path,
      ]),
    ).toEqual([["opened", "/orders"]]);
  });

  test("an answer of the first version of the schema is read for as long as that version lasts", async () => {
    const file = "test/fixtures/inventories/version-1.json";
    expect(inventoryReportOf(readText(file)).version).toBe(1);
    const { code, stdout } = await run(file, file);
    expect([code, stdout.split("\n").at(-2)]).toEqual([
      0,
      "nothing changed in who may call what, of 4 ways in",
    ]);
  });

  test("an answer that says nothing about quotas isn't compared in them", async () => {
    const earlier = JSON.parse(readText("test/fixtures/inventories/version-1.json"));
    const quota = [{ plan: "basic", limit: 1000, period: "DAY", rate: null, burst: null }];
    for (const row of earlier.rows) row.throttle.quota = quota;
    const later = join(written({ "later.json": JSON.stringify(earlier) }), "later.json");
    for (const sides of [
      ["test/fixtures/inventories/version-1.json", later],
      [later, "test/fixtures/inventories/version-1.json"],
    ]) {
      expect((await run(...sides)).stdout).toContain("nothing changed in who may call what");
    }
  });

  test("a secret of a state is printed nowhere", async () => {
    const later = deployed().map((one) =>
      one.urn.endsWith("::open") ? { ...one, inputs: { apiId: "a1b2c3", routeKey: ciphertext } } : one,
    );
    const before = written({ "prod.json": exported(deployed()) });
    const after = written({ "prod.json": exported(later) });
    for (const format of ["text", "json", "markdown", "html"]) {
      expect((await run(before, after, "--format", format)).stdout).not.toContain("notForAnybody");
    }
  });

  test("what can't be read makes the exit code 2, and nothing of it shows as gone", async () => {
    const before = written({ "a.json": exported(deployed("a")), "b.json": exported(deployed("b")) });
    const after = written({ "a.json": exported(deployed("a")), "b.json": "{" });
    const { code, stdout } = await run(before, after);
    expect(code).toBe(2);
    expect(stdout).toContain("b.json is not JSON");
    expect(stdout).not.toContain("Gone");
  });

  test.each<[situation: string, args: () => readonly string[], sentence: string]>([
    ["one source", () => ["."], "diff compares two sources, and was given 1."],
    ["no such folder", () => ["missing", "."], "There is no file or folder missing."],
    ["the standard input twice", () => ["-", "-"], "Only one of the two sources can be the standard input."],
    [
      "--install without --base",
      () => [".", ".", "--install", "npm ci"],
      "--install is about the packages of --base.",
    ],
    [
      "an inventory of another version",
      () => {
        const file = join(written({ "old.json": { version: 7, rows: [], sources: [] } }), "old.json");
        return [file, file];
      },
      "is an inventory of version 7, and only version 1 is understood.",
    ],
    [
      "an inventory that isn't whole",
      () => {
        const file = join(written({ "half.json": { version: 1, rows: [{}], sources: [] } }), "half.json");
        return [file, file];
      },
      "isn't whole",
    ],
    ["a folder in no repository", () => ["--base", "main", "/"], "/ is in no git repository"],
    [
      "an output in no folder",
      () => {
        const directory = writtenProgram(iam);
        return [directory, directory, "--output", join(directory, "missing", "diff.json")];
      },
      "its folder doesn't exist",
    ],
  ])("%s is an error that says what to do", async (_situation, args, sentence) => {
    const { code, stdout, stderr } = await run(...args(), "--format", "json");
    expect([code, stderr]).toEqual([2, expect.stringContaining(sentence)]);
    if (stdout !== "") expect(diffReportOf(stdout).problems).toEqual([expect.stringContaining(sentence)]);
  });
});

describe("a git reference", () => {
  const modules = resolve("node_modules");

  /** A repository whose first commit has one program, and whose working tree has another. */
  function repository(
    before: string,
    after: string | undefined,
    files: Readonly<Record<string, string | object>> = {},
  ) {
    const directory = writtenProgram(before, {
      ".gitignore": "node_modules\n",
      ...files,
    });
    const git = (...args: readonly string[]) =>
      execFileSync("git", ["-C", directory, ...args], { stdio: "pipe" });
    git("init", "--quiet", "--initial-branch", "main");
    git("add", ".");
    git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "-m", "one");
    if (after !== undefined) writeFileSync(join(directory, "index.js"), after);
    return { directory, git };
  }
  const program = (source: string) => {
    const directory = writtenProgram(source);
    const text = readText(join(directory, "index.js"));
    rmSync(directory, { recursive: true });
    return text;
  };
  /** Installs the packages of this repository, as a lock file without packages can't. */
  const linked = `node -e "fs.symlinkSync(process.argv[1], 'node_modules')" ${modules}`;

  test("what the working tree opens, and no worktree is left", async () => {
    const { directory, git } = repository(iam, program(open));
    const { code, stdout, stderr } = await run("--base", "main", "--install", linked, directory);
    expect([code, stderr]).toEqual([1, ""]);
    expect(stdout).toContain("Opened (1)");
    expect(String(git("worktree", "list")).trim().split("\n")).toHaveLength(1);
  });

  test("its packages are installed by its own lock file", async () => {
    const install =
      "fs.mkdirSync('node_modules/@pulumi', { recursive: true }); for (const one of ['pulumi']) fs.symlinkSync(process.env.MODULES + '/@pulumi/' + one, 'node_modules/@pulumi/' + one);";
    const { directory } = repository(iam, program(open), {
      "package.json": {
        name: "customers",
        version: "1.0.0",
        private: true,
        scripts: { postinstall: `node -e "${install}"` },
      },
      "package-lock.json": {
        name: "customers",
        version: "1.0.0",
        lockfileVersion: 3,
        packages: { "": { name: "customers", version: "1.0.0" } },
      },
    });
    const { code, stdout, stderr } = await started(["diff", "--base", "main", directory], {
      MODULES: modules,
    }).ended;
    expect([code, stderr]).toEqual([1, ""]);
    expect(stdout).toContain("Opened (1)");
  });

  test("a project that wasn't there is all new", async () => {
    const { directory } = repository(iam, undefined);
    const added = join(directory, "added");
    mkdirSync(added);
    writeFileSync(join(added, "Pulumi.yaml"), "name: customers\nruntime: nodejs\n");
    writeFileSync(join(added, "index.js"), program(open));
    const { code, stdout } = await run("--base", "main", added);
    expect(code).toBe(1);
    expect(stdout).toContain("Opened (1)");
  });

  test("a reference that isn't there is an error that says what to do", async () => {
    const { directory } = repository(iam, undefined);
    const { code, stderr } = await run("--base", "origin/main", directory);
    expect(code).toBe(2);
    expect(stderr).toContain("The repository has no commit origin/main. Fetch it first");
  });

  test("packages that can't be installed are an error with the installer's last line", async () => {
    const { directory, git } = repository(iam, undefined);
    const { code, stderr } = await run(
      "--base",
      "main",
      "--install",
      "echo no such package >&2; exit 3",
      directory,
    );
    expect(code).toBe(2);
    expect(stderr).toContain("ended with 3. no such package");
    expect(String(git("worktree", "list")).trim().split("\n")).toHaveLength(1);
  });
});

test("docs/diff.md shows what a change of an example answers", async () => {
  const [, shown] = /<!-- diff -->\n```text\n(.+?)```/s.exec(readText("docs/diff.md")) ?? [];
  const example = readText("examples/open-customer-lookup/index.ts");
  const earlier = example
    .replace('routeKey: "GET /customers/{id}",', '$& authorizationType: "AWS_IAM",')
    .replace(
      'new aws.apigateway.Stage("customers-rest", {',
      `new aws.apigateway.MethodSettings("all", {
  restApi: restApi.id,
  stageName: "live",
  methodPath: "*/*",
  settings: { throttlingRateLimit: 100, throttlingBurstLimit: 50 },
});
$&`,
    );
  const inventoryOf = (directory: string) => inventory({ directories: [directory], states: [] });
  const before = written({
    "Pulumi.yaml": readText("examples/open-customer-lookup/Pulumi.yaml"),
    "index.ts": earlier,
  });
  const result = diff(
    { name: "origin/main", inventory: await inventoryOf(before) },
    { name: "infra", inventory: await inventoryOf("examples/open-customer-lookup") },
    { failOn: "weakened", today: "2026-01-01" },
  );
  expect(diffText(result, { colors: false })).toBe(shown);
});

function readText(file: string): string {
  return readFileSync(file, "utf8");
}
