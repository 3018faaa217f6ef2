import { documentOf } from "../../endpoints/api-gateway/document";
import { Method } from "../../endpoints/api-gateway/rest-api";
import type { Endpoint } from "../../endpoints/endpoint";
import { endpointsOf, endpointTypes } from "../../endpoints/endpoints";
import { edgeSignatures, edgeSignatureTypes } from "../../loopholes/edge-signature";
import {
  DeclaringComponent,
  declaringPlaceOf,
  isSecureRestApi,
  type ReviewedDeclaration,
} from "../../reading/exceptions/declaration";
import { type Lockdown, lockdownOf } from "../../reading/exceptions/lockdown";
import { isNearly } from "../../reading/exceptions/route-spelling";
import { groupBy, type Resource } from "../../stack";
import { nist, owasp, soc2 } from "../controls";
import { aliasCode, argumentCode, argumentsOf, exemptedIf, listCode } from "../exception-code";
import { type Context, type Finding, resourceRule, type WayOut } from "../rule";
import { dueIn, enumeration } from "../wording";

const id = "public-access-is-reviewed";
const listed = 3;

export const publicAccessIsReviewed = resourceRule({
  id,
  theme: "governance",
  title: "Public access is declared, owned and reviewed",
  severity: "high",
  level: "mandatory",
  because: "an unauthenticated caller gets in",
  controls: [owasp("API9:2023"), nist("AC-14"), soc2("CC6.1")],
  why: "If an endpoint is open on purpose, somebody has to remember the purpose. A declaration says why it is open, who owns it and when it is reviewed next. If one of these is missing, the declaration opens nothing.",
  fix: `{ routes: ["GET /health"], reason: "load balancer health probe, returns no data", owner: "team-edge", reviewBy: "YYYY-MM-DD" }   // a date at most 180 days ahead`,
  exceptionIf:
    "a method is public on purpose, and no declaration can name its path because it isn't known before the deployment",
  links: ["https://owasp.org/API-Security/editions/2023/en/0xa9-improper-inventory-management/"],
  kinds: {
    incomplete:
      "A declaration lacks a reason, an owner or a review, has one that can't be read, or is past its review: it opens nothing.",
    "not-approved": "A declaration names a route that the organization's option approved doesn't list.",
    "review-due": "The review of a declaration is due soon. After that date it opens nothing.",
    idle: "A declaration names a route that isn't open directly under it.",
    "wrong-path": "A method is open under a declaration that names other paths.",
    "unknown-path":
      "A method is open under a declaration, but its path can't be computed, so it can't be compared.",
  },
  examples: {
    bad: `new PublicAccess("forgotten", { routes: ["GET /health"], reason: "load balancer health probe, returns no data", owner: "team-edge", reviewBy: "2020-01-31" });`,
    good: `const open = new PublicAccess("health", {
    routes: ["GET /health"],
    reason: "load balancer health probe, returns no data",
    owner: "team-edge",
    reviewBy: config.require("reviewBy"),
});
new aws.apigatewayv2.Route("health", { apiId: httpApi.id, routeKey: "GET /health", target }, { parent: open });`,
  },
  options: {
    approved: {
      type: "array",
      items: { type: "string" },
      description:
        'The public routes that the organization has approved, each as "PROJECT ROUTE", for instance "customers GET /health". Until it is set, a complete declaration is enough.',
    },
  },
  resources: [DeclaringComponent],
  reads: {
    routes: "deciding word",
    reason: "deciding word",
    owner: "deciding word",
    reviewBy: "deciding word",
    publicAccess: "deciding word",
    lockdown: "deciding word",
  },
  *check(component, context) {
    const lockdown = lockdownOf(component);
    // A lockdown closes everything, and an overdue review must not stop anyone from closing an API in an incident.
    const isDenied = lockdown === "deny";
    for (const declaration of context.declarationsOf(component)) {
      const { where, routes, problems, dueInDays } = declaration;
      if (problems.length > 0) {
        const reopening = isDenied
          ? ' While lockdown is "deny", this is an advisory. Going back to "none" is blocked until it is corrected.'
          : "";
        yield {
          kind: "incomplete",
          sentence: `The declaration ${where} opens nothing because ${enumeration(problems)}.${reopening}`,
          fix: renewal(component, declaration, context),
          waysOut: [...closing(component, routes), ...incident(component, lockdown)],
          ...(isDenied && { lowered: "reminder" }),
        };
        continue;
      }
      const unapproved = notApproved(component, routes, context.options.approved);
      if (unapproved.length > 0) {
        yield {
          kind: "not-approved",
          sentence: `The declaration ${where} names ${unapproved.join(", ")}, which the organization hasn't approved.`,
          fix: `have it added to the option "approved": ${unapproved.map((route) => JSON.stringify(`${component.project} ${route}`)).join(", ")}`,
        };
      }
      if (dueInDays !== undefined) {
        yield {
          kind: "review-due",
          sentence: `The review of the declaration ${where} is due ${dueIn(dueInDays)}; after that it opens nothing.`,
          fix: renewal(component, { ...declaration, atFault: ["reviewBy"] }, context),
          waysOut: closing(component, routes),
          lowered: "reminder",
        };
      }
    }
  },
  stackResources: [...endpointTypes, ...edgeSignatureTypes],
  *checkStack(stack, context) {
    const all = endpointsOf(stack);
    const endpoints = all.filter(({ authentication }) => isOpen(authentication.verdict));
    for (const endpoint of endpoints) yield* wrongPath(endpoint, stack.parentOf(endpoint.resource), context);
    const declaring = stack.resources.filter((resource) => DeclaringComponent.is(resource));
    if (declaring.length === 0) return;
    const byParent = groupBy(all, ({ resource }) => resource.parent ?? "");
    // A function URL with IAM is open to everyone if a distribution signs for its viewers.
    const signedFor = new Set<Resource>(edgeSignatures(stack).flatMap(({ urls }) => urls));
    const byRoute = groupBy(all, ({ route }) => route ?? "");
    for (const component of declaring) {
      // A lockdown closes declared routes only for a time, so they still count as open. A preflight needs no declaration,
      // but a declared one isn't idle.
      const isDenied = lockdownOf(component) === "deny";
      const own = byParent.get(component.urn) ?? [];
      const opened = own
        .filter(
          ({ resource, authentication }) =>
            isDenied || authentication.verdict !== "authenticated" || signedFor.has(resource),
        )
        .map(({ route }) => route);
      // While a document is unknown, no declaration is known to be idle.
      const children = stack.childrenOf(component);
      if (children.some(holdsUnknownOperations)) continue;
      for (const declaration of context.declarationsOf(component)) {
        const { routes, problems } = declaration;
        if (problems.length > 0) continue;
        // If a method has another path, or one that can't be computed, the method has a finding of its own.
        const reportedMethods = own
          .filter(
            ({ resource, route, authentication }) =>
              isOpen(authentication.verdict) && Method.is(resource) && !routes.includes(route ?? ""),
          )
          .map(({ route }) => route && methodOf(route));
        const idle = routes.filter(
          (route) => !opened.includes(route) && !reportedMethods.includes(methodOf(route)),
        );
        if (idle.length === 0) continue;
        const elsewhere = idle
          .flatMap((route) => byRoute.get(route) ?? [])
          .filter(({ resource }) => !isDeclaring(stack.parentOf(resource)));
        yield {
          kind: "idle",
          ...idleDeclaration(component, declaration, idle, own, elsewhere),
          resource: component,
          lowered: "lesser finding",
        };
      }
    }
  },
});

