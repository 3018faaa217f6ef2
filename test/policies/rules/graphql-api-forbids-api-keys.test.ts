import { describe, expect, test } from "vitest";
import { analyze, type Given, secret, UNKNOWN } from "../analyze";
import { channelNamespace, eventApi, exemption, graphqlApi, publicAccess, under } from "../resources";

const rule = "graphql-api-forbids-api-keys";

const keyProvider = { authenticationType: "API_KEY" };
const keyMode = [{ authType: "API_KEY" }];
const iamMode = [{ authType: "AWS_IAM" }];
const marked = "type Query { customer(id: ID!): String @aws_api_key }";
const unmarked = "type Query { customer(id: ID!): String }";
const keyed = (properties: object) =>
  graphqlApi("api", { additionalAuthenticationProviders: [keyProvider], ...properties });
const openIdConnect = (config: unknown) =>
  graphqlApi("api", { authenticationType: "OPENID_CONNECT", openidConnectConfig: config });
const issuer = "https://login.example.com";

type Row = readonly [situation: string, given: Given, says: string];

const violations: readonly Row[] = [
  ["API_KEY", graphqlApi("api", keyProvider), "POST /graphql has authenticationType API_KEY"],
  ["another case", graphqlApi("api", { authenticationType: "Api_Key" }), "authenticationType API_KEY"],
  [
    "a secret",
    graphqlApi("api", { authenticationType: secret("API_KEY") }),
    "has authenticationType API_KEY",
  ],
  [
    "another provider beside it",
    graphqlApi("api", {
      ...keyProvider,
      additionalAuthenticationProviders: [{ authenticationType: "AWS_IAM" }],
    }),
    "has authenticationType API_KEY",
  ],
  [
    "no introspection makes no authentication",
    graphqlApi("api", { ...keyProvider, introspectionConfig: "DISABLED" }),
    "has authenticationType API_KEY",
  ],
  [
    "a private network is no authentication",
    graphqlApi("api", { ...keyProvider, visibility: "PRIVATE" }),
    "authenticates nobody; only a private network reaches it",
  ],
  [
    "authenticationType unknown",
    graphqlApi("api", { authenticationType: UNKNOWN }),
    "has an authenticationType that is not known before the deployment",
  ],
  [
    "authenticationType of a wrong type",
    graphqlApi("api", { authenticationType: ["AWS_IAM"] }),
    "has an authenticationType that is not known",
  ],
  ["authenticationType absent", graphqlApi("api", { authenticationType: null }), "has no authenticationType"],
  [
    "a key beside IAM, with a field for it",
    keyed({ schema: marked }),
    "POST /graphql takes an API key for what its schema marks @aws_api_key",
  ],
  [
    "the directive after a comment and white space",
    keyed({ schema: "type Query { a: String @ # not @aws_iam\n  , aws_api_key }" }),
    "takes an API key",
  ],
  [
    "the directive on a type, behind a description with quotes and hashes",
    keyed({ schema: 'type Customer """ a "# b" \\""" c # d """ @aws_iam @aws_api_key { id: ID }' }),
    "takes an API key",
  ],
  [
    "a key among several providers",
    graphqlApi("api", {
      authenticationType: "AMAZON_COGNITO_USER_POOLS",
      userPoolConfig: { userPoolId: UNKNOWN, defaultAction: "ALLOW", appIdClientRegex: UNKNOWN },
      additionalAuthenticationProviders: [{ authenticationType: "AWS_IAM" }, keyProvider],
      schema: marked,
    }),
    "takes an API key",
  ],
  ["no schema here", keyed({}), "takes API keys, and no schema stands beside them"],
  ["an empty schema", keyed({ schema: "" }), "takes API keys, and no schema stands beside them"],
  [
    "a merged API takes its schema from others",
    keyed({ apiType: "MERGED" }),
    "takes API keys, and no schema stands beside them",
  ],
  [
    "a provider's type unknown",
    graphqlApi("api", {
      additionalAuthenticationProviders: [{ authenticationType: UNKNOWN }],
      schema: marked,
    }),
    "has additionalAuthenticationProviders that is not known before the deployment",
  ],
  [
    "a provider's type absent",
    graphqlApi("api", { additionalAuthenticationProviders: [{}], schema: marked }),
    "has additionalAuthenticationProviders that is not known",
  ],
  [
    "a provider unknown",
    graphqlApi("api", { additionalAuthenticationProviders: [UNKNOWN], schema: marked }),
    "has additionalAuthenticationProviders that is not known",
  ],
  [
    "the providers unknown",
    graphqlApi("api", { additionalAuthenticationProviders: UNKNOWN, schema: marked }),
    "has additionalAuthenticationProviders that is not known",
  ],
  [
    "the providers unknown, and no schema here",
    graphqlApi("api", { additionalAuthenticationProviders: UNKNOWN }),
    "has additionalAuthenticationProviders that is not known",
  ],
  [
    "no clientId",
    openIdConnect({ issuer: UNKNOWN }),
    'An OpenID Connect provider of "api" names no clientId',
  ],
  ["an empty clientId", openIdConnect({ issuer, clientId: "" }), "names no clientId"],
  ["no configuration", openIdConnect(null), "has no openidConnectConfig"],
  ...[".*", "^.+$", "(.*)", "web|.*", "^(?:\\S+)$", "\\w+", "[a-z0-9]{26}", "web|"].map(
    (clientId): Row => [
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
    "publishing by key",
    eventApi("api", { defaultPublishAuthModes: keyMode }),
    "POST /event has API_KEY among its defaultPublishAuthModes",
  ],
  [
    "subscribing by key, beside another mode",
    eventApi("api", { defaultSubscribeAuthModes: [...iamMode, { authType: "api_key" }] }),
    "GET /event/realtime has API_KEY among its defaultSubscribeAuthModes",
  ],
  [
    "publishing and subscribing by key",
    eventApi("api", { defaultPublishAuthModes: keyMode, defaultSubscribeAuthModes: keyMode }),
    '2 operations of "api" let anyone in:',
  ],
  [
    "eventConfig unknown",
    { ...eventApi("api"), properties: { eventConfig: UNKNOWN } },
    "has defaultPublishAuthModes that are not known before the deployment",
  ],
  [
    "eventConfig of a wrong type",
    { ...eventApi("api"), properties: { eventConfig: "AWS_IAM" } },
    "has defaultPublishAuthModes that are not known",
  ],
  ["no eventConfig", { ...eventApi("api"), properties: {} }, "POST /event has no defaultPublishAuthModes"],
  [
    "the modes unknown",
    eventApi("api", { defaultSubscribeAuthModes: UNKNOWN }),
    "has defaultSubscribeAuthModes that are not known",
  ],
  [
    "one mode unknown",
    eventApi("api", { defaultSubscribeAuthModes: [...iamMode, UNKNOWN] }),
    "has defaultSubscribeAuthModes that are not known",
  ],
  [
    "a mode's type unknown",
    eventApi("api", { defaultPublishAuthModes: [{ authType: UNKNOWN }] }),
    "has defaultPublishAuthModes that are not known",
  ],
  [
    "no modes",
    eventApi("api", { defaultPublishAuthModes: [] }),
    "POST /event has no defaultPublishAuthModes",
  ],
  [
    "a namespace that is opened for publishing",
    channelNamespace("prices", { publishAuthModes: keyMode }),
    "POST /event has API_KEY among its publishAuthModes",
  ],
  [
    "a namespace that is opened for subscribing",
    channelNamespace("prices", { publishAuthModes: iamMode, subscribeAuthModes: keyMode }),
    "GET /event/realtime has API_KEY among its subscribeAuthModes",
  ],
  [
    "a namespace's modes unknown",
    channelNamespace("prices", { publishAuthModes: UNKNOWN }),
    "has publishAuthModes that are not known before the deployment",
  ],
  [
    "an event API's provider without clientId",
    eventApi("api", {
      authProviders: [{ authType: "OPENID_CONNECT", openidConnectConfig: { issuer: UNKNOWN } }],
    }),
    "names no clientId",
  ],
];

const userPool = (config: object, properties: object = {}) =>
  graphqlApi("api", {
    authenticationType: "AMAZON_COGNITO_USER_POOLS",
    userPoolConfig: { userPoolId: UNKNOWN, ...config },
    ...properties,
  });
const anyClient = '"api" lets in the users of every app client of its user pool';
const unknownSchema = "may take API keys, and its schema is not known before the deployment";

const advisories: readonly Row[] = [
  ["any app client", userPool({ defaultAction: "ALLOW" }), anyClient],
  ["defaultAction absent", userPool({}), anyClient],
  ["defaultAction unknown", userPool({ defaultAction: UNKNOWN }), anyClient],
  [
    "a regular expression that matches all",
    userPool({ defaultAction: "allow", appIdClientRegex: ".*" }),
    anyClient,
  ],
  ["a schema without groups", userPool({ defaultAction: "ALLOW" }, { schema: unmarked }), anyClient],
  [
    "groups in a comment only",
    userPool({ defaultAction: "ALLOW" }, { schema: `${unmarked} # @aws_auth(cognito_groups: [])` }),
    anyClient,
  ],
  ["a schema that is unknown", userPool({ defaultAction: "ALLOW" }, { schema: UNKNOWN }), anyClient],
  ["a schema that is unknown", keyed({ schema: UNKNOWN }), unknownSchema],
  ["a schema of a wrong type", keyed({ schema: { sdl: unmarked } }), unknownSchema],
  [
    "a schema that is unknown, and the providers too",
    graphqlApi("api", { additionalAuthenticationProviders: UNKNOWN, schema: UNKNOWN }),
    unknownSchema,
  ],
];

const silent: readonly (readonly [situation: string, given: Given])[] = [
  ["AWS_IAM", graphqlApi("api")],
  ["another case of AWS_IAM", graphqlApi("api", { authenticationType: "aws_iam" })],
  ["a secret AWS_IAM", graphqlApi("api", { authenticationType: secret("AWS_IAM") })],
  [
    "AWS_LAMBDA",
    graphqlApi("api", {
      authenticationType: "AWS_LAMBDA",
      lambdaAuthorizerConfig: { authorizerUri: UNKNOWN },
    }),
  ],
  [
    "an authentication type that is not known to this rule",
    graphqlApi("api", { authenticationType: "X509" }),
  ],
  ["a key for which no field is marked", keyed({ schema: unmarked })],
  [
    "a key that only comments and descriptions name",
    keyed({ schema: `# @aws_api_key\n"@aws_api_key" """\n@aws_api_key\n""" ${unmarked}` }),
  ],
  ["a field that is named as the directive", keyed({ schema: "type Query { aws_api_key: String }" })],
  ["another directive that begins as the key's", keyed({ schema: "type Query { a: String @aws_api_keys }" })],
  [
    "providers unknown beside a schema that marks no field for keys",
    graphqlApi("api", { additionalAuthenticationProviders: UNKNOWN, schema: unmarked }),
  ],
  [
    "additional providers that authenticate",
    graphqlApi("api", {
      additionalAuthenticationProviders: [
        { authenticationType: "AWS_LAMBDA" },
        { authenticationType: "AMAZON_COGNITO_USER_POOLS", userPoolConfig: { userPoolId: UNKNOWN } },
      ],
      schema: marked,
    }),
  ],
  ["a clientId", openIdConnect({ issuer, clientId: "customers-web" })],
  ["several clientIds", openIdConnect({ issuer, clientId: "0a1b2c|3d4e5f" })],
  ["a clientId with a wildcard at its end", openIdConnect({ issuer, clientId: "^customers-.*$" })],
  [
    "clientId and issuer of a user pool of this deployment",
    openIdConnect({ issuer: UNKNOWN, clientId: UNKNOWN }),
  ],
  ["a configuration that is unknown", openIdConnect(UNKNOWN)],
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
    "a configuration that is unknown",
    graphqlApi("api", { authenticationType: "AMAZON_COGNITO_USER_POOLS", userPoolConfig: UNKNOWN }),
  ],
  ["an event API", eventApi("api")],
  [
    "connecting by key only",
    eventApi("api", {
      connectionAuthModes: keyMode,
      authProviders: [{ authType: "API_KEY" }, { authType: "AWS_IAM" }],
    }),
  ],
  ["Cognito", eventApi("api", { defaultPublishAuthModes: [{ authType: "AMAZON_COGNITO_USER_POOLS" }] })],
  [
    "an event API's provider with a clientId",
    eventApi("api", {
      authProviders: [
        { authType: "OPENID_CONNECT", openidConnectConfig: { issuer: UNKNOWN, clientId: UNKNOWN } },
      ],
    }),
  ],
  ["a namespace without modes of its own", channelNamespace("prices")],
  ["a namespace with an empty list of modes", channelNamespace("prices", { publishAuthModes: [] })],
  [
    "a namespace that asks for more",
    channelNamespace("prices", { publishAuthModes: iamMode, subscribeAuthModes: iamMode }),
  ],
];

