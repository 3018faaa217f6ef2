import { documentOf } from "../../endpoints/api-gateway/document";
import { Method } from "../../endpoints/api-gateway/rest-api";
import type { Endpoint } from "../../endpoints/endpoint";
import { endpointsOf, endpointTypes } from "../../endpoints/endpoints";
import {
  DeclaringComponent,
  declaringPlaceOf,
  isSecureRestApi,
  type ReviewedDeclaration,
} from "../../reading/exceptions/declaration";
import { type Lockdown, lockdownOf } from "../../reading/exceptions/lockdown";
import { isNearly } from "../../reading/exceptions/route-spelling";
import { groupBy, type Resource } from "../../stack";
import { nist, owasp } from "../controls";
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
  controls: [owasp("API9:2023"), nist("AC-14")],
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
      "A method is open under a declaration, but its path can't be worked out and so can't be compared.",
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
    // Nothing is open then, and a date that has passed must not keep anyone from closing an API in an incident.
    const isDenied = lockdown === "deny";
    for (const declaration of context.declarationsOf(component)) {
      const { where, routes, problems, dueInDays } = declaration;
      if (problems.length > 0) {
        const reopening = isDenied
          ? ' While lockdown is "deny" this is an advisory; going back to "none" is blocked until it is mended.'
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
  stackResources: endpointTypes,
  *checkStack(stack, context) {
    const all = endpointsOf(stack);
    const endpoints = all.filter(({ authentication }) => isOpen(authentication.verdict));
    for (const endpoint of endpoints) yield* wrongPath(endpoint, stack.parentOf(endpoint.resource), context);
    const declaring = stack.resources.filter((resource) => DeclaringComponent.is(resource));
    if (declaring.length === 0) return;
    const byParent = groupBy(all, ({ resource }) => resource.parent ?? "");
    const byRoute = groupBy(all, ({ route }) => route ?? "");
    for (const component of declaring) {
      // A lockdown closes what was declared and opens it again: the route is there meanwhile. A preflight needs no
      // declaration, but one that is declared isn't idle.
      const isDenied = lockdownOf(component) === "deny";
      const own = byParent.get(component.urn) ?? [];
      const opened = own
        .filter(({ authentication }) => isDenied || authentication.verdict !== "authenticated")
        .map(({ route }) => route);
      // While a document is unknown, nothing is known to be idle.
      const children = stack.childrenOf(component);
      if (children.some(holdsUnknownOperations)) continue;
      for (const declaration of context.declarationsOf(component)) {
        const { routes, problems } = declaration;
        if (problems.length > 0) continue;
        // Of a method whose path is another, or can't be worked out, the finding on the method speaks.
        const answered = own
          .filter(
            ({ resource, route, authentication }) =>
              isOpen(authentication.verdict) && Method.is(resource) && !routes.includes(route ?? ""),
          )
          .map(({ route }) => route?.split(" ")[0]);
        const idle = routes.filter(
          (route) => !opened.includes(route) && !answered.includes(route.split(" ")[0]),
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
    ? `, once somebody has looked again: a date at most ${context.maxReviewDays()} days ahead`
    : "";
  return `${argumentCode(component, named, atFault)}   // ${inArgumentsOf(component)}${review}`;
}

/** From its inputs alone, nobody can tell whether a document describes a REST API. */
function inArgumentsOf(component: Resource): string {
  const operations = isSecureRestApi(component) ? ", or among its openApi.operations" : "";
  return `${argumentsOf(component)}${operations}`;
}

/** How to close what was declared public, so that it stays the same resource. */
function closing(component: Resource, routes: readonly string[]): readonly WayOut[] {
  const unneeded = "if it needn't be public any more";
  switch (declaringPlaceOf(component)) {
    case "itself": {
      const [route, ...others] = routes;
      const closed = route !== undefined && others.length === 0 ? route : "each of its routes";
      return removal(component, `${unneeded}, give ${closed} an authorization`);
    }
    case "list":
      return [{ when: `${unneeded}, give the route an authorization and take it out of publicAccess` }];
    default: {
      const inDocument = isSecureRestApi(component)
        ? "; of a document's operation, leave out access and the empty security"
        : "";
      return [{ when: `${unneeded}, write an authorization in place of access${inDocument}` }];
    }
  }
}

/** Whoever removes a `PublicAccess` has to say that what stood under it is the same as before. */
function removal(declaration: Resource, before: string): readonly WayOut[] {
  const when = `${before}, remove the PublicAccess and leave an alias on what stood under it, or Pulumi replaces that`;
  return [{ when, write: aliasCode(declaration) }];
}

/** What passes in an incident although the declaration doesn't count. */
function incident(component: Resource, lockdown: Lockdown): readonly WayOut[] {
  return lockdown === "throttle" && !isSecureRestApi(component)
    ? [{ when: 'to close the API at once, write lockdown: "deny", which passes as it is' }]
    : [];
}

/**
 * A declaration that names routes which nothing open directly under it has.
 *
 * @param own the endpoints directly under it
 * @param elsewhere those that have one of the routes, and stand under no declaration
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
    `The declaration ${where} names ${idle.join(", ")}, but no open route directly under it is spelled so.`,
    ...closed.slice(0, listed).map(({ resource }) => `"${resource.name}" asks for authorization.`),
    ...respelled.slice(0, listed).map((route) => `Directly under it stands ${route}.`),
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
        ? "take the route out of publicAccess, or spell it as API Gateway shows it"
        : `write an authorization in place of the route's access, ${inArgumentsOf(component)}`;
    return { sentence, fix };
  }
  const [outside] = elsewhere;
  return {
    sentence,
    fix: outside
      ? `give "${outside.resource.name}" the PublicAccess "${component.name}" as its parent`
      : "remove the route from the declaration, or spell it as API Gateway shows it",
    waysOut: removal(component, "if nothing of it has to be public any more"),
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

/** A REST method is let pass by its HTTP method alone; here its full path is held against the declaration. */
function* wrongPath(
  endpoint: Endpoint,
  parent: Resource | undefined,
  context: Context,
): Iterable<Finding<"wrong-path" | "unknown-path">> {
  const { resource, route, authentication } = endpoint;
  if (!parent || !Method.is(resource) || route === undefined) return;
  // These are judged by endpoint-requires-authentication, which holds the full path against the declaration itself.
  const isFullyJudged = authentication.verdict === "backend-preflight" || !context.wasAnalyzed(resource);
  if (isFullyJudged && route.includes("/")) return;
  const [httpMethod] = route.split(" ");
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
        sentence: `${route} stands open under the declaration ${where}, which names other paths.`,
        fix: wrongPathFix(parent, route),
      }
    : {
        kind: "unknown-path",
        resource,
        sentence: `${route} of "${resource.name}" stands open under the declaration ${where}, but its path can't be worked out, so nobody can tell whether it is meant.`,
        fix: `exempt it in the pack's configuration, with the rule "${id}" and the resource ${JSON.stringify(resource.name)}`,
        waysOut: [exemptedIf("it is meant", id, resource)],
      };
}

function wrongPathFix(parent: Resource, route: string): string {
  return declaringPlaceOf(parent) === "itself"
    ? `name it in the declaration, { routes: [${JSON.stringify(route)}] }, or give the method an authorization`
    : `${argumentCode(parent, [route])}   // ${inArgumentsOf(parent)}; or give the method an authorization there`;
}
