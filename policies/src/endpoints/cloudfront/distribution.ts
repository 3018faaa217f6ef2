import type {
  DistributionArgs,
  MultitenantDistributionArgs,
  OriginAccessControlArgs,
  VpcOriginArgs,
} from "@pulumi/aws/cloudfront";
import {
  knownElements,
  knownValue,
  type Resource,
  type ResourceOf,
  type ResourceType,
  resourceType,
  type Seen,
  type Stack,
  type View,
} from "../../stack";

export const Distribution = resourceType<DistributionArgs>("aws:cloudfront/distribution:Distribution", {
  origins: "reference",
  originGroups: "reference",
  defaultCacheBehavior: "reference",
  orderedCacheBehaviors: "reference",
  viewerMtlsConfig: "reference",
  connectionFunctionAssociation: "reference",
  webAclId: "reference",
});
/** The same for the viewers of many tenants. It has neither trusted signers nor client certificates. */
export const MultitenantDistribution = resourceType<MultitenantDistributionArgs>(
  "aws:cloudfront/multitenantDistribution:MultitenantDistribution",
  {
    origins: "reference",
    originGroups: "reference",
    defaultCacheBehavior: "reference",
    cacheBehaviors: "reference",
    webAclId: "reference",
  },
);
export const VpcOrigin = resourceType<VpcOriginArgs>("aws:cloudfront/vpcOrigin:VpcOrigin", {
  vpcOriginEndpointConfig: "reference",
});
export const OriginAccessControl = resourceType<OriginAccessControlArgs>(
  "aws:cloudfront/originAccessControl:OriginAccessControl",
  { originAccessControlOriginType: "deciding word", signingBehavior: "deciding word" },
);

type OneDistribution = ResourceOf<typeof Distribution>;
export type AnyDistribution = OneDistribution | ResourceOf<typeof MultitenantDistribution>;

/** The distributions of a stack, of both kinds. */
export function distributionsOf(stack: Stack): readonly AnyDistribution[] {
  return [...stack.of(Distribution), ...stack.of(MultitenantDistribution)];
}

/** What both types of distribution have, in the words of both. */
interface EitherArgs {
  origins?: OriginArgs[] | undefined;
  originGroups?:
    | { originId?: string; id?: string; members?: { originId?: string }[] | undefined }[]
    | undefined;
  defaultCacheBehavior?: BehaviorArgs | undefined;
  webAclId?: string | undefined;
}
interface OriginArgs {
  originId?: string | undefined;
  id?: string | undefined;
  domainName?: string | undefined;
  originAccessControlId?: string | undefined;
  customHeaders?: unknown[] | undefined;
  customOriginConfig?: { originMtlsConfig?: unknown } | undefined;
  customOriginConfigs?: { originMtlsConfig?: unknown }[] | undefined;
  vpcOriginConfig?: unknown;
  vpcOriginConfigs?: unknown[] | undefined;
}
export interface BehaviorArgs {
  pathPattern?: string | undefined;
  targetOriginId?: string | undefined;
  cachePolicyId?: string | undefined;
  originRequestPolicyId?: string | undefined;
  forwardedValues?: {
    headers?: string[];
    cookies?: { forward?: string; whitelistedNames?: string[] };
    queryString?: boolean;
    queryStringCacheKeys?: string[];
  };
  minTtl?: number;
  defaultTtl?: number;
  maxTtl?: number;
  /** In a multitenant distribution a record, which also says whether they count. */
  trustedKeyGroups?: string[] | { enabled?: boolean; items?: string[] } | undefined;
  trustedSigners?: string[] | undefined;
  functionAssociations?: { eventType: string }[] | undefined;
  lambdaFunctionAssociations?: { eventType: string }[] | undefined;
}

const either = (distribution: AnyDistribution) => distribution as unknown as Resource<EitherArgs>;

/** A server to which a distribution forwards requests, and how it proves there that they come from the distribution. */
export interface Origin {
  readonly id: string | undefined;
  /** Undefined where it is another resource's and unknown before the deployment. */
  readonly host: string | undefined;
  /** Whether it is any server other than a bucket. */
  readonly isServer: boolean;
  /** Whether CloudFront signs its requests. */
  readonly isSigned: boolean;
  /** Whether CloudFront sends what nobody else can know: a secret header, or a client certificate. */
  readonly isMarked: boolean;
  /** Whether it has no address on the internet. */
  readonly isInVpc: boolean;
}

