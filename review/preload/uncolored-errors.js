// Prints errors without colours. Pulumi's runner colours the stack of an error that a program throws. Without the fix of
// nodejs/node#64011, Node.js needs a minute and a gigabyte to colour a line such as `node_modules/@pulumi/output.ts:1:1`, which
// the SDK's source maps produce. Reports show no stack, so the colours aren't missed.
const util = require("node:util");

const { inspect } = util;
const withoutColors = (options) => (options?.colors ? { ...options, colors: false } : options);

util.inspect = Object.defineProperties(
  (value, options, ...others) =>
    inspect(value, value instanceof Error ? withoutColors(options) : options, ...others),
  Object.getOwnPropertyDescriptors(inspect),
);
