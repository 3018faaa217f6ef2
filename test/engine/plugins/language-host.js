// What the language hosts of this folder have in common. The CLI's own aren't published as Go modules, so they can't be
// built with the CLI.
const { spawn } = require("node:child_process");
const { Empty } = require("google-protobuf/google/protobuf/empty_pb");
const language = require("@pulumi/pulumi/proto/language_pb");
const { LanguageRuntimeService } = require("@pulumi/pulumi/proto/language_grpc_pb");
const plugin = require("@pulumi/pulumi/proto/plugin_pb");
const { answer, cliVersion, serve } = require("./serve");

/** The engine's address, which it gives a language host as its last argument. */
const engine = process.argv.slice(2).findLast((argument) => !argument.startsWith("-"));

/** The stack's configuration, where every SDK looks for it. */
function configuration(request) {
  return {
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().entries())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
  };
}

/**
 * Runs a program to its end.
 *
 * @param alreadyReported the exit code with which the SDK says that it has told the user already
 */
function runProgram([command, ...args], { alreadyReported, ...options }) {
  // What the program prints goes to stderr: the CLI reads this process's stdout for the port.
  const child = spawn(command, args, { ...options, stdio: ["ignore", "ignore", "inherit"] });
  return new Promise((done, fail) => {
    child.once("error", fail);
    child.once("close", (code) => {
      const response = new language.RunResponse();
      if (code === alreadyReported) response.setBail(true);
      else if (code !== 0) response.setError(`the program ended with exit code ${code}`);
      done(response);
    });
  });
}

/** Serves a language host that has no dependencies to tell of: they are installed, and the plugins are on PATH. */
function serveLanguage({ executable, version, ...calls }) {
  serve(LanguageRuntimeService, {
    handshake: answer(() => new language.LanguageHandshakeResponse()),
    getPluginInfo: answer(() => {
      const info = new plugin.PluginInfo();
      info.setVersion(cliVersion());
      return info;
    }),
    getRequiredPackages: answer(() => new language.GetRequiredPackagesResponse()),
    getRequiredPlugins: answer(() => new language.GetRequiredPluginsResponse()),
    getProgramDependencies: answer(() => new language.GetProgramDependenciesResponse()),
    runtimeOptionsPrompts: answer(() => new language.RuntimeOptionsResponse()),
    about: answer(() => {
      const response = new language.AboutResponse();
      response.setExecutable(executable);
      response.setVersion(version);
      return response;
    }),
    installDependencies: (call) => call.end(),
    cancel: answer(() => new Empty()),
    ...calls,
  });
}

module.exports = { configuration, engine, runProgram, serveLanguage };
