import { existsSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import * as grpc from "@grpc/grpc-js";
import { messageOf, thrownReason, UserError } from "../errors";
import type { CustomTimeouts } from "../monitor/custom-timeouts";
import { type NodeProcess, ownDescriptor, startNode } from "../node-process";
import { installCommand } from "../package-manager";
import { isMapping, readMapping } from "../project/yaml-file";
import { connectedClient, type Message, newestProtocol, type Protocol } from "../protocol";
import { collectSecrets, type Secrets } from "../secrets";
import { compilerVariables, mayNeedTypes } from "../type-check";
import {
  type ExceptionsFile,
  type ExceptionsTold,
  exceptionsVariable,
  openExceptionsFile,
} from "./exceptions-file";
import {
  type EnforcementLevel,
  enforcementLevels,
  type PackInfo,
  type PolicySettings,
  policyTypes,
  type Severity,
  severities,
} from "./pack-info";

/** A resource as the engine shows it to a pack. */
export interface AnalyzedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly options: ResourceOptions;
  readonly provider: ProviderView | undefined;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
}

export interface ResourceOptions {
  readonly protect: boolean;
  readonly ignoreChanges: readonly string[];
  /** For reports: to a pack, the engine shows the one alias under which it found the resource deployed, here none. */
  readonly aliases: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  readonly deleteBeforeReplace: boolean | undefined;
  readonly customTimeouts: CustomTimeouts;
}

export interface ProviderView {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface Diagnostic {
  readonly policy: string;
  readonly pack: string;
  readonly version: string;
  readonly level: EnforcementLevel;
  readonly severity: Severity;
  readonly message: string;
  readonly urn: string;
}

export interface Remediation {
  readonly policy: string;
  readonly properties: Readonly<Record<string, unknown>> | undefined;
  readonly problem: string | undefined;
}

/** The stack that a pack is told of. */
export interface StackSettings {
  readonly organization: string;
  readonly project: string;
  readonly stack: string;
  readonly config: Readonly<Record<string, string>>;
}

/** A policy pack that runs as a process of its own, driven over the engine's protocol. */
export interface Analyzer {
  readonly directory: string;
  readonly info: PackInfo;
  configure(settings: Readonly<Record<string, PolicySettings>>): Promise<void>;
  remediate(resource: AnalyzedResource): Promise<readonly Remediation[]>;
  analyze(resource: AnalyzedResource): Promise<readonly Diagnostic[]>;
  analyzeStack(resources: readonly AnalyzedResource[]): Promise<readonly Diagnostic[]>;
  /** The exceptions that have covered something so far; undefined where the pack has no place to tell of them. */
  exceptionsUsed(): ExceptionsTold | undefined;
  close(): Promise<void>;
}

/**
 * Boots a pack as Pulumi's Node language host does: `node run-policy-pack ENGINE DIRECTORY` in the pack's folder, which
 * answers with its port on the first line (pulumi/pulumi sdk/nodejs/cmd/pulumi-language-nodejs, RunPlugin).
 *
 * Its TypeScript is compiled without a type check, unless it is asked for or the pack doesn't start without one.
 *
 * @param secrets are masked in what is said of the pack, before any of it is cut
 * @throws UserError where the folder is no pack, or the pack doesn't start
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
  const runner = resolveRunner(directory);
  const exceptions = openExceptionsFile();
  const env = {
    PULUMI_NODEJS_TYPESCRIPT: "true",
    PULUMI_NODEJS_ORGANIZATION: stack.organization,
    PULUMI_NODEJS_PROJECT: stack.project,
    PULUMI_NODEJS_STACK: stack.stack,
    PULUMI_NODEJS_DRY_RUN: "true",
    PULUMI_CONFIG: JSON.stringify(stack.config),
    [exceptionsVariable]: exceptions && String(ownDescriptor),
    ...compilerVariables(typeCheck),
  };
  const options = { cwd: directory, env, descriptor: exceptions?.descriptor };
  const runningPack = startNode([runner, engine, directory], options, secrets, signal);
  try {
    const port = await portOf(runningPack, directory, secrets);
    const protocol = newestProtocol(directory);
    const client = connectedClient(protocol.analyzerService, `127.0.0.1:${port}`);
    return await connect(
      protocol,
      client,
      runningPack,
      directory,
      engine,
      stack,
      version,
      secrets,
      exceptions,
    );
  } catch (thrown) {
    await runningPack.end();
    exceptions?.close();
    if (!typeCheck && thrown instanceof UserError && mayNeedTypes(String(thrown.cause))) {
      return bootPack(packDirectory, engine, stack, true, signal, secrets);
    }
    throw thrown;
  }
}

/** PulumiPolicy.yaml makes a folder a pack; a version in it stands before the one of package.json, as in the engine. */
async function declaredVersion(directory: string): Promise<string | undefined> {
  const file = join(directory, "PulumiPolicy.yaml");
  if (!existsSync(file)) {
    throw new UserError(
      `There is no policy pack in ${directory}: a pack's folder holds a PulumiPolicy.yaml.`,
    );
  }
  const { runtime, version } = await readMapping(file);
  const name = isMapping(runtime) ? runtime.name : runtime;
  if (typeof name !== "string") {
    throw new UserError(`${file} has no runtime. Write for instance: runtime: nodejs`);
  }
  if (name !== "nodejs") {
    throw new UserError(`${file} has the runtime ${name}; only nodejs packs can be run here.`);
  }
  return typeof version === "string" && version !== "" ? version : undefined;
}

function resolveRunner(directory: string): string {
  try {
    // The folder itself: pnpm links an installed pack into a folder that its dependencies aren't beside.
    return createRequire(join(realpathSync(directory), "package.json")).resolve(
      "@pulumi/pulumi/cmd/run-policy-pack",
    );
  } catch {
    throw new UserError(
      `The policy pack in ${directory} can't be started: @pulumi/pulumi isn't installed there. Run ${installCommand(directory)} in it.`,
    );
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
          `The policy pack in ${directory} prints to its standard output before it starts, where the engine expects its port. Remove what prints "${line.trim().slice(0, 80)}".`,
        ),
      );
    });
    pack.closed.then(() => {
      const printed = secrets.mask(errors);
      const reason = thrownReason(printed) || "it ended without a word";
      fail(new UserError(`The policy pack in ${directory} doesn't start: ${reason}`, { cause: printed }));
    }, fail);
  });
}

