import { realpathSync } from "node:fs";
import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { InventoryRow } from "@api-guardrails/policies/inventory";
import type { RegisteredResource } from "../monitor/stack-under-preview";
import { placeholderPattern } from "../placeholders";
import { type PreviewRequest, preview } from "../preview";
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
  const rowsOf = (resources: readonly RegisteredResource[], isAhead: boolean) =>
    inventoryOf({
      resources: resources.map((one) => givenFrom(one, project.rootDirectory)),
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

function givenFrom(
  resource: RegisteredResource,
  rootDirectory: string,
): Parameters<InventoryOf>[0]["resources"][number] {
  const { urn, type, parent, properties, outputs, propertyDependencies, options } = resource;
  return {
    urn,
    type,
    parent: parent || undefined,
    properties,
    outputs,
    propertyDependencies,
    ignoreChanges: options.ignoreChanges,
    aliases: options.aliases,
    source: sourceOf(resource, rootDirectory),
  };
}

/** The innermost line of the project's own files that led to a registration: that of a component's user, not of the component. */
function sourceOf(
  { callSites }: RegisteredResource,
  rootDirectory: string,
): { readonly file: string; readonly line: number } | undefined {
  const roots = [rootDirectory, realpathSync(rootDirectory)];
  for (const { uri, line } of callSites) {
    const path = uri.startsWith("file:") ? fileURLToPath(uri) : uri;
    const root = roots.find((one) => path.startsWith(one + sep));
    if (root === undefined || path.includes(`${sep}node_modules${sep}`)) continue;
    return { file: relative(root, path), line };
  }
  return undefined;
}
