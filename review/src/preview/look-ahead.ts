import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import type { SkippedCallback } from "../engine/observations";
import { placeholderMark } from "../engine/placeholders";
import { partsOf } from "../engine/urn";
import { type PlaceholderValues, placeholderPattern, placeholderValues } from "../placeholders";
import type { Project } from "../project";
import { naturalOrder } from "../text/natural-order";
import { enumeration } from "../text/wording";
import type { LookAheadSettings } from "./program";
import { type Run, type RunRequest, runOnce } from "./run";

/** A program that has run with placeholders instead of unknowns. */
export interface LookAhead {
  /** Empty if none was needed, or if one didn't come to its end. */
  readonly runs: readonly Run[];
  /** Sentences about resources that may not have been seen. */
  readonly problems: readonly string[];
  /** Sentences about what can't be seen and registers no resource. */
  readonly unseen: readonly string[];
}

/**
 * Runs a program again, with placeholders for what only a deployment knows: ids, ARNs, URLs. So the callbacks of `apply` run that
 * a preview skips, and the resources that they register are judged. Nothing leaves the process: see
 * `review/preload/refuse-operations.js`.
 *
 * If the look-ahead doesn't come to its end, what the preview has seen is all that is judged, and a problem says so.
 *
 * @param run the preview
 */
export async function lookAhead(run: Run, request: RunRequest): Promise<LookAhead> {
  const { project } = request;
  const isWhole = run.code === 0 && run.monitor.isComplete;
  if (!isWhole) return { runs: [], problems: [], unseen: [] };
  const copies = ownCopies(run, project);
  if (run.observations.skipped.length === 0) return { runs: [], problems: copies, unseen: [] };
  const first = await runAhead(run, request, true);
  // Nothing says which boolean a function would answer, so what either of them leads to counts.
  const runs = first.dependsOnBoolean ? [first, await runAhead(run, request, false)] : [first];
  const ended = runs.find(({ why }) => why !== undefined)?.why;
  const callbacks = lines(run.observations.skipped, project);
  if (ended !== undefined) {
    const sentence = `The look-ahead ended${ended}${ended.endsWith("\n") ? "" : " "}`;
    return callbacks.length === 0
      ? {
          runs: [],
          problems: copies,
          unseen: [`${sentence}The documents that it would have read aren't judged here.`],
        }
      : { runs: [], problems: [`${sentence}${notJudged(callbacks)}`, ...copies], unseen: [] };
  }
  const left = lines(
    runs.flatMap(({ ahead }) => ahead.observations.skipped),
    project,
  );
  const known = new Set([...run.problems.monitor, ...run.problems.program]);
  return {
    runs: runs.map(({ ahead }) => ahead),
    problems: [
      ...runs.flatMap((each) => each.ahead.problems.monitor).filter((problem) => !known.has(problem)),
      ...(left.length > 0
        ? [`No placeholder can stand for what some callbacks of apply get. ${notJudged(left)}`]
        : []),
      ...copies,
    ],
    unseen: [],
  };
}

/** What a preview without a look-ahead doesn't show. */
export function notRun(run: Run, project: Project): readonly string[] {
  const callbacks = lines(run.observations.skipped, project);
  const copies = ownCopies(run, project);
  if (callbacks.length === 0) return copies;
  const isOne = callbacks.length === 1;
  return [
    `${isOne ? "A callback" : "Callbacks"} of apply at ${named(callbacks)} ${isOne ? "gets" : "get"} a value that is only known after the deployment, so ${isOne ? "it" : "they"} didn't run. What ${isOne ? "it registers" : "they register"} is judged by the policy pack in the deployment, before it is created.`,
    ...copies,
  ];
}

/** A bundle may contain Pulumi's SDK. Nobody sees there which callbacks a preview skips. */
function ownCopies({ observations }: Run, project: Project): readonly string[] {
  return [...new Set(observations.ownCopies)].map(
    (file) =>
      `${placeIn(file, project)} contains a copy of @pulumi/pulumi, so its callbacks of apply can't be watched. What they register isn't judged before the deployment. Leave the package out of the bundle, for instance with esbuild's --external:@pulumi/pulumi.`,
  );
}

/** What no preview shows, because the program says that it does something else in the deployment. */
export function asksForDryRun({ observations }: Run, project: Project): readonly string[] {
  const places = [...new Set(observations.asksForDryRun)].map((line) => placeIn(line, project));
  if (places.length === 0) return [];
  return [
    `The program asks pulumi.runtime.isDryRun() at ${named(places)}. No preview shows what it does only in the deployment; the policy pack judges that there, before it is created.`,
  ];
}

