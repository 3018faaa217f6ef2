import type { InventoryRow } from "@api-guardrails/policies/inventory";
import type { PackConfiguration } from "../packs/configuration";
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
  /** Folders of Pulumi projects. */
  readonly directories: readonly string[];
  /** Files with a state, folders of them, or `-` for the standard input. */
  readonly states: readonly string[];
  /** Files with the digest of a preview by the Pulumi CLI, or `-` for the standard input. */
  readonly plans?: readonly string[];
  /** The configuration of the pack, for the exemptions in it. */
  readonly configuration?: PackConfiguration | undefined;
}

/**
 * Every way into the stacks of some sources, and who may take it. The judgement is the pack's own
 * (`@api-guardrails/policies/inventory`); nothing is judged here.
 *
 * @throws UserError if a program can't be previewed, or if the pack isn't installed
 */
export async function inventory(request: InventoryRequest): Promise<InventoryResult> {
  const { inventoryOf: own, byDanger } = ownInventory();
  const settings = Object.fromEntries(
    Object.entries(request.configuration ?? {}).map(([policy, { properties }]) => [policy, properties]),
  );
  const inventoryOf: InventoryOf = (given) => own({ ...given, settings });
  const files = (await Promise.all(request.states.map(filesOf))).flat();
  const read: Read[] = [];
  for (const directory of request.directories) {
    const asked = { ...request, policyPackConfigs: request.configuration ? [request.configuration] : [] };
    read.push(await fromProgram(directory, asked, inventoryOf).catch(orUnreadable(directory, request)));
  }
  // One state at a time: there may be hundreds, of thousands of resources each.
  for (const file of files) read.push(await fromState(file, inventoryOf));
  for (const file of request.plans ?? []) read.push(await fromPlan(file, inventoryOf));
  const sources = read.map(({ source }) => source);
  return {
    sources,
    rows: read.flatMap(({ rows }) => rows.toSorted(byDanger)),
    exitCode: sources.some(({ problems }) => problems.length > 0) ? 2 : 0,
  };
}

/** Among several sources, one that can't be read keeps nobody from reading the others. */
function orUnreadable(
  directory: string,
  { directories, states, plans = [], signal }: InventoryRequest,
): (thrown: unknown) => Read {
  return (thrown) => {
    const isAlone = directories.length + states.length + plans.length === 1;
    if (isAlone || signal?.aborted || !(thrown instanceof UserError)) throw thrown;
    return unreadable(directory, "program", thrown.message);
  };
}
