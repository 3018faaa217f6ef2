import { declaringPlaceOf, deniesByPolicy, isNearly, lockdownOf, type ReviewedDeclaration } from "../reading";
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
import { listsRoute } from "./exceptions";
import type { Memory } from "./memory";

/** What the reader of a violation may do, where they stand. */
export interface Advice {
  /** Instead of the finding's and the rule's own. */
  readonly fix?: string;
  readonly notes: readonly string[];
  readonly waysOut: readonly WayOut[];
}

interface Violation {
  readonly finding: Finding;
  readonly resource: Resource;
  /** What of the finding no exception covers. */
  readonly openings: readonly Opening[];
}

const meant = "if it is meant to be public";
const unneeded = "if it needn't be public any more";

/**
 * How to say that an opening is meant, in what its reader can write: the arguments of the golden path that made it, the
 * declaration that is its parent by now, a new declaration between its parent and it, or the pack's configuration.
 *
 * @param declarationsOf what a component declares
 */
export function adviceOn(
  rule: Rule,
  violation: Violation,
  memory: Memory,
  declarationsOf: (component: Resource) => readonly ReviewedDeclaration[],
): Advice {
  const { finding, resource } = violation;
  const routes = spelledRoutes(violation.openings);
  // What has no route yet can't be named: the finding says what to write as a plain value first.
  if (routes.length === 0) return { notes: [], waysOut: [] };
  const pathless = routes.some((route) => route.endsWith(unknownPath))
    ? ", with its path, which a method by itself doesn't show"
    : "";
  const exempted = (reason: string) =>
    exemptedIf(reason, rule.id, resource, finding.holdsSeveral ? routes : undefined);
  const ancestors = memory.lineageOf(resource).slice(1);
  if (finding.isExemptedOnly || ancestors.some(isOfPackage))
    return { notes: [], waysOut: [exempted("that is meant")] };
  const parent = ancestors.find(({ type }) => type !== "pulumi:pulumi:Stack");
  if (!parent) {
    const astray = memory
      .childlessDeclarations()
      .flatMap(declarationsOf)
      .filter((declaration) => declaration.routes.some((route) => routes.includes(route)));
    return {
      notes: astray.map(({ where }) => `The declaration ${where} names it, but isn't its parent.`),
      waysOut: [
        {
          when: `${meant}, declare it as the parent${pathless}`,
          write: publicAccessCode(resource.name, routes),
        },
      ],
    };
  }
  const place = declaringPlaceOf(parent);
  const declarations = declarationsOf(parent);
  if (place === "itself") return underDeclaration(parent, declarations, routes);
  if (place === "list") {
    const write = argumentCode(parent, routes);
    return {
      notes: [],
      waysOut: [{ when: `${meant}, declare it in the inputs of "${parent.name}"`, write }],
    };
  }
  if (place !== undefined && isMadeBy(parent, violation, declarations)) {
    return onGoldenPath(parent, violation, declarations);
  }
  const isChangeable = place === undefined && !isCustom(parent);
  const between: WayOut = {
    when: `${meant}, declare it between "${parent.name}", its parent, and it${pathless}`,
    write: publicAccessCode(resource.name, routes, isChangeable ? "this" : "..."),
  };
  const waysOut = isChangeable
    ? [between, exempted(`it is meant and "${parent.name}" isn't yours`)]
    : [between];
  return { notes: [], waysOut };
}

/** A `PublicAccess` that doesn't name it, or that doesn't count. */
function underDeclaration(
  parent: Resource,
  declarations: readonly ReviewedDeclaration[],
  routes: readonly string[],
): Advice {
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
  return {
    notes: [],
    waysOut: [{ when: `${meant}, write in the PublicAccess "${parent.name}", its parent`, write }],
  };
}

function onGoldenPath(
  component: Resource,
  { finding, openings }: Violation,
  declarations: readonly ReviewedDeclaration[],
): Advice {
  const isDocument = finding.holdsSeveral === true;
  const where = argumentsOf(component);
  const naming = declarations.filter((declaration) => names(declaration, openings));
  if (naming.length > 0) {
    const routes = naming.flatMap((declaration) => declaration.routes);
    const atFault = naming.flatMap((declaration) => declaration.atFault);
    const isClosedElsewhere = lockdownOf(component) === "deny" && deniesByPolicy(component);
    return {
      fix: `${argumentCode(component, routes, atFault, isDocument)}   // ${where}`,
      notes: isClosedElsewhere
        ? [
            'The lockdown "deny" refuses everybody by the policy of the API, and its routes are judged as ever: mend the declaration in the same deployment.',
          ]
        : [],
      waysOut: [{ when: `${unneeded}, write an authorization in place of access` }],
    };
  }
  const routes = spelledRoutes(openings).flatMap((route) => {
    const listed = route.endsWith(unknownPath)
      ? routesOf(component).filter((key) => key.startsWith(route.slice(0, -3)))
      : [];
    return listed.length === 1 ? listed : [route];
  });
  return {
    fix: `let no transform of the stack, or of a parent of "${component.name}", change who may call it: "${component.name}" asks for an authorization there`,
    notes: [],
    waysOut: [
      { when: `${meant}, say so ${where}`, write: argumentCode(component, routes, undefined, isDocument) },
    ],
  };
}

function names(declaration: ReviewedDeclaration, openings: readonly Opening[]): boolean {
  return openings.some(({ route }) => listsRoute(declaration.routes, route));
}

/** Whether a golden path made a resource, and not a program that gave it the component as its parent. */
function isMadeBy(
  component: Resource,
  { resource: { name }, openings }: Violation,
  declarations: readonly ReviewedDeclaration[],
): boolean {
  if (declarations.some((declaration) => names(declaration, openings))) return true;
  const isNamedSo = name === component.name || name.startsWith(`${component.name}-`);
  return isNamedSo && openings.every(({ route }) => listsRoute(routesOf(component), route));
}

function routesOf(component: Resource): readonly string[] {
  return knownElements(view<{ routes: string[] }>(component.properties).list("routes"));
}

/** Components whose children nobody can give another parent: a package made them, or its plugin. */
function isOfPackage({ type }: Resource): boolean {
  return /^(aws-apigateway|awsx):|^aws:apigateway:x:/.test(type);
}

/** Whether a type is a provider's: the module of its token has a part for the class, which a component's has not. */
function isCustom({ type }: Resource): boolean {
  return /^[^:]+:[^:]+\/[^:]+:[^:]+$/.test(type) || type.startsWith("aws-native:");
}
