import { documentOf, type Endpoint, endpointsOf, endpointTypes, Method } from "../../endpoints";
import { DeclaringComponent, lockdownOf } from "../../reading";
import type { Resource } from "../../stack";
import { nist, owasp } from "../controls";
import { type Context, type Finding, resourceRule } from "../rule";
import { dueIn, enumeration } from "../wording";

export const publicAccessIsReviewed = resourceRule({
  id: "public-access-is-reviewed",
  theme: "governance",
  title: "Public access is declared, owned and reviewed",
  severity: "high",
  level: "mandatory",
  controls: [owasp("API9:2023"), nist("AC-14")],
  why: "An endpoint that is open on purpose needs somebody who remembers the purpose. A declaration says why, who answers for it and when somebody looks again; without one of them it opens nothing.",
  fix: `{ routes: ["GET /health"], reason: "load balancer health probe, returns no data", owner: "team-edge", reviewBy: "YYYY-MM-DD" }   // a date at most 180 days ahead`,
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
    // Nothing is open then, and a date that has passed must not keep anyone from closing an API in an incident.
    const isDenied = lockdownOf(component) === "deny";
    for (const { where, routes, problems, dueInDays } of context.declarationsOf(component)) {
      if (problems.length > 0) {
        yield {
          sentence: `The declaration ${where} opens nothing because ${enumeration(problems)}.`,
          ...(isDenied && { lowered: "reminder" }),
        };
        continue;
      }
      const unapproved = notApproved(component, routes, context.options.approved);
      if (unapproved.length > 0) {
        yield {
          sentence: `The declaration ${where} names ${unapproved.join(", ")}, which the organization hasn't approved.`,
          fix: `have it added to the option "approved": ${unapproved.map((route) => JSON.stringify(`${component.project} ${route}`)).join(", ")}`,
        };
      }
      if (dueInDays !== undefined) {
        yield {
          sentence: `The review of the declaration ${where} is due ${dueIn(dueInDays)}; after that it opens nothing.`,
          fix: "look again whether the routes have to be public, then move reviewBy or close them",
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
    for (const component of stack.resources.filter((resource) => DeclaringComponent.is(resource))) {
      // A lockdown closes what was declared and opens it again: the route is there meanwhile. A preflight needs no
      // declaration, but one that is declared isn't idle.
      const isDenied = lockdownOf(component) === "deny";
      const opened = all
        .filter(({ authentication }) => isDenied || authentication.verdict !== "authenticated")
        .filter(({ resource }) => resource.parent === component.urn)
        .map(({ route }) => route);
      // While a document is unknown, nothing is known to be idle.
      if (stack.childrenOf(component).some(holdsUnknownOperations)) continue;
      for (const { where, routes, problems } of context.declarationsOf(component)) {
        if (problems.length > 0) continue;
        // Of a method whose path is another, or can't be worked out, the finding on the method speaks.
        const methods = stack.childrenOf(component).filter((child) => Method.is(child));
        const answered = endpoints
          .filter(({ resource, route }) => methods.includes(resource) && !routes.includes(route ?? ""))
          .map(({ route }) => route?.split(" ")[0]);
        const idle = routes.filter(
          (route) => !opened.includes(route) && !answered.includes(route.split(" ")[0]),
        );
        if (idle.length === 0) continue;
        yield {
          resource: component,
          sentence: `The declaration ${where} names ${idle.join(", ")}, but no open route directly under it is spelled so.`,
          fix: "remove the route from the declaration, or spell it as API Gateway shows it",
          lowered: "lesser finding",
        };
      }
    }
  },
});

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
function* wrongPath(endpoint: Endpoint, parent: Resource | undefined, context: Context): Iterable<Finding> {
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
        resource,
        sentence: `${route} stands open under the declaration ${where}, which names other paths.`,
        fix: `name it in the declaration, { routes: [${JSON.stringify(route)}] }, or give the method an authorization`,
      }
    : {
        resource,
        sentence: `${route} of "${resource.name}" stands open under the declaration ${where}, but its path can't be worked out, so nobody can tell whether it is meant.`,
        fix: `exempt it in the pack's configuration, with the rule "public-access-is-reviewed" and the resource ${JSON.stringify(resource.name)}`,
      };
}
