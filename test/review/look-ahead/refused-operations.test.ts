import { spawn } from "node:child_process";
import fs, { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import Module from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { collectObservations, type Observations } from "../../../review/src/engine/observations";
import { placeholderMark } from "../../../review/src/engine/placeholders";
import { placeholderPattern } from "../../../review/src/placeholders";
import { written } from "../written-program";

const preload = ["watch-callbacks.js", "refuse-operations.js"].flatMap((file) => [
  "-r",
  resolve("review/preload", file),
]);

const hasSqlite = Number(process.versions.node.split(".")[0]) >= 22;

interface Ended {
  readonly code: number | null;
  readonly printed: string;
  readonly observations: Observations;
  /** The folder of the program, in which no callback may write. */
  readonly directory: string;
}

/** Runs a program with the preload, and nothing of Pulumi's but outputs. */
async function run(
  source: string,
  ahead?: { readonly operations?: readonly string[]; readonly file?: string },
): Promise<Ended> {
  const file = ahead?.file ?? "index.js";
  const directory = realpathSync(
    written({
      [file]: source,
      "package.json": { name: "program", private: true },
      "thread.js": "require('node:fs').writeFileSync('written', '')",
      "echo.js": `const port = require("node:worker_threads").parentPort;
port?.on("message", (message) => port.postMessage(message));
process.send && process.on("message", (message) => process.send(message));`,
      // Ends by itself if nothing tells it something.
      "told.js": `const tell = () => {
  require("node:fs").writeFileSync("written", "");
  process.exit();
};
process.on("message", tell);
require("node:worker_threads").parentPort?.on("message", tell);
process.stdin.on("data", tell);
setTimeout(process.exit, 1000);`,
    }),
  );
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "look-ahead-")));
  const settings = join(folder, "settings.json");
  writeFileSync(
    settings,
    JSON.stringify({
      folder,
      monitor: `127.0.0.1:${monitor}`,
      operations: ahead?.operations ?? [],
      placeholder: placeholderPattern,
      mark: placeholderMark,
    }),
  );
  const child = spawn(process.execPath, [...preload, file], {
    cwd: directory,
    stdio: ["ignore", "pipe", "pipe", "ignore", "ignore", "ignore", "pipe"],
    env: {
      ...process.env,
      SERVER: String(server),
      MONITOR: String(monitor),
      FOLDER: folder,
      API_GUARDRAILS_OBSERVATIONS_FD: "6",
      ...(ahead && { API_GUARDRAILS_LOOK_AHEAD: settings }),
    },
  });
  const [, out, errors, , , , seen]: readonly unknown[] = child.stdio;
  if (!out || !errors || !seen) throw new Error("the process has no pipes");
  const closed = new Promise<number | null>((done) => child.once("close", done));
  const [code, printed, thrown, lines] = await Promise.all([
    closed,
    text(out as NodeJS.ReadableStream),
    text(errors as NodeJS.ReadableStream),
    text(seen as NodeJS.ReadableStream),
  ]);
  const observations = collectObservations();
  observations.take(lines);
  return { code, printed: printed + thrown, observations, directory };
}

/** A callback that a preview never runs. */
const callback = (code: string) => `const { output } = require("@pulumi/pulumi/output");
output("placeholder00001").apply(async (id) => {
${code}
});`;

