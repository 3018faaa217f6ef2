import { UserError } from "../../text/errors";
import type { Fields } from "../../text/records";
import { inOrder, records, texts } from "./fields";

/** A statement as IAM reads it. */
export interface Statement extends Fields {
  readonly Sid?: string;
}

/** Principals of one type. A single identifier may be written without a list. */
export interface Principal {
  readonly type: string;
  readonly identifiers: string | readonly string[];
}

export interface Condition {
  readonly test: string;
  readonly variable: string;
  readonly values: readonly string[];
}

/** A statement of the program, as the provider writes it: with the elements in the provider's order. */
export function statementOf(given: Fields, version: string): Statement {
  const withVariables = (values: readonly string[]): readonly string[] => {
    if (version === "2008-10-17" && values.some((value) => value.includes("&{"))) {
      throw new UserError(
        'aws.iam.getPolicyDocument: policy variables ("&{...}") need the document version 2012-10-17.',
      );
    }
    return values.map((value) => value.replaceAll("&{", "${"));
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
 * A single `{ type: "*", identifiers: ["*"] }` is written as `"*"`. The identifiers of one type are joined in the order of the
 * program. The provider joins them in an order of its own.
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

/** Joins the values of each operator and variable in their order. A single value is written without a list. */
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

/** The provider writes a single element without a list, and several elements in descending order. */
function oneOrDescending(values: readonly string[]): string | readonly string[] {
  const [only, ...others] = values;
  return only !== undefined && others.length === 0 ? only : [...values].sort().reverse();
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}

/** The values of a condition may be empty strings, unlike names and actions. */
function valuesOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map((one) => String(one ?? "")) : [];
}
