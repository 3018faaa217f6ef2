import { describe, expect, test } from "vitest";
import { FunctionUrl } from "../../../policies/src/endpoints/lambda/function-url";
import {
  CloudControlResource,
  CloudFormationStack,
  CloudFormationStackSet,
  contentsOf,
  isStackSetInstance,
  overriddenContents,
  type TemplateContents,
} from "../../../policies/src/endpoints/templates/template";
import {
  type RawRecord,
  type Resource,
  type ResourceOf,
  resource,
  type WrittenForm,
} from "../../../policies/src/stack";
import { UNKNOWN } from "../../unknown";

const ofType = (type: string, properties: RawRecord, written?: WrittenForm): Resource =>
  resource({ urn: `urn:pulumi:dev::customers::${type}::own`, type, properties, written });

/** A URL of a function whose authorization is a parameter: by default, a good one. */
const url = (authType: unknown = { Ref: "Auth" }) => ({
  Type: "AWS::Lambda::Url",
  Properties: { AuthType: authType },
});
const template = (resources: RawRecord = { Lookup: url() }) => ({
  Parameters: { Auth: { Type: "String", Default: "AWS_IAM" } },
  Resources: resources,
});
const stack = (properties: RawRecord = {}) =>
  ofType(CloudFormationStack.token, { templateBody: template(), ...properties });
const set = (properties: RawRecord = {}, written?: WrittenForm) =>
  ofType(
    CloudFormationStackSet.token,
    { name: "everywhere", templateBody: template(), ...properties },
    written,
  ) as ResourceOf<typeof CloudFormationStackSet>;

/** What an answer says: how each URL authorizes in each way that the conditions may turn out, and what isn't known. */
function told(contents: TemplateContents | undefined): unknown {
  if (contents?.kind !== "read") return contents === undefined ? "nothing" : contents.kind;
  const { stacks, unknown, unread, isFinal } = contents;
  const urls = stacks.map((one) =>
    one.of(FunctionUrl).map(({ template: place, properties }) => {
      const { authorizationType } = properties;
      return `${place?.logicalId} ${authorizationType === UNKNOWN ? "unknown" : authorizationType}`;
    }),
  );
  return {
    urls: urls.flat(),
    ...(unknown.length > 0 && { unknown: unknown.map(({ logicalId }) => logicalId) }),
    ...(unread.length > 0 && { unread }),
    ...(!isFinal && { isFinal }),
  };
}
const guarded = { urls: ["Lookup AWS_IAM"] };
const undecided = { urls: ["Lookup unknown"] };
const open = { urls: ["Lookup NONE"] };

describe("the template of a stack, and the values of its parameters", () => {
  test.each<[what: string, holder: Resource, says: unknown]>([
    ["defaults", stack(), guarded],
    ["a stack set's", set(), guarded],
    ["a value given", stack({ parameters: { Auth: "NONE" } }), open],
    ["a value that isn't known", stack({ parameters: { Auth: UNKNOWN } }), { ...undecided, isFinal: false }],
    ["values that aren't known", stack({ parameters: UNKNOWN }), undecided],
    ["values that are no record", stack({ parameters: ["NONE"] }), undecided],
    ["no template", stack({ templateBody: undefined }), "nothing"],
    ["an empty template", stack({ templateBody: "" }), "nothing"],
    ["a template that isn't known", stack({ templateBody: UNKNOWN }), "unknown"],
    ["a template that is none", stack({ templateBody: "[]" }), "unreadable"],
    ["a text", stack({ templateBody: JSON.stringify(template()) }), guarded],
    [
      "a part that isn't known",
      stack({ templateBody: template({ Lookup: url(), Table: UNKNOWN }) }),
      { ...guarded, unknown: ["Table"], isFinal: false },
    ],
    [
      "a value in a list of lists that isn't known",
      stack({ templateBody: { ...template(), Outputs: [["a", UNKNOWN]] } }),
      { ...guarded, isFinal: false },
    ],
    ["another type's", ofType("aws:s3/bucket:Bucket", { templateBody: template() }), "nothing"],
  ])("%s", (_what, holder, says) => {
    expect(told(contentsOf(holder))).toEqual(says);
  });
});