/** The ports of two servers: one that a program may not reach, and the monitor. */
let server: number;
let monitor: number;
const servers = [createServer(), createServer()];
let connections = 0;
beforeAll(async () => {
  servers[0]?.on("connection", (socket) => {
    connections += 1;
    socket.on("error", () => {});
    socket.end("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
  });
  servers[1]?.on("connection", (socket) => socket.on("error", () => {}).end("monitor"));
  [server, monitor] = (await Promise.all(
    servers.map(
      (each) =>
        new Promise<number>((done) => {
          each.listen(0, () => done((each.address() as { port: number }).port));
        }),
    ),
  )) as [number, number];
});
afterAll(() => {
  for (const each of servers) each.close();
});

const at = ["http://127.0.0.1:", "{process.env.SERVER}/"].join("$");

describe("a callback that reaches out of the look-ahead ends it, before anything happens", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["fetch", `await fetch(\`${at}\`)`, "reaches the network"],
    ["node:http", `require("http").get(\`${at}\`).on("error", () => {})`, "reaches the network"],
    [
      "node:https",
      `require("https").request("https://127.0.0.1:" + process.env.SERVER).on("error", () => {}).end()`,
      "reaches the network",
    ],
    ["node:net", `require("net").connect(Number(process.env.SERVER), "127.0.0.1")`, "reaches the network"],
    [
      "a socket in the file system",
      `require("net").connect("/var/run/docker.sock").on("error", () => {})`,
      "reaches the network",
    ],
    [
      "node:tls",
      `require("tls").connect(Number(process.env.SERVER), "127.0.0.1").on("error", () => {})`,
      "reaches the network",
    ],
    ["node:http2", `require("http2").connect(\`${at}\`).on("error", () => {})`, "reaches the network"],
    ["node:dgram", `require("dgram").createSocket("udp4").send("x", 9, "127.0.0.1")`, "reaches the network"],
    ["node:dns", `require("dns").lookup("localhost", () => {})`, "reaches the network"],
    [
      "dns, promisified",
      `await require("util").promisify(require("dns").lookup)("localhost")`,
      "reaches the network",
    ],
    ["dns.promises", `await require("dns/promises").resolve4("localhost")`, "reaches the network"],
    [
      "a WebSocket",
      `const { WebSocket = fetch } = globalThis; new WebSocket("ws://127.0.0.1:" + process.env.SERVER)`,
      "reaches the network",
    ],
    ["a server for others", `require("http").createServer().listen(0, "0.0.0.0")`, "serves on the network"],
    ["exec", `require("child_process").exec("touch written")`, "starts a process"],
    ["execSync", `require("child_process").execSync("touch written")`, "starts a process"],
    [
      "execFile, promisified",
      `await require("util").promisify(require("child_process").execFile)("touch", ["written"])`,
      "starts a process",
    ],
    ["spawn", `require("child_process").spawn("touch", ["written"])`, "starts a process"],
    ["spawnSync", `require("child_process").spawnSync("touch", ["written"])`, "starts a process"],
    ["fork", `require("child_process").fork("./thread.js")`, "starts a process"],
    ["cluster.fork", `require("cluster").fork()`, "starts a process"],
    ["a signal to another process", `process.kill(process.ppid, "SIGTERM")`, "signals a process"],
    ["a signal by another name", `process._kill(process.ppid, 15)`, "signals a process"],
    ["a debugger's signal", `process._debugProcess(process.ppid)`, "signals a process"],
    ["another process's priority", `require("os").setPriority(process.ppid, 1)`, "signals a process"],
    ["tests of Node.js", `require("node:test").run({ files: ["./thread.js"] })`, "starts a process"],
    [
      "a channel to all threads",
      `new BroadcastChannel("all").postMessage(id)`,
      "sends a message to a thread",
    ],
    ["a channel to a thread", `new MessageChannel().port1.postMessage(id)`, "sends a message to a thread"],
    ["a thread", `new (require("worker_threads").Worker)("./thread.js")`, "starts a thread"],
    [
      "a thread of a class of its own",
      `class Own extends require("worker_threads").Worker {}; new Own("./thread.js")`,
      "starts a thread",
    ],
    [
      "a module's loader",
      `require("module").register?.("data:text/javascript,"); require("module").registerHooks?.({})`,
      "changes how modules are loaded",
    ],
    ["native code", `process.dlopen({ exports: {} }, "/nothing.node")`, "loads native code"],
    ["a binding of Node.js", `process.binding("fs")`, "loads native code"],
    ["an engine of OpenSSL", `require("crypto").setEngine("/nothing.so")`, "loads native code"],
    ["a flag of V8", `require("v8").setFlagsFromString("--prof")`, "changes how Node.js runs"],
    ["a service's name", `require("dns").lookupService("127.0.0.1", 80, () => {})`, "reaches the network"],
    ["an address's name", `require("dns").reverse("127.0.0.1", () => {})`, "reaches the network"],
    ["writeFileSync", `require("fs").writeFileSync("written", id)`, "writes a file"],
    ["writeFile", `require("fs").writeFile("written", id, () => {})`, "writes a file"],
    ["fs.promises.writeFile", `await require("fs/promises").writeFile("written", id)`, "writes a file"],
    [
      "a URL of a file",
      `require("fs").appendFileSync(require("url").pathToFileURL("written"), id)`,
      "writes a file",
    ],
    ["a stream", `require("fs").createWriteStream("written").end(id)`, "writes a file"],
    ["openSync for writing", `require("fs").openSync("written", "w")`, "writes a file"],
    [
      "openSync with numbers",
      `require("fs").openSync("written", require("fs").constants.O_CREAT | require("fs").constants.O_WRONLY)`,
      "writes a file",
    ],
    [
      "fs.promises.open",
      `await (await require("fs/promises").open("written", "a")).write(id)`,
      "writes a file",
    ],
    ["mkdir", `require("fs").mkdirSync("written")`, "writes a file"],
    ["a link", `require("fs").symlinkSync("/etc", "written")`, "writes a file"],
    ["copying", `require("fs").cpSync("thread.js", "written")`, "writes a file"],
    ["renaming", `require("fs").renameSync("thread.js", "written")`, "writes a file"],
    ["removing", `require("fs").rmSync("thread.js")`, "writes a file"],
    ["removing, with promises", `await require("fs/promises").unlink("thread.js")`, "writes a file"],
    [
      "a way out of the folder",
      `require("fs").writeFileSync(process.env.FOLDER + "/../written-beside", id)`,
      "writes a file",
    ],
    [
      "a link out of the folder",
      `require("fs").symlinkSync(process.cwd(), process.env.FOLDER + "/out"); require("fs").writeFileSync(process.env.FOLDER + "/out/written", id)`,
      "writes a file",
    ],
    [
      "a link out of the folder, to a file that doesn't exist",
      `require("fs").symlinkSync(process.cwd() + "/written", process.env.FOLDER + "/out"); require("fs").writeFileSync(process.env.FOLDER + "/out", id)`,
      "writes a file",
    ],
    [
      "a folder below a link out of the folder",
      `require("fs").symlinkSync(process.cwd(), process.env.FOLDER + "/out"); require("fs").mkdirSync(process.env.FOLDER + "/out/written/below", { recursive: true })`,
      "writes a file",
    ],
    [
      "a second name for a file outside",
      `require("fs").linkSync("thread.js", process.env.FOLDER + "/own"); require("fs").writeFileSync(process.env.FOLDER + "/own", id)`,
      "writes a file",
    ],
    ["a trace", `require("trace_events").createTracing({ categories: ["node"] }).enable()`, "writes a file"],
    ["a snapshot of a full heap", `require("v8").setHeapSnapshotNearHeapLimit(1)`, "writes a file"],
    ["a report of Node.js", `process.report.writeReport()`, "writes a file"],
    ["a snapshot of the heap", `require("v8").writeHeapSnapshot("written")`, "writes a file"],
    [
      "after it waited",
      `await new Promise((done) => setTimeout(done)); require("fs").writeFileSync("written", id)`,
      "writes a file",
    ],
    [
      "in an event",
      `const events = new (require("events"))(); events.on("now", () => require("fs").writeFileSync("written", id)); setImmediate(() => events.emit("now"))`,
      "writes a file",
    ],
    [
      "in an ES module that it imports",
      `await import("data:text/javascript,import { writeFileSync } from 'node:fs'; writeFileSync('written', '')")`,
      "writes a file",
    ],
    [
      "although it catches every error",
      `try { require("fs").writeFileSync("written", id) } catch {} console.log("went on")`,
      "writes a file",
    ],
  ];
  test.each(cases)("%s", async (_what, code, does) => {
    const before = connections;
    const ended = await run(callback(code), {});
    expect(ended.observations.refused).toMatchObject({ does });
    expect(ended.code).toBeNull();
    expect(ended.printed).toBe("");
    expect(existsSync(join(ended.directory, "written"))).toBe(false);
    expect(existsSync(join(ended.directory, "thread.js"))).toBe(true);
    expect(connections).toBe(before);
  });

  test("with the line of the program", async () => {
    const { observations, directory } = await run(callback(`require("fs").writeFileSync("written", id)`), {});
    expect(observations.refused?.line).toBe(join(directory, "index.js:3"));
  });

  const sqlite = `const { DatabaseSync } = require("node:sqlite");`;
  const newer: readonly (readonly [string, boolean, string, string, string])[] = [
    [
      "another program in its place",
      "execve" in process,
      "",
      `process.execve("/usr/bin/touch", ["touch", "written"], process.env)`,
      "starts a process",
    ],
    [
      "a cache of compiled code",
      "enableCompileCache" in Module,
      "",
      `require("module").enableCompileCache("written")`,
      "writes a file",
    ],
    [
      "a stream of lines into a file",
      "Utf8Stream" in fs,
      "",
      `const { Utf8Stream } = require("fs"); new Utf8Stream({ dest: "written" }).end(id)`,
      "writes a file",
    ],
    ["a database in a file", hasSqlite, sqlite, `new DatabaseSync("written")`, "writes a file"],
    [
      "a database in memory, which writes a file",
      hasSqlite,
      sqlite,
      `new DatabaseSync(":memory:").exec("VACUUM INTO 'written'")`,
      "writes a file",
    ],
    [
      "a database that the program opened before",
      hasSqlite,
      `${sqlite} const opened = new DatabaseSync(":memory:");`,
      `opened.exec("VACUUM INTO 'written'")`,
      "writes a file",
    ],
    [
      "a statement that the program prepared before",
      hasSqlite,
      `${sqlite} const opened = new DatabaseSync(":memory:").prepare("VACUUM INTO 'written'");`,
      `opened.run()`,
      "writes a file",
    ],
  ];
  for (const [what, isThere, top, code, does] of newer) {
    test.skipIf(!isThere)(`${what}, where Node.js has it`, async () => {
      const { observations, directory } = await run(`${top}\n${callback(code)}`, {});
      expect(observations.refused).toMatchObject({ does, isInCallback: true });
      expect(existsSync(join(directory, "written"))).toBe(false);
    });
  }

  test("names that an ES module has imported", async () => {
    const source = `import { execSync } from "node:child_process";
import pulumi from "@pulumi/pulumi/output.js";
pulumi.output("placeholder00001").apply(() => execSync("touch written"));`;
    const { observations } = await run(source, { file: "index.mjs" });
    expect(observations.refused).toMatchObject({ does: "starts a process" });
  });

  const opened: readonly (readonly [string, string, string, string])[] = [
    [
      "a connection",
      `const opened = require("net").connect(Number(process.env.SERVER), "127.0.0.1", ready);`,
      `opened.write(id)`,
      "reaches the network",
    ],
    [
      "a connection that isn't open yet",
      `const opened = require("net").connect(Number(process.env.SERVER), "127.0.0.1"); opened.write("a"); ready();`,
      `opened.write(id)`,
      "reaches the network",
    ],
    [
      "a request",
      `const opened = require("http").request(\`${at}\`, { method: "POST" }).on("error", () => {}); opened.flushHeaders(); ready();`,
      `opened.end(id)`,
      "reaches the network",
    ],
    [
      "a session of HTTP/2 that isn't open yet",
      `const opened = require("http2").connect(\`${at}\`).on("error", () => {}); ready();`,
      `opened.request({ ":path": "/" + id }).on("error", () => {})`,
      "reaches the network",
    ],
    [
      "an agent whose only connection is busy",
      `const { request, Agent } = require("http"); const agent = new Agent({ maxSockets: 1 });
       request(\`${at}\`, { agent }).on("error", () => {}).end(); ready();`,
      `request(\`${at}\`, { agent }).on("error", () => {}).end(id)`,
      "reaches the network",
    ],
    [
      "a process, by a signal",
      `const opened = require("child_process").spawn(process.execPath, ["told.js"]); opened.once("spawn", ready);`,
      `opened.kill()`,
      "signals a process",
    ],
    [
      "a process, by a message",
      `const opened = require("child_process").fork("told.js"); opened.once("spawn", ready);`,
      `opened.send(id)`,
      "sends a message to a process",
    ],
    [
      "a process, by its input",
      `const opened = require("child_process").spawn(process.execPath, ["told.js"]); opened.once("spawn", ready);`,
      `opened.stdin.write(id)`,
      "reaches the network",
    ],
    [
      "a thread",
      `const opened = new (require("worker_threads").Worker)("./told.js"); opened.once("online", ready);`,
      `opened.postMessage(id)`,
      "sends a message to a thread",
    ],
    [
      "a thread, whose class it uses",
      `const opened = new (require("worker_threads").Worker)("./told.js"); opened.once("online", ready);`,
      `new opened.constructor("./thread.js")`,
      "starts a thread",
    ],
    [
      "a file",
      `const opened = require("fs").openSync("log", "w"); ready();`,
      `require("fs").writeSync(opened, id)`,
      "writes a file",
    ],
    [
      "a file, whose number was one of the folder's before",
      `const { openSync, closeSync } = require("fs"); const own = openSync(process.env.FOLDER + "/own", "w"); closeSync(own); const opened = openSync("log", "w"); if (opened !== own) throw new Error("another number"); ready();`,
      `require("fs").writeSync(opened, id)`,
      "writes a file",
    ],
    [
      "a stream into a file, which isn't open yet",
      `const opened = require("fs").createWriteStream("log"); ready();`,
      `opened.write(id)`,
      "writes a file",
    ],
    [
      "a file handle",
      `let opened; require("fs/promises").open("log", "w").then((handle) => { opened = handle; ready(); });`,
      `await opened.writeFile(id)`,
      "writes a file",
    ],
    [
      "a stream of a file handle",
      `let opened; require("fs/promises").open("log", "w").then((handle) => { opened = handle.createWriteStream(); ready(); });`,
      `opened.end(id)`,
      "writes a file",
    ],
  ];
  test.each(opened)("what the program opened before: %s", async (_what, top, code, does) => {
    const source = `const { output } = require("@pulumi/pulumi/output");
${top}
function ready() { output("placeholder00001").apply(async (id) => { ${code} }); }`;
    // Whatever it did in the preview.
    const { observations: inPreview } = await run(source);
    const { observations, directory } = await run(source, { operations: inPreview.operations });
    expect(observations.refused).toMatchObject({ does, isInCallback: true });
    expect(existsSync(join(directory, "written"))).toBe(false);
    if (existsSync(join(directory, "log"))) expect(readFileSync(join(directory, "log"), "utf8")).toBe("");
  });
});

