import { stripVTControlCharacters } from "node:util";
import type { EnabledPolicy } from "../packs/judged";
import type { Reported, ReportedPack, Violation } from "../preview";
import type { ProjectPlace } from "../project";
import { coveredBy, exceptionWords } from "./exception-words";
import { lineWords } from "./source-line";
import { problemsOf } from "./summary";
import { type Element, xmlDocument } from "./xml";

/**
 * The result as JUnit's XML, for the test tabs of CI systems: a suite for each pack, and a case for each of its policies.
 *
 * A mandatory violation is a failure, and what could not be judged an error. An advisory and an exception are skipped cases whose
 * message says why: GitLab and Jenkins show the message of a skipped case, and GitLab shows nothing that a passed one prints
 * (gitlab-org/gitlab lib/gitlab/ci/parsers/test/junit.rb).
 */
export function junitReport(result: Reported, place: ProjectPlace): string {
  return xmlDocument(
    suitesElement(`${result.project.name} (${result.project.stack})`, suitesOf(result, place)),
  );
}

function suitesOf(result: Reported, { folder }: ProjectPlace): readonly Suite[] {
  return [wholenessSuite(problemsOf(result)), ...result.packs.map((pack) => packSuite(pack, result, folder))];
}

/** One of several projects: its result, or a sentence where it couldn't be previewed. */
export interface JunitOutcome {
  readonly name: string;
  readonly place: ProjectPlace;
  readonly result: Reported | string;
}

/** The same for several projects, whose suites have the name of the project before their own. */
export function junitOfSeveral(outcomes: readonly JunitOutcome[]): string {
  const suites = outcomes.flatMap(({ name, place, result }) => {
    const own = typeof result === "string" ? [wholenessSuite([result])] : suitesOf(result, place);
    return own.map((suite) => ({ ...suite, name: `${name}: ${suite.name}` }));
  });
  return xmlDocument(suitesElement("api-guardrails preview", suites));
}

/** The same where nothing could be previewed. */
export function junitFailure(sentence: string): string {
  return xmlDocument(suitesElement("api-guardrails preview", [wholenessSuite([sentence])]));
}

type Outcome = "passed" | "failure" | "error" | "skipped";

interface Case {
  readonly outcome: Outcome;
  readonly element: Element;
}

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
}

function suitesElement(name: string, suites: readonly Suite[]): Element {
  return {
    name: "testsuites",
    attributes: { name, ...countsOf(suites.flatMap(({ cases }) => cases)) },
    content: suites.map((suite) => ({
      name: "testsuite",
      attributes: { name: suite.name, ...countsOf(suite.cases) },
      content: suite.cases.map(({ element }) => element),
    })),
  };
}

function countsOf(cases: readonly Case[]) {
  const count = (outcome: Outcome) => cases.filter((one) => one.outcome === outcome).length;
  return {
    tests: cases.length,
    failures: count("failure"),
    errors: count("error"),
    skipped: count("skipped"),
  };
}

/** One case with all that could not be judged, since a CI system compares cases by their names. */
function wholenessSuite(problems: readonly string[]): Suite {
  const name = "preview";
  return {
    name,
    cases: [
      problems.length === 0
        ? caseOf(name, "everything was judged", "passed")
        : caseOf(name, "everything was judged", "error", {
            message: firstLine(problems[0] ?? ""),
            type: "not judged",
            text: problems.join("\n"),
          }),
    ],
  };
}

function packSuite(pack: ReportedPack, { violations, exceptions }: Reported, folder: string): Suite {
  const isOfPack = (one: { readonly pack: string; readonly version: string }) =>
    one.pack === pack.name && one.version === pack.version;
  const own = violations.filter(isOfPack);
  const listed = new Set(pack.enabledPolicies.map(({ name }) => name));
  const unlisted = [...new Set(own.map(({ policy }) => policy))].filter((policy) => !listed.has(policy));
  return {
    name: `${pack.name}@v${pack.version}`,
    cases: [
      ...[...pack.enabledPolicies.map(({ name }) => name), ...unlisted].map((policy) =>
        policyCase(
          pack,
          policy,
          own.filter((violation) => violation.policy === policy),
          folder,
        ),
      ),
      ...exceptions
        .filter(isOfPack)
        .map((exception) =>
          caseOf(
            pack.name,
            `${exception.policies.join(", ")}: ${coveredBy(exception)} of ${exception.name}, covered by ${exception.where}`,
            "skipped",
            { message: exceptionWords(exception), file: fileOf(exception.source, folder) },
          ),
        ),
    ],
  };
}

function policyCase(
  pack: ReportedPack,
  policy: EnabledPolicy["name"],
  violations: readonly Violation[],
  folder: string,
): Case {
  const mandatory = violations.filter(({ level }) => level !== "advisory");
  const [worst] = mandatory.length > 0 ? mandatory : violations;
  if (worst === undefined) {
    return pack.notRun.includes(policy)
      ? caseOf(pack.name, policy, "error", { message: pack.notJudged, type: "not judged" })
      : caseOf(pack.name, policy, "passed");
  }
  const where = violations.map(({ name, source }) => {
    const line = source && lineWords({ ...source, file: folder + source.file });
    return line ? `${name} (${line})` : name;
  });
  const texts = violations.map(({ message, level, isAhead }, index) => {
    const ahead = isAhead ? " [look-ahead]" : "";
    return `[${level}]${ahead} ${where[index]}\n${message}`;
  });
  return caseOf(pack.name, policy, mandatory.length > 0 ? "failure" : "skipped", {
    message: `${firstLine(worst.message)}: ${where.join(", ")}`,
    type: worst.level,
    text: texts.join("\n\n"),
    file: fileOf(worst.source, folder),
  });
}

function caseOf(
  pack: string,
  name: string,
  outcome: Outcome,
  said: { message?: string | undefined; type?: string; text?: string; file?: string | undefined } = {},
): Case {
  const { message, type, text, file } = said;
  const content: readonly Element[] =
    outcome === "passed"
      ? []
      : [
          {
            name: outcome,
            // A skipped case has no type in the schemas of JUnit.
            attributes: { message: message && plain(message), ...(outcome !== "skipped" && { type }) },
            // GitLab shows the content, Jenkins both.
            content: [plain(text ?? message ?? "")],
          },
        ];
  return {
    outcome,
    element: { name: "testcase", attributes: { classname: plain(pack), name: plain(name), file }, content },
  };
}

const fileOf = (source: Violation["source"], folder: string) => source && folder + source.file;
const firstLine = (text: string) => text.split("\n")[0] ?? "";
const plain = stripVTControlCharacters;
