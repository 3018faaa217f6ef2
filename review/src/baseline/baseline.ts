import { availableParallelism } from "node:os";
import type { ExemptionArgs } from "@api-guardrails/policies";
import { ownPack } from "../installed/own-pack";
import type { InventorySource } from "../inventory";
import { filesOf, readState, type State } from "../inventory/state";
import type { PackConfiguration } from "../packs/configuration";
import type { Severity } from "../packs/pack-info";
import type { PreviewRequest } from "../preview";
import { projectsAt } from "../project";
import { collectSecrets, type Secrets } from "../secrets";
import { UserError, unreadableBecause } from "../text/errors";
import { naturalOrder } from "../text/natural-order";
import { counted } from "../text/wording";
import { type Candidate, candidatesOf, type Inexcusable } from "./candidates";
import {
  asConfiguration,
  type ExemptionSettings,
  exemptionSettings,
  owningPolicy,
  type WrittenConfiguration,
  withExemptions,
} from "./configuration-file";
import { coversCandidate, withoutStacks } from "./existing";
import { ownJudge } from "./own-pack";
import { ownerByTags } from "./owner";
import { judgedProgram } from "./program";
import type { BaselineResult, Remaining } from "./result";
import { longestAhead, reviewDates } from "./review-dates";
import type { JudgedSource } from "./source";
import { judgedState } from "./state";

export interface BaselineRequest
  extends Pick<
    PreviewRequest,
    "stack" | "config" | "fixtures" | "acceptUnseen" | "typeCheck" | "secrets" | "lookAhead" | "signal"
  > {
  /** Folders of Pulumi projects. */
  readonly directories: readonly string[];
  /** Files with a state, folders of them, or `-` for the standard input. */
  readonly states: readonly string[];
  /** The folder of a policy pack. Default: the pack of this project. */
  readonly policyPack?: string | undefined;
  /** The configuration that somebody has already. Default: none. */
  readonly before?: WrittenConfiguration | undefined;
  /** Whether what that doesn't cover is added to it. Without such a configuration, it always is. */
  readonly adds: boolean;
  /** Who answers for what no tag says. */
  readonly owner?: string | undefined;
  /** The names of the tags that say it, the best first. */
  readonly ownerTags: readonly string[];
  /** Over how many weeks the reviews are spread. */
  readonly weeks: number;
  /** An ISO date: that of the baseline. */
  readonly from: string;
  /** An ISO date. */
  readonly today: string;
}

interface Source {
  readonly name: string;
  readonly kind: InventorySource["kind"];
  judge(configuration: PackConfiguration | undefined): Promise<JudgedSource>;
}

/** What is left of a source once it was judged. Its resources may be thousands. */
interface Found extends Pick<JudgedSource, "project" | "stack" | "problems"> {
  readonly source: Source;
  readonly told: JudgedSource["told"];
  readonly candidates: readonly Owned[];
  readonly inexcusable: readonly Inexcusable[];
}

type Owned = Candidate & { readonly owner: string | undefined };

/** Findings about an exemption that exempts nothing where it stands. */
const idle: ReadonlySet<string> = new Set(["unneeded", "near-miss", "ambiguous", "incomplete"]);

/**
 * The exemptions with which an organization starts: one for each thing that violates a mandatory rule today. The verdict is the
 * pack's own, and the result is judged by it once more.
 *
 * @throws UserError if nothing can be judged, if nobody answers for something, or if the dates don't fit
 */
