import { accessLogProblems } from "../access-log/args";
import { watchProblems } from "../api-watch/argument-problems";
import { corsProblems } from "../cors/args";
import { domainProblems } from "../domain/args";
import { arrivesLater, type InputProblem } from "../input-problems";
import { lockdownProblems } from "../lockdown";
import { transformProblems } from "../override/transform";
import { throttleProblems } from "../throttle";
import type { RestApiSettings, RestApiTransforms } from "./args";
import type { EffectiveAuthorization } from "./effective-authorizations";
import { endpointProblems, resourcePolicyProblems } from "./resource-policy/args";
import { policyRoomProblems } from "./resource-policy/room";
import { usagePlansProblems } from "./usage-plans/args";
import { wafProblems } from "./web-acl/args";

const settings: Readonly<Record<keyof RestApiSettings, true>> = {
  throttle: true,
  lockdown: true,
  cors: true,
  domain: true,
  endpoint: true,
  resourcePolicy: true,
  waf: true,
  usagePlans: true,
  stageName: true,
  accessLog: true,
  watch: true,
  tags: true,
  transform: true,
};

export const settingNames = Object.keys(settings);

const transforms: Readonly<Record<keyof RestApiTransforms, true>> = {
  restApi: true,
  resource: true,
  method: true,
  integration: true,
  authorizer: true,
  model: true,
  gatewayResponse: true,
  deployment: true,
  stage: true,
  logGroup: true,
  webAcl: true,
  usagePlan: true,
  apiKey: true,
  domainName: true,
};

/** What of an API's routes its settings have to suit. */
export interface RoutesInBrief {
  readonly authorizations: readonly EffectiveAuthorization[];
  /** Whether some route asks for an API key. */
  readonly isMetered: boolean;
}

type Raw = Readonly<Record<string, unknown>>;

/** What is wrong with the arguments of a `SecureRestApi` beside its routes. */
export function settingsProblems(args: Raw, { authorizations, isMetered }: RoutesInBrief): InputProblem[] {
  const isPrivate = args.endpoint !== undefined;
  return [
    ...throttleProblems(args.throttle, "throttle"),
    ...lockdownProblems(args.lockdown, "lockdown"),
    ...corsProblems(args.cors, "cors"),
    ...domainProblems(args.domain, "domain"),
    ...endpointProblems(args.endpoint, "endpoint"),
    ...resourcePolicyProblems(args.resourcePolicy, isPrivate, "resourcePolicy"),
    ...wafProblems(args.waf, "waf"),
    ...usagePlansProblems(args.usagePlans, isMetered, "usagePlans"),
    ...stageNameProblems(args.stageName, "stageName"),
    ...accessLogProblems(args.accessLog, "accessLog"),
    ...watchProblems(args.watch, "watch"),
    ...transformProblems(args.transform, Object.keys(transforms), "transform"),
    ...(isPrivate && args.domain !== undefined
      ? [{ propertyPath: "domain", reason: "a private API answers under the names of its VPC endpoints" }]
      : []),
    ...signerProblems(args.resourcePolicy, authorizations),
    ...policyRoomProblems(authorizations),
  ];
}

/** Accounts and organizations are known of requests that are signed. */
function signerProblems(policy: unknown, authorizations: readonly EffectiveAuthorization[]): InputProblem[] {
  if (typeof policy !== "object" || policy === null) return [];
  if (authorizations.some(({ type }) => type === "AWS_IAM" || type === undefined)) return [];
  return (["accounts", "organizationId"] as const)
    .filter((property) => (policy as Raw)[property] !== undefined)
    .map((property) => ({
      propertyPath: `resourcePolicy.${property}`,
      reason: "only a request that is signed tells it, and no route has Authorization.iam()",
    }));
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-stages.html */
function stageNameProblems(name: unknown, propertyPath: string): InputProblem[] {
  if (name === undefined || (typeof name === "string" && /^[A-Za-z0-9_-]{1,128}$/.test(name))) return [];
  const reason = arrivesLater(name)
    ? "give a plain text: it stands in what may invoke the handlers"
    : "use 1 to 128 letters, digits, hyphens and underscores";
  return [{ propertyPath, reason }];
}
