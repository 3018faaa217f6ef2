import { resolve } from "node:path";
import { type NodeProcess, ownDescriptor, startNode } from "../engine/node-process";
import { newestProtocol } from "../engine/protocol";
import { thrownReason } from "../engine/thrown-reason";
import { compilerVariables, mayNeedTypes } from "../engine/type-check";
import { collectSecrets, type Secrets } from "../secrets";
import { UserError } from "../text/errors";
import { type Analyzer, introduced, type StackSettings } from "./analyzer";
import { callsTo } from "./calls";
import { exceptionsVariable, openExceptionsFile } from "./exceptions-file";
import { declaredVersion, packRunner } from "./pack-folder";
import { violationsVariable } from "./violation-lines";

/**
 * Boots a pack as Pulumi's Node language host does: it runs `node run-policy-pack ENGINE DIRECTORY` in the pack's folder and
 * reads the port from the first line of the output (pulumi/pulumi sdk/nodejs/cmd/pulumi-language-nodejs, RunPlugin).
 *
 * The pack's TypeScript is compiled without a type check, unless the caller asks for one or the pack doesn't start without.
 *
 * @param engine the address at which the pack can reach the engine
 * @param secrets are masked in every message about the pack, before it is cut
 * @throws UserError if the folder holds no pack, or if the pack doesn't start
 */
export async function bootPack(
  packDirectory: string,
  engine: string,
  stack: StackSettings,
  typeCheck: boolean,
  signal?: AbortSignal,
  secrets: Secrets = collectSecrets(),
): Promise<Analyzer> {
  const directory = resolve(packDirectory);
  const version = await declaredVersion(directory);
  const runner = packRunner(directory);
  const exceptions = openExceptionsFile();
  const env = {
    PULUMI_NODEJS_TYPESCRIPT: "true",
    PULUMI_NODEJS_ORGANIZATION: stack.organization,
    PULUMI_NODEJS_PROJECT: stack.project,
    PULUMI_NODEJS_STACK: stack.stack,
    PULUMI_NODEJS_DRY_RUN: "true",
    PULUMI_CONFIG: JSON.stringify(stack.config),
    [exceptionsVariable]: exceptions && String(ownDescriptor),
    [violationsVariable]: exceptions && String(ownDescriptor),
    ...compilerVariables(typeCheck),
  };
  const options = { cwd: directory, env, descriptor: exceptions?.descriptor };
  const runningPack = startNode([runner, engine, directory], options, secrets, signal);
  try {
    const port = await portOf(runningPack, directory, secrets);
    const protocol = newestProtocol(directory);
    const calls = callsTo(protocol, `127.0.0.1:${port}`, directory, secrets);
    const pack = { directory, declaredVersion: version, protocol, calls, exceptions, end: runningPack.end };
    return await introduced(pack, engine, stack);
  } catch (thrown) {
    await runningPack.end();
    exceptions?.close();
    if (!typeCheck && thrown instanceof UserError && mayNeedTypes(String(thrown.cause))) {
      return bootPack(packDirectory, engine, stack, true, signal, secrets);
    }
    throw thrown;
  }
}

function portOf(pack: NodeProcess, directory: string, secrets: Secrets): Promise<number> {
  return new Promise((done, fail) => {
    let output = "";
    let errors = "";
    pack.stderr.on("data", (data: string) => {
      errors += data;
    });
    pack.stdout.on("data", (data: string) => {
      output += data;
      const end = output.indexOf("\n");
      if (end < 0) return;
      const port = output.slice(0, end).trim();
      if (/^\d+$/.test(port)) return done(Number(port));
      const [line = ""] = secrets.mask(output).split("\n");
      fail(
        new UserError(
          `The policy pack in ${directory} prints "${line.trim().slice(0, 80)}" to its standard output before it starts. The engine expects the pack's port there and can't start the pack. Remove that output.`,
        ),
      );
    });
    pack.closed.then(() => {
      const printed = secrets.mask(errors);
      const reason = thrownReason(printed) || "it ended without an error message";
      fail(new UserError(`The policy pack in ${directory} doesn't start: ${reason}`, { cause: printed }));
    }, fail);
  });
}
