// What a program marks as a secret, Pulumi's engine never prints. Much of that never leaves the program's process: a value
// of the configuration that only an error quotes, for instance. So each value is written to the command line, which masks
// it, as soon as it is marked: before anything can print it, and before the program can end.
const { writeSync } = require("node:fs");
const Module = require("node:module");
const { basename } = require("node:path");
const { types } = require("node:util");

const descriptor = Number(process.env.API_GUARDRAILS_SECRETS_FD);
// A process that the program starts has other files under these numbers.
delete process.env.API_GUARDRAILS_SECRETS_FD;
if (descriptor) watchLoadedModules();

/** Every copy of the SDK in the process, wherever it is installed, is known by what these two of its files export. */
function watchLoadedModules() {
  const load = Module._extensions[".js"];
  Module._extensions[".js"] = function (module, filename, ...others) {
    Reflect.apply(load, this, [module, filename, ...others]);
    const name = basename(filename);
    if (name === "output.js") watchSecret(module.exports);
    if (name === "config.js") watchConfig(module.exports);
  };
}

/** `pulumi.secret(value)`. */
function watchSecret(exported) {
  if (![exported?.secret, exported?.unsecret, exported?.Output].every(isFunction)) return;
  const { secret } = exported;
  exported.secret = inPlaceOf(secret, function (...args) {
    report(args[0]);
    const output = Reflect.apply(secret, this, args);
    // What is only promised yet. The output fails with `isKnown` too, so that this hides no failure of the program.
    output.promise(true).then(report, () => {});
    return output;
  });
}

/** `config.requireSecret(key)`, `config.getSecretObject(key)` and their like. */
function watchConfig(exported) {
  const prototype = exported?.Config?.prototype;
  if (![prototype?.get, prototype?.requireSecret].every(isFunction)) return;
  const { get } = prototype;
  for (const name of Object.getOwnPropertyNames(prototype)) {
    if (!/^(get|require)Secret/.test(name)) continue;
    const getter = prototype[name];
    prototype[name] = inPlaceOf(getter, function (...args) {
      // Before it is read: the error about a value of another type quotes it.
      report(Reflect.apply(get, this, [args[0]]));
      const output = Reflect.apply(getter, this, args);
      output?.promise(true).then(report, () => {});
      return output;
    });
  }
}

const isFunction = (value) => typeof value === "function";

/** A function that stands where another stood, and looks like it. */
function inPlaceOf(original, replacement) {
  return Object.defineProperties(replacement, Object.getOwnPropertyDescriptors(original));
}

const reported = new Set();

/** Nothing that fails here is the program's. */
function report(value) {
  try {
    const texts = textsIn(value).filter((text) => !reported.has(text));
    if (texts.length === 0) return;
    for (const text of texts) reported.add(text);
    let line = Buffer.from(`${JSON.stringify(texts)}\n`);
    while (line.length > 0) line = line.subarray(writeSync(descriptor, line));
  } catch {}
}

/** The texts and numbers in a value, without running any code of the program. */
function textsIn(value) {
  const texts = [];
  const seen = new Set();
  const waiting = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next === "string") texts.push(next);
    if (["number", "bigint"].includes(typeof next)) texts.push(String(next));
    if (!isPlain(next) || seen.has(next)) continue;
    seen.add(next);
    for (const property of Object.values(Object.getOwnPropertyDescriptors(next))) {
      if (property.enumerable && "value" in property) waiting.push(property.value);
    }
  }
  return texts;
}

/** An output reports what it marks itself; a resource is no value. */
function isPlain(value) {
  if (typeof value !== "object" || value === null) return false;
  if (types.isProxy(value) || types.isPromise(value) || ArrayBuffer.isView(value)) return false;
  return !Object.hasOwn(value, "__pulumiResource");
}