export function originsOf(distribution: AnyDistribution): readonly Origin[] {
  return knownElements(either(distribution).records("origins")).map((origin) => {
    const server = origin.record("customOriginConfig");
    const isInVpc = origin.isSet("vpcOriginConfig") || origin.isSet("vpcOriginConfigs");
    return {
      id: knownValue(origin.text("originId")) ?? knownValue(origin.text("id")),
      host: knownValue(origin.text("domainName"))?.toLowerCase(),
      isServer: server.kind !== "absent" || origin.isSet("customOriginConfigs") || isInVpc,
      isSigned: origin.isSet("originAccessControlId"),
      isMarked:
        origin.isSet("customHeaders") ||
        [
          ...(server.kind === "known" ? [server.value] : []),
          ...knownElements(origin.records("customOriginConfigs")),
        ].some((config) => config.isSet("originMtlsConfig")),
      isInVpc,
    };
  });
}

/**
 * How a distribution protects an origin from its viewers, each as a phrase: "a web ACL". Empty where it doesn't.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-trusted-signers.html
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-functions.html
 */
export function protectionsOf(distribution: OneDistribution, origin: Origin): readonly string[] {
  const behaviors = viewsOf(distribution).flatMap((behavior) =>
    behavior.kind === "known" && leadsTo(distribution, behavior, origin) ? [behavior.value] : [],
  );
  const some = (is: (behavior: View<BehaviorArgs>) => boolean) => behaviors.some(is);
  return [
    ...(clientCertificatesOf(distribution) === "not required" ? [] : ["client certificates"]),
    ...(some(requiresSignature) ? ["signed URLs or cookies"] : []),
    ...(some((behavior) => hasFunction(behavior, ["VIEWER-REQUEST", "ORIGIN-REQUEST"]))
      ? ["a function on the viewers' requests"]
      : []),
    ...(hasWebAcl(distribution) ? ["a web ACL"] : []),
  ];
}

/** What a cache behavior requires of the viewers whose requests it forwards. */
export interface CacheBehavior {
  /** The paths that it is for, or "default"; undefined where that isn't known before the deployment. */
  readonly paths: string | undefined;
  /**
   * `proof`: a signed URL or cookie, or a client certificate. `function`: what a function requires, which can't be read.
   * A web ACL requires nothing: it only keeps some requests out.
   */
  readonly requires: "proof" | "function" | "nothing";
  /** Whether a function sees the viewer's requests before the cache does. */
  readonly hasViewerFunction: boolean;
  readonly settings: Seen<View<BehaviorArgs>>;
  /** The property of the distribution that holds it. */
  readonly property: BehaviorProperty;
  leadsTo(origin: Origin): boolean;
}

type BehaviorProperty = "defaultCacheBehavior" | "orderedCacheBehaviors" | "cacheBehaviors";

/**
 * The cache behaviors of a distribution. One that isn't known before the deployment may lead to any origin, and requires
 * nothing. A function on the requests to the origin isn't called for what is cached, so it is no protection.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-trusted-signers.html
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/mtls-validation-modes.html
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-cloudfront-trigger-events.html
 */
export function cacheBehaviorsOf(distribution: AnyDistribution): readonly CacheBehavior[] {
  const certificates = clientCertificatesOf(distribution);
  const requirementOf = (behavior: Seen<View<BehaviorArgs>>): CacheBehavior["requires"] => {
    if (certificates === "required") return "proof";
    if (behavior.kind === "known" && requiresSignature(behavior.value)) return "proof";
    if (hasConnectionFunction(distribution)) return "function";
    return behavior.kind === "known" && hasFunction(behavior.value, ["VIEWER-REQUEST"])
      ? "function"
      : "nothing";
  };
  return viewsOf(distribution).map((behavior, place) => ({
    paths:
      place === 0
        ? "default"
        : behavior.kind === "known"
          ? knownValue(behavior.value.text("pathPattern"))
          : undefined,
    requires: requirementOf(behavior),
    hasViewerFunction: behavior.kind === "known" && hasFunction(behavior.value, ["VIEWER-REQUEST"]),
    settings: behavior,
    property: place === 0 ? "defaultCacheBehavior" : othersOf(distribution),
    leadsTo: (origin) => leadsTo(distribution, behavior, origin),
  }));
}

