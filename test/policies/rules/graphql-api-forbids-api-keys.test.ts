import { describe, expect, test } from "vitest";
import { analyze, type Given, kindOf, secret, UNKNOWN } from "../analyze";
import { eventApi, exemption, graphqlApi, publicAccess, under } from "../resources";

const rule = "graphql-api-forbids-api-keys";

const keyProvider = { authenticationType: "API_KEY" };
const marked = "type Query { customer(id: ID!): String @aws_api_key }";
const unmarked = "type Query { customer(id: ID!): String }";
const keyed = (properties: object) =>
  graphqlApi("api", { additionalAuthenticationProviders: [keyProvider], ...properties });

const keys: readonly (readonly [situation: string, given: Given, says: string])[] = [
  ["API_KEY", graphqlApi("api", keyProvider), "has authenticationType API_KEY"],
  ["another case", graphqlApi("api", { authenticationType: "Api_Key" }), "has authenticationType API_KEY"],
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
    "has authenticationType API_KEY: a key identifies a client but authenticates nobody; only a private network can reach it",
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
    "accepts an API key for what its schema marks @aws_api_key",
  ],
  [
    "the directive after a comment and white space",
    keyed({ schema: "type Query { a: String @ # not @aws_iam\n  , aws_api_key }" }),
    "accepts an API key",
  ],
  [
    "the directive on a type, behind a description with quotes and hashes",
    keyed({ schema: 'type Customer """ a "# b" \\""" c # d """ @aws_iam @aws_api_key { id: ID }' }),
    "accepts an API key",
  ],
  [
    "a key among several providers",
    graphqlApi("api", {
      authenticationType: "AMAZON_COGNITO_USER_POOLS",
      userPoolConfig: { userPoolId: UNKNOWN, defaultAction: "ALLOW", appIdClientRegex: UNKNOWN },
      additionalAuthenticationProviders: [{ authenticationType: "AWS_IAM" }, keyProvider],
      schema: marked,
    }),
    "accepts an API key",
  ],
  ["no schema here", keyed({}), "accepts API keys, and has no schema"],
  ["an empty schema", keyed({ schema: "" }), "accepts API keys, and has no schema"],
  [
    "a merged API gets its schema from others",
    keyed({ apiType: "MERGED" }),
    "accepts API keys, and has no schema",
  ],
  [
    "a provider's type unknown",
    graphqlApi("api", {
      additionalAuthenticationProviders: [{ authenticationType: UNKNOWN }],
      schema: marked,
    }),
    "has additionalAuthenticationProviders that are not known before the deployment",
  ],
  [
    "a provider's type absent",
    graphqlApi("api", { additionalAuthenticationProviders: [{}], schema: marked }),
    "has additionalAuthenticationProviders that are not known",
  ],
  [
    "a provider unknown",
    graphqlApi("api", { additionalAuthenticationProviders: [UNKNOWN], schema: marked }),
    "has additionalAuthenticationProviders that are not known",
  ],
  [
    "the providers unknown",
    graphqlApi("api", { additionalAuthenticationProviders: UNKNOWN, schema: marked }),
    "has additionalAuthenticationProviders that are not known",
  ],
  [
    "the providers unknown, and no schema here",
    graphqlApi("api", { additionalAuthenticationProviders: UNKNOWN }),
    "has additionalAuthenticationProviders that are not known",
  ],
];

