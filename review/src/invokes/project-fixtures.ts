import type { FixturesSetting } from "../settings";
import { UserError } from "../text/errors";
import { type Fixtures, fixturesOf, noFixtures, readFixtures } from "./fixtures";

/**
 * The fixtures of a preview: those of the command line, and for what they don't answer, those of the project's settings.
 *
 * @throws UserError with the place of a mistake
 */
export async function projectFixtures(
  given: Fixtures | undefined,
  setting: FixturesSetting | undefined,
): Promise<Fixtures> {
  const fixtures = [...(given ? [given] : []), ...(setting ? [await ofSettings(setting)] : [])];
  const [first = noFixtures, second] = fixtures;
  return second ? inOrder(first, second) : first;
}

async function ofSettings(setting: FixturesSetting): Promise<Fixtures> {
  if (!("content" in setting)) return readFixtures(setting.file, setting.namedBy);
  if (holdsDate(setting.content)) {
    throw new UserError(`${setting.place} an answer is a bare date; write it in quotes.`);
  }
  return fixturesOf(setting.content, setting.place);
}

function holdsDate(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return value instanceof Date || Object.values(value).some(holdsDate);
}

/** The first answers, and the second what the first doesn't. */
export function inOrder(first: Fixtures, second: Fixtures): Fixtures {
  return {
    invoke: (token, args) => first.invoke(token, args) ?? second.invoke(token, args),
    read: (type, id) => first.read(type, id) ?? second.read(type, id),
    exists: (type, id) => first.exists(type, id) ?? second.exists(type, id),
    stackOutputs: (stack) => first.stackOutputs(stack) ?? second.stackOutputs(stack),
    unused: () => [...first.unused(), ...second.unused()],
  };
}
