// Keeps a look-ahead from acting on the world. Its callbacks get placeholders, so what they would send, start or write was never
// meant. A callback that reaches for the network, a process, a thread or a file ends the program at once, before it does.
//
// What the program does outside such callbacks, a preview does as well, and the look-ahead may do it again: the same operations,
// which the preview has noted. Once a placeholder is in a callback, it can reach other code, so anything else is refused there too,
// and so is the same operation with a placeholder in what it sends or writes.
const { basename, dirname, join, resolve, sep } = require("node:path");
const { fileURLToPath } = require("node:url");
const { promisify } = require("node:util");
const { callbackAround, placeholdersAreOut } = require("./watch-callbacks");
const { callingFile, here, isInPackage, isObserved, linesOf, observe, settings } = require("./observations");
const { inPlaceOf, isFunction } = require("./sdk-modules");

const Module = require("node:module");
const childProcess = require("node:child_process");
const cluster = require("node:cluster");
const crypto = require("node:crypto");
const dgram = require("node:dgram");
const dns = require("node:dns");
const fs = require("node:fs");
const http = require("node:http");
const http2 = require("node:http2");
const inspector = require("node:inspector");
const net = require("node:net");
const os = require("node:os");
const v8 = require("node:v8");
const workerThreads = require("node:worker_threads");

const known = new Set(settings?.operations);
const { createHash } = crypto;

/**
 * Notes an operation, or ends the program.
 *
 * @param does what the operation does, as a verb and its object: "starts a process"
 * @param target what tells it apart from others of its kind; undefined if nothing does, so it is only ever done by a preview
 * @param isHarmless whether a callback may do it, too
 * @param data what it sends or writes, which may be the only difference to an operation of the preview
 */
function before(does, target, isHarmless = false, data = undefined) {
  if (isHarmless) return;
  if (!settings) {
    if (target !== undefined) observe({ operation: digestOf(does, target) });
    return;
  }
  const callback = callbackAround();
  if (callback === undefined && !holdsMark(data)) {
    if (!placeholdersAreOut()) return;
    if (target !== undefined && known.has(digestOf(does, target))) return;
  }
  const lines = linesOf(here(before));
  const own = lines.find((line) => !isInPackage(line) && !line.startsWith(__dirname + sep));
  const [line] =
    own === undefined && callback !== undefined
      ? linesOf(callback).filter((each) => !isInPackage(each))
      : [own];
  observe({
    refused: {
      does,
      isInCallback: callback !== undefined,
      line: line ?? lines.find((each) => !each.startsWith(__dirname + sep)) ?? null,
    },
  });
  // The program could catch an error and go on.
  process.kill(process.pid, "SIGKILL");
  // The signal may take a moment, and nothing may happen until then.
  for (;;);
}

const mark = settings && new RegExp(settings.mark, "i");

/** Whether a value holds a placeholder that can be recognized wherever it stands. */
function holdsMark(value) {
  const seen = new Set();
  const waiting = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next === "string" && mark.test(next)) return true;
    if (typeof next !== "object" || next === null || seen.has(next)) continue;
    seen.add(next);
    if (ArrayBuffer.isView(next)) {
      waiting.push(Buffer.from(next.buffer, next.byteOffset, next.byteLength).toString("latin1"));
    } else {
      for (const property of Object.values(Object.getOwnPropertyDescriptors(next))) {
        if ("value" in property) waiting.push(property.value);
      }
    }
  }
  return false;
}

/** Folders whose names Node.js makes random (`mkdtemp`), and what stands for each: the same in a preview and a look-ahead. */
const randomFolders = new Map();

/** The target may hold a secret. */
function digestOf(does, target) {
  let text = JSON.stringify([does, target]);
  for (const [folder, name] of randomFolders)
    text = text.replaceAll(JSON.stringify(folder).slice(1, -1), name);
  return createHash("sha256").update(text).digest("base64url");
}

