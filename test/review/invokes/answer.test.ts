import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { answerInvoke, type Fixtures, noFixtures } from "../../../review/src/invokes";

type Fields = Readonly<Record<string, unknown>>;

const answer = (token: string, args: Fields = {}, region?: string, fixtures: Fixtures = noFixtures) =>
  answerInvoke(token, args, { fixtures, region });

/** Tokens, and the files of the SDK that declare them. */
const builtIns = [
  ["getCallerIdentity", "aws:index/getCallerIdentity:getCallerIdentity"],
  ["getRegion", "aws:index/getRegion:getRegion"],
  ["getPartition", "aws:index/getPartition:getPartition"],
  ["getAvailabilityZones", "aws:index/getAvailabilityZones:getAvailabilityZones"],
  ["route53/getZone", "aws:route53/getZone:getZone"],
  ["acm/getCertificate", "aws:acm/getCertificate:getCertificate"],
  ["ec2/getVpc", "aws:ec2/getVpc:getVpc"],
  ["ec2/getSubnets", "aws:ec2/getSubnets:getSubnets"],
  ["iam/getPolicyDocument", "aws:iam/getPolicyDocument:getPolicyDocument"],
] as const;

/** The JavaScript type of a declared property, for the types that results use. */
function kindOf(declared: string): string {
  if (declared.endsWith("[]")) return "array";
  return declared === "{" ? "object" : declared;
}

/** The required properties of a function's result and their types, from the SDK's declarations. */
function requiredProperties(sdk: string, file: string): [property: string, kind: string][] {
  const source = readFileSync(`${sdk}/${file}.d.ts`, "utf8");
  const [, result = ""] = /^export interface Get\w+Result \{\n([\s\S]*?)^\}/m.exec(source) ?? [];
  return [...result.matchAll(/^ {4}readonly (\w+): (.+?);?$/gm)].map(([, property = "", declared = ""]) => [
    property,
    kindOf(declared),
  ]);
}

describe.each(["node_modules/@pulumi/aws", "test/fixtures/other-sdk/node_modules/@pulumi/aws"])(
  "an answer has every property that %s declares",
  (sdk) => {
    test.each(builtIns)("%s", (file, token) => {
      const required = requiredProperties(sdk, file);
      const answered = answer(token);
      const differing = required.filter(([property, kind]) => {
        const value = answered[property];
        return kind !== (Array.isArray(value) ? "array" : typeof value);
      });
      expect(required.length).toBeGreaterThan(2);
      expect(differing).toEqual([]);
    });
  },
);

describe("the region of an answer", () => {
  const region = "aws:index/getRegion:getRegion";
  test.each<[situation: string, args: Fields, ofProvider: string | undefined, expected: string]>([
    ["of the provider", {}, "eu-west-1", "eu-west-1"],
    ["that the call names, before the provider's", { region: "eu-central-1" }, "eu-west-1", "eu-central-1"],
    ["that the call names as the older argument", { name: "eu-central-1" }, "eu-west-1", "eu-central-1"],
    ["that is empty counts as not named", { region: "" }, "eu-west-1", "eu-west-1"],
    ["that nobody names", {}, undefined, "us-east-1"],
  ])("%s", (_situation, args, ofProvider, expected) => {
    expect(answer(region, args, ofProvider)).toMatchObject({
      id: expected,
      name: expected,
      region: expected,
    });
  });

  test.each([
    [
      "aws:index/getAvailabilityZones:getAvailabilityZones",
      { names: ["eu-west-1a", "eu-west-1b", "eu-west-1c"] },
    ],
    [
      "aws:acm/getCertificate:getCertificate",
      { arn: expect.stringMatching(/^arn:aws:acm:eu-west-1:123456789012:/) },
    ],
    ["aws:ec2/getVpc:getVpc", { arn: expect.stringMatching(/^arn:aws:ec2:eu-west-1:123456789012:vpc\//) }],
    ["aws:ec2/getSubnets:getSubnets", { region: "eu-west-1" }],
  ])("is in what %s answers", (token, expected) => {
    expect(answer(token, {}, "eu-west-1")).toMatchObject(expected);
  });
});

describe("the partition follows the region", () => {
  test.each([
    ["eu-west-1", "aws", "amazonaws.com", "com.amazonaws"],
    ["us-gov-west-1", "aws-us-gov", "amazonaws.com", "com.amazonaws"],
    ["cn-north-1", "aws-cn", "amazonaws.com.cn", "cn.com.amazonaws"],
  ])("%s", (region, partition, dnsSuffix, reverseDnsPrefix) => {
    expect(answer("aws:index/getPartition:getPartition", {}, region)).toEqual({
      id: partition,
      partition,
      dnsSuffix,
      reverseDnsPrefix,
    });
    expect(answer("aws:index/getCallerIdentity:getCallerIdentity", {}, region).arn).toBe(
      `arn:${partition}:iam::123456789012:user/example`,
    );
    expect(answer("aws:index/getRegion:getRegion", {}, region).endpoint).toBe(`ec2.${region}.${dnsSuffix}`);
  });
});

describe("a lookup answers for what was looked up", () => {
  test.each<[situation: string, token: string, args: Fields, expected: Fields]>([
    [
      "a hosted zone by its name",
      "aws:route53/getZone:getZone",
      { name: "acme.example", privateZone: true },
      { name: "acme.example", privateZone: true, zoneId: "Z0123456789EXAMPLE" },
    ],
    [
      "a hosted zone by its id",
      "aws:route53/getZone:getZone",
      { zoneId: "Z1" },
      { id: "Z1", zoneId: "Z1", arn: "arn:aws:route53:::hostedzone/Z1" },
    ],
    [
      "a certificate by its domain",
      "aws:acm/getCertificate:getCertificate",
      { domain: "api.acme.example", statuses: ["ISSUED"] },
      { domain: "api.acme.example", status: "ISSUED", statuses: ["ISSUED"] },
    ],
    ["the default VPC", "aws:ec2/getVpc:getVpc", { default: true }, { default: true }],
    ["a VPC by its id", "aws:ec2/getVpc:getVpc", { id: "vpc-1" }, { id: "vpc-1", default: false }],
    [
      "a VPC's subnets",
      "aws:ec2/getSubnets:getSubnets",
      { filters: [{ name: "vpc-id", values: ["vpc-1"] }] },
      { ids: expect.any(Array), filters: [{ name: "vpc-id", values: ["vpc-1"] }] },
    ],
  ])("%s", (_situation, token, args, expected) => {
    expect(answer(token, args)).toMatchObject(expected);
  });
});

describe("a function without an answer is an error", () => {
  test.each([
    ["a lookup in AWS", "aws:ssm/getParameter:getParameter", "which needs an AWS account"],
    ["another provider's function", "std:index:base64encode", "which only the provider of std can answer"],
    ["a token that every object has", "toString", "which only the provider of toString can answer"],
  ])("%s", (_situation, token, why) => {
    expect(() => answer(token)).toThrow(`The program asks for ${token}, ${why}`);
  });
});

test("a fixture takes precedence over a built-in answer", () => {
  const fixtures: Fixtures = { ...noFixtures, invoke: () => ({ accountId: "210987654321" }) };
  expect(answer("aws:index/getCallerIdentity:getCallerIdentity", {}, undefined, fixtures)).toEqual({
    accountId: "210987654321",
  });
});
