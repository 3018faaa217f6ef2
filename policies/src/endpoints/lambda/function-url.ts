import type { FunctionUrlArgs } from "@pulumi/aws/lambda";
import { knownValue, type ResourceOf, resourceType, type Stack } from "../../stack";
import { type Authentication, type Endpoint, unknownProperty } from "../endpoint";

export const FunctionUrl = resourceType<FunctionUrlArgs>("aws:lambda/functionUrl:FunctionUrl", {
  authorizationType: "deciding word",
});

/** NONE for a function URL, and its names for the endpoint of a web function: every request reaches the function. */
const open: ReadonlySet<string> = new Set(["NONE", "APPLICATIONMANAGED", "APPLICATION_MANAGED"]);

/**
 * Who may call a function URL. With NONE, anyone: the provider adds the public permission by itself. The endpoint of a
 * web function, which only CloudFormation has, works the same way.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/web-functions-endpoint-access-control.html
 */
export function functionUrlAuthentication(url: ResourceOf<typeof FunctionUrl>): Authentication {
  const authorizationType = url.word("authorizationType");
  if (authorizationType.kind === "unknown") {
    return {
      verdict: "undetermined",
      because: unknownProperty("authorizationType"),
    };
  }
  const type = knownValue(authorizationType) ?? "NONE";
  return open.has(type)
    ? { verdict: "open", because: `has authorizationType ${type}` }
    : { verdict: "authenticated", because: `has authorizationType ${type}` };
}

export function functionUrlEndpoints(stack: Stack): Endpoint[] {
  return stack.of(FunctionUrl).map((url) => ({
    resource: url,
    route: "$default",
    authentication: functionUrlAuthentication(url),
  }));
}
