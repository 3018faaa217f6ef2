import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { Authorization, SecureHttpApi, UserDirectory, type UserDirectoryArgs } from "../../../components/src";
import { endpointsOf } from "../../../components/src/user-directory/endpoints";
import { ofType, type Registered, registered, stopOf } from "../registered";

const resourceServers = { customers: { read: "look customers up", write: "change customers" } };
const web = {
  type: "app",
  callbackUrls: ["https://www.example.com/signed-in"],
  scopes: ["customers/read"],
} as const;
const billing = { type: "machine", scopes: ["customers/read"] } as const;

const made = (args?: UserDirectoryArgs) => registered(() => new UserDirectory("people", args));
const inputsOf = (resources: readonly Registered[], type: string) =>
  ofType(resources, `cognito/${type}`).map(({ inputs }) => inputs);
const poolOf = async (args?: UserDirectoryArgs) => inputsOf(await made(args), "userPool:UserPool")[0];
const clientOf = async (client: NonNullable<UserDirectoryArgs["clients"]>[string]) =>
  inputsOf(await made({ resourceServers, clients: { client } }), "userPoolClient:UserPoolClient")[0];

/** A secret as the engine's protocol writes it. */
const secret = (value: unknown) => ({
  [pulumi.runtime.specialSigKey]: pulumi.runtime.specialSecretSig,
  value,
});

test("the example of the documentation creates these resources", async () => {
  const resources = await made({
    resourceServers,
    clients: { web, billing },
    domain: { prefix: "example-people" },
  });
  expect(resources.map(({ type, name }) => `${type} ${name}`)).toEqual([
    "api-guardrails:index:UserDirectory people",
    "aws:cognito/resourceServer:ResourceServer people-customers-21eb2153",
    "aws:cognito/riskConfiguration:RiskConfiguration people",
    "aws:cognito/userPool:UserPool people",
    "aws:cognito/userPoolClient:UserPoolClient people-billing-0c95c7ec",
    "aws:cognito/userPoolClient:UserPoolClient people-web-4b5e57f6",
    "aws:cognito/userPoolDomain:UserPoolDomain people",
  ]);
  expect(inputsOf(resources, "resourceServer:ResourceServer")).toEqual([
    {
      userPoolId: "people-id",
      identifier: "customers",
      scopes: [
        { scopeName: "read", scopeDescription: "look customers up" },
        { scopeName: "write", scopeDescription: "change customers" },
      ],
    },
  ]);
  expect(inputsOf(resources, "userPoolDomain:UserPoolDomain")).toEqual([
    { userPoolId: "people-id", domain: "example-people" },
  ]);
});

