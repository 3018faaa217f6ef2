import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { answerInvoke, canAnswer, type Fixtures, noFixtures } from "../../../review/src/invokes";
import { type Shape, sdkTypes } from "../../../review/src/sdk-types";

type Fields = Readonly<Record<string, unknown>>;

const answer = (token: string, args: Fields = {}, region?: string, fixtures: Fixtures = noFixtures) =>
  answerInvoke(token, args, { fixtures, region });

/** Tokens, and the files of the SDK that declare them. */
const builtIns = [
  ["getCallerIdentity", "aws:index/getCallerIdentity:getCallerIdentity"],
  ["getRegion", "aws:index/getRegion:getRegion"],
  ["getPartition", "aws:index/getPartition:getPartition"],
  ["getAvailabilityZones", "aws:index/getAvailabilityZones:getAvailabilityZones"],
  ["getAvailabilityZone", "aws:index/getAvailabilityZone:getAvailabilityZone"],
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

const managed = (kind: string) => `aws:cloudfront/get${kind}:get${kind}`;
const cachePolicy = managed("CachePolicy");
const originRequestPolicy = managed("OriginRequestPolicy");
const responseHeadersPolicy = managed("ResponseHeadersPolicy");

/** As AWS documents them: "Use managed cache policies" and the pages beside it in the CloudFront Developer Guide. */
const managedPolicies: readonly (readonly [token: string, name: string, id: string])[] = [
  [cachePolicy, "Managed-Amplify", "2e54312d-136d-493c-8eb9-b001f22f67d2"],
  [cachePolicy, "Managed-CachingDisabled", "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"],
  [cachePolicy, "Managed-CachingOptimized", "658327ea-f89d-4fab-a63d-7e88639e58f6"],
  [cachePolicy, "Managed-CachingOptimizedForUncompressedObjects", "b2884449-e4de-46a7-ac36-70bc7f1ddd6d"],
  [cachePolicy, "Managed-Elemental-MediaPackage", "08627262-05a9-4f76-9ded-b50ca2e3a84f"],
  [cachePolicy, "UseOriginCacheControlHeaders", "83da9c7e-98b4-4e11-a168-04f0df8e2c65"],
  [cachePolicy, "UseOriginCacheControlHeaders-QueryStrings", "4cc15a8a-d715-48a4-82b8-cc0b614638fe"],
  [originRequestPolicy, "Managed-AllViewer", "216adef6-5c7f-47e4-b989-5492eafa07d3"],
  [
    originRequestPolicy,
    "Managed-AllViewerAndCloudFrontHeaders-2022-06",
    "33f36d7e-f396-46d9-90e0-52428a34d9dc",
  ],
  [originRequestPolicy, "Managed-AllViewerExceptHostHeader", "b689b0a8-53d0-40ab-baf2-68738e2966ac"],
  [originRequestPolicy, "Managed-CORS-CustomOrigin", "59781a5b-3903-41f3-afcb-af62929ccde1"],
  [originRequestPolicy, "Managed-CORS-S3Origin", "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf"],
  [
    originRequestPolicy,
    "Managed-Elemental-MediaTailor-PersonalizedManifests",
    "775133bc-15f2-49f9-abea-afb2e0bf67d2",
  ],
  [originRequestPolicy, "Managed-HostHeaderOnly", "bf0718e1-ba1e-49d1-88b1-f726733018ae"],
  [originRequestPolicy, "Managed-UserAgentRefererHeaders", "acba4595-bd28-49b8-b9fe-13317c0390fa"],
  [responseHeadersPolicy, "Managed-CORS-and-SecurityHeadersPolicy", "e61eb60c-9c35-4d20-a928-2b84e02af89c"],
  [responseHeadersPolicy, "Managed-CORS-With-Preflight", "5cc3b908-e619-4b99-88e5-2cf7f45965bd"],
  [
    responseHeadersPolicy,
    "Managed-CORS-with-preflight-and-SecurityHeadersPolicy",
    "eaab4381-ed33-4a86-88ca-d9558dc6cd63",
  ],
  [responseHeadersPolicy, "Managed-SecurityHeadersPolicy", "67f7725c-6f97-4210-82d7-5512b31e9d03"],
  [responseHeadersPolicy, "Managed-SimpleCORS", "60669652-455b-4ae9-85a4-c4c02393f86c"],
];

/** The names in a value that an interface of the SDK declares, at any depth. */
function missingIn(value: unknown, shape: Shape, place: string): readonly string[] {
  if (shape.kind === "list") {
    if (!Array.isArray(value)) return [place];
    return value.flatMap((element, index) => missingIn(element, shape.element, `${place}[${index}]`));
  }
  if (shape.kind !== "record")
    return typeof value === (shape.kind === "text" ? "string" : shape.kind) ? [] : [place];
  return Object.entries(shape.fields).flatMap(([name, field]) =>
    field.isOptional && (value as Fields)[name] === undefined
      ? []
      : missingIn((value as Fields)[name], field.shape, `${place}.${name}`),
  );
}

describe("a policy of CloudFront that AWS manages is answered", () => {
  const types = sdkTypes(resolve("."));
  test.each(managedPolicies)("%s %s", (token, name, id) => {
    const byName = answer(token, { name });
    expect(byName).toMatchObject({ name, id, arn: expect.stringContaining(`/${id}`) });
    expect(answer(token, { id })).toEqual(byName);
    const declared = types.resultOf(token) ?? {};
    expect(Object.keys(declared).length).toBeGreaterThan(5);
    expect(missingIn(byName, { kind: "record", fields: declared }, "result")).toEqual([]);
  });

  test.each<[situation: string, token: string, name: string, expected: Fields]>([
    [
      "a cache policy's times and values",
      cachePolicy,
      "Managed-Elemental-MediaPackage",
      {
        minTtl: 0,
        defaultTtl: 86_400,
        maxTtl: 31_536_000,
        parametersInCacheKeyAndForwardedToOrigins: [
          {
            cookiesConfigs: [{ cookieBehavior: "none", cookies: [] }],
            headersConfigs: [{ headerBehavior: "whitelist", headers: [{ items: ["origin"] }] }],
            queryStringsConfigs: [
              {
                queryStringBehavior: "whitelist",
                queryStrings: [{ items: ["aws.manifestfilter", "end", "m", "start"] }],
              },
            ],
            enableAcceptEncodingBrotli: false,
            enableAcceptEncodingGzip: true,
          },
        ],
      },
    ],
    [
      "what is sent to the origin",
      originRequestPolicy,
      "Managed-AllViewerExceptHostHeader",
      {
        cookiesConfigs: [{ cookieBehavior: "all", cookies: [] }],
        headersConfigs: [{ headerBehavior: "allExcept", headers: [{ items: ["Host"] }] }],
        queryStringsConfigs: [{ queryStringBehavior: "all", queryStrings: [] }],
      },
    ],
    ["no CORS", responseHeadersPolicy, "Managed-SecurityHeadersPolicy", { corsConfigs: [] }],
    ["no security headers", responseHeadersPolicy, "Managed-SimpleCORS", { securityHeadersConfigs: [] }],
  ])("%s", (_situation, token, name, expected) => {
    expect(answer(token, { name })).toMatchObject(expected);
  });

  test.each<[situation: string, token: string, args: Fields]>([
    ["of our own name", cachePolicy, { name: "api-cache" }],
    ["of another kind", cachePolicy, { name: "Managed-AllViewer" }],
    ["without the prefix, which AWS doesn't find either", cachePolicy, { name: "CachingOptimized" }],
    ["of another id", originRequestPolicy, { id: "00000000-0000-0000-0000-000000000000" }],
    ["that is not named", responseHeadersPolicy, {}],
    ["of a name that every object has", cachePolicy, { name: "toString" }],
  ])("but not one %s", (_situation, token, args) => {
    expect(() => answer(token, args)).toThrow(`The program asks for ${token}, which needs an AWS account`);
    expect(canAnswer(token, args, noFixtures)).toBe(false);
  });
});

describe("what older and other packages call", () => {
  test.each<[token: string, args: Fields, expected: Fields]>([
    [
      "aws:ec2/getSubnetIds:getSubnetIds",
      { vpcId: "vpc-1" },
      { id: "vpc-1", vpcId: "vpc-1", ids: expect.any(Array) },
    ],
    ["awsx:ec2:getDefaultVpc", {}, { vpcId: "vpc-0123456789example", publicSubnetIds: expect.any(Array) }],
    [
      "aws:index/getAvailabilityZone:getAvailabilityZone",
      { name: "eu-central-1b" },
      { region: "eu-central-1", nameSuffix: "b", state: "available" },
    ],
    [
      "aws:cloudfront/getLogDeliveryCanonicalUserId:getLogDeliveryCanonicalUserId",
      {},
      { id: "c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0" },
    ],
    [
      "aws:cloudfront/getLogDeliveryCanonicalUserId:getLogDeliveryCanonicalUserId",
      { region: "cn-north-1" },
      { id: "a52cb28745c0c06e84ec548334e44bfa7fc2a85c54af20cd59e4969344b7af56" },
    ],
  ])("%s %j", (token, args, expected) => {
    expect(answer(token, args)).toMatchObject(expected);
  });
});

describe("a function without an answer is an error", () => {
  test.each([
    ["a lookup in AWS", "aws:ssm/getParameter:getParameter", "which needs an AWS account"],
    // Whether a region supports a service is known to AWS alone.
    ["a service's names", "aws:index/getService:getService", "which needs an AWS account"],
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
