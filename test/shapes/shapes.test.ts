import { afterEach, describe, expect, test } from "vitest";
import { preview } from "../../review/src/preview";
import { program, removePrograms, together } from "../engine/programs";
import { findPulumi } from "../engine/rig";
import { shapes } from "./programs";

afterEach(removePrograms);

describe("the shapes that programs commonly have", () => {
  // Where the real engine is, test/engine/differential/first-preview.test.ts previews each of them with both.
  const alone = test.runIf(findPulumi() === undefined);
  alone.each(Object.entries(shapes))("%s", async (_name, { source, finds }) => {
    const result = await preview({ directory: program(source) });
    expect(result.problems).toEqual([]);
    expect(
      result.violations.map(({ level, policy, name }) => `${level} ${policy} ${name}`).toSorted(),
    ).toEqual([...finds].toSorted());
  });
});

describe("the look-ahead", () => {
  test("changes the verdict on none of them, but for a document that only it can read", async () => {
    const all = Object.values(shapes).map(({ source }, index) => [index, source] as const);
    const directory = program(together(all));
    const found = async (lookAhead: boolean) => {
      const { violations, problems, unseen } = await preview({ directory, lookAhead });
      if (lookAhead) expect({ problems, unseen }).toEqual({ problems: [], unseen: [] });
      return violations.map(({ level, policy, name }) => `${level} ${policy} ${name}`);
    };
    const [before, ahead] = [await found(false), await found(true)];
    const without = (some: readonly string[], others: readonly string[]) =>
      some.filter((each) => !others.includes(each)).map((each) => each.replace(/ \d+ /, " "));
    expect(before.length).toBeGreaterThan(10);
    expect(without(before, ahead)).toEqual(["advisory openapi-operation-requires-authorization customers"]);
    expect(without(ahead, before)).toEqual(["advisory lambda-authorizer-filters-tokens customers"]);
  });
});
