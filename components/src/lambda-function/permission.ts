import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { fittingChild } from "../aws-name";
import { type Transform, transformed } from "../override/transform";
import type { InvokedFunction } from "./handler";

/** How a component creates its permissions. */
interface Making {
  readonly transform: Transform<aws.lambda.PermissionArgs> | undefined;
  readonly opts: pulumi.CustomResourceOptions;
}

export const permissionType = "aws:lambda/permission:Permission";

/**
 * Lets API Gateway invoke a function from one source only: a route of an API, or an authorizer. Creates nothing if the
 * function's owner does that elsewhere.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway.html
 */
export function permit(
  name: string,
  { functionName, qualifier, permission }: InvokedFunction,
  sourceArn: pulumi.Output<string>,
  { transform, opts }: Making,
): readonly aws.lambda.Permission[] {
  if (permission === "elsewhere") return [];
  const child = fittingChild(permissionType, name, opts);
  const made = new aws.lambda.Permission(
    child.name,
    transformed(transform, permissionType, child.name, {
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      function: functionName,
      qualifier,
      sourceArn,
    }),
    { ...child.opts, ...permission },
  );
  return [made];
}
