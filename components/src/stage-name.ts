import type { InputProblem } from "./input-problems";

/** The stage's name is part of the URL of an API without a domain. */
export const defaultStageName = "live";

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-stages.html */
export function stageNameProblems(stageName: unknown, propertyPath: string): InputProblem[] {
  const isRight =
    stageName === undefined || (typeof stageName === "string" && /^[\w-]{1,128}$/.test(stageName));
  return isRight ? [] : [{ propertyPath, reason: "use 1 to 128 letters, digits, _ and -, as plain text" }];
}
