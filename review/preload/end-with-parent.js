// Ends the process when the command line that started it ends, for whatever reason: a pipe from there closes then. A separate
// thread waits for that, because the program may keep the main thread busy.
const { join } = require("node:path");
const { Worker } = require("node:worker_threads");

const descriptor = Number(process.env.API_GUARDRAILS_LIFELINE_FD);
// In a process that the program starts, the descriptor would be another file.
delete process.env.API_GUARDRAILS_LIFELINE_FD;
if (descriptor) {
  try {
    new Worker(join(__dirname, "lifeline.js"), {
      workerData: descriptor,
      // The options and the environment of the program are not meant for this thread.
      execArgv: [],
      env: {},
    }).unref();
  } catch {
    // Node.js may not start threads here (`--permission`), so the program outlives a command line that is killed.
  }
}
