import { describe, expect, test } from "vitest";
import { resourcesOf } from "../../rule-examples";
import { analyze, type Given, kindOf, levelsAround, secret, UNKNOWN } from "../analyze";
import { userPool, userPoolClient } from "../authorizer-resources";

const rule = "user-pool-resists-takeover";
const found = async (given: readonly Given[], args: Parameters<typeof analyze>[1] = {}) =>
  (
    await analyze(given, { ...args, levels: { ...levelsAround(rule), [rule]: "advisory", ...args.levels } })
  ).map((reported) => ({
    ...reported,
    kind: kindOf(reported),
  }));

const withSecondFactor = { mfaConfiguration: "ON", softwareTokenMfaConfiguration: { enabled: true } };
const allKinds = {
  requireLowercase: true,
  requireUppercase: true,
  requireNumbers: true,
  requireSymbols: true,
};
const enforced = { userPoolAddOns: { advancedSecurityMode: "ENFORCED" } };
const machine = { generateSecret: true, allowedOauthFlows: ["client_credentials"] };
const outside = { allowedOauthFlows: ["code"], supportedIdentityProviders: ["Corporate"] };
const passwordsOf = (passwordPolicy: unknown): readonly Given[] => [
  userPool("users", { ...withSecondFactor, passwordPolicy }),
];
const corporate: Given = {
  type: "aws:cognito/identityProvider:IdentityProvider",
  name: "corporate",
  properties: { userPoolId: UNKNOWN, providerType: "SAML" },
  dependencies: { userPoolId: ["users"] },
};
/** A client whose providers' names are those of providers of the stack. */
const clientOf = (name: string, ...providers: readonly string[]): Given => {
  const client = userPoolClient(name, "users", {
    allowedOauthFlows: ["code"],
    supportedIdentityProviders: [UNKNOWN],
  });
  return { ...client, dependencies: { ...client.dependencies, supportedIdentityProviders: providers } };
};

