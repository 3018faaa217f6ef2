import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { placeholdersAsUnknown } from "../../../review/src/engine/placeholders";
import { unknownValue } from "../../../review/src/engine/wire";
import { placeholderPattern, placeholderValues } from "../../../review/src/placeholders";
import { sdkTypes } from "../../../review/src/sdk-types";

const types = sdkTypes(join(__dirname, "..", "..", ".."));
const newValues = (boolean = true) => {
  const whole = new Set<unknown>();
  return { whole, values: placeholderValues(types, whole, boolean) };
};
const outputsOf = (type: string, given: Readonly<Record<string, unknown>> = {}, region = "eu-west-1") =>
  newValues().values.ofResource({ urn: "urn::one", type, region, given });

describe("have the form that AWS gives the value", () => {
  const cases: readonly (readonly [string, string, unknown])[] = [
    ["aws:apigatewayv2/api:Api", "id", "placeholder00001"],
    [
      "aws:apigatewayv2/api:Api",
      "apiEndpoint",
      "https://placeholder00001.execute-api.eu-west-1.amazonaws.com",
    ],
    [
      "aws:apigatewayv2/api:Api",
      "executionArn",
      "arn:aws:execute-api:eu-west-1:123456789012:placeholder00001",
    ],
    [
      "aws:lambda/function:Function",
      "arn",
      "arn:aws:lambda:eu-west-1:123456789012:function:placeholder00001",
    ],
    [
      "aws:lambda/function:Function",
      "invokeArn",
      "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:placeholder00001/invocations",
    ],
    [
      "aws:lambda/functionUrl:FunctionUrl",
      "functionUrl",
      "https://placeholder00001.lambda-url.eu-west-1.on.aws/",
    ],
    ["aws:cognito/userPool:UserPool", "id", "eu-west-1_placeholder00001"],
    [
      "aws:cognito/userPool:UserPool",
      "endpoint",
      "cognito-idp.eu-west-1.amazonaws.com/eu-west-1_placeholder00001",
    ],
    ["aws:ec2/vpc:Vpc", "id", "vpc-placeholder00001"],
    ["aws:ec2/eip:Eip", "publicIp", "192.0.2.1"],
    [
      "aws:lb/loadBalancer:LoadBalancer",
      "id",
      "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/placeholder00001/placeholder00001",
    ],
    ["aws:cloudfront/distribution:Distribution", "domainName", "placeholder00001.cloudfront.net"],
    ["aws:dynamodb/table:Table", "arn", "arn:aws:dynamodb:eu-west-1:123456789012:table/placeholder00001"],
    ["aws:iam/role:Role", "arn", "arn:aws:iam::123456789012:role/placeholder00001"],
    ["aws:sqs/queue:Queue", "url", "https://sqs.eu-west-1.amazonaws.com/123456789012/placeholder00001"],
    [
      "aws:route53/zone:Zone",
      "nameServers",
      ["placeholder00001a-nameServer", "placeholder00001b-nameServer", "placeholder00001c-nameServer"],
    ],
    ["aws:rds/instance:Instance", "port", 62005],
    ["aws:rds/instance:Instance", "region", "eu-west-1"],
    [
      "aws:appsync/graphQLApi:GraphQLApi",
      "uris",
      { GRAPHQL: "https://placeholder00001.example.com/", REALTIME: "wss://placeholder00001.example.com/" },
    ],
    // Nobody can say which one it will be.
    ["aws:acm/certificate:Certificate", "pendingRenewal", undefined],
    // Absent as well as any value is possible.
    ["aws:apigatewayv2/route:Route", "authorizationType", undefined],
  ];
  test.each(cases)("%s %s", (type, property, expected) => {
    const { id, outputs } = outputsOf(type);
    const value = property === "id" ? id : outputs[property];
    if (property === "publicIp") expect(value).toMatch(/^192\.0\.2\.\d+$/);
    else expect(value).toEqual(expected);
  });

  test("in another partition", () => {
    expect(outputsOf("aws:lambda/function:Function", {}, "cn-north-1").outputs.arn).toBe(
      "arn:aws-cn:lambda:cn-north-1:123456789012:function:placeholder00001",
    );
  });

  test("what the program gives isn't made up", () => {
    expect(outputsOf("aws:lambda/function:Function", { name: "lookup" }).outputs).not.toHaveProperty("name");
  });

  test("a type without an SDK has an id only", () => {
    expect(outputsOf("acme:index:Thing")).toEqual({ id: "placeholder00001", outputs: {} });
  });
});

