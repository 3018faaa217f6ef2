import { beforeAll, describe, expect, test } from "vitest";
import { type PreviewResult, preview } from "../../../review/src/preview";
import { resourceGraph } from "../resource-graph";

describe("domains of each kind, with every id, ARN and zone unknown", () => {
  let result: PreviewResult;
  beforeAll(async () => {
    result = await preview({
      directory: "test/fixtures/programs/golden-api-domain",
      policyPacks: ["test/fixtures/packs/strict"],
    });
  });

  test("with the APIs that share them, they pass every rule of the strict preset", () => {
    expect([result.problems, result.violations]).toEqual([[], []]);
    expect(result.exitCode).toBe(0);
  });

  test("are made of these resources", async () => {
    const ofDomains = /ApiDomain|DomainName|Mapping$|:Record$|:Certificate/;
    const ofStack = ({ type }: { readonly type: string }) => type === "pulumi:pulumi:Stack";
    const shown = result.resources.filter(
      (resource) =>
        ofStack(resource) || ofDomains.test(resource.type) || /:Secure\w+Api$/.test(resource.type),
    );
    await expect(resourceGraph(shown)).toMatchFileSnapshot("golden.resources.txt");
  });
});

test.each([
  ["a URL in place of a name, later", "name: give a plain host name"],
  ["a wildcard, later", "domain.host: say which name"],
  ["a VPC in place of an endpoint, later", 'vpcEndpoints["batch"]: give the id of a VPC endpoint'],
  ["issuers without a version, later", "mutualTls.truststoreVersion: give the version"],
])("%s, stops the program with a sentence", async (mistake, sentence) => {
  const directory = "test/fixtures/programs/mistaken-api-domain";
  const { exitCode, log } = await preview({ directory, config: [`mistake=${mistake}`] });
  const messages = log.filter(({ severity }) => severity === "error").map(({ message }) => message);
  expect(exitCode).toBe(2);
  expect(messages.join()).toContain(`\n  ${sentence}`);
});
