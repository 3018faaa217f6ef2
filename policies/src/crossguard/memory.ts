import { inTermsOfAws } from "../forms";
import { declaringPlaceOf, mayDeclare } from "../reading/exceptions/declaration";
import { type InStack, isSameStack, type Resource, type ResourceType, resource } from "../stack";

/** What the engine hands to a policy of one resource. */
export interface Shown {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly parent: string | undefined;
  readonly ignoreChanges?: readonly string[] | undefined;
  readonly properties: Readonly<Record<string, unknown>>;
}

/**
 * The inputs of the resources registered so far, in their order. AnalyzeStack carries outputs, which are `{}` for a
 * component and wherever a provider's configuration is unknown, so the inputs that stack rules read are remembered here.
 * One process may be shown several stacks. What it remembers is asked within one of them.
 */
export interface Memory {
  /** The first enabled policy records each resource that it is shown, since any of the others may be disabled. */
  record(shown: Shown): Resource;
  get(urn: string): Resource | undefined;
  /** The resource itself first, then its parent, and so on up to the stack. */
  lineageOf(resource: Resource): readonly Resource[];
  /** Those of its stack that were registered earlier. */
  before(resource: Resource): readonly Resource[];
  /** The place of a resource in the order of registration; Infinity for one that was never shown. */
  placeOf(urn: string): number;
  all(where: InStack): readonly Resource[];
  /** Those of a name, whatever their type. */
  named(name: string, where: InStack): readonly Resource[];
  /** The declarations that have no children yet. */
  childlessDeclarations(where: InStack): readonly Resource[];
}

/** @param types the types whose properties are remembered; of other resources, only the place in the tree is kept */
export function createMemory(types: readonly ResourceType[]): Memory {
  const tokens = new Set(types.map((type) => type.token));
  const byUrn = new Map<string, { readonly resource: Resource; readonly place: number }>();
  // Only exemptions ask for names: most stacks have none.
  let byName: Map<string, Set<string>> | undefined;
  const childless = new Set<string>();
  const addName = (names: Map<string, Set<string>>, { name, urn }: Resource) =>
    names.set(name, (names.get(name) ?? new Set()).add(urn));
  const get = (urn: string) => byUrn.get(urn)?.resource;
  const all = () => [...byUrn.values()].map((entry) => entry.resource);
  const within = (where: InStack) => (one: Resource) => isSameStack(one, where);
  return {
    record: (shown) => {
      const current = resource({ ...shown, ...inTermsOfAws(shown.type, shown.properties) });
      const isDeclaring = mayDeclare(current);
      const isKept = isDeclaring || tokens.has(current.type);
      const place = byUrn.get(current.urn)?.place ?? byUrn.size;
      if (byName) addName(byName, current);
      if (isDeclaring && declaringPlaceOf(current) === "itself" && !byUrn.has(current.urn)) {
        childless.add(current.urn);
      }
      if (childless.size > 0) childless.delete(current.parent ?? "");
      byUrn.set(current.urn, { resource: isKept ? current : resource({ ...shown, properties: {} }), place });
      return current;
    },
    get,
    lineageOf: (from) => {
      const lineage = [from];
      for (let current: Resource | undefined = from; current?.parent; ) {
        current = get(current.parent);
        if (!current || lineage.includes(current)) break;
        lineage.push(current);
      }
      return lineage;
    },
    before: (from) => {
      const place = byUrn.get(from.urn)?.place ?? byUrn.size;
      return all().slice(0, place).filter(within(from));
    },
    placeOf: (urn) => byUrn.get(urn)?.place ?? Number.POSITIVE_INFINITY,
    all: (where) => all().filter(within(where)),
    named: (name, where) => {
      if (!byName) {
        byName = new Map();
        for (const one of all()) addName(byName, one);
      }
      return [...(byName.get(name) ?? [])].flatMap((urn) => get(urn) ?? []).filter(within(where));
    },
    childlessDeclarations: (where) => [...childless].flatMap((urn) => get(urn) ?? []).filter(within(where)),
  };
}
