import { beforeAll, describe, expect, test } from "vitest";
import type { PreviewResult } from "../../../review/src/preview";
import { UNKNOWN as unknown } from "../../unknown";
import { mirrorPack, previewProgram, type Shown, shown } from "../written-program";

describe("a program's registrations are answered as in a preview", () => {
  let result: PreviewResult;
  let registered: Record<string, Shown>;
  let final: Record<string, Shown>;
  beforeAll(async () => {
    result = await previewProgram(
      `
      const applied = [];
      const api = new Api("api", { protocolType: "HTTP" });
      api.id.apply(() => applied.push("id"));
      api.apiEndpoint.apply(() => applied.push("apiEndpoint"));
      api.protocolType.apply(() => applied.push("protocolType"));
      new Route("built", { apiId: api.id, routeKey: "GET /", target: pulumi.interpolate\`\${api.apiEndpoint}/x\` });

      const outer = new Component("outer", { colour: "blue" });
      const inner = new Component("inner", {}, { parent: outer });
      const authorizer = new Authorizer("authorizer", { apiId: api.id }, { parent: inner });
      new Route("optioned", { apiId: api.id, authorizerId: authorizer.id, routeKey: "GET /" }, {
        parent: inner,
        dependsOn: [outer, inner],
        protect: true,
        ignoreChanges: ["target"],
        deleteBeforeReplace: true,
        additionalSecretOutputs: ["target"],
        customTimeouts: { create: "1h5m", delete: "1.5s" },
      });
      new Route("child-of-a-resource", { routeKey: "GET /child" }, { parent: api });
      inner.registerOutputs({ apiId: api.id, kept: pulumi.secret("value") });
      new (customResource("customers:index:Holder"))("holder", { api, outer });

      const hidden = pulumi.secret("hunter2");
      const Described = customResource("aws:apigatewayv2/api:Api", ["description", "apiEndpoint"]);
      const described = new Described("described", { description: hidden, tags: { of: pulumi.secret("hunter3") } }, {
        additionalSecretOutputs: ["apiEndpoint"],
      });

      const elsewhere = new pulumi.ProviderResource("aws", "elsewhere", { region: "us-west-2" });
      const role = new (customResource("aws:iam/role:Role", ["arn"]))("role");
      const assumed = new pulumi.ProviderResource("aws", "assumed", { roleArn: role.arn });
      const provided = new Component("provided", {}, { providers: [elsewhere] });
      new Api("by-default", { name: "a" }, { version: "7.48.0" });
      new Api("explicit", { name: "b" }, { provider: elsewhere });
      new Api("inherited", { name: "c" }, { parent: provided });
      const undetermined = new Api("undetermined", { name: "d" }, { provider: assumed });
      undetermined.name.apply(() => applied.push("name of undetermined"));

      const existing = Api.get("existing", "a1b2c3", { protocolType: "HTTP" });
      new Route("onto-existing", { apiId: existing.id, routeKey: "GET /", target: existing.executionArn });
      const read = Described.get("read", "d4e5f6", { description: hidden });

      exports.endpoint = api.apiEndpoint;
      exports.region = new pulumi.Config("aws").require("region");
      const secrets = [described.description, described.apiEndpoint, read.description].map(pulumi.isSecret);
      Promise.all(secrets).then((kept) => console.log("secrets: " + kept.join(" ")));
      process.on("exit", () => console.log("applied: " + applied.join(" ")));
      `,
      { policyPacks: [mirrorPack], config: ["aws:region=eu-west-1"] },
    );
    registered = shown(result, "resource");
    final = shown(result, "stack");
  });

  test("cause no problem", () => {
    expect(result.problems).toEqual([]);
    expect(result.exitCode).toBe(0);
  });

  test("an apply on an id or a computed output doesn't run, one on an input does", () => {
    expect(result.output).toContain("applied: protocolType\n");
  });

  test("what is built from an unknown is shown as an unknown", () => {
    expect(registered.built?.properties).toEqual({ apiId: unknown, routeKey: "GET /", target: unknown });
  });

  test("AnalyzeStack shows the inputs, and unknowns for what the provider computes", () => {
    const computed = { apiEndpoint: unknown, executionArn: unknown, arn: unknown };
    expect(final.api?.outputs).toMatchObject({ protocolType: "HTTP", ...computed });
  });

  test("the outputs of the program become the outputs of the stack", () => {
    expect(final["customers-dev"]?.outputs).toEqual({ endpoint: unknown, region: "eu-west-1" });
  });

  test("the pack sees secrets in plain text, as under the engine", () => {
    const plain = { description: "hunter2", tags: { of: "hunter3" } };
    expect(registered.described?.properties).toEqual(plain);
    expect(final.described?.outputs).toMatchObject(plain);
  });

  test("the program gets secrets back as secrets: inputs, additional secret outputs, what it read", () => {
    expect(result.output).toContain("secrets: true true true\n");
  });

  test.each([
    ["a component", "outer", "customers:index:Component::outer"],
    ["a component in a component", "inner", "customers:index:Component$customers:index:Component::inner"],
    [
      "a resource in it",
      "optioned",
      "customers:index:Component$customers:index:Component$aws:apigatewayv2/route:Route::optioned",
    ],
    [
      "a resource under a resource",
      "child-of-a-resource",
      "aws:apigatewayv2/api:Api$aws:apigatewayv2/route:Route::child-of-a-resource",
    ],
    ["the stack", "customers-dev", "pulumi:pulumi:Stack::customers-dev"],
  ])("the URN of %s holds its parents' types", (_situation, name, qualified) => {
    expect(registered[name]?.urn).toBe(`urn:pulumi:dev::customers::${qualified}`);
  });

  test.each([
    ["optioned", "inner"],
    ["child-of-a-resource", "api"],
    ["outer", "customers-dev"],
  ])("AnalyzeStack knows the parent of %s", (name, parent) => {
    expect(final[name]?.parent).toBe(parent);
  });

  test("AnalyzeStack shows which property comes from which resource", () => {
    const dependencies = { apiId: ["api"], authorizerId: ["authorizer"] };
    expect(final.optioned?.propertyDependencies).toMatchObject(dependencies);
  });

  test("dependsOn a component is a dependency on the resources in it", () => {
    expect(final.optioned?.dependencies).toEqual(expect.arrayContaining(["api", "authorizer"]));
  });

  test("options arrive", () => {
    expect(registered.optioned?.options).toMatchObject({
      protect: true,
      ignoreChanges: ["target"],
      deleteBeforeReplace: true,
      additionalSecretOutputs: ["target"],
      customTimeouts: { createSeconds: 3900, deleteSeconds: 1.5, updateSeconds: 0 },
      parent: registered.inner?.urn,
    });
  });

  test("a component's inputs are shown; its outputs are those that it registers, and none without", () => {
    expect(registered.outer?.properties).toEqual({ colour: "blue" });
    expect(final.inner?.outputs).toEqual({ apiId: unknown, kept: "value" });
    expect(final.outer?.outputs).toEqual({});
  });

  test("a resource as a property is its id, a component its URN", () => {
    expect(registered.holder?.properties).toEqual({ api: unknown, outer: registered.outer?.urn });
  });

  test("the default provider has the version in its name and the configuration in its properties", () => {
    expect(registered["by-default"]?.provider).toEqual({
      type: "pulumi:providers:aws",
      name: "default_7_48_0",
      properties: { region: "eu-west-1", version: "7.48.0" },
    });
  });

  test("a default provider is shown to the packs too, once", () => {
    const urns = result.resources.map(({ urn }) => urn).filter((urn) => urn.endsWith("::default_7_48_0"));
    expect(urns).toEqual(["urn:pulumi:dev::customers::pulumi:providers:aws::default_7_48_0"]);
    expect(registered.default_7_48_0?.properties).toEqual({ region: "eu-west-1", version: "7.48.0" });
  });

  test.each(["explicit", "inherited"])("an %s provider is the one that was made", (name) => {
    expect(registered[name]?.provider).toMatchObject({
      name: "elsewhere",
      properties: { region: "us-west-2" },
    });
  });

  test("a provider whose configuration is unknown answers nothing, not even the inputs", () => {
    expect(registered.undetermined?.properties).toEqual({ name: "d" });
    expect(final.undetermined?.outputs).toEqual({});
    expect(result.output).not.toContain("name of undetermined");
  });

  test("an existing resource is not shown to the packs, and what AWS would answer is unknown", () => {
    expect([registered.existing, final.existing]).toEqual([undefined, undefined]);
    expect(registered["onto-existing"]?.properties).toEqual({
      apiId: "a1b2c3",
      routeKey: "GET /",
      target: unknown,
    });
  });
});