describe("what a callback may do", () => {
  const cases: readonly (readonly [string, string])[] = [
    [
      "read a file",
      `const fs = require("fs"); fs.readFileSync("index.js"); fs.openSync("index.js"); fs.open("index.js", () => {}); fs.createReadStream("index.js").resume()`,
    ],
    [
      "write in the folder of the look-ahead",
      `const { writeFileSync, openSync, writeSync, mkdirSync } = require("fs"); mkdirSync(process.env.FOLDER + "/a"); writeFileSync(process.env.FOLDER + "/a/b", id); writeSync(openSync(process.env.FOLDER + "/c", "w"), id)`,
    ],
    [
      "write files of that folder in any way",
      `const fs = require("fs"); const at = process.env.FOLDER; fs.mkdirSync(at + "/a/b/c", { recursive: true });
       fs.writeFileSync(at + "/a/b/c/d", id); fs.linkSync(at + "/a/b/c/d", at + "/e"); fs.renameSync(at + "/e", at + "/f");
       const stream = fs.createWriteStream(at + "/g"); stream.write(id); stream.end(id);
       const handle = await fs.promises.open(at + "/h", "w"); await handle.writeFile(id); await handle.close()`,
    ],
    ["copy a value", `structuredClone({ id }); await new Blob([id]).text()`],
    ["import a module", `await import("data:text/javascript,")`],
    ["print", `process.stdout.write(""); console.error("")`],
    ["talk to the monitor", `require("net").connect(Number(process.env.MONITOR), "127.0.0.1").resume()`],
    ["serve transforms to the engine", `require("net").createServer().listen(0, "127.0.0.1").unref()`],
    ["ask whether a process runs", `process.kill(process.pid, 0)`],
  ];
  test.each(cases)("%s", async (_what, code) => {
    const { observations, code: exit } = await run(callback(`${code}; console.log("done")`), {});
    expect({ refused: observations.refused, exit }).toEqual({ refused: undefined, exit: 0 });
  });
});

