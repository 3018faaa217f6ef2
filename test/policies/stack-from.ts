import { type GivenResource, givenStacks } from "../../policies/src/inventory/given";
import type { Resource, ResourceType, Stack } from "../../policies/src/stack";
import { type Given, urnOf } from "./analyze";

/** Resources as the tests of the rules write them down, as a reader of whole stacks takes them. */
export function givenResources(
  given: readonly (Given & Pick<GivenResource, "aliases">)[],
): readonly GivenResource[] {
  const urn = (name: string) => {
    const found = given.find((one) => one.name === name);
    if (!found) throw new Error(`the test names a resource "${name}" that it doesn't have`);
    return urnOf(found, given);
  };
  return given.map((one) => ({
    urn: urnOf(one, given),
    type: one.type,
    parent: one.parent === undefined ? undefined : urn(one.parent),
    properties: one.properties ?? {},
    outputs: one.outputs,
    aliases: one.aliases,
    propertyDependencies: Object.fromEntries(
      Object.entries(one.dependencies ?? {}).map(([property, names]) => [property, names.map(urn)]),
    ),
  }));
}

/** The stack that the rules would see. */
export function stackFrom(...given: readonly Given[]): Stack {
  return givenStacks(givenResources(given)).judged.stack;
}

/** The resource of a type and a name. */
export function named<Args>(stack: Stack, type: ResourceType<Args>, name: string): Resource<Args> {
  const found = stack.of(type).find((one) => one.name === name);
  if (!found) throw new Error(`the test has no ${type.token} "${name}"`);
  return found;
}

/** The first resource of a type: the one that a table asks about. */
export function firstOf<Args>(stack: Stack, type: ResourceType<Args>): Resource<Args> {
  const [first] = stack.of(type);
  if (!first) throw new Error(`the case has no ${type.token}`);
  return first;
}
