import { knownValue, type Seen } from "../../stack";
import { type AddressRange, addressRange, holdAnyone, holdEveryone } from "./internet-address";
import { callerKeys, ownerKeys, type Presented, type PresentedValue } from "./policy-caller";
import { cutAt, escapedCharacter, keyOf, piecesOf } from "./policy-variable";
import type { Condition, OperatorFamily } from "./statement";
import { overlaps, wildcard } from "./wildcard";

/** True, false, or unknown before the deployment. */
export type Answer = boolean | "unknown";

/** What a caller can make a condition do. If both are true, the caller decides. */
export interface Reach {
  readonly canHold: Answer;
  readonly canFail: Answer;
}

export function every(answers: readonly Answer[]): Answer {
  if (answers.includes(false)) return false;
  return answers.includes("unknown") ? "unknown" : true;
}

function some(answers: readonly Answer[]): Answer {
  if (answers.includes(true)) return true;
  return answers.includes("unknown") ? "unknown" : false;
}

export function not(answer: Answer): Answer {
  return answer === "unknown" ? answer : !answer;
}

/**
 * Whether a caller can make a condition hold, and whether it can make it fail.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function reachOf(condition: Condition, presented: Presented, hasVariables: boolean): Reach {
  const { operator, values } = condition;
  const { presence } = presented;
  if (operator.family === "null") return presenceReach(presence, values);
  const match = matchOf(condition, presented.value, hasVariables);
  const present: Reach = operator.isNegated ? { canHold: match.canFail, canFail: match.canHold } : match;
  const absent = whereAbsent(condition);
  return {
    canHold: some([presence !== "never" && present.canHold, presence !== "always" && absent.canHold]),
    canFail: some([presence !== "never" && present.canFail, presence !== "always" && absent.canFail]),
  };
}

/** Whether a condition holds for a request without its key. */
function whereAbsent({ operator }: Condition): Reach {
  if (operator.quantifier === "ForAllValues") return { canHold: true, canFail: false };
  if (operator.quantifier === "ForAnyValue") {
    // AWS doesn't document `ForAnyValue:...IfExists` for an absent key, so neither answer is relied on.
    return { canHold: operator.ifExists, canFail: true };
  }
  const holds = operator.isNegated || operator.ifExists;
  return { canHold: holds, canFail: !holds };
}

function presenceReach(presence: Presented["presence"], values: Condition["values"]): Reach {
  const holdsIf = (isAbsent: boolean): Answer =>
    some(
      values.map((value) =>
        value.kind === "known" ? value.value.toLowerCase() === String(isAbsent) : ("unknown" as const),
      ),
    );
  const cases = [
    ...(presence === "always" ? [] : [holdsIf(true)]),
    ...(presence === "never" ? [] : [holdsIf(false)]),
  ];
  return { canHold: some(cases), canFail: some(cases.map(not)) };
}

/** Whether the caller can have a value that matches a listed one, and whether it can have one that matches none. */
function matchOf({ operator, key, values }: Condition, value: PresentedValue, hasVariables: boolean): Reach {
  const having = (own: ComparedValue): Reach =>
    anyOf(values.map((listed) => compare(operator.family, key, own, listed, hasVariables)));
  if (value.kind === "one of") {
    // Each value that the caller may have is compared with all listed values.
    const each = value.values.map((text) => having({ kind: "text", text }));
    return {
      canHold: some(each.map(({ canHold }) => canHold)),
      canFail: some(each.map(({ canFail }) => canFail)),
    };
  }
  return value.kind === "address"
    ? anyOf([rangesReach(operator.family, values), having(value)])
    : having(value);
}

/** What the caller can do to conditions of which one has to hold. */
export function anyOf(reaches: readonly Reach[]): Reach {
  return {
    canHold: some(reaches.map(({ canHold }) => canHold)),
    canFail: every(reaches.map(({ canFail }) => canFail)),
  };
}

/** Many narrow ranges together are as wide as the internet, so the listed ranges are judged as one. */
function rangesReach(family: OperatorFamily, values: Condition["values"]): Reach {
  const ranges = values.flatMap((listed) => {
    const text = knownValue(listed);
    return text === undefined ? [] : (rangeOf(family, text) ?? []);
  });
  return { canHold: holdAnyone(ranges), canFail: !holdEveryone(ranges) };
}

function rangeOf(family: OperatorFamily, text: string): AddressRange | undefined {
  if (family === "address") return addressRange(text);
  // Whole numbers before a wildcard are a range: 203.0.* is 203.0.0.0/16.
  const numbers =
    family === "like" ? /^(\d{1,3}\.){1,3}(?=[*?])/.exec(text)?.[0].split(".").slice(0, -1) : undefined;
  if (!numbers) return undefined;
  const network = [...numbers, "0", "0", "0"].slice(0, 4).join(".");
  return addressRange(`${network}/${numbers.length * 8}`);
}

const yes: Reach = { canHold: true, canFail: false };
const no: Reach = { canHold: false, canFail: true };
const either: Reach = { canHold: true, canFail: true };
const undecided: Reach = { canHold: "unknown", canFail: "unknown" };

type ComparedValue =
  | Exclude<PresentedValue, { readonly kind: "one of" }>
  | { readonly kind: "text"; readonly text: string };

