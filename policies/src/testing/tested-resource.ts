/** A resource as a test writes it down. */
export interface TestedResource {
  /** The type token: `aws:apigatewayv2/route:Route`. */
  readonly type: string;
  readonly name: string;
  /** The inputs. Default: none. A value may be `unknown`, or `secret(value)`. */
  readonly properties?: Readonly<Record<string, unknown>>;
  /** What is known of it after the deployment, inputs included. Default: the properties. */
  readonly outputs?: Readonly<Record<string, unknown>>;
  /** The parent's name. Default: the stack. */
  readonly parent?: string;
  /** For each property that was made of other resources, their names. */
  readonly dependencies?: Readonly<Record<string, readonly string[]>>;
  /** The resource options of these names. */
  readonly ignoreChanges?: readonly string[];
  readonly protect?: boolean;
  /** Another stack of the same project that it is in, as in a file for `pulumi policy analyze` with several. Default: that of all others. */
  readonly stack?: string;
  /** Whether no policy is shown it when it is registered, only at the end with the whole stack. Default: false. */
  readonly onlyInStack?: boolean;
}

/** The stack that resources are in. */
export interface TestedStack {
  readonly project: string;
  readonly stack: string;
}

const stackType = "pulumi:pulumi:Stack";

/** The stack itself, which the engine registers before all others. */
export function rootOf({ project, stack }: TestedStack): TestedResource {
  return { type: stackType, name: `${project}-${stack}` };
}

/**
 * The URN that a resource of these has.
 *
 * @throws Error if it names a parent that isn't among them
 * @see https://www.pulumi.com/docs/iac/concepts/resources/names/#urns
 */
export function urnIn(where: TestedStack, resource: TestedResource, all: readonly TestedResource[]): string {
  return `urn:pulumi:${resource.stack ?? where.stack}::${where.project}::${typesOf(resource, all)}::${resource.name}`;
}

/** Empty for the stack itself. */
export function parentUrnIn(
  where: TestedStack,
  resource: TestedResource,
  all: readonly TestedResource[],
): string {
  if (resource.type === stackType) return "";
  if (resource.parent !== undefined) return urnIn(where, named(resource.parent, all, resource), all);
  const stack = resource.stack ?? where.stack;
  return urnIn(where, { ...rootOf({ ...where, stack }), stack }, all);
}

/** @throws Error if there is none of that name in the same stack */
export function named(name: string, all: readonly TestedResource[], from: TestedResource): TestedResource {
  const found = all.find((resource) => resource.name === name && resource.stack === from.stack);
  if (!found) {
    throw new Error(`"${from.name}" names a resource "${name}", which isn't among those to judge. Add it.`);
  }
  return found;
}

function typesOf(resource: TestedResource, all: readonly TestedResource[]): string {
  if (resource.parent === undefined) return resource.type;
  return `${typesOf(named(resource.parent, all, resource), all)}$${resource.type}`;
}
