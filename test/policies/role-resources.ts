import { type Given, UNKNOWN } from "./analyze";
import { policy } from "./policy-resources";

/** Roles, what they may do, and the guests of identity pools. */

/** What a role trusts: the statements of its trust policy. */
export const iamRole = (name: string, trust: unknown, properties: object = {}): Given => ({
  type: "aws:iam/role:Role",
  name,
  properties: { assumeRolePolicy: trust, ...properties },
});

export const trustOf = (principal: unknown, changed: object = {}) => ({
  ...policy({ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole", ...changed }),
});

export const may = (action: unknown, changed: object = {}) => ({
  ...policy({ Effect: "Allow", Action: action, Resource: "*", ...changed }),
});

/** @param madeOf what the policy was made of */
export const rolePolicy = (
  name: string,
  role: string,
  document: unknown,
  madeOf: readonly string[] = [],
): Given => ({
  type: "aws:iam/rolePolicy:RolePolicy",
  name,
  properties: { role: UNKNOWN, policy: document },
  dependencies: { role: [role], ...(madeOf.length > 0 && { policy: madeOf }) },
});

export const customerPolicy = (name: string, document: unknown): Given => ({
  type: "aws:iam/policy:Policy",
  name,
  properties: { policy: document },
});

/** @param policyArn an ARN, or the name of a policy of the program */
export const attached = (name: string, role: string, policyArn: string): Given => {
  const isArn = policyArn.startsWith("arn:");
  return {
    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    name,
    properties: { role: UNKNOWN, policyArn: isArn ? policyArn : UNKNOWN },
    dependencies: { role: [role], ...(!isArn && { policyArn: [policyArn] }) },
  };
};

export const identityPool = (properties: object = {}): Given => ({
  type: "aws:cognito/identityPool:IdentityPool",
  name: "visitors",
  properties: { identityPoolName: "visitors", allowUnauthenticatedIdentities: true, ...properties },
});

/** @param made the names of the roles that the roles were made of */
export const poolRoles = (roles: unknown, ...made: readonly string[]): Given => ({
  type: "aws:cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment",
  name: "roles",
  properties: { identityPoolId: UNKNOWN, roles },
  dependencies: { identityPoolId: ["visitors"], roles: made },
});

export const trustedBy = (whom: "authenticated" | "unauthenticated") =>
  trustOf(
    { Federated: "cognito-identity.amazonaws.com" },
    {
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: { "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": whom } },
    },
  );

/** A pool whose guests have a role that is allowed this. */
export const guestsWho = (
  document: unknown,
  { pool = {}, role = {} }: { readonly pool?: object; readonly role?: object } = {},
): readonly Given[] => [
  identityPool(pool),
  iamRole("guest", trustedBy("unauthenticated"), role),
  rolePolicy("guest-calls", "guest", document),
  poolRoles({ unauthenticated: UNKNOWN }, "guest"),
];
