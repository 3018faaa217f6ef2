import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { reportOf } from "./reports/report-schema";
import { bare, bin, type Run, started } from "./started";
import { mirrorPack, written, writtenProgram } from "./written-program";

const run = (...args: readonly string[]) => started(args).ended;
const escapeCode = "\u001b";

const clean =
  'console.log("to stdout"); console.error("to stderr"); new Api("api", { protocolType: "HTTP" });';
const programs = {
  0: clean,
  1: `${clean} new Route("open", { routeKey: "GET /customers" });`,
  2: `${clean} throw new pulumi.RunError("no such table");`,
};

describe.each([
  { code: 0, says: "+ 2 to create" },
  { code: 1, says: "preview failed: 1 mandatory violation" },
  { code: 2, says: "preview incomplete: what wasn't seen wasn't judged" },
] as const)("a preview that ends with $code", ({ code, says }) => {
  let text: Run;
  let json: Run;
  beforeAll(async () => {
    const directory = writtenProgram(programs[code]);
    [text, json] = await Promise.all([run("preview", directory), run("preview", directory, "--json")]);
  });

  test("has that exit code", () => {
    expect([text.code, json.code]).toEqual([code, code]);
  });

  test("says so, and shows what the program printed", () => {
    expect(text.stdout).toContain(says);
    expect(text.stdout).toContain("to stdout\n");
    expect(text.stdout).toContain("to stderr\n");
  });

  test("prints nothing but JSON with --json", () => {
    expect(reportOf(json.stdout)).toMatchObject({ project: "customers", stack: "dev", exitCode: code });
  });

  test("prints no escape codes into a pipe, and no spinner", () => {
    expect(text.stdout).not.toContain(escapeCode);
    expect([text.stderr, json.stderr]).toEqual(["", ""]);
  });
});

describe("if nothing can be previewed", () => {
  const nothing = written({});
  const project = { "Pulumi.yaml": { name: "customers", runtime: "nodejs" } };
  test.each<[situation: string, args: () => readonly string[], sentence: string]>([
    ["no such folder", () => [".tmp/missing"], `There is no folder ${resolve(".tmp/missing")}.`],
    [
      "several stacks",
      () => [written({ ...project, "Pulumi.a.yaml": "", "Pulumi.b.yaml": "" })],
      "Choose one with --stack",
    ],
    [
      "a stack without settings beside one that has some",
      () => [written({ ...project, "Pulumi.prod.yaml": "" }), "--stack", "typo"],
      'The stack "typo" has no settings, but the stack prod has.',
    ],
    [
      "another runtime",
      () => [written({ "Pulumi.yaml": { name: "customers", runtime: "python" } })],
      "has the runtime python",
    ],
    [
      "no such pack",
      () => [written(project), "--policy-pack", nothing],
      `There is no policy pack in ${nothing}`,
    ],
    [
      "no such fixtures",
      () => [written(project), "--fixtures", "missing.json"],
      "The fixtures missing.json can't be read.",
    ],
    [
      "no such pack configuration",
      () => [written(project), "--policy-pack-config", "missing.json"],
      "The policy pack configuration missing.json can't be read.",
    ],
    [
      "more configurations than packs",
      () => {
        const directory = written({ ...project, "config.json": "{}" });
        const configuration = ["--policy-pack-config", join(directory, "config.json")];
        return [directory, "--policy-pack", mirrorPack, ...configuration, ...configuration];
      },
      "2 configurations for 1 policy pack.",
    ],
  ])("%s: exit code 2, with the reason as text and as JSON", async (_situation, given, sentence) => {
    const args = given();
    const [text, json] = await Promise.all([run("preview", ...args), run("preview", ...args, "--json")]);
    expect(text).toMatchObject({ code: 2, stdout: "" });
    expect(text.stderr).toMatch(/^api-guardrails: [^\n]+\n$/);
    expect(text.stderr).toContain(sentence);
    expect(json).toMatchObject({ code: 2, stderr: text.stderr });
    expect(reportOf(json.stdout)).toEqual({
      version: 1,
      project: null,
      stack: null,
      exitCode: 2,
      policyPacks: [],
      violations: [],
      exceptions: [],
      problems: [text.stderr.slice("api-guardrails: ".length, -1)],
      failedAt: null,
      unseen: [],
      notices: [],
      resources: [],
    });
  });
});