describe("a stack set of aws-native, which lists its instances itself", () => {
  const written: WrittenForm = {
    type: "aws-native:cloudformation:StackSet",
    schema: "CloudFormation",
    names: {},
  };
  const overriding = { parameterOverrides: [{ parameterKey: "Auth", parameterValue: "NONE" }] };
  const plain = { regions: ["eu-central-1"] };

  test.each<[what: string, groups: unknown, says: unknown]>([
    ["none", undefined, guarded],
    ["an empty list", [], guarded],
    ["one without values of its own", [plain], guarded],
    ["one with values of its own", [overriding], undecided],
    ["one of two with values of its own", [plain, overriding], undecided],
    ["one that isn't known", [plain, UNKNOWN], undecided],
    ["a list that isn't known", UNKNOWN, undecided],
  ])("%s", (_what, stackInstancesGroup, says) => {
    expect(told(contentsOf(set({ stackInstancesGroup }, written)))).toEqual(says);
  });

  test("a stack set of the provider aws has no such list", () => {
    expect(told(contentsOf(set({ stackInstancesGroup: [overriding] })))).toEqual(guarded);
  });
});

describe("the template of a stack set with the values of an instance", () => {
  const single = "aws:cloudformation/stackSetInstance:StackSetInstance";
  const several = "aws:cloudformation/stackInstances:StackInstances";
  const overriding = { stackSetName: "everywhere", parameterOverrides: { Auth: "NONE" } };

  test.each<[what: string, type: string, instance: RawRecord, of: RawRecord, says: unknown]>([
    ["an instance's value", single, overriding, {}, open],
    ["the value of several instances", several, overriding, {}, open],
    ["beside the set's own", single, overriding, { parameters: { Auth: "AWS_IAM" } }, open],
    [
      "the set's own, where the instance has another parameter's",
      single,
      { ...overriding, parameterOverrides: { Table: "customers" } },
      { parameters: { Auth: "NONE" } },
      open,
    ],
    ["no value", single, { stackSetName: "everywhere" }, {}, "nothing"],
    ["the value for another set", single, { ...overriding, stackSetName: "nowhere" }, {}, "nothing"],
    ["the value for a set that isn't known", single, { ...overriding, stackSetName: UNKNOWN }, {}, open],
    ["the value for a set whose name isn't known", single, overriding, { name: UNKNOWN }, open],
    ["the value for a set without a name", single, overriding, { name: undefined }, open],
    ["values that aren't known", single, { ...overriding, parameterOverrides: UNKNOWN }, {}, undecided],
    ["values that are no record", single, { ...overriding, parameterOverrides: ["NONE"] }, {}, undecided],
    [
      "a value, where the set's aren't known",
      single,
      { ...overriding, parameterOverrides: { Table: "customers" } },
      { parameters: UNKNOWN },
      undecided,
    ],
    [
      "a value, where the set's are no record",
      single,
      { ...overriding, parameterOverrides: { Table: "customers" } },
      { parameters: ["NONE"] },
      undecided,
    ],
  ])("%s", (_what, type, properties, of, says) => {
    const instance = ofType(type, properties);
    if (!isStackSetInstance(instance)) throw new Error("the case is an instance");
    expect(told(overriddenContents(instance, set(of)))).toEqual(says);
  });

  test("a stack set is no instance of one", () => {
    expect(isStackSetInstance(set())).toBe(false);
  });
});

