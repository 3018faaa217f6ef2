import type { InputProblem } from "../input-problems";
import { type Authorization, type IamAuthorization, isAuthorization } from "./authorization";

/** An authorization for which API Gateway needs an authorizer. IAM needs none. */
export type Authorizing<Of extends Authorization = Authorization> = Exclude<Of, IamAuthorization>;

const defaultNames = { JWT: "jwt", COGNITO_USER_POOLS: "cognito", CUSTOM: "lambda" };
export const authorizationHeader = "$request.header.Authorization";

/**
 * An identity source as REST and WebSocket APIs spell it: `method.request.header.Authorization` for
 * `$request.header.Authorization`, and `context.path` for `$context.path`.
 *
 * @param request how the kind of API calls a request
 */
export function identitySourceIn(request: "method.request" | "route.request", source: string): string {
  return source.replace(/^\$request\./, `${request}.`).replace(/^\$/, "");
}

export function authorizerOf<Of extends Authorization>(authorization: Of): Authorizing<Of> | undefined {
  return authorization.type === "AWS_IAM" ? undefined : (authorization as Authorizing<Of>);
}

export function authorizerName(authorization: Authorizing): string {
  return authorization.name ?? defaultNames[authorization.type];
}

/**
 * Whether two authorizations are one authorizer: API Gateway allows ten for an API. Scopes are the routes' own. Values
 * that arrive later are the same where they are the same Output.
 */
export function isSameAuthorizer(a: Authorization, b: Authorization): boolean {
  if (a.type === "JWT" && b.type === "JWT") {
    return a.issuer === b.issuer && isSameList(a.audiences, b.audiences);
  }
  if (a.type === "COGNITO_USER_POOLS" && b.type === "COGNITO_USER_POOLS") {
    return a.userPool === b.userPool && isSameList(a.clientIds, b.clientIds);
  }
  if (a.type === "CUSTOM" && b.type === "CUSTOM") {
    return (
      a.handler === b.handler &&
      (a.resultTtlInSeconds ?? 0) === (b.resultTtlInSeconds ?? 0) &&
      isSameList(a.identitySources ?? [authorizationHeader], b.identitySources ?? [authorizationHeader])
    );
  }
  return a === b;
}

function isSameList(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  return a.length === b.length && a.every((value, index) => value === b[index]);
}

/**
 * Two authorizers need two names, so that neither has to change its name when the other comes or goes.
 *
 * @param given the authorizations of an API, each with the place where it stands in the arguments
 */
export function authorizerNameProblems(given: readonly (readonly [string, unknown])[]): InputProblem[] {
  const first = new Map<string, { path: string; authorization: Authorization }>();
  return given.flatMap(([path, authorization]) => {
    const authorizer = isAuthorization(authorization) ? authorizerOf(authorization) : undefined;
    if (!authorizer) return [];
    const name = authorizerName(authorizer);
    const same = first.get(name);
    if (same === undefined) {
      first.set(name, { path, authorization: authorizer });
      return [];
    }
    if (isSameAuthorizer(same.authorization, authorizer)) return [];
    const reason = `it is another authorizer than ${same.path}: give it a name of its own`;
    return [{ propertyPath: `${path}.name`, reason }];
  });
}
