import { realpathSync } from "node:fs";
import type { JudgedSettings } from "@api-guardrails/policies/inventory";
import type { AnalyzedResource } from "../engine/resource";
import { partsOf, rootStackType } from "../engine/urn";
import { ownPack } from "../installed/own-pack";
import { ownInventory } from "../inventory/own-inventory";
import { type PackConfiguration, reconcile } from "../packs/configuration";
import { configuredPacks } from "../packs/configured";
import type { Violation } from "../packs/judge";
import type { PackInfo, PolicySettings } from "../packs/pack-info";
import type { ViolationLine } from "../packs/violation-lines";
import type { Secrets } from "../secrets";

/** A resource as a pack is shown it, with what is known at the end. */
export interface DeployedResource extends AnalyzedResource {
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** What the pack says about a stack. */
export interface OwnJudgement {
  readonly violations: readonly Violation[];
  readonly told: readonly ViolationLine[];
  /** Of each policy. */
  readonly settings: Readonly<Record<string, PolicySettings>>;
}

/**
 * Judges stacks in this process. Undefined where the pack's own process has to: it says what is wrong with it.
 *
 * @throws UserError if the pack doesn't start, or if its configuration is invalid
 */
export type OwnJudge = (
  resources: readonly DeployedResource[],
  configuration: PackConfiguration | undefined,
) => Promise<OwnJudgement | undefined>;

/**
 * The pack of this project judges hundreds of states in this process: what it takes to boot it for each, and to show it each resource
 * by the engine's protocol, is most of the time. It is booted once, for what it says about itself.
 *
 * @param pack the folder of the pack
 * @returns undefined for any other pack, which may keep what it likes in its process
 */
export function ownJudge(
  pack: string,
  secrets: Secrets,
  signal: AbortSignal | undefined,
): OwnJudge | undefined {
  if (!isOwn(pack)) return undefined;
  let about: Promise<PackInfo> | undefined;
  const configured = new Map<PackConfiguration | undefined, Readonly<Record<string, PolicySettings>>>();
  return async (resources, configuration) => {
    about ??= infoOf(pack, secrets, signal);
    const info = await about;
    const settings = configured.get(configuration) ?? reconcile(info, configuration);
    configured.set(configuration, settings);
    if (!judgesOnly(settings)) return undefined;
    try {
      return { ...judged(resources, info, settings), settings };
    } catch {
      return undefined;
    }
  };
}

function isOwn(pack: string): boolean {
  try {
    return realpathSync(pack) === realpathSync(ownPack());
  } catch {
    return false;
  }
}

/** A pack connects to the engine only if it logs. */
const noEngine = "127.0.0.1:1";

async function infoOf(pack: string, secrets: Secrets, signal: AbortSignal | undefined): Promise<PackInfo> {
  const sources = { directories: [pack], configurations: [], typeCheck: false };
  const nowhere = { organization: "organization", project: "", stack: "", config: {} };
  const [booted] = await configuredPacks(sources, noEngine, nowhere, secrets, signal);
  if (!booted) throw new Error("a pack that boots is there");
  await booted.analyzer.close();
  return booted.analyzer.info;
}

/** Whether no policy changes what it is shown. */
function judgesOnly(
  settings: Readonly<Record<string, PolicySettings>>,
): settings is Readonly<Record<string, PolicySettings & JudgedSettings>> {
  return Object.values(settings).every(({ enforcementLevel }) => enforcementLevel !== "remediate");
}

function judged(
  resources: readonly DeployedResource[],
  { name: pack, version, policies }: PackInfo,
  settings: Readonly<Record<string, JudgedSettings>>,
): Omit<OwnJudgement, "settings"> {
  const { violations, told } = ownInventory().judgedStack(
    resources.map((one) => ({ ...one, ignoreChanges: one.options.ignoreChanges })),
    settings,
  );
  const known = new Map(policies.map((policy) => [policy.name, policy]));
  const urns = new Set(resources.map(({ urn }) => urn));
  const root = resources.find(({ type }) => type === rootStackType)?.urn ?? "";
  return {
    violations: violations.map(({ policy, level, message, urn: of = "" }) => {
      // As in the engine, a violation that names no resource of the stack belongs to the stack itself.
      const urn = urns.has(of) ? of : root;
      const { severity, theme } = known.get(policy) ?? {};
      return { ...{ policy, pack, version, level, severity, theme, message, urn }, ...partsOf(urn) };
    }),
    // The lines of a pack's process, before they are written.
    told: told as readonly ViolationLine[],
  };
}