describe("the command line itself", () => {
  const { version } = JSON.parse(readFileSync("review/package.json", "utf8"));
  test.each<[args: string, code: number, stream: "stdout" | "stderr", says: string]>([
    ["--help", 0, "stdout", "Usage: api-guardrails <command> [directory]"],
    [
      "preview --help",
      0,
      "stdout",
      `
Exit codes:
  0  clean, or advisories only
  1  a mandatory violation
  2  it couldn't run, or not see all of the program
`,
    ],
    ["help preview", 0, "stdout", "--policy-pack <dir>"],
    ["--version", 0, "stdout", version],
    ["", 2, "stderr", "Usage: api-guardrails <command> [directory]"],
    ["preview --strict", 2, "stderr", "error: unknown option '--strict'"],
    ["preview --password=hunter2", 2, "stderr", "error: unknown option '--password'\n"],
    ["preview -phunter2", 2, "stderr", "error: unknown option '-p'\n"],
    ["preview --stack", 2, "stderr", "error: option '--stack <name>' argument missing"],
    ["rules one two", 2, "stderr", "error: too many arguments for 'rules'"],
    ["review", 2, "stderr", "error: unknown command 'review'"],
  ])("api-guardrails %s", async (args, code, stream, says) => {
    const result = await run(...args.split(" ").filter(Boolean));
    expect(result.code).toBe(code);
    expect(result[stream]).toContain(says);
    expect(result[stream === "stdout" ? "stderr" : "stdout"]).toBe("");
  });

  test("prints nothing more if nobody reads its output", async () => {
    const { child, ended } = started(["--help"]);
    child.stdout?.destroy();
    expect(await ended).toEqual({ code: 0, stdout: "", stderr: "" });
  });
  test.each([
    "--help",
    "preview --help",
    "inventory --help",
    "diff --help",
    "baseline --help",
    "rules --help",
    "init --help",
  ])("api-guardrails %s fits into 80 columns, and says nothing empty", async (args) => {
    const { stdout } = await run(...args.split(" "));
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).not.toContain("default: [");
  });

  test.each([
    ["pnpm", { npm_config_user_agent: "pnpm/12.21.0 npm/? node/? linux x64" }, "pnpm exec api-guardrails"],
    ["node", { npm_config_user_agent: undefined }, "node review/bin/api-guardrails.js"],
  ])("its help shows the command that started it: %s", async (_by, env, command) => {
    const { stdout } = await started(["preview", "--help"], env).ended;
    expect(stdout).toContain(
      `Examples:\n  ${command} preview\n  ${command} preview infra \\\n    --stack prod`,
    );
  });

  test("reports a mistake in its arguments as JSON with --json", async () => {
    const { code, stdout } = await run("preview", "--json", "--strict");
    expect(code).toBe(2);
    expect(reportOf(stdout)).toMatchObject({
      exitCode: 2,
      problems: [expect.stringMatching(/^error: unknown option '--strict'/)],
    });
  });
});

test("its options reach the preview", async () => {
  const directory = writtenProgram(
    `const config = new pulumi.Config();
     const parameter = pulumi.runtime.invoke("aws:ssm/getParameter:getParameter", {});
     parameter.then(({ value }) => console.log([pulumi.getOrganization(), pulumi.getStack(), config.get("a"), config.get("b"), value].join(" ")));`,
    {
      "Pulumi.prod.yaml": { config: { a: "from the stack", b: "from the stack" } },
      "fixtures.json": {
        invokes: [{ token: "aws:ssm/getParameter:getParameter", result: { value: "answered" } }],
      },
      "config.json": { resource: "disabled", stack: "mandatory" },
    },
  );
  const { stdout, code } = await run(
    "preview",
    directory,
    ...["--stack", "acme/prod", "-c", "b=given", "--config", "c=d"],
    ...["--fixtures", `${directory}/fixtures.json`],
    ...["--policy-pack", mirrorPack, "--policy-pack-config", `${directory}/config.json`],
  );
  expect(stdout).toContain("acme prod from the stack given answered\n");
  expect(stdout).toMatch(/\[mandatory\] {2}stack/);
  expect(stdout).not.toMatch(/\[advisory\]/);
  expect(code).toBe(1);
});

