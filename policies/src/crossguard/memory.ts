import {
  CloudFormationStackSet,
  contentsOf,
  isStackSetInstance,
  overriddenContents,
  type TemplateContents,
} from "../endpoints/templates/template";
import { inTermsOfAws } from "../forms";
import { declaringPlaceOf, mayDeclare } from "../reading/exceptions/declaration";
import { type InStack, isSameStack, type Resource, type ResourceType, resource, type Stack } from "../stack";

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
  /** One of the program, or of a template in it. */
  get(urn: string): Resource | undefined;
  /** The stacks of the templates that a resource brings. */
  templatesOf(urn: string): readonly Stack[];
  /** The resource itself first, then its parent, and so on up to the stack. */
  lineageOf(resource: Resource): readonly Resource[];
  /** Those of a type in its stack that were registered earlier. */
  before<Args>(resource: Resource, type: ResourceType<Args>): readonly Resource<Args>[];
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
  /** The URNs of a type's resources, in the order of registration. */
  const byType = new Map<string, Set<string>>();
  // Only exemptions ask for names: most stacks have none.
  let byName: Map<string, Set<string>> | undefined;
  const childless = new Set<string>();
  const addName = (names: Map<string, Set<string>>, { name, urn }: Resource) =>
    names.set(name, (names.get(name) ?? new Set()).add(urn));
  const templates = new Map<string, readonly Stack[]>();
  const inTemplates = new Map<string, Resource>();
  const get = (urn: string) => byUrn.get(urn)?.resource ?? inTemplates.get(urn);
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
      const stacks = stacksIn(current, all);
      if (stacks.length > 0) templates.set(current.urn, stacks);
      for (const one of stacks.flatMap(({ resources }) => resources)) inTemplates.set(one.urn, one);
      if (isKept) byType.set(current.type, (byType.get(current.type) ?? new Set()).add(current.urn));
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
    templatesOf: (urn) => templates.get(urn) ?? [],
    before: <Args>(from: Resource, type: ResourceType<Args>) => {
      const holder = from.template?.holder.urn ?? from.urn;
      const place = byUrn.get(holder)?.place ?? byUrn.size;
      const earlier = [...(byType.get(type.token) ?? [])].flatMap((urn) => {
        const entry = byUrn.get(urn);
        return entry && entry.place < place ? [entry.resource] : [];
      });
      // The resources of a template have no order: any of them may come first.
      const beside = from.template ? (templates.get(holder) ?? []).flatMap(({ resources }) => resources) : [];
      const others = beside.filter((one) => one.urn !== from.urn && type.is(one));
      return [...earlier.filter(within(from)), ...others] as readonly Resource<Args>[];
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

/** The stacks of the templates that a resource brings; for an instance of a stack set, with the values that it gives. */
function stacksIn(current: Resource, registered: () => readonly Resource[]): readonly Stack[] {
  const contents: readonly (TemplateContents | undefined)[] = isStackSetInstance(current)
    ? registered().flatMap((set) =>
        // Which of the stack sets it is, no resource shows by itself before the deployment.
        CloudFormationStackSet.is(set) ? [overriddenContents(current as Instance, set)] : [],
      )
    : [contentsOf(current)];
  return contents.flatMap((one) => (one?.kind === "read" ? one.stacks : []));
}

type Instance = Parameters<typeof overriddenContents>[0];
