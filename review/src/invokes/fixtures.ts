import { readFile } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { holdsUnknown } from "../engine/wire";
import { decoded } from "../text/decoded";
import { UserError } from "../text/errors";
import { parseJson } from "../text/json";
import { type Fields, isRecord } from "../text/records";
import { toFillIn } from "./fill-in";

/** The user's answers to what the program asks AWS and other stacks. Each is undefined if the file has no entry for it. */
export interface Fixtures {
  invoke(token: string, args: Fields): Fields | undefined;
  read(type: string, id: string): Fields | undefined;
  /** Whether a resource exists. A resource with a state does. */
  exists(type: string, id: string): boolean | undefined;
  stackOutputs(stack: string): Fields | undefined;
  /** A notice for each entry that has answered nothing so far. */
  unused(): readonly string[];
}

export const noFixtures: Fixtures = {
  invoke: () => undefined,
  read: () => undefined,
  exists: () => undefined,
  stackOutputs: () => undefined,
  unused: () => [],
};

/**
 * Reads a file of fixtures (docs/fixtures.md, review/schemas/fixtures.json):
 *
 * ```json
 * {
 *   "invokes": [{ "token": "aws:ssm/getParameter:getParameter", "arguments": { "name": "issuer" }, "result": { "value": "https://id.example.com" } }],
 *   "reads": [{ "type": "aws:apigatewayv2/api:Api", "id": "a1b2c3", "state": { "protocolType": "HTTP" } }],
 *   "stackReferences": { "acme/network/dev": { "vpcId": "vpc-1" } }
 * }
 * ```
 *
 * A secret is written as Pulumi writes it:
 * `{ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "value": "..." }`.
 *
 * A resource that doesn't exist is listed under `"absent": [{ "type": "...", "id": "..." }]`.
 *
 * An entry answers a call that has all of the entry's `arguments`. If several match, the one with the most `arguments` answers.
 * An entry without `arguments` answers every call of its token.
 *
 * @param namedBy the file that names it. Default: the command line does
 * @throws UserError with the place of a mistake in the file
 */
export async function readFixtures(file: string, namedBy?: string): Promise<Fixtures> {
  const bytes = await readFile(file).catch(() => {
    throw new UserError(
      `The fixtures ${file} can't be read. ${namedBy === undefined ? "Give --fixtures a JSON file." : `They are named in ${namedBy}.`}`,
    );
  });
  return fixturesOf(parseJson(decoded(bytes, file), file), `${file}:`);
}

/**
 * The fixtures in a content of that form.
 *
 * @param source introduces the place of a mistake, for instance the name of the file and a colon
 * @throws UserError with the place of a mistake
 */
export function fixturesOf(content: unknown, source: string): Fixtures {
  const fail = (where: string, what: string): never => {
    throw new UserError(`${source} ${where} ${what}.`);
  };
  if (!isRecord(content))
    return fail("the file", "has to hold an object with invokes, reads, absent and stackReferences");
  for (const key of Object.keys(content)) {
    if (!["$schema", "invokes", "reads", "absent", "stackReferences"].includes(key)) {
      fail(`"${key}"`, "is not known here; write invokes, reads, absent or stackReferences");
    }
  }
  if (content.$schema !== undefined && typeof content.$schema !== "string") {
    fail("$schema", "has to be a string: the place where an editor finds the schema");
  }
  const [open, ...others] = toFillIn(content);
  if (open) {
    const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
    fail(`${open.place}${more}`, `has to be filled in: ${open.what}`);
  }
  if (holdsUnknown(content)) {
    // The Node SDK turns an unknown in a result into undefined, and an open API could pass.
    fail("an answer", "contains Pulumi's marker for an unknown value; write the value itself");
  }
  const entries = (
    key: string,
    fields: readonly string[],
    record: string | undefined,
    optional: readonly string[] = [],
  ): Fields[] => {
    const known = [...fields, ...optional, ...(record === undefined ? [] : [record])];
    const list = content[key] ?? [];
    if (!Array.isArray(list)) return fail(key, "has to be a list");
    return list.map((entry: unknown, index) => {
      if (!isRecord(entry)) return fail(`${key}[${index}]`, "has to be an object");
      for (const field of fields) {
        if (typeof entry[field] !== "string") fail(`${key}[${index}].${field}`, "has to be a string");
      }
      if (record !== undefined && !isRecord(entry[record]))
        fail(`${key}[${index}].${record}`, "has to be an object");
      // With a misspelt "arguments", an entry would answer every call of its token.
      for (const field of Object.keys(entry)) {
        if (known.includes(field)) continue;
        fail(
          `${key}[${index}].${field}`,
          `is not known here; write ${known.slice(0, -1).join(", ")} or ${known.at(-1)}`,
        );
      }
      return entry;
    });
  };
  const invokes = entries("invokes", ["token"], "result", ["arguments"]).map((entry, index) => {
    const args = entry.arguments ?? {};
    if (!isRecord(args)) return fail(`invokes[${index}].arguments`, "has to be an object");
    const place = `invokes[${index}] (${entry.token})`;
    return { place, token: entry.token, args, result: entry.result as Fields };
  });
  const unused = new Set(invokes.map(({ place }) => place));
  invokes.sort((a, b) => Object.keys(b.args).length - Object.keys(a.args).length);
  const existing = (key: "reads" | "absent", entriesOfKey: readonly Fields[]) =>
    entriesOfKey.map(({ type, id, state }, index) => {
      const place = `${key}[${index}] (${type} ${id})`;
      unused.add(place);
      return { place, type, id, state: state as Fields };
    });
  const reads = existing("reads", entries("reads", ["type", "id"], "state"));
  const absent = existing("absent", entries("absent", ["type", "id"], undefined));
  const stackReferences = content.stackReferences ?? {};
  if (!isRecord(stackReferences) || !Object.values(stackReferences).every(isRecord)) {
    return fail("stackReferences", "has to hold an object for each stack, with its outputs");
  }
  const placeOf = (stack: string) => `stackReferences[${JSON.stringify(stack)}]`;
  for (const stack of Object.keys(stackReferences)) unused.add(placeOf(stack));
  const used = (list: typeof reads, type: string, id: string) => {
    const found = list.find((entry) => entry.type === type && entry.id === id);
    unused.delete(found?.place ?? "");
    return found;
  };
  return {
    invoke: (token, args) => {
      const found = invokes.find(
        (entry) =>
          entry.token === token &&
          Object.entries(entry.args).every(([name, value]) => isDeepStrictEqual(value, args[name])),
      );
      unused.delete(found?.place ?? "");
      return found?.result;
    },
    read: (type, id) => used(reads, type, id)?.state,
    exists: (type, id) => (used(absent, type, id) ? false : used(reads, type, id) ? true : undefined),
    stackOutputs: (stack) => {
      unused.delete(placeOf(stack));
      return Object.hasOwn(stackReferences, stack) ? (stackReferences[stack] as Fields) : undefined;
    },
    unused: () => [...unused].map((place) => `${source} ${place} answered nothing in this run.`),
  };
}
