import {
  absent,
  knownElements,
  knownValue,
  type Resource,
  type ResourceOf,
  type Seen,
  type Stack,
  unknown,
  type View,
} from "../../stack";
import { type MethodSettingsOf, restStages } from "./rest-stage";
import { StageV2 } from "./stage";

/** The most that a throttle may let through and still be one. */
export interface Ceilings {
  /** Requests per second. */
  readonly rate: number;
  /** Requests at once. */
  readonly burst: number;
}

/** What is wrong with the throttle of a stage, on the resource that sets it or should set it. */
export interface ThrottleProblem {
  readonly resource: Resource;
  /** Whether the resource is the stage, or creates it, and sets nothing for all of its methods or routes. */
  readonly isUnset: boolean;
  readonly faults: readonly ThrottleFault[];
}

export interface ThrottleFault {
  /** For what the number is: `all methods`, `GET /customers`. */
  readonly of: string;
  readonly number: "throttlingRateLimit" | "throttlingBurstLimit";
  /** `off`: absent, or below 0. `zero`: every request is answered with 429. */
  readonly is: "off" | "zero" | "too high";
}

/**
 * The stages of a stack that don't limit how many requests they accept. Both numbers have to be set for all methods or routes,
 * and again wherever a method or a route has settings of its own, which inherit nothing. A number that isn't known before the
 * deployment counts as set.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
 */
export function throttleProblems(stack: Stack, ceilings: Ceilings): readonly ThrottleProblem[] {
  return [
    ...restProblems(stack, ceilings),
    ...stack.of(StageV2).flatMap((stage) => otherProblems(stage, ceilings)),
  ];
}

function restProblems(stack: Stack, ceilings: Ceilings): readonly ThrottleProblem[] {
  return restStages(stack).flatMap(({ resource: stage, settings }): readonly ThrottleProblem[] => {
    const judged = settings.map(({ resource, isForAll, route, values }) => ({
      resource,
      isForAll,
      faults: faultsOf(values, isForAll ? "all methods" : (route ?? "a method"), ceilings),
    }));
    const forAll = judged.filter(({ isForAll }) => isForAll);
    // Where several set something for all methods, one of them may set the throttle.
    const isLimited = forAll.some(({ faults }) => faults.length === 0);
    const faulty = judged.filter(({ isForAll, faults }) => faults.length > 0 && !(isForAll && isLimited));
    const byResource = new Map<Resource, ThrottleFault[]>();
    if (stage && forAll.length === 0) byResource.set(stage, bothOff("all methods"));
    for (const { resource, faults } of faulty) {
      byResource.set(resource, [...(byResource.get(resource) ?? []), ...faults]);
    }
    return [...byResource].map(([resource, faults]) => ({
      resource,
      isUnset: resource === stage && forAll.length === 0,
      faults,
    }));
  });
}

function otherProblems(stage: ResourceOf<typeof StageV2>, ceilings: Ceilings): readonly ThrottleProblem[] {
  const all = stage.record("defaultRouteSettings");
  const routes = stage.records("routeSettings");
  const ofAll =
    all.kind === "known"
      ? faultsOf(all.value, "all routes", ceilings)
      : all.kind === "absent"
        ? bothOff("all routes")
        : [];
  const ofRoutes = (knownValue(routes) ?? []).flatMap((route) =>
    route.kind === "known"
      ? faultsOf(route.value, knownValue(route.value.text("routeKey")) ?? "a route", ceilings)
      : [],
  );
  const faults = [...ofAll, ...ofRoutes];
  return faults.length > 0 ? [{ resource: stage, isUnset: all.kind === "absent", faults }] : [];
}

/** How many requests a stage lets through. */
export interface Throttle {
  /** Requests per second. Absent where nothing limits them but the account's limit. */
  readonly rate: Seen<number>;
  /** Requests at once. */
  readonly burst: Seen<number>;
}

/**
 * The throttle of one route at a stage of a REST API. A method with settings of its own inherits nothing.
 *
 * @param route `GET /customers/{id}`; undefined where it isn't known, which reads the settings for all methods
 */
export function restThrottle(settings: readonly MethodSettingsOf[], route: string | undefined): Throttle {
  const own = settings.filter((one) => !one.isForAll && one.route === route);
  const forAll = settings.filter(({ isForAll }) => isForAll);
  // Where several set something for all methods, one of them may set the throttle.
  const all = (own.length > 0 ? own : forAll).map(({ values }) => limits(values));
  return all.find(({ rate, burst }) => rate.kind !== "absent" || burst.kind !== "absent") ?? unthrottled;
}

/**
 * The same at a stage of an HTTP or a WebSocket API.
 *
 * @param route as the route's key writes it
 */
export function routeThrottle(stage: ResourceOf<typeof StageV2>, route: string | undefined): Throttle {
  const routes = stage.records("routeSettings");
  if (routes.kind === "unknown") return { rate: unknown, burst: unknown };
  const own = knownElements(routes).find((one) => knownValue(one.text("routeKey")) === route);
  if (own && route !== undefined) return limits(own);
  const all = stage.record("defaultRouteSettings");
  if (all.kind === "unknown") return { rate: unknown, burst: unknown };
  return all.kind === "known" ? limits(all.value) : unthrottled;
}

const unthrottled: Throttle = { rate: absent, burst: absent };

/** The provider writes -1 where a throttle is off. */
function limits(settings: View<Numbers>): Throttle {
  const limit = (number: Seen<number>) => (number.kind === "known" && number.value < 0 ? absent : number);
  return {
    rate: limit(settings.number("throttlingRateLimit")),
    burst: limit(settings.number("throttlingBurstLimit")),
  };
}

interface Numbers {
  throttlingRateLimit?: number | undefined;
  throttlingBurstLimit?: number | undefined;
}

function faultsOf(settings: View<Numbers>, of: string, ceilings: Ceilings): ThrottleFault[] {
  const faultOf = (number: ThrottleFault["number"], ceiling: number): ThrottleFault[] => {
    const is = faultIn(settings.number(number), ceiling);
    return is ? [{ of, number, is }] : [];
  };
  return [
    ...faultOf("throttlingRateLimit", ceilings.rate),
    ...faultOf("throttlingBurstLimit", ceilings.burst),
  ];
}

/** The provider writes -1 where a throttle is off. */
function faultIn(seen: Seen<number>, ceiling: number): ThrottleFault["is"] | undefined {
  if (seen.kind === "unknown") return undefined;
  const value = knownValue(seen) ?? -1;
  if (value < 0) return "off";
  if (value === 0) return "zero";
  return value >= ceiling ? "too high" : undefined;
}

function bothOff(of: string): ThrottleFault[] {
  return [
    { of, number: "throttlingRateLimit", is: "off" },
    { of, number: "throttlingBurstLimit", is: "off" },
  ];
}
