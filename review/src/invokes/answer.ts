import { dnsSuffixOf, exampleAccount, exampleRegion, partitionOf } from "../placeholders/example-account";
import type { Fields } from "../text/records";
import { cachePolicy, originRequestPolicy, responseHeadersPolicy } from "./cloudfront-policies";
import type { Fixtures } from "./fixtures";
import { MissingAnswer } from "./missing-answer";
import { policyDocument } from "./policy-document";

/** What an answer may depend on. */
export interface InvokeContext {
  readonly fixtures: Fixtures;
  /** The region of the provider, if it is known. */
  readonly region: string | undefined;
}

/**
 * Answers an invoke without AWS: from the user's fixtures or, for the lookups that API programs commonly use, with example
 * values. The answer never contains an unknown. The Node SDK turns an unknown in a result into `undefined`, so a property
 * that is built from it would look absent, and an open API could pass.
 *
 * @throws MissingAnswer if there is none
 */
export function answerInvoke(token: string, args: Fields, context: InvokeContext): Fields {
  const given = context.fixtures.invoke(token, args);
  if (given) return given;
  const builtIn = builtInAnswer(token, args, context.region);
  if (builtIn) return builtIn;
  throw new MissingAnswer({ kind: "invoke", token, args });
}

/** Whether the user's fixtures or a built-in answer a call. */
export function canAnswer(token: string, args: Fields, fixtures: Fixtures): boolean {
  return fixtures.invoke(token, args) !== undefined || builtInAnswer(token, args, undefined) !== undefined;
}

function builtInAnswer(token: string, args: Fields, region: string | undefined): Fields | undefined {
  const builtIn = Object.hasOwn(builtIns, token) ? builtIns[token] : undefined;
  const result = builtIn?.(args, text(args.region, region ?? exampleRegion));
  // Like the provider, the answer repeats the arguments.
  return result && { ...args, ...result };
}

const exampleVpc = "vpc-0123456789example";
const exampleSubnets: readonly string[] = ["a", "b", "c"].map((zone) => `subnet-0123456789example${zone}`);

const text = (value: unknown, otherwise: string): string =>
  typeof value === "string" && value !== "" ? value : otherwise;

/** What a function answers; undefined if these arguments have no answer here. The shapes of the results: https://www.pulumi.com/registry/packages/aws/api-docs/ (the functions of these names). */
const builtIns: Readonly<Record<string, (args: Fields, region: string) => Fields | undefined>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": (_args, region) => ({
    accountId: exampleAccount,
    arn: `arn:${partitionOf(region)}:iam::${exampleAccount}:user/example`,
    id: exampleAccount,
    userId: "AIDAEXAMPLE",
  }),
  "aws:index/getRegion:getRegion": (args, region) => {
    const name = text(args.region, text(args.name, region));
    return { id: name, name, region: name, description: name, endpoint: `ec2.${name}.${dnsSuffixOf(name)}` };
  },
  "aws:index/getPartition:getPartition": (_args, region) => {
    const partition = partitionOf(region);
    const dnsSuffix = dnsSuffixOf(region);
    return {
      id: partition,
      partition,
      dnsSuffix,
      reverseDnsPrefix: dnsSuffix.split(".").reverse().join("."),
    };
  },
  "aws:index/getAvailabilityZones:getAvailabilityZones": (_args, region) => ({
    id: region,
    region,
    names: ["a", "b", "c"].map((zone) => region + zone),
    zoneIds: [1, 2, 3].map((zone) => `${region}-az${zone}`),
    groupNames: [region],
  }),
  "aws:index/getAvailabilityZone:getAvailabilityZone": (args, region) => {
    const name = text(args.name, `${region}a`);
    const own = /^(.+\d)[a-z]$/.exec(name)?.[1] ?? region;
    return {
      id: name,
      name,
      region: own,
      nameSuffix: name.slice(own.length),
      groupName: own,
      groupLongName: own,
      networkBorderGroup: own,
      optInStatus: "opt-in-not-required",
      parentZoneId: "",
      parentZoneName: "",
      state: "available",
      zoneId: text(args.zoneId, `${own}-az1`),
      zoneType: "availability-zone",
    };
  },
  /** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html */
  "aws:cloudfront/getLogDeliveryCanonicalUserId:getLogDeliveryCanonicalUserId": (_args, region) => ({
    id: region.startsWith("cn-")
      ? "a52cb28745c0c06e84ec548334e44bfa7fc2a85c54af20cd59e4969344b7af56"
      : "c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0",
  }),
  "aws:cloudfront/getCachePolicy:getCachePolicy": cachePolicy,
  "aws:cloudfront/getOriginRequestPolicy:getOriginRequestPolicy": originRequestPolicy,
  "aws:cloudfront/getResponseHeadersPolicy:getResponseHeadersPolicy": responseHeadersPolicy,
  "aws:route53/getZone:getZone": (args, region) => {
    const zoneId = text(args.zoneId, "Z0123456789EXAMPLE");
    const nameServers = [0, 1, 2, 3].map((server) => `ns-${server}.example.com`);
    return {
      id: zoneId,
      zoneId,
      arn: `arn:${partitionOf(region)}:route53:::hostedzone/${zoneId}`,
      name: text(args.name, "example.com"),
      nameServers,
      primaryNameServer: nameServers[0],
      privateZone: args.privateZone === true,
      callerReference: "example",
      comment: "",
      linkedServiceDescription: "",
      linkedServicePrincipal: "",
      resourceRecordSetCount: 2,
      tags: {},
      vpcId: text(args.vpcId, ""),
    };
  },
  "aws:acm/getCertificate:getCertificate": (args, region) => {
    const arn = `arn:${partitionOf(region)}:acm:${region}:${exampleAccount}:certificate/00000000-0000-0000-0000-000000000000`;
    return {
      id: arn,
      arn,
      domain: text(args.domain, "example.com"),
      region,
      status: "ISSUED",
      certificate: "",
      certificateChain: "",
      tags: {},
    };
  },
  "aws:ec2/getVpc:getVpc": (args, region) => {
    const id = text(args.id, exampleVpc);
    return {
      id,
      arn: `arn:${partitionOf(region)}:ec2:${region}:${exampleAccount}:vpc/${id}`,
      region,
      default: args.default === true,
      cidrBlock: text(args.cidrBlock, "172.31.0.0/16"),
      cidrBlockAssociations: [],
      dhcpOptionsId: "dopt-0123456789example",
      enableDnsHostnames: true,
      enableDnsSupport: true,
      enableNetworkAddressUsageMetrics: false,
      instanceTenancy: "default",
      ipv6AssociationId: "",
      ipv6CidrBlock: "",
      ipv6CidrBlockAssociations: [],
      mainRouteTableId: "rtb-0123456789example",
      ownerId: exampleAccount,
      state: "available",
      tags: {},
    };
  },
  "aws:ec2/getSubnets:getSubnets": (_args, region) => ({
    id: region,
    region,
    ids: exampleSubnets,
    tags: {},
  }),
  /** Older versions of the provider have it instead of `getSubnets`. */
  "aws:ec2/getSubnetIds:getSubnetIds": (args, region) => ({
    id: text(args.vpcId, region),
    ids: exampleSubnets,
    tags: {},
  }),
  "awsx:ec2:getDefaultVpc": () => ({
    vpcId: exampleVpc,
    publicSubnetIds: exampleSubnets,
    privateSubnetIds: [],
  }),
  "aws:iam/getPolicyDocument:getPolicyDocument": policyDocument,
};
