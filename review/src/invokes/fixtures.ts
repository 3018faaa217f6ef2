import { readFile } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { UserError } from "../errors";
import { parseJson } from "../json-text";
import { holdsUnknown } from "../monitor/wire";

/** What the world outside the program would answer, given by the user. */
export interface Fixtures {
  invoke(
    token: string,
    args: Readonly<Record<string, unknown>>,
  ): Readonly<Record<string, unknown>> | undefined;
  read(type: string, id: string): Readonly<Record<string, unknown>> | undefined;
  /** Whether a resource exists: one whose state is given does. Undefined where nothing is said of it. */
  exists(type: string, id: string): boolean | undefined;
  stackOutputs(stack: string): Readonly<Record<string, unknown>> | undefined;
  /** A sentence for each entry that has answered nothing so far. */
  unused(): readonly string[];
}

export const noFixtures: Fixtures = {
  invoke: () => undefined,
  read: () => undefined,
  exists: () => undefined,
  stackOutputs: () => undefined,
  unused: () => [],
};

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads the file that `--fixtures` names (docs/fixtures.md, review/schemas/fixtures.json):
 *
 * ```json
 * {
 *   "invokes": [{ "token": "aws:ssm/getParameter:getParameter", "arguments": { "name": "issuer" }, "result": { "value": "https://id.example.com" } }],
 *   "reads": [{ "type": "aws:apigatewayv2/api:Api", "id": "a1b2c3", "state": { "protocolType": "HTTP" } }],
 *   "stackReferences": { "acme/network/dev": { "vpcId": "vpc-1" } }
 * }
 * ```
 *
 * An output that is a secret is written as Pulumi writes one:
 * `{ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "value": "..." }`.
 *
 * A resource that doesn't exist is listed under `"absent": [{ "type": "...", "id": "..." }]`.
 *
 * An entry answers an invoke that has all of its `arguments`; the one with the most of them wins. Without `arguments` it
 * answers every call of its token.
 *
 * @throws UserError that names the place in the file
 */
export async function readFixtures(file: string): Promise<Fixtures> {
  const text = await readFile(file, "utf8").catch(() => {
    throw new UserError(`The fixtures ${file} can't be read. Give --fixtures a JSON file.`);
  });
  const content = parseJson(text, file);
  const fail = (where: string, what: string): never => {
    throw new UserError(`${file}: ${where} ${what}.`);
  };
  if (!isFields(content))
    return fail("the file", "has to hold an object with invokes, reads, absent and stackReferences");
  for (const key of Object.keys(content)) {
    if (!["$schema", "invokes", "reads", "absent", "stackReferences"].includes(key)) {
      fail(`"${key}"`, "is not known here; write invokes, reads, absent or stackReferences");
    }
  }
  if (content.$schema !== undefined && typeof content.$schema !== "string") {
    fail("$schema", "has to be a text: where an editor finds the schema");
  }
  if (holdsUnknown(content)) {
    // The Node SDK turns an unknown in an invoke's result into undefined, and an open API would pass.
    fail("an answer", "holds Pulumi's marker for an unknown value; write the value itself");
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
      if (!isFields(entry)) return fail(`${key}[${index}]`, "has to be an object");
      for (const field of fields) {
        if (typeof entry[field] !== "string") fail(`${key}[${index}].${field}`, "has to be a text");
      }
      if (record !== undefined && !isFields(entry[record]))
        fail(`${key}[${index}].${record}`, "has to be an object");
      // A misspelt "arguments" would answer every call of the token.
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
    if (!isFields(args)) return fail(`invokes[${index}].arguments`, "has to be an object");
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
  if (!isFields(stackReferences) || !Object.values(stackReferences).every(isFields)) {
    return fail("stackReferences", "has to hold an object of outputs for each stack");
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
    unused: () => [...unused].map((place) => `${file}: ${place} answered nothing in this run.`),
  };
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
