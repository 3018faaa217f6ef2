import { isOfTerraformModule } from "../forms";
import {
  declaringPlaceOf,
  isSecureRestApi,
  type ReviewedDeclaration,
} from "../reading/exceptions/declaration";
import { lockdownOf } from "../reading/exceptions/lockdown";
import { isNearly } from "../reading/exceptions/route-spelling";
import {
  argumentCode,
  argumentsOf,
  exemptedIf,
  publicAccessCode,
  spelledRoutes,
  unknownPath,
} from "../rules/exception-code";
import type { Finding, Opening, Rule, WayOut } from "../rules/rule";
import { knownElements, type Resource, view } from "../stack";
import { listsRoute, namedBy } from "./exceptions";
import type { Memory } from "./memory";

/** What the reader of a violation may write, where its resource stands. */
export interface Advice {
  /** Replaces the fix of the finding and of the rule. */
  readonly fix?: string;
  readonly notes: readonly string[];
  readonly waysOut: readonly WayOut[];
}

interface Violation {
  readonly finding: Finding;
  readonly resource: Resource;
  /** Those that no exception covers. */
  readonly openings: readonly Opening[];
}

const meant = "if it is meant to be public";
const unneeded = "if it needn't be public any more";

/**
 * How to declare or exempt an opening, in code that its reader can write: the arguments of the golden path that created it,
 * the declaration that is already its parent, a new declaration as its parent, or the pack's configuration.
 *
 * @param declarationsOf what a component declares
 */
export function adviceOn(
  rule: Rule,
  violation: Violation,
  memory: Memory,
  declarationsOf: (component: Resource) => readonly ReviewedDeclaration[],
): Advice {
  const { finding, resource, openings } = violation;
  const { waysOut = [], holdsSeveral } = finding;
  const routes = spelledRoutes(openings);
  // An opening without a route can't be named. The finding says which plain value to write first.
  if (routes.length === 0) return { notes: [], waysOut };
  const ancestors = memory.lineageOf(resource).slice(1);
  const parent = ancestors.find(({ type }) => type !== "pulumi:pulumi:Stack");
  const declarations = parent ? declarationsOf(parent) : [];
  if (parent && isGoldenPath(parent)) {
    const naming = declarations.filter((declaration) => names(declaration, openings));
    if (naming.length > 0) return renewedOnGoldenPath(parent, violation, naming);
  }
  const advised = (ways: readonly WayOut[], notes: readonly string[] = []): Advice => ({
    notes,
    waysOut: [...waysOut, ...ways],
  });
  const exempted = (reason: string) => {
    const { template } = resource;
    const { name, urn } = template?.holder ?? resource;
    const isUnique = namedBy({ resource: name, logicalId: undefined }, [rule], memory, resource).length === 1;
    const unique = isUnique ? name : urn;
    const named = template
      ? { ...resource, template: { ...template, holder: { ...template.holder, name: unique } } }
      : { ...resource, name: unique };
    return exemptedIf(reason, rule.id, named, holdsSeveral ? routes : undefined);
  };
  const isOutOfReach =
    resource.template !== undefined ||
    isOfTerraformModule(resource.written?.type ?? "") ||
    ancestors.some(isOfPackage);
  if (finding.isExemptedOnly || isOutOfReach) return advised([exempted("that is meant")]);
  const pathless = routes.some((route) => route.endsWith(unknownPath))
    ? ", with its path, which a method by itself doesn't show"
    : "";
  if (!parent) {
    const when = `${meant}, declare it as the parent${pathless}`;
    return advised(
      [{ when, write: publicAccessCode(resource.name, routes) }],
      strayDeclarations(resource, routes, memory, declarationsOf),
    );
  }
  if (isGoldenPath(parent) && isMadeBy(parent, violation)) return openedOnGoldenPath(parent, violation);
  switch (declaringPlaceOf(parent)) {
    case "itself":
      return advised([underDeclaration(parent, declarations, routes)]);
    case "list": {
      const when = `${meant}, declare it in the inputs of "${parent.name}"`;
      return advised([{ when, write: argumentCode(parent, routes) }]);
    }
  }
  const isComponent = !isGoldenPath(parent) && !isCustom(parent);
  const between: WayOut = {
    when: `${meant}, declare it as the parent, under "${parent.name}"${pathless}`,
    write: publicAccessCode(resource.name, routes, isComponent ? "this" : "..."),
  };
  return advised(
    isComponent ? [between, exempted(`it is meant and "${parent.name}" isn't yours`)] : [between],
  );
}

