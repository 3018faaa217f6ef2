import { readFile } from "node:fs/promises";
import type { ProviderView } from "../engine/resource";
import { isProvider, partsOf, rootStackType } from "../engine/urn";
import { signatureKey, unknownValue } from "../engine/wire";
import { type State, type StateResource, withoutInternals } from "../inventory/state";
import type { PackConfiguration } from "../packs/configuration";
import { type ConfiguredPack, configuredPacks } from "../packs/configured";
import { type Judgement, judgeResource, judgeStack } from "../packs/judge";
import { exceptionsReportedBy } from "../packs/used-exceptions";
import type { Secrets } from "../secrets";
import { UserError } from "../text/errors";
import { parseJson } from "../text/json";
import { type Fields, isRecord } from "../text/records";
import type { DeployedResource, OwnJudge } from "./own-pack";
import { tagsOf } from "./owner";
import type { JudgedSource, SourceResource } from "./source";

/** No engine is there. A pack connects to it only if it logs. */
const noEngine = "127.0.0.1:1";

export interface StateRequest {
  /** The folder of the pack. */
  readonly pack: string;
  readonly configuration: PackConfiguration | undefined;
  readonly secrets: Secrets;
  readonly signal: AbortSignal | undefined;
  /** What judges it in this process. Default: a process of the pack for this state alone. */
  readonly ownJudge?: OwnJudge | undefined;
}

/**
 * What is deployed, as the pack judges it: it is shown the inputs of each resource, then the whole stack with its outputs, as in an
 * update that changes nothing. What the program only reads is another stack's, and the engine shows it to no pack.
 *
 * @param file where the state is; beside it, a backend has the tags of the stack
 * @throws UserError if the pack doesn't start
 */
export async function judgedState(
  { resources: all, project = "", stack = "", problems }: State,
  file: string,
  request: StateRequest,
): Promise<JudgedSource> {
  const own = all.filter(({ external }) => external !== true);
  const providers = new Map(own.filter(({ type }) => isProvider(type)).map((one) => [one.urn, one]));
  const resources = own.map((one) => deployedFrom(one, providers));
  if (request.signal?.aborted) throw new UserError("The baseline was interrupted.");
  const here = await request.ownJudge?.(resources, request.configuration);
  if (here) {
    const stackTags = await stackTagsBeside(file);
    return { project, stack, resources, stackTags, ...here, problems, unseen: [], notices: [] };
  }
  const settings = { organization: "organization", project, stack, config: {} };
  const sources = {
    directories: [request.pack],
    configurations: request.configuration ? [request.configuration] : [],
    typeCheck: false,
  };
  const packs = await configuredPacks(sources, noEngine, settings, request.secrets, request.signal);
  try {
    const judgements = await judged(resources, packs);
    const [pack] = packs;
    const reports = pack && exceptionsReportedBy(pack.analyzer);
    return {
      project,
      stack,
      resources,
      stackTags: await stackTagsBeside(file),
      violations: judgements.flatMap(({ violations }) => violations),
      told: reports?.reported.violations ?? [],
      settings: pack?.settings ?? {},
      problems: [
        ...problems,
        ...new Set(judgements.flatMap((one) => one.problems.map(({ sentence }) => sentence))),
      ],
      unseen: [],
      notices: reports?.notices ?? [],
    };
  } finally {
    await Promise.all(packs.map(({ analyzer }) => analyzer.close()));
  }
}

async function judged(
  resources: readonly (DeployedResource & SourceResource)[],
  packs: readonly ConfiguredPack[],
): Promise<readonly Judgement[]> {
  const analyzers = packs.map(({ analyzer }) => analyzer);
  // Twice as many calls would take twice as long, and hardly any pack remediates.
  const remediating = packs
    .filter(({ settings }) =>
      Object.values(settings).some(({ enforcementLevel }) => enforcementLevel === "remediate"),
    )
    .map(({ analyzer }) => analyzer);
  const judgements: Judgement[] = [];
  for (const resource of resources) {
    judgements.push(await judgeResource(resource, analyzers, remediating));
  }
  const rootUrn = resources.find(({ type }) => type === rootStackType)?.urn ?? "";
  const atTheEnd = resources.map((one) => ({ ...one, properties: one.outputs }));
  for (const analyzer of analyzers) judgements.push(await judgeStack(atTheEnd, analyzer, rootUrn));
  return judgements;
}

function deployedFrom(
  resource: StateResource,
  providers: ReadonlyMap<string, StateResource>,
): DeployedResource & SourceResource {
  const { urn, type } = resource;
  const outputs = shown(resource.outputs);
  const { id } = resource;
  return {
    urn,
    type,
    name: partsOf(urn).name,
    parent: textOf(resource.parent),
    properties: shown(resource.inputs),
    // A component has no outputs but those that its program registers.
    outputs: {
      ...(Object.keys(outputs).length > 0 ? outputs : shown(resource.inputs)),
      ...(id ? { id } : {}),
    },
    provider: providerOf(textOf(resource.provider), providers),
    dependencies: textsOf(resource.dependencies),
    propertyDependencies: Object.fromEntries(
      Object.entries(isRecord(resource.propertyDependencies) ? resource.propertyDependencies : {}).map(
        ([property, urns]) => [property, textsOf(urns)],
      ),
    ),
    options: {
      protect: resource.protect === true,
      ignoreChanges: textsOf(resource.ignoreChanges),
      aliases: textsOf(resource.aliases),
      additionalSecretOutputs: textsOf(resource.additionalSecretOutputs),
      deleteBeforeReplace: undefined,
      customTimeouts: { create: 0, update: 0, delete: 0, read: 0 },
    },
  };
}

/** A state names a provider by its URN and its id: `URN::ID`. */
function providerOf(
  reference: string,
  providers: ReadonlyMap<string, StateResource>,
): ProviderView | undefined {
  const urn = reference.split("::").slice(0, -1).join("::");
  const found = providers.get(urn);
  return found && { urn, type: found.type, name: partsOf(urn).name, properties: shown(found.inputs) };
}

/** A secret of a state is ciphertext, or plain text that nobody should read: it is unknown. */
function shown(properties: unknown): Fields {
  const inside = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inside);
    if (!isRecord(value)) return value;
    if (signatureKey in value && ("ciphertext" in value || "plaintext" in value)) return unknownValue;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, inside(inner)]));
  };
  return inside(withoutInternals(isRecord(properties) ? properties : {})) as Fields;
}

/** A backend of files, or in a bucket, has the tags of a stack beside its checkpoint: `prod.pulumi-tags` beside `prod.json`. */
async function stackTagsBeside(file: string): Promise<Fields> {
  const beside = file.replace(/\.json(\.gz)?$/, ".pulumi-tags");
  if (beside === file) return {};
  const text = await readFile(beside, "utf8").catch(() => undefined);
  if (text === undefined) return {};
  const content = parseJson(text, beside);
  return isRecord(content) ? tagsOf(content.tags) : {};
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
}
