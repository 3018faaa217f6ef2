import { Route } from "../endpoints/api-gateway/http-api";
import type { Method } from "../endpoints/api-gateway/rest-api";
import { hasValues, isOfEveryToken, type RequiredClaim } from "../endpoints/tokens/required-claim";
import { knownElements, knownValue, type ResourceOf, type Seen } from "../stack";

/**
 * Scopes that say who somebody is and not what they may do: those of OpenID Connect, and the one that Cognito puts into
 * the token of every user who signs in. The scopes of a resource server are granted to clients one by one.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-define-resource-servers.html
 */
const everyUsersScopes: ReadonlySet<string> = new Set([
  "openid",
  "profile",
  "email",
  "phone",
  "aws.cognito.signin.user.admin",
]);

/**
 * Whether scopes require more than a user of the pool. A token needs only one listed scope, so a scope that every user
 * has makes the others pointless.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_Method.html
 */
export function requireMoreThanAUser(scopes: Seen<readonly Seen<string>[]>): boolean {
  if (scopes.kind !== "known") return scopes.kind === "unknown";
  const isAny = scopes.value.some(({ kind }) => kind !== "absent");
  return isAny && !knownElements(scopes).some((scope) => everyUsersScopes.has(scope));
}

/**
 * Claims that the token of every user of a pool has, or that name only the client. The scope is compared by itself.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
 */
const everyUsersClaims: ReadonlySet<string> = new Set(["aud", "azp", "client_id", "scope", "scp"]);

/** Whether a token needs a claim that only some users of the pool get. An unknown claim may be one. */
export function claimsRequireMoreThanAUser(claims: readonly RequiredClaim[]): boolean {
  return claims
    .filter((claim) => !isOfEveryToken(claim) && hasValues(claim.values))
    .some(({ name, values }) => {
      if (name.kind !== "known") return true;
      if (name.value === "scope" || name.value === "scp") return requireMoreThanAUser(values);
      return !everyUsersClaims.has(name.value);
    });
}

/** Whether a method or a route accepts the token of every user of a pool. */
export function acceptsEveryUser(endpoint: ResourceOf<typeof Method> | ResourceOf<typeof Route>): boolean {
  const isByToken = Route.is(endpoint)
    ? knownValue(endpoint.word("authorizationType")) === "JWT"
    : knownValue((endpoint as ResourceOf<typeof Method>).word("authorization")) === "COGNITO_USER_POOLS";
  return (
    isByToken && !requireMoreThanAUser((endpoint as ResourceOf<typeof Method>).list("authorizationScopes"))
  );
}