const unknownSchemas: readonly (readonly [situation: string, given: Given])[] = [
  ["a schema that is unknown", keyed({ schema: UNKNOWN })],
  ["a schema of a wrong type", keyed({ schema: { sdl: unmarked } })],
  [
    "a schema that is unknown, and the providers too",
    graphqlApi("api", { additionalAuthenticationProviders: UNKNOWN, schema: UNKNOWN }),
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
];

describe(rule, () => {
  test.each(keys)("reports: %s", async (_situation, given, says) => {
    const reported = await analyze([given]);
    expect(reported).toEqual([
      {
        rule,
        level: "mandatory",
        resource: "api",
        message: expect.stringContaining(`POST /graphql ${says}`),
      },
    ]);
    expect(reported.map(kindOf)).toEqual(["api-key"]);
  });

  test.each(unknownSchemas)("advises: %s", async (_situation, given) => {
    const reported = await analyze([given]);
    expect(reported).toMatchObject([{ rule, level: "advisory", resource: "api" }]);
    expect(reported.map(kindOf)).toEqual(["unknown-schema"]);
  });

  test.each(silent)("is silent: %s", async (_situation, given) => {
    expect(await analyze([given])).toEqual([]);
  });

  test("strict leaves an unknown schema to the update", async () => {
    expect(await analyze([keyed({ schema: UNKNOWN })], { preset: "strict" })).toMatchObject([
      { rule, level: "advisory" },
    ]);
  });

  test("an organization may have an unknown schema decided at preview", async () => {
    const options = { [rule]: { unknownDocuments: "mandatory" } };
    expect(await analyze([keyed({ schema: UNKNOWN })], { options })).toMatchObject([
      { rule, level: "mandatory" },
    ]);
  });

  test("an organization may accept private networks, which only GraphQL APIs can be limited to", async () => {
    const options = { [rule]: { acceptPrivateNetworks: true } };
    const of = async (given: Given) => (await analyze([given], { options })).length;
    expect(await of(graphqlApi("api", { ...keyProvider, visibility: "private" }))).toBe(0);
    expect(await of(graphqlApi("api", { ...keyProvider, visibility: UNKNOWN }))).toBe(1);
    expect(await of(graphqlApi("api", { ...keyProvider, visibility: "GLOBAL" }))).toBe(1);
    const keyMode = [{ authType: "API_KEY" }];
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
});

describe("what only the stack shows", () => {
  const onlyInStack = (given: Given): Given => ({ ...given, onlyInStack: true });

  test("an API that accepts keys is judged there", async () => {
    expect(await analyze([onlyInStack(graphqlApi("api", keyProvider))])).toMatchObject([
      { rule: "endpoint-requires-authentication", resource: "api", level: "mandatory" },
    ]);
  });

  test("a sound one passes there", async () => {
    expect(await analyze([onlyInStack(graphqlApi("api"))])).toEqual([]);
  });
});

describe(`${rule}: types beside the schema`, () => {
  const definition = "type Query { customer(id: ID!): String @aws_api_key }";
  const api = (properties: object = {}): Given =>
    graphqlApi("customers", {
      authenticationType: "AWS_IAM",
      additionalAuthenticationProviders: [{ authenticationType: "API_KEY" }],
      schema: "type Mutation { ping: String }",
      ...properties,
    });
  const type = (properties: object = {}, token = "aws:appsync/type:Type"): Given => ({
    type: token,
    name: "query",
    properties: { apiId: UNKNOWN, format: "SDL", definition, ...properties },
    dependencies: { apiId: ["customers"] },
  });
  const found = async (given: readonly Given[], args: Parameters<typeof analyze>[1] = {}) =>
    (await analyze(given, args)).filter((reported) => reported.rule === rule);

  test.each<readonly [situation: string, given: readonly Given[]]>([
    ["a query", [api(), type()]],
    ["a mutation", [api(), type({ definition: "extend type Mutation { ping: String @aws_api_key }" })]],
    ["a subscription", [api(), type({ definition: "type Subscription @aws_api_key { news: String }" })]],
    ["a type of aws-native", [api(), type({}, "aws-native:appsync:Type")]],
    ["a query of an API that only a private network reaches", [api({ visibility: "PRIVATE" }), type()]],
  ])("reports: %s", async (_situation, given) => {
    const reported = await found(given);
    expect(reported).toMatchObject([{ level: "mandatory", resource: "query" }]);
    expect(reported.map(kindOf)).toEqual(["api-key"]);
  });

  test.each<readonly [situation: string, given: readonly Given[]]>([
    [
      "a type that no operation is in",
      [api(), type({ definition: "type Customer @aws_api_key { id: ID }" })],
    ],
    ["a query without the mark", [api(), type({ definition: "type Query { a: String }" })]],
    ["a type without a definition", [api(), type({ definition: null })]],
    [
      "a definition that isn't known, of an API of another stack",
      [{ ...type({ apiId: "a1b2c3", definition: UNKNOWN }), dependencies: {} }],
    ],
    ["the mark in a comment", [api(), type({ definition: "type Query { a: String } # @aws_api_key" })]],
    ["an API that accepts no keys", [api({ additionalAuthenticationProviders: [] }), type()]],
    [
      "an API that accepts tokens besides",
      [api({ additionalAuthenticationProviders: [{ authenticationType: "AWS_LAMBDA" }] }), type()],
    ],
  ])("is silent: %s", async (_situation, given) => {
    expect(await found(given)).toEqual([]);
  });

  test("an API that is open by itself is reported once, there", async () => {
    const given = [api({ schema: "type Query { a: String @aws_api_key }" }), type()];
    expect(await found(given)).toMatchObject([{ level: "mandatory", resource: "customers" }]);
  });

  test("advises where the definition isn't known, or the API is elsewhere", async () => {
    const unknown = await found([api(), type({ definition: UNKNOWN })]);
    expect(unknown).toMatchObject([{ level: "advisory", resource: "query" }]);
    expect(unknown.map(kindOf)).toEqual(["unknown-schema"]);
    const elsewhere = { ...type({ apiId: "a1b2c3" }), dependencies: {} };
    expect(await found([elsewhere])).toMatchObject([{ level: "advisory", resource: "query" }]);
  });

  test.each([
    ["PRIVATE", 0],
    ["GLOBAL", 1],
    [UNKNOWN, 1],
  ])("an organization may accept private networks: visibility %s leaves %i", async (visibility, count) => {
    const options = { [rule]: { acceptPrivateNetworks: true } };
    expect(await found([api({ visibility }), type()], { options })).toHaveLength(count);
  });

  test("an exception for the API covers what a type opens of it", async () => {
    expect(await found([publicAccess("open", ["POST /graphql"]), under("open", api()), type()])).toEqual([]);
    expect(await found([api(), type()], { exemptions: [exemption(rule, "customers")] })).toEqual([]);
  });
});