/** Puts a check before a function. A name that this version of Node.js lacks is skipped. */
function guard(object, name, check) {
  const original = object?.[name];
  if (!isFunction(original)) return;
  const replacement = function (...args) {
    check.call(this, args);
    return new.target
      ? Reflect.construct(original, args, new.target === replacement ? original : new.target)
      : Reflect.apply(original, this, args);
  };
  const descriptor = Object.getOwnPropertyDescriptor(object, name);
  const guarded = inPlaceOf(original, replacement);
  // `util.promisify` takes this function instead, where there is one.
  guard(guarded, promisify.custom, check);
  if (guarded.prototype?.constructor === original) guarded.prototype.constructor = guarded;
  if (descriptor?.writable === false && !descriptor.configurable) return;
  Object.defineProperty(object, name, {
    configurable: true,
    enumerable: descriptor?.enumerable ?? true,
    writable: true,
    value: guarded,
  });
}

function guardProcesses() {
  const starts = (file, args, { cwd, env = process.env, input } = {}) =>
    before("starts a process", [file, args, cwd], false, [env, input]);
  for (const name of ["spawnSync", "execSync", "execFileSync"]) {
    guard(childProcess, name, ([file, ...others]) => {
      const args = others.find((each) => Array.isArray(each)) ?? [];
      const options = others.find(
        (each) => !Array.isArray(each) && typeof each === "object" && each !== null,
      );
      starts(file, args, options);
    });
  }
  guard(process, "execve", ([file, args = [], env]) => starts(file, args, { env }));
  guard(cluster, "fork", ([env]) => starts("cluster", [], { env: { ...process.env, ...env } }));
  const child = childProcess.ChildProcess.prototype;
  const { spawn } = child;
  child.spawn = inPlaceOf(spawn, function (...args) {
    const [options] = args;
    starts(options?.file, options?.args ?? [], { cwd: options?.cwd, env: options?.envPairs });
    const answer = Reflect.apply(spawn, this, args);
    guard(this, "send", ([message]) =>
      before("sends a message to a process", [options?.file, options?.args ?? []], false, message),
    );
    return answer;
  });
  guard(child, "kill", function ([signal]) {
    before("signals a process", [this.spawnfile, this.spawnargs, signal], signal === 0);
  });
  for (const name of ["kill", "_kill"]) {
    guard(process, name, ([pid, signal]) =>
      before("signals a process", undefined, pid === process.pid || signal === 0),
    );
  }
  guard(process, "_debugProcess", () => before("signals a process", undefined));
  guard(os, "setPriority", ([pid]) => before("signals a process", undefined, [0, process.pid].includes(pid)));
}

function guardThreads() {
  guard(workerThreads, "Worker", ([file]) => before("starts a thread", String(file)));
  guard(workerThreads.Worker.prototype, "postMessage", ([message]) =>
    before("sends a message to a thread", ["worker"], false, message),
  );
  for (const { prototype } of [MessagePort, BroadcastChannel]) {
    const { postMessage } = prototype;
    prototype.postMessage = inPlaceOf(postMessage, function replacement(...args) {
      // Node.js uses ports itself, for instance for loaders of modules.
      if (!callingFile(replacement)?.startsWith("node:")) {
        before("sends a message to a thread", ["port"], false, args[0]);
      }
      return Reflect.apply(postMessage, this, args);
    });
  }
}

function guardRuntime() {
  const loads = (name) => before("loads native code", String(name));
  guard(process, "dlopen", ([, file]) => loads(file));
  for (const name of ["binding", "_linkedBinding"]) guard(process, name, ([binding]) => loads(binding));
  guard(crypto, "setEngine", ([engine]) => loads(engine));
  for (const name of ["register", "registerHooks"])
    guard(Module, name, ([file]) => before("changes how modules are loaded", String(file)));
  guard(Module, "enableCompileCache", ([folder]) =>
    before("writes a file", ["compile cache", String(folder)]),
  );
  guard(v8, "writeHeapSnapshot", () => before("writes a file", undefined));
  guard(v8, "setHeapSnapshotNearHeapLimit", () => before("writes a file", undefined));
  // Some of them write logs.
  guard(v8, "setFlagsFromString", ([flags]) => before("changes how Node.js runs", String(flags)));
  guard(builtin("node:trace_events"), "createTracing", () => before("writes a file", undefined));
  guard(inspector, "open", () => before("serves on the network", undefined));
  guard(process.report, "writeReport", () => before("writes a file", undefined));
  // An error of a look-ahead is nothing to report.
  for (const name of settings ? ["reportOnFatalError", "reportOnSignal", "reportOnUncaughtException"] : []) {
    if (process.report) Object.defineProperty(process.report, name, { get: () => false, set: () => {} });
  }
}

