// Pulumi's runner colours the stack of what a program throws. Before nodejs/node#64011 was fixed, Node.js doesn't end that
// for a line such as `node_modules/@pulumi/output.ts:1:1`, which is how the SDK's source maps name its own files: a minute
// and a gigabyte later it gives up. Reports show no stack, so nothing is lost without the colours.
const util = require("node:util");

const { inspect } = util;
const withoutColors = (options) => (options?.colors ? { ...options, colors: false } : options);

util.inspect = Object.defineProperties(
  (value, options, ...others) =>
    inspect(value, value instanceof Error ? withoutColors(options) : options, ...others),
  Object.getOwnPropertyDescriptors(inspect),
);