export async function baseline(request: BaselineRequest): Promise<BaselineResult> {
  const { before } = request;
  const secrets = request.secrets ?? collectSecrets();
  const { sources, found, settings } = await judgedSources(
    await sourcesOf(request, secrets),
    request,
    secrets,
  );
  const existing = settings?.exemptions ?? [];
  const lapsed = (one: Candidate) => existing.findIndex((written) => coversCandidate(written, one));
  const all = found.flatMap(({ candidates }) => candidates);
  const fresh = all.filter((one) => lapsed(one) < 0);
  const isAdded = before === undefined || request.adds;
  const added = isAdded && settings ? written(fresh, request, settings) : [];
  const { kept, dropped } = withoutStacks(existing, unneededIn(found));
  const result = await checked(found, added, kept, request);
  const content = withExemptions(
    before?.content ?? {},
    [...kept, ...result.added.map(({ severity: _, ...exemption }) => exemption)],
    settings?.level ?? "mandatory",
  );
  const remaining: readonly Remaining[] = [
    ...all.flatMap((one): readonly Remaining[] => {
      const { rule, project, stack, urn } = one;
      const at = lapsed(one);
      if (at >= 0) {
        const because = `exemptions[${at}] is for it and doesn't count: its review date has passed, or it lacks something`;
        return [{ kind: "lapsed", rule, project, stack, urn, because }];
      }
      const because = "it is new: close it, or add it with --add";
      return isAdded ? [] : [{ kind: "not added", rule, project, stack, urn, because }];
    }),
    ...result.inexcusable.map((one): Remaining => ({ kind: "inexcusable", ...one })),
  ];
  const isWhole = sources.every(({ problems }) => problems.length === 0);
  return {
    sources,
    content,
    added: result.added,
    kept: kept.length,
    dropped,
    remaining: unrepeated(remaining).toSorted(byPlace),
    exitCode: isWhole && remaining.length === 0 ? 0 : 2,
  };
}

async function sourcesOf(request: BaselineRequest, secrets: Secrets): Promise<readonly Source[]> {
  const { states, signal } = request;
  const pack = request.policyPack ?? ownPack();
  const directories = await projectsAt(request.directories);
  const files = (await Promise.all(states.map(filesOf))).flat();
  const judge = ownJudge(pack, secrets, signal);
  return [
    ...directories.map(
      (directory): Source => ({
        name: directory,
        kind: "program",
        judge: (configuration) =>
          judgedProgram({ ...request, secrets, directory, policyPacks: [pack] }, configuration),
      }),
    ),
    ...files.map((file): Source => {
      // The standard input can be read once, and other states are too many to be kept.
      let kept: State | undefined;
      return {
        name: file,
        kind: "state",
        judge: async (configuration) => {
          try {
            const state = kept ?? (await readState(file));
            if (file === "-") kept = state;
            return await judgedState(state, file, { pack, configuration, secrets, signal, ownJudge: judge });
          } catch (thrown) {
            throw new UserError(unreadableBecause(thrown, file));
          }
        },
      };
    }),
  ];
}

async function judgedSources(
  sources: readonly Source[],
  request: BaselineRequest,
  secrets: Secrets,
): Promise<{
  readonly sources: readonly InventorySource[];
  readonly found: readonly Found[];
  readonly settings: ExemptionSettings | undefined;
}> {
  let settings: ExemptionSettings | undefined;
  const judgeOne = async (source: Source): Promise<readonly [InventorySource, Found | undefined]> => {
    const { name, kind } = source;
    try {
      const judged = await source.judge(request.before?.configuration);
      settings ??= exemptionSettings(judged.settings);
      const { project, stack, problems, unseen, notices } = judged;
      const shown = { name, kind, project, stack, problems, unseen, notices };
      return [shown, foundIn(judged, source, request, secrets)];
    } catch (thrown) {
      // Among several sources, one that can't be read keeps nobody from reading the others.
      if (sources.length === 1 || request.signal?.aborted || !(thrown instanceof UserError)) throw thrown;
      const unread = { project: null, stack: null, unseen: [], notices: [] };
      return [{ name, kind, ...unread, problems: [thrown.message] }, undefined];
    }
  };
  const judged = await ofEach(sources, (source) => source, judgeOne);
  return {
    sources: judged.map(([shown]) => shown),
    found: judged.flatMap(([, found]) => found ?? []),
    settings,
  };
}

function foundIn(judged: JudgedSource, source: Source, request: BaselineRequest, secrets: Secrets): Found {
  const { project, stack, problems } = judged;
  const { candidates, inexcusable } = candidatesOf(judged, secrets);
  return {
    source,
    project,
    stack,
    problems,
    told: judged.told.filter(({ exemption }) => exemption !== undefined),
    candidates: candidates.map((one) => ({
      ...one,
      owner: ownerByTags(one.urn, judged, request.ownerTags, secrets) ?? request.owner,
    })),
    inexcusable,
  };
}