describe("the state of a resource of Cloud Control", () => {
  const state = (typeName: unknown, desiredState: unknown) =>
    ofType(CloudControlResource.token, { typeName, desiredState });
  const lookup = { AuthType: "NONE" };

  test.each<[what: string, holder: Resource, says: unknown]>([
    ["a record", state("AWS::Lambda::Url", lookup), { urls: ["own NONE"] }],
    ["a text", state("AWS::Lambda::Url", JSON.stringify(lookup)), { urls: ["own NONE"] }],
    ["a text that is no document", state("AWS::Lambda::Url", "{"), "unreadable"],
    ["a list", state("AWS::Lambda::Url", "[]"), "unreadable"],
    ["a number", state("AWS::Lambda::Url", 1), "unreadable"],
    ["what isn't known", state("AWS::Lambda::Url", UNKNOWN), "unknown"],
    ["nothing", state("AWS::Lambda::Url", undefined), "unknown"],
    [
      "a property that isn't known",
      state("AWS::Lambda::Url", { AuthType: UNKNOWN }),
      { urls: ["own unknown"], isFinal: false },
    ],
    ["of a type that isn't known", state(UNKNOWN, lookup), "unknown"],
    ["of no type", state(undefined, lookup), "nothing"],
    ["of a type without endpoints", state("AWS::DynamoDB::Table", lookup), "nothing"],
    [
      "of a type that we don't know",
      state("Acme::Edge::Lookup::MODULE", lookup),
      { urls: [], unread: ["a type that isn't known here"] },
    ],
    [
      "of an authorizer, not known: an endpoint it can't be",
      state("AWS::ApiGatewayV2::Authorizer", UNKNOWN),
      { urls: [], isFinal: false },
    ],
    [
      "a template behind a URL",
      state("AWS::CloudFormation::Stack", { TemplateURL: "https://example.com/template" }),
      { urls: [], unread: ["a template behind a URL"] },
    ],
  ])("%s", (_what, holder, says) => {
    expect(told(contentsOf(holder))).toEqual(says);
  });
});

test("why a state can't be read is said of its text, or of what the text holds", () => {
  const because = (desiredState: string) =>
    contentsOf(ofType(CloudControlResource.token, { typeName: "AWS::Lambda::Url", desiredState }));
  expect(because("[]")).toEqual({ kind: "unreadable", because: "is no JSON object" });
  expect(because("{")).not.toEqual(because("[]"));
});

describe("a template within a template", () => {
  const nested = (properties: RawRecord, type = "AWS::CloudFormation::StackSet") =>
    stack({ templateBody: template({ Inner: { Type: type, Properties: properties } }) });
  // A text: what refers to a parameter in an object, refers to the outer template's.
  const body = { TemplateBody: JSON.stringify(template()) };
  const given = (value: string) => [{ ParameterKey: "Auth", ParameterValue: value }];
  const innerUrl = (word: string) => ({ urls: [`Inner.Lookup ${word}`] });

  test.each<[what: string, holder: Resource, says: unknown]>([
    ["defaults", nested(body), innerUrl("AWS_IAM")],
    ["a stack's", nested(body, "AWS::CloudFormation::Stack"), innerUrl("AWS_IAM")],
    ["a record of values", nested({ ...body, Parameters: { Auth: "NONE" } }), innerUrl("NONE")],
    ["a list of values", nested({ ...body, Parameters: given("NONE") }), innerUrl("NONE")],
    [
      "values that aren't known",
      nested({ ...body, Parameters: UNKNOWN }),
      { ...innerUrl("unknown"), isFinal: false },
    ],
    ["values that are a number", nested({ ...body, Parameters: 1 }), innerUrl("unknown")],
    [
      "a parameter in the list that is a text",
      nested({ ...body, Parameters: [...given("AWS_IAM"), "NONE"] }),
      innerUrl("unknown"),
    ],
    [
      "a parameter in the list whose name is a number",
      nested({ ...body, Parameters: [...given("AWS_IAM"), { ParameterKey: 1 }] }),
      innerUrl("unknown"),
    ],
    [
      "a parameter in the list whose name only CloudFormation computes",
      nested({
        ...body,
        Parameters: [{ ParameterKey: { "Fn::ImportValue": "name" }, ParameterValue: "NONE" }],
      }),
      innerUrl("unknown"),
    ],
    [
      "instances without values of their own",
      nested({ ...body, StackInstancesGroup: [{ Regions: ["eu-central-1"] }] }),
      innerUrl("AWS_IAM"),
    ],
    [
      "one of two instances with values of its own",
      nested({
        ...body,
        StackInstancesGroup: [{ Regions: ["eu-central-1"] }, { ParameterOverrides: given("NONE") }],
      }),
      innerUrl("unknown"),
    ],
    [
      "one of two instances that only CloudFormation computes",
      nested({ ...body, StackInstancesGroup: [{}, { "Fn::ImportValue": "instance" }] }),
      innerUrl("unknown"),
    ],
    [
      "instances that only CloudFormation computes",
      nested({ ...body, StackInstancesGroup: { "Fn::ImportValue": "instances" } }),
      innerUrl("unknown"),
    ],
    [
      "a template that only CloudFormation computes",
      nested({ TemplateBody: { "Fn::ImportValue": "template" } }),
      { urls: [], unknown: ["Inner"] },
    ],
    ["a template that is none", nested({ TemplateBody: [] }), { urls: [], unknown: ["Inner"] }],
    ["no template", nested({}), { urls: [], unread: ["Inner"] }],
    ["another type's", nested(body, "AWS::DynamoDB::Table"), { urls: [] }],
    [
      "two deep",
      nested({
        TemplateBody: template({
          Second: {
            Type: "AWS::CloudFormation::Stack",
            Properties: {
              TemplateBody: template({
                Lookup: url("NONE"),
                Any: { "Fn::ImportValue": "any" },
                Third: {
                  Type: "AWS::CloudFormation::Stack",
                  Properties: { TemplateURL: "https://example.com/template" },
                },
              }),
            },
          },
        }),
      }),
      {
        urls: ["Inner.Second.Lookup NONE"],
        unknown: ["Inner.Second.Any"],
        unread: ["Third of Second of Inner"],
      },
    ],
  ])("%s", (_what, holder, says) => {
    expect(told(contentsOf(holder))).toEqual(says);
  });
});

