import { once } from "./once";
import type { Resource, ResourceType } from "./resource";
import { isUnknown } from "./seen";
import type { PropertyOf } from "./view";

/** Where a property that names another resource leads. */
export type Target<Args = unknown> =
  | { readonly kind: "found"; readonly resource: Resource<Args> }
  /** The property isn't set. */
  | { readonly kind: "absent" }
  /** It names something that this stack doesn't hold: another stack's resource, a `get`, an id written by hand. */
  | { readonly kind: "elsewhere" }
  /** It depends on several resources of that type; which of them it names is decided during the deployment. */
  | { readonly kind: "undetermined" };

/** One resource of a stack, with what leads from it to others. */
export interface StackMember {
  readonly resource: Resource;
  /** The id by which other resources name it; undefined where it isn't known. */
  readonly id: string | undefined;
  /** Ids of other things that come with the resource, such as the root of a REST API. */
  readonly innerIds?: readonly string[];
  /** For each property, the URNs of the resources that its value was made of. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
}

/** A whole stack as plain data. */
export interface Stack {
  /** In the order of registration, as far as it is known. */
  readonly resources: readonly Resource[];
  /** What a question answers about this stack, worked out once: a stack never changes. */
  answer<T>(question: (stack: Stack) => T): T;
  of<Args>(type: ResourceType<Args>): readonly Resource<Args>[];
  parentOf(resource: Resource): Resource | undefined;
  childrenOf(resource: Resource): readonly Resource[];
  /** The ids of a resource and of what comes with it. Empty before the deployment, which creates them. */
  idsOf(resource: Resource): readonly string[];
  /**
   * The resource of the given type that a property names. Found by the property's dependencies, which are known
   * when ids are not; by id when it is known. Ids are never compared with each other: two unknown ones would be equal.
   */
  target<Args, Other>(
    resource: Resource<Args>,
    property: PropertyOf<Args>,
    type: ResourceType<Other>,
  ): Target<Other>;
  /**
   * The resources of the given type that a property's value was made of, whether it names one of them or many; in the
   * order of the stack's resources, since the engine lists them in another one each time.
   */
  madeOf<Args, Other>(
    resource: Resource<Args>,
    property: PropertyOf<Args>,
    type: ResourceType<Other>,
  ): readonly Resource<Other>[];
  /** The resources of any type that a property's value was made of, in the same order. */
  allMadeOf(resource: Resource, property: string): readonly Resource[];
}

export function stackOf(members: readonly StackMember[]): Stack {
  const byUrn = new Map(members.map((member) => [member.resource.urn, member]));
  const places = new Map(members.map(({ resource }, place) => [resource, place]));
  const byType = groupBy(members, (member) => member.resource.type);
  const byParent = groupBy(members, (member) => member.resource.parent ?? "");
  const resources = members.map((member) => member.resource);
  const of = <Args>(type: ResourceType<Args>) =>
    (byType.get(type.token) ?? []).map((member) => member.resource as Resource<Args>);

  const allMadeOf = (from: Resource, property: string): readonly Resource[] =>
    [...new Set(byUrn.get(from.urn)?.propertyDependencies[property])]
      .flatMap((urn) => byUrn.get(urn)?.resource ?? [])
      .sort((one, other) => (places.get(one) ?? 0) - (places.get(other) ?? 0));
  const madeOf = <Args, Other>(
    from: Resource<Args>,
    property: PropertyOf<Args>,
    type: ResourceType<Other>,
  ): readonly Resource<Other>[] => allMadeOf(from, property).filter((dependency) => type.is(dependency));

  /** The resources of a type by their ids. Of several with one id, the first. */
  const withIds = once((token: string): ReadonlyMap<unknown, StackMember> => {
    const members = (byType.get(token) ?? []).filter(({ id }) => id !== undefined).toReversed();
    return new Map(members.map((member) => [member.id, member]));
  });

  const answers = new Map<unknown, unknown>();
  const stack: Stack = {
    resources,
    answer: <T>(question: (stack: Stack) => T) => {
      if (!answers.has(question)) answers.set(question, question(stack));
      return answers.get(question) as T;
    },
    of,
    madeOf,
    allMadeOf,
    parentOf: ({ parent }) => (parent === undefined ? undefined : byUrn.get(parent)?.resource),
    childrenOf: ({ urn }) => (byParent.get(urn) ?? []).map((member) => member.resource),
    idsOf: ({ urn }) => {
      const member = byUrn.get(urn);
      return [...(member?.id === undefined ? [] : [member.id]), ...(member?.innerIds ?? [])];
    },
    target: (from, property, type) => {
      if (!from.isSet(property)) return { kind: "absent" };
      const [only, ...others] = madeOf(from, property, type);
      if (others.length > 0) return { kind: "undetermined" };
      if (only) return { kind: "found", resource: only };
      const id = from.properties[property];
      const named = id === undefined || isUnknown(id) ? undefined : withIds(type.token).get(id);
      return named ? { kind: "found", resource: named.resource as Resource<never> } : { kind: "elsewhere" };
    },
  };
  return stack;
}

/** The items by a key of theirs, each list in their order. */
export function groupBy<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
