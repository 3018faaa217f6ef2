// A process ends with the command line that started it, however that one ends: the pipe from there closes then. A thread
// of its own waits for it, since the program may be busy for as long as it likes.
const { join } = require("node:path");
const { Worker } = require("node:worker_threads");

const descriptor = Number(process.env.API_GUARDRAILS_LIFELINE_FD);
// A process that the program starts has other files under these numbers.
delete process.env.API_GUARDRAILS_LIFELINE_FD;
if (descriptor) {
  try {
    new Worker(join(__dirname, "lifeline.js"), {
      workerData: descriptor,
      // What was asked of the program's own threads isn't meant for this one.
      execArgv: [],
      env: {},
    }).unref();
  } catch {
    // Node.js was told to allow no threads (`--permission`): then the program outlives a command line that is killed.
  }
}
