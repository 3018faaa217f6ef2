import { afterEach, describe, expect, test } from "vitest";
import { preview } from "../../review/src/preview";
import { program, removePrograms } from "../engine/programs";
import { shapes } from "./programs";

afterEach(removePrograms);

describe("the shapes that programs commonly have", () => {
  test.each(Object.entries(shapes))("%s", async (_name, { source, finds }) => {
    const result = await preview({ directory: program(source) });
    expect(result.problems).toEqual([]);
    expect(
      result.violations.map(({ level, policy, name }) => `${level} ${policy} ${name}`).toSorted(),
    ).toEqual([...finds].toSorted());
  });
});
