import type { Message } from "../engine/protocol";
import { partsOf, urnOf } from "../engine/urn";

interface Aliased {
  readonly stack: string;
  readonly project: string;
  readonly type: string;
  readonly name: string;
  readonly parent: string;
}

/**
 * The URNs under which a resource may already be deployed: its own aliases, and those that follow from its parent's aliases
 * (pulumi/pulumi pkg/resource/deploy/step_generator.go, generateAliases).
 */
export function aliasUrns(
  own: readonly Message[],
  urns: readonly string[],
  resource: Aliased,
  aliasesOfParent: readonly string[],
): readonly string[] {
  const resolved = [...urns, ...own.map((alias) => resolveAlias(alias, resource))];
  const parent = partsOf(resource.parent);
  const identities = [resource, ...resolved.map((urn) => ({ ...resource, ...partsOf(urn) }))];
  const inherited = aliasesOfParent.flatMap((aliasOfParent) =>
    identities.map(({ type, name }) =>
      urnOf(resource.stack, resource.project, aliasOfParent, type, renamed(name, parent.name, aliasOfParent)),
    ),
  );
  return [...new Set([...resolved, ...inherited])];
}

/** A child whose name starts with its parent's name is renamed with the parent. */
function renamed(name: string, parentName: string, aliasOfParent: string): string {
  return name.startsWith(parentName) ? partsOf(aliasOfParent).name + name.slice(parentName.length) : name;
}

function resolveAlias(alias: Message, resource: Aliased): string {
  if (alias.getUrn()) return alias.getUrn();
  const spec = alias.getSpec();
  const parent = spec.getNoparent() ? "" : spec.getParenturn() || resource.parent;
  return urnOf(
    spec.getStack() || resource.stack,
    spec.getProject() || resource.project,
    parent,
    spec.getType() || resource.type,
    spec.getName() || resource.name,
  );
}
