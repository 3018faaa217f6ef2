import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Fields, type Shape, sdkTypes } from "../../../review/src/sdk-types";

const text: Shape = { kind: "text" };
const always = (shape: Shape) => ({ shape, isOptional: false });
const types = sdkTypes(join(__dirname, "..", "..", ".."));

describe("the outputs of a resource type, from the program's own SDK", () => {
  const cases: readonly (readonly [string, string, string, Fields[string]])[] = [
    ["a text", "aws:lambda/function:Function", "arn", always(text)],
    [
      "a text that may be absent",
      "aws:apigatewayv2/route:Route",
      "authorizationType",
      { shape: text, isOptional: true },
    ],
    ["a number", "aws:rds/instance:Instance", "port", always({ kind: "number" })],
    ["a boolean", "aws:acm/certificate:Certificate", "pendingRenewal", always({ kind: "boolean" })],
    ["a list of texts", "aws:route53/zone:Zone", "nameServers", always({ kind: "list", element: text })],
    ["an object with any keys", "aws:lambda/function:Function", "tagsAll", always({ kind: "map" })],
    [
      "a list of objects",
      "aws:acm/certificate:Certificate",
      "domainValidationOptions",
      always({
        kind: "list",
        element: {
          kind: "record",
          fields: {
            domainName: always(text),
            resourceRecordName: always(text),
            resourceRecordType: always(text),
            resourceRecordValue: always(text),
          },
        },
      }),
    ],
    [
      "a type of aws-native, without a file in its name",
      "aws-native:apigatewayv2:Api",
      "apiEndpoint",
      always(text),
    ],
    ["a name that starts with an abbreviation", "aws-native:ec2:VpcEndpoint", "vpcId", always(text)],
    ["an output of a remote component", "aws-apigateway:index:RestAPI", "url", always(text)],
    ["another resource isn't read", "aws-apigateway:index:RestAPI", "api", always({ kind: "unknown" })],
  ];
  test.each(cases)("%s", (_situation, type, output, expected) => {
    expect(types.outputsOf(type)?.[output]).toEqual(expected);
  });

  test("a type that contains itself is read to a depth", () => {
    expect(types.outputsOf("aws:wafv2/webAcl:WebAcl")?.arn).toEqual(always(text));
  });
});

describe("the result of a function", () => {
  test("with what may be absent", () => {
    expect(types.resultOf("aws:ssm/getParameter:getParameter")).toMatchObject({
      value: always(text),
      version: always({ kind: "number" }),
      withDecryption: { shape: { kind: "boolean" }, isOptional: true },
    });
  });

  test("of the root module", () => {
    expect(types.resultOf("aws:index/getCallerIdentity:getCallerIdentity")).toMatchObject({
      accountId: always(text),
    });
  });
});

test.each([
  "acme:index:Thing",
  "aws:lambda/nothing:Nothing",
  "aws:nothing/nothing:Nothing",
  "Thing",
  "",
  "aws:../..:x",
  "kubernetes:networking.k8s.io/v1:Ingress",
])("nothing is known of %j", (token) => {
  expect(types.outputsOf(token)).toBeUndefined();
  expect(types.resultOf(token)).toBeUndefined();
});
