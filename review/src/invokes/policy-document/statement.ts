import { UserError } from "../../errors";
import { type Fields, inOrder, records, texts } from "./fields";

/** A statement as IAM reads it. */
export interface Statement extends Fields {
  readonly Sid?: string;
}

/** Principals of one type; the identifiers are one text or several. */
export interface Principal {
  readonly type: string;
  readonly identifiers: string | readonly string[];
}

export interface Condition {
  readonly test: string;
  readonly variable: string;
  readonly values: readonly string[];
}

const policyVariableStart = /&\{/g;

/** Writes one of the program's statements. The order of the elements is the provider's. */
export function statementOf(given: Fields, version: string): Statement {
  const withVariables = (values: readonly string[]): readonly string[] => {
    if (version === "2008-10-17" && values.some((value) => value.includes("&{"))) {
      throw new UserError(
        'aws.iam.getPolicyDocument: policy variables ("&{...}") need the document version 2012-10-17.',
      );
    }
    return values.map((value) => value.replace(policyVariableStart, "${"));
  };
  const principals = (value: unknown): readonly Principal[] =>
    records(value).map(({ type, identifiers }) => ({
      type: String(type),
      identifiers: oneOrDescending(withVariables(distinct(texts(identifiers)))),
    }));
  const conditions = records(given.conditions).map(({ test, variable, values }) => ({
    test: String(test),
    variable: String(variable),
    values: withVariables(valuesOf(values)),
  }));
  return {
    ...(typeof given.sid === "string" && given.sid !== "" && { Sid: given.sid }),
    Effect: typeof given.effect === "string" ? given.effect : "Allow",
    ...list("Action", texts(given.actions)),
    ...list("NotAction", texts(given.notActions)),
    ...list("Resource", withVariables(texts(given.resources))),
    ...list("NotResource", withVariables(texts(given.notResources))),
    ...principalElement("Principal", principals(given.principals)),
    ...principalElement("NotPrincipal", principals(given.notPrincipals)),
    ...conditionElement(conditions),
  };
}

/**
 * `{ type: "*", identifiers: ["*"] }` alone is written `"*"`. Identifiers of one type are joined; the provider joins
 * several entries of a type in an order of its own, here it is the program's.
 */
export function principalElement(element: string, principals: readonly Principal[]): Fields {
  const [only, ...others] = principals;
  if (only === undefined) return {};
  const isAnyone = only.identifiers === "*" || (only.identifiers.length === 1 && only.identifiers[0] === "*");
  if (others.length === 0 && only.type === "*" && isAnyone) return { [element]: "*" };
  const byType = new Map<string, string | readonly string[]>();
  for (const { type, identifiers } of principals) {
    const before = byType.get(type);
    byType.set(type, before === undefined ? identifiers : [before, identifiers].flat());
  }
  return { [element]: inOrder(byType) };
}

/** Values of one operator and variable are joined, in their order, and one value is written by itself. */
export function conditionElement(conditions: readonly Condition[]): Fields {
  const byTest = new Map<string, Map<string, readonly string[]>>();
  for (const { test, variable, values } of conditions) {
    const byVariable = byTest.get(test) ?? new Map<string, readonly string[]>();
    byVariable.set(variable, [...(byVariable.get(variable) ?? []), ...values]);
    byTest.set(test, byVariable);
  }
  if (byTest.size === 0) return {};
  const written = [...byTest].map(([test, byVariable]) => {
    const variables = [...byVariable].map(
      ([variable, values]) => [variable, values.length === 1 ? values[0] : values] as const,
    );
    return [test, inOrder(variables)] as const;
  });
  return { Condition: inOrder(written) };
}

function list(element: string, values: readonly string[]): Fields {
  return values.length === 0 ? {} : { [element]: oneOrDescending(distinct(values)) };
}

/** The provider writes one element by itself, and several in descending order. */
function oneOrDescending(values: readonly string[]): string | readonly string[] {
  const [only, ...others] = values;
  return only !== undefined && others.length === 0 ? only : [...values].sort().reverse();
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}

/** A condition's values may be empty texts, unlike names and actions. */
function valuesOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map((one) => String(one ?? "")) : [];
}
