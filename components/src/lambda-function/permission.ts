import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type Transform, transformed } from "../override/transform";
import type { InvokedFunction } from "./handler";

/** How a component creates its permissions. */
interface Making {
  readonly transform: Transform<aws.lambda.PermissionArgs> | undefined;
  readonly opts: pulumi.CustomResourceOptions;
}

/**
 * Lets API Gateway invoke a function from one source only: a route of an API, or an authorizer.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway.html
 */
export function permit(
  name: string,
  { functionName, qualifier }: InvokedFunction,
  sourceArn: pulumi.Output<string>,
  { transform, opts }: Making,
): aws.lambda.Permission {
  return new aws.lambda.Permission(
    name,
    transformed(transform, "aws:lambda/permission:Permission", name, {
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      function: functionName,
      qualifier,
      sourceArn,
    }),
    opts,
  );
}
