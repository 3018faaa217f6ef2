import { createHash } from "node:crypto";
import { stripVTControlCharacters } from "node:util";
import type { EnabledPolicy } from "../packs/judged";
import { kindOfFinding } from "../packs/rule-page";
import type { UsedException } from "../packs/used-exceptions";
import type { Reported, ReportedPack, Violation } from "../preview";
import type { ProjectPlace } from "../project";
import { withoutControls } from "../text/controls";
import { coveredBy, exceptionWords } from "./exception-words";
import { locationOf } from "./location";
import { type RuleHelp, ruleHelp } from "./rule-help";
import { problemsOf } from "./summary";

/** The command line itself, as a report names it. */
export interface Tool {
  readonly version: string;
}

/** The rule under which a report of a preview that isn't whole says so. No policy has this name: it has a slash. */
const wholeness = "preview/everything-was-judged";

/**
 * The result as SARIF 2.1.0, for code scanning and for editors.
 *
 * * What an exception covers is a result, too, with a suppression that has its reason, owner and date of review.
 * * A result's fingerprint is made of the rule, the kind of finding and the resource, so it stays when lines move, and resources
 *   that one line registers in a loop are told apart.
 * * What could not be judged is a notification of the invocation and a result of its own. An upload of the results alone would
 *   otherwise look as if everything had been mended.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 * @see https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
export function sarifReport(result: Reported, place: ProjectPlace, tool: Tool): string {
  const problems = problemsOf(result);
  const ids = ruleIds(result.packs);
  const findings = [
    ...problems.map((sentence) => wholenessResult(sentence, result.failedAt, place)),
    ...result.violations.map((violation) => resultOf(violation, ids, place)),
    ...result.exceptions.flatMap((exception) => suppressedResults(exception, ids, place)),
  ];
  const rules = [...(problems.length > 0 ? [wholenessRule] : []), ...rulesOf(result, ids)];
  return written({
    tool: {
      driver: { ...driver(tool), rules },
      extensions: result.packs.map(({ name, version }) => ({ name, version })),
    },
    automationDetails: { id: `api-guardrails/${result.project.name}/${result.project.stack}/` },
    invocations: [
      {
        executionSuccessful: problems.length === 0,
        exitCode: result.exitCode,
        toolExecutionNotifications: [
          ...problems.map((text) => notification("error", text)),
          ...result.unseen.map(({ sentence }) => notification("note", sentence)),
          ...result.notices.map((text) => notification("warning", text)),
        ],
      },
    ],
    results: resultsOf(findings, rules),
  });
}

/** The same where nothing could be previewed: the sentence is the only notification and the only result. */
export function sarifFailure(sentence: string, place: ProjectPlace, tool: Tool): string {
  return written({
    tool: { driver: { ...driver(tool), rules: [wholenessRule] } },
    invocations: [
      {
        executionSuccessful: false,
        exitCode: 2,
        toolExecutionNotifications: [notification("error", sentence)],
      },
    ],
    results: resultsOf([wholenessResult(sentence, undefined, place)], [wholenessRule]),
  });
}

const schema = "https://json.schemastore.org/sarif-2.1.0.json";

function written(run: object): string {
  const shared = {
    // Without an address: the report is read on another machine.
    originalUriBaseIds: { SRCROOT: { description: { text: "The root of the repository." } } },
    columnKind: "utf16CodeUnits",
  };
  return `${JSON.stringify({ $schema: schema, version: "2.1.0", runs: [{ ...run, ...shared }] }, undefined, 2)}\n`;
}

const driver = ({ version }: Tool) => ({ name: "api-guardrails", version });

function notification(level: "error" | "warning" | "note", text: string) {
  return { level, message: { text: plain(text) } };
}

/** A finding before it is told apart from others of the same rule and resource. */
interface Finding {
  readonly ruleId: string;
  readonly level: "error" | "warning" | "note";
  readonly message: { readonly text: string };
  readonly locations: readonly object[];
  /** What the fingerprint is made of. */
  readonly identity: readonly (string | undefined)[];
  readonly suppressions?: readonly object[];
  readonly properties?: object;
}

const wholenessRule = {
  id: wholeness,
  shortDescription: { text: "The whole program was judged" },
  fullDescription: {
    text: "Something could not be run or read, so it was not judged. What is missing from the results may still be there.",
  },
  help: {
    text: "The message says what is missing, and what to do. Until then, no result of an earlier run counts as mended.",
  },
  defaultConfiguration: { level: "error" },
};

function wholenessResult(text: string, failedAt: Reported["failedAt"], place: ProjectPlace): Finding {
  const source = failedAt && { file: failedAt.file, line: failedAt.line ?? 1 };
  return {
    ruleId: wholeness,
    level: "error",
    message: { text: plain(text) },
    locations: [{ physicalLocation: physical(locationOf(source, place)) }],
    identity: [wholeness, text],
  };
}

/** Of several packs, two may have a policy of the same name. Then the pack's name stands before it. */
function ruleIds(packs: readonly ReportedPack[]): ReadonlyMap<string, string> {
  const all = packs.flatMap((pack) => pack.enabledPolicies.map(({ name }) => ({ pack: pack.name, name })));
  const packsOf = (name: string) => new Set(all.filter((one) => one.name === name).map(({ pack }) => pack));
  return new Map(
    all.map(({ pack, name }) => [keyOf(pack, name), packsOf(name).size > 1 ? `${pack}/${name}` : name]),
  );
}

const keyOf = (pack: string, policy: string) => JSON.stringify([pack, policy]);

function idOf(ids: ReadonlyMap<string, string>, pack: string, policy: string): string {
  return ids.get(keyOf(pack, policy)) ?? policy;
}

