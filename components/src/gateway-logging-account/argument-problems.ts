import * as pulumi from "@pulumi/pulumi";
import type { InputProblem } from "../input-problems";

/** Checks the `loggingAccount` of an API. */
export function loggingAccountProblems(account: unknown, propertyPath: string): InputProblem[] {
  return account === undefined || pulumi.Resource.isInstance(account)
    ? []
    : [{ propertyPath, reason: "give a GatewayLoggingAccount from this program, or leave it out" }];
}
