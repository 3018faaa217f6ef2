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
}

/** What API Gateway calls: a Lambda function, an alias, or a reference to a function that is created elsewhere. */
export type Handler = pulumi.Input<aws.lambda.Function | aws.lambda.Alias | FunctionReference>;

/** A handler as integrations and Lambda permissions need it. */
export interface InvokedFunction {
  readonly functionName: pulumi.Output<string>;
  readonly qualifier: pulumi.Output<string | undefined>;
  readonly invokeArn: pulumi.Output<string>;
}

export function handlerProblems(handler: unknown, propertyPath: string): InputProblem[] {
  if (arrivesLater(handler)) return [];
  const isNamed =
    isPlainRecord(handler) && handler.functionName !== undefined && handler.invokeArn !== undefined;
  if (isNamed || aws.lambda.Function.isInstance(handler) || aws.lambda.Alias.isInstance(handler)) return [];
  const reason =
    "give a Lambda function, an alias, or the { functionName, invokeArn } of a function that is created elsewhere";
  return [{ propertyPath, reason }];
}

/** @throws (through its Outputs) pulumi.InputPropertiesError if the value that arrives is no function */
export function invokedFunction(handler: Handler, headline: string, propertyPath: string): InvokedFunction {
  const given = pulumi.output(handler).apply((arrived) => {
    refuse(headline, handlerProblems(arrived, propertyPath));
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
  };
}