function notJudged(callbacks: readonly string[]): string {
  const isOne = callbacks.length === 1;
  return `What ${isOne ? "the callback" : "the callbacks"} of apply at ${named(callbacks)} ${isOne ? "registers" : "register"} wasn't judged. With --no-look-ahead, it is left to the policy pack, which judges it in the deployment, before it is created.`;
}

/** Where the callbacks are that may register resources. */
function lines(skipped: readonly SkippedCallback[], project: Project): readonly string[] {
  const places = skipped.filter(({ by }) => by !== "sdk").map(({ line }) => placeIn(line, project));
  return [...new Set(places)].sort(naturalOrder.compare);
}

/** A sentence isn't for lists of dozens. */
const mostNamed = 5;

function named(places: readonly string[]): string {
  const others = places.length - mostNamed;
  return enumeration(others > 0 ? [...places.slice(0, mostNamed), `${others} more`] : places);
}

/** A line of the program relative to the project: `index.ts:14`. */
function placeIn(line: string, { rootDirectory }: Project): string {
  const inPackage = line.lastIndexOf(`${sep}node_modules${sep}`);
  if (inPackage >= 0) return line.slice(inPackage + 1);
  const roots = [rootDirectory, realpathSync(rootDirectory)];
  return relative(roots.find((root) => line.startsWith(root + sep)) ?? rootDirectory, line);
}

interface Ahead {
  readonly ahead: Run;
  /** Why its answer doesn't count, as the rest of a sentence. */
  readonly why: string | undefined;
  readonly dependsOnBoolean: boolean;
}

/** How much longer than the preview a look-ahead may take. A callback may wait for a state that a placeholder never has. */
const patience = { factor: 10, seconds: 60 };

async function runAhead(run: Run, request: RunRequest, boolean: boolean): Promise<Ahead> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "api-guardrails-look-ahead-")));
  const outOfTime = new AbortController();
  const limit = setTimeout(
    () => outOfTime.abort(),
    run.seconds * 1000 * patience.factor + patience.seconds * 1000,
  );
  const signal = request.signal ? AbortSignal.any([request.signal, outOfTime.signal]) : outOfTime.signal;
  let values: PlaceholderValues | undefined;
  try {
    const ahead = await runOnce({
      ...request,
      signal,
      lookAhead: {
        placeholders: (wholeValues, types) => {
          values = placeholderValues(types, wholeValues, boolean);
          return values;
        },
        settings: (monitor) => writtenSettings(folder, monitor, run.observations.operations),
      },
    });
    return {
      ahead,
      why: endOf(ahead, run, request.project),
      dependsOnBoolean: values?.dependsOnBoolean ?? false,
    };
  } catch (thrown) {
    if (outOfTime.signal.aborted && !request.signal?.aborted) {
      return { ahead: run, why: ": with placeholders, the program didn't end.", dependsOnBoolean: false };
    }
    throw thrown;
  } finally {
    clearTimeout(limit);
    rmSync(folder, { recursive: true, force: true });
  }
}

function writtenSettings(folder: string, monitor: string, operations: readonly string[]): LookAheadSettings {
  const file = join(folder, "settings.json");
  writeFileSync(
    file,
    JSON.stringify({ folder, monitor, operations, placeholder: placeholderPattern, mark: placeholderMark }),
  );
  return { file, folder };
}

/** Why a look-ahead can't be compared with the preview; undefined if it can. */
function endOf(ahead: Run, run: Run, project: Project): string | undefined {
  const { refused } = ahead.observations;
  if (refused) {
    const where = refused.line === undefined ? "" : ` at ${placeIn(refused.line, project)}`;
    const there = refused.line === undefined ? "" : " there";
    return refused.isInCallback
      ? `${where}: a callback of apply ${refused.does}${there}, which a preview never does.`
      : `${where}: because of a placeholder, the program ${refused.does}${there}, which the preview didn't do.`;
  }
  const { program, monitor } = ahead.problems;
  // A program that quotes what the monitor couldn't answer has no problem of its own.
  const [failure] = ahead.code === 0 && ahead.monitor.isComplete ? program : [...program, ...monitor];
  if (failure !== undefined) {
    const clause = failure.replace(/^(The|An?) /, (article) => article.toLowerCase()).replace(/\.?$/, ".");
    // The rest of the sentence doesn't belong to the last of several lines.
    return `: with placeholders, ${clause}${clause.includes("\n") ? "\n" : ""}`;
  }
  const packProblem = ahead.judgements.flatMap(({ problems }) => problems)[0]?.sentence;
  if (packProblem !== undefined) return `: ${packProblem}`;
  const missing = [...run.resources.keys()].find((urn) => !ahead.resources.has(urn));
  if (missing === undefined) return undefined;
  const { type, name } = partsOf(missing);
  return `: the program registers other resources each time it runs. "${name}" (${type}) wasn't among them.`;
}