/** What to write in a declaration for it to count. */
function renewal(
  component: Resource,
  { routes, atFault }: Pick<ReviewedDeclaration, "routes" | "atFault">,
  context: Context,
): string {
  const named = atFault.includes("routes") ? [...routes, "METHOD /path"] : routes;
  const review = atFault.includes("reviewBy")
    ? `, after a new review: a date at most ${context.maxReviewDays()} days ahead`
    : "";
  return `${argumentCode(component, named, atFault)}   // ${inArgumentsOf(component)}${review}`;
}

/** A REST API may take its routes from a document, which its inputs alone don't show. */
function inArgumentsOf(component: Resource): string {
  const operations = isSecureRestApi(component) ? ", or among its openApi.operations" : "";
  return `${argumentsOf(component)}${operations}`;
}

/** How to close what was declared public, without replacing the resource. */
function closing(component: Resource, routes: readonly string[]): readonly WayOut[] {
  const unneeded = "if it needn't be public any more";
  switch (declaringPlaceOf(component)) {
    case "itself": {
      const [route, ...others] = routes;
      const closed = route !== undefined && others.length === 0 ? route : "each of its routes";
      return removal(component, `${unneeded}, give ${closed} an authorization`);
    }
    case "list":
      return [{ when: `${unneeded}, give the route an authorization and remove it from publicAccess` }];
    default: {
      const inDocument = isSecureRestApi(component)
        ? "; of a document's operation, leave out access and the empty security"
        : "";
      return [{ when: `${unneeded}, write an authorization in place of access${inDocument}` }];
    }
  }
}

/** Without an alias, Pulumi replaces the resources whose parent was the removed `PublicAccess`. */
function removal(declaration: Resource, before: string): readonly WayOut[] {
  const when = `${before}, remove the PublicAccess and give its children an alias, or Pulumi replaces them`;
  return [{ when, write: aliasCode(declaration) }];
}

/** What is possible in an incident although the declaration doesn't count. */
function incident(component: Resource, lockdown: Lockdown): readonly WayOut[] {
  return lockdown === "throttle" && !isSecureRestApi(component)
    ? [{ when: 'to close the API at once, write lockdown: "deny", which passes as it is' }]
    : [];
}

/**
 * The finding about a declaration that names routes which aren't open directly under it.
 *
 * @param own the endpoints directly under it
 * @param elsewhere endpoints with one of its routes that are under no declaration
 */
