import type { InputProblem } from "../../input-problems";
import { invokedResource, type RouteKey } from "../../routes/route-key";
import type { EffectiveAuthorization } from "../effective-authorizations";

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
const policyLimit = 8192;
/** For what a policy says besides. */
const reserve = 1500;

/** Whether an API's policy has room for routes by their names, `GET/customers/*`. */
export function hasRoomFor(resources: readonly string[]): boolean {
  const listed = resources.map((resource) => `"arn:aws-us-gov:execute-api:*:*:*/*/${resource}",`);
  return listed.join("").length <= policyLimit - reserve;
}

/** The routes that need an Allow where their API has a policy: the public ones, and those of Cognito. */
export function routesToAllow(routes: readonly EffectiveAuthorization[]): readonly RouteKey[] {
  return routes.filter(({ type }) => type === "COGNITO_USER_POOLS" || type === "NONE").map(({ key }) => key);
}

/** Beside a Lambda authorizer every other route stands in the API's policy by itself, which has room for about a hundred. */
export function policyRoomProblems(authorizations: readonly EffectiveAuthorization[]): InputProblem[] {
  if (!authorizations.some(({ type }) => type === "CUSTOM")) return [];
  const listed = routesToAllow(authorizations).map(invokedResource);
  if (hasRoomFor(listed)) return [];
  const reason = `beside routes with a Lambda authorizer, the API's policy has no room for ${listed.length} others: give them an API of their own`;
  return [{ propertyPath: "routes", reason }];
}