describe("outside such callbacks", () => {
  const touch = `require("child_process").execFileSync("touch", ["written"]);`;

  test("a program may do what it likes until a placeholder is out", async () => {
    const { observations, directory } = await run(`${touch}\n${callback("")}`, {});
    expect(observations.refused).toBeUndefined();
    expect(existsSync(join(directory, "written"))).toBe(true);
  });

  const later = `${callback("globalThis.id = id;")} setTimeout(() => { ${touch} });`;

  test("then it may do only what a preview does", async () => {
    const { observations } = await run(later, {});
    expect(observations.refused).toMatchObject({ does: "starts a process" });
  });

  test("what the preview has done may be done again", async () => {
    const { observations: inPreview } = await run(later);
    expect(inPreview.operations.length).toBeGreaterThan(0);
    const { observations, directory } = await run(later, { operations: inPreview.operations });
    expect(observations.refused).toBeUndefined();
    expect(existsSync(join(directory, "written"))).toBe(true);
  });

  test.each([
    ["mkdtempSync", `done(require("fs").mkdtempSync(prefix))`],
    ["mkdtemp", `require("fs").mkdtemp(prefix, (_error, folder) => done(folder))`],
    ["fs.promises.mkdtemp", `require("fs/promises").mkdtemp(prefix).then(done)`],
  ])("also in a folder with a random name, by %s", async (_what, code) => {
    const source = `${callback("")} const prefix = require("path").join(require("os").tmpdir(), "build-");
const done = (folder) => { require("child_process").execFileSync("touch", [folder + "/written"]); require("fs").writeFileSync(folder + "/again", ""); };
setTimeout(() => { ${code} });`;
    const { observations: inPreview, code: exit } = await run(source);
    const { observations } = await run(source, { operations: inPreview.operations });
    expect({ exit, refused: observations.refused }).toEqual({ exit: 0, refused: undefined });
    const elsewhere = await run(source.replace("/written", "/other"), { operations: inPreview.operations });
    expect(elsewhere.observations.refused).toMatchObject({ does: "starts a process" });
  });

  test("also at another address of the same host", async () => {
    const source = (address: string) => `${callback("")}
const lookup = (_host, options, done) => options.all ? done(null, [{ address: "${address}", family: 4 }]) : done(null, "${address}", 4);
setTimeout(() => {
  const socket = require("net").connect({ host: "customers.example.com", port: Number(process.env.SERVER), lookup }, () => socket.end("GET /"));
  socket.on("error", () => {}).resume();
});`;
    const { observations: inPreview } = await run(source("127.0.0.1"));
    const before = connections;
    const { observations } = await run(source("127.0.0.2"), { operations: inPreview.operations });
    expect({ refused: observations.refused, connections }).toEqual({
      refused: undefined,
      connections: before + 1,
    });
  });

  test("but not in such a callback, although the preview has done it outside of one", async () => {
    const { observations: inPreview } = await run(touch);
    const { observations } = await run(callback(touch), { operations: inPreview.operations });
    expect(observations.refused).toMatchObject({ does: "starts a process" });
  });

  // The preview does each of them, with another value.
  const sent: readonly (readonly [string, string])[] = [
    ["the text of a file", `require("fs").writeFileSync(FILE, value)`],
    ["bytes of a file", `require("fs").appendFileSync(FILE, Buffer.from("id: " + value))`],
    ["what a file gets that the program opened before", `require("fs").writeSync(file, value)`],
    ["a process's environment", `require("child_process").execFileSync("true", [], { env: { value } })`],
    [
      "a process's environment, which is the program's",
      `process.env.VALUE = value; require("child_process").spawn("true")`,
    ],
    ["a process's input", `require("child_process").execFileSync("cat", { input: value })`],
    ["the body of a request", `fetch(\`${at}\`, { method: "POST", body: value }).catch(() => {})`],
    ["the text on a connection", `socket.write(value)`],
  ];
  test.each(sent)("what the preview has done isn't done with a placeholder in %s", async (_what, code) => {
    const FILE = join(realpathSync(mkdtempSync(join(tmpdir(), "written-"))), "file");
    const source = (value: string) => `const FILE = ${JSON.stringify(FILE)};
const file = require("fs").openSync(FILE, "w");
const socket = require("net").connect(Number(process.env.SERVER), "127.0.0.1").on("error", () => {});
let value = "pending";
require("@pulumi/pulumi/output").output(${JSON.stringify(value)}).apply((id) => { value = id; });
setTimeout(() => { ${code} });`;
    const { observations: inPreview } = await run(source("customers"));
    const { operations } = inPreview;
    const again = await run(source("customers"), { operations });
    expect(again.observations.refused).toBeUndefined();
    const { observations } = await run(source("placeholder00001"), { operations });
    expect(observations.refused).toMatchObject({ isInCallback: false });
  });

  test("a callback whose value a preview knows does what it does there", async () => {
    const source = `require("@pulumi/pulumi/output").output("customers").apply(() => { ${touch} });`;
    const { observations } = await run(source, {});
    expect(observations.refused).toBeUndefined();
  });

  test("what such a callback returns counts as its own", async () => {
    const source = `require("@pulumi/pulumi/output").output("placeholder00001").apply((id) => id.length).apply(() => { ${touch} });`;
    const { observations } = await run(source, {});
    expect(observations.refused).toMatchObject({ does: "starts a process" });
  });
});

