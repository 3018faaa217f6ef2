import type { AnyApi } from "../endpoints/api-gateway/api-of";
import { domainMappings, domainTypes } from "../endpoints/api-gateway/custom-domain";
import { isPrivateOnly } from "../endpoints/api-gateway/document";
import { type RestStage, restStages } from "../endpoints/api-gateway/rest-stage";
import { Deployment, MethodSettings, Stage } from "../endpoints/api-gateway/stage";
import {
  Distribution,
  distributionsOf,
  hasWebAcl,
  MultitenantDistribution,
  originsOf,
} from "../endpoints/cloudfront/distribution";
import {
  mayLimitRate,
  protectedByAssociation,
  WebAcl,
  WebAclAssociation,
  webAclTypes,
} from "../endpoints/firewall/web-acl";
import { anyType, knownValue, type Resource, type ResourceOf, type Stack } from "../stack";
import { apisBehind, originApiTypes } from "./origin-apis";

/** The types whose inputs `unprotectedStages` reads. */
export const firewallTypes = [
  ...webAclTypes,
  ...originApiTypes,
  ...domainTypes,
  MethodSettings,
  Distribution,
  MultitenantDistribution,
] as const;

type StageResource = NonNullable<RestStage["resource"]>;

/** What a firewall doesn't do for the stages of a stack. */
export type UnprotectedStage =
  | { readonly kind: "no-firewall"; readonly stage: StageResource }
  /** The web ACL of these stages limits no client's requests. */
  | {
      readonly kind: "no-rate-rule";
      readonly webAcl: ResourceOf<typeof WebAcl>;
      readonly stages: readonly StageResource[];
    };

/**
 * The stages of REST APIs that no web ACL protects, and the web ACLs before stages that limit no rate. A web ACL of a
 * distribution before the API counts, and so does one that this stack doesn't hold. A private API isn't reached from the
 * internet. AWS WAF protects neither HTTP nor WebSocket APIs.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-aws-waf.html
 */
export function unprotectedStages(stack: Stack): readonly UnprotectedStage[] {
  const stages = restStages(stack).flatMap(({ resource, api }) =>
    resource && !(api && isPrivateOnly(api)) ? [{ stage: resource, api }] : [],
  );
  if (stages.length === 0) return [];
  const behindFirewall = apisBehindFirewalls(stack);
  const byWebAcl = new Map<ResourceOf<typeof WebAcl>, StageResource[]>();
  const without: UnprotectedStage[] = [];
  for (const { stage, api } of stages) {
    const associations = stack
      .of(WebAclAssociation)
      .filter((association) => mayProtect(stack, association, stage, api));
    if (associations.length === 0) {
      if (!api || !behindFirewall.has(api)) without.push({ kind: "no-firewall", stage });
      continue;
    }
    const webAcls = associations.flatMap((association) => stack.madeOf(association, "webAclArn", WebAcl));
    // One that this stack doesn't hold may have any rule.
    if (webAcls.length < associations.length || webAcls.some((webAcl) => mayLimitRate(stack, webAcl)))
      continue;
    for (const webAcl of webAcls) byWebAcl.set(webAcl, [...(byWebAcl.get(webAcl) ?? []), stage]);
  }
  return [
    ...without,
    ...[...byWebAcl].map(([webAcl, protectedStages]) => ({
      kind: "no-rate-rule" as const,
      webAcl,
      stages: protectedStages,
    })),
  ];
}

/** Whether an association is the stage's, or may be: an ARN that nothing here explains may be that of any stage. */
function mayProtect(
  stack: Stack,
  association: ResourceOf<typeof WebAclAssociation>,
  stage: StageResource,
  api: AnyApi | undefined,
): boolean {
  const named = protectedByAssociation(stack, association);
  if (named.length > 0) {
    const stages = named.filter((one) => Stage.is(one) || Deployment.is(one));
    // A stage's own ARN names it. An ARN that was put together names the API, and maybe the stage.
    return stages.length > 0
      ? stages.includes(stage) || stages.some((one) => Stage.is(stage) && deploys(stack, one, stage))
      : named.some((one) => one === api);
  }
  const arn = association.text("resourceArn");
  if (arn.kind === "unknown") return madeOfNothingElse(stack, association);
  const [, id, name] = /:\/restapis\/([^/]+)(?:\/stages\/(.+))?$/.exec(knownValue(arn) ?? "") ?? [];
  const { restApi, stageName } = namesOf(stage);
  return id !== undefined && isOrMayBe(restApi, id) && (name === undefined || isOrMayBe(stageName, name));
}

/** The id of a stage's API and the stage's name, as far as they are known. */
function namesOf(stage: StageResource) {
  const named = stage as Resource<{ restApi: string; stageName: string }>;
  return { restApi: knownValue(named.text("restApi")), stageName: knownValue(named.text("stageName")) };
}

function isOrMayBe(known: string | undefined, named: string): boolean {
  return known === undefined || known === named;
}

function deploys(stack: Stack, deployment: Resource, stage: ResourceOf<typeof Stage>): boolean {
  return Deployment.is(deployment) && stack.madeOf(stage, "deployment", Deployment).includes(deployment);
}

/** Whether an unknown ARN is of no resource of this stack, such as a load balancer. */
function madeOfNothingElse(stack: Stack, association: ResourceOf<typeof WebAclAssociation>): boolean {
  return stack.madeOf(association, "resourceArn", anyType).length === 0;
}

function apisBehindFirewalls(stack: Stack): ReadonlySet<AnyApi> {
  const guarding = distributionsOf(stack).filter(hasWebAcl);
  if (guarding.length === 0) return new Set();
  const mappings = domainMappings(stack);
  return new Set(
    guarding.flatMap((distribution) => apisBehind(stack, distribution, originsOf(distribution), mappings)),
  );
}
