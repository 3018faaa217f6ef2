import { describe, expect, test } from "vitest";
import { resourcesOf } from "../../rule-examples";
import { analyze, type Given, kindOf, levelsAround, secret, UNKNOWN } from "../analyze";

const rule = "user-pool-client-is-hardened";
const found = async (given: readonly Given[], args: Parameters<typeof analyze>[1] = {}) =>
  (
    await analyze(given, { ...args, levels: { ...levelsAround(rule), [rule]: "advisory", ...args.levels } })
  ).map((reported) => ({
    ...reported,
    kind: kindOf(reported),
  }));

const hidden = { preventUserExistenceErrors: "ENABLED" };
const client = (properties: object): Given => ({
  type: "aws:cognito/userPoolClient:UserPoolClient",
  name: "web",
  properties: { userPoolId: "eu-west-1_AbCdEf123", ...hidden, ...properties },
});
const lasting = (validity: object, tokenValidityUnits?: unknown) =>
  client({ ...validity, ...(tokenValidityUnits !== undefined && { tokenValidityUnits }) });

const weaknesses: readonly (readonly [situation: string, properties: object, says: string])[] = [
  ["the implicit grant", { allowedOauthFlows: ["code", "implicit"] }, "allows the implicit grant"],
  ["the implicit grant, in other letters", { allowedOauthFlows: ["IMPLICIT"] }, "allows the implicit grant"],
  ["grants that aren't known", { allowedOauthFlows: UNKNOWN }, "allows the implicit grant"],
  ["a grant that isn't known", { allowedOauthFlows: ["code", UNKNOWN] }, "allows the implicit grant"],
  ["sent passwords", { explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"] }, "lets applications send passwords"],
  [
    "sent passwords, by the former name",
    { explicitAuthFlows: ["USER_PASSWORD_AUTH"] },
    "lets applications send passwords",
  ],
  ["flows that aren't known", { explicitAuthFlows: UNKNOWN }, "lets applications send passwords"],
  [
    "errors of their own for users",
    { preventUserExistenceErrors: "LEGACY" },
    "tells anyone which users exist",
  ],
  ["errors by default", { preventUserExistenceErrors: null }, "tells anyone which users exist"],
  ["errors that aren't known", { preventUserExistenceErrors: UNKNOWN }, "tells anyone which users exist"],
  [
    "errors, for the pool's users beside others",
    { preventUserExistenceErrors: null, supportedIdentityProviders: ["Corporate", "Cognito"] },
    "tells anyone which users exist",
  ],
  ["no revocation", { enableTokenRevocation: false }, "can't revoke its tokens"],
  ["revocation that isn't known", { enableTokenRevocation: UNKNOWN }, "can't revoke its tokens"],
  [
    "access tokens of two hours",
    { accessTokenValidity: 2 },
    "access or ID tokens that last for more than an hour",
  ],
  [
    "access tokens of 61 minutes",
    { accessTokenValidity: 61, tokenValidityUnits: { accessToken: "minutes" } },
    "more than an hour",
  ],
  [
    "ID tokens of a day",
    { idTokenValidity: 1, tokenValidityUnits: { idToken: "days" } },
    "more than an hour",
  ],
  [
    "a machine's tokens of a day",
    { generateSecret: true, allowedOauthFlows: ["client_credentials"], accessTokenValidity: 24 },
    "more than an hour",
  ],
  ["access tokens of nobody knows how long", { accessTokenValidity: UNKNOWN }, "more than an hour"],
  [
    "access tokens in units that aren't known",
    { accessTokenValidity: 15, tokenValidityUnits: UNKNOWN },
    "more than an hour",
  ],
  [
    "refresh tokens of a year",
    { refreshTokenValidity: 365 },
    "refresh tokens that last for more than 30 days",
  ],
  [
    "refresh tokens of 721 hours",
    { refreshTokenValidity: 721, tokenValidityUnits: { refreshToken: "hours" } },
    "more than 30 days",
  ],
  [
    "a page without TLS",
    { callbackUrls: ["http://app.example.com/a"] },
    "redirects people with their code over",
  ],
  [
    "a page whose address names the developer's machine elsewhere",
    { callbackUrls: ["http://app.example.com/?from=http://localhost/"] },
    "redirects people with their code over plain HTTP",
  ],
  [
    "a page whose host only starts like the developer's machine",
    { callbackUrls: ["https://app.example.com", "http://localhost.example.com"] },
    "redirects people with their code over plain HTTP",
  ],
];

const silent: readonly (readonly [situation: string, given: Given])[] = [
  ["nothing but what a client needs", client({})],
  ["a setting that is a secret", client({ preventUserExistenceErrors: secret("ENABLED") })],
  [
    "a page in a browser, which has no secret and uses PKCE",
    client({
      generateSecret: false,
      allowedOauthFlowsUserPoolClient: true,
      allowedOauthFlows: ["code"],
      allowedOauthScopes: ["openid"],
      callbackUrls: [
        "https://app.example.com/a",
        "http://localhost:3000/a",
        "http://127.0.0.1",
        "http://[::1]:8080/",
      ],
      supportedIdentityProviders: ["COGNITO"],
    }),
  ],
  ["a mobile application", client({ callbackUrls: ["com.example.app://signed-in"] })],
  [
    "pages with TLS that are told of one without",
    client({ callbackUrls: ["https://app.example.com/?from=http://www.example.com"] }),
  ],
  ["a callback that isn't known", client({ callbackUrls: [UNKNOWN] })],
  [
    "a machine",
    client({
      generateSecret: true,
      allowedOauthFlows: ["client_credentials"],
      allowedOauthScopes: ["customers/read"],
      preventUserExistenceErrors: null,
    }),
  ],
  [
    "users of a provider outside",
    client({ preventUserExistenceErrors: null, supportedIdentityProviders: ["Corporate"] }),
  ],
  [
    "users of a provider outside, whose name isn't known",
    client({ preventUserExistenceErrors: null, supportedIdentityProviders: [UNKNOWN] }),
  ],
  [
    "the flow of a server that has credentials of AWS",
    client({ explicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] }),
  ],
  ["passwords that are proved", client({ explicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_AUTH"] })],
  ["revocation", client({ enableTokenRevocation: true })],
  ["access tokens of an hour", lasting({ accessTokenValidity: 1 })],
  ["access tokens of 60 minutes", lasting({ accessTokenValidity: 60 }, { accessToken: "minutes" })],
  ["access tokens of 3600 seconds", lasting({ accessTokenValidity: 3600 }, { accessToken: "SECONDS" })],
  ["the default, written as 0", lasting({ accessTokenValidity: 0, refreshTokenValidity: 0 })],
  ["the default, whatever its unit", lasting({ accessTokenValidity: 0 }, { accessToken: UNKNOWN })],
  ["no validity, whatever its unit", lasting({}, { accessToken: UNKNOWN })],
  ["refresh tokens of 30 days", lasting({ refreshTokenValidity: 30 })],
  ["units of another token", lasting({ refreshTokenValidity: 30 }, { accessToken: "minutes" })],
];

describe(rule, () => {
  test.each(weaknesses)("advises, and blocks in strict: %s", async (_situation, properties, says) => {
    const expected = { rule, resource: "web", kind: "weak-settings", message: expect.stringContaining(says) };
    expect(await found([client(properties)])).toEqual([{ ...expected, level: "advisory" }]);
    expect(await found([client(properties)], { preset: "strict", levels: { [rule]: "mandatory" } })).toEqual([
      { ...expected, level: "mandatory" },
    ]);
  });

  test.each(silent)("is silent: %s", async (_situation, given) => {
    expect(await found([given])).toEqual([]);
  });

  test("reports all that weakens a client at once", async () => {
    const all = {
      allowedOauthFlows: ["implicit"],
      enableTokenRevocation: false,
      accessTokenValidity: 24,
      refreshTokenValidity: 90,
    };
    const [reported, ...more] = await found([client(all)]);
    expect(more).toEqual([]);
    expect(reported?.message).toContain(
      'The client "web" allows the implicit grant, can\'t revoke its tokens, and has access or ID tokens that last for more than an hour and refresh tokens that last for more than 30 days.',
    );
  });

  test.each(weaknesses)("is silent once its fix is pasted: %s", async (_situation, properties) => {
    const [reported] = await found([client(properties)]);
    const fix = (/\nFix: (.*)/.exec(reported?.message ?? "")?.[1] ?? "").replace(
      "https://...",
      "https://app.example.com",
    );
    const program = `new aws.cognito.UserPoolClient("web", { ...${JSON.stringify(client(properties).properties)}, ${fix} });`;
    expect(await found(await resourcesOf(program))).toEqual([]);
  });

  test("says how long tokens last that are no longer than by default", async () => {
    const fix = async (validity: object) =>
      /Fix: (.*)$/m.exec((await found([client(validity)]))[0]?.message ?? "")?.[1];
    expect(await fix({ refreshTokenValidity: 90 })).toBe(
      'refreshTokenValidity: 30, tokenValidityUnits: { refreshToken: "days" }',
    );
    expect(await fix({ idTokenValidity: 2 })).toBe(
      'idTokenValidity: 60, tokenValidityUnits: { idToken: "minutes" }',
    );
    const [long] = await found([client({ refreshTokenValidity: 90 })]);
    expect(long?.message).toContain("has refresh tokens that last for more than 30 days");
    const [short] = await found([client({ idTokenValidity: 2 })]);
    expect(short?.message).not.toContain("refresh tokens");
  });

  test("judges a client that a service of AWS created", async () => {
    const managed = (properties: object): Given => ({
      type: "aws:cognito/managedUserPoolClient:ManagedUserPoolClient",
      name: "search",
      properties: { userPoolId: UNKNOWN, namePrefix: "AmazonOpenSearchService", ...hidden, ...properties },
    });
    expect(await found([managed({ allowedOauthFlows: ["implicit"] })])).toMatchObject([
      { resource: "search" },
    ]);
    expect(await found([managed({ allowedOauthFlows: ["code"] })])).toEqual([]);
  });

  test("judges a client of aws-native, in its own words", async () => {
    const native = (properties: object): Given => ({
      type: "aws-native:cognito:UserPoolClient",
      name: "web",
      properties: { userPoolId: UNKNOWN, ...hidden, ...properties },
    });
    expect(await found([native({ allowedOAuthFlows: ["implicit"] })])).toMatchObject([
      { message: expect.stringContaining("allowedOauthFlows is allowedOAuthFlows") },
    ]);
    expect(await found([native({ callbackUrls: ["http://app.example.com"] })])).toHaveLength(1);
    expect(await found([native({ allowedOAuthFlows: ["code"] })])).toEqual([]);
  });

  test("judges a client of a template", async () => {
    const template = (properties: object): Given => ({
      type: "aws:cloudformation/stack:Stack",
      name: "users",
      properties: {
        templateBody: JSON.stringify({
          Resources: {
            Web: {
              Type: "AWS::Cognito::UserPoolClient",
              Properties: { UserPoolId: "a", PreventUserExistenceErrors: "ENABLED", ...properties },
            },
          },
        }),
      },
    });
    expect(await found([template({ AllowedOAuthFlows: ["implicit"] })])).toMatchObject([
      { resource: "users" },
    ]);
    expect(await found([template({ CallbackURLs: ["http://app.example.com"] })])).toMatchObject([
      { resource: "users" },
    ]);
    expect(await found([template({ AllowedOAuthFlows: ["code"] })])).toEqual([]);
  });
});
