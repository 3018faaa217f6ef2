import type { PermissionArgs, ResourcePolicyArgs } from "@pulumi/aws/lambda";
import { type PolicyDocument, readPolicy } from "../../reading/iam/policy";
import type { Stranger } from "../../reading/iam/policy-caller";
import type { Condition, PrincipalName } from "../../reading/iam/statement";
import { known, knownValue, type ResourceOf, resourceType, type Seen } from "../../stack";
import { type PolicyGrant, policyGrant } from "../policies/policy-grant";

/** One statement of a function's policy, written as arguments. */
export const LambdaPermission = resourceType<PermissionArgs>("aws:lambda/permission:Permission", {
  principal: "reference",
  sourceArn: "reference",
  sourceAccount: "reference",
  principalOrgId: "reference",
  eventSourceToken: "reference",
  action: "deciding word",
  functionUrlAuthType: "deciding word",
  invokedViaFunctionUrl: "deciding word",
  function: "reference",
});
/** The whole policy of a function. */
export const LambdaPolicy = resourceType<ResourcePolicyArgs>("aws:lambda/resourcePolicy:ResourcePolicy", {
  policy: "document",
});

type PermissionResource = ResourceOf<typeof LambdaPermission>;

const circlesOfPeople: readonly Stranger[] = ["anonymous", "account"];
const circles: readonly Stranger[] = [...circlesOfPeople, "service"];
/** Any account can have a service act for it, so a permission has to say for whom the service may act. */
const question = { actions: ["lambda:*"], suspectsNamedServices: true } as const;

/**
 * Whom a permission lets call the function although it doesn't name them.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
 */
export function permissionGrant(permission: PermissionResource): PolicyGrant {
  const when = (
    family: "arn" | "like" | "equals",
    key: string,
    value: Seen<string>,
  ): readonly Seen<Condition>[] => {
    const operator = { quantifier: undefined, family, isNegated: false, ifExists: false };
    return value.kind === "absent" ? [] : [known({ operator, key, values: [value] })];
  };
  const policy: PolicyDocument = {
    kind: "read",
    policy: {
      statements: [
        known({
          effect: known("Allow"),
          principals: { isNegated: false, listed: [principalOf(permission)] },
          // Whatever the action is, it isn't for everybody.
          actions: { isNegated: false, listed: [known("lambda:*")] },
          resources: { isNegated: false, listed: [known("*")] },
          conditions: [
            ...when("arn", "aws:sourcearn", permission.text("sourceArn")),
            // AWS refuses a wildcard here. If the program writes one, it is read as intended.
            ...when("like", "aws:sourceaccount", permission.text("sourceAccount")),
            ...when("like", "aws:principalorgid", permission.text("principalOrgId")),
            ...when("equals", "lambda:eventsourcetoken", permission.text("eventSourceToken")),
          ],
          hasVariables: false,
        }),
      ],
    },
  };
  return policyGrant(policy, mayInvoke(permission) ? circles : circlesOfPeople, question);
}

/**
 * Whether the action is to call the function. A service that may only do something else calls it for nobody: CloudFront's
 * replication of Lambda@Edge, for instance, reads the function.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-permissions.html
 */
function mayInvoke(permission: PermissionResource): boolean {
  const action = permission.word("action");
  return action.kind !== "known" || /\*|^LAMBDA:INVOKE/.test(action.value);
}

/** An account, a principal of one, or a service, whose name is a domain. AWS refuses a permission without a principal; it counts as anyone here. */
function principalOf(permission: PermissionResource): Seen<PrincipalName> {
  const principal = permission.text("principal");
  if (principal.kind === "unknown") return principal;
  const name = knownValue(principal)?.trim() ?? "*";
  return known({ kind: name.startsWith("arn:") || !name.includes(".") ? "AWS" : "Service", name });
}

/** Whom a function's whole policy lets call it although it doesn't name them. Undefined where there is no policy. */
export function lambdaPolicyGrant(resource: ResourceOf<typeof LambdaPolicy>): PolicyGrant | undefined {
  const policy = resource.value("policy");
  if (policy.kind === "absent" || knownValue(policy) === "") return undefined;
  return policyGrant(policy.kind === "known" ? readPolicy(policy.value) : policy, circles, question);
}

/**
 * Whether the permission is about the function's URL. Lambda requires one permission to call the URL and, since October
 * 2025, another to call the function through it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
export function isAboutUrl(permission: PermissionResource): boolean {
  return (
    knownValue(permission.word("action")) === "LAMBDA:INVOKEFUNCTIONURL" ||
    permission.isSet("functionUrlAuthType") ||
    knownValue(permission.flag("invokedViaFunctionUrl")) === true
  );
}

/** Whether the source is known to be no ARN, and no pattern of one. */
export function namesNoArn(permission: PermissionResource): boolean {
  const source = knownValue(permission.text("sourceArn"));
  if (source === undefined) return false;
  const [beforeWildcard = ""] = source.toLowerCase().split(/[*?]/);
  return !beforeWildcard.startsWith("arn:") && !"arn:".startsWith(beforeWildcard);
}

/** What is left open by a permission that names its caller. */
export type LambdaPermissionLapse =
  /** It names the bucket and not the owner: anybody can take the name of a deleted bucket. */
  | "bucket-without-owner"
  /** The source is in another account than the function, and nothing says that this is intended. */
  | "source-of-another-account";

/** @see https://docs.aws.amazon.com/lambda/latest/dg/with-s3.html */
export function permissionLapse(permission: PermissionResource): LambdaPermissionLapse | undefined {
  if (permission.isSet("sourceAccount") || permission.isSet("principalOrgId")) return undefined;
  const isBucket = /^s3\.amazonaws\.com(\.cn)?$/i.test(knownValue(permission.text("principal")) ?? "");
  if (isBucket) return "bucket-without-owner";
  const accounts = (["function", "sourceArn"] as const).map((property) =>
    accountOf(knownValue(permission.text(property)) ?? ""),
  );
  const [own, source] = accounts;
  return own !== undefined && source !== undefined && own !== source
    ? "source-of-another-account"
    : undefined;
}

function accountOf(arn: string): string | undefined {
  return /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1];
}
