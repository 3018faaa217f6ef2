import { isRecord, isUnknown, known, type RawRecord, type Seen, unknown } from "../../stack";
import { readJsonText } from "../text/document-text";
import { isComparable } from "./policy-size";
import type {
  ConditionOperator,
  Elements,
  OperatorFamily,
  Policy,
  PrincipalName,
  Statement,
} from "./statement";

/** A resource policy inside a property, as far as it can be read. */
export type PolicyDocument =
  | { readonly kind: "read"; readonly policy: Policy }
  /** Unknown before the deployment. */
  | { readonly kind: "unknown" }
  /** Completes a sentence that starts with the policy, as in "its policy *gives a key twice*". */
  | { readonly kind: "unreadable"; readonly because: string };

const orders = ["equals", "lessthan", "lessthanequals", "greaterthan", "greaterthanequals"];

interface Operators {
  readonly holds: readonly string[];
  readonly fails: readonly string[];
}

/** For each way to compare a request's value, the operators that hold if it matches, and those that hold if it doesn't. */
const operatorFamilies = {
  equals: { holds: ["stringequals"], fails: ["stringnotequals"] },
  equalsIgnoringCase: { holds: ["stringequalsignorecase"], fails: ["stringnotequalsignorecase"] },
  like: { holds: ["stringlike"], fails: ["stringnotlike"] },
  // ArnEquals and ArnLike behave identically.
  arn: { holds: ["arnequals", "arnlike"], fails: ["arnnotequals", "arnnotlike"] },
  bool: { holds: ["bool"], fails: [] },
  address: { holds: ["ipaddress"], fails: ["notipaddress"] },
  null: { holds: ["null"], fails: [] },
  // Numbers, dates and bytes: nothing that tells one caller from another.
  measure: {
    holds: ["binaryequals", ...orders.flatMap((order) => [`numeric${order}`, `date${order}`])],
    fails: ["numericnotequals", "datenotequals"],
  },
} satisfies Readonly<Record<OperatorFamily, Operators>>;

/**
 * The largest policy that is read, in characters. AWS accepts less: 8 192 bytes for an API, 100 KiB for a search domain.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
const maxLength = 200_000;
/** Longer than any ARN, and short enough to compare. */
const maxNameLength = 4096;

/** Records why a policy can't be read. The first reason is reported. */
type Refuse = (because: string) => void;

/**
 * Reads a resource policy: a JSON text, or an object with parts that may be unknown. It never throws. What AWS refuses, or
 * what can be read in two ways, is unreadable.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function readPolicy(raw: unknown): PolicyDocument {
  return readAs("resource", raw);
}

/**
 * Reads the policy of a role or a user, which says what they may do. It names no Principal: whoever has it is meant, which
 * counts as everybody here.
 */
export function readIdentityPolicy(raw: unknown): PolicyDocument {
  return readAs("identity", raw);
}

type PolicyKind = "resource" | "identity";

function readAs(kind: PolicyKind, raw: unknown): PolicyDocument {
  if (isUnknown(raw)) return { kind: "unknown" };
  if (typeof raw !== "string") return readRoot(kind, raw);
  if (raw.length > maxLength) {
    return { kind: "unreadable", because: "is larger than any policy that AWS accepts" };
  }
  const text = readJsonText(raw);
  return text.kind === "read" ? readRoot(kind, text.value) : text;
}

function readRoot(kind: PolicyKind, root: unknown): PolicyDocument {
  if (!isRecord(root)) return { kind: "unreadable", because: "is no policy document" };
  const problems: string[] = [];
  const refuse: Refuse = (because) => problems.push(because);
  const elements = elementsOf(root, "the document", refuse);
  const version = elements("Version");
  const raw = elements("Statement");
  if (raw === undefined) refuse("has no Statement");
  const hasVariables = version === "2012-10-17";
  const statements =
    isUnknown(raw) || isUnknown(version)
      ? [unknown]
      : listOf(raw).map((statement, index) =>
          isUnknown(statement)
            ? unknown
            : known(readStatement(kind, statement, `statement ${index + 1}`, hasVariables, refuse)),
        );
  const [because] = problems;
  if (because !== undefined) return { kind: "unreadable", because };
  return isComparable({ statements })
    ? { kind: "read", policy: { statements } }
    : { kind: "unreadable", because: "allows and denies more than can be compared" };
}

function readStatement(
  kind: PolicyKind,
  raw: unknown,
  here: string,
  hasVariables: boolean,
  refuse: Refuse,
): Statement {
  if (!isRecord(raw)) refuse(`has a ${here} that is no object`);
  const elements = elementsOf(isRecord(raw) ? raw : {}, here, refuse);
  const either = (name: string): { readonly isNegated: boolean; readonly raw: unknown } => {
    const positive = elements(name);
    const negative = elements(`Not${name}`);
    if (positive !== undefined && negative !== undefined)
      refuse(`has both ${name} and Not${name} in ${here}`);
    return { isNegated: negative !== undefined, raw: negative ?? positive };
  };
  const principal = either("Principal");
  if (kind === "resource" && principal.raw === undefined) refuse(`names no Principal in ${here}`);
  if (kind === "identity" && principal.raw !== undefined) refuse(`names a Principal in ${here}`);
  const action = either("Action");
  if (action.raw === undefined) refuse(`names no Action in ${here}`);
  // Some services allow leaving it out: the policy applies to the resource that it is attached to.
  const resource = either("Resource");
  return {
    effect: effectOf(elements("Effect"), here, refuse),
    principals: {
      isNegated: principal.isNegated,
      listed: principalsOf(principal.raw ?? "*", here, refuse),
    },
    actions: { isNegated: action.isNegated, listed: textsOf(action.raw, `Action in ${here}`, refuse) },
    resources: {
      isNegated: resource.isNegated,
      listed: textsOf(resource.raw ?? "*", `Resource in ${here}`, refuse),
    },
    conditions: conditionsOf(elements("Condition") ?? {}, here, refuse),
    hasVariables,
  };
}