const isLoopback = (host) => ["127.0.0.1", "::1", "localhost"].includes(host);

function guardNetwork() {
  /** The ports at which the program serves on this machine: the SDK connects to its own server of transforms. */
  const ownPorts = new Set();
  const isOwn = (host, port) =>
    settings !== undefined &&
    (settings.monitor === `${host}:${port}` || (isLoopback(host) && ownPorts.has(Number(port))));
  const reaches = (target, isHarmless, data) => before("reaches the network", target, isHarmless, data);
  /** Where sockets were told to connect: a name of several hosts has another address each time. */
  const targets = new WeakMap();
  guard(net.Socket.prototype, "connect", function ([first, second]) {
    const options = Array.isArray(first) ? first[0] : first;
    const { host, port, path } =
      typeof options === "object" && options !== null
        ? options
        : { port: options, host: typeof second === "string" ? second : undefined };
    const target = [host ?? "localhost", port, path];
    targets.set(this, target);
    reaches(target, isOwn(host, port));
  });
  // A connection that the program opened before. What is written while it is busy is sent later, from another callback.
  for (const name of ["write", "end", "_writeGeneric"]) {
    guard(net.Socket.prototype, name, function (args) {
      if (name === "end" && !isData(args[0])) return;
      const { remoteAddress, remotePort } = this;
      const isPrinting = this === process.stdout || this === process.stderr;
      const target = targets.get(this) ?? [remoteAddress, remotePort];
      reaches(target, isPrinting || isOwn(remoteAddress, remotePort), args);
    });
  }
  for (const name of ["write", "end", "flushHeaders"]) {
    guard(http.ClientRequest.prototype, name, function ([chunk]) {
      const { protocol, host, method, path } = this;
      reaches([protocol, host, method, path], false, [path, this.getHeaders(), chunk]);
    });
  }
  guardHttp2(reaches, isOwn);
  guard(globalThis, "fetch", ([input, init]) =>
    reaches([String(input?.url ?? input)], false, [init?.headers, init?.body]),
  );
  guard(globalThis.WebSocket?.prototype, "send", function ([data]) {
    reaches([this.url], false, data);
  });
  // The SDK serves transforms to the engine: on this machine, at a port that the system chooses.
  guard(net.Server.prototype, "listen", function ([first, second]) {
    const { host, port } =
      typeof first === "object" && first !== null ? first : { port: first, host: second };
    before("serves on the network", [host, port], isLoopback(host) && !port);
    this.once("listening", () => ownPorts.add(this.address()?.port));
  });
  for (const name of ["bind", "send", "connect"])
    guard(dgram.Socket.prototype, name, (args) => reaches(["udp"], false, args));
  for (const resolver of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype]) {
    for (const name of Object.getOwnPropertyNames(resolver).filter((each) =>
      /^(lookup|resolve|reverse)/.test(each),
    )) {
      guard(resolver, name, ([host]) =>
        reaches(["dns", String(host)], name === "lookup" && net.isIP(host) > 0),
      );
    }
  }
}

/** Whether the first argument of `end` is sent: the end alone isn't. */
const isData = (first) => first !== undefined && first !== null && !isFunction(first);

