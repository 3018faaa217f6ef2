import { kindOfFinding } from "../packs/rule-page";
import type { Reported } from "../preview";
import { problemsOf } from "./summary";

/** The version of review/schemas/report.json. */
const version = 1;

/** The result for programs. It contains no property of a resource, because that could be a secret. */
export function jsonReport(result: Reported): string {
  return written({
    version,
    project: result.project.name,
    stack: result.project.stack,
    exitCode: result.exitCode,
    policyPacks: result.packs.map(({ name, version, judged, policies, notRun }) => ({
      name,
      version,
      judged,
      policies,
      notRun,
    })),
    violations: result.violations.map(
      ({ policy, pack, version, level, severity, urn, type, name, message, isAhead, source }) => ({
        policy,
        policyPack: pack,
        policyPackVersion: version,
        enforcementLevel: level,
        severity: severity ?? null,
        kind: kindOfFinding(message, policy) ?? null,
        urn,
        type,
        name,
        message,
        lookAhead: isAhead ?? false,
        source: source ?? null,
      }),
    ),
    exceptions: result.exceptions.map(({ pack, version, ...exception }) => ({
      kind: exception.kind,
      policies: exception.policies,
      policyPack: pack,
      policyPackVersion: version,
      covers: exception.covers,
      route: exception.route ?? null,
      urn: exception.urn,
      type: exception.type,
      name: exception.name,
      where: exception.where,
      declaredBy: exception.declaredBy ?? null,
      reason: exception.reason,
      owner: exception.owner,
      reviewBy: exception.reviewBy,
      daysLeft: exception.daysLeft ?? null,
      source: exception.source ?? null,
    })),
    problems: problemsOf(result),
    failedAt: result.failedAt
      ? {
          file: result.failedAt.file,
          line: result.failedAt.line ?? null,
          column: result.failedAt.column ?? null,
        }
      : null,
    unseen: result.unseen.map(({ because, urn, type, name, sentence, reason, owner }) => ({
      because,
      urn: urn ?? null,
      type: type ?? null,
      name: name ?? null,
      sentence,
      reason: reason ?? null,
      owner: owner ?? null,
    })),
    notices: result.notices,
    resources: result.resources.map(({ urn, type, name, parent, options, isAhead, source }) => ({
      urn,
      type,
      name,
      parent,
      aliases: options.aliases,
      lookAhead: isAhead ?? false,
      source: source ?? null,
    })),
  });
}

/** A report of the same shape, for when nothing could be previewed. The sentence is its only problem. */
export function jsonFailure(sentence: string): string {
  return written({
    version,
    project: null,
    stack: null,
    exitCode: 2,
    policyPacks: [],
    violations: [],
    exceptions: [],
    problems: [sentence],
    failedAt: null,
    unseen: [],
    notices: [],
    resources: [],
  });
}

const written = (report: object): string => `${JSON.stringify(report, undefined, 2)}\n`;
