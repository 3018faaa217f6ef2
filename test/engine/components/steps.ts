import type { EngineRun } from "../rig";

/** What an operation did, other than nothing: `update aws:cognito/userPool:UserPool people`. */
export function stepsOf({ operations }: EngineRun): string[] {
  return Object.entries(operations)
    .filter(([, operation]) => operation !== "same")
    .map(
      ([urn, operation]) =>
        `${operation} ${urn.replace(/.*[:$]((?:aws|api-guardrails|pulumi):.*)::/, "$1 ")}`,
    )
    .filter((step) => !step.includes(" pulumi:"))
    .toSorted();
}
