// The SDK reads the lines that lead to a registration from a stack, and passes over frames that have no function's name: the top of
// an ES module, and an arrow function, such as a callback of apply (pulumi/pulumi sdk/nodejs/resource.ts, `framePositionRegExp`).
const { whenLoaded } = require("./sdk-modules");

/** `    at async /projects/index.js:14:3` */
const unnamed = /^\s*at (?:async )?(?<file>(?:file:\/\/)?\/.*|[A-Za-z]:\\.*):(?<line>\d+):(?<column>\d+)$/;

whenLoaded("resource.js", (exported) => {
  const named = exported?.Resource?.framePositionRegExp;
  if (!(named instanceof RegExp)) return;
  exported.Resource.framePositionRegExp = { exec: (frame) => named.exec(frame) ?? unnamed.exec(frame) };
});
