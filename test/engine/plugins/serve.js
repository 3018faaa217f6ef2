// What the plugins of this folder have in common: the engine starts them and reads their port from the first line.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const grpc = require("@grpc/grpc-js");

const maxMessageBytes = 400 * 1024 * 1024;
const limits = {
  "grpc.max_receive_message_length": maxMessageBytes,
  "grpc.max_send_message_length": maxMessageBytes,
};

/** Answers a call with what a function makes of its request; what it throws is the engine's error. */
function answer(respond) {
  return (call, done) => {
    Promise.resolve()
      .then(() => respond(call.request))
      .then(
        (response) => done(null, response),
        (thrown) => done({ code: grpc.status.UNKNOWN, details: String(thrown.message) }),
      );
  };
}

/** Serves a plugin on the loopback interface and says its port, as plugins do. */
function serve(service, implementation) {
  const server = new grpc.Server(limits);
  server.addService(service, implementation);
  server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    process.stdout.write(`${port}\n`);
  });
}

/** The version of the CLI that the tests build. */
function cliVersion() {
  const sets = JSON.parse(readFileSync(join(__dirname, "..", "..", "versions.json"), "utf8"));
  return sets.newest.cli;
}

module.exports = { answer, cliVersion, serve };