test("a preview refuses nothing, and what it notes holds no value", async () => {
  const source = `require("fs").writeFileSync("written", "hunter2"); require("child_process").execFileSync("true", ["hunter2"]);`;
  const { code, observations, directory } = await run(source);
  expect(code).toBe(0);
  expect(readFileSync(join(directory, "written"), "utf8")).toBe("hunter2");
  expect(JSON.stringify(observations)).not.toContain("hunter2");
});

describe("in a preview, the guarded functions work", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    [
      "streams into files",
      `const { createWriteStream, readFileSync } = require("fs"); const stream = createWriteStream("a"); stream.write("1");
       stream.end("2", () => console.log(readFileSync("a", "utf8")));`,
      "12",
    ],
    [
      "file handles",
      `const { open, readFile } = require("fs/promises");
       (async () => { const handle = await open("a", "w"); await handle.write("1"); await handle.appendFile("2"); await handle.close(); console.log(await readFile("a", "utf8")); })();`,
      "12",
    ],
    [
      "file descriptors",
      `const fs = require("fs"); fs.open("a", "w", (_error, file) => fs.write(file, "1", () => { fs.closeSync(file); console.log(fs.readFileSync("a", "utf8")); }));`,
      "1",
    ],
    [
      "HTTP",
      `const http = require("http");
       const server = http.createServer((request, response) => request.pipe(response)).listen(0, () => {
         const request = http.request({ port: server.address().port, method: "POST" }, (response) => {
           response.on("data", (data) => console.log(String(data))).on("end", () => server.close());
         });
         request.end("1");
       });`,
      "1",
    ],
    [
      "HTTP/2",
      `const http2 = require("http2");
       const server = http2.createServer().on("stream", (stream) => { stream.respond(); stream.pipe(stream); }).listen(0, () => {
         const session = http2.connect("http://127.0.0.1:" + server.address().port);
         const stream = session.request({ ":method": "POST" });
         require("stream/consumers").text(stream).then((text) => { console.log(text); session.close(); server.close(); });
         stream.write("1"); stream.end("2");
       });`,
      "12",
    ],
    [
      "fetch",
      `const server = require("http").createServer((request, response) => request.pipe(response)).listen(0, async () => {
         const answer = await fetch("http://127.0.0.1:" + server.address().port, { method: "POST", body: "1" });
         console.log(await answer.text()); server.close();
       });`,
      "1",
    ],
    [
      "processes",
      `const { spawn, fork, execFileSync } = require("child_process");
       console.log(execFileSync("cat", { input: "1" }).toString());
       spawn("sleep", ["9"]).on("exit", (_code, signal) => console.log(signal)).kill();
       const child = fork("echo.js"); child.on("message", (message) => { console.log(message); child.disconnect(); }); child.send("2");`,
      "1\n2\nSIGTERM",
    ],
    [
      "threads",
      `const { Worker, MessageChannel } = require("worker_threads");
       const worker = new Worker("./echo.js");
       worker.on("message", (message) => { console.log(message, worker.constructor === Worker); worker.terminate(); }); worker.postMessage("1");
       const { port1, port2 } = new MessageChannel(); port2.on("message", (message) => { console.log(message); port1.close(); }); port1.postMessage("2");`,
      "1 true\n2",
    ],
    [
      "names and signals",
      `require("dns").lookup("127.0.0.1", (_error, address) => console.log(address)); process.kill(process.pid, 0); require("os").setPriority(0);`,
      "127.0.0.1",
    ],
  ];
  test.each(cases)("%s", async (_what, source, printed) => {
    const ended = await run(source);
    const lines = (text: string) => text.trim().split("\n").sort();
    expect({ code: ended.code, printed: lines(ended.printed) }).toEqual({ code: 0, printed: lines(printed) });
  });
});

test("a process that the program starts is not observed", async () => {
  mkdirSync(".tmp", { recursive: true });
  const source = `console.log(require("child_process").execFileSync(process.execPath, ["-p", "Object.keys(process.env).filter((name) => name.startsWith('API_GUARDRAILS')).length"]).toString().trim())`;
  expect((await run(source)).printed).toBe("0\n");
});
