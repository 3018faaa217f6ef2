import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type Transform, transformed } from "../override/transform";
import type { Tags } from "../tags";
import { type AccessLog, keptLike } from "./args";

/**
 * Creates the log group for a stage's errors. Otherwise API Gateway creates it, and keeps it forever.
 *
 * @param logGroupName the name that API Gateway uses
 */
export function executionLogGroup(
  name: string,
  logGroupName: pulumi.Output<string>,
  settings: {
    readonly accessLog?: AccessLog | undefined;
    readonly tags?: Tags | undefined;
    readonly transform?: Transform<aws.cloudwatch.LogGroupArgs> | undefined;
  },
  opts: pulumi.CustomResourceOptions,
): aws.cloudwatch.LogGroup {
  const { accessLog, tags, transform } = settings;
  return new aws.cloudwatch.LogGroup(
    name,
    transformed(transform, "aws:cloudwatch/logGroup:LogGroup", name, {
      name: logGroupName,
      ...keptLike(accessLog),
      ...(tags !== undefined && { tags }),
    }),
    opts,
  );
}
