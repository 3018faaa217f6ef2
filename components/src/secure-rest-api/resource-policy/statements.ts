import * as pulumi from "@pulumi/pulumi";

/** A statement of a policy document, without what all statements share. */
type Statement = Readonly<Record<string, unknown>> & { readonly Sid: string };

/** The account of an API, and its partition. */
export interface Home {
  readonly partition: pulumi.Input<string>;
  readonly accountId: pulumi.Input<string>;
}

/** Where requests have to come from, and who may sign them. */
export interface Restrictions {
  readonly ipRanges?: readonly pulumi.Input<string>[] | undefined;
  readonly accounts?: readonly pulumi.Input<string>[] | undefined;
  readonly organizationId?: pulumi.Input<string> | undefined;
  /** For a private API. */
  readonly vpcEndpointIds?: readonly pulumi.Input<string>[] | undefined;
}

/** What the policy needs to know about an API's routes. */
export interface PolicedRoutes {
  readonly haveIam: boolean;
  /**
   * What the policy has to allow, as `GET/customers/*`: routes with Cognito, public routes and the answers to preflights. A
   * route that was removed from the program is still in the next deployment, because Pulumi deletes last. The policy no
   * longer allows it there. `"all"` if there are too many to list and no route has a Lambda authorizer.
   */
  readonly allowed: "all" | readonly string[];
}

/**
 * A policy applies to its own API only. AWS would replace `execute-api:/*` by the API's ARN, and every update would see a
 * change (https://github.com/hashicorp/terraform-provider-aws/issues/5549).
 */
const everything = { Resource: "*" };

/** Refuses everybody, whatever the authorization of the routes. */
export const denyEverybody: readonly Statement[] = [{ Sid: "Lockdown", Effect: "Deny", ...everything }];

/**
 * Refuses requests from elsewhere, and never gives anybody more than the authorization of the routes does. Without
 * restrictions, the policy changes nothing. It exists so that a lockdown can change it in place.
 *
 * With a policy, each authorization behaves differently:
 * - A public route or a route with Cognito needs an Allow.
 * - With IAM, an Allow for everybody would let in principals of any account, even without a permission.
 * - With a Lambda authorizer, an Allow applies if the function's answer says nothing about the method.
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
  // Requests through a VPC endpoint have no aws:SourceIp.
  const address = vpcEndpointIds ? "aws:VpcSourceIp" : "aws:SourceIp";
  return [
    // A policy needs a statement. This one never matches, because API Gateway accepts TLS only.
    deny("TlsOnly", { Bool: { "aws:SecureTransport": "false" } }),
    ...(vpcEndpointIds
      ? [deny("OtherEndpoints", { StringNotEquals: { "aws:SourceVpce": vpcEndpointIds } })]
      : []),
    ...(ipRanges ? [deny("OtherAddresses", { NotIpAddress: { [address]: ipRanges } })] : []),
  ];
}

/**
 * Allows unsigned requests. Only a signed request has `aws:PrincipalArn`.
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
      // Otherwise the account's own principals would need no further permission.
      StringNotEquals: { "aws:PrincipalAccount": accountId },
    };
    statements.push({ Sid: "Organization", Effect: "Allow", ...everything, Condition });
  }
  return statements;
}

/** A policy. Its values may be Outputs. */
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
