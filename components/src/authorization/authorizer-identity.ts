import type { InputProblem } from "../input-problems";
import { type Authorization, type IamAuthorization, isAuthorization } from "./authorization";

/** An authorization with an authorizer. IAM has none. */
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
 * Whether two authorizations can share an authorizer, since API Gateway allows ten for an API. Scopes don't matter: routes
 * have them. Two Outputs are equal only if they are the same object.
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
 * Requires a name for each authorizer. Otherwise adding one would rename another.
 *
 * @param given the authorizations of an API, each with its path in the arguments
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
    const reason = `it differs from the authorizer at ${same.path}: give it its own name`;
    return [{ propertyPath: `${path}.name`, reason }];
  });
}
