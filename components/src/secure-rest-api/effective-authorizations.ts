import { isPlainRecord, type PlainRecord } from "../input-problems";
import { effectiveType } from "../routes/effective-type";
import { isRouteKey, type RouteKey } from "../routes/route-key";

/** How a route of unchecked arguments is authorized. */
export interface EffectiveAuthorization {
  readonly key: RouteKey;
  /** `NONE` if the route is public. Undefined if the arguments don't say it. */
  readonly type: string | undefined;
}

export function effectiveAuthorizations(
  routes: PlainRecord,
  defaultAuthorization: unknown,
): readonly EffectiveAuthorization[] {
  return Object.entries(routes).flatMap(([key, route]): EffectiveAuthorization[] => {
    if (!isRouteKey(key) || !isPlainRecord(route)) return [];
    return [{ key, type: effectiveType(route, defaultAuthorization) }];
  });
}
