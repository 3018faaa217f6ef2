import { isAuthorization } from "../authorization/authorization";
import { isPlainRecord, type PlainRecord } from "../input-problems";
import { isRouteKey, type RouteKey } from "../routes/route-key";

/** How a route is authorized, of arguments that haven't been checked. */
export interface EffectiveAuthorization {
  readonly key: RouteKey;
  /** `NONE` where it is declared public; undefined where nothing that can be read says it. */
  readonly type: string | undefined;
}

export function effectiveAuthorizations(
  routes: PlainRecord,
  defaultAuthorization: unknown,
): readonly EffectiveAuthorization[] {
  return Object.entries(routes).flatMap(([key, route]): EffectiveAuthorization[] => {
    if (!isRouteKey(key) || !isPlainRecord(route)) return [];
    if (route.access !== undefined) return [{ key, type: "NONE" }];
    const own = route.authorization ?? defaultAuthorization;
    return [{ key, type: isAuthorization(own) ? own.type : undefined }];
  });
}
