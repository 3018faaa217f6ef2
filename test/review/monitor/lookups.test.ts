import { createRequire } from "node:module";
import { beforeAll, describe, expect, test } from "vitest";
import { type Fixtures, noFixtures } from "../../../review/src/invokes";
import type { PreviewResult } from "../../../review/src/preview";
import { UNKNOWN as unknown } from "../../unknown";
import { mirrorPack, previewProgram, type Shown, shown } from "../written-program";

const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

describe("what exists outside the program is answered from the fixtures", () => {
  const network = {
    issuer: "https://id.example.com",
    nested: { ids: ["a", secret("hunter2")] },
    token: secret("hunter3"),
  };
  const api = {
    protocolType: "WEBSOCKET",
    executionArn: "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3",
  };
  const fixtures: Fixtures = {
    ...noFixtures,
    read: (type, id) => (type === "aws:apigatewayv2/api:Api" && id === "a1b2c3" ? api : undefined),
    stackOutputs: (stack) => (stack === "acme/network/prod" ? network : undefined),
  };
  let result: PreviewResult;
  let registered: Record<string, Shown>;
  let printed: Record<string, unknown>;
  beforeAll(async () => {
    result = await previewProgram(
      `
      const existing = Api.get("existing", "a1b2c3", { protocolType: "HTTP", description: "given by the program" });
      const other = Api.get("other", "d4e5f6");
      new Route("onto-existing", {
        apiId: existing.id, target: existing.executionArn, routeKey: existing.protocolType, operationName: existing.description,
        modelSelectionExpression: existing.apiEndpoint,
      });
      new Route("onto-other", { apiId: other.id, target: other.executionArn });

      const network = new pulumi.StackReference("acme/network/prod");
      const renamed = new pulumi.StackReference("renamed", { name: "acme/network/prod" });
      new Authorizer("by-reference", {
        issuer: network.getOutput("issuer"),
        audience: network.getOutput("nested").apply(({ ids }) => ids),
        token: network.requireOutput("token"),
        none: network.getOutput("none"),
      });
      new Authorizer("by-renamed", { issuer: renamed.requireOutput("issuer") });

      module.exports = async () => {
        const outputs = ["issuer", "nested", "token"];
        console.log(JSON.stringify({
          secrets: await Promise.all(outputs.map((name) => pulumi.isSecret(network.getOutput(name)))),
          details: await Promise.all(outputs.map((name) => network.getOutputDetails(name).then(Object.keys))),
        }));
      };
      `,
      { policyPacks: [mirrorPack], fixtures },
    );
    registered = shown(result, "resource");
    printed = JSON.parse(result.output);
  });

  test("causes no problem", () => {
    expect(result.problems).toEqual([]);
    expect(result.exitCode).toBe(0);
  });

  test("a get: the fixture overrides what the program passes, and the rest is unknown", () => {
    expect(registered["onto-existing"]?.properties).toEqual({
      apiId: "a1b2c3",
      target: api.executionArn,
      routeKey: "WEBSOCKET",
      operationName: "given by the program",
      modelSelectionExpression: unknown,
    });
  });

  test("a get without a fixture: everything except the id is unknown", () => {
    expect(registered["onto-other"]?.properties).toEqual({ apiId: "d4e5f6", target: unknown });
  });

  test("a stack reference: its outputs reach the program, secrets included", () => {
    expect(registered["by-reference"]?.properties).toEqual({
      issuer: "https://id.example.com",
      audience: ["a", "hunter2"],
      token: "hunter3",
    });
    expect(registered["by-renamed"]?.properties).toEqual({ issuer: "https://id.example.com" });
  });

  test("the program knows which outputs are secrets", () => {
    expect(printed).toEqual({
      secrets: [false, true, true],
      details: [["value"], ["secretValue"], ["secretValue"]],
    });
  });

  test("neither is shown to the packs, and neither is a resource of the stack", () => {
    const outside = ["existing", "other", "acme/network/prod", "renamed"];
    for (const name of outside) expect(registered).not.toHaveProperty([name]);
    expect(result.resources.filter(({ name }) => outside.includes(name))).toEqual([]);
  });
});

test("a stack reference without outputs is a problem of the run even if the program catches the error", async () => {
  const result = await previewProgram(
    `module.exports = async () => {
       const network = new pulumi.StackReference("acme/network/prod");
       const issuer = await network.getOutputDetails("issuer").catch(() => ({ value: "https://id.example.com" }));
       new Authorizer("authorizer", { issuer: issuer.value });
     };
     process.removeAllListeners("unhandledRejection");
     process.on("unhandledRejection", () => {});`,
    { policyPacks: [mirrorPack] },
  );
  expect(shown(result, "resource").authorizer?.properties).toEqual({ issuer: "https://id.example.com" });
  expect(result.problems).toEqual([
    expect.stringContaining('The stack reference "acme/network/prod" can\'t be read here.'),
  ]);
  expect(result.exitCode).toBe(2);
});

describe("a program that asks whether something exists", () => {
  const source = `
    const { existsResource } = require("@pulumi/pulumi/runtime/resource");
    existsResource?.("aws:apigatewayv2/api:Api", "a1b2c3", {}).apply((exists) => console.log("exists: " + exists));
  `;
  // The SDK can ask since 3.269.0.
  const asks = test.runIf("existsResource" in createRequire(__filename)("@pulumi/pulumi/runtime/resource"));

  asks.each<[situation: string, exists: boolean | undefined, says: string, exitCode: number]>([
    ["it does by the fixtures", true, "exists: true\n", 0],
    ["it doesn't by the fixtures", false, "exists: false\n", 0],
    ["the fixtures don't say: the answer is unknown, and the run incomplete", undefined, "", 2],
  ])("%s", async (_situation, exists, says, exitCode) => {
    const fixtures: Fixtures = { ...noFixtures, exists: () => exists };
    const result = await previewProgram(source, { policyPacks: [mirrorPack], fixtures });
    expect(result).toMatchObject({ exitCode, output: says });
    if (exitCode === 2) {
      expect(result.problems).toEqual([
        expect.stringContaining('The program asks whether aws:apigatewayv2/api:Api "a1b2c3" exists'),
      ]);
    }
  });
});

test("a resource that the fixtures list as absent can't be read", async () => {
  const fixtures: Fixtures = { ...noFixtures, exists: () => false };
  const result = await previewProgram('Api.get("gone", "a1b2c3");', { policyPacks: [mirrorPack], fixtures });
  expect(result.problems).toEqual([
    expect.stringContaining(
      'reads aws:apigatewayv2/api:Api "a1b2c3", but the fixtures list it under absent.',
    ),
  ]);
  expect(result.exitCode).toBe(2);
});

test("a program with a state migration is accepted", async () => {
  const result = await previewProgram('new Api("api", {}, { stateMigrations: [async () => undefined] });', {
    policyPacks: [mirrorPack],
  });
  expect(result).toMatchObject({ exitCode: 0, problems: [] });
});