/** How many packs run at once: each is a process of some 150 MB. */
const mostAtOnce = 4;

/** Programs one after another, since each of them is processes of its own; then states, of which there may be hundreds, side by side. */
async function ofEach<One, Result>(
  all: readonly One[],
  sourceOf: (one: One) => Source,
  judge: (one: One) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const states: number[] = [];
  for (const [index, one] of all.entries()) {
    if (sourceOf(one).kind === "state") states.push(index);
    else results[index] = await judge(one);
  }
  const worker = async () => {
    for (let index = states.shift(); index !== undefined; index = states.shift()) {
      results[index] = await judge(all[index] as One);
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), mostAtOnce) }, worker));
  return results;
}

/** The exemptions that nothing needs in a stack: not in its program, and not in its state, as far as they were read. */
function unneededIn(found: readonly Found[]) {
  return found.flatMap(({ told, project, stack }) => {
    const ofStack = found.filter((one) => one.project === project && one.stack === stack);
    return told
      .filter((line) => ofStack.every((one) => one.problems.length === 0 && one.told.some(isUnneeded(line))))
      .map(({ exemption = "" }) => ({ where: exemption, project, stack }));
  });
}

const isUnneeded =
  ({ exemption }: Found["told"][number]) =>
  (line: Found["told"][number]) =>
    line.exemption === exemption && line.rule === owningPolicy && line.finding === "unneeded";

const severities: readonly Severity[] = ["critical", "high", "medium", "low", undefined];

/**
 * New exemptions, with who answers for them and until when. What several stacks of a project have in common is one exemption.
 *
 * @throws UserError if nobody answers for one, or if the dates don't fit
 */
function written(
  candidates: readonly Owned[],
  { from, weeks, today, ownerTags }: BaselineRequest,
  { maxReviewDays }: ExemptionSettings,
): BaselineResult["added"] {
  failWithoutOwner(candidates, ownerTags);
  const merged = new Map<string, { readonly first: Owned; readonly stacks: Set<string> }>();
  for (const one of candidates) {
    const { rule, project, resource, logicalId, routes, owner } = one;
    const key = JSON.stringify([rule, project, resource, logicalId, routes, owner]);
    const known = merged.get(key);
    if (known) known.stacks.add(one.stack);
    else merged.set(key, { first: one, stacks: new Set([one.stack]) });
  }
  const inOrder = [...merged.values()].toSorted(
    ({ first: one }, { first: other }) =>
      severities.indexOf(one.severity) - severities.indexOf(other.severity) ||
      naturalOrder.compare(one.project, other.project) ||
      naturalOrder.compare(one.rule, other.rule) ||
      naturalOrder.compare(one.urn, other.urn),
  );
  if (inOrder.length > 0) failOutsideOfCalendar(from, weeks, today, maxReviewDays);
  const dates = reviewDates(inOrder.length, from, weeks);
  return inOrder.map(({ first, stacks }, index) => ({
    rule: first.rule,
    project: first.project,
    stacks: [...stacks].toSorted(naturalOrder.compare),
    resource: first.resource,
    ...(first.logicalId !== undefined && { logicalId: first.logicalId }),
    ...(first.routes && { routes: first.routes }),
    reason: `was there before the guardrails, on ${from}; to be closed, or to be declared with a reason of its own`,
    owner: first.owner ?? "",
    reviewBy: dates[index] ?? from,
    severity: first.severity,
  }));
}

/** How many a message names. */
const mostNamed = 10;

function failWithoutOwner(candidates: readonly Owned[], ownerTags: readonly string[]): void {
  const without = candidates.filter(({ owner }) => owner === undefined);
  if (without.length === 0) return;
  const named = without.slice(0, mostNamed).map(({ urn }) => `  ${urn}`);
  const others = without.length - named.length;
  throw new UserError(
    `Nobody knows who answers for ${counted(without.length, "violation", "violations")}: no tag named ${ownerTags.join(", ")} says it, neither of the resource, nor of its API, its provider or its stack. Name the tag with --owner-tag, or who answers for the rest with --owner.\n${named.join("\n")}${others > 0 ? `\n  and ${others} more` : ""}`,
  );
}

