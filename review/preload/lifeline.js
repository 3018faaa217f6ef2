const { Socket } = require("node:net");
const { workerData: descriptor } = require("node:worker_threads");

/** With all that it started itself, as far as that stayed in its process group. */
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
