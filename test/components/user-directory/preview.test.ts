import { beforeAll, describe, expect, test } from "vitest";
import { type PreviewResult, preview } from "../../../review/src/preview";
import { resourceGraph, unknown } from "../resource-graph";

const directory = "test/fixtures/programs/golden-user-directory";

describe("the smallest and the fullest form, with every id and ARN unknown", () => {
  let result: PreviewResult;
  beforeAll(async () => {
    result = await preview({ directory, policyPacks: ["test/fixtures/packs/strict"] });
  });
  const clients = () =>
    result.resources
      .filter(({ type }) => type === "aws:cognito/userPoolClient:UserPoolClient")
      .map(({ properties }) => properties);

  test("pass every rule of the strict preset", () => {
    expect(result.problems).toEqual([]);
    expect(result.violations).toEqual([]);
    expect(result.exitCode).toBe(0);
  });

  test("create these resources", async () => {
    await expect(resourceGraph(result.resources)).toMatchFileSnapshot("golden.resources.txt");
  });

  test("a transform may change what decides nothing about how people sign in", () => {
    const pools = result.resources.filter(({ type }) => type === "aws:cognito/userPool:UserPool");
    const people = pools.find(({ name }) => name === "people")?.properties;
    expect(people).toMatchObject({ mfaConfiguration: "OPTIONAL", deviceConfiguration: {} });
    expect(clients()).toHaveLength(4);
    for (const client of clients()) {
      expect(client.readAttributes).toEqual(["email"]);
      expect(client.allowedOauthFlows).not.toContain("implicit");
      expect(client.explicitAuthFlows).not.toContain("ALLOW_USER_PASSWORD_AUTH");
    }
  });

  test("a client waits for the resource servers of its scopes", () => {
    const urnsOf = (...names: readonly string[]) =>
      names.map((name) => result.resources.find((one) => one.properties.identifier === name)?.urn);
    const dependenciesOf = (scope: string) =>
      result.resources.find(
        ({ type, properties }) =>
          type === "aws:cognito/userPoolClient:UserPoolClient" &&
          (properties.allowedOauthScopes as string[]).includes(scope),
      )?.dependencies;
    expect(dependenciesOf("https://invoices.example.com/read")).toEqual(
      expect.arrayContaining(urnsOf("customers", "https://invoices.example.com")),
    );
    expect(dependenciesOf("email")).toEqual(expect.arrayContaining(urnsOf("customers")));
    expect(dependenciesOf("email")).not.toEqual(
      expect.arrayContaining(urnsOf("https://invoices.example.com")),
    );
  });

  test("a client waits for the identity providers that it names", () => {
    const [corporate] = result.resources.filter(({ type }) => type.endsWith(":IdentityProvider"));
    const waiting = result.resources
      .filter(({ dependencies }) => corporate && dependencies.includes(corporate.urn))
      .map(({ properties }) => properties.supportedIdentityProviders);
    expect(waiting).toEqual([["COGNITO", "corporate"]]);
  });

  test("its pool and clients work as an API's authorization", () => {
    const authorizer = result.resources.find(({ type }) => type === "aws:apigatewayv2/authorizer:Authorizer");
    expect(authorizer?.properties).toMatchObject({
      authorizerType: "JWT",
      jwtConfiguration: { issuer: unknown, audiences: [unknown, unknown] },
    });
  });
});

describe("a mistake that TypeScript doesn't see stops the program with a sentence", () => {
  test.each([
    ["no object of arguments", "arguments: give { resourceServers, clients }"],
    ["a callback that arrives later, over http", 'clients["web"].callbackUrls: list https URLs'],
    ["a page to sign out that arrives later, with a wildcard", 'clients["web"].logoutUrls: list https URLs'],
    [
      "an identity provider's metadata that arrive later, over http",
      'identityProviders["corporate"].providerDetails.MetadataURL: give an https URL',
    ],
    [
      "a certificate that arrives later, of another region",
      "domain.certificateArn: give the ARN of an ACM certificate in us-east-1",
    ],
  ])("%s", async (mistake, sentence) => {
    const { exitCode, log } = await preview({
      directory: "test/fixtures/programs/mistaken-user-directory",
      config: [`mistake=${mistake}`],
    });
    const messages = log.filter(({ severity }) => severity === "error").map(({ message }) => message);
    expect(exitCode).toBe(2);
    expect(messages.join()).toContain(sentence);
    expect(messages.join()).not.toMatch(/\n\s+at /);
  });
});
