/** What a resource's URN says of it. */
export interface UrnParts {
  readonly stack: string;
  readonly project: string;
  readonly type: string;
  readonly name: string;
}

/**
 * Takes a URN apart: `urn:pulumi:STACK::PROJECT::PARENT_TYPE$TYPE::NAME`, where a name may hold `::` itself.
 * Stack and project come from here and not from `pulumi.getStack()`, which throws under `pulumi policy analyze`.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/resources/names/#urns
 */
export function parseUrn(urn: string): UrnParts {
  const [stack = "", project = "", qualifiedType = "", ...name] = urn.replace(/^urn:pulumi:/, "").split("::");
  return { stack, project, type: qualifiedType.split("$").pop() ?? "", name: name.join("::") };
}

/** The stack that a resource is in. `pulumi policy analyze --file` shows those of several stacks and projects in one process. */
export interface InStack {
  readonly project: string;
  readonly stack: string;
}

export function isSameStack(one: InStack, other: InStack): boolean {
  return one.stack === other.stack && one.project === other.project;
}

/** The type in a URN with those of the parents before it, up to the stack: `PARENT_TYPE$TYPE`. */
export function qualifiedTypeOf(urn: string): string {
  return urn.replace(/^urn:pulumi:/, "").split("::")[2] ?? "";
}