const advised: readonly (readonly [situation: string, given: readonly Given[], says: string])[] = [
  ["nothing is set", [userPool("users")], "has no second factor."],
  ["MFA is off", [userPool("users", { mfaConfiguration: "OFF" })], "has no second factor"],
  [
    "MFA is off, whatever is blocked",
    [userPool("users", { ...enforced, userPoolTier: "PLUS" })],
    "has no second factor",
  ],
  ["MFA isn't known", [userPool("users", { mfaConfiguration: UNKNOWN })], "not known before the deployment"],
  [
    "MFA is optional",
    [userPool("users", { mfaConfiguration: "OPTIONAL" })],
    "lets people do without a second factor, and blocks no risky sign-in",
  ],
  [
    "MFA is optional, and risky sign-ins are only noted",
    [
      userPool("users", {
        mfaConfiguration: "OPTIONAL",
        userPoolAddOns: { advancedSecurityMode: "AUDIT" },
      }),
    ],
    "blocks no risky sign-in",
  ],
  [
    "MFA is optional, and nobody knows what is blocked",
    [userPool("users", { mfaConfiguration: "OPTIONAL", userPoolAddOns: UNKNOWN })],
    "blocks no risky sign-in",
  ],
  [
    "MFA is optional, beside codes by mail",
    [
      userPool("users", {
        mfaConfiguration: "OPTIONAL",
        signInPolicy: { allowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP"] },
      }),
    ],
    "blocks no risky sign-in",
  ],
  [
    "MFA is optional, beside a way to sign in that isn't known",
    [
      userPool("users", {
        mfaConfiguration: "OPTIONAL",
        signInPolicy: { allowedFirstAuthFactors: ["PASSWORD", UNKNOWN] },
      }),
    ],
    "blocks no risky sign-in",
  ],
  ["short passwords", passwordsOf({ minimumLength: 6, ...allKinds }), "accepts passwords"],
  ["passwords of numbers", passwordsOf({ minimumLength: 8, requireNumbers: true }), "accepts passwords"],
  [
    "passwords without symbols",
    passwordsOf({ minimumLength: 14, ...allKinds, requireSymbols: false }),
    "accepts passwords",
  ],
  ["passwords of a length that isn't known", passwordsOf({ minimumLength: UNKNOWN, ...allKinds }), "accepts"],
  ["a policy that isn't known", passwordsOf(UNKNOWN), "passwordPolicy that is not known"],
  [
    "all of it",
    [userPool("users", { passwordPolicy: { minimumLength: 6 } })],
    "has no second factor and accepts passwords",
  ],
  [
    "passkeys or passwords, and no second factor",
    [userPool("users", { signInPolicy: { allowedFirstAuthFactors: ["PASSWORD", "WEB_AUTHN"] } })],
    "has no second factor",
  ],
  [
    "a client of a browser",
    [
      userPool("users"),
      userPoolClient("web", "users", { allowedOauthFlows: ["code"], generateSecret: false }),
    ],
    "has no second factor",
  ],
  [
    "a provider outside, beside the pool's own users",
    [
      userPool("users"),
      userPoolClient("web", "users", {
        allowedOauthFlows: ["code"],
        supportedIdentityProviders: ["COGNITO", "Corporate"],
      }),
    ],
    "has no second factor",
  ],
  [
    "one client of several",
    [userPool("users"), userPoolClient("job", "users", machine), userPoolClient("web", "users")],
    "has no second factor",
  ],
  ["a provider that isn't known", [userPool("users"), clientOf("web")], "has no second factor"],
  [
    "a provider of the stack, and another that isn't known",
    [
      userPool("users"),
      corporate,
      {
        ...clientOf("web", "corporate"),
        properties: { userPoolId: UNKNOWN, supportedIdentityProviders: [UNKNOWN, UNKNOWN] },
      },
    ],
    "has no second factor",
  ],
  [
    "a machine's client without a secret",
    [userPool("users"), userPoolClient("job", "users", { allowedOauthFlows: ["client_credentials"] })],
    "has no second factor",
  ],
  [
    "another pool's clients",
    [userPool("users"), userPool("others", withSecondFactor), userPoolClient("job", "others", machine)],
    "has no second factor",
  ],
];

const silent: readonly (readonly [situation: string, given: readonly Given[]])[] = [
  ["a second factor", [userPool("users", withSecondFactor)]],
  ["a second factor, in other letters", [userPool("users", { mfaConfiguration: "On" })]],
  ["a second factor that is a secret", [userPool("users", { mfaConfiguration: secret("ON") })]],
  [
    "an optional one beside threat protection",
    [userPool("users", { mfaConfiguration: "OPTIONAL", ...enforced })],
  ],
  [
    "an optional one beside passkeys",
    [
      userPool("users", {
        mfaConfiguration: "OPTIONAL",
        signInPolicy: { allowedFirstAuthFactors: ["PASSWORD", "WEB_AUTHN"] },
      }),
    ],
  ],
  [
    "no passwords",
    [userPool("users", { signInPolicy: { allowedFirstAuthFactors: ["EMAIL_OTP", "WEB_AUTHN"] } })],
  ],
  ["Cognito's own passwords", passwordsOf({ minimumLength: 8, ...allKinds })],
  ["passwords whose length is Cognito's own", passwordsOf(allKinds)],
  ["passphrases", passwordsOf({ minimumLength: 15 })],
  ["machines only", [userPool("users"), userPoolClient("job", "users", machine)]],
  ["a provider outside only", [userPool("users"), userPoolClient("web", "users", outside)]],
  [
    "a provider outside, and machines",
    [
      userPool("users"),
      userPoolClient("web", "users", outside),
      userPoolClient("job", "users", { ...machine, allowedOauthFlows: ["CLIENT_CREDENTIALS"] }),
    ],
  ],
  [
    "a provider of the stack, whose name isn't known yet",
    [userPool("users"), corporate, clientOf("web", "corporate")],
  ],
  [
    "a function that challenges",
    [
      userPool("users"),
      userPoolClient("web", "users", {
        explicitAuthFlows: ["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      }),
    ],
  ],
];

describe(rule, () => {
  test.each(advised)("advises, and blocks in strict: %s", async (_situation, given, says) => {
    const expected = {
      rule,
      resource: "users",
      kind: "easily-taken-over",
      message: expect.stringContaining(says),
    };
    expect(await found(given)).toEqual([{ ...expected, level: "advisory" }]);
    expect(await found(given, { preset: "strict", levels: { [rule]: "mandatory" } })).toEqual([
      { ...expected, level: "mandatory" },
    ]);
  });

  test.each(silent)("is silent: %s", async (_situation, given) => {
    expect(await found(given)).toEqual([]);
  });

  test.each([
    [{}],
    [{ mfaConfiguration: "OPTIONAL" }],
    [{ passwordPolicy: { minimumLength: 6 } }],
    [{ mfaConfiguration: "ON", passwordPolicy: { minimumLength: 10 } }],
  ])("is silent once its fix is pasted over %j", async (properties) => {
    const [reported] = await found([userPool("users", properties)]);
    const fix = /\nFix: (.*)/.exec(reported?.message ?? "")?.[1];
    const program = `new aws.cognito.UserPool("users", { ...${JSON.stringify(properties)}, ${fix} });`;
    expect(await found(await resourcesOf(program))).toEqual([]);
  });
});

describe(`${rule} in other forms`, () => {
  const native = (properties: object): Given => ({
    type: "aws-native:cognito:UserPool",
    name: "users",
    properties: { ...properties },
  });

  test("a pool of aws-native has its policies together", async () => {
    const policies = { passwordPolicy: { minimumLength: 6 } };
    expect(await found([native({ mfaConfiguration: "ON", policies })])).toMatchObject([
      { message: expect.stringContaining("accepts passwords") },
    ]);
    expect(await found([native({ mfaConfiguration: "ON", policies: UNKNOWN })])).toMatchObject([
      { message: expect.stringContaining("not known before the deployment") },
    ]);
    const strong = { passwordPolicy: { minimumLength: 8, ...allKinds } };
    expect(await found([native({ mfaConfiguration: "ON", policies: strong })])).toEqual([]);
  });

  test("the message says what CloudFormation calls a software token", async () => {
    const [{ message } = { message: "" }] = await found([native({})]);
    expect(message).toContain('softwareTokenMfaConfiguration is enabledMfas: ["SOFTWARE_TOKEN_MFA"]');
  });

  test("a pool of a Terraform module", async () => {
    const module = (properties: object): Given => ({
      type: "users:tf:aws_cognito_user_pool",
      name: "module.users.aws_cognito_user_pool.this",
      properties: { ...properties },
    });
    expect(await found([module({ mfa_configuration: "OFF" })])).toMatchObject([{ level: "advisory" }]);
    const optional = {
      mfa_configuration: "OPTIONAL",
      user_pool_add_ons: [{ advanced_security_mode: "ENFORCED" }],
    };
    expect(await found([module(optional)])).toEqual([]);
    const weak = { mfa_configuration: "ON", password_policy: [{ minimum_length: 6 }] };
    expect(await found([module(weak)])).toMatchObject([{ level: "advisory" }]);
  });
});
