import type { PreviewResult, Violation } from "../../../review/src/preview";
import { type Screen, textReport } from "../../../review/src/reports/text";

export type Given = Partial<Violation>;

/** The text report of a preview in which the pack `guardrails` found these violations. */
export function reported(
  violations: readonly Violation[],
  {
    terminal,
    allAdvisories,
    ...given
  }: Partial<PreviewResult> & Pick<Screen, "terminal" | "allAdvisories"> = {},
): string {
  const result: PreviewResult = {
    project: {
      name: "customers",
      rootDirectory: "/somewhere",
      programDirectory: "/somewhere",
      entryPoint: ".",
      stack: "prod",
      organization: "acme",
      config: {},
      secretKeys: [],
      notices: [],
      nodeOptions: { typescript: true, tsconfig: undefined, nodeargs: [] },
      acceptances: [],
      environmentVariables: {},
      secretVariables: [],
      settings: {
        ...{ file: undefined, acceptUnseen: [], fixtures: undefined, replacesSecrets: false },
        ...{ lookAhead: undefined, stacks: {} },
      },
    },
    packs: [
      {
        name: "guardrails",
        version: "1.2.3",
        directory: "/somewhere/policies",
        settings: {},
        told: [],
        judged: "everything",
        policies: { enabled: 3, disabled: 0 },
        notRun: [],
        notJudged: undefined,
        enabledPolicies: [],
      },
    ],
    violations,
    resources: [],
    ahead: [],
    problems: [],
    failedAt: undefined,
    unseen: [],
    notices: [],
    exceptions: [],
    log: [],
    output: "",
    exitCode: violations.some(({ level }) => level === "mandatory") ? 1 : 0,
    ...given,
  };
  return textReport(result, { colors: false, terminal, allAdvisories });
}
