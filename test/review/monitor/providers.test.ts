import { describe, expect, test } from "vitest";
import { newestProtocol } from "../../../review/src/engine/protocol";
import { noFixtures } from "../../../review/src/invokes";
import { defaultProvider } from "../../../review/src/monitor/providers";
import { emptyStack } from "../../../review/src/monitor/stack-under-preview";
import { readProject } from "../../../review/src/project";
import { collectSecrets } from "../../../review/src/secrets";
import { mirrorPack, previewProgram, shown, written } from "../written-program";

const api = "aws:apigatewayv2/api:Api";
const refused = (what: string) =>
  `${what} names no provider, and the configuration pulumi:disable-default-providers disables the default provider of aws. Give it a provider with the option provider.`;

describe("the configuration pulumi:disable-default-providers", () => {
  const directory = written({ "Pulumi.yaml": { name: "customers", runtime: "nodejs" } });

  /** The name of the default provider that a resource of the type gets. */
  async function providerFor(type: string, disabled: string) {
    const config = [`pulumi:disable-default-providers=${disabled}`];
    const project = await readProject(directory, { config });
    const stack = emptyStack(project, noFixtures, newestProtocol(), collectSecrets());
    const request = { getName: () => "resource", getVersion: () => "", getPackageref: () => "" };
    return (await defaultProvider(stack, async () => undefined, request, type))?.name;
  }

  test.each([
    ["a package by its name", '["aws"]'],
    ["a package among others", '["random", " aws "]'],
    ["every package", '["*"]'],
  ])("disables %s", async (_situation, disabled) => {
    await expect(providerFor(api, disabled)).rejects.toThrow(refused(`"resource" (${api})`));
  });

  test.each([
    ["another package", "random:index/randomId:RandomId", '["aws"]'],
    ["Pulumi's own, which * doesn't include", "pulumi:pulumi:StackReference", '["*"]'],
    ["every package, if the list is empty", api, "[]"],
    ["every package, if there is no list", api, ""],
  ])("leaves %s", async (_situation, type, disabled) => {
    expect(await providerFor(type, disabled)).toBe("default");
  });

  test.each(["aws", '"aws"', '{"aws":true}', "[1]"])("is not %s, and says so", async (disabled) => {
    await expect(providerFor(api, disabled)).rejects.toThrow(
      'The configuration pulumi:disable-default-providers is not a list of packages. Write for instance: ["aws"]',
    );
  });
});

describe("if the default provider is disabled", () => {
  const previewed = (source: string) =>
    previewProgram(source, {
      policyPacks: [mirrorPack],
      config: ['pulumi:disable-default-providers=["aws"]'],
    });

  test("a resource, a get and an invoke without a provider are problems of the run, caught or not", async () => {
    const getRegion = "aws:index/getRegion:getRegion";
    const result = await previewed(
      `pulumi.runtime.invoke("${getRegion}", {}).catch(() => undefined);
       Api.get("existing", "a1b2c3");
       new Api("api", { name: "customers" });`,
    );
    expect(result.problems.toSorted()).toEqual([
      refused(`"api" (${api})`),
      refused(`"${getRegion}" (${getRegion})`),
      refused(`"existing" (${api})`),
    ]);
    expect(result.exitCode).toBe(2);
  });

  test("resources with an explicit provider, of another package or without any provider are previewed", async () => {
    const result = await previewed(
      `const provider = new pulumi.ProviderResource("aws", "own", { region: "eu-west-1" });
       new Api("api", {}, { provider });
       new Component("component", {}, { providers: [provider] });
       new (customResource("random:index/randomId:RandomId"))("random");
       pulumi.runtime.invoke("aws:index/getRegion:getRegion", {}, { provider });`,
    );
    expect(result.problems).toEqual([]);
    expect(Object.keys(shown(result, "resource")).toSorted()).toEqual([
      "api",
      "component",
      "customers-dev",
      "default",
      "own",
      "random",
    ]);
    expect(result.exitCode).toBe(0);
  });
});