describe(rule, () => {
  test.each(violations)("reports: %s", async (_situation, given, says) => {
    expect(await analyze([given])).toEqual([
      { rule, level: "mandatory", resource: given.name, message: expect.stringContaining(says) },
    ]);
  });

  test.each(advisories)("advises: %s", async (_situation, given, says) => {
    expect(await analyze([given])).toEqual([
      { rule, level: "advisory", resource: given.name, message: expect.stringContaining(says) },
    ]);
  });

  test.each(silent)("is silent: %s", async (_situation, given) => {
    expect(await analyze([given])).toEqual([]);
  });

  test("strict makes a lesser finding mandatory, and leaves an unknown schema to the update", async () => {
    const given = [userPool({ defaultAction: "ALLOW" }), { ...keyed({ schema: UNKNOWN }), name: "unknown" }];
    expect((await analyze(given, { preset: "strict" })).map(({ level }) => level)).toEqual([
      "mandatory",
      "advisory",
    ]);
  });

  test("an organization may have an unknown schema decided at preview", async () => {
    const options = { [rule]: { unknownDocuments: "mandatory" } };
    expect(await analyze([keyed({ schema: UNKNOWN })], { options })).toMatchObject([
      { rule, level: "mandatory" },
    ]);
  });

  test("an organization may accept private networks, which is said of GraphQL APIs only", async () => {
    const options = { [rule]: { acceptPrivateNetworks: true } };
    const of = async (given: Given) => (await analyze([given], { options })).length;
    expect(await of(graphqlApi("api", { ...keyProvider, visibility: "private" }))).toBe(0);
    expect(await of(graphqlApi("api", { ...keyProvider, visibility: UNKNOWN }))).toBe(1);
    expect(await of(graphqlApi("api", { ...keyProvider, visibility: "GLOBAL" }))).toBe(1);
    expect(await of(eventApi("api", { defaultPublishAuthModes: keyMode }))).toBe(1);
  });
});