describe("the pool", () => {
  test.each<[string, UserDirectoryArgs | undefined, object]>([
    ["people are invited", undefined, { adminCreateUserConfig: { allowAdminCreateUserOnly: true } }],
    ["people sign up", { selfSignUp: true }, { adminCreateUserConfig: { allowAdminCreateUserOnly: false } }],
    [
      "a second factor is required",
      undefined,
      { mfaConfiguration: "ON", softwareTokenMfaConfiguration: { enabled: true } },
    ],
    [
      "a second factor is offered",
      { mfa: "optional" },
      { mfaConfiguration: "OPTIONAL", softwareTokenMfaConfiguration: { enabled: true } },
    ],
    ["it isn't deleted", undefined, { deletionProtection: "ACTIVE" }],
    ["it may be deleted", { deletionProtection: false }, { deletionProtection: "INACTIVE" }],
    [
      "intruders are stopped, on the plan that can",
      undefined,
      { userPoolTier: "PLUS", userPoolAddOns: { advancedSecurityMode: "ENFORCED" } },
    ],
    [
      "without the plan, what it pays for is off",
      { featurePlan: "essentials" },
      { userPoolTier: "ESSENTIALS", userPoolAddOns: { advancedSecurityMode: "OFF" } },
    ],
    [
      "accounts are recovered by e-mail alone, and the address can't be changed unseen",
      undefined,
      {
        accountRecoverySetting: { recoveryMechanisms: [{ name: "verified_email", priority: 1 }] },
        autoVerifiedAttributes: ["email"],
        userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdates: ["email"] },
      },
    ],
    ["it is tagged", { tags: { team: "edge" } }, { tags: { team: "edge" } }],
  ])("%s", async (_, args, expected) => {
    expect(await poolOf(args)).toMatchObject(expected);
  });

  test("has a password policy that passes Security Hub's Cognito.3", async () => {
    const policy = (await poolOf())?.passwordPolicy as Record<string, unknown>;
    expect(policy).toMatchObject({
      requireLowercase: true,
      requireUppercase: true,
      requireNumbers: true,
      requireSymbols: true,
    });
    expect(policy.minimumLength).toBeGreaterThanOrEqual(8);
    expect(policy.temporaryPasswordValidityDays).toBeLessThanOrEqual(7);
  });

  test("has threat protection", async () => {
    const [risk] = inputsOf(await made(), "riskConfiguration:RiskConfiguration");
    expect(risk).toMatchObject({
      userPoolId: "people-id",
      compromisedCredentialsRiskConfiguration: { actions: { eventAction: "BLOCK" } },
      accountTakeoverRiskConfiguration: { actions: { highAction: { eventAction: "BLOCK" } } },
    });
  });
});

test("a pool that left the Plus plan has no risk configuration, and nothing asks Cognito to delete it", async () => {
  const type = "riskConfiguration:RiskConfiguration";
  expect(inputsOf(await made({ featurePlan: "essentials" }), type)).toEqual([]);
  const seen: (boolean | undefined)[] = [];
  const look: pulumi.ResourceTransformation = ({ type, opts }) => {
    if (type.endsWith(":RiskConfiguration")) seen.push((opts as pulumi.CustomResourceOptions).retainOnDelete);
    return undefined;
  };
  await registered(() => new UserDirectory("people", {}, { transformations: [look] }));
  expect(seen).toEqual([true]);
});

describe("identity providers", () => {
  const providerDetails = { MetadataURL: "https://idp.example.com/metadata" };
  const corporate = { providerType: "SAML", providerDetails } as const;
  const google = {
    providerType: "Google",
    providerDetails: pulumi.output({
      client_id: "a",
      client_secret: pulumi.secret("b"),
      authorize_scopes: "email",
    }),
    attributeMapping: { email: "email" },
  } as const;
  const clientWith = (identityProviders: readonly [pulumi.Input<string>, ...pulumi.Input<string>[]]) => ({
    ...web,
    identityProviders,
  });

  test("are created, with secret details", async () => {
    const resources = await made({
      resourceServers,
      identityProviders: { corporate: { ...corporate, idpIdentifiers: ["example.com"] }, Google: google },
    });
    expect(inputsOf(resources, "identityProvider:IdentityProvider")).toEqual([
      {
        userPoolId: "people-id",
        providerName: "corporate",
        providerType: "SAML",
        providerDetails: secret(providerDetails),
        idpIdentifiers: ["example.com"],
      },
      {
        userPoolId: "people-id",
        providerName: "Google",
        providerType: "Google",
        providerDetails: secret({ client_id: "a", client_secret: "b", authorize_scopes: "email" }),
        attributeMapping: { email: "email" },
      },
    ]);
    expect(resources[0]?.inputs).toMatchObject({
      identityProviders: { corporate: "SAML", Google: "Google" },
    });
  });

  test.each<[string, ReturnType<typeof clientWith> | typeof web, readonly string[]]>([
    ["the one that it names", clientWith(["COGNITO", "corporate"]), ["corporate"]],
    ["both", clientWith(["Google", "corporate"]), ["Google", "corporate"]],
    ["either, if the name arrives later", clientWith([pulumi.output("corporate")]), ["Google", "corporate"]],
    ["none that is elsewhere", clientWith(["other"]), []],
    ["none, for the pool itself", web, []],
  ])("a client waits for %s", async (_, client, expected) => {
    const seen: pulumi.Input<string>[] = [];
    const look: pulumi.ResourceTransformation = ({ type, opts }) => {
      if (!type.endsWith(":UserPoolClient")) return undefined;
      const needed = (opts.dependsOn ?? []) as aws.cognito.IdentityProvider[];
      seen.push(...needed.flatMap(({ providerName }) => providerName ?? []));
      return undefined;
    };
    await registered(
      () =>
        new UserDirectory(
          "people",
          { resourceServers, clients: { client }, identityProviders: { corporate, Google: google } },
          { transformations: [look] },
        ),
    );
    const names = await new Promise<string[]>((resolve) => pulumi.all(seen).apply(resolve));
    expect(names.toSorted()).toEqual(expected.toSorted());
  });
});

