// Hands every copy of a file of Pulumi's SDK in the process to a watcher, when the file is loaded and wherever it is installed.
const Module = require("node:module");
const { basename } = require("node:path");

const watchers = [];
const readers = [];

/**
 * @param file the name of the file, such as `output.js`
 * @param watch gets the exports and the path of every file of that name, so it has to recognize the SDK's by its exports
 */
exports.whenLoaded = (file, watch) => {
  if (watchers.length === 0) watchLoader();
  watchers.push({ file, watch });
};

/**
 * @param pattern what the text of a file of CommonJS has to match
 * @param watch gets the path of every file that does, after the watchers above have seen it
 */
exports.whenTextLoaded = (pattern, watch) => {
  if (watchers.length === 0) watchLoader();
  readers.push({ pattern, watch });
};

exports.isFunction = (value) => typeof value === "function";

/** Gives a replacement the name, length and properties of the original function. */
exports.inPlaceOf = (original, replacement) =>
  Object.defineProperties(replacement, Object.getOwnPropertyDescriptors(original));

function watchLoader() {
  const load = Module._extensions[".js"];
  Module._extensions[".js"] = function (module, filename, ...others) {
    const found = textOf(module, readers);
    Reflect.apply(load, this, [module, filename, ...others]);
    const name = basename(filename);
    for (const { file, watch } of watchers) if (file === name) watch(module.exports, filename);
    for (const { watch } of found) watch(filename);
  };
}

/** Which readers want the text of a module. Known once the module is loaded. */
function textOf(module, all) {
  const found = new Set();
  const { _compile: compile } = module;
  if (all.length === 0 || !exports.isFunction(compile)) return found;
  module._compile = function (content, ...others) {
    for (const reader of all) if (reader.pattern.test(content)) found.add(reader);
    return Reflect.apply(compile, this, [content, ...others]);
  };
  return found;
}
