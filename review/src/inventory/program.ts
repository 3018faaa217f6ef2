import { realpathSync } from "node:fs";
import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { secret } from "../engine/wire";
import type { RegisteredResource } from "../monitor/stack-under-preview";
import { placeholderPattern } from "../placeholders";
import { type PreviewRequest, preview } from "../preview";
import { type Fields, isRecord } from "../text/records";
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
  const { rows } = inventoryOf({
    resources: result.resources.map((resource) => ({
      urn: resource.urn,
      type: resource.type,
      parent: resource.parent || undefined,
      properties: shownIn(resource, resource.properties),
      outputs: shownIn(resource, resource.outputs),
      propertyDependencies: resource.propertyDependencies,
      ignoreChanges: resource.options.ignoreChanges,
      source: sourceOf(resource, project.rootDirectory),
    })),
  });
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

/** What a look-ahead made up may be judged, but says nothing that anybody should read: it is as a secret is. */
function shownIn({ isAhead }: RegisteredResource, properties: Fields): Fields {
  if (!isAhead) return properties;
  const pattern = new RegExp(placeholderPattern);
  const hidden = (value: unknown): unknown => {
    if (typeof value === "string" || typeof value === "number") {
      return pattern.test(String(value)) ? secret(value) : value;
    }
    if (Array.isArray(value)) return value.map(hidden);
    if (!isRecord(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, hidden(inner)]));
  };
  return hidden(properties) as Fields;
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