test("a type error is a problem with --type-check, and only there", async () => {
  const directory = writtenProgram("", {
    "package.json": { name: "customers", main: "index.ts" },
    "index.ts": 'const port: number = "https";',
  });
  const args = ["preview", directory, "--policy-pack", mirrorPack];
  const [unchecked, checked] = await Promise.all([run(...args), run(...args, "--type-check")]);
  expect(unchecked).toMatchObject({ code: 0, stderr: "" });
  expect(checked).toMatchObject({ code: 2, stderr: "" });
  expect(checked.stdout).toContain("error TS2322: Type 'string' is not assignable to type 'number'.");
});

describe("colours", () => {
  const directory = writtenProgram('console.log("\\u001b[31mred\\u001b[0m");');
  const args = ["preview", directory, "--policy-pack", mirrorPack];
  test.each<[situation: string, env: NodeJS.ProcessEnv, colored: boolean]>([
    [
      "not where a CI only says that it is one, and FORCE_COLOR is 0",
      { CI: "true", GITHUB_ACTIONS: "true", FORCE_COLOR: "0" },
      false,
    ],
    ["where FORCE_COLOR asks for them", { FORCE_COLOR: "1" }, true],
    ["not where NO_COLOR is set too", { FORCE_COLOR: "1", NO_COLOR: "1" }, false],
  ])("%s", async (_situation, env, colored) => {
    const { stdout, stderr } = await started(args, env).ended;
    expect(stdout.includes(escapeCode)).toBe(colored);
    expect(stderr).toBe("");
  });

  /** Runs in a terminal that `script` of util-linux provides. */
  const inTerminal = (columns: number, env: NodeJS.ProcessEnv = {}, given = args, code = 0) => {
    const command = [process.execPath, bin, ...given].map((part) => `'${part}'`).join(" ");
    const { stdout, status } = spawnSync(
      "script",
      ["-qec", `stty cols ${columns} && ${command}`, "/dev/null"],
      {
        env: { ...bare, TERM: "xterm", ...env },
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    expect(status).toBe(code);
    const [spinner = "", report = ""] = stdout.split("Previewing update");
    return { spinner, report, stdout };
  };
  const terminalTest = test.runIf(spawnSync("script", ["--version"]).status === 0);

  terminalTest("on a terminal, after a spinner that gives the cursor back", () => {
    const { spinner, report } = inTerminal(80);
    expect(spinner).toContain("Previewing");
    expect(spinner.lastIndexOf(`${escapeCode}[?25h`)).toBeGreaterThan(
      spinner.lastIndexOf(`${escapeCode}[?25l`),
    );
    expect(report).toContain(`${escapeCode}[31mred`);
  });

  terminalTest("and a terminal's lines break between words: the report's", () => {
    const { report } = inTerminal(64);
    expect(report).toContain(
      "Notices:\r\n    \u001b[33m!\u001b[39m The program registered no resources, so there was\r\n      nothing to judge.\r\n",
    );
  });

  terminalTest("and those of the help", () => {
    const { stdout } = inTerminal(60, {}, ["preview", "--help"]);
    expect(stdout.split("\r\n").filter((line) => line.length > 60)).toEqual([]);
  });

  terminalTest("and those of a sentence that ends it", () => {
    const { stdout } = inTerminal(40, {}, ["preview", directory, "--stack", "eu prod"], 2);
    expect(stdout).toContain(
      'api-guardrails: --stack "eu prod" is\r\n  not the name of a stack. Write for\r\n  instance: --stack prod\r\n',
    );
  });

  terminalTest("not on a terminal where NO_COLOR is set", () => {
    const { spinner, report } = inTerminal(80, { NO_COLOR: "1" });
    const color = new RegExp(`${escapeCode}\\[\\d+m`);
    expect(spinner).not.toMatch(color);
    expect(report).not.toMatch(color);
  });

  terminalTest("on a terminal without a width, where a spinner would never end", () => {
    const { spinner, report } = inTerminal(0);
    expect(spinner).toBe("");
    expect(report).toContain(`${escapeCode}[31mred`);
  });
});
