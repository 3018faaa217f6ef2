import * as pulumi from "@pulumi/pulumi";
import { fittingChild } from "../aws-name";
import { entryOf, type InputProblem, isPlainRecord } from "../input-problems";

/**
 * A resource that this stack has already: its name, if it has no parent; its URN; or an alias with its name and its parent, such as
 * `{ name: "lookup", parent: "urn:pulumi:prod::shop::acme:index:Orders::orders" }`. Plain.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/resources/options/aliases/
 */
export type Adopted = string | pulumi.Alias;

/** A child that takes over an existing resource, instead of creating one. */
export interface AdoptedChild {
  readonly type: string;
  readonly name: string;
  readonly adopted: Adopted;
  /** Its path in the arguments. */
  readonly path: string;
}

/**
 * @param name the child's name, before AWS's limits
 * @returns nothing if there is nothing to take over
 */
export function adoptedChild(
  type: string,
  name: string,
  adopted: Adopted | undefined,
  path: string,
): readonly AdoptedChild[] {
  return adopted === undefined ? [] : [{ type, name: fittingChild(type, name, {}).name, adopted, path }];
}

/**
 * The same for a record of them.
 *
 * @param nameOf the child's name for a key
 */
export function adoptedEntries(
  type: string,
  record: Readonly<Record<string, Adopted | undefined>> | undefined,
  path: string,
  nameOf: (key: string) => string,
): readonly AdoptedChild[] {
  return Object.entries(record ?? {}).flatMap(([key, adopted]) =>
    adoptedChild(type, nameOf(key), adopted, entryOf(path, key)),
  );
}

/**
 * A component's options, with which its children take over existing resources: each gets the alias of one. An alias changes nothing
 * but the resource's URN, so Pulumi updates it in place as far as the provider can.
 */
export function adoptingOptions(
  opts: pulumi.ComponentResourceOptions,
  children: readonly AdoptedChild[],
): pulumi.ComponentResourceOptions {
  if (children.length === 0) return opts;
  const aliases = new Map(children.map((child) => [keyOf(child), aliasOf(child.adopted)]));
  const adopting: pulumi.ResourceTransformation = (child) => {
    const alias = aliases.get(keyOf(child));
    if (alias === undefined) return undefined;
    return {
      props: child.props,
      opts: pulumi.mergeOptions(child.opts, { aliases: [alias] }),
    };
  };
  return { ...opts, transformations: [...(opts.transformations ?? []), adopting] };
}

function keyOf({ type, name }: { readonly type: string; readonly name: string }): string {
  return `${type} ${name}`;
}

/** A name alone would be that of another child of the component. */
function aliasOf(adopted: Adopted): pulumi.URN | pulumi.Alias {
  if (typeof adopted !== "string") return adopted;
  return isUrn(adopted) ? adopted : { name: adopted, parent: pulumi.rootStackResource };
}

function isUrn(text: string): boolean {
  return text.startsWith("urn:pulumi:");
}

const aliasProperties = ["name", "type", "parent", "stack", "project"];

/** Checks what names an existing resource, for callers without TypeScript. */
export function adoptedProblems(adopted: unknown, propertyPath: string): InputProblem[] {
  if (typeof adopted === "string" && adopted !== "") return [];
  const names = isPlainRecord(adopted) ? Object.keys(adopted) : [];
  if (names.length > 0 && names.every((name) => aliasProperties.includes(name))) return [];
  const reason =
    "give the name of a resource without a parent, its URN, or { name, parent }: `pulumi stack --show-urns` lists them";
  return [{ propertyPath, reason }];
}

/** A resource can be taken over once: the second child would be created, and API Gateway would refuse it. */
export function adoptedTwiceProblems(children: readonly AdoptedChild[]): InputProblem[] {
  const first = new Map<string, string>();
  return children.flatMap(({ type, adopted, path }) => {
    if (typeof adopted !== "string") return [];
    const key = keyOf({ type, name: adopted });
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, path);
      return [];
    }
    return [{ propertyPath: path, reason: `${other} has the same resource: each can be adopted once` }];
  });
}
