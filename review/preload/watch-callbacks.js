// Observes what a preview never runs: callbacks of `apply` whose value isn't known before the deployment, and what a program
// does only where `isDryRun()` is false. In a look-ahead, such callbacks do run, on placeholders; then this file says which code
// runs because of that, and `refuse-operations.js` asks it.
const { AsyncLocalStorage } = require("node:async_hooks");
const { readFileSync } = require("node:fs");
const { dirname, join, resolve, sep } = require("node:path");
const { callingFile, here, isInPackage, isObserved, linesOf, observe, settings } = require("./observations");
const { inPlaceOf, isFunction, whenLoaded, whenTextLoaded } = require("./sdk-modules");

/** The callbacks that run because of a placeholder, and everything that they start. */
const callbacks = new AsyncLocalStorage();
/** Outputs that come from such callbacks. */
const outputsOfCallbacks = new WeakSet();
let hasRunAny = false;

/** How the SDK marks each output, also in a bundle. */
const outputClass = /\.__pulumiOutput\s*=\s*(?:true|!0)/;
const watchedFiles = new Set();

/** The place of the callback that the running code belongs to; undefined if a preview runs this code, too. */
exports.callbackAround = () => callbacks.getStore();

/** Whether any placeholder has reached a callback: from then on, any code may run because of it. */
exports.placeholdersAreOut = () => hasRunAny;

if (isObserved) {
  whenLoaded("output.js", watchApply);
  whenTextLoaded(outputClass, tellOwnCopy);
  tellOwnCopyOfModule();
  whenLoaded("callbacks.js", watchTransforms);
  whenLoaded("settings.js", watchIsDryRun);
}

function watchApply(exported, filename) {
  const prototype = exported?.Output?.prototype;
  if (![exported?.unsecret, prototype?.apply].every(isFunction)) return;
  watchedFiles.add(filename);
  const { apply } = prototype;
  const sdk = dirname(filename) + sep;
  const replacement = function (func, runWithUnknowns, ...others) {
    const place = here(replacement);
    const file = callingFile(replacement);
    if (!runWithUnknowns && !computingFunctions.has(func)) {
      this.isKnown?.then?.(
        (isKnown) => {
          if (!isKnown) observe({ skipped: skipped(place, file, sdk) });
        },
        () => {},
      );
    }
    const run = isFunction(func) && settings ? watched(func, this, place, () => result) : func;
    const result = Reflect.apply(apply, this, [run, runWithUnknowns, ...others]);
    return result;
  };
  prototype.apply = inPlaceOf(apply, replacement);
}

/** A bundle has a copy of the SDK, in which nothing is watched. */
function tellOwnCopy(file) {
  if (!watchedFiles.has(file)) observe({ ownCopy: file });
}

/** An ES module isn't loaded by `require`, so the program's own file is read. */
function tellOwnCopyOfModule() {
  try {
    const file = resolve(process.argv.at(-1));
    if (outputClass.test(readFileSync(file, "utf8"))) tellOwnCopy(file);
  } catch {
    // It is a folder.
  }
}

/** The callback, which remembers that it runs because of a placeholder. */
function watched(func, output, place, resultOf) {
  return function (value, ...others) {
    const isOutOfCallback = callbacks.getStore() !== undefined || outputsOfCallbacks.has(output);
    if (!isOutOfCallback && !holdsPlaceholder(value)) return Reflect.apply(func, this, [value, ...others]);
    hasRunAny = true;
    outputsOfCallbacks.add(resultOf());
    return callbacks.run(place, () => Reflect.apply(func, this, [value, ...others]));
  };
}

/** They register nothing. The SDKs of providers hand `JSON.stringify` to `apply` for each object in a provider's configuration. */
const computingFunctions = new Set([
  ...[JSON.parse, JSON.stringify, String, Number, Boolean, parseInt, parseFloat],
  ...[encodeURI, encodeURIComponent, decodeURI, decodeURIComponent],
]);

/** What AWS's SDK adds to its classes by hand (`table.onEvent`, `aws.cloudwatch.onSchedule`) computes ARNs and names in `apply`. */
const mixins = /[\\/]node_modules[\\/]@pulumi[\\/]aws[\\/]\w+[\\/]\w+Mixins\.js$/;

const placeholder = settings && new RegExp(settings.placeholder);

function holdsPlaceholder(value) {
  const seen = new Set();
  const waiting = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (["string", "number"].includes(typeof next) && placeholder.test(String(next))) return true;
    if (typeof next !== "object" || next === null || seen.has(next)) continue;
    seen.add(next);
    // A resource or an output isn't a value: a callback that is handed one asks it with `apply`.
    if (Object.hasOwn(next, "__pulumiResource") || Object.hasOwn(next, "__pulumiOutput")) continue;
    for (const property of Object.values(Object.getOwnPropertyDescriptors(next))) {
      if ("value" in property) waiting.push(property.value);
    }
  }
  return false;
}

/**
 * Whose callback it is, and the line in the program that leads to it. The SDK's own callbacks (`interpolate`, a property of an
 * output) and those of the mixins register nothing.
 *
 * @param file the caller's, since a source map may name another one
 */
function skipped(place, file = "", sdk) {
  const lines = linesOf(place);
  const line = lines.find((each) => !isInPackage(each)) ?? lines[0] ?? file;
  // `pulumi.iterable.toObject` calls functions of the program.
  const isSdk = file.startsWith(sdk) && !file.startsWith(join(sdk, "iterable", sep));
  if (isSdk || mixins.test(file)) return { line, by: "sdk" };
  return { line, by: isInPackage(file) ? "package" : "program" };
}

/** Transforms run in a preview as well, but there, they aren't handed placeholders. */
function watchTransforms(exported) {
  const prototype = exported?.CallbackServer?.prototype;
  if (!settings || !isFunction(prototype?.registerTransform)) return;
  for (const name of ["registerTransform", "registerStackInvokeTransformAsync"]) {
    const register = prototype[name];
    if (!isFunction(register)) continue;
    prototype[name] = inPlaceOf(register, function (transform, ...others) {
      const watchedTransform = (args) => {
        if (holdsPlaceholder(args?.props ?? args?.args)) hasRunAny = true;
        return transform(args);
      };
      return Reflect.apply(register, this, [watchedTransform, ...others]);
    });
  }
}

function watchIsDryRun(exported, filename) {
  if (![exported?.isDryRun, exported?.getMonitor].every(isFunction)) return;
  const { isDryRun } = exported;
  const sdk = join(dirname(filename), "..") + sep;
  const replacement = function (...args) {
    // The SDK asks all the time.
    const file = callingFile(replacement);
    if (file !== undefined && !file.startsWith(sdk) && !isInPackage(file)) {
      const [caller] = linesOf(here(replacement));
      observe({ asksForDryRun: caller ?? file });
    }
    return Reflect.apply(isDryRun, this, args);
  };
  exported.isDryRun = inPlaceOf(isDryRun, replacement);
}
