import { readdir, readFile, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { gunzipSync } from "node:zlib";
import { maskedAreUnknown, maskedSecret } from "../engine/masked-secrets";
import type { SourceLine } from "../engine/resource";
import { decoded } from "../text/decoded";
import { UserError, unreadableBecause } from "../text/errors";
import { inputName, inputText, standardInput } from "../text/input-file";
import { parseJson } from "../text/json";
import { naturalOrder } from "../text/natural-order";
import { type Fields, isRecord } from "../text/records";
import { counted } from "../text/wording";
import { type InventoryOf, type Read, unreadable } from "./source";

/** Folders of a backend that hold what isn't deployed any more. */
const notDeployed: ReadonlySet<string> = new Set(["backups", "history", "locks"]);

/**
 * The files with states that a path names: the file itself, or those in a folder of them, such as the folder `.pulumi` of a backend
 * of files, or a copy of one in a bucket. What such a backend keeps of earlier deployments isn't among them.
 *
 * @throws UserError if the path names nothing, or a folder without a state
 */
export async function filesOf(path: string): Promise<readonly string[]> {
  if (path === standardInput) return [path];
  const found = await stat(path).catch(() => {
    throw new UserError(
      `There is no file or folder ${path}. Give --state a file of pulumi stack export, a folder of them, or - for the standard input.`,
    );
  });
  if (!found.isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && /\.json(\.gz)?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (file) =>
        !file
          .slice(path.length)
          .split(sep)
          .some((part) => notDeployed.has(part)),
    )
    .sort(naturalOrder.compare);
  if (files.length > 0) return files;
  throw new UserError(
    `${path} contains no state. Give --state a folder with files of pulumi stack export, each of them named *.json.`,
  );
}

/** The ways into the stack of a state. A file that can't be read is a source with a problem. */
export async function fromState(file: string, inventoryOf: InventoryOf): Promise<Read> {
  const source = { name: file, kind: "state", unseen: [], notices: [] } as const;
  try {
    const { resources, project, stack, problems } = await readState(file);
    const { rows, unread } = inventoryOf({ resources: resources.map(givenFrom) });
    return {
      source: {
        ...source,
        project: project ?? null,
        stack: stack ?? null,
        problems,
        unseen: unread.map(({ sentence }) => sentence),
      },
      rows,
    };
  } catch (thrown) {
    return unreadable(file, "state", unreadableBecause(thrown, file));
  }
}

/**
 * Reads a state.
 *
 * @param file a path, or `-` for the standard input
 * @throws UserError if it can't be read
 */
export async function readState(file: string): Promise<State> {
  const name = inputName(file);
  const text = await contentOf(file);
  const content = parseJson(text, name);
  return stateIn(text.includes(maskedSecret) ? withoutMasked(content) : content, name);
}

/** Whoever passes a state on may have masked its secrets. A name stays, since resources are found by it. */
function withoutMasked(content: unknown): unknown {
  if (Array.isArray(content)) return content.map(withoutMasked);
  if (!isRecord(content)) return content;
  return Object.fromEntries(
    Object.entries(content).map(([name, inner]) => [
      name,
      name === "inputs" || name === "outputs" ? maskedAreUnknown(inner) : withoutMasked(inner),
    ]),
  );
}

/** A backend may compress its checkpoints (`PULUMI_DIY_BACKEND_GZIP`). */
async function contentOf(file: string): Promise<string> {
  if (file === standardInput) return inputText(file);
  const bytes = await readFile(file).catch(() => {
    throw new UserError(`${file} can't be read.`);
  });
  const isCompressed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!isCompressed) return decoded(bytes, file);
  let content: Buffer;
  try {
    content = gunzipSync(bytes);
  } catch {
    throw new UserError(`${file} is compressed, and can't be decompressed: it is damaged, or not whole.`);
  }
  return decoded(content, file);
}

/** What is deployed in a stack. */
export interface State {
  readonly resources: readonly StateResource[];
  /** Undefined where nothing is deployed. */
  readonly project: string | undefined;
  readonly stack: string | undefined;
  /** Sentences about what an interrupted deployment left. */
  readonly problems: readonly string[];
}

/** A resource as a state has it. */
export interface StateResource extends Fields {
  readonly urn: string;
  readonly type: string;
}

/**
 * The resources of a state: what `pulumi stack export` writes (`deployment`), or a checkpoint of a backend of files or in a bucket
 * (`checkpoint.latest`).
 *
 * @see https://github.com/pulumi/pulumi/blob/master/sdk/go/common/apitype/core.go UntypedDeployment, DeploymentV3, CheckpointV3
 */
