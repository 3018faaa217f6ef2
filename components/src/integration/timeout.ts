import { type InputProblem, wholeNumberProblems } from "../input-problems";

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
  const bounds = { least: 50, most: mostMilliseconds };
  return wholeNumberProblems(milliseconds, bounds, "whole milliseconds", propertyPath);
}