describe("what can't be answered here is a problem of the run", () => {
  let result: PreviewResult;
  beforeAll(async () => {
    result = await previewProgram(
      `
      class Gateway extends pulumi.ComponentResource {
        constructor() { super("aws-apigateway:index:RestAPI", "gateway", { routes: [{ path: "/" }] }, {}, true); }
      }
      new Gateway();
      new Api("api");
      new Api("api");
      const network = new pulumi.StackReference("acme/network/dev");
      new Api("after", { name: network.getOutput("name") });
      `,
      { policyPacks: [mirrorPack] },
    );
  });

  test("so the preview doesn't pass", () => {
    expect(result.exitCode).toBe(2);
  });

  test("a remote component: its own inputs are judged, its children are not", () => {
    expect(shown(result, "resource").gateway?.properties).toEqual({ routes: [{ path: "/" }] });
    expect(result.problems).toContain(
      'The remote component "gateway" (aws-apigateway:index:RestAPI) creates its children in a provider plugin, which is not run here, so they were not judged. Run the program with the Pulumi CLI to judge them. If it creates no API, say so with --accept-unseen aws-apigateway:index:RestAPI',
    );
  });

  test("two resources with the same type and name, which the engine rejects too", () => {
    expect(result.problems).toContain(
      "Duplicate resource URN 'urn:pulumi:dev::customers::aws:apigatewayv2/api:Api::api'; try giving it a unique name",
    );
  });

  test("a stack reference without outputs, with what to write", () => {
    expect(result.problems).toContain(
      'The stack reference "acme/network/dev" can\'t be read here. Give its outputs with --fixtures FILE, where FILE holds: {"stackReferences":{"acme/network/dev":{"name":"..."}}}',
    );
  });
});
