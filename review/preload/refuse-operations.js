// Keeps a look-ahead from acting on the world. Its callbacks get placeholders, so what they would send, start or write was never
// meant. A callback that reaches for the network, a process, a thread or a file ends the program at once, before it does.
//
// What the program does outside such callbacks, a preview does as well, and the look-ahead may do it again: the same operations,
// which the preview has noted. Once a placeholder is in a callback, it can reach other code, so anything else is refused there too.
const { createHash } = require("node:crypto");
const { dirname, join, resolve, sep } = require("node:path");
const { fileURLToPath } = require("node:url");
const { promisify } = require("node:util");
const { callbackAround, placeholdersAreOut } = require("./watch-callbacks");
const { here, isInPackage, isObserved, linesOf, observe, settings } = require("./observations");
const { inPlaceOf, isFunction } = require("./sdk-modules");

const Module = require("node:module");
const childProcess = require("node:child_process");
const cluster = require("node:cluster");
const dgram = require("node:dgram");
const dns = require("node:dns");
const fs = require("node:fs");
const http2 = require("node:http2");
const inspector = require("node:inspector");
const net = require("node:net");
const v8 = require("node:v8");
const workerThreads = require("node:worker_threads");

const known = new Set(settings?.operations);

/**
 * Notes an operation, or ends the program.
 *
 * @param does what the operation does, as a verb and its object: "starts a process"
 * @param target what tells it apart from others of its kind; undefined if nothing does, so it is only ever done by a preview
 * @param isHarmless whether a callback may do it, too
 */
function before(does, target, isHarmless = false) {
  if (!settings) {
    if (target !== undefined) observe({ operation: digestOf(does, target) });
    return;
  }
  if (isHarmless) return;
  const callback = callbackAround();
  if (callback === undefined) {
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
    refused: { does, line: line ?? lines.find((each) => !each.startsWith(__dirname + sep)) ?? null },
  });
  // The program could catch an error and go on.
  process.kill(process.pid, "SIGKILL");
  // The signal may take a moment, and nothing may happen until then.
  for (;;);
}

/** The target may hold a secret. */
function digestOf(does, target) {
  return createHash("sha256")
    .update(JSON.stringify([does, target]))
    .digest("base64url");
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
  if (descriptor?.writable === false && !descriptor.configurable) return;
  Object.defineProperty(object, name, {
    configurable: true,
    enumerable: descriptor?.enumerable ?? true,
    writable: true,
    value: guarded,
  });
}

function guardProcesses() {
  const starts = ([file, args, options]) =>
    before("starts a process", [file, Array.isArray(args) ? args : [], options?.cwd ?? args?.cwd]);
  for (const name of ["spawnSync", "execSync", "execFileSync"]) guard(childProcess, name, starts);
  guard(childProcess.ChildProcess.prototype, "spawn", ([options]) =>
    before("starts a process", [options?.file, options?.args ?? [], options?.cwd]),
  );
  guard(workerThreads, "Worker", ([file]) => before("starts a thread", String(file)));
  guard(cluster, "fork", () => before("starts a process", ["cluster"]));
  guard(process, "kill", ([pid, signal]) =>
    before("signals a process", undefined, pid === process.pid || signal === 0),
  );
  for (const name of ["dlopen", "binding", "_linkedBinding"])
    guard(process, name, () => before("loads native code", undefined));
  for (const name of ["register", "registerHooks"])
    guard(Module, name, ([file]) => before("changes how modules are loaded", String(file)));
}

const isLoopback = (host) => ["127.0.0.1", "::1", "localhost"].includes(host);