describe("the endpoints", () => {
  const poolIn = (partition: string, region: string) =>
    ({
      arn: pulumi.output(`arn:${partition}:cognito-idp:${region}:123456789012:userpool/${region}_a`),
    }) as aws.cognito.UserPool;
  const domainOf = (domain: string) => ({ domain: pulumi.output(domain) }) as aws.cognito.UserPoolDomain;
  const known = (endpoints: ReturnType<typeof endpointsOf>) =>
    new Promise((resolve) => pulumi.output(endpoints).apply(resolve));

  test.each([
    ["aws", "eu-west-1", "people.auth.eu-west-1.amazoncognito.com"],
    ["aws-us-gov", "us-gov-west-1", "people.auth-fips.us-gov-west-1.amazoncognito.com"],
    ["aws-cn", "cn-north-1", "people.auth.cn-north-1.amazoncognito.com.cn"],
    ["aws-eusc", "eusc-de-east-1", "people.auth.cognito-idp.eusc-de-east-1.on.amazonwebservices.eu"],
  ])("of a prefix are Cognito's own (%s)", async (partition, region, host) => {
    const prefix = { domain: { prefix: "people" } };
    expect(await known(endpointsOf(domainOf("people"), poolIn(partition, region), prefix))).toEqual({
      token: `https://${host}/oauth2/token`,
      authorize: `https://${host}/oauth2/authorize`,
      login: `https://${host}/login`,
      logout: `https://${host}/logout`,
    });
  });

  test("of a custom domain are there", async () => {
    const domain = { name: "auth.example.com", certificateArn: "arn" };
    expect(
      await known(endpointsOf(domainOf("auth.example.com"), poolIn("aws", "eu-west-1"), { domain })),
    ).toMatchObject({ token: "https://auth.example.com/oauth2/token" });
  });

  test("a directory without a domain has none", async () => {
    let endpoints: unknown = "none yet";
    await registered(() => {
      endpoints = new UserDirectory("people").endpoints;
    });
    expect(endpoints).toBeUndefined();
  });
});

