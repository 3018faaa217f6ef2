import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { fittingChild } from "../aws-name";
import { isPlainRecord, type NamesOf, refuse, unknownProperties } from "../input-problems";
import { guardedOptions } from "../override/guarded-options";
import type { Tags } from "../tags";

/** The arguments of a `GatewayLoggingAccount`. */
export interface GatewayLoggingAccountArgs {
  /** For the role. */
  readonly tags?: Tags | undefined;
}

/**
 * Creates the CloudWatch role with which API Gateway writes the logs of REST and WebSocket APIs, once for each account and
 * region. Without it, API Gateway refuses every stage that logs ("CloudWatch Logs role ARN must be set in account settings").
 * HTTP APIs don't need it.
 *
 * ```ts
 * export const logging = new GatewayLoggingAccount("gateway-logging");
 * ```
 *
 * It never deletes the role or the setting in AWS, because every API in the region logs with it.
 *
 * @see `docs/components/gateway-logging-account.md` for how to remove it
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 * @see https://www.pulumi.com/registry/packages/aws/api-docs/apigateway/account/
 */
export class GatewayLoggingAccount extends pulumi.ComponentResource {
  /** The token under which the policy pack knows the component, in any language. */
  static readonly token = "api-guardrails:index:GatewayLoggingAccount";

  /** The ARN of the role that API Gateway writes logs with. */
  readonly roleArn: pulumi.Output<string>;
  readonly account: aws.apigateway.Account;

  /** @throws pulumi.InputPropertiesError if there is an unknown argument */
  constructor(
    name: string,
    args: GatewayLoggingAccountArgs = {},
    opts: pulumi.ComponentResourceOptions = {},
  ) {
    refuse(`GatewayLoggingAccount "${name}" can't be created from these arguments:`, argumentProblems(args));
    super(GatewayLoggingAccount.token, name, {}, retainingOptions(opts));
    const child = { parent: this, retainOnDelete: true };
    const ofRole = fittingChild("aws:iam/role:Role", name, child);
    const role = new aws.iam.Role(
      ofRole.name,
      {
        description: "API Gateway writes the logs of REST and WebSocket APIs with it",
        assumeRolePolicy: JSON.stringify(trustPolicy),
        ...(args.tags !== undefined && { tags: args.tags }),
      },
      ofRole.opts,
    );
    const { partition } = aws.getPartitionOutput({}, { parent: this });
    const permission = new aws.iam.RolePolicyAttachment(
      name,
      {
        role: role.name,
        policyArn: pulumi.interpolate`arn:${partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs`,
      },
      child,
    );
    // API Gateway accepts only a role that already has the permissions.
    this.account = new aws.apigateway.Account(
      name,
      { cloudwatchRoleArn: role.arn },
      { ...child, dependsOn: [permission] },
    );
    this.roleArn = role.arn;
    this.registerOutputs({ roleArn: this.roleArn });
  }
}

/**
 * As on AWS's page. There is no condition on `aws:SourceAccount`: the page names none, and API Gateway refuses a role that it
 * can't assume. Setting the role needs `iam:PassRole`, which another account can't have.
 */
const trustPolicy = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { Service: "apigateway.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
};

/** Options whose `transforms` and `transformations` can't turn `retainOnDelete` off. */
function retainingOptions(opts: pulumi.ComponentResourceOptions): pulumi.ComponentResourceOptions {
  const { transforms, transformations } = opts;
  const retain: pulumi.ResourceTransform & pulumi.ResourceTransformation = (child) => ({
    props: child.props,
    opts: { ...child.opts, retainOnDelete: true },
  });
  return guardedOptions({
    ...opts,
    ...(transforms && { transforms: [...transforms, retain] }),
    ...(transformations && { transformations: [...transformations, retain] }),
  });
}

const accountArguments: NamesOf<GatewayLoggingAccountArgs> = { tags: true };

function argumentProblems(args: unknown) {
  if (!isPlainRecord(args)) return [{ propertyPath: "", reason: "give { tags }, or nothing" }];
  return unknownProperties(args, accountArguments, "");
}
