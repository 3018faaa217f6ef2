import { Route } from "../endpoints/api-gateway/http-api";
import { matchesAnyToken, RestAuthorizer } from "../endpoints/api-gateway/lambda-authorizer";
import { Method } from "../endpoints/api-gateway/rest-api";
import { signUpOf, UserPool } from "../endpoints/cognito/user-pool";
import { knownElements, knownValue, type ResourceOf, type Seen, type Stack, type View } from "../stack";

/**
 * Whether a route takes every token that its authorizer finds sound. Without scopes API Gateway can't tell an access token
 * from an ID token, which says who somebody is and not what they may do. A route without an authorizer is open instead.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */
export function takesEveryToken(route: ResourceOf<typeof Route>): boolean {
  return isWithoutScopes(route, knownValue(route.word("authorizationType")) === "JWT");
}

/**
 * The methods that take the ID token of every user, from every app client of the user pool: those without scopes, unless
 * their authorizer holds the token's audience against an expression, or administrators create all of the users.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-enable-cognito-user-pool.html
 */
export function methodsThatTakeEveryToken(stack: Stack): readonly ResourceOf<typeof Method>[] {
  return stack.of(Method).filter((method) => {
    const ofUserPools = knownValue(method.word("authorization")) === "COGNITO_USER_POOLS";
    if (!isWithoutScopes(method, ofUserPools)) return false;
    const authorizer = stack.target(method, "authorizerId", RestAuthorizer);
    return authorizer.kind !== "found" || !isNarrow(stack, authorizer.resource);
  });
}

/**
 * Scopes that say who somebody is and not what they may do: those of OpenID Connect, and the one in every token that a user
 * gets by signing in. Those of a resource server are given to clients, one by one.
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
 * Whether scopes ask for more than a user of the pool. One of them is enough for a token, so that one which every user's
 * has takes away what the others ask for.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_Method.html
 */
export function askForMore(scopes: Seen<readonly Seen<string>[]>): boolean {
  if (scopes.kind !== "known") return scopes.kind === "unknown";
  const isAny = scopes.value.some(({ kind }) => kind !== "absent");
  return isAny && !knownElements(scopes).some((scope) => everyUsersScopes.has(scope));
}

/** Whether a method or a route asks for a token that every user of a pool gets. */
export function asksOnlyForAUser(way: ResourceOf<typeof Method> | ResourceOf<typeof Route>): boolean {
  const isByToken = Route.is(way)
    ? knownValue(way.word("authorizationType")) === "JWT"
    : knownValue((way as ResourceOf<typeof Method>).word("authorization")) === "COGNITO_USER_POOLS";
  return isByToken && !askForMore((way as ResourceOf<typeof Method>).list("authorizationScopes"));
}

function isWithoutScopes(
  way: View<{ authorizerId?: string; authorizationScopes?: string[] }>,
  isByToken: boolean,
): boolean {
  const hasAuthorizer = way.isSet("authorizerId");
  const hasScopes = way.isSet("authorizationScopes");
  return isByToken && hasAuthorizer && !hasScopes;
}

function isNarrow(stack: Stack, authorizer: ResourceOf<typeof RestAuthorizer>): boolean {
  if (!matchesAnyToken(authorizer)) return true;
  const arns = authorizer.list("providerArns");
  const pools = stack.madeOf(authorizer, "providerArns", UserPool);
  const areAllHere = arns.kind === "known" && pools.length > 0 && arns.value.length <= pools.length;
  return areAllHere && pools.every((pool) => signUpOf(pool) === "administrators");
}
