import { type Given, kindOf, type Reported } from "../analyze";
import { inventoryFrom } from "./given";

/** The rules about who may call an endpoint. What they report lets in somebody who shouldn't be let in. */
const rulesOfWaysIn: ReadonlySet<string> = new Set([
  "agent-gateway-requires-authorizer",
  "container-service-requires-authentication",
  "endpoint-requires-authentication",
  "event-api-forbids-api-keys",
  "function-url-requires-iam",
  "gateway-component-requires-authorizers",
  "graphql-api-forbids-api-keys",
  "http-api-forbids-quick-create",
  "http-route-requires-authorization",
  "lattice-service-requires-iam",
  "load-balancer-authentication-holds",
  "load-balancer-requires-authentication",
  "openapi-operation-requires-authorization",
  "rest-method-requires-authorization",
  "websocket-connect-requires-authorization",
]);

const passes: ReadonlySet<string> = new Set(["authenticated", "preflight"]);

/** Their kinds of finding about settings by which nobody gets in: of a policy, or of a listener that may forward nobody. */
const aboutNobody: ReadonlySet<string | undefined> = new Set(["inactive-policy", "weak-certificate-check"]);

/**
 * What a rule reports is a way in, and the inventory has one on the same resource that isn't closed, or that lets in more callers
 * than it should: neither may know of an open door that the other calls shut.
 *
 * @returns what only the rules know of
 */
export function missingInInventory(
  given: readonly Given[],
  reported: readonly Reported[],
): readonly Reported[] {
  // A preview and a state have the inputs of every resource.
  const onlyInStack = new Set(given.filter((one) => one.onlyInStack).map(({ name }) => name));
  const found = reported.filter(
    (one) => rulesOfWaysIn.has(one.rule) && !aboutNobody.has(kindOf(one)) && !onlyInStack.has(one.resource),
  );
  if (found.length === 0) return [];
  const open = inventoryFrom(given).rows.filter(
    ({ authentication: { verdict, weaknesses } }) => !passes.has(verdict) || weaknesses.length > 0,
  );
  const parents = new Map(given.map(({ name, parent }) => [name, parent]));
  // A finding in a template is reported on the resource that brings it, and one about the routes of a component on the component.
  return found.filter(
    ({ resource }) =>
      !open.some(
        ({ name, urn }) =>
          name === resource || parents.get(name) === resource || urn.includes(`::${resource}.`),
      ),
  );
}

/** Services that also serve web sites, which may be open by nature: no rule reports them unless it is told to. */
const mayServeAnyone: ReadonlySet<string> = new Set(["load balancer", "VPC Lattice service"]);

/**
 * The same the other way round, where nothing is configured that accepts an opening: what the inventory calls open or undeclared is
 * reported.
 *
 * @returns what only the inventory knows of, as RESOURCE ROUTE
 */
export function onlyInInventory(given: readonly Given[], reported: readonly Reported[]): readonly string[] {
  const onlyInStack = given.some((one) => one.onlyInStack);
  if (onlyInStack) return [];
  const parents = new Map(given.map(({ name, parent }) => [name, parent]));
  const named = new Set(reported.map(({ resource }) => resource));
  return inventoryFrom(given)
    .rows.filter(
      ({ authentication: { verdict }, declaration, surface }) =>
        (verdict === "open" || verdict === "key-only" || verdict === "undetermined") &&
        declaration === null &&
        !mayServeAnyone.has(surface),
    )
    .filter(({ name, urn }) => {
      const holder = urn.split("::").at(-1)?.split(".")[0] ?? "";
      return ![name, parents.get(name), holder].some((one) => one !== undefined && named.has(one));
    })
    .map(({ name, method, path }) => `${name} ${method ?? ""} ${path ?? ""}`);
}
