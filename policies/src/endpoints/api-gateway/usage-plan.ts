import type { UsagePlanArgs } from "@pulumi/aws/apigateway";
import {
  absent,
  knownElements,
  knownValue,
  type Resource,
  type ResourceOf,
  resourceType,
  type Seen,
  type Stack,
  unknown,
  type View,
} from "../../stack";
import { type AnyApi, apiOf } from "./api-of";
import { Deployment, Stage, StageV2 } from "./stage";

export const UsagePlan = resourceType<UsagePlanArgs>("aws:apigateway/usagePlan:UsagePlan", {
  apiStages: "reference",
  throttleSettings: "reference",
  quotaSettings: "reference",
});

/** What a usage plan doesn't limit. */
export interface UnlimitedPlan {
  /** The numbers of its throttle that it doesn't set. */
  readonly throttle: readonly ("rateLimit" | "burstLimit")[];
  /** Whether it sets no throttle at all. */
  readonly hasNoThrottle: boolean;
  /** Whether it lets a client send any number of requests in the long run. */
  readonly hasNoQuota: boolean;
}

/**
 * The limits that a usage plan lacks. A number below 0 is none. What isn't known before the deployment counts as set.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 */
export function missingLimits(plan: ResourceOf<typeof UsagePlan>): UnlimitedPlan {
  const { rate, burst, limit, hasThrottle } = limitsOf(plan);
  return {
    throttle: [
      ...(rate.kind === "absent" ? (["rateLimit"] as const) : []),
      ...(burst.kind === "absent" ? (["burstLimit"] as const) : []),
    ],
    hasNoThrottle: !hasThrottle,
    hasNoQuota: limit.kind === "absent",
  };
}

/** What a usage plan lets each of its API keys send. */
export interface KeyLimits {
  readonly plan: ResourceOf<typeof UsagePlan>;
  /** Requests per second. */
  readonly rate: Seen<number>;
  /** Requests at once. */
  readonly burst: Seen<number>;
  /** Requests in a period, to all that the plan covers. */
  readonly limit: Seen<number>;
  /** `DAY`, `WEEK` or `MONTH`. Absent without a limit. */
  readonly period: Seen<string>;
}

/**
 * The usage plans that cover a stage, and what each lets a key send to a route of it. A key belongs to one of them for each stage, and
 * one without a plan gets 403. Undefined where nothing shows whether a plan covers the stage.
 *
 * @param route `GET /customers/{id}`; undefined where it isn't known, which reads the limits of the whole plan
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_ApiStage.html
 */
export function keyLimits(
  stack: Stack,
  stage: Resource,
  api: AnyApi,
  name: string | undefined,
  route: string | undefined,
): readonly KeyLimits[] | undefined {
  const found: KeyLimits[] = [];
  for (const plan of stack.of(UsagePlan)) {
    const covered = coverageOf(stack, plan, stage, api, name);
    if (covered === "unknown") return undefined;
    if (covered === "none") continue;
    const { rate, burst, limit, period } = limitsOf(plan);
    const own = route === undefined ? undefined : throttleOf(covered, route);
    found.push({ plan, limit, period, rate: own?.rate ?? rate, burst: own?.burst ?? burst });
  }
  return found;
}

type ApiStage = View<{ apiId: string; stage: string; throttles?: MethodLimits[] }>;

/** The entry of a plan that covers a stage. */
function coverageOf(
  stack: Stack,
  plan: ResourceOf<typeof UsagePlan>,
  stage: Resource,
  api: AnyApi,
  name: string | undefined,
): ApiStage | "none" | "unknown" {
  const list = plan.records("apiStages");
  if (list.kind === "absent") return "none";
  const made = stack.allMadeOf(plan, "apiStages");
  const stages = made.filter((one) => [Stage, StageV2, Deployment].some((type) => type.is(one)));
  const apis = new Set(made.flatMap((one) => apiOf(stack, one) ?? []));
  const mayBeThis = made.length === 0 || apis.has(api);
  if (list.kind === "unknown") return mayBeThis ? "unknown" : "none";
  let isOpen = false;
  for (const entry of list.value) {
    if (entry.kind !== "known") {
      isOpen ||= mayBeThis;
      continue;
    }
    const id = entry.value.text("apiId");
    const at = knownValue(entry.value.text("stage"));
    const isOfApi = id.kind === "known" ? idsMatch(stack, api, id.value) : mayBeThis ? "perhaps" : "no";
    if (isOfApi === "no" || (at !== undefined && name !== undefined && at !== name)) continue;
    const isNamed = at !== undefined && name !== undefined;
    // What the list was made of tells which API and which stage it names, if there is only one.
    const isThisApi = isOfApi === "yes" || (apis.size === 1 && apis.has(api));
    const isThisStage = isNamed || (stages.length === 1 && stages.includes(stage));
    if (isThisApi && isThisStage) return entry.value as ApiStage;
    if (isNamed || stages.length === 0 || stages.includes(stage)) isOpen = true;
  }
  return isOpen ? "unknown" : "none";
}

/** An id is known where the API is deployed, or where the program writes it out. */
function idsMatch(stack: Stack, api: AnyApi, id: string): "yes" | "no" {
  return stack.idsOf(api).includes(id) ? "yes" : "no";
}

interface MethodLimits extends Limits {
  path: string;
}

/** What an entry sets for one method. A list that isn't known may set anything. */
function throttleOf(entry: ApiStage, route: string): Pick<KeyLimits, "rate" | "burst"> | undefined {
  const list = entry.records("throttles");
  if (list.kind === "unknown") return { rate: unknown, burst: unknown };
  const [method = "", path = ""] = route.split(" ");
  const own = knownElements(list).find((one) => knownValue(one.text("path")) === `${path}/${method}`);
  return own && { rate: limitIn(own.number("rateLimit")), burst: limitIn(own.number("burstLimit")) };
}

interface Limits {
  rateLimit?: number | undefined;
  burstLimit?: number | undefined;
}

interface PlanLimits extends Omit<KeyLimits, "plan"> {
  readonly hasThrottle: boolean;
}

function limitsOf(plan: ResourceOf<typeof UsagePlan>): PlanLimits {
  const throttle = plan.record("throttleSettings");
  const quota = plan.record("quotaSettings");
  const inThrottle = (name: keyof Limits): Seen<number> =>
    throttle.kind === "known" ? limitIn((throttle.value as View<Limits>).number(name)) : throttle;
  const limit = quota.kind === "known" ? limitIn(quota.value.number("limit")) : quota;
  const period = quota.kind === "known" ? quota.value.word("period") : quota;
  return {
    rate: inThrottle("rateLimit"),
    burst: inThrottle("burstLimit"),
    limit,
    period: limit.kind === "absent" ? absent : period,
    hasThrottle: throttle.kind !== "absent",
  };
}

/** A number below 0 is no limit. */
function limitIn(seen: Seen<number>): Seen<number> {
  return seen.kind === "known" && seen.value < 0 ? absent : seen;
}
