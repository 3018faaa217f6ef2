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

export function some(answers: readonly Answer[]): Answer {
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
  const comparisons = values.map((listed) => compare(operator.family, key, value, listed, hasVariables));
  if (value.kind === "one of") {
    // Each value that the caller may have is compared with all listed values.
    const each = value.values.map((one) =>
      some(values.map((listed) => compareText(operator.family, one, listed, hasVariables))),
    );
    return { canHold: some(each), canFail: some(each.map(not)) };
  }
  const inRanges = value.kind === "address" ? rangesReach(operator.family, values) : no;
  return {
    canHold: some([inRanges.canHold, ...comparisons.map(({ canHold }) => canHold)]),
    canFail: every([inRanges.canFail, ...comparisons.map(({ canFail }) => canFail)]),
  };
}

/** Many narrow ranges together are as wide as the internet, so the listed ranges are judged as one. */
function rangesReach(family: OperatorFamily, values: Condition["values"]): Reach {
  const ranges = values.flatMap((listed) => {
    const text = knownValue(listed);
    return text === undefined ? [] : (rangeOf(family, text) ?? []);
  });
  return { canHold: holdAnyone(ranges), canFail: !(family === "address" && holdEveryone(ranges)) };
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

function compare(
  family: OperatorFamily,
  key: string,
  value: PresentedValue,
  listed: Seen<string>,
  hasVariables: boolean,
): Reach {
  if (listed.kind !== "known") {
    return value.kind === "chosen" && !ownerKeys.has(key) ? { canHold: true, canFail: "unknown" } : undecided;
  }
  const text = listed.value;
  const variable = variableAlone(text, hasVariables);
  if (variable !== undefined) {
    if (variable === key) return yes;
    if (ownerKeys.has(variable) && callerKeys.has(key)) return no;
    if (ownerKeys.has(key) && callerKeys.has(variable)) return no;
  }
  switch (value.kind) {
    case "chosen":
      return family === "like" && isEverything(text) ? yes : either;
    case "one of":
      return undecided;
    case "address":
      return addressReach(family, text);
    case "foreign arn":
      return arnReach(family, text, hasVariables);
    case "foreign id":
      return idReach(family, text, hasVariables);
  }
}

function idReach(family: OperatorFamily, text: string, hasVariables: boolean): Reach {
  const [id = ""] = cutAt(text, ":/", hasVariables);
  if (family === "like" || family === "arn") {
    if (isEverything(text)) return yes;
    return hasWildcard(id, hasVariables) ? either : no;
  }
  if (family === "equals" || family === "equalsIgnoringCase") {
    return holdsVariable(id, hasVariables) ? either : no;
  }
  return no;
}

/** The account is the fifth part of an ARN. The ARN of a bucket has none, and anybody can choose a bucket's name. */
function arnReach(family: OperatorFamily, text: string, hasVariables: boolean): Reach {
  if (family === "equals" || family === "equalsIgnoringCase") {
    return holdsVariable(text, hasVariables) ? either : no;
  }
  if (family !== "like" && family !== "arn") return no;
  // AWS compares ARNs part by part, so a pattern with fewer parts can't be relied on.
  if (isEverything(text)) return family === "like" ? yes : either;
  const [, , , , account, ...rest] = cutAt(text, ":", hasVariables);
  const resource = rest.join(":");
  if (account === undefined) return hasWildcard(text, hasVariables) ? either : no;
  if (account === "") return hasWildcard(resource.split("/")[0] || resource, hasVariables) ? either : no;
  const digits = account.match(/\d/g)?.length ?? 0;
  return hasWildcard(account, hasVariables) && digits < 12 ? either : no;
}

/** What a text says by itself. Ranges are judged together. */
function addressReach(family: OperatorFamily, text: string): Reach {
  if (family === "like" && isEverything(text)) return yes;
  return family === "like" && hasWildcard(text, false) && rangeOf(family, text) === undefined ? either : no;
}

function compareText(
  family: OperatorFamily,
  own: string,
  listed: Seen<string>,
  hasVariables: boolean,
): Answer {
  if (listed.kind !== "known") return "unknown";
  const fold = (text: string) => (family === "equals" || family === "like" ? text : text.toLowerCase());
  if (family === "like" || family === "arn") {
    return overlaps(wildcard(fold(listed.value), { variables: hasVariables }), literal(fold(own)));
  }
  return fold(own) === fold(listed.value);
}

function literal(text: string) {
  return [...text].map((character) => ({ literal: character }));
}

function isEverything(text: string): boolean {
  return /^\*+$/.test(text);
}

function hasWildcard(text: string, hasVariables: boolean): boolean {
  return piecesOf(text, hasVariables).some((piece) =>
    "variable" in piece ? isFilledIn(piece.variable) : ["*", "?"].includes(piece.character),
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