/** Reads elements by name, ignoring case, and refuses an element that is there twice. */
function elementsOf(raw: RawRecord, where: string, refuse: Refuse): (name: string) => unknown {
  refuseTwins(raw, `elements of ${where}`, refuse);
  const byName = new Map(
    Object.entries(raw).map(([name, value]) => [name.toLowerCase(), value ?? undefined] as const),
  );
  return (name) => byName.get(name.toLowerCase());
}

/** AWS doesn't document which of two names counts that differ only by case. */
function refuseTwins(raw: RawRecord, what: string, refuse: Refuse): void {
  const names = Object.keys(raw).map((name) => name.toLowerCase());
  if (new Set(names).size < names.length) refuse(`has ${what} that differ only by case`);
}

function effectOf(raw: unknown, here: string, refuse: Refuse): Statement["effect"] {
  if (isUnknown(raw)) return unknown;
  const word = typeof raw === "string" ? raw.toLowerCase() : undefined;
  if (word === "allow") return known("Allow");
  if (word === "deny") return known("Deny");
  refuse(`has an Effect in ${here} that is neither Allow nor Deny`);
  return unknown;
}

const principalKinds = ["AWS", "Service", "Federated", "CanonicalUser"] as const;

function principalsOf(raw: unknown, here: string, refuse: Refuse): Elements<PrincipalName>["listed"] {
  if (isUnknown(raw)) return [unknown];
  if (raw === "*") return [known({ kind: "*", name: "*" })];
  if (!isRecord(raw)) refuse(`has a Principal in ${here} that is neither "*" nor an object`);
  else refuseTwins(raw, `kinds of Principal in ${here}`, refuse);
  return Object.entries(isRecord(raw) ? raw : {}).flatMap(
    ([spelled, names]): Elements<PrincipalName>["listed"] => {
      if (isUnknown(spelled)) return [unknown];
      const kind = principalKinds.find((other) => other.toLowerCase() === spelled.toLowerCase());
      if (!kind) refuse(`has a Principal in ${here} of a kind that IAM doesn't know`);
      return textsOf(names, `Principal in ${here}`, refuse).map((name) =>
        name.kind === "known" && kind ? known({ kind, name: name.value }) : unknown,
      );
    },
  );
}

function conditionsOf(raw: unknown, here: string, refuse: Refuse): Statement["conditions"] {
  if (isUnknown(raw)) return [unknown];
  if (!isRecord(raw)) refuse(`has a Condition in ${here} that is no object`);
  else refuseTwins(raw, `operators of a Condition in ${here}`, refuse);
  return Object.entries(isRecord(raw) ? raw : {}).flatMap(([name, keys]): Statement["conditions"] => {
    if (isUnknown(name) || isUnknown(keys)) return [unknown];
    const operator = operatorOf(name);
    if (!operator) refuse(`has a Condition in ${here} with an operator that IAM doesn't know`);
    if (!isRecord(keys)) refuse(`has a Condition in ${here} whose keys are no object`);
    else refuseTwins(keys, `keys of a Condition in ${here}`, refuse);
    return Object.entries(isRecord(keys) ? keys : {}).map(([key, values]) =>
      isUnknown(key) || !operator
        ? unknown
        : known({
            operator,
            key: key.toLowerCase(),
            values: textsOf(values, `Condition in ${here}`, refuse),
          }),
    );
  });
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
function operatorOf(name: string): ConditionOperator | undefined {
  const [, quantifier, base = "", ifExists] =
    /^(?:(forallvalues|foranyvalue):)?([a-z]+?)(ifexists)?$/.exec(name.toLowerCase()) ?? [];
  const found = Object.entries(operatorFamilies).find(([, { holds, fails }]) =>
    [...holds, ...fails].some((operator) => operator === base),
  );
  return (
    found && {
      quantifier:
        quantifier === undefined ? undefined : quantifier === "forallvalues" ? "ForAllValues" : "ForAnyValue",
      family: found[0] as OperatorFamily,
      isNegated: found[1].fails.some((operator) => operator === base),
      ifExists: ifExists !== undefined,
    }
  );
}

/** One text or several. Some programs write a number or a boolean without quotes, which AWS reads as a text. */
function textsOf(raw: unknown, what: string, refuse: Refuse): readonly Seen<string>[] {
  return listOf(raw).map((value) => {
    if (isUnknown(value)) return unknown;
    if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") {
      refuse(`has a value that is no text, as ${what}`);
      return unknown;
    }
    if (String(value).length > maxNameLength) refuse(`has a value longer than AWS accepts, as ${what}`);
    return known(String(value));
  });
}

function listOf(raw: unknown): readonly unknown[] {
  return Array.isArray(raw) ? raw : [raw];
}