/** Its classes aren't exported, so they are guarded when the first session and the first request show them. */
function guardHttp2(reaches, isOwn) {
  const authorities = new WeakMap();
  const remotes = new WeakMap();
  /** The socket of a session that isn't connected throws. */
  const remoteOf = (session) => {
    if (!remotes.has(session) && session?.connecting === false && !session.destroyed) {
      const { remoteAddress, remotePort } = session.socket;
      remotes.set(session, [remoteAddress, remotePort]);
    }
    return remotes.get(session) ?? [];
  };
  const reachesBy = (session, args) =>
    reaches(["http2", authorities.get(session)], isOwn(...remoteOf(session)), args);
  const writes = function (args) {
    // Nothing is sent once the session is gone.
    if (this.session) reachesBy(this.session, args);
  };
  let hasSession = false;
  let hasStream = false;
  const { connect } = http2;
  http2.connect = inPlaceOf(connect, function (...args) {
    const session = Reflect.apply(connect, this, args);
    authorities.set(session, String(args[0]));
    if (hasSession) return session;
    hasSession = true;
    const prototype = Object.getPrototypeOf(session);
    const { request } = prototype;
    prototype.request = inPlaceOf(request, function (...all) {
      reachesBy(this, all);
      const stream = Reflect.apply(request, this, all);
      if (!hasStream) {
        hasStream = true;
        for (const name of ["write", "_write", "_writev"]) guard(Object.getPrototypeOf(stream), name, writes);
      }
      return stream;
    });
    return session;
  });
}

/** The functions that change the file system, and which of their arguments are paths that they change. */
const writers = {
  appendFile: [0],
  chmod: [0],
  chown: [0],
  copyFile: [1],
  cp: [1],
  createWriteStream: [0],
  lchmod: [0],
  lchown: [0],
  link: [0, 1],
  lutimes: [0],
  mkdir: [0],
  mkdtemp: [0],
  mkdtempDisposable: [0],
  rename: [0, 1],
  rm: [0],
  rmdir: [0],
  symlink: [1],
  truncate: [0],
  unlink: [0],
  utimes: [0],
  writeFile: [0],
};
const writersOfOpenFiles = ["fchmod", "fchown", "ftruncate", "futimes", "write", "writev"];
const { O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND } = fs.constants;

function guardFiles() {
  /** Files that a callback may write: those that it opened in the look-ahead's own folder. */
  const own = new Set();
  const writes = (path, data) => {
    if (typeof path === "number") return writesOpen(path, data);
    const file = fileOf(path);
    before("writes a file", file, isInFolder(file), data);
  };
  const writesOpen = (file, data) => {
    if (!settings || file === 1 || file === 2 || own.has(file)) return;
    const isOfPreview = callbackAround() === undefined && !holdsMark(data);
    if (!isOfPreview) before("writes a file", undefined, false, data);
  };
  const opens = (path, flags) => {
    if (opensForWriting(flags)) writes(path);
  };
  for (const api of [fs, fs.promises]) {
    for (const [name, indexes] of Object.entries(writers)) {
      for (const variant of [name, `${name}Sync`]) {
        guard(api, variant, (args) => {
          for (const index of indexes) writes(args[index], args.slice(index + 1));
        });
      }
    }
    for (const name of ["open", "openSync"]) guard(api, name, ([path, flags]) => opens(path, flags));
  }
  for (const name of writersOfOpenFiles) {
    for (const variant of [name, `${name}Sync`]) guard(fs, variant, ([file, data]) => writesOpen(file, data));
  }
  // A file that the program opened before. What is written before it is open, or while it is busy, is written later.
  for (const name of ["write", "end"]) {
    guard(fs.WriteStream.prototype, name, function ([data]) {
      if (name === "end" && !isData(data)) return;
      if (typeof this.path === "string" && isInFolder(fileOf(this.path))) return;
      writesOpen(this.fd, data);
    });
  }
  const after = (name, take) => {
    const original = fs[name];
    fs[name] = inPlaceOf(original, function (...args) {
      return take.call(this, original, args);
    });
  };
  /** The number of a closed file is used again. */
  const remember = (path, file) => {
    if (settings && isInFolder(fileOf(path))) own.add(file);
    else own.delete(file);
  };
  after("openSync", function (original, args) {
    const file = Reflect.apply(original, this, args);
    remember(args[0], file);
    return file;
  });
  after("open", function (original, args) {
    const done = args.at(-1);
    if (!isFunction(done) || !settings) return Reflect.apply(original, this, args);
    return Reflect.apply(original, this, [
      ...args.slice(0, -1),
      (error, file) => {
        if (!error) remember(args[0], file);
        done(error, file);
      },
    ]);
  });
  const notesFolder = (prefix, folder) => {
    if (typeof folder === "string") randomFolders.set(folder, `random folder ${basename(String(prefix))}`);
    return folder;
  };
  after("mkdtempSync", function (original, args) {
    return notesFolder(args[0], Reflect.apply(original, this, args));
  });
  after("mkdtemp", function (original, args) {
    const done = args.at(-1);
    if (!isFunction(done)) return Reflect.apply(original, this, args);
    return Reflect.apply(original, this, [
      ...args.slice(0, -1),
      (error, folder) => done(error, notesFolder(args[0], folder)),
    ]);
  });
  const { mkdtemp } = fs.promises;
  fs.promises.mkdtemp = inPlaceOf(mkdtemp, async function (...args) {
    return notesFolder(args[0], await Reflect.apply(mkdtemp, this, args));
  });
  let hasHandle = false;
  const { open } = fs.promises;
  fs.promises.open = inPlaceOf(open, async function (...args) {
    const handle = await Reflect.apply(open, this, args);
    remember(args[0], handle.fd);
    if (!hasHandle) {
      hasHandle = true;
      for (const name of [
        "appendFile",
        "chmod",
        "chown",
        "createWriteStream",
        "truncate",
        "utimes",
        "write",
        "writeFile",
        "writev",
      ]) {
        guard(Object.getPrototypeOf(handle), name, function ([data]) {
          writesOpen(this.fd, data);
        });
      }
    }
    return handle;
  });
}

