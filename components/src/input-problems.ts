import * as pulumi from "@pulumi/pulumi";

/** What is wrong with one argument. It never contains the value, which may be a secret. */
export interface InputProblem {
  /** The path to the argument, as the program spells it: `routes["GET /health"].access.owner`. */
  readonly propertyPath: string;
  /** What to write instead. */
  readonly reason: string;
  /** Whether the program may go on, because only AWS knows whether it is wrong: it may have raised a quota. Default: false. */
  readonly isWarning?: true;
}

/**
 * Throws if there are problems, with all of them in one error. Warnings are no problems: pass them to `warn`.
 *
 * @param headline the first line of the error, with a colon at the end
 * @throws pulumi.InputPropertiesError whose message lists every problem
 */
export function refuse(headline: string, found: readonly InputProblem[]): void {
  const problems = found.filter(({ isWarning }) => !isWarning);
  if (problems.length === 0) return;
  // The Node language host prints the message only. A component provider prints `errors`.
  const lines = problems.map(({ propertyPath, reason }) => `  ${propertyPath || "arguments"}: ${reason}`);
  const error = new pulumi.InputPropertiesError({
    message: [headline, ...lines].join("\n"),
    errors: [...problems],
  });
  // The host would print the stack, which shows this package's code and nothing that the reader can fix.
  delete error.stack;
  throw error;
}

/** Shows the warnings among problems at a resource, in the preview too. */
export function warn(found: readonly InputProblem[], resource: pulumi.Resource): void {
  for (const { propertyPath, reason, isWarning } of found) {
    if (isWarning) void pulumi.log.warn(`${propertyPath}: ${reason}`, resource);
  }
}

/** The path to an entry of a record: `routes["GET /health"]`. */
export function entryOf(record: string, key: string): string {
  return `${record}[${JSON.stringify(key)}]`;
}

/** Whether a value is an Output or a promise. A preview may not know it, so it can't decide who may call a route. */
export function arrivesLater(value: unknown): boolean {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/** An object whose properties may be anything. */
export type PlainRecord = Readonly<Record<string, unknown>>;

/** Whether a value is an object, and neither a list nor an Output. */
export function isPlainRecord(value: unknown): value is PlainRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !arrivesLater(value);
}

/**
 * Checks an Output when its value arrives, so that an invalid value can't slip through as an Output. The caller has already
 * checked a plain value.
 *
 * @throws (through the Output) pulumi.InputPropertiesError
 */
export function checkedOnArrival<T>(
  input: pulumi.Output<T>,
  headline: string,
  problemsOf: (value: T) => readonly InputProblem[],
): pulumi.Output<T> {
  return input.apply((value) => {
    refuse(headline, problemsOf(value));
    return value;
  }) as pulumi.Output<T>;
}

/** The same for a list. A plain list is checked entry by entry, so that a preview still shows its length. */
export function checkedListOnArrival(
  list: pulumi.Input<readonly pulumi.Input<string>[]>,
  headline: string,
  problemsOf: (values: readonly string[]) => readonly InputProblem[],
): pulumi.Input<pulumi.Input<string>[]> {
  if (Array.isArray(list)) {
    const entries: readonly pulumi.Input<string>[] = list;
    return entries.map((entry) =>
      checkedOnArrival(pulumi.output(entry), headline, (value) => problemsOf([value])),
    );
  }
  return checkedOnArrival(pulumi.output(list), headline, problemsOf).apply((values) => [...values]);
}

/** Checks a flag. It decides what is created, so it has to be plain. */
export function flagProblems(flag: unknown, propertyPath: string): InputProblem[] {
  if (flag === undefined || typeof flag === "boolean") return [];
  return [{ propertyPath, reason: "write true or false, not an Output" }];
}

/** The bounds of a number, both included. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** @param what the unit in the message, such as "whole seconds" */
export function wholeNumberProblems(
  value: unknown,
  { least, most }: Bounds,
  what: string,
  propertyPath: string,
): InputProblem[] {
  if (value === undefined) return [];
  const isRight = Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
  return isRight ? [] : [{ propertyPath, reason: `give ${what} from ${least} to ${most}` }];
}

/** The names of arguments. */
export type Names = Readonly<Record<string, true>>;

type NameOf<Args> = Args extends unknown
  ? { [Name in keyof Args]-?: Args[Name] extends undefined ? never : Name }[keyof Args]
  : never;

/**
 * The names of all arguments of a type, or of all members of a union. A record that misses one doesn't compile. An argument
 * that can only be undefined has no name here: it excludes an argument of another member of the union.
 */
export type NamesOf<Args> = { readonly [Name in NameOf<Args>]: true };

/** Reports unknown properties. Without this check, a misspelled argument would be ignored. */
export function unknownProperties(given: PlainRecord, known: Names, path: string): InputProblem[] {
  return Object.keys(given)
    .filter((property) => !Object.hasOwn(known, property))
    .map((property) => ({
      propertyPath: `${path}${property}`,
      reason: `there is no such argument; there are ${Object.keys(known).join(", ")}`,
    }));
}
