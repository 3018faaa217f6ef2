import { describe, expect, test } from "vitest";
import { appSyncApiNamesItsClients } from "../../../policies/src/rules/authentication/app-sync-api-names-its-clients";
import { analyze, type Given, kindOf, UNKNOWN } from "../analyze";
import { eventApi, exemption, graphqlApi } from "../resources";

const rule = "app-sync-api-names-its-clients";

const unmarked = "type Query { customer(id: ID!): String }";
const issuer = "https://login.example.com";
const openIdConnect = (config: unknown) =>
  graphqlApi("api", { authenticationType: "OPENID_CONNECT", openidConnectConfig: config });
const userPool = (config: object, properties: object = {}) =>
  graphqlApi("api", {
    authenticationType: "AMAZON_COGNITO_USER_POOLS",
    userPoolConfig: { userPoolId: UNKNOWN, ...config },
    ...properties,
  });

type OpenIdRow = readonly [situation: string, given: Given, says: string];

const openIdClients: readonly OpenIdRow[] = [
  ["no clientId", openIdConnect({ issuer: UNKNOWN }), "names no clientId"],
  ["an empty clientId", openIdConnect({ issuer, clientId: "" }), "names no clientId"],
  ["no configuration", openIdConnect(null), "has no openidConnectConfig"],
  ...[
    ".*",
    "^.+$",
    "(.*)",
    "web|.*",
    "^(?:\\S+)$",
    "\\w+",
    "[a-z0-9]{26}",
    ".{10,128}",
    "\\w{12,}",
    ".+?",
    ".",
    "[a-z]\\w+",
    "web|",
  ].map(
    (clientId): OpenIdRow => [
      `the clientId ${clientId}`,
      openIdConnect({ issuer, clientId }),
      "has a clientId that matches every client",
    ],
  ),
  [
    "an issuer without TLS",
    openIdConnect({ issuer: "http://login.example.com", clientId: "web" }),
    "has an issuer that isn't reached by https",
  ],
  [
    "an issuer without TLS, whose path names one with it",
    openIdConnect({ issuer: "http://login.example.com/https://login.example.com", clientId: "web" }),
    "has an issuer that isn't reached by https",
  ],
  [
    "no clientId of an additional provider",
    graphqlApi("api", {
      additionalAuthenticationProviders: [
        { authenticationType: "OPENID_CONNECT", openidConnectConfig: { issuer } },
      ],
      schema: "type Query { a: String @aws_oidc }",
    }),
    "names no clientId",
  ],
  [
    "no clientId of an additional provider, and no schema here",
    graphqlApi("api", {
      additionalAuthenticationProviders: [
        { authenticationType: "openid_connect", openidConnectConfig: { issuer } },
      ],
    }),
    "names no clientId",
  ],
  [
    "an event API's provider without clientId",
    eventApi("api", {
      authProviders: [{ authType: "OPENID_CONNECT", openidConnectConfig: { issuer: UNKNOWN } }],
    }),
    "names no clientId",
  ],
];

const google = "https://accounts.google.com";
const strangers: readonly (readonly [service: string, given: Given])[] = [
  ["Google", openIdConnect({ issuer: google, clientId: "customers" })],
  ["Google", openIdConnect({ issuer: google, clientId: "1-a.apps.googleusercontent.com|customers" })],
  ["Google", openIdConnect({ issuer: google, clientId: "^.+\\.apps\\.googleusercontent\\.com$" })],
  [
    "GitHub Actions",
    openIdConnect({ issuer: "https://token.actions.githubusercontent.com/", clientId: UNKNOWN }),
  ],
  ["Buildkite", openIdConnect({ issuer: "https://agent.buildkite.com", clientId: "customers" })],
  [
    "GitLab.com",
    graphqlApi("api", {
      additionalAuthenticationProviders: [
        {
          authenticationType: "OPENID_CONNECT",
          openidConnectConfig: { issuer: "https://gitlab.com", clientId: "customers" },
        },
      ],
      schema: "type Query { a: String @aws_oidc }",
    }),
  ],
  [
    "GitLab.com",
    eventApi("api", {
      authProviders: [
        {
          authType: "OPENID_CONNECT",
          openidConnectConfig: { issuer: "https://gitlab.com", clientId: "customers" },
        },
      ],
    }),
  ],
];

const userPoolClients: readonly (readonly [situation: string, given: Given])[] = [
  ["any app client", userPool({ defaultAction: "ALLOW" })],
  ["defaultAction absent", userPool({})],
  ["defaultAction unknown", userPool({ defaultAction: UNKNOWN })],
  ["a regular expression that matches all", userPool({ defaultAction: "allow", appIdClientRegex: ".*" })],
  ["a schema without groups", userPool({ defaultAction: "ALLOW" }, { schema: unmarked })],
  [
    "groups in a comment only",
    userPool({ defaultAction: "ALLOW" }, { schema: `${unmarked} # @aws_auth(cognito_groups: [])` }),
  ],
  ["a schema that is unknown", userPool({ defaultAction: "ALLOW" }, { schema: UNKNOWN })],
];

