import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type Transform, transformed } from "../override/transform";
import type { Tags } from "../tags";
import { type AccessLog, keptLike, logGroupNameOf } from "./args";
import { logKey } from "./log-key";

/**
 * The log group of a stage, and its key where it has one of its own. Under `/aws/vendedlogs/` API Gateway doesn't need
 * room in the account's resource policies for log delivery, of which a region has ten.
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
  const namePrefix = `/aws/vendedlogs/apis/${logGroupNameOf(name)}-`;
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