function failOutsideOfCalendar(from: string, weeks: number, today: string, maxReviewDays: number): void {
  const [first = from] = reviewDates(1, from, 1);
  const daysAhead = (date: string) => (Date.parse(date) - Date.parse(today)) / 86_400_000;
  if (daysAhead(first) < 0) {
    throw new UserError(`--from ${from} is so long ago that the first review date, ${first}, has passed.`);
  }
  const last = daysAhead(from) + longestAhead(from, weeks);
  if (last <= maxReviewDays) return;
  throw new UserError(
    `--weeks ${weeks} from ${from} reaches ${last} days ahead, and the pack takes review dates up to ${maxReviewDays} days ahead (maxReviewDays of ${owningPolicy}). Give fewer weeks.`,
  );
}

/** Shows the new exemptions to the pack, and takes out what exempts nothing. */
async function checked(
  found: readonly Found[],
  added: BaselineResult["added"],
  kept: readonly unknown[],
  { before }: BaselineRequest,
): Promise<{ readonly added: BaselineResult["added"]; readonly inexcusable: readonly Inexcusable[] }> {
  const configuration = asConfiguration(before?.configuration ?? {}, [
    ...kept,
    ...added.map(({ severity: _, ...exemption }) => exemption),
  ]);
  const inexcusable: Inexcusable[] = [];
  const again: Idle[] = [];
  const sourceOf = ({ source }: Found) => source;
  await ofEach(found, sourceOf, async (one) => {
    const { source, project, stack } = one;
    const isConcerned = (exemption: ExemptionArgs) =>
      exemption.project === project && exemption.stacks.includes(stack);
    if (!added.some(isConcerned)) {
      inexcusable.push(...one.inexcusable);
      return;
    }
    const { violations, told } = await source.judge(configuration);
    const known = new Map(one.inexcusable.map((each) => [subjectOf(each), each]));
    const isLeft = new Set(
      one.candidates.filter((each) => !added.some((entry) => covers(entry, each))).map(subjectOf),
    );
    for (const { policy: rule, urn, level } of violations) {
      if (level !== "mandatory" || isLeft.has(subjectOf({ rule, urn }))) continue;
      const because = "an exemption of the resource doesn't cover it";
      inexcusable.push(known.get(subjectOf({ rule, urn })) ?? { rule, project, stack, urn, because });
    }
    const exemptions = told.flatMap(({ exemption, finding }) =>
      exemption !== undefined && idle.has(finding) ? [exemption] : [],
    );
    again.push({ project, stack, exemptions: new Set(exemptions) });
  });
  const usable = withoutStacks([...kept, ...added], uselessIn(again), kept.length).kept.slice(kept.length);
  return { added: usable as BaselineResult["added"], inexcusable: unrepeated(inexcusable) };
}

/** The exemptions that cover nothing in one source. */
interface Idle {
  readonly project: string;
  readonly stack: string;
  readonly exemptions: ReadonlySet<string>;
}

/** A stack may be several sources, such as its program and its state: what one of them needs stays. */
function uselessIn(judged: readonly Idle[]) {
  return judged.flatMap(({ project, stack, exemptions }) => {
    const ofStack = judged.filter((one) => one.project === project && one.stack === stack);
    return [...exemptions]
      .filter((where) => ofStack.every((one) => one.exemptions.has(where)))
      .map((where) => ({ where, project, stack }));
  });
}

function covers(exemption: ExemptionArgs, { rule, project, stack, resource, logicalId }: Candidate): boolean {
  return (
    exemption.rule === rule &&
    exemption.project === project &&
    exemption.stacks.includes(stack) &&
    exemption.resource === resource &&
    exemption.logicalId === logicalId
  );
}

function subjectOf({ rule, urn }: Pick<Inexcusable, "rule" | "urn">): string {
  return JSON.stringify([rule, urn]);
}

function byPlace(one: Remaining, other: Remaining): number {
  const placeOf = ({ project, stack, urn, rule }: Remaining) => [project, stack, urn, rule].join(" ");
  return naturalOrder.compare(placeOf(one), placeOf(other));
}

function unrepeated<T>(all: readonly T[]): readonly T[] {
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}
