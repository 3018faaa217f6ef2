import { createMemory, type Memory } from "../crossguard/memory";
import { shownStack } from "../crossguard/shown";
import { inTermsOfAws } from "../forms";
import { rules } from "../rules";
import { isRecord, parseUrn, type Stack, unknownValue } from "../stack";

/**
 * A resource as the engine shows it to a pack, or as a state has it. Unknown and secret values are as the engine's protocol writes
 * them (pulumi/pulumi `sdk/go/common/resource/plugin/rpc.go`).
 */
export interface GivenResource {
  readonly urn: string;
  readonly type: string;
  /** The URN of the parent, if it has one. */
  readonly parent?: string | undefined;
  /** What the program asked for. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** What is known after that: ids, ARNs, host names. Default: the properties. */
  readonly outputs?: Readonly<Record<string, unknown>> | undefined;
  /** For each property, the URNs of the resources that its value was made of. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly ignoreChanges?: readonly string[] | undefined;
  /** Whether the program only reads it, so that it is another stack's. It has no ways in of this one. */
  readonly isRead?: boolean | undefined;
  /** The URNs under which it may already be deployed. */
  readonly aliases?: readonly string[] | undefined;
  readonly source?: { readonly file: string; readonly line: number } | undefined;
}

/** The resources of one stack, as the rules see them. */
export interface GivenStack {
  readonly memory: Memory;
  readonly stack: Stack;
  /** The stacks of the templates in it. */
  readonly templates: readonly Stack[];
  /** What is known of a resource at the end, in the words of the provider aws. */
  outputsOf(urn: string): Readonly<Record<string, unknown>>;
}

type Reveal = (value: unknown) => unknown;

/** The same stack twice. */
export interface GivenStacks {
  /** With the values of secrets, which decide here as they do in the rules. Nothing of it is shown but verdicts and routes. */
  readonly judged: GivenStack;
  /** With an unknown for each secret. All that is shown beside the verdict is read here. */
  readonly described: GivenStack;
}

export function givenStacks(resources: readonly GivenResource[]): GivenStacks {
  const judged = givenStack(resources, plain);
  return { judged, described: resources.some(holdsSecrets) ? givenStack(resources, withoutSecrets) : judged };
}

/** Reads the resources in the way of the pack: the inputs are remembered, and the ids come from what is known at the end. */
function givenStack(resources: readonly GivenResource[], reveal: Reveal): GivenStack {
  const revealed = (properties: Readonly<Record<string, unknown>>) =>
    reveal(properties) as Readonly<Record<string, unknown>>;
  const memory = createMemory(rules.flatMap((rule) => [...rule.resources, ...rule.stackResources]));
  for (const { urn, type, parent, ignoreChanges, properties, isRead } of resources) {
    if (isRead) continue;
    const { name } = parseUrn(urn);
    memory.record({ urn, type, name, parent, ignoreChanges, properties: revealed(properties) });
  }
  const stack = shownStack(
    resources.map((given) => ({
      urn: given.urn,
      type: given.type,
      name: parseUrn(given.urn).name,
      parent: given.parent === undefined ? undefined : { urn: given.parent },
      opts: {},
      props: revealed(given.outputs ?? given.properties),
      propertyDependencies: Object.fromEntries(
        Object.entries(given.propertyDependencies).map(([property, urns]) => [
          property,
          urns.map((urn) => ({ urn })),
        ]),
      ),
    })),
    memory,
  );
  const byUrn = new Map(resources.map((given) => [given.urn, given]));
  return {
    memory,
    stack,
    templates: resources.flatMap(({ urn }) => memory.templatesOf(urn)),
    outputsOf: (urn) => {
      const given = byUrn.get(urn);
      return given ? inTermsOfAws(given.type, revealed(given.outputs ?? given.properties)).properties : {};
    },
  };
}

const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

function isSecret(value: unknown): value is Readonly<Record<string, unknown>> {
  return isRecord(value) && value[signatureKey] === secretSignature;
}

/** A secret of a program has its value. That of a state has none that anybody should read: `ciphertext` or `plaintext`. */
const plain: Reveal = (value) => {
  if (isSecret(value)) return Object.hasOwn(value, "value") ? plain(value.value) : unknownValue;
  return inside(value, plain);
};

const withoutSecrets: Reveal = (value) => (isSecret(value) ? unknownValue : inside(value, withoutSecrets));

function inside(value: unknown, reveal: Reveal): unknown {
  if (Array.isArray(value)) return value.map(reveal);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, reveal(inner)]));
}

function holdsSecrets({ properties, outputs }: GivenResource): boolean {
  const holds = (value: unknown): boolean => {
    if (Array.isArray(value)) return value.some(holds);
    return isRecord(value) && (isSecret(value) || Object.values(value).some(holds));
  };
  return holds(properties) || holds(outputs);
}
