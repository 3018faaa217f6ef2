import { idIn } from "../../../policies/src/forms";
import { type Resource, type ResourceType, resource, type Stack, stackOf } from "../../../policies/src/stack";
import {
  named,
  parentUrnIn,
  type TestedResource,
  urnIn,
} from "../../../policies/src/testing/tested-resource";

const where = { project: "customers", stack: "dev" };

/** The stack that readers are shown of these resources: the outputs of one, where it has some, are what is known of its id. */
export function stackWith(...given: readonly TestedResource[]): Stack {
  return stackOf(
    given.map((one) => ({
      resource: resource({
        urn: urnIn(where, one, given),
        type: one.type,
        parent: parentUrnIn(where, one, given),
        properties: one.properties ?? {},
      }),
      id: idIn(one.outputs ?? {}),
      propertyDependencies: Object.fromEntries(
        Object.entries(one.dependencies ?? {}).map(([property, names]) => [
          property,
          names.map((name) => urnIn(where, named(name, given, one), given)),
        ]),
      ),
    })),
  );
}

/** The first resource of a type: the one that a table asks about. */
export function firstOf<Args>(stack: Stack, type: ResourceType<Args>): Resource<Args> {
  const [first] = stack.of(type);
  if (!first) throw new Error(`the case has no ${type.token}`);
  return first;
}
