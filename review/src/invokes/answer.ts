import { dnsSuffixOf, exampleAccount, exampleRegion, partitionOf } from "../placeholders/example-account";
import { UserError } from "../text/errors";
import type { Fields } from "../text/records";
import type { Fixtures } from "./fixtures";
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
 * @throws UserError with the token and the entry to write into the fixtures
 */
export function answerInvoke(token: string, args: Fields, context: InvokeContext): Fields {
  const given = context.fixtures.invoke(token, args);
  if (given) return given;
  const builtIn = Object.hasOwn(builtIns, token) ? builtIns[token] : undefined;
  // Like the provider, the answer repeats the arguments.
  if (builtIn) return { ...args, ...builtIn(args, text(args.region, context.region ?? exampleRegion)) };
  const entry = { invokes: [{ token, result: { PROPERTY: "value" } }] };
  const [provider] = token.split(":");
  const why =
    provider === "aws"
      ? "which needs an AWS account"
      : `which only the provider of ${provider} can answer, and no provider is run here`;
  throw new UserError(
    `The program asks for ${token}, ${why}. Give the answer with --fixtures FILE, where FILE holds: ${JSON.stringify(entry)}`,
  );
}

/** Whether the user's fixtures or a built-in answer a call. */
export function canAnswer(token: string, args: Fields, fixtures: Fixtures): boolean {
  return fixtures.invoke(token, args) !== undefined || Object.hasOwn(builtIns, token);
}

const text = (value: unknown, otherwise: string): string =>
  typeof value === "string" && value !== "" ? value : otherwise;

/** The shapes of the results: https://www.pulumi.com/registry/packages/aws/api-docs/ (the functions of these names). */
const builtIns: Readonly<Record<string, (args: Fields, region: string) => Fields>> = {
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
    const id = text(args.id, "vpc-0123456789example");
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
    ids: ["a", "b", "c"].map((zone) => `subnet-0123456789example${zone}`),
    tags: {},
  }),
  "aws:iam/getPolicyDocument:getPolicyDocument": policyDocument,
};
