import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import { guardrails } from "../../policies/src";

const require = createRequire(import.meta.url);
const server = require("@pulumi/policy/server");
const messages = require("@pulumi/pulumi/proto/analyzer_pb");
const { Struct } = require("google-protobuf/google/protobuf/struct_pb");

const route = "aws:apigatewayv2/route:Route";
const bucket = "aws:s3/bucket:Bucket";
const stackType = "pulumi:pulumi:Stack";

interface Shown {
  readonly type: string;
  readonly name: string;
  readonly properties?: Readonly<Record<string, unknown>>;
}

const filled = (request: typeof messages.AnalyzeRequest, { type, name, properties = {} }: Shown) => {
  request.setType(type);
  request.setName(name);
  request.setUrn(`urn:pulumi:dev::customers::${type}::${name}`);
  request.setProperties(Struct.fromJavaScript(properties));
  request.setOptions(new messages.AnalyzerResourceOptions());
  return request;
};

/** The policies that are not applicable, as the SDK tells the engine: for each resource, and for the stack. */
async function notApplicableIn(shown: readonly Shown[]) {
  const { policies } = guardrails();
  const ask = (make: unknown, request: unknown) =>
    new Promise<readonly string[]>((done, fail) => {
      (make as (...args: unknown[]) => (call: unknown, answer: unknown) => void)(
        "pack",
        "1.0.0",
        "mandatory",
        policies,
      )(
        { request },
        (error: Error | null, response: { getNotApplicableList(): { getPolicyName(): string }[] }) =>
          error ? fail(error) : done(response.getNotApplicableList().map((each) => each.getPolicyName())),
      );
    });
  const all = [{ type: stackType, name: "customers-dev" }, ...shown];
  const resources: (readonly string[])[] = [];
  for (const each of all) {
    resources.push(await ask(server.makeAnalyzeRpcFun, filled(new messages.AnalyzeRequest(), each)));
  }
  const request = new messages.AnalyzeStackRequest();
  request.setResourcesList(all.map((each) => filled(new messages.AnalyzerResource(), each)));
  const stack = await ask(server.makeAnalyzeStackRpcFun, request);
  const names = policies.map(({ name }) => name);
  const applied = (lists: readonly (readonly string[])[]) =>
    names.filter((name) => lists.some((list) => !list.includes(name)));
  const judgeStacks = policies.filter((policy) => "validateStack" in policy).map(({ name }) => name);
  return { resources: applied(resources), stack: judgeStacks.filter((name) => !stack.includes(name)) };
}

describe("a rule whose types a stack doesn't hold neither passes nor fails", () => {
  test("a stack of a bucket only: nothing but the rule that owns the exemptions applies", async () => {
    const { resources, stack } = await notApplicableIn([{ type: bucket, name: "files" }]);
    expect({ resources, stack }).toEqual({
      resources: ["exemption-is-current"],
      stack: ["exemption-is-current"],
    });
  });

  test("a stack with a route: the rules about routes apply", async () => {
    const { resources, stack } = await notApplicableIn([
      { type: bucket, name: "files" },
      { type: route, name: "lookup", properties: { routeKey: "GET /", authorizationType: "AWS_IAM" } },
    ]);
    expect(resources).toContain("http-route-requires-authorization");
    expect(resources).not.toContain("rest-method-requires-authorization");
    expect(stack).toContain("endpoint-requires-authentication");
    expect(stack).not.toContain("distribution-asks-its-viewers");
  });

  test("a rule applies to what stands in a template", async () => {
    const templateBody = JSON.stringify({
      Resources: {
        Url: { Type: "AWS::Lambda::Url", Properties: { AuthType: "AWS_IAM", TargetFunctionArn: "lookup" } },
      },
    });
    const { resources } = await notApplicableIn([
      { type: "aws:cloudformation/stack:Stack", name: "nested", properties: { templateBody } },
    ]);
    expect(resources).toContain("function-url-requires-iam");
  });
});
