import { type DeclarationInput, declaringPlaceOf } from "../reading/exceptions/declaration";
import { shortened } from "../reading/text/shortened";
import { qualifiedTypeOf, type Resource } from "../stack";
import type { WayOut } from "./rule";

/** How many routes a piece of code lists. */
const listedRoutes = 10;
const maxWordLength = 200;
const maxUrnLength = 1000;

/** What an exemption names: a name, or a URN in its place if other resources have the same name. */
type Exempted = Pick<Resource, "project" | "stack" | "name"> & Partial<Pick<Resource, "template">>;

const placeholders: Readonly<Record<Exclude<DeclarationInput, "routes">, string>> = {
  reason: '"..."',
  owner: '"..."',
  reviewBy: '"YYYY-MM-DD"',
};
const review = ["reason", "owner", "reviewBy"] as const;

/** The arguments of a `PublicAccess` that opens these routes. */
function declarationCode(routes: readonly string[]): string {
  return `{ ${[`routes: ${listCode(routes)}`, ...reviewCode(review)].join(", ")} }`;
}

/** A declaration as the parent of a resource: code in TypeScript. */
export function publicAccessCode(name: string, routes: readonly string[], parent?: string): string {
  const options = parent === undefined ? "" : `, { parent: ${parent} }`;
  return `{ parent: new PublicAccess(${quotedWord(`${word(name)}-public`)}, ${declarationCode(routes)}${options}) }`;
}

/**
 * What to write in the arguments of a component to declare these routes public.
 *
 * @param component one that may declare
 * @param inputs the inputs to write; all others stay as they are
 * @param isDocument whether the routes are operations of an OpenAPI document; undefined if that isn't known
 */
export function argumentCode(
  component: Resource,
  routes: readonly string[],
  inputs: readonly DeclarationInput[] = ["routes", ...review],
  isDocument?: boolean,
): string {
  const reviewed = review.filter((input) => inputs.includes(input));
  const others = reviewed.length < review.length ? ["..."] : [];
  const access = `access: publicAccess({ ${[...others, ...reviewCode(reviewed)].join(", ")} })`;
  switch (declaringPlaceOf(component)) {
    case "connection":
      return access;
    case "route": {
      const each = routes.slice(0, listedRoutes).map((route) => `${quotedWord(route)}: { ..., ${access} }`);
      const code = `{ ${each.join(", ")} }`;
      if (isDocument) return `openApi: { ..., operations: ${code} }`;
      return `routes: ${code}`;
    }
    case "itself": {
      const own = [
        ...(inputs.includes("routes") ? [`routes: ${listCode(routes)}`] : []),
        ...reviewCode(reviewed),
      ];
      return own.join(", ");
    }
    default:
      return `publicAccess: [${declarationCode(routes)}]`;
  }
}

/** Where that code stands. */
export function argumentsOf(component: Resource): string {
  const what = declaringPlaceOf(component) === "itself" ? "the PublicAccess " : "";
  return `in the arguments of ${what}"${word(component.name)}"`;
}

/**
 * The alias that a route needs when its declaration is removed. Without it, Pulumi creates another route before it deletes
 * this one, and API Gateway refuses a second route with the same key.
 *
 * @param declaration the `PublicAccess` that was the parent
 */
export function aliasCode({ name, urn }: Resource): string {
  // Its parents' types stand in its own: so it is the right URN without the variables that hold them.
  const args = [name, qualifiedTypeOf(urn)].map(quotedWord).join(", ");
  return `{ aliases: [{ parent: pulumi.createUrn(${args}) }] }`;
}

/** An entry of the pack's configuration that exempts a resource from a rule, as JSON. */
function exemptionCode(
  rule: string,
  { project, stack, name, template }: Exempted,
  routes?: readonly string[],
): string {
  const fields = [
    `"rule": ${quotedWord(rule)}`,
    `"project": ${quotedWord(project)}`,
    `"stacks": [${quotedWord(stack)}]`,
    `"resource": ${JSON.stringify(shortened(template?.holder.name ?? name, maxUrnLength))}`,
    ...(template ? [`"logicalId": ${quotedWord(template.logicalId)}`] : []),
    ...(routes ? [`"routes": ${listCode(routes)}`] : []),
    ...review.map((field) => `"${field}": ${placeholders[field]}`),
  ];
  return `{ ${fields.join(", ")} }`;
}

/**
 * An exemption as a way out.
 *
 * @param reason when it is right: completes "if ..."
 */
export function exemptedIf(
  reason: string,
  rule: string,
  resource: Exempted,
  routes?: readonly string[],
): WayOut {
  return {
    when: `if ${reason}, exempt it in the pack's configuration, among the exemptions of exemption-is-current`,
    write: exemptionCode(rule, resource, routes),
  };
}

/** Stands for the path of a method, which the method alone doesn't show. */
export const unknownPath = " /...";

/** The known routes of openings, as exceptions spell them. A method alone doesn't show its path. */
export function spelledRoutes(
  openings: readonly { readonly route: string | undefined }[],
): readonly string[] {
  return openings.flatMap(({ route }) => {
    if (route === undefined) return [];
    return /^[A-Z]+$/.test(route) ? [`${route}${unknownPath}`] : [route];
  });
}

/** A list of routes, shortened where there are many. */
export function listCode(routes: readonly string[]): string {
  return `[${routes.slice(0, listedRoutes).map(quotedWord).join(", ")}]`;
}

function reviewCode(inputs: readonly (typeof review)[number][]): string[] {
  return inputs.map((input) => `${input}: ${placeholders[input]}`);
}

function quotedWord(text: string): string {
  return JSON.stringify(word(text));
}

function word(text: string): string {
  return shortened(text, maxWordLength);
}
