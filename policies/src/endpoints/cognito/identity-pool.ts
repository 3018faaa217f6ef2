import type { IdentityPoolArgs, IdentityPoolRoleAttachmentArgs } from "@pulumi/aws/cognito";
import { readPolicy } from "../../reading/iam/policy";
import { isRecord, knownValue, type Resource, type ResourceOf, resourceType, type Stack } from "../../stack";
import { isNameOf, Role, type RoleResource } from "../iam/role";
import { leadsTo } from "../target";

export const IdentityPool = resourceType<IdentityPoolArgs>("aws:cognito/identityPool:IdentityPool", {
  allowUnauthenticatedIdentities: "deciding word",
  allowClassicFlow: "deciding word",
});
export const IdentityPoolRoles = resourceType<IdentityPoolRoleAttachmentArgs>(
  "aws:cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment",
  { identityPoolId: "reference", roles: "reference" },
);

export type IdentityPoolResource = ResourceOf<typeof IdentityPool>;

/** Whether a pool gives credentials to whoever asks. Its default is not to. */
export function admitsGuests(pool: IdentityPoolResource): boolean {
  const allowed = pool.flag("allowUnauthenticatedIdentities");
  return allowed.kind === "unknown" || knownValue(allowed) === true;
}

/**
 * Whether guests may use the classic flow, in which no session policy of Cognito's narrows their role.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flow.html
 */
export function allowsClassicFlow(pool: IdentityPoolResource): boolean {
  const allowed = pool.flag("allowClassicFlow");
  return allowed.kind === "unknown" || knownValue(allowed) === true;
}

/** The roles of a pool's guests. */
export interface GuestRoles {
  /** The roles that guests have for certain. */
  readonly certain: readonly RoleResource[];
  /** Several roles, of which one is the guests': ids that aren't known don't show which. */
  readonly possible: readonly RoleResource[];
  /** Whether guests have a role that this stack doesn't hold, or may get one elsewhere. */
  readonly isElsewhere: boolean;
}

/** The roles that guests of a pool get, by its attachments and, in the classic flow, by what roles trust. */
export function guestRoles(stack: Stack, pool: IdentityPoolResource): GuestRoles {
  const attachments = stack
    .of(IdentityPoolRoles)
    .filter((attachment) => leadsTo(stack.target(attachment, "identityPoolId", IdentityPool), pool));
  const attached = attachments.map((attachment) => rolesAttachedBy(stack, attachment));
  const trusting = allowsClassicFlow(pool)
    ? stack.of(Role).filter((role) => trustsGuests(role) === true && !isForAnotherPool(stack, role, pool))
    : [];
  const certain = new Set([...attached.flatMap((roles) => roles.certain), ...trusting]);
  return {
    certain: [...certain],
    possible: attached.flatMap(({ possible }) => possible).filter((role) => !certain.has(role)),
    isElsewhere: attached.length === 0 || attached.some(({ isElsewhere }) => isElsewhere),
  };
}

/** The attachments that give roles to the guests of a pool that this stack doesn't hold, each with the roles that are certain. */
export function attachedElsewhere(
  stack: Stack,
): readonly { readonly attachment: Resource; readonly roles: readonly RoleResource[] }[] {
  return stack
    .of(IdentityPoolRoles)
    .filter((attachment) => stack.target(attachment, "identityPoolId", IdentityPool).kind === "elsewhere")
    .map((attachment) => ({ attachment, roles: rolesAttachedBy(stack, attachment).certain }));
}

function rolesAttachedBy(stack: Stack, attachment: ResourceOf<typeof IdentityPoolRoles>): GuestRoles {
  const roles = attachment.value("roles");
  const candidates = stack.madeOf(attachment, "roles", Role);
  const written = knownValue(roles);
  const given = isRecord(written) ? written : undefined;
  const none = { certain: [], possible: [], isElsewhere: false };
  // Without a role, guests get no credentials.
  if (roles.kind === "absent" || (given && !given.unauthenticated)) return none;
  const named = stack.of(Role).filter((role) => given && isNameOf(role, given.unauthenticated));
  if (named.length > 0) return { ...none, certain: named };
  const isOnlyOne = given !== undefined && Object.keys(given).length === 1;
  const forGuests = isOnlyOne ? candidates : candidates.filter((role) => trustsGuests(role) !== false);
  if (forGuests.length === 1 || (isOnlyOne && forGuests.length > 0)) return { ...none, certain: forGuests };
  return { ...none, possible: forGuests, isElsewhere: forGuests.length === 0 };
}

/** Whether what a role trusts was made of identity pools, and this is none of them: it names them as its audience. */
function isForAnotherPool(stack: Stack, role: RoleResource, pool: IdentityPoolResource): boolean {
  const pools = stack.madeOf(role, "assumeRolePolicy", IdentityPool);
  return pools.length > 0 && !pools.some(({ urn }) => urn === pool.urn);
}

const cognito = "cognito-identity.amazonaws.com";

/**
 * Whether guests of an identity pool may assume a role, by what it trusts. Undefined if that isn't known before the
 * deployment.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html
 */
function trustsGuests(role: RoleResource): boolean | undefined {
  const document = readPolicy(knownValue(role.value("assumeRolePolicy")));
  if (document.kind !== "read") return undefined;
  const answers = document.policy.statements.map((statement): boolean | undefined => {
    if (statement.kind !== "known") return undefined;
    const { effect, principals, conditions } = statement.value;
    if (knownValue(effect) === "Deny") return false;
    const namesCognito = principals.listed.some(
      (principal) => principal.kind === "known" && principal.value.name === cognito,
    );
    const isUnknown = principals.listed.some(({ kind }) => kind === "unknown");
    if (!namesCognito) return isUnknown ? undefined : false;
    const keepsOut = conditions.some(
      (condition) =>
        condition.kind === "known" &&
        !condition.value.operator.isNegated &&
        condition.value.key === `${cognito}:amr` &&
        condition.value.values.every((value) => knownValue(value) === "authenticated"),
    );
    return !keepsOut;
  });
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}
