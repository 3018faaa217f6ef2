import { beforeAll, expect } from "vitest";
import { type EngineRun, type EngineStack, findPulumi } from "../rig";

/** What an operation did, other than nothing: `update aws:cognito/userPool:UserPool people`. */
export function stepsOf({ operations }: EngineRun): string[] {
  return Object.entries(operations)
    .filter(([, operation]) => operation !== "same")
    .map(
      ([urn, operation]) =>
        `${operation} ${urn.replace(/.*[:$]((?:aws|api-guardrails|pulumi):.*)::/, "$1 ")}`,
    )
    .filter((step) => !step.includes(" pulumi:"))
    .toSorted();
}

/** Every rule is mandatory. */
const packs = ["test/fixtures/packs/strict"];

/** What an operation did, by the type and the name of each resource; what stayed the same is left out. */
function changes({ operations }: EngineRun): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(operations)
      .filter(([urn, operation]) => operation !== "same" && !urn.includes("pulumi:pulumi:Stack"))
      .map(([urn, operation]) => [urn.split("::").slice(-2).join(" ").replace(/^.*\$/, ""), operation]),
  );
}

/** Updates the stack, with every rule mandatory, and answers what that changed. */
export async function updated(stack: EngineStack, given: { readonly withPreview?: boolean } = {}) {
  const args = given.withPreview ? [] : ["--skip-preview"];
  const run = await stack.up({ packs, args });
  if (run.code !== 0) throw new Error(run.output);
  expect(run.violations).toEqual([]);
  return changes(run);
}

export async function destroyed(stack: EngineStack): Promise<void> {
  const run = await stack.run(["destroy", "--yes", "--skip-preview"], { packs: [] });
  if (run.code !== 0) throw new Error(run.output);
  expect((await stack.exported()).urns.filter((urn) => urn.includes("aws:"))).toEqual([]);
}

/** A stack that the tests of a group change one after the other. */
export function sharedStack(make: () => Promise<EngineStack>): () => EngineStack {
  let stack: EngineStack | undefined;
  beforeAll(async () => {
    if (findPulumi()) stack = await make();
  });
  return () => {
    if (!stack) throw new Error("there is no stack");
    return stack;
  };
}
