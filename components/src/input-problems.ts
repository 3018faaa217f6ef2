import * as pulumi from "@pulumi/pulumi";

/** What is wrong with one argument: where it stands, and what to write instead. Never its value: it may be a secret. */
export interface InputProblem {
  /** The way to the argument, as one would write it: `routes["GET /health"].access.owner`. */
  readonly propertyPath: string;
  /** A clause that says what is expected there. */
  readonly reason: string;
}

/**
 * Refuses arguments that have problems, all of them at once.
 *
 * @param headline what can't be made, ending with a colon
 * @throws pulumi.InputPropertiesError whose message lists every problem
 */
export function refuse(headline: string, problems: readonly InputProblem[]): void {
  if (problems.length === 0) return;
  // The Node language host prints the message alone; only a component provider prints `errors`, so the message has all.
  const lines = problems.map(({ propertyPath, reason }) => `  ${propertyPath || "arguments"}: ${reason}`);
  const error = new pulumi.InputPropertiesError({
    message: [headline, ...lines].join("\n"),
    errors: [...problems],
  });
  // The host prints a stack where there is one. Here the message says where to look, and the stack is this package's.
  delete error.stack;
  throw error;
}

/** The way to an entry of a record: `routes["GET /health"]`. */
export function entryOf(record: string, key: string): string {
  return `${record}[${JSON.stringify(key)}]`;
}

/** Whether a value arrives later: an Output or a promise, which nothing that decides who may call a route can be. */
export function arrivesLater(value: unknown): boolean {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/** An object whose properties may be anything. */
export type PlainRecord = Readonly<Record<string, unknown>>;

/** Tells an object that is there now from everything else, Outputs included. */
export function isPlainRecord(value: unknown): value is PlainRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !arrivesLater(value);
}

/**
 * Checks an input whose value may arrive later: a value that is there now at once, by the caller; this one when it
 * arrives, so that an empty list or text doesn't slip through as an Output.
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

/** The same for a list, entry by entry where the list itself is there: a preview then shows how long it is. */
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

/** A flag decides what is created or who is let in, so it can't arrive later. */
export function flagProblems(flag: unknown, propertyPath: string): InputProblem[] {
  if (flag === undefined || typeof flag === "boolean") return [];
  return [{ propertyPath, reason: "write true or false, not an Output" }];
}

/** The bounds of a number, both included. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** @param what what is counted, as in "whole seconds" */
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
 * The names of all arguments of a type, of each member where it is a union. A name that is forgotten doesn't compile.
 * An argument that can only be undefined has no name here: it says that another member of the union has it.
 */
export type NamesOf<Args> = { readonly [Name in NameOf<Args>]: true };

/** Reports the properties that an object has and shouldn't: a misspelt one would otherwise be ignored in silence. */
export function unknownProperties(given: PlainRecord, known: Names, path: string): InputProblem[] {
  return Object.keys(given)
    .filter((property) => !Object.hasOwn(known, property))
    .map((property) => ({
      propertyPath: `${path}${property}`,
      reason: `there is no such argument; there are ${Object.keys(known).join(", ")}`,
    }));
}