/** Declarations of these routes that have no children yet: they may be meant for them. */
function strayDeclarations(
  where: Resource,
  routes: readonly string[],
  memory: Memory,
  declarationsOf: (component: Resource) => readonly ReviewedDeclaration[],
): readonly string[] {
  return memory
    .childlessDeclarations(where)
    .flatMap(declarationsOf)
    .filter((declaration) => declaration.routes.some((route) => routes.includes(route)))
    .map(({ where }) => `The declaration ${where} names it, but isn't its parent.`);
}

/** A `PublicAccess` that doesn't name the route, or that doesn't count. */
function underDeclaration(
  parent: Resource,
  declarations: readonly ReviewedDeclaration[],
  routes: readonly string[],
): WayOut {
  const named = declarations.flatMap((declaration) => declaration.routes);
  const isNamed = (route: string) =>
    named.includes(route) ||
    (route.endsWith(unknownPath) && named.some((one) => one.startsWith(route.slice(0, -3))));
  const missing = routes.filter((route) => !isNamed(route));
  const kept = named.filter((route) => !missing.some((one) => isNearly(one, route)));
  const inputs = [
    ...(missing.length > 0 ? (["routes"] as const) : []),
    ...declarations.flatMap(({ atFault }) => atFault),
  ];
  const write = argumentCode(parent, [...kept, ...missing], inputs);
  return { when: `${meant}, write in the PublicAccess "${parent.name}", its parent`, write };
}

/** The resource of a golden path whose own declaration doesn't count. */
function renewedOnGoldenPath(
  component: Resource,
  violation: Violation,
  naming: readonly ReviewedDeclaration[],
): Advice {
  const isDocument = isOfDocument(violation);
  const routes = naming.flatMap((declaration) => declaration.routes);
  const atFault = naming.flatMap((declaration) => declaration.atFault);
  const isClosedElsewhere = lockdownOf(component) === "deny" && isSecureRestApi(component);
  const closed = isDocument
    ? "leave access out, and the empty security out of the document"
    : "write an authorization in place of access";
  return {
    fix: `${argumentCode(component, routes, atFault, isDocument)}   // ${argumentsOf(component)}`,
    notes: isClosedElsewhere
      ? [
          'The lockdown "deny" refuses everybody by the API\'s policy, and its routes are judged as before: correct the declaration in the same deployment.',
        ]
      : [],
    waysOut: [{ when: `${unneeded}, ${closed}` }],
  };
}

/** A route that a golden path created closed. A transform that ran after the component's own opened it. */
function openedOnGoldenPath(component: Resource, violation: Violation): Advice {
  const routes = spelledRoutes(violation.openings).flatMap((route) => {
    const listed = route.endsWith(unknownPath)
      ? routesOf(component).filter((key) => key.startsWith(route.slice(0, -3)))
      : [];
    return listed.length === 1 ? listed : [route];
  });
  return {
    fix: `let no transform of the stack, or of a parent of "${component.name}", change who may call it: "${component.name}" asks for an authorization there`,
    notes: [],
    waysOut: [
      {
        when: `${meant}, say so ${argumentsOf(component)}`,
        write: argumentCode(component, routes, undefined, isOfDocument(violation)),
      },
    ],
  };
}

function isGoldenPath(component: Resource): boolean {
  const place = declaringPlaceOf(component);
  return place === "route" || place === "connection";
}

function isOfDocument({ finding, openings }: Violation): boolean {
  return openings.every(({ at }) => (at ? at.holdsSeveral : finding.holdsSeveral === true));
}

function names(declaration: ReviewedDeclaration, openings: readonly Opening[]): boolean {
  return openings.some(({ route }) => listsRoute(declaration.routes, route));
}

/** Whether a golden path created the resource, rather than a program that gave it the component as its parent. */
function isMadeBy(component: Resource, { resource: { name }, openings }: Violation): boolean {
  const isNamedSo = name === component.name || name.startsWith(`${component.name}-`);
  return isNamedSo && openings.every(({ route }) => listsRoute(routesOf(component), route));
}

function routesOf(component: Resource): readonly string[] {
  return knownElements(view<{ routes: string[] }>(component.properties).list("routes"));
}

/** Components of packages: nobody can give their children another parent. */
function isOfPackage({ type }: Resource): boolean {
  return /^(aws-apigateway|awsx):|^aws:apigateway:x:/.test(type);
}

/** Whether a type is a provider's resource. Its token's module names a file, which a component's doesn't. */
function isCustom({ type }: Resource): boolean {
  return /^[^:]+:[^:]+\/[^:]+:[^:]+$/.test(type) || type.startsWith("aws-native:");
}