describe("an application's client", () => {
  test("gets tokens by authorization code, has no secret, and its tokens are short-lived, revocable and used once", async () => {
    expect(await clientOf(web)).toEqual({
      userPoolId: "people-id",
      allowedOauthFlowsUserPoolClient: true,
      allowedOauthFlows: ["code"],
      allowedOauthScopes: ["customers/read"],
      callbackUrls: ["https://www.example.com/signed-in"],
      generateSecret: false,
      supportedIdentityProviders: ["COGNITO"],
      explicitAuthFlows: ["ALLOW_USER_SRP_AUTH"],
      preventUserExistenceErrors: "ENABLED",
      enableTokenRevocation: true,
      refreshTokenRotation: { feature: "ENABLED", retryGracePeriodSeconds: 10 },
      authSessionValidity: 3,
      accessTokenValidity: 15,
      idTokenValidity: 15,
      refreshTokenValidity: 1,
      tokenValidityUnits: { accessToken: "minutes", idToken: "minutes", refreshToken: "days" },
    });
  });

  test("can have a secret, identity providers and a longer sign-in", async () => {
    const client = await clientOf({
      ...web,
      logoutUrls: ["https://www.example.com/"],
      confidential: true,
      identityProviders: ["corporate"],
      accessTokenMinutes: 5,
      refreshTokenDays: 3650,
    });
    expect(client).toMatchObject({
      logoutUrls: ["https://www.example.com/"],
      generateSecret: true,
      supportedIdentityProviders: ["corporate"],
      accessTokenValidity: 5,
      idTokenValidity: 5,
      refreshTokenValidity: 3650,
    });
  });

  // Cognito refuses the two together.
  test("doesn't allow the refresh flow that rotation excludes", async () => {
    expect((await clientOf(web))?.explicitAuthFlows).not.toContain("ALLOW_REFRESH_TOKEN_AUTH");
  });
});

test("a machine's client has a secret, and nobody can sign in through it", async () => {
  expect(await clientOf({ ...billing, accessTokenMinutes: 30 })).toEqual({
    userPoolId: "people-id",
    allowedOauthFlowsUserPoolClient: true,
    allowedOauthFlows: ["client_credentials"],
    allowedOauthScopes: ["customers/read"],
    generateSecret: true,
    explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
    preventUserExistenceErrors: "ENABLED",
    enableTokenRevocation: true,
    authSessionValidity: 3,
    accessTokenValidity: 30,
    idTokenValidity: 30,
    refreshTokenValidity: 1,
    tokenValidityUnits: { accessToken: "minutes", idToken: "minutes", refreshToken: "days" },
  });
});

/** What a pool and its clients need so that signing in proves something. */
describe("every form resists takeover", () => {
  test.each<[string, NonNullable<UserDirectoryArgs["clients"]>[string]]>([
    ["an application", web],
    ["a server", { ...web, confidential: true }],
    ["a machine", billing],
  ])("%s", async (_, client) => {
    const inputs = (await clientOf(client)) as unknown as aws.cognito.UserPoolClientArgs;
    expect(inputs.allowedOauthFlows).not.toContain("implicit");
    expect(JSON.stringify(inputs.explicitAuthFlows)).not.toMatch(/PASSWORD|ADMIN/);
    expect(inputs).toMatchObject({ enableTokenRevocation: true, preventUserExistenceErrors: "ENABLED" });
    expect(inputs.accessTokenValidity).toBeLessThanOrEqual(60);
    expect(inputs.refreshTokenValidity).toBe(1);
  });
});

