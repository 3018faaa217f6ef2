import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type Transform, transformed } from "../override/transform";
import type { Tags } from "../tags";
import { type AccessLog, keptLike } from "./args";

/**
 * Creates a log group that stays in the account when its stack is destroyed, unless `onDestroy` is `"delete"`. A component that
 * is renamed (with an alias) keeps the group that it has. Under the prefix of the new name, Pulumi would replace it.
 *
 * @param chosen how the name starts, and a key that was created for the group
 */
export function keptLogGroup(
  name: string,
  chosen: { readonly namePrefix: string; readonly kmsKeyId?: pulumi.Input<string> },
  settings: {
    readonly accessLog?: AccessLog | undefined;
    readonly tags?: Tags | undefined;
    readonly transform?: Transform<aws.cloudwatch.LogGroupArgs> | undefined;
  },
  opts: pulumi.CustomResourceOptions,
): aws.cloudwatch.LogGroup {
  const { accessLog, tags, transform } = settings;
  const args = transformed(transform, "aws:cloudwatch/logGroup:LogGroup", name, {
    ...keptLike(accessLog),
    ...chosen,
    ...(tags !== undefined && { tags }),
  });
  return new aws.cloudwatch.LogGroup(name, args, {
    ...keptOptions(accessLog, opts),
    // A name that a transform chose is the program's own decision.
    ...(args.namePrefix === chosen.namePrefix && { ignoreChanges: ["namePrefix"] }),
  });
}

/** The options of what `onDestroy` is about. There is no deletion protection, with which `pulumi destroy` would fail. */
export function keptOptions(
  accessLog: AccessLog | undefined,
  opts: pulumi.CustomResourceOptions,
): pulumi.CustomResourceOptions {
  return { ...opts, retainOnDelete: accessLog?.onDestroy !== "delete" };
}
