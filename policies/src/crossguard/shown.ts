import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import { dependenciesInTermsOfAws, idIn, innerIdsIn, inTermsOfAws, isOfTerraformModule } from "../forms";
import { groupBy, isUnknown, resource, type Stack, stackOf } from "../stack";
import type { Memory, Shown } from "./memory";

/** The inputs of a resource, as the SDK hands them to a policy before the resource is created. */
export function shownResource(args: ResourceValidationArgs): Shown {
  return {
    urn: args.urn,
    type: args.type,
    name: args.name,
    parent: args.opts.parent || undefined,
    ignoreChanges: args.opts.ignoreChanges,
    properties: withoutProxy(args.props),
  };
}

/** What the engine hands to a policy of a resource at the end. */
export interface ShownAtEnd extends Pick<PolicyResource, "urn" | "type" | "name" | "props"> {
  readonly parent?: { readonly urn: string } | undefined;
  readonly opts: { readonly parent?: string; readonly ignoreChanges?: string[] };
  readonly propertyDependencies: Readonly<Record<string, readonly { readonly urn: string }[]>>;
}

/** The stack as plain data: the inputs that were remembered, or the outputs of what was never shown as a resource. */
export function shownStack(resources: readonly ShownAtEnd[], memory: Memory): Stack {
  const byParent = groupBy(
    resources.filter(({ type }) => isOfTerraformModule(type)),
    parentOf,
  );
  const members = resources.map((shown) => {
    const translated = inTermsOfAws(shown.type, withoutProxy(shown.props));
    return {
      resource:
        memory.get(shown.urn) ??
        resource({
          urn: shown.urn,
          name: shown.name,
          parent: shown.parent?.urn ?? (shown.opts.parent || undefined),
          ignoreChanges: shown.opts.ignoreChanges,
          source: "outputs",
          ...translated,
        }),
      id: idIn(translated.properties),
      innerIds: innerIdsIn(translated.properties),
      propertyDependencies: {
        ...siblingsInModule(shown, translated.properties, byParent),
        ...Object.fromEntries(
          Object.entries(dependenciesInTermsOfAws(shown.type, shown.propertyDependencies)).map(
            ([property, dependencies]) => [property, dependencies.map(({ urn }) => urn)],
          ),
        ),
      },
    };
  });
  // The engine's order is unspecified. The order of registration makes every report the same.
  const place = (urn: string) => Math.min(memory.placeOf(urn), Number.MAX_SAFE_INTEGER);
  members.sort((a, b) => place(a.resource.urn) - place(b.resource.urn));
  return stackOf(members);
}

/**
 * What the unknown properties of a resource in a Terraform module may be made of. Pulumi isn't told how a module's resources
 * depend on each other, so it may be any resource of the same module.
 */
function siblingsInModule(
  shown: ShownAtEnd,
  properties: Readonly<Record<string, unknown>>,
  byParent: ReadonlyMap<string, readonly ShownAtEnd[]>,
): Readonly<Record<string, readonly string[]>> {
  if (!isOfTerraformModule(shown.type)) return {};
  const siblings = (byParent.get(parentOf(shown)) ?? [])
    .map(({ urn }) => urn)
    .filter((urn) => urn !== shown.urn);
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, value]) => (isUnknown(value) ? [[name, siblings]] : [])),
  );
}

function parentOf({ parent, opts }: ShownAtEnd): string {
  return parent?.urn ?? opts.parent ?? "";
}

/**
 * The properties of a resource that is remediated. The SDK puts two proxies around them then: one throws on an unknown, the
 * other takes secrets for plain values. What is written back has to keep both, so it starts from what is behind them: a
 * secret that isn't changed stays one.
 */
export function propertiesToChange({ props }: ResourceValidationArgs): Readonly<Record<string, unknown>> {
  return withoutProxy(withoutProxy(props));
}

/**
 * Whether the SDK gives the engine these properties as they are. It knows its proxies by a property's name, and takes an object
 * with a property of that name for one: it would send what is behind it, which is nothing (`serializeProperty` of its
 * deserialize.js).
 */
export function isWrittenBackWhole(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (Object.hasOwn(value, "__isSpecialProxy")) return false;
  return Object.values(value).every(isWrittenBackWhole);
}

/** The properties behind the SDK's proxy, which throws on an unknown and so turns a whole policy advisory. */
function withoutProxy(properties: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return (properties.__getSpecialProxyTarget as Record<string, unknown> | undefined) ?? properties;
}
