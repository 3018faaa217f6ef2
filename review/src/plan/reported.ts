import { partsOf } from "../engine/urn";
import type { EnabledPolicy } from "../packs/judged";
import { rulePageIn } from "../packs/rule-page";
import { bySeriousness, type Reported, type ReportedPack } from "../preview";
import { inputName, inputText } from "../text/input-file";
import { eventsIn, streamCommand } from "./events";
import { type EngineMessage, type Plan, type PlannedPack, type PolicyFinding, planOf } from "./plan";

/**
 * What the engine's own preview says, for the same reports: the policies of any pack, for a program in any language. Nothing is judged
 * here.
 *
 * The exit code is that of a preview: what the engine didn't see whole is a problem. A stream without its end, an error of the program
 * or of a provider, and a preview without a pack are.
 *
 * @param file a stream of events, or `-` for the standard input
 * @throws UserError if the file is no such stream
 */
export async function reportedPlan(file: string): Promise<Reported> {
  const name = inputName(file);
  const stream = eventsIn(await inputText(file), name);
  const plan = planOf(stream, name);
  const secretive = new Set(plan.resources.filter(({ hasSecret }) => hasSecret).map(({ urn }) => urn));
  const violations = plan.findings
    .map((finding) => ({
      ...finding,
      ...partsOf(finding.urn),
      message: secretive.has(finding.urn) ? withoutValues(finding) : finding.message,
    }))
    .sort(bySeriousness);
  const isBlocked = violations.some(({ level }) => level === "mandatory");
  const failures = plan.messages.filter((message) => isFailure(message, isBlocked));
  const problems = [
    ...stream.problems,
    ...(plan.changes === undefined && stream.problems.length === 0
      ? [
          `${name} has no end of the preview: it was cut short, or the preview failed before it ran the program.`,
        ]
      : []),
    ...failures.map(failureWords),
    ...(plan.hasFailed && !isBlocked && failures.length === 0
      ? ["The engine says that the preview failed, and not why."]
      : []),
    ...(plan.packs.length === 0 ? [`No policy pack has judged this preview. Run: ${streamCommand}`] : []),
  ];
  const isWhole = problems.length === 0;
  const packs = plan.packs.map((pack) => packOf(pack, plan, isWhole));
  return {
    project: { name: plan.project, stack: plan.stack },
    packs,
    violations,
    resources: plan.resources.map(({ urn, type, name: ofResource, parent }) => ({
      ...{ urn, type, name: ofResource, parent },
      source: undefined,
      options: { aliases: [] },
    })),
    problems,
    failedAt: undefined,
    unseen: [],
    notices: [
      ...(packs.length > 0 && packs.every(({ judged }) => judged === "nothing")
        ? ["No policy is enabled, so nothing was judged."]
        : []),
      "A stream of the engine doesn't say which exceptions were used, nor on which lines the resources are.",
    ],
    exceptions: [],
    output: plan.messages
      .filter(({ severity }) => ["info", "info#err"].includes(severity))
      .map(({ text }) => text)
      .join(""),
    ...(plan.changes && { changes: plan.changes }),
    exitCode: isBlocked ? 1 : isWhole && packs.every(({ notJudged }) => notJudged === undefined) ? 0 : 2,
  };
}

/**
 * The title and the page of a message. A pack can't know what is secret and may quote it, the engine doesn't mask that, and the stream
 * says only that there is a secret.
 */
function withoutValues({ message, policy }: PolicyFinding): string {
  const lines = message.split("\n");
  const [title = ""] = lines;
  const page = lines.at(-1) ?? "";
  return [
    title,
    "The rest of this message isn't shown here, because the resource has secret values, which it may quote.",
    ...(rulePageIn(page, policy) ? [page] : []),
  ].join("\n");
}

/** The engine ends with an error of its own where a mandatory policy is violated, which says nothing else. */
function isFailure({ severity, text }: EngineMessage, isBlocked: boolean): boolean {
  return severity === "error" && !(isBlocked && text.trim() === "preview failed");
}

function failureWords({ text, urn }: EngineMessage): string {
  const about = urn === undefined ? "" : ` about "${partsOf(urn).name}" (${partsOf(urn).type})`;
  return `The engine reports an error${about}: ${text.trim()}`;
}

function packOf(pack: PlannedPack, plan: Plan, isWhole: boolean): ReportedPack {
  const { name, version, policies, judgedStack } = pack;
  const stackIsMissing = plan.namesPolicies && !judgedStack && policies.length > 0;
  const isNothing = plan.namesPolicies && policies.length === 0;
  return {
    name,
    version,
    directory: undefined,
    judged: isNothing ? "nothing" : isWhole && !stackIsMissing ? "everything" : "not everything",
    policies: { enabled: policies.length, disabled: 0 },
    notRun: [],
    notJudged: stackIsMissing
      ? `Stack rules of ${name}, if it has any, weren't run because the engine's preview didn't come to its end.`
      : undefined,
    enabledPolicies: policies.map((policy) => enabledPolicy(policy, pack, plan)),
  };
}

/** As far as the stream says: what a policy is about stands in what it reports. */
function enabledPolicy(name: string, pack: PlannedPack, { findings }: Plan): EnabledPolicy {
  const found = findings.find(
    (one) => one.policy === name && one.pack === pack.name && one.version === pack.version,
  );
  return {
    name,
    level: found?.level,
    severity: found?.severity,
    theme: undefined,
    description: found?.message.split("\n")[0],
    page: undefined,
  };
}
