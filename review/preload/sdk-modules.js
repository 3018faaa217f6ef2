// Hands every copy of a file of Pulumi's SDK in the process to a watcher, when the file is loaded and wherever it is installed.
const Module = require("node:module");
const { basename } = require("node:path");

const watchers = [];

/**
 * @param file the name of the file, such as `output.js`
 * @param watch gets the exports and the path of every file of that name, so it has to recognize the SDK's by its exports
 */
exports.whenLoaded = (file, watch) => {
  if (watchers.length === 0) watchLoader();
  watchers.push({ file, watch });
};

exports.isFunction = (value) => typeof value === "function";

/** Gives a replacement the name, length and properties of the original function. */
exports.inPlaceOf = (original, replacement) =>
  Object.defineProperties(replacement, Object.getOwnPropertyDescriptors(original));

function watchLoader() {
  const load = Module._extensions[".js"];
  Module._extensions[".js"] = function (module, filename, ...others) {
    Reflect.apply(load, this, [module, filename, ...others]);
    const name = basename(filename);
    for (const { file, watch } of watchers) if (file === name) watch(module.exports, filename);
  };
}