describe("a part that only CloudFormation computes", () => {
  const part = (type: unknown) => ({ Type: type, Properties: { "Fn::Transform": { Name: "Acme" } } });

  test.each<[what: string, resources: RawRecord, unknownParts: unknown]>([
    ["of a type with endpoints", { Lookup: part("AWS::Lambda::Url") }, ["Lookup"]],
    ["of a type without endpoints", { Users: part("AWS::Cognito::UserPool") }, undefined],
    ["of a serverless type", { Lookup: part("AWS::Serverless::Function") }, ["Lookup"]],
    ["of a type with a template", { Inner: part("AWS::CloudFormation::Stack") }, ["Inner"]],
    [
      "within a template",
      {
        Inner: {
          Type: "AWS::CloudFormation::Stack",
          Properties: { TemplateBody: template({ Lookup: part("AWS::Lambda::Url") }) },
        },
      },
      ["Inner.Lookup"],
    ],
  ])("%s", (_what, resources, unknown) => {
    const contents = told(contentsOf(stack({ templateBody: template(resources) })));
    expect(contents).toEqual({ urls: [], ...(unknown !== undefined && { unknown }) });
  });
});

describe("the names that properties have in small letters", () => {
  test.each([
    ["WebACLId", "webAclId"],
    ["ProviderARNs", "providerArns"],
    ["ARNsOfKeys", "arnsOfKeys"],
    ["TargetGroupARN", "targetGroupArn"],
    ["IPs", "ips"],
    ["HTTP2Port", "http2Port"],
    ["URLString", "urlString"],
    ["Name", "name"],
  ])("%s: %s", (name, small) => {
    const state = ofType(CloudControlResource.token, {
      typeName: "AWS::Lambda::Url",
      desiredState: { Cors: { [name]: "value", Each: [{ [name]: UNKNOWN }] } },
    });
    const contents = contentsOf(state);
    const urls = contents?.kind === "read" ? contents.stacks.flatMap((one) => one.of(FunctionUrl)) : [];
    expect(urls.map(({ properties }) => properties.cors)).toEqual([
      { [small]: "value", each: [{ [small]: UNKNOWN }] },
    ]);
  });

  test("those of a resource that is written in CloudFormation's words are told with them", () => {
    const contents = contentsOf(stack());
    const urls = contents?.kind === "read" ? contents.stacks.flatMap((one) => one.of(FunctionUrl)) : [];
    expect(urls.map(({ written }) => written?.names)).toEqual([
      expect.objectContaining({ authorizationType: "authType" }),
    ]);
  });
});
