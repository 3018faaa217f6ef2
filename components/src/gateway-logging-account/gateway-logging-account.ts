import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { isPlainRecord, type NamesOf, refuse, unknownProperties } from "../input-problems";
import { guardedOptions } from "../override/guarded-options";
import type { Tags } from "../tags";

/** The arguments of a `GatewayLoggingAccount`. */
export interface GatewayLoggingAccountArgs {
  /** For the role. */
  readonly tags?: Tags | undefined;
}

/**
 * Lets API Gateway write the logs of REST and WebSocket APIs: the CloudWatch role of an account in a region. Without it
 * API Gateway refuses every stage that logs, with "CloudWatch Logs role ARN must be set in account settings". HTTP APIs
 * don't need it.
 *
 * ```ts
 * export const logging = new GatewayLoggingAccount("gateway-logging");
 * ```
 *
 * The setting is one for the account and the region: make the component once for both, best in a stack of its own, since
 * of two stacks that make it the last one wins. APIs of the same program wait for it with `loggingAccount`.
 *
 * Nothing of it is deleted in AWS when it leaves the program or the stack is destroyed, whatever `retainOnDelete` and
 * `transforms` say: deleting the setting would set the role to null for every API of the region, also those of other
 * stacks, and they would stop logging. To take it away, set another role, then delete this one. It isn't protected
 * besides: that would fail every `destroy` of the stack, and what is retained stays without it.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 * @see https://www.pulumi.com/registry/packages/aws/api-docs/apigateway/account/
 */
export class GatewayLoggingAccount extends pulumi.ComponentResource {
  /** The token under which the policy pack knows the component, in any language. */
  static readonly token = "api-guardrails:index:GatewayLoggingAccount";

  /** The ARN of the role that API Gateway writes logs with. */
  readonly roleArn: pulumi.Output<string>;
  readonly account: aws.apigateway.Account;

  /** @throws pulumi.InputPropertiesError where there are arguments that it doesn't have */
  constructor(
    name: string,
    args: GatewayLoggingAccountArgs = {},
    opts: pulumi.ComponentResourceOptions = {},
  ) {
    refuse(`GatewayLoggingAccount "${name}" can't be made from these arguments:`, argumentProblems(args));
    super(GatewayLoggingAccount.token, name, {}, retainingOptions(opts));
    const child = { parent: this, retainOnDelete: true };
    const role = new aws.iam.Role(
      name,
      {
        description: "API Gateway writes the logs of REST and WebSocket APIs with it",
        assumeRolePolicy: JSON.stringify(trustPolicy),
        ...(args.tags !== undefined && { tags: args.tags }),
      },
      child,
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
    // API Gateway takes only a role that already has the permissions.
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
 * As AWS's page has it. The page names no condition on `aws:SourceAccount`, and API Gateway refuses a role that it can't
 * assume, so there is none. Whoever sets the role needs `iam:PassRole` for it, which another account can't have.
 */
const trustPolicy = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { Service: "apigateway.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
};

/** The component's options, in which its own `transforms` and `transformations` don't let go of what has to stay. */
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