function rulesOf({ packs, violations, exceptions }: Reported, ids: ReadonlyMap<string, string>) {
  const named = packs.flatMap((pack) =>
    pack.enabledPolicies.map((policy) =>
      ruleOf(idOf(ids, pack.name, policy.name), policy, ruleHelp(pack, policy)),
    ),
  );
  // A policy that its pack doesn't list has a rule as well, so that each result has one.
  const others = [
    ...violations.map(({ pack, policy, severity, level }) => ({ pack, name: policy, severity, level })),
    ...exceptions.flatMap(({ pack, policies }) =>
      policies.map((name) => ({ pack, name, severity: undefined, level: undefined })),
    ),
  ].map(({ pack, ...policy }) => ruleOf(idOf(ids, pack, policy.name), policy, noHelp));
  return [...new Map([...others, ...named].map((rule) => [rule.id, rule])).values()].sort((one, other) =>
    one.id < other.id ? -1 : 1,
  );
}

const noHelp: RuleHelp = { markdown: undefined, uri: undefined };

/** GitHub sorts security alerts by this number: over 9 is critical, 7 to 8.9 high, 4 to 6.9 medium, below that low. */
const securitySeverities = { critical: "9.5", high: "8.0", medium: "5.5", low: "2.0" } as const;

function ruleOf(id: string, policy: EnabledPolicy, { markdown, uri }: RuleHelp) {
  const { description, level, severity, theme } = policy;
  const title = plain(description ?? policy.name);
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: title },
    help: { text: markdown ?? title, markdown: markdown ?? title },
    ...(uri !== undefined && { helpUri: uri }),
    ...(level !== undefined && { defaultConfiguration: { level: levelOf({ level, severity }) } }),
    properties: {
      tags: ["security", ...(theme === undefined ? [] : [theme])],
      precision: "very-high",
      ...(severity && { "security-severity": securitySeverities[severity] }),
    },
  };
}

/** A mandatory violation blocks; a lesser advice of low severity is a note. */
function levelOf({ level, severity }: Pick<Violation, "level" | "severity">): Finding["level"] {
  if (level !== "advisory") return "error";
  return severity === "low" ? "note" : "warning";
}

function resultOf(violation: Violation, ids: ReadonlyMap<string, string>, place: ProjectPlace): Finding {
  const { policy, pack, version, urn, message, isAhead, source } = violation;
  const kind = kindOfFinding(message, policy);
  return {
    ruleId: idOf(ids, pack, policy),
    level: levelOf(violation),
    message: { text: plain(message) },
    locations: [locationOfResource(violation, place)],
    identity: [pack, policy, kind, urn],
    properties: {
      policyPack: `${pack}@${version}`,
      ...(kind !== undefined && { kind }),
      lookAhead: isAhead ?? false,
      hasSourceLine: source !== undefined,
    },
  };
}

/** One for each policy that would have reported what the exception covers. */
function suppressedResults(
  exception: UsedException,
  ids: ReadonlyMap<string, string>,
  place: ProjectPlace,
): readonly Finding[] {
  const { kind, pack, version, policies, urn, route, where, owner, reviewBy, daysLeft } = exception;
  return policies.map((policy) => ({
    ruleId: idOf(ids, pack, policy),
    level: "note" as const,
    message: { text: plain(`${coveredBy(exception)} is covered by ${where}: ${exceptionWords(exception)}`) },
    locations: [locationOfResource(exception, place)],
    identity: [pack, policy, "exception", urn, route],
    suppressions: [
      {
        // A declaration is written in the program, an exemption in the pack's configuration.
        kind: kind === "declaration" ? "inSource" : "external",
        status: "accepted",
        justification: plain(exceptionWords(exception)),
        properties: { where, owner, reviewBy, ...(daysLeft !== undefined && { daysLeft }) },
      },
    ],
    properties: { policyPack: `${pack}@${version}` },
  }));
}

function locationOfResource(
  { urn, name, source }: Pick<Violation, "urn" | "name" | "source">,
  place: ProjectPlace,
): object {
  return {
    physicalLocation: physical(locationOf(source, place)),
    logicalLocations: [{ name, fullyQualifiedName: urn, kind: "resource" }],
  };
}

function physical({ file, line }: { readonly file: string; readonly line: number }): object {
  const uri = withoutControls(file).split("/").map(encodeURIComponent).join("/");
  return { artifactLocation: { uri, uriBaseId: "SRCROOT" }, region: { startLine: line } };
}

/**
 * Gives each finding its fingerprint. Several of one kind about one resource are counted. GitHub takes `primaryLocationLineHash` for
 * the identity of an alert within a file and a rule; its action warns that the hash of the line is another one, and keeps ours.
 */
function resultsOf(findings: readonly Finding[], rules: readonly { readonly id: string }[]) {
  const positions = new Map(rules.map(({ id }, position) => [id, position]));
  const seen = new Map<string, number>();
  return findings.map(({ identity, ...finding }) => {
    const hash = createHash("sha256").update(JSON.stringify(identity)).digest("hex").slice(0, 32);
    const occurrence = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, occurrence);
    const fingerprint = `${hash}:${occurrence}`;
    return {
      ...finding,
      ruleIndex: positions.get(finding.ruleId),
      partialFingerprints: { primaryLocationLineHash: fingerprint, "findingOfResource/v1": fingerprint },
    };
  });
}

/**
 * A text without colours, in which no text of the program is a link: readers of SARIF make one of `[text](address)`, unless a
 * backslash precedes the bracket (SARIF 2.1.0, 3.11.6).
 */
function plain(text: string): string {
  return stripVTControlCharacters(text).replace(/\[(?=[^\]]*\]\()/g, "\\[");
}
