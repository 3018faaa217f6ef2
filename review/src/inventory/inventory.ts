import type { InventoryRow } from "@api-guardrails/policies/inventory";
import type { PackConfiguration } from "../packs/configuration";
import { projectsAt } from "../project";
import { UserError } from "../text/errors";
import { ownInventory } from "./own-inventory";
import { fromPlan } from "./plan";
import { fromProgram, type ProgramRequest } from "./program";
import { type InventoryOf, type InventorySource, type Read, unreadable } from "./source";
import { filesOf, fromState } from "./state";

export interface InventoryResult {
  readonly sources: readonly InventorySource[];
  /** Of each source, the open ones first. */
  readonly rows: readonly InventoryRow[];
  /** 2 if a source couldn't be read whole; else 0. */
  readonly exitCode: 0 | 2;
}

export interface InventoryRequest extends ProgramRequest {
  /** Folders of Pulumi projects, or folders of such folders. */
  readonly directories: readonly string[];
  /** Files with a state, folders of them, or `-` for the standard input. */
  readonly states: readonly string[];
  /** Files with the digest of a preview by the Pulumi CLI, or `-` for the standard input. */
  readonly plans?: readonly string[];
  /** The configuration of the pack, for the exemptions in it. */
  readonly configuration?: PackConfiguration | undefined;
}

/**
 * Every way into the stacks of some sources, and who may take it.
 *
 * @throws UserError if a program can't be previewed, or if the pack isn't installed
 */
export function inventory(request: InventoryRequest): Promise<InventoryResult> {
  return collected(inventoryReads(request));
}

/** What all sources answer. */
export async function collected(reads: AsyncIterable<Read>): Promise<InventoryResult> {
  const all: Read[] = [];
  for await (const read of reads) all.push(read);
  const sources = all.map(({ source }) => source);
  return { sources, rows: all.flatMap(({ rows }) => rows), exitCode: exitCodeOf(sources) };
}

/** 2 if a source couldn't be read whole; else 0. */
export function exitCodeOf(sources: readonly InventorySource[]): 0 | 2 {
  return sources.some(({ problems }) => problems.length > 0) ? 2 : 0;
}

/**
 * The same, source by source. There may be hundreds of states, of thousands of resources each: one is read at a time, and is gone
 * before the next. All programs are read before anything is answered, because each may mark a text as secret that another one has.
 *
 * The judgement is the pack's own (`@api-guardrails/policies/inventory`); nothing is judged here.
 */
export async function* inventoryReads(request: InventoryRequest): AsyncGenerator<Read> {
  const { inventoryOf: own, byDanger } = ownInventory();
  const settings = Object.fromEntries(
    Object.entries(request.configuration ?? {}).map(([policy, { properties }]) => [policy, properties]),
  );
  const inventoryOf: InventoryOf = (given) => own({ ...given, settings });
  const files = (await Promise.all(request.states.map(filesOf))).flat();
  const directories = await projectsAt(request.directories);
  const { plans = [] } = request;
  const isAlone = directories.length + files.length + plans.length === 1;
  const ofPrograms: Read[] = [];
  for (const directory of directories) {
    const asked = { ...request, policyPackConfigs: request.configuration ? [request.configuration] : [] };
    ofPrograms.push(
      await fromProgram(directory, asked, inventoryOf).catch(orUnreadable(directory, isAlone, request)),
    );
  }
  const sorted = ({ source, rows }: Read): Read => ({ source, rows: rows.toSorted(byDanger) });
  yield* ofPrograms.map(sorted);
  for (const file of files) yield sorted(await fromState(file, inventoryOf));
  for (const file of plans) yield sorted(await fromPlan(file, inventoryOf));
}

/** Among several sources, one that can't be read keeps nobody from reading the others. */
function orUnreadable(
  directory: string,
  isAlone: boolean,
  { signal }: InventoryRequest,
): (thrown: unknown) => Read {
  return (thrown) => {
    if (isAlone || signal?.aborted || !(thrown instanceof UserError)) throw thrown;
    return unreadable(directory, "program", thrown.message);
  };
}
