import { type InputProblem, wholeNumberProblems } from "../input-problems";

/**
 * Checks how long API Gateway waits for an answer.
 *
 * @param mostMilliseconds the limit of this kind of API, which is also the default
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
export function timeoutProblems(
  milliseconds: unknown,
  mostMilliseconds: number,
  propertyPath: string,
): InputProblem[] {
  const bounds = { least: 50, most: mostMilliseconds };
  return wholeNumberProblems(milliseconds, bounds, "whole milliseconds", propertyPath);
}