/** The policies that the behaviors in a property of a distribution may name. */
export function policiesOf<Args>(
  stack: Stack,
  distribution: AnyDistribution,
  property: BehaviorProperty,
  type: ResourceType<Args>,
): readonly Resource<Args>[] {
  return stack.madeOf(distribution as unknown as Resource<Record<BehaviorProperty, unknown>>, property, type);
}

function othersOf(distribution: AnyDistribution): BehaviorProperty {
  return MultitenantDistribution.is(distribution) ? "cacheBehaviors" : "orderedCacheBehaviors";
}

/** The default behavior, then the others. A list that isn't known stands for one behavior that isn't. */
function viewsOf(distribution: AnyDistribution): readonly Seen<View<BehaviorArgs>>[] {
  const others = (
    MultitenantDistribution.is(distribution)
      ? distribution.records("cacheBehaviors")
      : (distribution as OneDistribution).records("orderedCacheBehaviors")
  ) as Seen<readonly Seen<View<BehaviorArgs>>[]>;
  return [
    either(distribution).record("defaultCacheBehavior"),
    ...(others.kind === "known" ? others.value : others.kind === "unknown" ? [others] : []),
  ];
}

/** A behavior names an origin, or a group that holds it. What isn't known of a group may name the origin. */
function leadsTo(distribution: AnyDistribution, behavior: Seen<View<BehaviorArgs>>, origin: Origin): boolean {
  if (behavior.kind !== "known") return behavior.kind === "unknown";
  const target = behavior.value.text("targetOriginId");
  if (target.kind !== "known" || origin.id === undefined || target.value === origin.id) return true;
  if (originsOf(distribution).some(({ id }) => id === target.value)) return false;
  return some(
    either(distribution).records("originGroups"),
    (group) =>
      mayBe(group.isSet("originId") ? group.text("originId") : group.text("id"), target.value) &&
      some(group.records("members"), (member) => mayBe(member.text("originId"), origin.id)),
  );
}

/** Whether it holds of an element of a list. It may hold of what isn't known. */
function some<T>(list: Seen<readonly Seen<T>[]>, holds: (element: T) => boolean): boolean {
  if (list.kind !== "known") return list.kind === "unknown";
  return list.value.some((one) => (one.kind === "known" ? holds(one.value) : one.kind === "unknown"));
}

function mayBe(seen: Seen<string>, value: string | undefined): boolean {
  return seen.kind === "unknown" || knownValue(seen) === value;
}

/**
 * Whether a distribution requires client certificates of its viewers. By default, it does once mutual TLS is configured.
 * In the modes optional and passthrough, viewers without one get through.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/mtls-validation-modes.html
 */
function clientCertificatesOf(distribution: AnyDistribution): "required" | "not required" | "unknown" {
  if (MultitenantDistribution.is(distribution)) return "not required";
  const config = (distribution as OneDistribution).record("viewerMtlsConfig");
  if (config.kind !== "known") return config.kind === "absent" ? "not required" : "unknown";
  const mode = config.value.word("mode");
  if (mode.kind === "unknown") return "unknown";
  return mode.kind === "absent" || mode.value === "REQUIRED" ? "required" : "not required";
}

/** A function that may refuse a viewer's connection. There is one only where mutual TLS is configured. */
function hasConnectionFunction(distribution: AnyDistribution): boolean {
  return (
    !MultitenantDistribution.is(distribution) &&
    knownValue((distribution as OneDistribution).record("connectionFunctionAssociation")) !== undefined
  );
}

/** A web ACL may check for a secret header, or let in known addresses only. */
export function hasWebAcl(distribution: AnyDistribution): boolean {
  return either(distribution).isSet("webAclId");
}

function requiresSignature(behavior: View<BehaviorArgs>): boolean {
  if (behavior.isSet("trustedSigners")) return true;
  const record = behavior.record("trustedKeyGroups") as Seen<View<{ enabled?: boolean; items?: string[] }>>;
  if (record.kind === "known") {
    return knownValue(record.value.flag("enabled")) === true && record.value.isSet("items");
  }
  return behavior.isSet("trustedKeyGroups");
}

/** Whether a function sees the requests at one of these events. A function that sees only responses keeps nobody out. */
function hasFunction(behavior: View<BehaviorArgs>, events: readonly string[]): boolean {
  return [
    ...knownElements(behavior.records("functionAssociations")),
    ...knownElements(behavior.records("lambdaFunctionAssociations")),
  ].some((association) => events.includes(knownValue(association.word("eventType")) ?? ""));
}
