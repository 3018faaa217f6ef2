import { partsOf } from "../engine/urn";
import { type EnforcementLevel, type Severity, severities } from "../packs/pack-info";
import { UserError } from "../text/errors";
import { type Fields, isRecord } from "../text/records";
import { uncolored } from "./engine-text";
import { type EventStream, streamCommand } from "./events";

/** What a preview of the engine says, of a program in any language. */
export interface Plan {
  readonly project: string;
  readonly stack: string;
  readonly rootUrn: string;
  /** What there will be, in the order of the steps. */
  readonly resources: readonly PlannedResource[];
  readonly findings: readonly PolicyFinding[];
  readonly packs: readonly PlannedPack[];
  readonly messages: readonly EngineMessage[];
  /** How many resources each operation concerns: `create`, `same`. Undefined where the preview has no end. */
  readonly changes: Readonly<Record<string, number>> | undefined;
  /** Whether the engine says at its end that the preview failed. Older ones don't say it. */
  readonly hasFailed: boolean;
  /** Whether the engine says which policies passed. Older ones don't. */
  readonly namesPolicies: boolean;
}

export interface PlannedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** Empty for the stack itself. */
  readonly parent: string;
  /** Whether an input is secret, or a part of one. The engine writes `[secret]` in its place. */
  readonly hasSecret: boolean;
}

/** What a policy says about a resource. */
export interface PolicyFinding {
  readonly policy: string;
  readonly pack: string;
  readonly version: string;
  readonly level: EnforcementLevel;
  readonly severity: Severity;
  readonly message: string;
  /** The stack's own where the policy names none. */
  readonly urn: string;
}

export interface PlannedPack {
  readonly name: string;
  readonly version: string;
  /** The policies that passed or failed for anything, by name. */
  readonly policies: readonly string[];
  readonly judgedStack: boolean;
}

/** What the engine, the program or a provider says. */
export interface EngineMessage {
  readonly severity: string;
  readonly text: string;
  /** Undefined where it is about no resource. */
  readonly urn: string | undefined;
}

/**
 * What the events of a preview say together.
 *
 * @param name of the file, for the sentences
 * @throws UserError if they are those of an update, of several previews, or of none that came as far as a resource
 */
export function planOf({ events }: EventStream, name: string): Plan {
  const all = (kind: string): readonly Fields[] =>
    events.flatMap((event) => (isRecord(event[kind]) ? [event[kind]] : []));
  const summaries = all("summaryEvent");
  if (summaries.length > 1) {
    throw new UserError(`${name} holds ${summaries.length} previews. Give each of them a file of its own.`);
  }
  const [summary] = summaries;
  if (summary?.isPreview === false) {
    throw new UserError(`${name} is the stream of an update, and no preview. Run: ${streamCommand}`);
  }
  const steps = all("resourcePreEvent").flatMap(({ metadata }) => (isRecord(metadata) ? [metadata] : []));
  const resources = new Map(
    steps.flatMap((step) => {
      const resource = plannedResource(step);
      return resource ? [[resource.urn, resource] as const] : [];
    }),
  );
  const findings = all("policyEvent");
  const policySummaries = summariesOf(all);
  const rootUrn =
    [...resources.values()].find(({ type }) => type === "pulumi:pulumi:Stack")?.urn ??
    text(policySummaries.map(({ resourceUrn }) => resourceUrn).find((urn) => text(urn) !== ""));
  const [, stack = "unknown", project = "unknown"] = /^urn:pulumi:(.+?)::(.+?)::/.exec(rootUrn) ?? [];
  return {
    project,
    stack,
    rootUrn,
    resources: [...resources.values()],
    findings: findings.map((finding) => findingOf(finding, rootUrn)),
    packs: packsOf(summary, findings, policySummaries, all("policyAnalyzeStackSummaryEvent")),
    messages: all("diagnosticEvent").map((message) => ({
      severity: text(message.severity),
      text: uncolored(text(message.message)),
      urn: text(message.urn) || undefined,
    })),
    hasFailed: summary?.result === "failed",
    changes: summary && changesOf(summary),
    namesPolicies: policySummaries.length > 0,
  };
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** What the engine says of the policies that it called for a resource, for a remediation or for the whole stack. */
function summariesOf(all: (kind: string) => readonly Fields[]): readonly Fields[] {
  return [
    ...all("policyRemediateSummaryEvent"),
    ...all("policyAnalyzeSummaryEvent"),
    ...all("policyAnalyzeStackSummaryEvent"),
  ];
}

/** What a step leaves: nothing, where it deletes. */
function plannedResource({ op, urn, type, new: planned }: Fields): PlannedResource | undefined {
  const isDeletion = ["delete", "delete-replaced", "discard", "discard-replaced", "remove-pending-replace"];
  if (typeof urn !== "string" || !isRecord(planned) || isDeletion.includes(text(op))) return undefined;
  const hasSecret = holdsSecret(planned.inputs);
  return { urn, type: text(type), name: partsOf(urn).name, parent: text(planned.parent), hasSecret };
}

function holdsSecret(value: unknown): boolean {
  if (typeof value === "string") return value.includes("[secret]");
  return typeof value === "object" && value !== null && Object.values(value).some(holdsSecret);
}

function findingOf(finding: Fields, rootUrn: string): PolicyFinding {
  const severity = text(finding.severity);
  return {
    policy: text(finding.policyName),
    pack: text(finding.policyPackName),
    version: text(finding.policyPackVersion),
    // Whatever else a newer engine may say, it is no advice.
    level: finding.enforcementLevel === "advisory" ? "advisory" : "mandatory",
    severity: severities.find((one) => one === severity),
    message: uncolored(text(finding.message)).trimEnd(),
    urn: text(finding.resourceUrn) || rootUrn,
  };
}

/** The summary names each pack as `NAME|local|FOLDER`; an older one by its name alone. */
function packsOf(
  summary: Fields | undefined,
  findings: readonly Fields[],
  summaries: readonly Fields[],
  ofStack: readonly Fields[],
): readonly PlannedPack[] {
  const loaded = isRecord(summary?.PolicyPacks) ? Object.entries(summary.PolicyPacks) : [];
  const named = [
    ...loaded.map(([key, version]) => [key.split("|")[0] ?? key, text(version)] as const),
    ...[...summaries, ...findings].map(
      ({ policyPackName, policyPackVersion }) => [text(policyPackName), text(policyPackVersion)] as const,
    ),
  ];
  const packs = new Map(named.map(([name, version]) => [JSON.stringify([name, version]), { name, version }]));
  return [...packs.values()].map(({ name, version }) => {
    const isOwn = ({ policyPackName, policyPackVersion }: Fields) =>
      policyPackName === name && policyPackVersion === version;
    const policies = [
      ...summaries.filter(isOwn).flatMap(({ passed, failed }) => [passed, failed].flatMap(texts)),
      ...findings.filter(isOwn).map(({ policyName }) => text(policyName)),
    ];
    return {
      name,
      version,
      policies: [...new Set(policies)].sort(),
      judgedStack: ofStack.some(isOwn),
    };
  });
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

function changesOf({ resourceChanges }: Fields): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(isRecord(resourceChanges) ? resourceChanges : {}).flatMap(([operation, count]) =>
      typeof count === "number" ? [[operation, count] as const] : [],
    ),
  );
}
