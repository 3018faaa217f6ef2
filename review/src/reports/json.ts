import type { PreviewResult } from "../preview";

/** The result for programs. No property of a resource is in it: it could be a secret. */
export function jsonReport(result: PreviewResult): string {
  const report = {
    project: result.project.name,
    stack: result.project.stack,
    exitCode: result.exitCode,
    policyPacks: result.packs.map(({ name, version }) => ({ name, version })),
    violations: result.violations.map(
      ({ policy, pack, version, level, severity, urn, type, name, message }) => ({
        policy,
        policyPack: pack,
        policyPackVersion: version,
        enforcementLevel: level,
        severity: severity ?? null,
        urn,
        type,
        name,
        message,
      }),
    ),
    problems: result.problems,
    resources: result.resources.map(({ urn, type, name, parent, options }) => ({
      urn,
      type,
      name,
      parent,
      aliases: options.aliases,
    })),
  };
  return written(report);
}

/** The same shape where there is no result: nothing could be previewed, for the one reason that the sentence gives. */
export function jsonFailure(sentence: string): string {
  return written({
    project: null,
    stack: null,
    exitCode: 2,
    policyPacks: [],
    violations: [],
    problems: [sentence],
    resources: [],
  });
}

const written = (report: object): string => `${JSON.stringify(report, undefined, 2)}\n`;
