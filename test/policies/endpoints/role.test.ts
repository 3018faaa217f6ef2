import { describe, expect, test } from "vitest";
import { managedPolicy } from "../../../policies/src/endpoints/iam/managed-policy";
import {
  boundaryOf,
  isNameOf,
  permissionsOf,
  Role,
  type RolePermissions,
} from "../../../policies/src/endpoints/iam/role";
import type { RawRecord } from "../../../policies/src/stack";
import type { TestedResource } from "../../../policies/src/testing";
import { UNKNOWN } from "../../unknown";
import { attached, customerPolicy, iamRole, may, rolePolicy } from "../role-resources";
import { firstOf, stackFrom } from "../stack-from";

const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
const ofSomebody = "arn:aws:iam::123456789012:policy/somebody's";
const lookups = may("execute-api:Invoke");

/** Where a policy stands, and how many statements it has; or how it can't be read. */
function told(permissions: RolePermissions): string {
  if (permissions.kind === "elsewhere") return "elsewhere";
  const { document, holder } = permissions;
  const read = document.kind === "read" ? document.policy.statements.length : document.kind;
  return `${holder.resource.name} ${holder.property} ${read}`;
}

const role = (properties: RawRecord = {}) => iamRole("lookup", undefined, { name: "lookup", ...properties });
const of = (type: string, name: string, properties: RawRecord, dependencies = {}): TestedResource => ({
  type: `aws:iam/${type}`,
  name,
  properties,
  dependencies,
});
const onlyAttachments = (properties: RawRecord, dependencies = {}) =>
  of("rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive", "only", properties, dependencies);
const attachedToRoles = (properties: RawRecord, dependencies = {}) =>
  of("policyAttachment:PolicyAttachment", "all", properties, dependencies);

describe("what a role may do", () => {
  test.each<[what: string, resources: readonly TestedResource[], says: readonly string[]]>([
    ["nothing said", [role()], []],
    ["a policy within it", [role({ inlinePolicies: [{ policy: lookups }] })], ["lookup inlinePolicies 1"]],
    ["no policies within it", [role({ inlinePolicies: [] })], []],
    ["an empty policy within it", [role({ inlinePolicies: [{ policy: "" }, {}] })], []],
    [
      "policies within it of which one isn't known",
      [role({ inlinePolicies: [{ policy: lookups }, UNKNOWN, { policy: UNKNOWN }] })],
      ["lookup inlinePolicies 1", "lookup inlinePolicies unknown", "lookup inlinePolicies unknown"],
    ],
    [
      "policies within it that aren't known",
      [role({ inlinePolicies: UNKNOWN })],
      ["lookup inlinePolicies unknown"],
    ],
    ["a policy beside it", [role(), rolePolicy("calls", "lookup", lookups)], ["calls policy 1"]],
    [
      "a policy beside it that isn't known",
      [role(), rolePolicy("calls", "lookup", UNKNOWN)],
      ["calls policy unknown"],
    ],
    ["a policy beside it that is empty", [role(), rolePolicy("calls", "lookup", "")], []],
    ["a policy beside it without a document", [role(), rolePolicy("calls", "lookup", undefined)], []],
    [
      "a policy beside another role",
      [role(), iamRole("other", undefined), rolePolicy("calls", "other", lookups)],
      [],
    ],
    [
      "a policy beside it, by its name",
      [role(), of("rolePolicy:RolePolicy", "calls", { role: "lookup", policy: lookups })],
      ["calls policy 1"],
    ],
    [
      "a policy that names its roles itself, as in CloudFormation",
      [role(), of("policy:Policy", "calls", { roles: ["other", "lookup"], policy: lookups })],
      ["calls policy 1"],
    ],
    ["a policy that names no role", [role(), customerPolicy("calls", lookups)], []],
    ["a policy of AWS's", [role({ managedPolicyArns: [administrator] })], ["lookup managedPolicyArns 1"]],
    ["a policy of somebody else's", [role({ managedPolicyArns: [ofSomebody] })], ["elsewhere"]],
    ["policies that aren't known", [role({ managedPolicyArns: UNKNOWN })], ["elsewhere"]],
    ["a policy that isn't known", [role({ managedPolicyArns: [UNKNOWN] })], ["elsewhere"]],
    ["no managed policy", [role({ managedPolicyArns: [] })], []],
    [
      "a policy of AWS's beside one that isn't known",
      [role({ managedPolicyArns: [administrator, UNKNOWN] })],
      ["lookup managedPolicyArns 1", "elsewhere"],
    ],
    [
      "a policy of AWS's beside one of the program's",
      [
        customerPolicy("own", lookups),
        {
          ...role({ managedPolicyArns: [administrator, UNKNOWN] }),
          dependencies: { managedPolicyArns: ["own"] },
        },
      ],
      ["own policy 1", "lookup managedPolicyArns 1"],
    ],
    [
      "a policy of the program's, by its ARN",
      [
        customerPolicy("own", lookups),
        { ...role({ managedPolicyArns: [ofSomebody] }), dependencies: { managedPolicyArns: ["own"] } },
      ],
      ["own policy 1"],
    ],
    [
      "an attached policy of AWS's",
      [role(), attached("to it", "lookup", administrator)],
      ["to it policyArn 1"],
    ],
    [
      "an attached policy of somebody else's",
      [role(), attached("to it", "lookup", ofSomebody)],
      ["elsewhere"],
    ],
    [
      "an attached policy of the program's",
      [role(), customerPolicy("own", lookups), attached("to it", "lookup", "own")],
      ["own policy 1"],
    ],
    [
      "a policy that is attached to another role",
      [role(), iamRole("other", undefined), attached("to it", "other", administrator)],
      [],
    ],
    [
      "a policy that is attached to several roles",
      [role(), attachedToRoles({ roles: ["other", "lookup"], policyArn: administrator })],
      ["all policyArn 1"],
    ],
    [
      "a policy that is attached to other roles",
      [role(), attachedToRoles({ roles: ["other"], policyArn: administrator })],
      [],
    ],
    [
      "the only policies that are attached to it",
      [role(), onlyAttachments({ roleName: "lookup", policyArns: [administrator] })],
      ["only policyArns 1"],
    ],
    ["no policies attached to it", [role(), onlyAttachments({ roleName: "lookup", policyArns: [] })], []],
    [
      "the only policies that are attached to another role",
      [role(), onlyAttachments({ roleName: "other", policyArns: [administrator] })],
      [],
    ],
  ])("%s", (_what, resources, says) => {
    const stack = stackFrom(...resources);
    expect(permissionsOf(stack, firstOf(stack, Role)).map(told)).toEqual(says);
  });
});