async function connect(
  protocol: Protocol,
  client: Message,
  runningPack: NodeProcess,
  directory: string,
  engine: string,
  stack: StackSettings,
  version: string | undefined,
  secrets: Secrets,
  exceptions: ExceptionsFile | undefined,
): Promise<Analyzer> {
  const { analyzerMessages } = protocol;
  const call = (method: string, request: Message): Promise<Message> =>
    new Promise((done, fail) => {
      client[method](request, (error: grpc.ServiceError | null, response: Message) =>
        error ? fail(error) : done(response),
      );
    });
  const ask = async (method: string, request: Message): Promise<Message> => {
    try {
      return await call(method, request);
    } catch (thrown) {
      const { code, details } = thrown as grpc.ServiceError;
      if (code === grpc.status.UNAVAILABLE) {
        throw new UserError(`The policy pack in ${directory} ended before it had judged everything.`);
      }
      const reason = secrets.mask(details || messageOf(thrown));
      throw new UserError(
        `The policy pack in ${directory} failed: ${reason.split("\n").slice(0, 2).join(" ")}`,
      );
    }
  };
  /** Older packs don't know these calls, and the engine goes on without an answer. */
  const tell = (method: string, request: Message) =>
    call(method, request).catch((error: grpc.ServiceError) => {
      if (error.code !== grpc.status.UNIMPLEMENTED) throw error;
    });

  const handshake = new analyzerMessages.AnalyzerHandshakeRequest();
  handshake.setEngineAddress(engine);
  await tell("handshake", handshake);
  const settings = new analyzerMessages.AnalyzerStackConfigureRequest();
  settings.setStack(stack.stack);
  settings.setProject(stack.project);
  settings.setOrganization(stack.organization);
  settings.setDryRun(true);
  for (const [key, value] of Object.entries(stack.config)) settings.getConfigMap().set(key, value);
  await tell("configureStack", settings);
  await ask("getPluginInfo", protocol.empty());
  const answered = packInfo(await ask("getAnalyzerInfo", protocol.empty()));
  const info = { ...answered, version: version ?? answered.version };

  return {
    directory,
    info,
    configure: async (configuration) => {
      const request = new analyzerMessages.ConfigureAnalyzerRequest();
      for (const [policy, { enforcementLevel, properties }] of Object.entries(configuration)) {
        const config = new analyzerMessages.PolicyConfig();
        config.setEnforcementlevel(enforcementLevels.indexOf(enforcementLevel));
        config.setProperties(protocol.struct(properties));
        request.getPolicyconfigMap().set(policy, config);
      }
      await ask("configure", request);
    },
    remediate: async (resource) => {
      const response = await ask(
        "remediate",
        fill(protocol, new analyzerMessages.AnalyzeRequest(), resource),
      );
      return response.getRemediationsList().map((remediation: Message) => ({
        policy: remediation.getPolicyname(),
        properties: remediation.getProperties()?.toJavaScript(),
        problem: remediation.getDiagnostic() || undefined,
      }));
    },
    analyze: async (resource) =>
      diagnostics(
        await ask("analyze", fill(protocol, new analyzerMessages.AnalyzeRequest(), resource)),
        info,
      ),
    analyzeStack: async (resources) => {
      const request = new analyzerMessages.AnalyzeStackRequest();
      request.setResourcesList(resources.map((resource) => stackResource(protocol, resource)));
      return diagnostics(await ask("analyzeStack", request), info);
    },
    exceptionsUsed: () => exceptions?.read(),
    close: async () => {
      client.close();
      await runningPack.end();
      exceptions?.close();
    },
  };
}

