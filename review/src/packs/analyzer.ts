import type { Message, Protocol } from "../engine/protocol";
import type { AnalyzedResource } from "../engine/resource";
import type { PackCalls } from "./calls";
import type { ExceptionsFile, Reported } from "./exceptions-file";
import {
  analyzeRequest,
  analyzeStackRequest,
  configureRequest,
  type Diagnostic,
  diagnostics,
  packInfo,
  type Remediation,
  remediations,
} from "./messages";
import type { PackInfo, PolicySettings } from "./pack-info";

/** A policy pack that runs in its own process, driven over the engine's protocol. */
export interface Analyzer {
  readonly directory: string;
  readonly info: PackInfo;
  configure(settings: Readonly<Record<string, PolicySettings>>): Promise<void>;
  remediate(resource: AnalyzedResource): Promise<readonly Remediation[]>;
  analyze(resource: AnalyzedResource): Promise<readonly Diagnostic[]>;
  analyzeStack(resources: readonly AnalyzedResource[]): Promise<readonly Diagnostic[]>;
  /**
   * The exceptions that have covered something so far, and what exemptions from its violations have to name; undefined if there is
   * no file in which the pack can report them.
   */
  exceptionsUsed(): Reported | undefined;
  close(): Promise<void>;
}

/** The stack, as a pack is told about it. */
export interface StackSettings {
  readonly organization: string;
  readonly project: string;
  readonly stack: string;
  readonly config: Readonly<Record<string, string>>;
}

/** The process of a pack that has started. */
export interface StartedPack {
  readonly directory: string;
  /** The version in PulumiPolicy.yaml. */
  readonly declaredVersion: string | undefined;
  readonly protocol: Protocol;
  readonly calls: PackCalls;
  readonly exceptions: ExceptionsFile | undefined;
  /** Ends the process, and waits until it is gone. */
  end(): Promise<void>;
}

/**
 * Introduces the engine and the stack to a pack, in the order in which the engine does it.
 *
 * @param engine the address at which the pack can reach the engine
 * @throws UserError if the pack fails
 */
export async function introduced(pack: StartedPack, engine: string, stack: StackSettings): Promise<Analyzer> {
  const { directory, declaredVersion, protocol, calls, exceptions } = pack;
  const { ask, tell } = calls;
  await tell("handshake", handshakeRequest(protocol, engine));
  await tell("configureStack", stackConfigureRequest(protocol, stack));
  await ask("getPluginInfo", protocol.empty());
  const answered = packInfo(await ask("getAnalyzerInfo", protocol.empty()));
  const info = { ...answered, version: declaredVersion ?? answered.version };
  return {
    directory,
    info,
    configure: async (settings) => {
      await ask("configure", configureRequest(protocol, settings));
    },
    remediate: async (resource) => remediations(await ask("remediate", analyzeRequest(protocol, resource))),
    analyze: async (resource) => diagnostics(await ask("analyze", analyzeRequest(protocol, resource)), info),
    analyzeStack: async (resources) =>
      diagnostics(await ask("analyzeStack", analyzeStackRequest(protocol, resources)), info),
    exceptionsUsed: () => exceptions?.read(),
    close: async () => {
      calls.close();
      await pack.end();
      exceptions?.close();
    },
  };
}

function handshakeRequest({ analyzerMessages }: Protocol, engine: string): Message {
  const request = new analyzerMessages.AnalyzerHandshakeRequest();
  request.setEngineAddress(engine);
  return request;
}

function stackConfigureRequest({ analyzerMessages }: Protocol, stack: StackSettings): Message {
  const request = new analyzerMessages.AnalyzerStackConfigureRequest();
  request.setStack(stack.stack);
  request.setProject(stack.project);
  request.setOrganization(stack.organization);
  request.setDryRun(true);
  for (const [key, value] of Object.entries(stack.config)) request.getConfigMap().set(key, value);
  return request;
}
