// Observes what a program throws. Pulumi's runner logs it, but without the stack for some errors (a `RunError`, a missing value of
// the configuration, a `SyntaxError`), and the command line says where the program failed.
const { inspect } = require("node:util");
const { isObserved, observe } = require("./observations");

/** The program's own frame may stand below those of several libraries. */
const frames = 50;

const events = new Set(["uncaughtException", "unhandledRejection"]);

if (isObserved) {
  Error.stackTraceLimit = Math.max(Error.stackTraceLimit ?? 0, frames);
  // Not before the runner listens, too: with a listener of ours alone, Node.js would no longer end the process.
  process.on("newListener", (event) => {
    if (events.delete(event)) process.prependListener(event, report);
  });
}

function report(thrown) {
  try {
    // An error of the compiler comes from another thread, which leaves only what is printed of it.
    const message = typeof thrown?.message === "string" ? thrown.message : inspect(thrown);
    observe({ failed: { message, stack: String(thrown?.stack ?? "") } });
  } catch {}
}