/** How a policy that judges each resource says that it judges the whole stack too: the protocol gives it one type. */
const wholeStackTag = "whole-stack";

function packInfo(response: Message): PackInfo {
  const settings = (config: Message): PolicySettings => ({
    enforcementLevel: enforcementLevels[config.getEnforcementlevel()] ?? "advisory",
    properties: config.getProperties()?.toJavaScript() ?? {},
  });
  return {
    name: response.getName(),
    version: response.getVersion(),
    initialConfig: Object.fromEntries(
      [...response.getInitialconfigMap().entries()].map(([policy, config]: [string, Message]) => [
        policy,
        settings(config),
      ]),
    ),
    policies: response.getPoliciesList().map((policy: Message) => ({
      name: policy.getName(),
      enforcementLevel: enforcementLevels[policy.getEnforcementlevel()] ?? "advisory",
      severity: severities[policy.getSeverity()],
      judgesStack:
        policyTypes[policy.getPolicyType?.()] === "stack" ||
        policy.getTagsList?.().includes(wholeStackTag) === true,
      configSchema: policy.getConfigschema() && {
        properties: policy.getConfigschema().getProperties()?.toJavaScript() ?? {},
        required: policy.getConfigschema().getRequiredList(),
      },
    })),
  };
}

function fill(protocol: Protocol, request: Message, resource: AnalyzedResource): Message {
  const { analyzerMessages, struct } = protocol;
  request.setType(resource.type);
  request.setUrn(resource.urn);
  request.setName(resource.name);
  request.setProperties(struct(resource.properties));
  const options = new analyzerMessages.AnalyzerResourceOptions();
  options.setProtect(resource.options.protect);
  options.setIgnorechangesList([...resource.options.ignoreChanges]);
  options.setAdditionalsecretoutputsList([...resource.options.additionalSecretOutputs]);
  if (resource.options.deleteBeforeReplace !== undefined) {
    options.setDeletebeforereplace(resource.options.deleteBeforeReplace);
    options.setDeletebeforereplacedefined(true);
  }
  const timeouts = new analyzerMessages.AnalyzerResourceOptions.CustomTimeouts();
  timeouts.setCreate(resource.options.customTimeouts.create);
  timeouts.setUpdate(resource.options.customTimeouts.update);
  timeouts.setDelete(resource.options.customTimeouts.delete);
  timeouts.setRead?.(resource.options.customTimeouts.read);
  options.setCustomtimeouts(timeouts);
  options.setParent(resource.parent);
  request.setOptions(options);
  if (resource.provider) {
    const provider = new analyzerMessages.AnalyzerProviderResource();
    provider.setType(resource.provider.type);
    provider.setUrn(resource.provider.urn);
    provider.setName(resource.provider.name);
    provider.setProperties(struct(resource.provider.properties));
    request.setProvider(provider);
  }
  return request;
}

function stackResource(protocol: Protocol, resource: AnalyzedResource): Message {
  const { analyzerMessages } = protocol;
  const message = fill(protocol, new analyzerMessages.AnalyzerResource(), resource);
  message.setParent(resource.parent);
  message.setDependenciesList([...resource.dependencies]);
  for (const [property, urns] of Object.entries(resource.propertyDependencies)) {
    if (urns.length === 0) continue;
    const dependencies = new analyzerMessages.AnalyzerPropertyDependencies();
    dependencies.setUrnsList([...urns]);
    message.getPropertydependenciesMap().set(property, dependencies);
  }
  return message;
}

function diagnostics(response: Message, info: PackInfo): Diagnostic[] {
  return response.getDiagnosticsList().map((diagnostic: Message) => {
    const policy = diagnostic.getPolicyname();
    const level = enforcementLevels[diagnostic.getEnforcementlevel()] ?? "mandatory";
    return {
      policy,
      pack: info.name,
      version: info.version,
      // The engine shows what is left after a remediation as mandatory.
      level: level === "remediate" ? "mandatory" : level,
      severity:
        severities[diagnostic.getSeverity()] ?? info.policies.find(({ name }) => name === policy)?.severity,
      message: diagnostic.getMessage(),
      urn: diagnostic.getUrn(),
    };
  });
}
