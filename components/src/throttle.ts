import { type InputProblem, isPlainRecord, type NamesOf, unknownProperties } from "./input-problems";

/**
 * How many requests API Gateway accepts. It answers the others with 429. The limits are targets: API Gateway enforces them on
 * a best-effort basis. It applies the usage plan's limit first (REST APIs only), then the route's or else the stage's, and
 * then the account's limit for the region, which all its APIs share.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
 */
export interface Throttle {
  /** Steady requests per second. More than 0. */
  readonly rateLimit: number;
  /** Requests accepted at once, before the rate applies. A whole number, more than 0. */
  readonly burstLimit: number;
}

export const defaultThrottle: Throttle = { rateLimit: 100, burstLimit: 200 };

const throttleArguments: NamesOf<Throttle> = { rateLimit: true, burstLimit: true };

/** A throttle as a stage's settings spell it. */
export function throttlingOf({ rateLimit, burstLimit }: Throttle) {
  return { throttlingRateLimit: rateLimit, throttlingBurstLimit: burstLimit };
}

export function throttleProblems(throttle: unknown, propertyPath: string): InputProblem[] {
  if (throttle === undefined) return [];
  if (!isPlainRecord(throttle)) {
    return [{ propertyPath, reason: "give { rateLimit, burstLimit } as plain numbers" }];
  }
  const problems = unknownProperties(throttle, throttleArguments, `${propertyPath}.`);
  const { rateLimit, burstLimit } = throttle;
  if (typeof rateLimit !== "number" || !Number.isFinite(rateLimit) || rateLimit <= 0) {
    problems.push({
      propertyPath: `${propertyPath}.rateLimit`,
      reason: `give requests per second as a number above 0: ${zeroRefusesAll}`,
    });
  }
  if (typeof burstLimit !== "number" || !Number.isInteger(burstLimit) || burstLimit <= 0) {
    problems.push({
      propertyPath: `${propertyPath}.burstLimit`,
      reason: `give requests at once as a whole number above 0: ${zeroRefusesAll}`,
    });
  }
  return problems;
}

const zeroRefusesAll = "0 would answer every request with 429, and lockdown is the argument for that";
