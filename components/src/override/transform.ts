import {
  arrivesLater,
  type InputProblem,
  isPlainRecord,
  type Names,
  refuse,
  unknownProperties,
} from "../input-problems";
import type { Properties } from "./directions";
import { guardChange, snapshotOf } from "./guard";
import { type Guarding, tellRefused, unlocked } from "./refusal";

/**
 * Changes the arguments of a child before it is created. It may always make an API stricter. If it weakens who may call, what
 * answers or what is recorded, the program stops and says which argument to use instead (`docs/components/transforms.md`).
 *
 * @param args the arguments that the component chose
 * @param name the child's name
 * @returns the arguments to use instead: `{ ...args, description: "customers" }`
 */
export type Transform<Args> = (args: Args, name: string) => Args;

/**
 * The arguments of a child after its transform.
 *
 * @throws pulumi.InputPropertiesError if the transform returns no arguments, or weakens what the component guards
 */
export function transformed<Args extends object>(
  transform: Transform<Args> | undefined,
  type: string,
  name: string,
  args: Args,
  guarding: Guarding = unlocked,
): Args {
  if (!transform) return args;
  // A transform could write into a list or a record instead of returning a new one.
  const before = snapshotOf(args);
  const changed: unknown = transform({ ...args }, name);
  if (!isPlainRecord(changed)) {
    const reason = "return the arguments, changed or not: (args) => ({ ...args, description })";
    refuse(`The transform of ${type} "${name}" returns no arguments:`, [
      { propertyPath: "transform", reason },
    ]);
  }
  const { throttles } = guarding;
  const { properties, refused } = guardChange({
    type,
    throttles,
    before: before as Properties,
    after: changed as Properties,
  });
  tellRefused(`The transform of ${type} "${name}"`, refused, guarding);
  return properties as Args;
}

/** @param children the names under which children can be transformed */
export function transformProblems(transform: unknown, children: Names, propertyPath: string): InputProblem[] {
  if (transform === undefined) return [];
  if (!isPlainRecord(transform)) {
    return [
      { propertyPath, reason: `give an object with functions for ${Object.keys(children).join(", ")}` },
    ];
  }
  const isFunction = (value: unknown) => typeof value === "function" && !arrivesLater(value);
  return [
    ...unknownProperties(transform, children, `${propertyPath}.`),
    ...Object.entries(transform)
      .filter(([child, value]) => Object.hasOwn(children, child) && value !== undefined && !isFunction(value))
      .map(([child]) => ({
        propertyPath: `${propertyPath}.${child}`,
        reason: "give a function (args, name) => args",
      })),
  ];
}
