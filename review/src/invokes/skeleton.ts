import { isDeepStrictEqual } from "node:util";
import type { Fields as DeclaredFields, Shape } from "../sdk-types";
import { type Fields, isRecord } from "../text/records";
import { fillIn, toFillIn } from "./fill-in";
import type { Question } from "./missing-answer";

/** How a program uses the answers that it gets, or would get. */
export interface Usage {
  /** The properties that it reads of a function's result, as far as that was observed. */
  propertiesRead(token: string): readonly string[];
  /** The outputs that it reads of a StackReference, by the name of that in the program. */
  outputsRead(resource: string): readonly string[];
  /** What the program's SDK declares of a function's result. */
  declared(token: string): DeclaredFields | undefined;
  /** Whether a value is or contains a secret, so that it must not be written. */
  isSecret(value: unknown): boolean;
}

/** An entry of `invokes` in a file of fixtures. */
export interface InvokeEntry {
  readonly token: string;
  readonly arguments?: Fields;
  readonly result: Readonly<Record<string, string>>;
}

/**
 * The entry that answers the call of a function, but for the values of the result.
 *
 * @param standIn stands for a value of a shape, or of one that nothing declares
 */
export function invokeEntry(
  { token, args }: Extract<Question, { kind: "invoke" }>,
  usage: Usage,
  standIn: (shape: Shape | undefined) => string,
): InvokeEntry {
  const known = Object.entries(args).filter(([, value]) => !usage.isSecret(value));
  const declared = usage.declared(token);
  return {
    token,
    ...(known.length > 0 && { arguments: Object.fromEntries(known) }),
    result: Object.fromEntries(
      propertiesOf(token, args, usage).map((name) => [name, standIn(declared?.[name]?.shape)]),
    ),
  };
}

/** Those that the program reads; if that is not known, all that its SDK declares. */
function propertiesOf(token: string, args: Fields, usage: Usage): readonly string[] {
  const declared = usage.declared(token);
  const read = usage
    .propertiesRead(token)
    .filter((name) => declared === undefined || Object.hasOwn(declared, name));
  if (read.length > 0) return [...new Set(read)];
  // A provider repeats the arguments in its answer, and programs rarely read them there.
  return Object.entries(declared ?? {})
    .filter(([name, { isOptional }]) => !isOptional && !(name in args) && name !== "region")
    .map(([name]) => name);
}

/** The content of a file of fixtures with what was missing in it. */
export interface Completed {
  readonly content: Fields;
  /** The places of the entries that were added: `invokes[0] (aws:ssm/getParameter:getParameter)`. */
  readonly added: readonly string[];
}

/** Adds an entry for each question, with places to fill in. Entries that are there stay as they are. */
export function withMissing(content: Fields, questions: readonly Question[], usage: Usage): Completed {
  const invokes = listOf(content.invokes);
  const reads = listOf(content.reads);
  const stackReferences: Record<string, unknown> = {
    ...(isRecord(content.stackReferences) ? content.stackReferences : {}),
  };
  const added: string[] = [];
  for (const question of questions) {
    switch (question.kind) {
      case "invoke": {
        const entry = invokeEntry(question, usage, (shape) => fillIn(wordsFor(shape)));
        const isThere = invokes.some(
          (other) => other.token === entry.token && isDeepStrictEqual(other.arguments, entry.arguments),
        );
        if (isThere) break;
        added.push(`invokes[${invokes.length}] (${entry.token})`);
        invokes.push(isEmpty(entry.result) ? { ...entry, result: anyProperty } : { ...entry });
        break;
      }
      case "existence": {
        const { type, id } = question;
        if (reads.some((other) => other.type === type && other.id === id)) break;
        added.push(`reads[${reads.length}] (${type} ${id})`);
        reads.push({ type, id, state: fillIn(existing) });
        break;
      }
      case "stack": {
        const { stack, resource } = question;
        const names = usage.outputsRead(resource).map((name) => [name, fillIn("a value")]);
        const before = stackReferences[stack];
        if (isRecord(before) && (names.length === 0 || names.every(([name = ""]) => name in before))) break;
        added.push(`stackReferences[${JSON.stringify(stack)}]`);
        stackReferences[stack] = {
          ...(names.length === 0 ? anyOutput : Object.fromEntries(names)),
          ...(isRecord(before) ? before : {}),
        };
      }
    }
  }
  return {
    content: {
      ...content,
      ...(invokes.length > 0 && { invokes }),
      ...(reads.length > 0 && { reads }),
      ...(!isEmpty(stackReferences) && { stackReferences }),
    },
    added,
  };
}

/** Nothing tells which properties the program reads. */
const anyProperty: Fields = { [fillIn("the name of a property")]: fillIn("its value") };

const anyOutput: Fields = { [fillIn("the name of an output")]: fillIn("its value") };

const existing = "the resource's properties; if it doesn't exist, move this entry to absent, without state";

/** A content without the entries that have to be filled in: those answer nothing yet. */
export function filledIn(content: Fields): Fields {
  const isFilledIn = (value: unknown) => toFillIn(value).length === 0;
  const list = (value: unknown) => (Array.isArray(value) ? value.filter(isFilledIn) : value);
  const { stackReferences } = content;
  return {
    ...content,
    ...("invokes" in content && { invokes: list(content.invokes) }),
    ...("reads" in content && { reads: list(content.reads) }),
    ...("absent" in content && { absent: list(content.absent) }),
    ...(isRecord(stackReferences) && {
      stackReferences: Object.fromEntries(
        Object.entries(stackReferences).filter(([name, value]) => isFilledIn({ [name]: value })),
      ),
    }),
  };
}

function listOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0;
}

function wordsFor(shape: Shape | undefined): string {
  switch (shape?.kind) {
    case "text":
      return "a text";
    case "number":
      return "a number";
    case "boolean":
      return "true or false";
    case "list":
      return "a list";
    case "map":
    case "record":
      return "an object";
    default:
      return "a value";
  }
}
