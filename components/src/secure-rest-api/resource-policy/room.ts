import { type InputProblem, isPlainRecord } from "../../input-problems";
import { restLimits } from "../../limits";
import { invokedResource, type RouteKey } from "../../routes/route-key";
import type { EffectiveAuthorization } from "../effective-authorizations";
import { spelledOut } from "../paths";

const { most: policyLimit } = restLimits.resourcePolicy;
/** Characters for the rest of the policy. */
const reserve = 1500;

/**
 * Whether the policy of an API has room to list routes, `GET/customers/*`.
 *
 * @param restricted what else it lists, from `restrictedTo`
 */
export function hasRoomFor(resources: readonly string[], restricted: readonly string[]): boolean {
  const routes = resources.map((resource) => `arn:aws-us-gov:execute-api:*:*:*/*/${resource}`);
  const listed = [...routes, ...restricted].map((text) => `"${text}",`);
  return listed.join("").length <= policyLimit - reserve;
}

/** The addresses, accounts and VPC endpoints that a policy lists, as far as they are plain. */
export function restrictedTo(resourcePolicy: unknown, endpoint: unknown): readonly string[] {
  const { ipRanges, accounts } = isPlainRecord(resourcePolicy) ? resourcePolicy : {};
  const { vpcEndpointIds } = isPlainRecord(endpoint) ? endpoint : {};
  const textsOf = (list: unknown) =>
    Array.isArray(list) ? list.filter((entry) => typeof entry === "string") : [];
  const principals = textsOf(accounts).map((account) => `arn:aws-us-gov:iam::${account}:root`);
  return [...textsOf(ipRanges), ...textsOf(vpcEndpointIds), ...principals];
}

/** Whether a route needs an Allow in the policy of its API: public routes and routes with Cognito do. */
export function needsAllow({ type }: EffectiveAuthorization): boolean {
  return type === "COGNITO_USER_POOLS" || type === "NONE";
}

/**
 * The routes that need an Allow. If the API has a Lambda authorizer, ANY becomes one entry for each method: with `*` as the
 * method, the entry for `ANY /health` would also match `GET/admin/health`.
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

const unlessRaised = "Unless AWS has raised this quota for you";

/** If the API has a Lambda authorizer, its policy lists each public or Cognito route. It has room for about a hundred. */
export function policyRoomProblems(
  routes: readonly EffectiveAuthorization[],
  resourcePolicy: unknown,
  endpoint: unknown,
): InputProblem[] {
  const restricted = restrictedTo(resourcePolicy, endpoint);
  if (!hasRoomFor([], restricted)) {
    const reason = `an API's policy has room for ${policyLimit} characters, which is too little for ${restricted.length} addresses, accounts and VPC endpoints. ${unlessRaised}, give wider ranges, or organizationId`;
    const propertyPath = resourcePolicy === undefined ? "endpoint" : "resourcePolicy";
    return [{ propertyPath, reason, isWarning: true }];
  }
  if (!isBesideLambda(routes)) return [];
  const listed = routesToAllow(routes).map(invokedResource);
  if (hasRoomFor(listed, restricted)) return [];
  const reason = `beside routes with a Lambda authorizer, the API's policy of ${policyLimit} characters has no room for ${listed.length} others. ${unlessRaised}, move them to an API of their own`;
  return [{ propertyPath: "routes", reason, isWarning: true }];
}
