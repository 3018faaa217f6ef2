import type { Seen } from "../../stack";

/** A resource policy that was read. */
export interface Policy {
  /** A statement is unknown if nothing of it is known before the deployment. */
  readonly statements: readonly Seen<Statement>[];
}

/** One statement. Each of its parts may be unknown. */
export interface Statement {
  readonly effect: Seen<"Allow" | "Deny">;
  readonly principals: Elements<PrincipalName>;
  readonly actions: Elements<string>;
  readonly resources: Elements<string>;
  /** All of them have to hold. A condition is unknown if nothing of it is known. */
  readonly conditions: readonly Seen<Condition>[];
  /** Whether `${...}` in it is a policy variable, as from version 2012-10-17 on. */
  readonly hasVariables: boolean;
}

/** `Action` or `NotAction`, and so on: what is listed, or everything else. */
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
  /** In lower case, since IAM ignores case in keys. */
  readonly key: string;
  readonly values: readonly Seen<string>[];
}

export interface ConditionOperator {
  readonly quantifier: "ForAllValues" | "ForAnyValue" | undefined;
  readonly family: OperatorFamily;
  /** `StringNotEquals`, `NotIpAddress` and the like hold if nothing matches. */
  readonly isNegated: boolean;
  readonly ifExists: boolean;
}

/** How a request's value is compared. */
export type OperatorFamily =
  | "equals"
  | "equalsIgnoringCase"
  | "like"
  | "arn"
  | "bool"
  | "address"
  | "null"
  | "measure";
