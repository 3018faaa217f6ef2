import { spawn, spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { startNode } from "../../../review/src/engine/node-process";
import type { Secrets } from "../../../review/src/secrets";
import { allClosed, connections } from "../connections";
import { type Files, written } from "../written-program";

/** Collects the values that a process marks as secret, in the order of their arrival. */
function collecting(): Secrets & { readonly values: readonly unknown[] } {
  const values: unknown[] = [];
  return { values, add: (value) => void values.push(...[value].flat()), mask: (text) => text };
}

async function ran(files: Files, args: readonly string[] = ["index.js"], env: NodeJS.ProcessEnv = {}) {
  const secrets = collecting();
  const child = startNode(args, { cwd: written(files), env }, secrets, undefined);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (text) => {
      output += text;
    });
  }
  return { code: await child.closed, output, secrets: secrets.values };
}

/** The same without the preload. */
function ranPlainly(files: Files): { readonly code: number | null; readonly output: string } {
  const { status, stdout } = spawnSync(process.execPath, ["index.js"], {
    cwd: written(files),
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  return { code: status, output: stdout };
}

/** If this run uses that version for everything, there is no second copy. */
const fromOther = createRequire(resolve("test/fixtures/other-sdk/package.json"));
const otherSdk = dirname(fromOther.resolve("@pulumi/pulumi/package.json"));

describe("what a program marks as secret is known, in", () => {
  const marks = `
    pulumi.secret("from-secret");
    pulumi.secret(Promise.resolve("from-promise"));
    pulumi.secret(pulumi.output("from-output"));
    pulumi.secret({ a: [{ b: "from-leaf" }], n: 4242, is: true, at: Promise.resolve({ c: "from-promised-leaf" }) });
    const config = new pulumi.Config("customers");
    config.requireSecret("text");
    config.getSecretNumber("number");
    config.requireSecretObject("object");
    config.getSecret("missing");`;
  const configuration = {
    "customers:text": "from-config",
    "customers:number": "5151",
    "customers:object": '{"d":"from-object"}',
  };
  const expected = [
    ...["from-secret", "from-promise", "from-output", "from-leaf", "4242", "from-promised-leaf"],
    ...["from-config", "5151", '{"d":"from-object"}', "from-object"],
  ].sort();
  const run = (files: Files, args?: readonly string[]) =>
    ran(files, args, { PULUMI_CONFIG: JSON.stringify(configuration) });
  const typescript = { "tsconfig.json": { compilerOptions: { module: "commonjs", esModuleInterop: true } } };

  test.each<[situation: string, files: Files, args: readonly string[]]>([
    ["a CommonJS program", { "index.js": `const pulumi = require("@pulumi/pulumi");${marks}` }, ["index.js"]],
    ["an ES module", { "index.mjs": `import * as pulumi from "@pulumi/pulumi";${marks}` }, ["index.mjs"]],
    [
      "an ES module that imports by name",
      {
        "index.mjs": `import { secret, output, Config } from "@pulumi/pulumi";\nconst pulumi = { secret, output, Config };${marks}`,
      },
      ["index.mjs"],
    ],
    [
      "a TypeScript program",
      { ...typescript, "index.ts": `import * as pulumi from "@pulumi/pulumi";${marks}` },
      ["-r", "ts-node/register/transpile-only", "index.ts"],
    ],
    [
      "a program with another SDK, 3.204.0",
      { "index.js": `const pulumi = require(${JSON.stringify(otherSdk)});${marks}` },
      ["index.js"],
    ],
  ])("%s", async (_situation, files, args) => {
    const { output, code, secrets } = await run(files, args);
    expect({ output, code }).toEqual({ output: "", code: 0 });
    expect(secrets.toSorted()).toEqual(expected);
  });

  test("a program with two copies of the SDK", async () => {
    const { secrets } = await run({
      "index.js": `require("@pulumi/pulumi").secret("one copy"); require(${JSON.stringify(otherSdk)}).secret("another copy");`,
    });
    expect(secrets).toEqual(["one copy", "another copy"]);
  });

  test("a program that ends at once, or reads a value of the wrong type", async () => {
    const { secrets, code } = await run({
      "index.js": `
        const pulumi = require("@pulumi/pulumi");
        try { new pulumi.Config("customers").requireSecretNumber("text"); } catch {}
        pulumi.secret("at the end");
        process.reallyExit(3);`,
    });
    expect({ secrets, code }).toEqual({ secrets: ["from-config", "at the end"], code: 3 });
  });

  test("a program with many secrets, and with long ones", async () => {
    const { secrets } = await run({
      "index.js": `
        const { secret } = require("@pulumi/pulumi");
        for (let index = 0; index < 500; index += 1) secret("ä".repeat(10_000) + index);`,
    });
    expect(secrets).toHaveLength(500);
    expect(secrets.at(-1)).toBe(`${"ä".repeat(10_000)}499`);
  });
});

describe("the preload changes nothing else of a program:", () => {
  const pulumi = 'const pulumi = require("@pulumi/pulumi");';
  test.each<[situation: string, source: string, printed: RegExp]>([
    [
      "the functions look as they did",
      `${pulumi} console.log(pulumi.secret.name, pulumi.secret.length, pulumi.Config.prototype.requireSecret.length);`,
      /^secret 1 2\n$/,
    ],
    [
      "what they answer",
      `${pulumi}
       const output = pulumi.secret({ a: "text" });
       Promise.all([output.promise(), output.isSecret, output.a.isSecret, output.isKnown]).then((all) => console.log(JSON.stringify(all)));`,
      /^\[\{"a":"text"\},true,true,true\]\n$/,
    ],
    [
      "a value that fails fails as it did",
      `${pulumi}
       process.on("unhandledRejection", (error) => console.log("unhandled", error.message));
       pulumi.secret(Promise.reject(new Error("no such table")));`,
      /^(unhandled no such table\n)+$/,
    ],
    [
      "no getter runs, and nothing is asked of an object that answers everything",
      `${pulumi}
       const noisy = { get a() { console.log("asked"); return "text"; } };
       Object.defineProperty(noisy, "__pulumiOutput", { value: true });
       noisy.promise = () => Promise.resolve("text"); noisy.isKnown = noisy.isSecret = Promise.resolve(true);
       noisy.resources = () => new Set(); noisy.allResources = async () => new Set();
       pulumi.secret(noisy);`,
      /^$/,
    ],
    [
      "a circle is refused as it was",
      `${pulumi} const a = {}; a.a = a; try { pulumi.secret(a); } catch (error) { console.log(error.message); }`,
      /^Cannot create an Output from a circular structure\n$/,
    ],
    [
      "its environment, its arguments and its standard input",
      `console.log(Object.keys(process.env).filter((name) => name.startsWith("API_GUARDRAILS")), process.argv.length);
       process.stdin.on("end", () => console.log("no input")).resume();`,
      /^\[\] 2\nno input\n$/,
    ],
    [
      "a process that it forks has its messages for itself",
      `const child = require("node:child_process").fork("child.js");
       child.on("message", (message) => { console.log(message); child.disconnect(); });`,
      /^hello\n$/,
    ],
    [
      "a thread that it starts",
      `new (require("node:worker_threads").Worker)("./thread.js").on("message", (message) => console.log(message));`,
      /^hello\n$/,
    ],
  ])("%s", async (_situation, source, printed) => {
    const forked = `${pulumi} pulumi.secret("forked"); process.send("hello");`;
    const thread = `${pulumi} pulumi.secret("thread"); require("node:worker_threads").parentPort.postMessage("hello");`;
    const files = { "index.js": source, "child.js": forked, "thread.js": thread };
    const { output, code } = await ran(files);
    expect(output).toMatch(printed);
    expect({ output, code }).toEqual(ranPlainly(files));
  });

  test("if it may not start threads", async () => {
    const flag = process.allowedNodeEnvironmentFlags.has("--permission")
      ? "--permission"
      : "--experimental-permission";
    const args = [flag, "--allow-fs-read=*", "index.js"];
    const { output } = await ran({ "index.js": 'console.log("runs");' }, args, { NODE_NO_WARNINGS: "1" });
    expect(output).toBe("runs\n");
  });
});

describe("nothing outlives what started it:", () => {
  const { connection, connect } = connections();
  const child = "child.js";
  const startChild = `require("node:child_process").spawn(process.execPath, ["${child}"], { stdio: "inherit" });`;
  const waitForChild = `require("node:child_process").execFileSync(process.execPath, ["${child}"], { stdio: "inherit" });`;
  const endless = "connected.then(() => { for (;;); });";

  const programs: readonly (readonly [situation: string, then: string])[] = [
    ["that waits, and its child", startChild],
    ["that is busy for ever, and its child", startChild + endless],
    ["that waits for its child and can do nothing else", `connected.then(() => { ${waitForChild} });`],
  ];
  const folderOf = (then: string) =>
    written({ [child]: connect("child"), "index.js": connect("program") + then });
  const running = () => Promise.all([connection("program"), connection("child")]);

  test.each(programs)("a program %s, where it is ended", async (_situation, then) => {
    const both = running();
    const program = startNode(["index.js"], { cwd: folderOf(then), env: {} }, collecting(), undefined);
    const processes = await both;
    await program.end();
    await allClosed(processes);
    expect(await program.closed).toBeNull();
  });

  test.each(programs)("a program %s, where it is interrupted", async (_situation, then) => {
    const both = running();
    const abort = new AbortController();
    const program = startNode(["index.js"], { cwd: folderOf(then), env: {} }, collecting(), abort.signal);
    const processes = await both;
    abort.abort();
    await allClosed(processes);
    expect(await program.closed).toBeNull();
  });

  test.each(programs)("a program %s, where what started it is killed", async (_situation, then) => {
    const both = running();
    const starts = `
      const { startNode } = require(${JSON.stringify(resolve("review/dist/engine/node-process.js"))});
      startNode(["index.js"], { cwd: ${JSON.stringify(folderOf(then))}, env: {} }, { add() {} }, undefined);`;
    const parent = spawn(process.execPath, ["-e", starts], { stdio: "inherit" });
    const processes = await both;
    parent.kill("SIGKILL");
    await allClosed(processes);
  });

  test("a child process that a program leaves behind when it ends itself", async () => {
    const both = running();
    const program = startNode(["index.js"], { cwd: folderOf(startChild), env: {} }, collecting(), undefined);
    const [{ socket }, left] = await both;
    socket.write("end");
    await left.closed;
    expect(await program.closed).toBe(0);
  });

  test("a process that was interrupted before it started", async () => {
    const program = startNode(
      ["index.js"],
      { cwd: folderOf(""), env: {} },
      collecting(),
      AbortSignal.abort(),
    );
    expect(await program.closed).toBeNull();
  });
});
