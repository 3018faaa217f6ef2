import { afterAll, describe, expect } from "vitest";
import { engineTest, removeStacks } from "../rig";
import { componentStack } from "./component-stack";
import { sharedStack, stepsOf, updated } from "./steps";

afterAll(removeStacks);
const programOf = (name: string) => `test/fixtures/programs/adopting/${name}`;

describe("http", () => {
  const stack = sharedStack(() => componentStack({ program: programOf("http-api-before") }));
  engineTest("x", async () => {
    const before = await stack().up({ packs: [] });
    console.log(before.code, before.code ? before.output : "");
    const after = await stack().up({ program: programOf("http-api-after"), packs: ["test/fixtures/packs/strict"], });
    console.log(after.code, after.violations, after.code ? after.output : "", stepsOf(after));
    expect(1).toBe(1);
  });
});