function fileOf(path) {
  if (path instanceof URL) return fileURLToPath(path);
  return resolve(String(path));
}

/** A link in the folder may lead out of it, also one to a file that doesn't exist yet. */
function isInFolder(file) {
  if (settings === undefined) return false;
  let existing = file;
  while (!fs.lstatSync(existing, { throwIfNoEntry: false })) existing = dirname(existing);
  try {
    return join(fs.realpathSync(existing), sep).startsWith(join(settings.folder, sep));
  } catch {
    return false;
  }
}

function opensForWriting(flags = "r") {
  // `fs.open(path, done)`
  if (isFunction(flags)) return false;
  if (typeof flags === "number") return (flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND)) !== 0;
  return !["r", "rs", "sr"].includes(String(flags));
}

/** Databases in a file, and WebAssembly with access to folders: modules that not every version of Node.js has. */
function guardOptionalModules() {
  const { emitWarning } = process;
  // Loading an experimental module warns, also of one that the program never uses.
  process.emitWarning = () => {};
  try {
    const sqlite = builtin("node:sqlite");
    // A database in memory can write files, too (ATTACH, VACUUM INTO).
    guard(sqlite, "DatabaseSync", ([path]) => before("writes a file", fileOf(path)));
    guard(sqlite, "backup", ([, path]) => before("writes a file", fileOf(path)));
    for (const name of ["exec", "prepare", "applyChangeset", "loadExtension", "createTagStore"]) {
      guard(sqlite?.DatabaseSync.prototype, name, ([first]) =>
        before("writes a file", ["database", String(first)], false, first),
      );
    }
    for (const name of ["run", "all", "get", "iterate"]) {
      guard(sqlite?.StatementSync.prototype, name, function (args) {
        before("writes a file", ["database", this.sourceSQL], false, args);
      });
    }
    guard(builtin("node:wasi"), "WASI", () => before("loads native code", undefined));
  } finally {
    process.emitWarning = emitWarning;
  }
}

function builtin(name) {
  try {
    return require(name);
  } catch {
    return undefined;
  }
}

if (isObserved) {
  guardProcesses();
  guardThreads();
  guardRuntime();
  guardNetwork();
  guardFiles();
  guardOptionalModules();
  // Names that ES modules import are bound when a module is loaded.
  Module.syncBuiltinESMExports();
}
