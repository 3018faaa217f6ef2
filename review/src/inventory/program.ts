import type { InventoryRow } from "@api-guardrails/policies/inventory";
import { placeholderPattern } from "../placeholders";
import { type PreviewedResource, type PreviewRequest, preview } from "../preview";
import type { InventoryOf, Read } from "./source";

/** What a program is previewed with. */
export type ProgramRequest = Pick<
  PreviewRequest,
  | "stack"
  | "config"
  | "fixtures"
  | "acceptUnseen"
  | "typeCheck"
  | "secrets"
  | "lookAhead"
  | "signal"
  | "policyPackConfigs"
>;

/**
 * The ways into what a program registers. It is previewed, so that what a preview couldn't see is named in the same words.
 *
 * @param directory the folder of a Pulumi project
 * @throws UserError if it can't be previewed
 */
export async function fromProgram(
  directory: string,
  request: ProgramRequest,
  inventoryOf: InventoryOf,
): Promise<Read> {
  const result = await preview({ ...request, directory });
  const { project, problems, unseen, notices } = result;
  const madeUp = new RegExp(placeholderPattern, "i");
  const rowsOf = (resources: readonly PreviewedResource[], isAhead: boolean) =>
    inventoryOf({
      resources: resources.map(givenFrom),
      ...(isAhead && { isMadeUp: (text: string) => madeUp.test(text) }),
    }).rows;
  const registered = result.resources.filter(({ isAhead }) => !isAhead);
  const rows = withLookAhead(
    rowsOf(registered, false),
    result.ahead.flatMap((resources) => rowsOf(resources, true)),
  );
  return {
    source: {
      name: directory,
      kind: "program",
      project: project.name,
      stack: project.stack,
      problems,
      unseen: unseen.map(({ sentence }) => sentence),
      notices,
    },
    rows,
  };
}

/**
 * The look-ahead adds the ways in of what shows there only, and decides what the preview couldn't: a document whose parts only a
 * deployment knows. What the preview itself says stays, as its violations do.
 */
function withLookAhead(
  rows: readonly InventoryRow[],
  ahead: readonly InventoryRow[],
): readonly InventoryRow[] {
  const isDecided = (row: InventoryRow) => row.authentication.verdict !== "undetermined";
  const seen = new Set(rows.map(({ urn }) => urn));
  const known = new Set(rows.filter(isDecided).map(keyOf));
  const undecided = new Set(ahead.filter((row) => !isDecided(row)).map(({ urn }) => urn));
  const added = ahead.filter((row) => !seen.has(row.urn) || (isDecided(row) && !known.has(keyOf(row))));
  const decided = new Set(added.map(({ urn }) => urn).filter((urn) => !undecided.has(urn)));
  const unique = new Map(added.map((row) => [JSON.stringify(row), row]));
  return [...rows.filter((row) => isDecided(row) || !decided.has(row.urn)), ...unique.values()];
}

function keyOf({ urn, logicalId, method, path, stage }: InventoryRow): string {
  return JSON.stringify([urn, logicalId, method, path, stage]);
}

function givenFrom(resource: PreviewedResource): Parameters<InventoryOf>[0]["resources"][number] {
  const { urn, type, parent, properties, outputs, propertyDependencies, options, source } = resource;
  return {
    urn,
    type,
    parent: parent || undefined,
    properties,
    outputs,
    propertyDependencies,
    ignoreChanges: options.ignoreChanges,
    aliases: options.aliases,
    source,
  };
}
