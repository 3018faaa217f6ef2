import { beforeAll, expect } from "vitest";
import { type EngineRun, type EngineStack, findPulumi } from "../rig";

/** What an operation did, by the type and the name of each resource; what stayed the same is left out. */
function changes({ operations }: EngineRun): readonly (readonly [resource: string, operation: string])[] {
  return Object.entries(operations)
    .filter(([, operation]) => operation !== "same")
    .map(([urn, operation]) => [urn.split("::").slice(-2).join(" ").replace(/^.*\$/, ""), operation] as const)
    .filter(([resource]) => !resource.startsWith("pulumi:"));
}

/** The same as a list: `update aws:cognito/userPool:UserPool people`. */
export function stepsOf(run: EngineRun): string[] {
  return changes(run)
    .map(([resource, operation]) => `${operation} ${resource}`)
    .toSorted();
}

/** Every rule is mandatory. */
const packs = ["test/fixtures/packs/strict"];

/** Updates the stack, with every rule mandatory, and answers what that changed. */
export async function updated(
  stack: EngineStack,
  given: { readonly withPreview?: boolean; readonly program?: string } = {},
) {
  const { withPreview = false, ...others } = given;
  const run = await stack.up({ packs, args: withPreview ? [] : ["--skip-preview"], ...others });
  if (run.code !== 0) throw new Error(run.output);
  expect(run.violations).toEqual([]);
  return Object.fromEntries(changes(run));
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
