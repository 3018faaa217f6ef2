import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { arrivesLater, type InputProblem, isPlainRecord, refuse } from "../input-problems";

/** A Lambda function that is created elsewhere, for instance in another stack. */
export interface FunctionReference {
  /** Its name or ARN, without a version or an alias. */
  readonly functionName: pulumi.Input<string>;
  /** The ARN with which API Gateway invokes it, including a qualifier: `invokeArn` of the function or alias. */
  readonly invokeArn: pulumi.Input<string>;
  /** The version or alias in `invokeArn`. Default: none. */
  readonly qualifier?: pulumi.Input<string> | undefined;
  /**
   * Who lets API Gateway invoke the function, for instance if it is in another account. With `{ provider }`, the component
   * creates the permission with a provider of that account and region. With `"elsewhere"`, the function's owner does: the principal is
   * `apigateway.amazonaws.com`, and the source ARN is the API's `executionArn` followed by `/STAGE/METHOD/PATH`, or
   * `/authorizers/ID`. Plain, as is the reference then, because it decides what is created. Default: the component, with its own
   * provider.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-cross-account.html
   */
  readonly permission?: PermissionElsewhere | undefined;
}

/** Who lets API Gateway invoke a function that a component's own provider can't change. */
export type PermissionElsewhere = "elsewhere" | { readonly provider: pulumi.ProviderResource };

/** What API Gateway calls: a Lambda function, an alias, or a reference to a function that is created elsewhere. */
export type Handler = pulumi.Input<aws.lambda.Function | aws.lambda.Alias | FunctionReference>;

/** A handler as integrations and Lambda permissions need it. */
export interface InvokedFunction {
  readonly functionName: pulumi.Output<string>;
  readonly qualifier: pulumi.Output<string | undefined>;
  readonly invokeArn: pulumi.Output<string>;
  /** Undefined if the component creates the permission with its own provider. */
  readonly permission: PermissionElsewhere | undefined;
}

export function handlerProblems(handler: unknown, propertyPath: string): InputProblem[] {
  if (arrivesLater(handler)) return [];
  const isNamed =
    isPlainRecord(handler) && handler.functionName !== undefined && handler.invokeArn !== undefined;
  if (isNamed) return permissionProblems(handler.permission, `${propertyPath}.permission`);
  if (aws.lambda.Function.isInstance(handler) || aws.lambda.Alias.isInstance(handler)) return [];
  const reason =
    "give a Lambda function, an alias, or the { functionName, invokeArn } of a function that is created elsewhere";
  return [{ propertyPath, reason }];
}

function permissionProblems(permission: unknown, propertyPath: string): InputProblem[] {
  if (permission === undefined || permission === "elsewhere") return [];
  if (isPlainRecord(permission) && pulumi.ProviderResource.isInstance(permission.provider)) return [];
  const reason =
    'write "elsewhere" if the function\'s owner permits the calls, or give { provider }, an aws.Provider for its account';
  return [{ propertyPath, reason }];
}

/** What a plain reference says about its permission, once it is checked. */
export function permissionOf(handler: unknown): PermissionElsewhere | undefined {
  return isPlainRecord(handler) ? (handler.permission as PermissionElsewhere | undefined) : undefined;
}

/** A reference that arrives later can't decide what is created. */
function latePermissionProblems(handler: Handler, arrived: unknown, propertyPath: string): InputProblem[] {
  if (!arrivesLater(handler) || permissionOf(arrived) === undefined) return [];
  const reason = "give the reference as a plain object, whose names and ARNs may be Outputs";
  return [{ propertyPath: `${propertyPath}.permission`, reason }];
}

/** @throws (through its Outputs) pulumi.InputPropertiesError if the value that arrives is no function */
export function invokedFunction(handler: Handler, headline: string, propertyPath: string): InvokedFunction {
  const given = pulumi.output(handler).apply((arrived) => {
    refuse(headline, [
      ...handlerProblems(arrived, propertyPath),
      ...latePermissionProblems(handler, arrived, propertyPath),
    ]);
    return arrived;
  });
  return {
    functionName: given.apply((it) =>
      pulumi.output(aws.lambda.Function.isInstance(it) ? it.name : it.functionName),
    ),
    // The qualifier is separate because the provider reads the name back without it. With a qualified ARN as the name, it
    // would replace the permission on every update (terraform-provider-aws, internal/service/lambda/permission.go).
    qualifier: given.apply((it) => {
      if (aws.lambda.Function.isInstance(it)) return pulumi.output<string | undefined>(undefined);
      return pulumi.output<string | undefined>(aws.lambda.Alias.isInstance(it) ? it.name : it.qualifier);
    }),
    invokeArn: given.apply((it) => pulumi.output(it.invokeArn)),
    permission: permissionOf(handler),
  };
}
