import type * as pulumi from "@pulumi/pulumi";
import type { Authorization } from "../authorization/authorization";
import { scopesProblems } from "../authorization/authorization-problems";
import { checkedListOnArrival } from "../input-problems";
import type { Callers } from "./planned-route";

/**
 * The scopes that a route requires: its own, or its authorization's. Undefined if it requires none.
 *
 * @param headline the first line of an error
 * @param propertyPath the path of the route's own scopes in the arguments
 */
export function scopesOf(
  callers: Callers<Authorization>,
  headline: string,
  propertyPath: string,
): pulumi.Input<pulumi.Input<string>[]> | undefined {
  if (callers.kind === "anyone" || !("scopes" in callers.authorization)) return undefined;
  const scopes = callers.scopes ?? callers.authorization.scopes;
  if (scopes === "any-token") return undefined;
  return checkedListOnArrival(scopes, headline, (arrived) => scopesProblems(arrived, propertyPath));
}
