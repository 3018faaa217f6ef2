import * as pulumi from "@pulumi/pulumi";

/** A statement of a policy document, without what all of them say. */
type Statement = Readonly<Record<string, unknown>> & { readonly Sid: string };

/** The account that an API is made in, and its partition. */
export interface Home {
  readonly partition: pulumi.Input<string>;
  readonly accountId: pulumi.Input<string>;
}

/** Where the requests to an API have to come from, and who may sign them. */
export interface Restrictions {
  readonly ipRanges?: readonly pulumi.Input<string>[] | undefined;
  readonly accounts?: readonly pulumi.Input<string>[] | undefined;
  readonly organizationId?: pulumi.Input<string> | undefined;
  /** Of a private API. */
  readonly vpcEndpointIds?: readonly pulumi.Input<string>[] | undefined;
}

/** How an API's routes are authorized, as far as its policy has to know. */
export interface PolicedRoutes {
  readonly haveIam: boolean;
  /**
   * What the policy has to allow, as `GET/customers/*`: the routes of Cognito, the public ones and the answers to preflights.
   * A route that left the program stays in the snapshot which is made in the same update, since Pulumi deletes last: it isn't
   * allowed there. `"all"` where there are too many to be listed, and no route's authorization is a function's.
   */
  readonly allowed: "all" | readonly string[];
}

/**
 * The policy is of this API alone. Of `execute-api:/*` AWS makes the API's ARN, and every update would find a difference
 * (https://github.com/hashicorp/terraform-provider-aws/issues/5549).
 */
const everything = { Resource: "*" };

/** Nobody passes, whatever the routes' own authorization says. */
export const denyEverybody: readonly Statement[] = [{ Sid: "Lockdown", Effect: "Deny", ...everything }];

/**
 * Keeps out who comes from elsewhere, and gives nobody more than the routes' own authorization does. Without restrictions
 * it changes nothing, and is there so that a lockdown is a change in place.
 *
 * Each authorization asks a policy another question, and where there is one:
 * - a public route and one of Cognito need an Allow;
 * - with IAM, an Allow for everybody lets in the account's own principals without a permission, and other accounts';
 * - with a Lambda authorizer, an Allow counts where the function's answer says nothing of the method.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
export function restrictingStatements(
  routes: PolicedRoutes,
  restrictions: Restrictions,
  home: Home,
): readonly Statement[] {
  return [
    ...networkStatements(restrictions),
    ...(routes.allowed.length === 0 ? [] : [unsignedStatement(routes, home)]),
    ...signerStatements(restrictions, home),
  ];
}

function networkStatements({ ipRanges, vpcEndpointIds }: Restrictions): readonly Statement[] {
  const deny = (Sid: string, Condition: object): Statement => ({
    Sid,
    Effect: "Deny",
    ...everything,
    Condition,
  });
  // Behind a VPC endpoint there is no aws:SourceIp.
  const address = vpcEndpointIds ? "aws:VpcSourceIp" : "aws:SourceIp";
  return [
    // API Gateway speaks nothing but TLS. A policy has to have a statement, and this one is never met.
    deny("TlsOnly", { Bool: { "aws:SecureTransport": "false" } }),
    ...(vpcEndpointIds
      ? [deny("OtherEndpoints", { StringNotEquals: { "aws:SourceVpce": vpcEndpointIds } })]
      : []),
    ...(ipRanges ? [deny("OtherAddresses", { NotIpAddress: { [address]: ipRanges } })] : []),
  ];
}

/**
 * Only a request that is signed has `aws:PrincipalArn`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-aws-condition-keys.html
 */
function unsignedStatement({ haveIam, allowed }: PolicedRoutes, { partition }: Home): Statement {
  const arnOf = (route: string) => pulumi.interpolate`arn:${partition}:execute-api:*:*:*/*/${route}`;
  return {
    Sid: "Unsigned",
    Effect: "Allow",
    ...(allowed === "all" ? everything : { Resource: allowed.map(arnOf) }),
    ...(haveIam && { Condition: { Null: { "aws:PrincipalArn": "true" } } }),
  };
}

function signerStatements({ accounts, organizationId }: Restrictions, home: Home): readonly Statement[] {
  const { partition, accountId } = home;
  const rootOf = (account: pulumi.Input<string>) => pulumi.interpolate`arn:${partition}:iam::${account}:root`;
  const statements: Statement[] = [];
  if (accounts) {
    const Principal = { AWS: accounts.map(rootOf) };
    statements.push({ Sid: "Accounts", Effect: "Allow", ...everything, Principal });
  }
  if (organizationId !== undefined) {
    const Condition = {
      StringEquals: { "aws:PrincipalOrgID": organizationId },
      // For the account's own principals it would be a permission by itself.
      StringNotEquals: { "aws:PrincipalAccount": accountId },
    };
    statements.push({ Sid: "Organization", Effect: "Allow", ...everything, Condition });
  }
  return statements;
}

/** A policy, in whose values there may be Outputs. */
export type PolicyDocument = Readonly<Record<string, unknown>>;

export function policyDocument(statements: readonly Statement[]): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: statements.map((statement) => ({
      Principal: "*",
      Action: "execute-api:Invoke",
      ...statement,
    })),
  };
}
