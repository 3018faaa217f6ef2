import { arrivesLater, type InputProblem, isPlainRecord, unknownProperties } from "../input-problems";
import { type Properties, withGuardedProperties } from "./guarded-properties";

/**
 * Changes the arguments of a child before it is made. Whatever it answers, the properties that decide who may call
 * stay as the component made them.
 *
 * @param args what the component would make the child of
 * @param name the child's name
 * @returns the arguments to use instead: `{ ...args, description: "customers" }`
 */
export type Transform<Args> = (args: Args, name: string) => Args;

/** The arguments of a child after its transform. */
export function transformed<Args>(
  transform: Transform<Args> | undefined,
  type: string,
  name: string,
  args: Args,
): Args {
  if (!transform) return args;
  const changed = transform({ ...args }, name);
  return withGuardedProperties(type, args as Properties, changed as Properties) as Args;
}

/** @param children the names under which children can be transformed */
export function transformProblems(
  transform: unknown,
  children: readonly string[],
  propertyPath: string,
): InputProblem[] {
  if (transform === undefined) return [];
  if (!isPlainRecord(transform)) {
    return [{ propertyPath, reason: `give an object with functions for ${children.join(", ")}` }];
  }
  const isFunction = (value: unknown) => typeof value === "function" && !arrivesLater(value);
  return [
    ...unknownProperties(transform, children, `${propertyPath}.`),
    ...Object.entries(transform)
      .filter(([child, value]) => children.includes(child) && value !== undefined && !isFunction(value))
      .map(([child]) => ({
        propertyPath: `${propertyPath}.${child}`,
        reason: "give a function (args, name) => args",
      })),
  ];
}
