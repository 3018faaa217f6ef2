import type { InputProblem } from "../input-problems";
import { isRecord, isSame, type Properties, type Whole } from "./directions";
import { type Guard, guardsOf, type Throttles } from "./guarded-properties";

/** What a transform made of a resource's properties. */
export interface Change {
  readonly type: string;
  readonly throttles: Throttles;
  readonly before: Properties;
  readonly after: Properties;
  /** The guarded properties with their Outputs resolved, if they can be. Default: as they are. */
  readonly resolved?: Whole;
}

/** A change after the guard. */
export interface Guarded {
  /** The changed properties. What the guard refused is as the component set it. */
  readonly properties: Properties;
  /** What the guard refused. */
  readonly refused: readonly InputProblem[];
}

/** Refuses a change of a guarded property that isn't known to be as strict as what the component set. */
export function guardChange({ type, throttles, before, after, resolved }: Change): Guarded {
  const guards = guardsOf(type, before, throttles);
  const compared = resolved ?? { before, after };
  const properties: Record<string, unknown> = { ...after };
  const refused: InputProblem[] = [];
  for (const [name, guard] of Object.entries(guards)) {
    const [was, is] = [compared.before[name], compared.after[name]];
    const isAllowed = isSame(was, is) || guard.direction.allows(was, is, compared);
    if (!isAllowed) refused.push({ propertyPath: name, reason: reasonOf(guard) });
    const value = isAllowed ? keepingSame(before[name], after[name], was, is) : before[name];
    if (value === undefined && !(name in before)) delete properties[name];
    else properties[name] = value;
  }
  return { properties, refused };
}

function reasonOf({ direction, instead }: Guard): string {
  return direction.may === undefined ? instead : `${instead}. A transform may only ${direction.may}`;
}

/**
 * The changed value, with the component's own parts where they are the same. One unknown value can't be told from another in a
 * preview, so the component's stays.
 */
function keepingSame(before: unknown, after: unknown, was: unknown, is: unknown): unknown {
  if (isSame(was, is)) return before;
  if (!isRecord(before) || !isRecord(after) || !isRecord(was) || !isRecord(is)) return after;
  return Object.fromEntries(
    Object.keys(after).map((name) => [name, keepingSame(before[name], after[name], was[name], is[name])]),
  );
}

/** Splits `ignoreChanges` into what may be ignored and the guarded properties: if these were ignored, an open route could stay open. */
export function guardIgnoredChanges(
  { type, throttles, before }: Pick<Change, "type" | "throttles" | "before">,
  ignoreChanges: readonly string[],
): { readonly kept: readonly string[]; readonly refused: readonly string[] } {
  const guards = guardsOf(type, before, throttles);
  const isGuarded = (path: string) => {
    const [first = "", ...rest] = path.match(/[^.[\]"]+/g) ?? [];
    if (first === "*") return Object.keys(guards).length > 0;
    if (!Object.hasOwn(guards, first)) return false;
    const within = guards[first]?.direction.within;
    const names = rest.filter((part) => !/^\d+$/.test(part));
    return !within || names.length === 0 || names.some((part) => part === "*" || within.includes(part));
  };
  return {
    kept: ignoreChanges.filter((path) => !isGuarded(path)),
    refused: ignoreChanges.filter(isGuarded),
  };
}

/** A deep copy of lists and plain records. Other values can't be changed, so they are kept as they are. */
export function snapshotOf<Value>(value: Value): Value;
export function snapshotOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((element) => snapshotOf(element));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, snapshotOf(inner)]));
}
