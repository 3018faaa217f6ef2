import { type InputProblem, isPlainRecord } from "../../input-problems";
import { invokedResource, type RouteKey } from "../../routes/route-key";
import type { EffectiveAuthorization } from "../effective-authorizations";
import { spelledOut } from "../paths";

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
const policyLimit = 8192;
/** For what a policy says besides. */
const reserve = 1500;

/**
 * Whether an API's policy has room for routes by their names, `GET/customers/*`.
 *
 * @param restricted what else it lists, of `restrictedTo`
 */
export function hasRoomFor(resources: readonly string[], restricted: readonly string[]): boolean {
  const routes = resources.map((resource) => `arn:aws-us-gov:execute-api:*:*:*/*/${resource}`);
  const listed = [...routes, ...restricted].map((text) => `"${text}",`);
  return listed.join("").length <= policyLimit - reserve;
}

/** The addresses, accounts and VPC endpoints that a policy lists, as far as they are known now. */
export function restrictedTo(resourcePolicy: unknown, endpoint: unknown): readonly string[] {
  const { ipRanges, accounts } = isPlainRecord(resourcePolicy) ? resourcePolicy : {};
  const { vpcEndpointIds } = isPlainRecord(endpoint) ? endpoint : {};
  const textsOf = (list: unknown) =>
    Array.isArray(list) ? list.filter((entry) => typeof entry === "string") : [];
  const principals = textsOf(accounts).map((account) => `arn:aws-us-gov:iam::${account}:root`);
  return [...textsOf(ipRanges), ...textsOf(vpcEndpointIds), ...principals];
}

/** Whether a route needs an Allow where its API has a policy: a public one, and one of Cognito. */
export function needsAllow({ type }: EffectiveAuthorization): boolean {
  return type === "COGNITO_USER_POOLS" || type === "NONE";
}

/**
 * The routes that need an Allow. Beside a Lambda authorizer each method stands by itself: with a `*` for the method, what
 * the policy has for `ANY /health` would match `GET/admin/health` as well.
 */
export function routesToAllow(routes: readonly EffectiveAuthorization[]): readonly RouteKey[] {
  const allowed = routes.filter(needsAllow).map(({ key }) => key);
  if (!isBesideLambda(routes)) return allowed;
  const keys = new Set(routes.map(({ key }) => key));
  return allowed.flatMap((key) => spelledOut(key, keys));
}

function isBesideLambda(routes: readonly EffectiveAuthorization[]): boolean {
  return routes.some(({ type }) => type === "CUSTOM");
}

/** Beside a Lambda authorizer every other route stands in the API's policy by itself, which has room for about a hundred. */
export function policyRoomProblems(
  routes: readonly EffectiveAuthorization[],
  resourcePolicy: unknown,
  endpoint: unknown,
): InputProblem[] {
  const restricted = restrictedTo(resourcePolicy, endpoint);
  if (!hasRoomFor([], restricted)) {
    const reason = `an API's policy has ${policyLimit} characters at most, so there is no room for ${restricted.length} addresses, accounts and VPC endpoints: give wider ranges, or organizationId`;
    return [{ propertyPath: resourcePolicy === undefined ? "endpoint" : "resourcePolicy", reason }];
  }
  if (!isBesideLambda(routes)) return [];
  const listed = routesToAllow(routes).map(invokedResource);
  if (hasRoomFor(listed, restricted)) return [];
  const reason = `beside routes with a Lambda authorizer, the API's policy has no room for ${listed.length} others: give them an API of their own`;
  return [{ propertyPath: "routes", reason }];
}
