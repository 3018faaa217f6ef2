// Reports to the command line every value that the program marks as secret, so that the command line can mask it. Many of
// these values never leave the program otherwise: a value of the configuration that only an error quotes, for instance. Each
// is reported as soon as it is marked, before the program can print it or end.
const { writeSync } = require("node:fs");
const { types } = require("node:util");
const { inPlaceOf, isFunction, whenLoaded } = require("./sdk-modules");

const descriptor = Number(process.env.API_GUARDRAILS_SECRETS_FD);
// In a process that the program starts, the descriptor would be another file.
delete process.env.API_GUARDRAILS_SECRETS_FD;
if (descriptor) {
  whenLoaded("output.js", watchSecret);
  whenLoaded("config.js", watchConfig);
}

/** `pulumi.secret(value)`. */
function watchSecret(exported) {
  if (![exported?.secret, exported?.unsecret, exported?.Output].every(isFunction)) return;
  const { secret } = exported;
  exported.secret = inPlaceOf(secret, function (...args) {
    report(args[0]);
    const output = Reflect.apply(secret, this, args);
    // For a value that is still a promise. A rejection isn't lost: `isKnown` of the output is rejected too.
    output.promise(true).then(report, () => {});
    return output;
  });
}

/** `config.requireSecret(key)`, `config.getSecretObject(key)` and the other methods for secrets. */
function watchConfig(exported) {
  const prototype = exported?.Config?.prototype;
  if (![prototype?.get, prototype?.requireSecret].every(isFunction)) return;
  const { get } = prototype;
  for (const name of Object.getOwnPropertyNames(prototype)) {
    if (!/^(get|require)Secret/.test(name)) continue;
    const getter = prototype[name];
    prototype[name] = inPlaceOf(getter, function (...args) {
      // Before the value is parsed, because the error about a value of the wrong type quotes it.
      report(Reflect.apply(get, this, [args[0]]));
      const output = Reflect.apply(getter, this, args);
      output?.promise(true).then(report, () => {});
      return output;
    });
  }
}

/** State of the process: a value that is marked a thousand times is reported once. */
const reported = new Set();

/** Never throws, because the program would see the error. */
function report(value) {
  try {
    const texts = textsIn(value).filter((text) => !reported.has(text));
    if (texts.length === 0) return;
    for (const text of texts) reported.add(text);
    let line = Buffer.from(`${JSON.stringify(texts)}\n`);
    while (line.length > 0) line = line.subarray(writeSync(descriptor, line));
  } catch {}
}

/** The strings and numbers in a value. No code of the program runs: getters and proxies are skipped. */
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

/** Whether to look into an object. An output reports its own value, and a resource isn't a value. */
function isPlain(value) {
  if (typeof value !== "object" || value === null) return false;
  if (types.isProxy(value) || types.isPromise(value) || ArrayBuffer.isView(value)) return false;
  return !Object.hasOwn(value, "__pulumiResource");
}
