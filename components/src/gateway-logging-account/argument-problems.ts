import * as pulumi from "@pulumi/pulumi";
import type { InputProblem } from "../input-problems";

/** What is wrong with the account that an API waits for. */
export function loggingAccountProblems(account: unknown, propertyPath: string): InputProblem[] {
  return account === undefined || pulumi.Resource.isInstance(account)
    ? []
    : [{ propertyPath, reason: "give a GatewayLoggingAccount of this program, or leave it out" }];
}