function stateIn(content: unknown, name: string): State {
  const file = isRecord(content) ? content : {};
  const checkpoint = isRecord(file.checkpoint) ? file.checkpoint : undefined;
  const deployment = checkpoint ? checkpoint.latest : file.deployment;
  const stackOfFile = typeof checkpoint?.stack === "string" ? checkpoint.stack.split("/").pop() : undefined;
  if (checkpoint && (deployment === null || deployment === undefined)) {
    return { resources: [], project: undefined, stack: stackOfFile, problems: [] };
  }
  if (!isRecord(deployment)) {
    throw new UserError(
      `${name} is no state: it has neither a deployment, as pulumi stack export writes it, nor a checkpoint, as a backend of files does.`,
    );
  }
  const version = file.version;
  if (version !== 3 && version !== 4) {
    throw new UserError(
      `${name} has a state of version ${typeof version === "number" ? version : "unknown"}, and only versions 3 and 4 are understood. Export it with a current Pulumi CLI: pulumi stack export.`,
    );
  }
  const listed = deployment.resources ?? [];
  if (!Array.isArray(listed) || !listed.every(isStateResource)) {
    throw new UserError(`${name} is no state: its resources are no list of resources with a urn and a type.`);
  }
  const resources = listed.filter((one) => one.delete !== true);
  const [, stack, project] = /^urn:pulumi:(.+?)::(.+?)::/.exec(resources[0]?.urn ?? "") ?? [];
  return {
    resources,
    project,
    stack: stack ?? stackOfFile,
    problems: [...halfDone(deployment, listed, name), ...repeated(resources, name)],
  };
}

function isStateResource(value: unknown): value is StateResource {
  return (
    isRecord(value) &&
    typeof value.urn === "string" &&
    /^urn:pulumi:.+?::.+?::/.test(value.urn) &&
    typeof value.type === "string"
  );
}

/** The engine writes no such state. Of two resources with one URN, only one is found again, and the other may be open. */
function repeated(resources: readonly StateResource[], name: string): readonly string[] {
  const count = resources.length - new Set(resources.map(({ urn }) => urn)).size;
  if (count === 0) return [];
  return [
    `${name} has ${counted(count, "resource", "resources")} with the URN of another one, so not each of them is judged. The state is damaged: run pulumi state repair.`,
  ];
}

/** What an interrupted deployment left: nobody knows whether it is there. */
function halfDone(deployment: Fields, listed: readonly StateResource[], name: string): readonly string[] {
  const pending = Array.isArray(deployment.pending_operations) ? deployment.pending_operations.length : 0;
  const replaced = listed.filter((one) => one.delete === true).length;
  return [
    ...(pending > 0
      ? [
          `${name} has ${counted(pending, "operation", "operations")} that a deployment began and didn't end, so what ${pending === 1 ? "it" : "they"} created isn't known. Run pulumi refresh.`,
        ]
      : []),
    ...(replaced > 0
      ? [
          `${name} has ${counted(replaced, "resource", "resources")} that ${replaced === 1 ? "was" : "were"} replaced and not deleted yet, and may still answer. Run pulumi up.`,
        ]
      : []),
  ];
}

/** A resource that the program only reads (`external`) has no inputs. */
export function givenFrom(resource: StateResource): Parameters<InventoryOf>[0]["resources"][number] {
  const fields = (value: unknown): Fields => (isRecord(value) ? value : {});
  const outputs = fields(resource.outputs);
  const { id } = resource;
  const dependencies = Object.entries(fields(resource.propertyDependencies)).map(
    ([property, urns]) =>
      [
        property,
        Array.isArray(urns) ? urns.filter((urn): urn is string => typeof urn === "string") : [],
      ] as const,
  );
  return {
    urn: resource.urn,
    type: resource.type,
    parent: typeof resource.parent === "string" ? resource.parent : undefined,
    properties: withoutInternals(fields(resource.inputs)),
    outputs: { ...(typeof id === "string" && id !== "" && { id }), ...withoutInternals(outputs) },
    propertyDependencies: Object.fromEntries(dependencies),
    isRead: resource.external === true,
    source: sourceOf(resource),
  };
}

/** Without names such as `__defaults`, which the provider writes into each object for itself. */
export function withoutInternals(properties: Fields): Fields {
  const within = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(within);
    return isRecord(value) ? withoutInternals(value) : value;
  };
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, value]) =>
      name.startsWith("__") ? [] : [[name, within(value)] as const],
    ),
  );
}

/**
 * The innermost line of the project's own files, as for a program. A position is relative to the project's folder:
 * `project:///index.ts#14,3`.
 */
function sourceOf({ sourcePosition, stackTrace }: StateResource): SourceLine | undefined {
  const frames = Array.isArray(stackTrace) ? stackTrace.filter(isRecord) : [];
  for (const position of [sourcePosition, ...frames.map((frame) => frame.sourcePosition)]) {
    const [, file, line] =
      typeof position === "string" ? (/^project:\/\/\/(.+)#(\d+)(?:,\d+)?$/.exec(position) ?? []) : [];
    if (file === undefined || /^\.\.\/|(?:^|\/)node_modules\//.test(file)) continue;
    return { file: decodeURI(file), line: Number(line) };
  }
  return undefined;
}
