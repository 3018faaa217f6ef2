import { UNKNOWN } from "../analyze";
import { made, server } from "../edge-resources";
import { functionUrl } from "../resources";
import type { UnknownRow } from "../unknown-row";

const signed = [
  functionUrl("url", { authorizationType: "AWS_IAM" }),
  made(
    "aws:cloudfront/originAccessControl:OriginAccessControl",
    "signer",
    {},
    { originAccessControlOriginType: "lambda", signingBehavior: "always", signingProtocol: "sigv4" },
  ),
];
const before = [
  ...signed,
  made(
    "aws:cloudfront/distribution:Distribution",
    "cdn",
    { origins: ["url", "signer"] },
    {
      origins: [server({ originAccessControlId: UNKNOWN })],
      originGroups: [{ originId: "group", members: [{ originId: "origin" }] }],
      defaultCacheBehavior: { targetOriginId: "group" },
      orderedCacheBehaviors: [{ pathPattern: "/api/*", targetOriginId: "origin" }],
      viewerMtlsConfig: { mode: "optional" },
      webAclId: "arn:aws:wafv2:us-east-1:111111111111:global/webacl/edge/a1b2",
    },
  ),
];
const beforeTenants = [
  ...signed,
  made(
    "aws:cloudfront/multitenantDistribution:MultitenantDistribution",
    "cdn",
    { origins: ["url", "signer"] },
    {
      origins: [
        { id: "origin", domainName: UNKNOWN, originAccessControlId: UNKNOWN, customOriginConfigs: [{}] },
      ],
      originGroups: [{ id: "group", members: [{ originId: "origin" }] }],
      defaultCacheBehavior: { targetOriginId: "group" },
      cacheBehaviors: [{ pathPattern: "/api/*", targetOriginId: "origin" }],
    },
  ),
];

export const rows: readonly UnknownRow[] = [
  { situation: "a distribution that signs for its viewers", resources: before, on: "cdn" },
  { situation: "the origin access control of a distribution", resources: before, on: "signer" },
  { situation: "a distribution that signs for the viewers of tenants", resources: beforeTenants, on: "cdn" },
];
