import type {
  PolicyArgs,
  PolicyAttachmentArgs,
  RoleArgs,
  RolePolicyArgs,
  RolePolicyAttachmentArgs,
  RolePolicyAttachmentsExclusiveArgs,
} from "@pulumi/aws/iam";
import { type PolicyDocument, readIdentityPolicy } from "../../reading/iam/policy";
import {
  isUnknown,
  knownElements,
  knownValue,
  type PropertyOf,
  type Resource,
  type ResourceOf,
  resourceType,
  type Seen,
  type Stack,
  unknownValue,
} from "../../stack";
import { managedPolicy } from "./managed-policy";

export const Role = resourceType<RoleArgs>("aws:iam/role:Role", {
  name: "reference",
  assumeRolePolicy: "reference",
  inlinePolicies: "document",
  managedPolicyArns: "reference",
  permissionsBoundary: "reference",
});
const RolePolicy = resourceType<RolePolicyArgs>("aws:iam/rolePolicy:RolePolicy", {
  role: "reference",
  policy: "document",
});
/** In CloudFormation, a customer managed policy lists its roles itself. */
const CustomerPolicy = resourceType<PolicyArgs & { roles?: string[] }>("aws:iam/policy:Policy", {
  policy: "document",
  roles: "reference",
});
const RolePolicyAttachment = resourceType<RolePolicyAttachmentArgs>(
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  { role: "reference", policyArn: "reference" },
);
const PolicyAttachment = resourceType<PolicyAttachmentArgs>("aws:iam/policyAttachment:PolicyAttachment", {
  roles: "reference",
  policyArn: "reference",
});
/** It attaches what it lists, and detaches everything else. */
const OnlyRolePolicyAttachments = resourceType<RolePolicyAttachmentsExclusiveArgs>(
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
  { roleName: "reference", policyArns: "reference" },
);

/** The types whose inputs say what a role may do. */
export const roleTypes = [
  ...[Role, RolePolicy, CustomerPolicy],
  ...[RolePolicyAttachment, PolicyAttachment, OnlyRolePolicyAttachments],
] as const;

export type RoleResource = ResourceOf<typeof Role>;

/** A policy that says what a role may do. */
export type RolePermissions =
  /** The property that holds it says what an unknown document was made of. */
  | { readonly kind: "document"; readonly document: PolicyDocument; readonly holder: Held }
  /** A policy that this stack doesn't hold. */
  | { readonly kind: "elsewhere" };

export interface Held {
  readonly resource: Resource;
  readonly property: string;
}

/** All policies of a role: its own, those beside it, and the managed ones that are attached to it. */
export function permissionsOf(stack: Stack, role: RoleResource): readonly RolePermissions[] {
  const isHere = <Args>(resource: Resource<Args>, property: PropertyOf<Args>) =>
    namesRole(stack, resource, property, role);
  return [
    ...inlineOf(role),
    ...stack.of(RolePolicy).flatMap((policy) => (isHere(policy, "role") ? held(policy, "policy") : [])),
    ...stack.of(CustomerPolicy).flatMap((policy) => (isHere(policy, "roles") ? held(policy, "policy") : [])),
    ...(role.isSet("managedPolicyArns") ? managedBy(stack, role, "managedPolicyArns") : []),
    ...stack
      .of(RolePolicyAttachment)
      .flatMap((attachment) => (isHere(attachment, "role") ? managedBy(stack, attachment, "policyArn") : [])),
    ...stack
      .of(PolicyAttachment)
      .flatMap((attachment) =>
        isHere(attachment, "roles") ? managedBy(stack, attachment, "policyArn") : [],
      ),
    ...stack
      .of(OnlyRolePolicyAttachments)
      .flatMap((attachments) =>
        isHere(attachments, "roleName") && attachments.isSet("policyArns")
          ? managedBy(stack, attachments, "policyArns")
          : [],
      ),
  ];
}

/** The policy that limits what all others of a role allow. Undefined if it has none. */
export function boundaryOf(stack: Stack, role: RoleResource): RolePermissions | undefined {
  return role.isSet("permissionsBoundary") ? managedBy(stack, role, "permissionsBoundary")[0] : undefined;
}

/** Whether a property names a role: by what it was made of, or by the role's own name, if both are known. */
export function namesRole<Args>(
  stack: Stack,
  resource: Resource<Args>,
  property: PropertyOf<Args>,
  role: RoleResource,
): boolean {
  if (stack.madeOf(resource, property, Role).some(({ urn }) => urn === role.urn)) return true;
  const written = [resource.properties[property]].flat();
  return written.some((text) => isNameOf(role, text));
}

/** Whether a known text is a role's name or its ARN. */
export function isNameOf(role: RoleResource, text: unknown): boolean {
  if (typeof text !== "string" || isUnknown(text)) return false;
  const { arn } = role.properties;
  return text === arn || text.split("/").pop() === knownValue(role.text("name"));
}

function inlineOf(role: RoleResource): readonly RolePermissions[] {
  const policies = role.records("inlinePolicies");
  if (policies.kind === "absent") return [];
  const holder = { resource: role, property: "inlinePolicies" };
  const documents =
    policies.kind === "known"
      ? policies.value.map((policy) =>
          policy.kind === "known" ? documentIn(policy.value.value("policy")) : unread,
        )
      : [unread];
  return documents.flatMap((document) => (document ? [{ kind: "document" as const, document, holder }] : []));
}

const unread: PolicyDocument = { kind: "unknown" };

function documentIn(policy: Seen<unknown>): PolicyDocument | undefined {
  if (policy.kind === "absent" || knownValue(policy) === "") return undefined;
  return readIdentityPolicy(policy.kind === "known" ? policy.value : unknownValue);
}

function held(resource: Resource<{ policy: unknown }>, property: "policy"): readonly RolePermissions[] {
  const document = documentIn(resource.value(property));
  return document ? [{ kind: "document", document, holder: { resource, property } }] : [];
}

function holdsUnknown(list: Seen<readonly Seen<string>[]>): boolean {
  return list.kind === "known" && list.value.some(({ kind }) => kind === "unknown");
}

/** The managed policies that a property names: AWS's own, those of this stack, and those that are elsewhere. */
function managedBy<Args>(
  stack: Stack,
  resource: Resource<Args>,
  property: PropertyOf<Args>,
): readonly RolePermissions[] {
  const ours = stack.madeOf(resource, property, CustomerPolicy).flatMap((policy) => held(policy, "policy"));
  const list = resource.list(property);
  const one = resource.text(property);
  const arns = list.kind === "known" ? knownElements(list) : one.kind === "known" ? [one.value] : [];
  const written = arns.flatMap((arn): readonly RolePermissions[] => {
    const known = managedPolicy(arn);
    if (known === undefined) return ours.length > 0 ? [] : [{ kind: "elsewhere" }];
    const document = readIdentityPolicy(known);
    return [{ kind: "document", document, holder: { resource, property } }];
  });
  const isAnyUnseen = ours.length === 0 && (arns.length === 0 || holdsUnknown(list));
  return [...ours, ...written, ...(isAnyUnseen ? [{ kind: "elsewhere" as const }] : [])];
}
