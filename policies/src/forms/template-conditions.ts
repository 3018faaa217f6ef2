import { isRecord, isUnknown, own, type RawRecord } from "../stack";
import { resolve, type Scope } from "./intrinsic-functions";

/** More undecided comparisons than that are not combined with each other. */
const mostCombined = 4;

/** A comparison that isn't decided before the deployment. Two with different values on one side can't both hold. */
interface Comparison {
  readonly key: string;
  readonly compared: string;
  readonly value: string | undefined;
}

type Assumption = ReadonlyMap<string, boolean>;

/**
 * The resources of a template in each way that its conditions may turn out: without the resources whose condition is false,
 * and with the branch of each `Fn::If` that is taken. What no parameter decides is tried both ways, since a resource that
 * protects may be missing there, and one that is open may be created.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/conditions-section-structure.html
 */
export function possibleResources(
  conditions: RawRecord,
  resources: RawRecord,
  scope: Scope,
): readonly RawRecord[] {
  const undecided = new Map<string, Comparison>();
  for (const name of Object.keys(conditions))
    holds({ Condition: name }, conditions, scope, new Map(), undecided);
  const possible = assumptionsOf([...undecided.values()]).map((assumption) =>
    withoutConditions(resources, (name) => holds({ Condition: name }, conditions, scope, assumption)),
  );
  const distinct = new Map(possible.map((one) => [JSON.stringify(one), one]));
  return [...distinct.values()];
}

/** Each way that the comparisons may turn out; of many, each alone, all and none. */
function assumptionsOf(comparisons: readonly Comparison[]): readonly Assumption[] {
  const isTrueIn =
    comparisons.length <= mostCombined
      ? Array.from(
          { length: 2 ** comparisons.length },
          (_, bits) => (index: number) => Math.floor(bits / 2 ** index) % 2 === 1,
        )
      : [
          () => false,
          () => true,
          ...comparisons.flatMap((_, one) => [
            (index: number) => index === one,
            (index: number) => index !== one,
          ]),
        ];
  return isTrueIn
    .filter(
      (isTrue) =>
        isConsistent(comparisons.filter((_, index) => isTrue(index))) || comparisons.length > mostCombined,
    )
    .map((isTrue) => new Map(comparisons.map(({ key }, index) => [key, isTrue(index)])));
}

function isConsistent(holding: readonly Comparison[]): boolean {
  return holding.every(({ compared, value }) =>
    holding.every((other) => other.compared !== compared || other.value === value || value === undefined),
  );
}

/**
 * Whether a condition holds. Undefined if the template doesn't decide it.
 *
 * @param undecided collects the comparisons that aren't decided
 */
function holds(
  condition: unknown,
  conditions: RawRecord,
  scope: Scope,
  assumption: Assumption,
  undecided = new Map<string, Comparison>(),
  path: readonly string[] = [],
): boolean | undefined {
  if (!isRecord(condition)) return undefined;
  const [[name, argument] = ["", undefined], ...others] = Object.entries(condition);
  if (others.length > 0) return undefined;
  const part = (one: unknown) => holds(one, conditions, scope, assumption, undecided, path);
  const parts = Array.isArray(argument) ? argument : [];
  switch (name) {
    case "Condition": {
      if (typeof argument !== "string" || path.includes(argument)) return undefined;
      const named = own(conditions, argument);
      return holds(named, conditions, scope, assumption, undecided, [...path, argument]);
    }
    case "Fn::Not": {
      const only = part(parts[0]);
      return only === undefined ? undefined : !only;
    }
    case "Fn::And": {
      const all = parts.map(part);
      return all.includes(false) ? false : all.includes(undefined) ? undefined : true;
    }
    case "Fn::Or": {
      const all = parts.map(part);
      return all.includes(true) ? true : all.includes(undefined) ? undefined : false;
    }
    case "Fn::Equals": {
      const sides: readonly unknown[] = parts.map((side) => resolve(side, scope, new Set()));
      const texts = sides.map((side) =>
        ["string", "number", "boolean"].includes(typeof side) && !isUnknown(side) ? String(side) : undefined,
      );
      const [left, right] = texts;
      if (left !== undefined && right !== undefined) return left === right;
      const key = JSON.stringify(parts);
      const unknownSide = left === undefined ? 0 : 1;
      undecided.set(key, {
        key,
        compared: JSON.stringify(parts[unknownSide]),
        value: texts[1 - unknownSide],
      });
      return assumption.get(key);
    }
    default:
      return undefined;
  }
}

function withoutConditions(
  resources: RawRecord,
  isTrue: (condition: string) => boolean | undefined,
): RawRecord {
  const kept = Object.entries(resources).filter(([, entry]) => {
    const condition = isRecord(entry) ? own(entry, "Condition") : undefined;
    return typeof condition !== "string" || isTrue(condition) !== false;
  });
  return Object.fromEntries(kept.map(([logicalId, entry]) => [logicalId, withBranches(entry, isTrue)]));
}

/** A value with the branch of each `Fn::If` that is taken, where the condition is decided. */
function withBranches(value: unknown, isTrue: (condition: string) => boolean | undefined): unknown {
  if (Array.isArray(value)) return value.map((element) => withBranches(element, isTrue));
  if (!isRecord(value)) return value;
  const branches = Object.keys(value).length === 1 ? own(value, "Fn::If") : undefined;
  if (Array.isArray(branches) && branches.length === 3 && typeof branches[0] === "string") {
    const taken = isTrue(branches[0]);
    if (taken !== undefined) return withBranches(branches[taken ? 1 : 2], isTrue);
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, withBranches(inner, isTrue)]),
  );
}
