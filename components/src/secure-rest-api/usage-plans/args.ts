import {
  entryOf,
  type InputProblem,
  isPlainRecord,
  type NamesOf,
  unknownProperties,
} from "../../input-problems";
import { limitProblems, restLimits } from "../../limits";
import { type Throttle, throttleProblems } from "../../throttle";

const periods = ["DAY", "WEEK", "MONTH"] as const;

/** How many requests a key may send in a period. */
export interface Quota {
  /** The number of requests. A whole number, more than 0. */
  readonly limit: number;
  readonly period: (typeof periods)[number];
}

/**
 * Limits for each client of a plan. AWS enforces them on a best-effort basis, so they limit use and cost, but don't keep
 * attackers out.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 */
export interface UsagePlan {
  readonly throttle: Throttle;
  /**
   * `"none"` bounds only how fast a client calls, not how much it reads in a day. The policy pack reports such a plan
   * (`usage-plan-limits-clients`), so it needs an exemption with an owner.
   */
  readonly quota: Quota | "none";
  /** A name for each client, for which a key is created, at least one: 1 to 60 letters, digits, hyphens and underscores. */
  readonly clients: readonly string[];
}

/** Usage plans by name. Everything is plain, because it decides how many keys are created. */
export type UsagePlans = Readonly<Record<string, UsagePlan>>;

const planArguments: NamesOf<UsagePlan> = { throttle: true, quota: true, clients: true };
const quotaArguments: NamesOf<Quota> = { limit: true, period: true };
const plainName = /^[A-Za-z0-9_-]{1,60}$/;

/** @param isMetered whether a route requires a key */
export function usagePlansProblems(plans: unknown, isMetered: boolean, propertyPath: string): InputProblem[] {
  if (plans === undefined) return [];
  if (!isPlainRecord(plans) || Object.keys(plans).length === 0) {
    return [{ propertyPath, reason: "give plans by name, { partners: { throttle, quota, clients } }" }];
  }
  const problems: InputProblem[] = isMetered
    ? []
    : [{ propertyPath, reason: "set apiKeyRequired: true on a route: without it, nobody needs a key" }];
  const { usagePlans, apiKeys } = restLimits;
  const count = Object.keys(plans).length;
  problems.push(
    ...limitProblems(usagePlans, count, propertyPath, "put clients with the same limits into one plan"),
  );
  const planOfClient = new Map<string, string>();
  for (const [name, plan] of Object.entries(plans)) {
    const path = entryOf(propertyPath, name);
    if (!plainName.test(name)) {
      problems.push({ propertyPath: path, reason: "use 1 to 60 letters, digits, hyphens and underscores" });
    }
    problems.push(...planProblems(plan, path));
    for (const client of clientsOf(plan)) {
      const other = planOfClient.get(client);
      if (other !== undefined) {
        // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-create-usage-plans.html
        const reason = `choose another name: "${other}" has a client of the same name, and a key belongs to one plan of a stage`;
        problems.push({ propertyPath: `${path}.clients`, reason });
      }
      planOfClient.set(client, name);
    }
  }
  const advice = "tell clients apart by their tokens instead of keys";
  return [...problems, ...limitProblems(apiKeys, planOfClient.size, propertyPath, advice)];
}

function planProblems(plan: unknown, path: string): InputProblem[] {
  if (!isPlainRecord(plan)) {
    return [{ propertyPath: path, reason: "give { throttle, quota, clients } as plain values" }];
  }
  const clients = clientsOf(plan);
  const hasClients =
    clients.length > 0 && Array.isArray(plan.clients) && plan.clients.length === clients.length;
  return [
    ...unknownProperties(plan, planArguments, `${path}.`),
    ...(plan.throttle === undefined
      ? [{ propertyPath: `${path}.throttle`, reason: "give { rateLimit, burstLimit }" }]
      : throttleProblems(plan.throttle, `${path}.throttle`)),
    ...quotaProblems(plan.quota, `${path}.quota`),
    ...(hasClients && clients.every((client) => plainName.test(client))
      ? []
      : [
          {
            propertyPath: `${path}.clients`,
            reason: "list a name for each client as plain text, of letters, digits, hyphens and underscores",
          },
        ]),
  ];
}

function clientsOf(plan: unknown): readonly string[] {
  const clients: unknown = isPlainRecord(plan) ? plan.clients : undefined;
  return Array.isArray(clients) ? clients.filter((client) => typeof client === "string") : [];
}

function quotaProblems(quota: unknown, propertyPath: string): InputProblem[] {
  if (quota === "none") return [];
  if (!isPlainRecord(quota)) {
    return [
      { propertyPath, reason: 'give { limit, period }, or write "none" to limit only how fast clients call' },
    ];
  }
  const { limit, period } = quota;
  return [
    ...unknownProperties(quota, quotaArguments, `${propertyPath}.`),
    ...(typeof limit === "number" && Number.isInteger(limit) && limit > 0
      ? []
      : [{ propertyPath: `${propertyPath}.limit`, reason: "give requests as a whole number above 0" }]),
    ...(periods.some((known) => known === period)
      ? []
      : [
          {
            propertyPath: `${propertyPath}.period`,
            reason: `write ${periods.map((known) => `"${known}"`).join(", ")}`,
          },
        ]),
  ];
}
