import { beforeAll, describe, expect, test } from "vitest";
import { type Fixtures, noFixtures } from "../../../review/src/invokes";
import type { PreviewResult } from "../../../review/src/preview";
import { UNKNOWN as unknown } from "../../unknown";
import { mirrorPack, previewProgram, type Shown, shown } from "../written-program";

const parameter = "aws:ssm/getParameter:getParameter";
const parameters: Fixtures = {
  ...noFixtures,
  invoke: (token, args) => (token === parameter ? { value: `value of ${args.name}` } : undefined),
};

describe("a program's invokes", () => {
  let result: PreviewResult;
  let registered: Record<string, Shown>;
  beforeAll(async () => {
    result = await previewProgram(
      `
      const { invoke, invokeOutput } = pulumi.runtime;
      const getRegion = "aws:index/getRegion:getRegion";
      const regionFor = (args, opts) => invoke(getRegion, args, opts).then(({ name }) => name);
      const getParameter = (name) => invokeOutput(${JSON.stringify(parameter)}, { name });

      const oregon = new pulumi.ProviderResource("aws", "oregon", { region: "us-west-2" });
      const hidden = new pulumi.ProviderResource("aws", "hidden", { region: pulumi.secret("sa-east-1") });
      const role = new (customResource("aws:iam/role:Role", ["arn"]))("role");
      const elsewhere = new pulumi.ProviderResource("aws", "elsewhere", { region: role.arn });
      const component = new Component("component", {}, { providers: [oregon] });
      new Api("regions", {
        ofTheStack: regionFor({}),
        ofTheProvider: regionFor({}, { provider: oregon }),
        ofTheParent: regionFor({}, { parent: component }),
        ofASecret: regionFor({}, { provider: hidden }),
        ofTheCall: regionFor({ region: "ap-south-1" }, { provider: oregon }),
        ofAnUnknown: regionFor({}, { provider: elsewhere }),
      });

      new Api("answered", { plain: invoke(${JSON.stringify(parameter)}, { name: "a" }).then(({ value }) => value) });
      new Api("as-an-output", { description: getParameter("b").value });
      new Api("from-a-secret", { description: getParameter(pulumi.secret("c")).value });
      const secret = pulumi.isSecret(getParameter(pulumi.secret("c")));
      secret.then((kept) => console.log("kept secret: " + kept));
      new Api("from-an-unknown", { description: getParameter(role.arn).value, name: "known" });
      `,
      { policyPacks: [mirrorPack], config: ["aws:region=eu-west-1"], fixtures: parameters },
    );
    registered = shown(result, "resource");
  });

  test("cause no problem", () => {
    expect(result.problems).toEqual([]);
    expect(result.exitCode).toBe(0);
  });

  test.each([
    ["the stack's configuration", "ofTheStack", "eu-west-1"],
    ["the provider of the call", "ofTheProvider", "us-west-2"],
    ["the provider of the parent", "ofTheParent", "us-west-2"],
    ["a provider whose region is a secret", "ofASecret", "sa-east-1"],
    ["the call's own argument", "ofTheCall", "ap-south-1"],
    ["nobody, where the provider's region is unknown", "ofAnUnknown", "us-east-1"],
  ])("are answered for the region of %s", (_situation, property, region) => {
    expect(registered.regions?.properties?.[property]).toBe(region);
  });

  test("are answered from the fixtures, whether they return a promise or an output", () => {
    expect(registered.answered?.properties).toEqual({ plain: "value of a" });
    expect(registered["as-an-output"]?.properties).toEqual({ description: "value of b" });
  });

  test("with a secret argument find the same fixture, and their answer is a secret", () => {
    expect(registered["from-a-secret"]?.properties).toEqual({ description: "value of c" });
    expect(result.output).toContain("kept secret: true\n");
  });

  test("with an unknown argument have an unknown answer, not an absent one", () => {
    expect(registered["from-an-unknown"]?.properties).toEqual({ description: unknown, name: "known" });
  });
});

describe("an invoke that can't be answered is a problem of the run", () => {
  const sentence = `The program asks for ${parameter}, which needs an AWS account. Give the answer with --fixtures FILE`;

  test("and is reported once if the program ends because of it", async () => {
    const result = await previewProgram(
      `module.exports = async () => pulumi.runtime.invoke(${JSON.stringify(parameter)}, { name: "issuer" });`,
      { policyPacks: [mirrorPack] },
    );
    expect(result.exitCode).toBe(2);
    expect(result.problems).toEqual([expect.stringContaining(sentence)]);
  });

  test("even if the program continues: it catches the error, uses a default, or doesn't wait", async () => {
    const result = await previewProgram(
      `const invoke = (token) => pulumi.runtime.invoke(token, {});
       module.exports = async () => {
         await invoke("aws:ssm/caught:caught").catch(() => undefined);
         new Route("route", { authorizationType: invoke("aws:ssm/instead:instead").then((p) => p.value, () => "JWT") });
         invoke("aws:ssm/unwaited:unwaited").catch(() => undefined);
       };`,
      { policyPacks: [mirrorPack] },
    );
    expect(result.exitCode).toBe(2);
    const tokens = result.problems.map((problem) => /asks for (\S+),/.exec(problem)?.[1]).toSorted();
    expect(tokens).toEqual(["aws:ssm/caught:caught", "aws:ssm/instead:instead", "aws:ssm/unwaited:unwaited"]);
  });

  test("but not one that the fixtures answer, even by an empty result", async () => {
    const result = await previewProgram(
      `module.exports = async () => pulumi.runtime.invoke(${JSON.stringify(parameter)}, { name: "issuer" });`,
      { policyPacks: [mirrorPack], fixtures: { ...noFixtures, invoke: () => ({}) } },
    );
    expect(result).toMatchObject({ exitCode: 0, problems: [] });
  });
});

describe("invoke transforms", () => {
  const source = (transform: string) => `
    pulumi.runtime.registerInvokeTransform(${transform});
    new Api("api", {
      description: pulumi.runtime.invokeOutput(${JSON.stringify(parameter)}, { name: "issuer" }).value,
    });`;
  const transformed = (transform: string) =>
    previewProgram(source(transform), { policyPacks: [mirrorPack], fixtures: parameters });

  test("change the arguments one after another, and know the call by its token", async () => {
    const result = await transformed(
      `({ token, args, opts }) => ({ args: { name: args.name + " of " + token }, opts })`,
    );
    expect(shown(result, "resource").api?.properties).toEqual({
      description: `value of issuer of ${parameter}`,
    });
    expect(result.problems).toEqual([]);
  });

  test("that throw are a problem of the run", async () => {
    const result = await transformed(`() => { throw new Error("no issuer"); }`);
    expect(result.exitCode).toBe(2);
    expect(result.problems).toEqual(["A transform of the program failed: no issuer"]);
  });

  test("that give an unknown argument are a problem of the run: its answer would look absent", async () => {
    const result = await transformed(`({ opts }) => ({ args: { name: new Api("first").id }, opts })`);
    expect(result.exitCode).toBe(2);
    expect(result.problems).toContain(
      `An invoke transform gives ${parameter} an argument that is not known before the deployment, so the call can't be answered here. Give it a plain value.`,
    );
  });
});
