import { isAuthorization } from "../authorization/authorization";
import type { PlainRecord } from "../input-problems";

/** How a route of unchecked arguments is authorized: a type of `Authorization`, or `NONE`. Undefined if they don't say it. */
export function effectiveType(route: PlainRecord, defaultAuthorization: unknown): string | undefined {
  if (route.access !== undefined) return "NONE";
  const authorization = route.authorization ?? defaultAuthorization;
  return isAuthorization(authorization) ? authorization.type : undefined;
}
