import type { InputProblem } from "../../input-problems";
import { methodOf, pathOf, type RouteKey, withParameters } from "../../routes/route-key";
import type { EffectiveAuthorization } from "../effective-authorizations";
import { partsOf, spelledOut } from "../paths";
import { needsAllow } from "./room";

/**
 * Refuses a route for which the policy would also allow paths of a route with a Lambda authorizer. For example, the policy has
 * `GET/c/*` for `GET /c/{id}`, and that matches `/c/1/orders` too. If the function's answer says nothing about such a path,
 * the Allow applies.
 *
 * @param placeOf the path of a route in the arguments
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
export function silentConsentProblems(
  routes: readonly EffectiveAuthorization[],
  placeOf: (key: string) => string,
): InputProblem[] {
  const keys = new Set(routes.map(({ key }) => key));
  const methodsOf = (key: RouteKey) => spelledOut(key, keys).map(methodOf);
  const checked = routes.filter(({ type }) => type === "CUSTOM");
  return routes.filter(needsAllow).flatMap(({ key }) => {
    const reached = checked.find(
      (other) =>
        methodsOf(key).some((method) => methodsOf(other.key).includes(method)) &&
        reaches(partsOf(pathOf(key)), partsOf(pathOf(other.key))),
    );
    if (!reached) return [];
    const pattern = withParameters(pathOf(key), "*");
    const reason = `the API's policy has to allow ${pattern} for it. There, * matches slashes and empty text too, so it also matches paths of ${JSON.stringify(reached.key)}: if the Lambda authorizer of that route says nothing about such a path, the caller gets in. Move one of the two to an API of its own, or give both the same authorization`;
    return [{ propertyPath: placeOf(key), reason }];
  });
}

type Parts = readonly string[];

const isParameter = (part: string | undefined) => part?.startsWith("{") ?? false;
const isGreedy = (part: string | undefined) => part?.endsWith("+}") ?? false;

/** Whether the pattern of one path matches a request that API Gateway routes to another. */
function reaches(allowed: Parts, checked: Parts): boolean {
  if (overlaps(allowed, checked, !comesFirst(allowed, checked))) return true;
  // `/c/*` matches `/c/`, which API Gateway routes to `/c`.
  const above = allowed.slice(0, -1);
  return isParameter(allowed.at(-1)) && !comesFirst(above, checked) && overlaps(above, checked, true);
}

/**
 * Whether a pattern matches a request of a path. A parameter in the pattern matches one segment or more.
 *
 * @param isBeyond whether requests of the pattern's own route count too
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
function overlaps(pattern: Parts, path: Parts, isBeyond: boolean): boolean {
  const [wanted, ...wantedNext] = pattern;
  const [given, ...givenNext] = path;
  if (wanted === undefined || given === undefined) return wanted === given && isBeyond;
  if (!isParameter(wanted) && !isParameter(given) && wanted !== given) return false;
  // A greedy parameter matches as many segments as the pattern.
  const isNowBeyond = isBeyond || !(pattern.every(isParameter) && isGreedy(pattern.at(-1)));
  return (
    overlaps(wantedNext, givenNext, isBeyond) ||
    (isGreedy(given) && overlaps(wantedNext, path, isBeyond)) ||
    (isParameter(wanted) && overlaps(pattern, givenNext, isNowBeyond)) ||
    (isParameter(wanted) && isGreedy(given) && isNowBeyond && !isBeyond && overlaps(pattern, path, true))
  );
}

/**
 * Whether API Gateway prefers the first of two paths that match a request. It prefers names to parameters, and greedy ones
 * last.
 */
function comesFirst(one: Parts, other: Parts): boolean {
  const rankOf = (part: string | undefined) => (isGreedy(part) ? 2 : isParameter(part) ? 1 : 0);
  const differs = one.findIndex((part, index) => rankOf(part) !== rankOf(other[index]));
  return differs >= 0 && differs < other.length && rankOf(one[differs]) < rankOf(other[differs]);
}
