import type { Observations } from "../engine/observations";
import { blank, invokeEntry, type MissingAnswer, type Question, type Usage } from "../invokes";
import type { Project } from "../project";
import { sdkTypes } from "../sdk-types";
import type { Secrets } from "../secrets";

/** How the program of a run uses the answers that it gets, or would get. */
export function usageIn({ reads, outputs }: Observations, project: Project, secrets: Secrets): Usage {
  const types = sdkTypes(project.programDirectory);
  return {
    propertiesRead: (token) => reads.filter((each) => each.token === token).map(({ property }) => property),
    outputsRead: (resource) =>
      outputs.filter((each) => each.resource === resource).map(({ output }) => output),
    declared: types.resultOf,
    isSecret: (value) => secrets.mask(JSON.stringify(value)) !== JSON.stringify(value),
  };
}

/** What is missing, with the entry to write into the fixtures, by the message that the program got. */
export function sentencesAbout(
  unanswered: readonly MissingAnswer[],
  usage: Usage,
): ReadonlyMap<string, readonly string[]> {
  const sentences = new Map<string, readonly string[]>();
  for (const { message, question } of unanswered) {
    const sentence = `${message} ${adviceOn(question, usage)}`;
    sentences.set(message, [...new Set([...(sentences.get(message) ?? []), sentence])]);
  }
  return sentences;
}

/** A sentence isn't for results with dozens of properties. */
const mostShown = 6;

function adviceOn(question: Question, usage: Usage): string {
  switch (question.kind) {
    case "invoke": {
      const entry = invokeEntry(question, usage, () => blank);
      const properties = Object.entries(entry.result);
      const shown = properties.length === 0 ? [["PROPERTY", blank]] : properties.slice(0, mostShown);
      const example = { invokes: [{ ...entry, result: Object.fromEntries(shown) }] };
      const more = properties.length > mostShown ? " with whatever else the program reads of it" : "";
      return `Give the answer with --fixtures FILE, where FILE holds${more}: ${JSON.stringify(example)}`;
    }
    case "existence": {
      const { type, id } = question;
      return `Give the answer with --fixtures FILE. If the resource exists, add an entry under reads; if it doesn't, write ${JSON.stringify({ absent: [{ type, id }] })}`;
    }
    case "stack": {
      const names = usage.outputsRead(question.resource);
      const outputs = (names.length > 0 ? names : ["OUTPUT"]).map((name) => [name, blank]);
      return `Give its outputs with --fixtures FILE, where FILE holds: ${JSON.stringify({ stackReferences: { [question.stack]: Object.fromEntries(outputs) } })}`;
    }
  }
}

/** A notice about the other way to write what is missing. */
export function noticeAbout(unanswered: readonly MissingAnswer[]): readonly string[] {
  return unanswered.length === 0
    ? []
    : ["--write-fixtures writes all that is missing into a file of fixtures, with places to fill in."];
}
