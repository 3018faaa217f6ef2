// Pulumi's runner of policy packs has ts-node check types whatever a setting or a variable says (pulumi/pulumi
// sdk/nodejs/cmd/run-policy-pack/run.ts, `typeCheck: true`), which takes several times as long as all the rest of a pack.
// Here it heeds ts-node's own variable. A runner that loads its compiler in another way still checks types, and is slower.
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
