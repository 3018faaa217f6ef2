import type { DistributionArgs, VpcOriginArgs } from "@pulumi/aws/cloudfront";
import { knownElements, knownValue, type ResourceOf, resourceType, type View } from "../../stack";

export const Distribution = resourceType<DistributionArgs>("aws:cloudfront/distribution:Distribution", {
  origins: "reference",
  originGroups: "reference",
  defaultCacheBehavior: "reference",
  orderedCacheBehaviors: "reference",
  viewerMtlsConfig: "reference",
  webAclId: "reference",
});
export const VpcOrigin = resourceType<VpcOriginArgs>("aws:cloudfront/vpcOrigin:VpcOrigin", {
  vpcOriginEndpointConfig: "reference",
});

type DistributionResource = ResourceOf<typeof Distribution>;

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

export function originsOf(distribution: DistributionResource): readonly Origin[] {
  return knownElements(distribution.records("origins")).map((origin) => {
    const server = origin.record("customOriginConfig");
    const isInVpc = origin.isSet("vpcOriginConfig");
    return {
      id: knownValue(origin.text("originId")),
      host: knownValue(origin.text("domainName"))?.toLowerCase(),
      isServer: server.kind !== "absent" || isInVpc,
      isSigned: origin.isSet("originAccessControlId"),
      isMarked:
        origin.isSet("customHeaders") || (server.kind === "known" && server.value.isSet("originMtlsConfig")),
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
export function protectionsOf(distribution: DistributionResource, origin: Origin): readonly string[] {
  const byDefault = distribution.record("defaultCacheBehavior");
  const behaviors: readonly Behavior[] = [
    ...(byDefault.kind === "known" ? [byDefault.value] : []),
    ...knownElements(distribution.records("orderedCacheBehaviors")),
  ].filter((behavior) => forwardsTo(distribution, behavior, origin));
  const some = (is: (behavior: Behavior) => boolean) => behaviors.some(is);
  return [
    ...(distribution.isSet("viewerMtlsConfig") ? ["client certificates"] : []),
    ...(some((behavior) => behavior.isSet("trustedKeyGroups") || behavior.isSet("trustedSigners"))
      ? ["signed URLs or cookies"]
      : []),
    ...(some(hasRequestFunction) ? ["a function on the viewers' requests"] : []),
    ...(distribution.isSet("webAclId") ? ["a web ACL"] : []),
  ];
}

type Behavior = View<{
  targetOriginId: string;
  trustedKeyGroups?: string[] | undefined;
  trustedSigners?: string[] | undefined;
  functionAssociations?: { eventType: string }[] | undefined;
  lambdaFunctionAssociations?: { eventType: string }[] | undefined;
}>;

/** A behavior names an origin, or a group that holds it. */
function forwardsTo(distribution: DistributionResource, behavior: Behavior, origin: Origin): boolean {
  const target = knownValue(behavior.text("targetOriginId"));
  if (target === undefined || origin.id === undefined) return true;
  if (target === origin.id) return true;
  return knownElements(distribution.records("originGroups")).some(
    (group) =>
      knownValue(group.text("originId")) === target &&
      knownElements(group.records("members")).some(
        (member) => knownValue(member.text("originId")) === origin.id,
      ),
  );
}

/** Whether a function sees requests on their way to the origin. A function that sees only responses keeps nobody out. */
function hasRequestFunction(behavior: Behavior): boolean {
  return [
    ...knownElements(behavior.records("functionAssociations")),
    ...knownElements(behavior.records("lambdaFunctionAssociations")),
  ].some((association) => knownValue(association.word("eventType"))?.endsWith("-REQUEST"));
}