function idleDeclaration(
  component: Resource,
  { where, routes }: ReviewedDeclaration,
  idle: readonly string[],
  own: readonly Endpoint[],
  elsewhere: readonly Endpoint[],
): Pick<Finding, "sentence" | "fix" | "waysOut"> {
  const closed = own.filter(({ route }) => idle.some((named) => named === route));
  const respelled = own.flatMap(({ route, authentication }) =>
    route !== undefined &&
    isOpen(authentication.verdict) &&
    !routes.includes(route) &&
    idle.some((named) => isNearly(named, route))
      ? [route]
      : [],
  );
  const sentence = [
    `The declaration ${where} names ${idle.join(", ")}, but no open route directly under it has this name.`,
    ...closed.slice(0, listed).map(({ resource }) => `"${resource.name}" requires authorization.`),
    ...respelled.slice(0, listed).map((route) => `Directly under it is ${route}.`),
    ...elsewhere
      .slice(0, listed)
      .map(({ resource, route }) => `"${resource.name}" is ${route}, but isn't its child.`),
  ].join(" ");
  const place = declaringPlaceOf(component);
  if (respelled.length > 0) {
    const spelled = [...routes.filter((route) => !idle.includes(route)), ...respelled];
    return { sentence, fix: `routes: ${listCode(spelled)}   // ${inArgumentsOf(component)}` };
  }
  if (place !== "itself") {
    const fix =
      place === "list"
        ? "remove the route from publicAccess, or spell it as API Gateway shows it"
        : `write an authorization in place of the route's access, ${inArgumentsOf(component)}`;
    return { sentence, fix };
  }
  const [outside] = elsewhere;
  return {
    sentence,
    fix: outside
      ? `give "${outside.resource.name}" the PublicAccess "${component.name}" as its parent`
      : "remove the route from the declaration, or spell it as API Gateway shows it",
    waysOut: removal(component, "if none of its routes has to be public any more"),
  };
}

function isDeclaring(component: Resource | undefined): boolean {
  return component !== undefined && DeclaringComponent.is(component);
}

function holdsUnknownOperations(resource: Resource): boolean {
  const document = documentOf(resource);
  if (document?.kind !== "read") return document?.kind === "unknown";
  return document.isPartlyUnknown || document.operations.some((operation) => operation.isUnknown);
}

function isOpen(verdict: Endpoint["authentication"]["verdict"]): boolean {
  return verdict !== "authenticated" && verdict !== "preflight";
}

function notApproved(component: Resource, routes: readonly string[], approved: unknown): readonly string[] {
  if (approved === undefined || approved === null) return [];
  // A list that can't be read approves nothing.
  const list: readonly unknown[] = Array.isArray(approved) ? approved : [];
  return routes.filter((route) => !list.includes(`${component.project} ${route}`));
}

/** Resource rules compare only the HTTP method of a REST method with a declaration. This compares its full path. */
function* wrongPath(
  endpoint: Endpoint,
  parent: Resource | undefined,
  context: Context,
): Iterable<Finding<"wrong-path" | "unknown-path">> {
  const { resource, route, authentication } = endpoint;
  if (!parent || !Method.is(resource) || route === undefined) return;
  // The rule endpoint-requires-authentication judges these, and compares their full path by itself.
  const isFullyJudged = authentication.verdict === "backend-preflight" || !context.wasAnalyzed(resource);
  if (isFullyJudged && route.includes("/")) return;
  const httpMethod = methodOf(route);
  const passing = context
    .declarationsOf(parent)
    .filter(({ problems }) => problems.length === 0)
    .filter(({ routes }) => routes.some((listed) => listed.startsWith(`${httpMethod} `)));
  if (passing.length === 0 || passing.some(({ routes }) => routes.includes(route))) return;
  const where = enumeration(passing.map((declaration) => declaration.where));
  yield route.includes("/")
    ? {
        kind: "wrong-path",
        resource,
        sentence: `${route} is open under the declaration ${where}, which names other paths.`,
        fix: wrongPathFix(parent, route),
      }
    : {
        kind: "unknown-path",
        resource,
        sentence: `${route} of "${resource.name}" is open under the declaration ${where}, but its path can't be computed, so nobody can tell whether the declaration means it.`,
        fix: `exempt it in the pack's configuration, with the rule "${id}" and the resource ${JSON.stringify(resource.name)}`,
        waysOut: [exemptedIf("it is meant", id, resource)],
      };
}

function wrongPathFix(parent: Resource, route: string): string {
  return declaringPlaceOf(parent) === "itself"
    ? `name it in the declaration, { routes: [${JSON.stringify(route)}] }, or give the method an authorization`
    : `${argumentCode(parent, [route])}   // ${inArgumentsOf(parent)}; or give the method an authorization there`;
}

/** The HTTP method of a route: `GET` of `GET /health`, or of `GET` alone. */
function methodOf(route: string): string {
  const [method = route] = route.split(" ");
  return method;
}