describe("the result of a function", () => {
  test("has what its SDK declares", () => {
    const { values } = newValues();
    expect(values.ofResult("aws:ssm/getParameter:getParameter", "eu-west-1")).toMatchObject({
      arn: "arn:aws:ssm:eu-west-1:123456789012:getParameter/placeholder00001",
      value: "placeholder00001-value",
      version: 62000,
    });
    expect(values.dependsOnBoolean).toBe(false);
  });

  test.each([true, false])("with a boolean, says that it depends on it: %s", (boolean) => {
    const { values } = newValues(boolean);
    expect(values.ofResult("aws:ec2/getVpc:getVpc", undefined)).toMatchObject({ enableDnsSupport: boolean });
    expect(values.dependsOnBoolean).toBe(true);
  });

  test("is undefined without an SDK", () => {
    expect(newValues().values.ofResult("acme:index:getThing", undefined)).toBeUndefined();
  });
});

describe("are recognized", () => {
  const everyType = [
    "aws:lambda/function:Function",
    "aws:rds/instance:Instance",
    "aws:ec2/vpc:Vpc",
    "aws:acm/certificate:Certificate",
    "aws:ec2/eip:Eip",
  ];

  test("each as a whole value, which a pack sees as unknown, and each by the pattern of the preload", () => {
    const { whole, values } = newValues();
    for (const type of everyType) values.ofResource({ urn: "urn::one", type, region: undefined, given: {} });
    expect(whole.size).toBeGreaterThan(20);
    for (const value of whole) {
      expect(placeholdersAsUnknown({ list: [value] }, whole)).toEqual({ list: [unknownValue] });
      if (value !== "123456789012") expect(new RegExp(placeholderPattern).test(String(value))).toBe(true);
    }
  });

  test.each([
    "PLACEHOLDER00001",
    "placeholder00001-authorizationType".toUpperCase(),
    "AWS_PLACEHOLDER00001",
    "  placeholder00001\n",
    "Placeholder00001-value",
    "api.placeholder00001.example.com",
  ])("a word that is made of one, which a pack sees as unknown: %s", (word) => {
    const { whole, values } = newValues();
    values.ofResource({ urn: "urn::one", type: "aws:ec2/vpc:Vpc", region: undefined, given: {} });
    expect(placeholdersAsUnknown({ list: [word] }, whole)).toEqual({ list: [unknownValue] });
    expect(placeholdersAsUnknown({ list: [word] }, new Set())).toEqual({ list: [word] });
  });

  test.each([
    "integrations/placeholder00001",
    "GET /placeholder00001",
    "arn:aws:lambda:us-east-1:123456789012:function:placeholder00001:live",
    "https://placeholder00001.example.com/v1",
    '{"openapi":"3.0.1","info":{"title":"placeholder00001"}}',
    "openapi: placeholder00001",
    "placeholders",
  ])("a text that contains one beside other words, which a pack reads: %s", (text) => {
    const { whole, values } = newValues();
    values.ofResource({ urn: "urn::one", type: "aws:ec2/vpc:Vpc", region: undefined, given: {} });
    expect(placeholdersAsUnknown({ list: [text] }, whole)).toEqual({ list: [text] });
  });

  test("and inside any text and value that is made of one, with the resource whose it is", () => {
    const { values } = newValues();
    const { id } = values.ofResource({
      urn: "urn::one",
      type: "aws:ec2/vpc:Vpc",
      region: undefined,
      given: {},
    });
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.jsonValue(), (before, after, other) => {
        const value = { other, list: [`${before}${id}${after}`] };
        expect(values.areIn(value)).toBe(true);
        expect(values.ownersIn(value)).toEqual(["urn::one"]);
      }),
    );
  });

  test("nothing else is one", () => {
    const { values } = newValues();
    for (const value of ["placeholder", "a placeholder for 12", 6200, "10.0.0.1", true, null, {}]) {
      expect(values.areIn(value)).toBe(false);
    }
  });
});
