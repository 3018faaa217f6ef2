import { type InputProblem, isPlainRecord, type NamesOf, unknownProperties } from "./input-problems";

/**
 * How many requests API Gateway lets through; it answers the others 429. A target, not a promise: API Gateway counts as
 * well as it can. First counts what a usage plan allows a client (REST APIs have them), then what the route allows, or
 * the stage where the route says nothing, and last what the account may have in the region, which all its APIs share.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
 */
export interface Throttle {
  /** Requests per second that it lets through steadily. More than 0. */
  readonly rateLimit: number;
  /** Requests at once that it lets through before the rate counts. A whole number, more than 0. */
  readonly burstLimit: number;
}

export const defaultThrottle: Throttle = { rateLimit: 100, burstLimit: 200 };

const throttleArguments: NamesOf<Throttle> = { rateLimit: true, burstLimit: true };

/** A throttle in the terms of a stage's settings. */
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
      reason: `give requests per second, a number above 0: ${zeroRefusesAll}`,
    });
  }
  if (typeof burstLimit !== "number" || !Number.isInteger(burstLimit) || burstLimit <= 0) {
    problems.push({
      propertyPath: `${propertyPath}.burstLimit`,
      reason: `give requests at once, a whole number above 0: ${zeroRefusesAll}`,
    });
  }
  return problems;
}

const zeroRefusesAll = "with 0 every request is answered 429, which is what lockdown says";
