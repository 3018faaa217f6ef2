import type { Seen } from "../../stack";

/** A resource policy that was read. */
export interface Policy {
  /** Unknown: a statement of which nothing is known before the deployment. */
  readonly statements: readonly Seen<Statement>[];
}

/** One statement. Every part of it may be unknown by itself. */
export interface Statement {
  readonly effect: Seen<"Allow" | "Deny">;
  readonly principals: Elements<PrincipalName>;
  readonly actions: Elements<string>;
  readonly resources: Elements<string>;
  /** All of them have to hold. Unknown: a condition of which nothing is known. */
  readonly conditions: readonly Seen<Condition>[];
  /** Whether `${...}` in it is a policy variable: only from version 2012-10-17 on. */
  readonly hasVariables: boolean;
}

/** `Action` and `NotAction`, and so on: what is listed, or all but that. */
export interface Elements<T> {
  readonly isNegated: boolean;
  readonly listed: readonly Seen<T>[];
}

export interface PrincipalName {
  /** `*` for a principal that is written as `"*"` alone. */
  readonly kind: "*" | "AWS" | "Service" | "Federated" | "CanonicalUser";
  readonly name: string;
}

export interface Condition {
  readonly operator: ConditionOperator;
  /** In lower case: keys are compared without regard to it. */
  readonly key: string;
  readonly values: readonly Seen<string>[];
}

export interface ConditionOperator {
  readonly quantifier: "ForAllValues" | "ForAnyValue" | undefined;
  readonly family: OperatorFamily;
  /** `StringNotEquals`, `NotIpAddress` and their like hold where nothing matches. */
  readonly isNegated: boolean;
  readonly ifExists: boolean;
}

/** What a request's value is compared as. */
export type OperatorFamily =
  | "equals"
  | "equalsIgnoringCase"
  | "like"
  | "arn"
  | "bool"
  | "address"
  | "null"
  | "measure";
