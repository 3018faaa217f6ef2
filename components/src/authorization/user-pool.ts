import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { refuse } from "../input-problems";
import type { CognitoArgs } from "./authorization";
import { userPoolArn, userPoolProblems } from "./authorization-problems";

/** @throws (through its Output) pulumi.InputPropertiesError if the value that arrives is no user pool */
export function arnOfUserPool(
  userPool: CognitoArgs["userPool"],
  headline: string,
  propertyPath: string,
): pulumi.Output<string> {
  return pulumi.output(userPool).apply((arrived) => {
    refuse(headline, userPoolProblems(arrived, propertyPath));
    return pulumi.output(aws.cognito.UserPool.isInstance(arrived) ? arrived.arn : arrived.arn);
  });
}

/**
 * The partitions whose endpoints don't end in `amazonaws.com`. Isolated partitions are missing: use `Authorization.jwt()` with
 * the issuer there.
 *
 * @see https://github.com/boto/botocore/blob/develop/botocore/data/partitions.json
 */
const suffixes: Readonly<Record<string, string>> = {
  "aws-cn": "amazonaws.com.cn",
  "aws-eusc": "amazonaws.eu",
};

/**
 * The `iss` claim of a user pool's tokens, derived from the pool's ARN.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html
 */
export function issuerOfUserPool(arn: pulumi.Output<string>): pulumi.Output<string> {
  return arn.apply((text) => {
    const [, partition, region, id] = userPoolArn.exec(text) ?? [];
    const suffix = suffixes[partition ?? ""] ?? "amazonaws.com";
    return `https://cognito-idp.${region}.${suffix}/${id}`;
  });
}
