import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { fittingText } from "../aws-name";
import { type Transform, transformed } from "../override/transform";
import type { Tags } from "../tags";

/**
 * Creates a key that the account administers. CloudWatch Logs may use it only for log groups with the given prefix.
 *
 * @param logGroupPrefix how the log group's name starts. It doesn't contain the component's name: a component that is renamed
 *   keeps its group, and its key has to keep working for the group's old name
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function logKey(
  name: string,
  logGroupPrefix: string,
  settings: {
    readonly tags?: Tags | undefined;
    readonly transform?: Transform<aws.kms.KeyArgs> | undefined;
  },
  opts: pulumi.CustomResourceOptions,
): aws.kms.Key {
  const { tags, transform } = settings;
  return new aws.kms.Key(
    name,
    transformed(transform, "aws:kms/key:Key", name, {
      description: fittingText("keyDescription", `encrypts the access log of ${name}`),
      enableKeyRotation: true,
      policy: keyPolicy(logGroupPrefix, opts.parent),
      ...(tags !== undefined && { tags }),
    }),
    opts,
  );
}

function keyPolicy(logGroupPrefix: string, parent: pulumi.Resource | undefined): pulumi.Output<string> {
  const within = parent ? { parent } : {};
  const { partition, dnsSuffix } = aws.getPartitionOutput({}, within);
  const { region } = aws.getRegionOutput({}, within);
  const { accountId } = aws.getCallerIdentityOutput({}, within);
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        // Without this statement, nobody could administer the key, not even the account that owns it.
        Sid: "Account",
        Effect: "Allow",
        Principal: { AWS: pulumi.interpolate`arn:${partition}:iam::${accountId}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Sid: "AccessLog",
        Effect: "Allow",
        Principal: { Service: pulumi.interpolate`logs.${region}.${dnsSuffix}` },
        Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
        Resource: "*",
        Condition: {
          ArnLike: {
            "kms:EncryptionContext:aws:logs:arn": pulumi.interpolate`arn:${partition}:logs:${region}:${accountId}:log-group:${logGroupPrefix}*`,
          },
        },
      },
    ],
  });
}
