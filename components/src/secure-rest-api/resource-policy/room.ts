import type { InputProblem } from "../../input-problems";
import { invokedResource } from "../../routes/route-key";
import type { EffectiveAuthorization } from "../effective-authorizations";

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
const policyLimit = 8192;
/** For what a policy says besides. */
const reserve = 1500;

/** Beside a Lambda authorizer every other route stands in the API's policy by itself, which has room for about a hundred. */
export function policyRoomProblems(authorizations: readonly EffectiveAuthorization[]): InputProblem[] {
  if (!authorizations.some(({ type }) => type === "CUSTOM")) return [];
  const listed = authorizations
    .filter(({ type }) => type === "COGNITO_USER_POOLS" || type === "NONE")
    .map(({ key }) => `"arn:aws-us-gov:execute-api:*:*:*/*/${invokedResource(key)}",`);
  if (listed.join("").length <= policyLimit - reserve) return [];
  const reason = `beside routes with a Lambda authorizer, the API's policy has no room for ${listed.length} others: give them an API of their own`;
  return [{ propertyPath: "routes", reason }];
}
