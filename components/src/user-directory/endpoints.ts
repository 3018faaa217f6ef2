import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { userPoolArn } from "../authorization/authorization-problems";
import type { UserDirectoryArgs } from "./args";

/**
 * Where people sign in and clients get tokens.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-userpools-server-contract-reference.html
 */
export interface UserDirectoryEndpoints {
  /** Where clients get tokens: `https://example-people.auth.eu-west-1.amazoncognito.com/oauth2/token`. */
  readonly token: pulumi.Output<string>;
  /** Where an application sends people to sign in, with `client_id`, `redirect_uri` and a code challenge. */
  readonly authorize: pulumi.Output<string>;
  /** The page where people sign in. It takes the same parameters as `authorize`. */
  readonly login: pulumi.Output<string>;
  /** Where an application sends people to sign out, with `client_id` and `logout_uri`. */
  readonly logout: pulumi.Output<string>;
}

/** The endpoints of a directory. They answer once the domain exists. */
export function endpointsOf(
  made: aws.cognito.UserPoolDomain | undefined,
  userPool: aws.cognito.UserPool,
  { domain }: UserDirectoryArgs,
): UserDirectoryEndpoints | undefined {
  if (made === undefined || domain === undefined) return undefined;
  const host =
    domain.prefix === undefined
      ? made.domain
      : pulumi.interpolate`${made.domain}.${userPool.arn.apply(parentDomain)}`;
  const at = (path: string) => pulumi.interpolate`https://${host}${path}`;
  return {
    token: at("/oauth2/token"),
    authorize: at("/oauth2/authorize"),
    login: at("/login"),
    logout: at("/logout"),
  };
}

/**
 * The domain above a pool's prefix.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain-prefix.html
 * @see https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-cog.html
 * @see https://publicsuffix.org/list/public_suffix_list.dat for the partitions of China and of the European Sovereign Cloud
 */
function parentDomain(arn: string): string {
  const [, partition, region] = userPoolArn.exec(arn) ?? [];
  switch (partition) {
    case "aws-us-gov":
      return `auth-fips.${region}.amazoncognito.com`;
    case "aws-cn":
      return `auth.${region}.amazoncognito.com.cn`;
    case "aws-eusc":
      return `auth.cognito-idp.${region}.on.amazonwebservices.eu`;
    default:
      return `auth.${region}.amazoncognito.com`;
  }
}
