import { afterEach, describe, expect, test } from "vitest";
import { preview } from "../../review/src/preview";
import { program, removePrograms } from "../engine/programs";
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