describe("what limits a role", () => {
  test.each<[what: string, resources: readonly TestedResource[], says: string | undefined]>([
    ["nothing", [role()], undefined],
    ["a policy of AWS's", [role({ permissionsBoundary: administrator })], "lookup permissionsBoundary 1"],
    ["a policy of somebody else's", [role({ permissionsBoundary: ofSomebody })], "elsewhere"],
    ["a policy that isn't known", [role({ permissionsBoundary: UNKNOWN })], "elsewhere"],
    [
      "a policy of the program's",
      [
        customerPolicy("own", lookups),
        { ...role({ permissionsBoundary: UNKNOWN }), dependencies: { permissionsBoundary: ["own"] } },
      ],
      "own policy 1",
    ],
  ])("%s", (_what, resources, says) => {
    const stack = stackFrom(...resources);
    const boundary = boundaryOf(stack, firstOf(stack, Role));
    expect(boundary && told(boundary)).toBe(says);
  });
});

describe("whether a text names a role", () => {
  const arn = "arn:aws:iam::123456789012:role/service/lookup";

  test.each<[text: unknown, properties: RawRecord, isName: boolean]>([
    ["lookup", {}, true],
    ["other", {}, false],
    [arn, {}, true],
    ["arn:aws:iam::123456789012:role/lookups", {}, false],
    [arn, { name: undefined }, false],
    [arn, { name: undefined, arn }, true],
    [arn, { name: UNKNOWN, arn: UNKNOWN }, false],
    [UNKNOWN, { name: UNKNOWN, arn: UNKNOWN }, false],
    [UNKNOWN, {}, false],
    ["", { name: "" }, false],
    [undefined, { name: undefined }, false],
    [1, {}, false],
  ])("%j of a role with %j: %s", (text, properties, isName) => {
    expect(isNameOf(firstOf(stackFrom(role(properties)), Role), text)).toBe(isName);
  });
});

describe("what a policy of AWS's own allows", () => {
  const actions = (...Action: readonly string[]) => ({ Effect: "Allow", Action, Resource: "*" });

  test.each<[arn: string, statement: unknown]>([
    [administrator, actions("*")],
    ["arn:aws-cn:iam::aws:policy/service-role/AWSLambdaRole", actions("lambda:InvokeFunction")],
    ["arn:aws:iam::aws:policy/ReadOnlyAccess", []],
    ["arn:aws:iam::aws:policy/constructor", []],
    [ofSomebody, undefined],
    ["an arn:aws:iam::aws:policy/AdministratorAccess", undefined],
    ["arn:aws:iam::aws:policy/", undefined],
    ["arn:aws:iam::aws:policy/AdministratorAccess/", undefined],
  ])("%s", (arn, Statement) => {
    const says = Statement === undefined ? undefined : { Version: "2012-10-17", Statement };
    expect(managedPolicy(arn)).toEqual(says);
  });
});
