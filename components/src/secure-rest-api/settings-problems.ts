import { accessLogProblems } from "../access-log/args";
import { watchProblems } from "../api-watch/argument-problems";
import { corsProblems } from "../cors/args";
import { placementProblems } from "../domain/address-problems";
import { domainProblems } from "../domain/args";
import { defaultEndpointProblems } from "../domain/default-endpoint";
import { loggingAccountProblems } from "../gateway-logging-account/argument-problems";
import type { InputProblem, NamesOf, PlainRecord } from "../input-problems";
import { lockdownProblems } from "../lockdown";
import { transformProblems } from "../override/transform";
import { stageNameProblems } from "../stage-name";
import { throttleProblems } from "../throttle";
import type { RestApiTransforms } from "./args";
import { restCorsProblems } from "./cors/origins";
import type { EffectiveAuthorization } from "./effective-authorizations";
import { endpointProblems } from "./private-endpoint";
import { resourcePolicyProblems } from "./resource-policy/args";
import { policyRoomProblems } from "./resource-policy/room";
import { usagePlansProblems } from "./usage-plans/args";
import { wafProblems } from "./web-acl/args";

const transforms: NamesOf<RestApiTransforms> = {
  restApi: true,
  resource: true,
  method: true,
  integration: true,
  methodResponse: true,
  integrationResponse: true,
  authorizer: true,
  requestValidator: true,
  model: true,
  permission: true,
  gatewayResponse: true,
  deployment: true,
  stage: true,
  methodSettings: true,
  accessLogGroup: true,
  accessLogKey: true,
  executionLogGroup: true,
  webAcl: true,
  webAclLogGroup: true,
  usagePlan: true,
  apiKey: true,
  domainName: true,
  basePathMapping: true,
  apiMapping: true,
  integrationRole: true,
  integrationPolicy: true,
  certificate: true,
  record: true,
};

/** What the settings need to know about the routes. */
export interface RoutesInBrief {
  readonly authorizations: readonly EffectiveAuthorization[];
  /** Whether a route requires an API key. */
  readonly isMetered: boolean;
}

const onPrivateDomain: InputProblem = {
  propertyPath: "domain",
  reason:
    'give an address of an ApiDomain with apis: "private REST", such as domain.at("inventory"): a private API is on a private domain only',
};

/** Checks the arguments of a `SecureRestApi`, besides its routes. */
export function settingsProblems(
  args: PlainRecord,
  { authorizations, isMetered }: RoutesInBrief,
): InputProblem[] {
  const isPrivate = args.endpoint !== undefined;
  return [
    ...throttleProblems(args.throttle, "throttle"),
    ...lockdownProblems(args.lockdown, "lockdown"),
    ...corsProblems(args.cors, "cors"),
    ...restCorsProblems(args.cors, "cors"),
    ...placementProblems(args.domain, "domain", { kind: "REST", isPrivate }, (own) =>
      isPrivate && own !== undefined ? [onPrivateDomain] : domainProblems(own, "domain"),
    ),
    ...defaultEndpointProblems(args.defaultEndpoint, "defaultEndpoint"),
    ...endpointProblems(args.endpoint, "endpoint"),
    ...resourcePolicyProblems(args.resourcePolicy, isPrivate, "resourcePolicy"),
    ...wafProblems(args.waf, "waf"),
    ...usagePlansProblems(args.usagePlans, isMetered, "usagePlans"),
    ...stageNameProblems(args.stageName, "stageName"),
    ...accessLogProblems(args.accessLog, "accessLog"),
    ...loggingAccountProblems(args.loggingAccount, "loggingAccount"),
    ...watchProblems(args.watch, "watch"),
    ...transformProblems(args.transform, transforms, "transform"),
    ...signerProblems(args.resourcePolicy, authorizations),
    ...policyRoomProblems(authorizations, args.resourcePolicy, args.endpoint),
  ];
}

/** API Gateway knows the account and the organization of signed requests only. */
function signerProblems(policy: unknown, authorizations: readonly EffectiveAuthorization[]): InputProblem[] {
  if (typeof policy !== "object" || policy === null) return [];
  if (authorizations.some(({ type }) => type === "AWS_IAM" || type === undefined)) return [];
  return (["accounts", "organizationId"] as const)
    .filter((property) => (policy as PlainRecord)[property] !== undefined)
    .map((property) => ({
      propertyPath: `resourcePolicy.${property}`,
      reason: "leave it out: only signed requests have it, and no route has Authorization.iam()",
    }));
}
