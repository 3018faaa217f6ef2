import * as pulumi from "@pulumi/pulumi";
import { fittingChild } from "../aws-name";
import { entryOf, type InputProblem, isPlainRecord } from "../input-problems";

/**
 * A resource that exists. If this stack has it: its name, if it has no parent; its URN; or an alias with its name and its parent, such as
 * `{ name: "lookup", parent: "urn:pulumi:prod::shop::acme:index:Orders::orders" }`. If no stack has it: `{ import: "ID" }`, with an id as
 * the resource's page in the Pulumi Registry shows it. Plain.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/resources/options/aliases/
 * @see https://www.pulumi.com/docs/iac/concepts/resources/options/import/
 */
export type Adopted = string | pulumi.Alias | Imported;

/** A resource that no stack has. */
export interface Imported {
  /** Its id, such as `API/STAGE` for an `aws.apigatewayv2.Stage`. */
  readonly import: string;
}

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
 * A component's options, with which its children take over existing resources: each gets the alias of one, or imports it. Neither is a
 * reason to replace a resource, so Pulumi updates it in place as far as the provider can.
 */
export function adoptingOptions(
  opts: pulumi.ComponentResourceOptions,
  children: readonly AdoptedChild[],
): pulumi.ComponentResourceOptions {
  if (children.length === 0) return opts;
  const byChild = new Map(children.map((child) => [keyOf(child), child.adopted]));
  const adopting: pulumi.ResourceTransformation = (child) => {
    const adopted = byChild.get(keyOf(child));
    return adopted === undefined ? undefined : { props: child.props, opts: takingOver(child.opts, adopted) };
  };
  return { ...opts, transformations: [...(opts.transformations ?? []), adopting] };
}

function takingOver(opts: pulumi.CustomResourceOptions, adopted: Adopted): pulumi.CustomResourceOptions {
  if (isImported(adopted)) return { ...opts, import: adopted.import };
  return { ...opts, aliases: [...(opts.aliases ?? []), aliasOf(adopted)] };
}

function keyOf({ type, name }: { readonly type: string; readonly name: string }): string {
  return `${type} ${name}`;
}

/** A name alone would be that of another child of the component. */
function aliasOf(adopted: string | pulumi.Alias): pulumi.URN | pulumi.Alias {
  if (typeof adopted !== "string") return adopted;
  return isUrn(adopted) ? adopted : { name: adopted, parent: pulumi.rootStackResource };
}

function isImported(adopted: Adopted): adopted is Imported {
  return typeof adopted === "object" && "import" in adopted;
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
  if (
    isPlainRecord(adopted) &&
    typeof adopted.import === "string" &&
    adopted.import !== "" &&
    names.length === 1
  ) {
    return [];
  }
  const reason =
    "give the name of a resource without a parent, its URN or { name, parent } (`pulumi stack --show-urns` lists them), or { import: ID } if no stack has it";
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