function guardNetwork() {
  /** The ports at which the program serves on this machine: the SDK connects to its own server of transforms. */
  const ownPorts = new Set();
  const isOwn = (host, port) =>
    settings !== undefined &&
    (settings.monitor === `${host}:${port}` || (isLoopback(host) && ownPorts.has(Number(port))));
  const reaches = (target, isHarmless) => before("reaches the network", target, isHarmless);
  guard(net.Socket.prototype, "connect", ([first, second]) => {
    const options = Array.isArray(first) ? first[0] : first;
    const { host, port, path } =
      typeof options === "object" && options !== null
        ? options
        : { port: options, host: typeof second === "string" ? second : undefined };
    reaches([host ?? "localhost", port, path], isOwn(host, port));
  });
  // A connection that the program opened before.
  guard(net.Socket.prototype, "_writeGeneric", function () {
    const isPrinting = this === process.stdout || this === process.stderr;
    reaches([this.remoteAddress, this.remotePort], isPrinting || isOwn(this.remoteAddress, this.remotePort));
  });
  let hasSession = false;
  const { connect } = http2;
  http2.connect = inPlaceOf(connect, function (...args) {
    const session = Reflect.apply(connect, this, args);
    if (!hasSession) {
      hasSession = true;
      guard(Object.getPrototypeOf(session), "request", function () {
        const { remoteAddress, remotePort } = this.socket ?? {};
        reaches([remoteAddress, remotePort], this.connecting || isOwn(remoteAddress, remotePort));
      });
    }
    return session;
  });
  guard(globalThis, "fetch", ([input]) => reaches([String(input?.url ?? input)]));
  // The SDK serves transforms to the engine: on this machine, at a port that the system chooses.
  guard(net.Server.prototype, "listen", function ([first, second]) {
    const { host, port } =
      typeof first === "object" && first !== null ? first : { port: first, host: second };
    before("serves on the network", [host, port], isLoopback(host) && !port);
    this.once("listening", () => ownPorts.add(this.address()?.port));
  });
  for (const name of ["bind", "send", "connect"]) guard(dgram.Socket.prototype, name, () => reaches(["udp"]));
  for (const resolver of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype]) {
    for (const name of Object.getOwnPropertyNames(resolver).filter((each) =>
      /^(lookup|resolve|reverse)/.test(each),
    )) {
      guard(resolver, name, ([host]) => reaches(["dns", String(host)], net.isIP(host) > 0));
    }
  }
  guard(inspector, "open", () => before("serves on the network", undefined));
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
  link: [1],
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
  const writes = (path) => {
    if (typeof path === "number") return writesOpen(path);
    const file = fileOf(path);
    before("writes a file", file, isInFolder(file));
  };
  const writesOpen = (file) =>
    before(
      "writes a file",
      undefined,
      file === 1 || file === 2 || own.has(file) || callbackAround() === undefined,
    );
  const opens = (path, flags) => {
    if (opensForWriting(flags)) writes(path);
  };
  for (const api of [fs, fs.promises]) {
    for (const [name, indexes] of Object.entries(writers)) {
      for (const variant of [name, `${name}Sync`]) {
        guard(api, variant, (args) => {
          for (const index of indexes) writes(args[index]);
        });
      }
    }
    for (const name of ["open", "openSync"]) guard(api, name, ([path, flags]) => opens(path, flags));
  }
  for (const name of writersOfOpenFiles) {
    for (const variant of [name, `${name}Sync`]) guard(fs, variant, ([file]) => writesOpen(file));
  }
  const remembersOwn = (name, take) => {
    const original = fs[name];
    fs[name] = inPlaceOf(original, function (...args) {
      return take.call(this, original, args);
    });
  };
  const isOwnFile = (path) => settings !== undefined && isInFolder(fileOf(path));
  remembersOwn("openSync", function (original, args) {
    const file = Reflect.apply(original, this, args);
    if (isOwnFile(args[0])) own.add(file);
    return file;
  });
  remembersOwn("open", function (original, args) {
    const done = args.at(-1);
    if (!isFunction(done) || !isOwnFile(args[0])) return Reflect.apply(original, this, args);
    return Reflect.apply(original, this, [
      ...args.slice(0, -1),
      (error, file) => {
        if (!error) own.add(file);
        done(error, file);
      },
    ]);
  });
  let hasHandle = false;
  const { open } = fs.promises;
  fs.promises.open = inPlaceOf(open, async function (...args) {
    const handle = await Reflect.apply(open, this, args);
    if (isOwnFile(args[0])) own.add(handle.fd);
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
        guard(Object.getPrototypeOf(handle), name, function () {
          writesOpen(this.fd);
        });
      }
    }
    return handle;
  });
  guard(v8, "writeHeapSnapshot", () => before("writes a file", undefined));
  guard(process.report, "writeReport", () => before("writes a file", undefined));
}

function fileOf(path) {
  if (path instanceof URL) return fileURLToPath(path);
  return resolve(String(path));
}

/** A link in the folder may lead out of it. */
function isInFolder(file) {
  if (settings === undefined) return false;
  const real = [file, dirname(file)].map(realPath).find((path) => path !== undefined) ?? file;
  return join(real, sep).startsWith(join(settings.folder, sep));
}

function realPath(path) {
  try {
    return fs.realpathSync(path);
  } catch {
    return undefined;
  }
}

function opensForWriting(flags = "r") {
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
    guard(sqlite, "DatabaseSync", ([path]) => before("writes a file", fileOf(path), path === ":memory:"));
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
  guardNetwork();
  guardFiles();
  guardOptionalModules();
  // Names that ES modules import are bound when a module is loaded.
  Module.syncBuiltinESMExports();
}
