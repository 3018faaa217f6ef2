import type { InputProblem } from "../../input-problems";
import { methodOf, pathOf, type RouteKey, withParameters } from "../../routes/route-key";
import type { EffectiveAuthorization } from "../effective-authorizations";
import { partsOf, spelledOut } from "../paths";
import { needsAllow } from "./room";

/**
 * Where the policy has to allow a route, and allows paths of a Lambda authorizer's route with it: `GET/c/*` is there for
 * `GET /c/{id}`, and matches `/c/1/orders` as well. Where the function's answer says nothing of such a path, the Allow counts.
 *
 * @param placeOf where a route stands in the arguments
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
    const reason = `the API's policy has to allow ${pattern}, where * stands for slashes too, and for nothing, so that it matches paths of ${JSON.stringify(reached.key)}: whoever the function of that Lambda authorizer says nothing of would be let in. Give one of the two an API of its own, or both the same authorization`;
    return [{ propertyPath: placeOf(key), reason }];
  });
}

type Parts = readonly string[];

const isParameter = (part: string | undefined) => part?.startsWith("{") ?? false;
const isGreedy = (part: string | undefined) => part?.endsWith("+}") ?? false;

/** Whether what the policy allows for one path matches a request that API Gateway gives to another. */
function reaches(allowed: Parts, checked: Parts): boolean {
  if (overlaps(allowed, checked, !comesFirst(allowed, checked))) return true;
  // `/c/*` matches `/c/`, which API Gateway takes for `/c`.
  const above = allowed.slice(0, -1);
  return isParameter(allowed.at(-1)) && !comesFirst(above, checked) && overlaps(above, checked, true);
}

/**
 * Whether a path has requests that a pattern matches, in which a parameter stands for one part or more.
 *
 * @param isBeyond whether requests that the pattern's own route takes count as well
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
function overlaps(pattern: Parts, path: Parts, isBeyond: boolean): boolean {
  const [wanted, ...wantedNext] = pattern;
  const [given, ...givenNext] = path;
  if (wanted === undefined || given === undefined) return wanted === given && isBeyond;
  if (!isParameter(wanted) && !isParameter(given) && wanted !== given) return false;
  // A greedy parameter takes as many parts as the pattern does.
  const isNowBeyond = isBeyond || !(pattern.every(isParameter) && isGreedy(pattern.at(-1)));
  return (
    overlaps(wantedNext, givenNext, isBeyond) ||
    (isGreedy(given) && overlaps(wantedNext, path, isBeyond)) ||
    (isParameter(wanted) && overlaps(pattern, givenNext, isNowBeyond)) ||
    (isParameter(wanted) && isGreedy(given) && isNowBeyond && !isBeyond && overlaps(pattern, path, true))
  );
}

/** Whether API Gateway gives a request that two paths have to the first: to a name before a parameter, a greedy one last. */
function comesFirst(one: Parts, other: Parts): boolean {
  const rankOf = (part: string | undefined) => (isGreedy(part) ? 2 : isParameter(part) ? 1 : 0);
  const differs = one.findIndex((part, index) => rankOf(part) !== rankOf(other[index]));
  return differs >= 0 && differs < other.length && rankOf(one[differs]) < rankOf(other[differs]);
}
