// Makes Pulumi's runner of policy packs obey ts-node's own variable. The runner always checks types (pulumi/pulumi
// sdk/nodejs/cmd/run-policy-pack/run.ts, `typeCheck: true`), which takes several times as long as the rest of a pack. A runner
// that loads its compiler in another way still checks types and is slower.
const Module = require("node:module");
const { join } = require("node:path");

const runner = join("cmd", "run-policy-pack", "run.js");
const load = Module._load;

if (process.env.TS_NODE_TRANSPILE_ONLY === "true") {
  Module._load = function (request, parent, ...others) {
    const loaded = load.call(this, request, parent, ...others);
    if (!/(^|[\\/])ts-node(@[\d.]+)?$/.test(request) || !parent?.filename?.endsWith(runner)) return loaded;
    return {
      __proto__: loaded,
      register: (options) => loaded.register({ ...options, typeCheck: false, transpileOnly: true }),
    };
  };
}
