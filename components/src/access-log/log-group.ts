import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { fittingPrefix } from "../aws-name";
import type { Transform } from "../override/transform";
import type { Tags } from "../tags";
import type { AccessLog } from "./args";
import { keptLogGroup, keptOptions } from "./kept-log-group";
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
  const { accessLog, tags, keyTransform } = settings;
  const namePrefix = fittingPrefix("logGroup", `${accessLogGroups}${name}-`);
  // Nobody can read a log that is kept without its key.
  const ownKey =
    accessLog?.ownKey &&
    logKey(name, accessLogGroups, { tags, transform: keyTransform }, keptOptions(accessLog, opts));
  return keptLogGroup(name, { namePrefix, ...(ownKey && { kmsKeyId: ownKey.arn }) }, settings, opts);
}

/** How the names of all access logs start. */
const accessLogGroups = "/aws/vendedlogs/apis/";
