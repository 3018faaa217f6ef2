import type { InputProblem } from "../input-problems";

const leastMilliseconds = 50;

/**
 * What is wrong with the time that API Gateway waits for an answer.
 *
 * @param mostMilliseconds the limit of the API's kind, which is also its default
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
export function timeoutProblems(
  milliseconds: unknown,
  mostMilliseconds: number,
  propertyPath: string,
): InputProblem[] {
  if (milliseconds === undefined) return [];
  const isRight =
    typeof milliseconds === "number" &&
    Number.isInteger(milliseconds) &&
    milliseconds >= leastMilliseconds &&
    milliseconds <= mostMilliseconds;
  return isRight
    ? []
    : [{ propertyPath, reason: `give whole milliseconds from ${leastMilliseconds} to ${mostMilliseconds}` }];
}
