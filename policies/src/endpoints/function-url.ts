import type { FunctionUrlArgs } from "@pulumi/aws/lambda";
import { knownValue, type ResourceOf, resourceType, type Stack } from "../stack";
import type { Authentication, Endpoint } from "./endpoint";

export const FunctionUrl = resourceType<FunctionUrlArgs>("aws:lambda/functionUrl:FunctionUrl");

/**
 * Who may call a function URL: with NONE anyone, and the provider adds the public permission by itself.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
export function functionUrlAuthentication(url: ResourceOf<typeof FunctionUrl>): Authentication {
  const authorizationType = url.word("authorizationType");
  if (authorizationType.kind === "unknown") {
    return {
      verdict: "undetermined",
      because: "has an authorizationType that is not known before the deployment: write it as a plain string",
    };
  }
  const type = knownValue(authorizationType) ?? "NONE";
  return type === "NONE"
    ? { verdict: "open", because: "has authorizationType NONE" }
    : { verdict: "authenticated", because: `has authorizationType ${type}` };
}

export function functionUrlEndpoints(stack: Stack): Endpoint[] {
  return stack.of(FunctionUrl).map((url) => ({
    resource: url,
    route: "$default",
    authentication: functionUrlAuthentication(url),
  }));
}