describe("exceptions", () => {
  const catalogue = graphqlApi("catalogue", keyProvider);

  test("a public catalogue is declared", async () => {
    expect(await analyze([publicAccess("open", ["POST /graphql"]), under("open", catalogue)])).toEqual([]);
  });

  test("a declaration that opens no API is idle", async () => {
    const closed = graphqlApi("catalogue");
    expect(await analyze([publicAccess("open", ["POST /graphql"]), under("open", closed)])).toMatchObject([
      { rule: "public-access-is-reviewed", resource: "open", level: "advisory" },
    ]);
  });

  test("an exemption of an event API names what it opens", async () => {
    const api = eventApi("prices", { defaultPublishAuthModes: keyMode, defaultSubscribeAuthModes: keyMode });
    const routes = ["GET /event/realtime"];
    const reported = await analyze([api], { exemptions: [exemption(rule, "prices", { routes })] });
    expect(reported).toMatchObject([{ rule, message: expect.stringContaining("POST /event has API_KEY") }]);
    expect(reported[0]?.message).not.toContain("/event/realtime has");
  });
});

describe("what only the stack shows", () => {
  const onlyInStack = (given: Given): Given => ({ ...given, onlyInStack: true });
  test.each([
    ["a GraphQL API", graphqlApi("api", keyProvider)],
    ["an event API", eventApi("api", { defaultPublishAuthModes: keyMode })],
    ["a namespace", channelNamespace("api", { subscribeAuthModes: keyMode })],
  ])("%s is judged there", async (_situation, given) => {
    expect(await analyze([onlyInStack(given)])).toMatchObject([
      { rule: "endpoint-requires-authentication", resource: "api", level: "mandatory" },
    ]);
  });

  test("sound ones pass there", async () => {
    const sound = [graphqlApi("a"), eventApi("b"), channelNamespace("c", { publishAuthModes: iamMode })];
    expect(await analyze(sound.map(onlyInStack))).toEqual([]);
  });
});