const silent: readonly (readonly [situation: string, given: Given])[] = [
  ["a clientId", openIdConnect({ issuer, clientId: "customers-web" })],
  ["white space before the issuer", openIdConnect({ issuer: ` ${issuer}`, clientId: "customers-web" })],
  ["several clientIds", openIdConnect({ issuer, clientId: "0a1b2c|3d4e5f" })],
  ["a clientId with a wildcard at its end", openIdConnect({ issuer, clientId: "^customers-.*$" })],
  [
    "clientId and issuer of a user pool of this deployment",
    openIdConnect({ issuer: UNKNOWN, clientId: UNKNOWN }),
  ],
  ["an OpenID Connect configuration that is unknown", openIdConnect(UNKNOWN)],
  [
    "a configuration that is not used",
    graphqlApi("api", { openidConnectConfig: { issuer }, userPoolConfig: { defaultAction: "ALLOW" } }),
  ],
  [
    "an additional provider for which no field is marked",
    graphqlApi("api", {
      additionalAuthenticationProviders: [
        { authenticationType: "OPENID_CONNECT", openidConnectConfig: { issuer } },
      ],
      schema: unmarked,
    }),
  ],
  ["the app client of this deployment", userPool({ defaultAction: "ALLOW", appIdClientRegex: UNKNOWN })],
  ["an app client", userPool({ defaultAction: "ALLOW", appIdClientRegex: "^0a1b2c$" })],
  ["DENY", userPool({ defaultAction: "deny" })],
  [
    "groups in the schema",
    userPool(
      { defaultAction: "ALLOW" },
      { schema: 'type Query { a: String @aws_auth(cognito_groups: ["support"]) }' },
    ),
  ],
  [
    "a user pool's configuration that is unknown",
    graphqlApi("api", { authenticationType: "AMAZON_COGNITO_USER_POOLS", userPoolConfig: UNKNOWN }),
  ],
  ["a GitLab of one's own", openIdConnect({ issuer: "https://gitlab.example.com", clientId: "customers" })],
  [
    "one tenant of Entra ID",
    openIdConnect({
      issuer: "https://login.microsoftonline.com/0f2a7bd1-3c1e-4b8a-9f0e-7d4f6f1f0c11/v2.0",
      clientId: "customers",
    }),
  ],
  ["a client of Google that isn't known", openIdConnect({ issuer: google, clientId: UNKNOWN })],
  [
    "an event API's provider with a clientId",
    eventApi("api", {
      authProviders: [
        { authType: "OPENID_CONNECT", openidConnectConfig: { issuer: UNKNOWN, clientId: UNKNOWN } },
      ],
    }),
  ],
];

describe(rule, () => {
  test.each(openIdClients)("reports: %s", async (_situation, given, says) => {
    const reported = await analyze([given]);
    expect(reported).toEqual([
      {
        rule,
        level: "mandatory",
        resource: "api",
        message: expect.stringContaining(`An OpenID Connect provider of "api" ${says}`),
      },
    ]);
    expect(reported[0]?.message).toContain(`Fix: ${appSyncApiNamesItsClients.fix}`);
    expect(reported.map(kindOf)).toEqual(["any-openid-client"]);
  });

  test.each(strangers)("reports an issuer that strangers share: %s", async (service, given) => {
    const reported = await analyze([given]);
    expect(reported).toEqual([
      {
        rule,
        level: "mandatory",
        resource: "api",
        message: expect.stringContaining(`An OpenID Connect provider of "api" accepts tokens of ${service}`),
      },
    ]);
    expect(reported.map(kindOf)).toEqual(["shared-issuer"]);
    expect(reported[0]?.message).not.toContain(appSyncApiNamesItsClients.fix);
  });

  test.each(userPoolClients)("advises: %s", async (_situation, given) => {
    const reported = await analyze([given]);
    expect(reported).toEqual([
      { rule, level: "advisory", resource: "api", message: expect.stringContaining("appIdClientRegex") },
    ]);
    expect(reported.map(kindOf)).toEqual(["any-user-pool-client"]);
  });

  test.each(silent)("is silent: %s", async (_situation, given) => {
    expect(await analyze([given])).toEqual([]);
  });

  test("strict makes a lesser finding mandatory, and leaves an unknown schema to the update", async () => {
    const allow = { defaultAction: "ALLOW" };
    const given = [userPool(allow), { ...userPool(allow, { schema: UNKNOWN }), name: "unknown" }];
    expect(await analyze(given, { preset: "strict" })).toMatchObject([
      { rule, resource: "api", level: "mandatory" },
      { rule, resource: "unknown", level: "advisory" },
    ]);
  });

  test("an organization may have an unknown schema decided at preview, as the lesser finding it is", async () => {
    const options = { [rule]: { unknownDocuments: "mandatory" } };
    const given = [userPool({ defaultAction: "ALLOW" }, { schema: UNKNOWN })];
    expect(await analyze(given, { options })).toMatchObject([{ rule, level: "advisory" }]);
    expect(await analyze(given, { options, preset: "strict" })).toMatchObject([{ rule, level: "mandatory" }]);
  });

  test("an exemption covers what isn't a route", async () => {
    const exemptions = [exemption(rule, "api")];
    expect(await analyze([openIdConnect({ issuer })], { exemptions })).toEqual([]);
    expect(await analyze([userPool({ defaultAction: "ALLOW" })], { exemptions })).toEqual([]);
  });
});

describe("what only the stack shows", () => {
  test("opens nothing by itself, so no rule reports it there", async () => {
    const given = [openIdConnect({ issuer }), { ...eventApi("events"), name: "events" }];
    expect(await analyze(given.map((one) => ({ ...one, onlyInStack: true })))).toEqual([]);
  });
});
