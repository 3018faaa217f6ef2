import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { fittingPrefix } from "../aws-name";
import { type Transform, transformed } from "../override/transform";
import type { Tags } from "../tags";
import { type AccessLog, keptLike } from "./args";
import { logKey } from "./log-key";

/**
 * Creates the log group of a stage, and its key if `ownKey` is set. The name starts with `/aws/vendedlogs/`, so that log
 * delivery doesn't use up one of the region's ten resource policies for CloudWatch Logs.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html
 */
export function accessLogGroup(
  name: string,
  settings: {
    readonly accessLog?: AccessLog | undefined;
    readonly tags?: Tags | undefined;
    readonly transform?: Transform<aws.cloudwatch.LogGroupArgs> | undefined;
    readonly keyTransform?: Transform<aws.kms.KeyArgs> | undefined;
  },
  opts: pulumi.CustomResourceOptions,
): aws.cloudwatch.LogGroup {
  const { accessLog, tags, transform, keyTransform } = settings;
  const namePrefix = fittingPrefix("logGroup", `/aws/vendedlogs/apis/${name}-`);
  const ownKey = accessLog?.ownKey && logKey(name, namePrefix, { tags, transform: keyTransform }, opts);
  return new aws.cloudwatch.LogGroup(
    name,
    transformed(transform, "aws:cloudwatch/logGroup:LogGroup", name, {
      namePrefix,
      ...keptLike(accessLog),
      ...(ownKey && { kmsKeyId: ownKey.arn }),
      ...(tags !== undefined && { tags }),
    }),
    opts,
  );
}
