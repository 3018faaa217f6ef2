const { Socket } = require("node:net");
const { workerData: descriptor } = require("node:worker_threads");

/** Kills this process and the processes that it started, unless they left its process group. */
function endProcess() {
  try {
    process.kill(-process.pid, "SIGKILL");
  } catch {
    process.kill(process.pid, "SIGKILL");
  }
}

new Socket({ fd: descriptor, readable: true, writable: false })
  .on("error", () => {})
  .on("close", endProcess)
  .resume();
