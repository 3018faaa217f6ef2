import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { InventoryRow, InventoryThrottle } from "@api-guardrails/policies/inventory";
import { type InventoryRequest, type InventoryResult, inventory } from "../inventory";
import { projectFile, projectsIn } from "../project";
import { decoded } from "../text/decoded";
import { UserError } from "../text/errors";
import { parseJson } from "../text/json";
import { isRecord } from "../text/records";

/** The version of review/schemas/inventory.json that is read here. */
const version = 1;

/**
 * The inventory of what a path names: the folder of a Pulumi project, a state, a folder of states, `-` for a state at the standard
 * input, or an earlier answer of `inventory --format json`.
 *
 * @throws UserError if the path names none of them
 */
export async function inventoryAt(
  path: string,
  request: Omit<InventoryRequest, "directories" | "states">,
): Promise<InventoryResult> {
  if (path === "-") return inventory({ ...request, directories: [], states: [path] });
  const found = await stat(path).catch(() => {
    throw new UserError(
      `There is no file or folder ${path}. Give the folder of a Pulumi project, a state, a folder of states, or what inventory --format json wrote.`,
    );
  });
  if (found.isDirectory()) {
    return (await hasProjects(path))
      ? inventory({ ...request, directories: [path], states: [] })
      : inventory({ ...request, directories: [], states: [path] });
  }
  return (await earlierAnswer(path)) ?? inventory({ ...request, directories: [], states: [path] });
}

async function hasProjects(directory: string): Promise<boolean> {
  const folders = await projectsIn(resolve(directory));
  return folders.some((folder) => projectFile(folder) !== undefined);
}

/** Undefined if the file isn't one. */
async function earlierAnswer(file: string): Promise<InventoryResult | undefined> {
  const bytes = await readFile(file).catch(() => undefined);
  // A state may be compressed.
  if (bytes === undefined || bytes[0] === 0x1f) return undefined;
  const content = parseJson(decoded(bytes, file), file);
  if (!isRecord(content) || !("rows" in content)) return undefined;
  if (content.version !== version) {
    throw new UserError(
      `${file} is an inventory of version ${typeof content.version === "number" ? content.version : "unknown"}, and only version ${version} is understood. Write it again with inventory --format json.`,
    );
  }
  if (!isAnswer(content)) {
    throw new UserError(
      `${file} isn't whole: it has no list of rows, as inventory --format json writes it. Write it again.`,
    );
  }
  return { ...content, rows: content.rows.map(withQuota) };
}

/** The rows of earlier releases say nothing about quotas. */
function withQuota(row: InventoryRow): InventoryRow {
  const throttle: (Omit<InventoryThrottle, "quota"> & { readonly quota?: unknown }) | null = row.throttle;
  if (throttle === null || Array.isArray(throttle.quota)) return row;
  return { ...row, throttle: { ...throttle, quota: [] }, unknown: [...row.unknown, "quota"] };
}

function isAnswer(content: unknown): content is InventoryResult {
  return (
    isRecord(content) &&
    Array.isArray(content.rows) &&
    Array.isArray(content.sources) &&
    content.sources.every((source) => isRecord(source) && Array.isArray(source.problems)) &&
    content.rows.every(
      (row) =>
        isRecord(row) &&
        isRecord(row.authentication) &&
        typeof row.urn === "string" &&
        [row.hosts, row.unknown, row.formerUrns].every(Array.isArray) &&
        ["kinds", "issuers", "issuerDigests", "audienceDigests", "trusts", "scopes", "weaknesses"].every(
          (name) => Array.isArray((row.authentication as Record<string, unknown>)[name]),
        ),
    )
  );
}