describe("overrides", () => {
  test("change everything except who may sign in", async () => {
    const resources = await made({
      resourceServers,
      clients: { web },
      identityProviders: {
        corporate: { providerType: "SAML", providerDetails: { MetadataURL: "https://idp.example.com/" } },
      },
      domain: { prefix: "example-people" },
      transform: {
        identityProvider: (args) => ({ ...args, attributeMapping: { email: "mail" } }),
        userPool: (args) => ({
          ...args,
          name: "people",
          adminCreateUserConfig: {
            allowAdminCreateUserOnly: true,
            inviteMessageTemplate: { emailSubject: "Welcome" },
          },
        }),
        riskConfiguration: (args) => ({ ...args, clientId: "abc" }),
        resourceServer: (args, name) => ({ ...args, name }),
        client: (args) => ({ ...args, refreshTokenValidity: 2 }),
        domain: (args) => ({ ...args, managedLoginVersion: 2 }),
      },
    });
    expect(inputsOf(resources, "userPool:UserPool")).toMatchObject([
      {
        name: "people",
        adminCreateUserConfig: {
          allowAdminCreateUserOnly: true,
          inviteMessageTemplate: { emailSubject: "Welcome" },
        },
      },
    ]);
    expect(inputsOf(resources, "riskConfiguration:RiskConfiguration")).toMatchObject([{ clientId: "abc" }]);
    expect(inputsOf(resources, "resourceServer:ResourceServer")).toMatchObject([
      { name: "people-customers-21eb2153", identifier: "customers" },
    ]);
    expect(inputsOf(resources, "userPoolClient:UserPoolClient")).toMatchObject([
      { refreshTokenValidity: 2, explicitAuthFlows: ["ALLOW_USER_SRP_AUTH"] },
    ]);
    expect(inputsOf(resources, "userPoolDomain:UserPoolDomain")).toMatchObject([{ managedLoginVersion: 2 }]);
    expect(inputsOf(resources, "identityProvider:IdentityProvider")).toMatchObject([
      {
        providerDetails: secret({ MetadataURL: "https://idp.example.com/" }),
        attributeMapping: { email: "mail" },
      },
    ]);
  });

  test.each<[child: string, change: object, sentence: string]>([
    ["userPool", { mfaConfiguration: "OFF" }, "mfaConfiguration: change mfa in the arguments"],
    [
      "client",
      { explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"] },
      "explicitAuthFlows: create an aws.cognito.UserPoolClient of your own",
    ],
    ["resourceServer", { identifier: "other" }, "identifier: change resourceServers in the arguments"],
    [
      "identityProvider",
      { providerDetails: { MetadataURL: "https://evil.example.com/" } },
      "providerDetails: change identityProviders in the arguments",
    ],
  ])("of %s stop the program if people could sign in otherwise", async (child, change, sentence) => {
    const transform = { [child]: (args: object) => ({ ...args, ...change }) };
    const identityProviders = {
      corporate: { providerType: "SAML", providerDetails: { MetadataURL: "https://idp.example.com/" } },
    } as const;
    const args = { resourceServers, clients: { web }, identityProviders, transform };
    expect(await stopOf(() => new UserDirectory("people", args))).toContain(sentence);
  });
});

test("the component's own inputs have the clients and their scopes, and no secret", async () => {
  const [component] = await made({ resourceServers, clients: { web, billing } });
  expect(component?.inputs).toEqual({
    mfa: "required",
    selfSignUp: false,
    featurePlan: "plus",
    deletionProtection: true,
    resourceServers: { customers: ["read", "write"] },
    clients: {
      web: { type: "app", scopes: ["customers/read"] },
      billing: { type: "machine", scopes: ["customers/read"] },
    },
  });
});

test("its pool and clients work as an API's authorization", async () => {
  const userPool = "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_abc";
  const resources = await registered(() => {
    const directory = new UserDirectory("people", { resourceServers, clients: { web, billing } });
    new SecureHttpApi("customers", {
      authorization: Authorization.cognito({
        userPool: { arn: pulumi.output(userPool) },
        clientIds: [directory.clients.web.id, directory.clients.billing.id],
        scopes: ["customers/read"],
      }),
      routes: { "GET /customers": { handler: { functionName: "lookup", invokeArn: "arn:lookup" } } },
    });
  });
  const [authorizer] = ofType(resources, "apigatewayv2/authorizer:Authorizer");
  expect(authorizer?.inputs.jwtConfiguration).toEqual({
    issuer: "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc",
    audiences: ["people-web-4b5e57f6-id", "people-billing-0c95c7ec-id"],
  });
});

test("a custom domain has DNS records", async () => {
  const resources = await made({
    domain: {
      name: "auth.example.com",
      certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/abc",
      hostedZoneId: "Z1",
    },
  });
  expect(inputsOf(resources, "userPoolDomain:UserPoolDomain")).toEqual([
    {
      userPoolId: "people-id",
      domain: "auth.example.com",
      certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/abc",
    },
  ]);
  expect(ofType(resources, "route53/record:Record").map(({ inputs }) => [inputs.name, inputs.type])).toEqual([
    ["auth.example.com", "A"],
    ["auth.example.com", "AAAA"],
  ]);
});