function compare(
  family: OperatorFamily,
  key: string,
  value: ComparedValue,
  listed: Seen<string>,
  hasVariables: boolean,
): Reach {
  if (listed.kind !== "known") {
    return value.kind === "chosen" ? { canHold: true, canFail: "unknown" } : undecided;
  }
  const text = listed.value;
  const variable = variableAlone(text, hasVariables);
  if (variable !== undefined) {
    if (variable === key) return yes;
    if (value.kind === "owned" && callerKeys.has(variable)) return no;
    if (value.kind !== "chosen" && ownerKeys.has(variable)) return no;
  }
  switch (value.kind) {
    case "chosen":
    case "owned":
      return family === "like" && isEverything(text) ? yes : either;
    case "text":
      return textReach(family, value.text, text, hasVariables);
    case "address":
      return addressReach(family, text, hasVariables);
    case "foreign arn":
      return arnReach(family, text, hasVariables, value.hasPath);
    case "foreign id":
      return idReach(family, text, hasVariables);
  }
}

function idReach(family: OperatorFamily, text: string, hasVariables: boolean): Reach {
  const [id = ""] = cutAt(text, ":/", hasVariables);
  if (family === "like" || family === "arn") {
    // An id is no ARN, so what AWS makes of it by the operators of ARNs can't be relied on.
    if (isEverything(text)) return family === "like" ? yes : either;
    return hasWildcard(id, hasVariables) ? either : no;
  }
  if (family === "equals" || family === "equalsIgnoringCase") {
    return holdsVariable(id, hasVariables) ? either : no;
  }
  return no;
}

/**
 * The account is the fifth part of an ARN. The ARN of a bucket has none, and anybody can choose a bucket's name.
 *
 * @param hasPath whether it is of a user or a role, whose path may hold colons
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 */
function arnReach(family: OperatorFamily, text: string, hasVariables: boolean, hasPath: boolean): Reach {
  if (family === "equals" || family === "equalsIgnoringCase") {
    return holdsVariable(text, hasVariables) ? either : no;
  }
  if (family !== "like" && family !== "arn") return no;
  // AWS compares ARNs part by part, so a pattern with fewer parts can't be relied on.
  if (isEverything(text)) return family === "like" ? yes : either;
  const parts = cutAt(text, ":", hasVariables);
  const [before, account, resource] = [parts.slice(0, 4).join(":"), parts[4], parts.slice(5).join(":")];
  if (account === undefined) return hasWildcard(text, hasVariables) ? either : no;
  // Unlike ArnLike, StringLike lets a `*` match colons: one before the account skips the caller's own, down to its path.
  const reachesPath = resource.includes("/") || hasWildcard(resource, hasVariables);
  if (family === "like" && hasPath && reachesPath && hasWildcard(before, hasVariables, ["*"])) return either;
  if (account === "") return hasWildcard(resource.split("/")[0] || resource, hasVariables) ? either : no;
  const digits = account.match(/\d/g)?.length ?? 0;
  return hasWildcard(account, hasVariables) && digits < 12 ? either : no;
}

/** What a text says by itself. Ranges are judged together. */
function addressReach(family: OperatorFamily, text: string, hasVariables: boolean): Reach {
  if (family === "equals" || family === "equalsIgnoringCase") {
    return holdsVariable(text, hasVariables) ? either : no;
  }
  if (family !== "like") return no;
  if (isEverything(text)) return yes;
  return hasWildcard(text, hasVariables) && rangeOf(family, text) === undefined ? either : no;
}

function textReach(family: OperatorFamily, own: string, text: string, hasVariables: boolean): Reach {
  const fold = (one: string) => (family === "equals" || family === "like" ? one : one.toLowerCase());
  const canVary = holdsVariable(text, hasVariables);
  if (family === "like" || family === "arn") {
    const [pattern, exact] = [
      wildcard(fold(text), { variables: hasVariables }),
      wildcard(fold(own), { variables: false }),
    ];
    if (!overlaps(pattern, exact)) return no;
    return canVary ? either : yes;
  }
  if (fold(own) === fold(text)) return yes;
  return canVary ? either : no;
}

function isEverything(text: string): boolean {
  return /^\*+$/.test(text);
}

function hasWildcard(text: string, hasVariables: boolean, wildcards = ["*", "?"]): boolean {
  return piecesOf(text, hasVariables).some((piece) =>
    "variable" in piece ? isFilledIn(piece.variable) : wildcards.includes(piece.character),
  );
}

/** Whether a text holds a policy variable that the caller's own properties fill in. */
function holdsVariable(text: string, hasVariables: boolean): boolean {
  return piecesOf(text, hasVariables).some((piece) => "variable" in piece && isFilledIn(piece.variable));
}

function isFilledIn(variable: string): boolean {
  return escapedCharacter(variable) === undefined && !ownerKeys.has(keyOf(variable));
}

/** The key of a text's variable, if the text is nothing else. */
function variableAlone(text: string, hasVariables: boolean): string | undefined {
  const [piece, ...others] = piecesOf(text, hasVariables);
  return piece && "variable" in piece && others.length === 0 ? keyOf(piece.variable) : undefined;
}
