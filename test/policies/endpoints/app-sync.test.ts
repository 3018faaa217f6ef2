import { describe, expect, test } from "vitest";
import {
  ChannelNamespace,
  EventApi,
  eventEndpoints,
  modesOfUsers,
} from "../../../policies/src/endpoints/app-sync/event-api";
import {
  GraphqlApi,
  GraphqlType,
  graphqlEndpoints,
  judgeGraphqlApi,
  keyOnlyTypes,
  marksOperations,
  mayAcceptKeys,
  userPoolsThatDecide,
} from "../../../policies/src/endpoints/app-sync/graphql-api";
import {
  acceptedTokens,
  openIdConnectConfigs,
} from "../../../policies/src/endpoints/app-sync/open-id-connect";
import { known, knownValue, type RawRecord, unknown, view } from "../../../policies/src/stack";
import type { TestedResource } from "../../../policies/src/testing";
import { UNKNOWN } from "../../unknown";
import { firstOf, stackFrom } from "../stack-from";

const graphqlApi = (properties: RawRecord): TestedResource => ({
  type: GraphqlApi.token,
  name: "orders",
  properties: { authenticationType: "AWS_IAM", ...properties },
});
const api = (properties: RawRecord) => firstOf(stackFrom(graphqlApi(properties)), GraphqlApi);
const also = (...types: readonly unknown[]) => ({
  additionalAuthenticationProviders: types.map((authenticationType) => ({ authenticationType })),
});
const keys = also("API_KEY");
const markedForKeys = "type Query { orders: [Order] @aws_api_key }";
const unmarked = "type Query { orders: [Order] }";

describe("who may call a GraphQL API", () => {
  const cases: readonly (readonly [
    what: string,
    properties: RawRecord,
    verdict: string,
    isUnknown: boolean,
  ])[] = [
    ["who signs", {}, "authenticated", false],
    ["who has a key", { authenticationType: "API_KEY" }, "key-only", false],
    ["who nobody knows", { authenticationType: UNKNOWN }, "undetermined", false],
    ["whom nothing names", { authenticationType: undefined }, "undetermined", false],
    ["who signs or signs in", also("AMAZON_COGNITO_USER_POOLS"), "authenticated", false],
    ["who has a key, for all that nothing says", keys, "key-only", false],
    ["who has a key, for what the schema marks", { ...keys, schema: markedForKeys }, "key-only", false],
    ["who has a key, for nothing", { ...keys, schema: unmarked }, "authenticated", false],
    ["who has a key, for what isn't known", { ...keys, schema: UNKNOWN }, "undetermined", true],
    ["perhaps who has a key", also(UNKNOWN), "undetermined", false],
    [
      "perhaps who has a key, for what the schema marks",
      { ...also(UNKNOWN), schema: markedForKeys },
      "undetermined",
      false,
    ],
    ["perhaps who has a key, for nothing", { ...also(UNKNOWN), schema: unmarked }, "authenticated", false],
    [
      "perhaps who has a key, for what isn't known",
      { ...also(UNKNOWN), schema: UNKNOWN },
      "undetermined",
      true,
    ],
    ["who has a key, or who nobody knows", also(UNKNOWN, "API_KEY"), "key-only", false],
    [
      "whom a list that isn't known names",
      { additionalAuthenticationProviders: UNKNOWN },
      "undetermined",
      false,
    ],
  ];

  test.each(cases)("%s", (_what, properties, verdict, isUnknown) => {
    const judged = judgeGraphqlApi(api(properties));
    expect({ verdict: judged.authentication.verdict, isUnknown: judged.isUnknown }).toEqual({
      verdict,
      isUnknown,
    });
    const [endpoint] = graphqlEndpoints(stackFrom(graphqlApi(properties)));
    expect(endpoint?.authentication).toEqual(judged.authentication);
    const within = judgeGraphqlApi(api({ ...properties, visibility: "PRIVATE" })).authentication.verdict;
    expect(within).toBe(verdict === "key-only" ? "restricted" : verdict);
    const global = judgeGraphqlApi(api({ ...properties, visibility: "GLOBAL" })).authentication.verdict;
    expect(global).toBe(verdict);
  });

  test("what isn't known is to be written as what it is", () => {
    const because = (properties: RawRecord) => judgeGraphqlApi(api(properties)).authentication.because;
    expect(because({ authenticationType: UNKNOWN })).toMatch(
      /authenticationType .*: write it as a plain value$/,
    );
    expect(because({ additionalAuthenticationProviders: UNKNOWN })).toMatch(
      /additionalAuthenticationProviders .*: write them as plain values$/,
    );
    expect(because(keys)).toMatch(/has no schema/);
    expect(because({ ...keys, schema: markedForKeys })).toMatch(/its schema marks/);
  });

  test.each([
    [also("API_KEY"), true],
    [also("AWS_IAM", "API_KEY"), true],
    [also("AWS_IAM"), false],
    [also(UNKNOWN), true],
    [{ additionalAuthenticationProviders: [UNKNOWN] }, true],
    [{ additionalAuthenticationProviders: UNKNOWN }, true],
    [{}, false],
  ])("%j: may accept keys: %s", (properties, may) => {
    expect(mayAcceptKeys(api(properties))).toBe(may);
  });
});

describe("the types beside a schema that open an API to keys", () => {
  const type = (definition: unknown, of?: string): TestedResource => ({
    type: GraphqlType.token,
    name: "queries",
    properties: { apiId: UNKNOWN, definition },
    dependencies: of === undefined ? {} : { apiId: [of] },
  });

  const cases: readonly (readonly [
    what: string,
    properties: RawRecord | undefined,
    definition: unknown,
    verdicts: readonly string[],
  ])[] = [
    ["marked, of an API with keys", { ...keys, schema: unmarked }, markedForKeys, ["key-only"]],
    ["unmarked", { ...keys, schema: unmarked }, unmarked, []],
    [
      "a marked type that is no operation",
      { ...keys, schema: unmarked },
      "type Order @aws_api_key { id: ID }",
      [],
    ],
    ["no definition", { ...keys, schema: unmarked }, undefined, []],
    ["a definition that isn't known", { ...keys, schema: unmarked }, UNKNOWN, ["undetermined"]],
    ["marked, of an API without keys", { schema: unmarked }, markedForKeys, []],
    ["marked, of an API that has it already", { ...keys, schema: markedForKeys }, markedForKeys, []],
    ["marked, of an API that is all keys", { authenticationType: "API_KEY", ...keys }, markedForKeys, []],
    [
      "marked, of an API within a network",
      { ...keys, schema: unmarked, visibility: "PRIVATE" },
      markedForKeys,
      ["restricted"],
    ],
    ["marked, of an API elsewhere", undefined, markedForKeys, ["undetermined"]],
    ["a definition that isn't known, of an API elsewhere", undefined, UNKNOWN, []],
    ["unmarked, of an API elsewhere", undefined, unmarked, []],
  ];

  test.each(cases)("%s", (_what, properties, definition, verdicts) => {
    const stack =
      properties === undefined
        ? stackFrom(type(definition))
        : stackFrom(graphqlApi(properties), type(definition, "orders"));
    const found = keyOnlyTypes(stack);
    expect(found.map(({ authentication }) => authentication.verdict)).toEqual(verdicts);
    expect(
      found.every(({ authentication, route }) => authentication.because && route === "POST /graphql"),
    ).toBe(true);
  });

  test("a type says whether it marks operations", () => {
    const marks = (definition: unknown) => marksOperations(firstOf(stackFrom(type(definition)), GraphqlType));
    expect(marks(markedForKeys)).toEqual(known(true));
    expect(marks(unmarked)).toEqual(known(false));
    expect(marks(UNKNOWN)).toEqual(unknown);
  });
});

describe("the user pools that alone decide who may call", () => {
  const ofUsers = "AMAZON_COGNITO_USER_POOLS";
  const own = { authenticationType: ofUsers, userPoolConfig: { defaultAction: "ALLOW" } };
  const forGroups = 'type Query { orders: [Order] @aws_auth(cognito_groups: ["staff"]) }';
  const forUsers = "type Query { orders: [Order] @aws_cognito_user_pools }";

  test.each<[what: string, properties: RawRecord, pools: readonly string[]]>([
    ["none", {}, []],
    ["its own", own, ["userPoolConfig"]],
    ["its own, for all that nothing says", { ...own, schema: unmarked }, ["userPoolConfig"]],
    ["its own, for groups", { ...own, schema: forGroups }, []],
    ["its own, for what isn't known", { ...own, schema: UNKNOWN }, ["userPoolConfig?"]],
    ["its own, for what is marked alone", { ...own, userPoolConfig: { defaultAction: "DENY" } }, []],
    [
      "its own, with an action that isn't known",
      { ...own, userPoolConfig: { defaultAction: UNKNOWN } },
      ["userPoolConfig"],
    ],
    ["its own, without a pool", { authenticationType: ofUsers }, []],
    ["a pool that nobody is asked for", { userPoolConfig: { defaultAction: "ALLOW" } }, []],
    ["another", also(ofUsers), ["additionalAuthenticationProviders"]],
    [
      "another, for what the schema marks",
      { ...also(ofUsers), schema: forUsers },
      ["additionalAuthenticationProviders"],
    ],
    ["another, for nothing", { ...also(ofUsers), schema: unmarked }, []],
    [
      "another, for what isn't known",
      { ...also(ofUsers), schema: UNKNOWN },
      ["additionalAuthenticationProviders?"],
    ],
    ["another beside a key", also("API_KEY", ofUsers), ["additionalAuthenticationProviders"]],
    ["a key", also("API_KEY"), []],
    ["both", { ...own, ...also(ofUsers) }, ["userPoolConfig", "additionalAuthenticationProviders"]],
  ])("%s", (_what, properties, pools) => {
    const found = userPoolsThatDecide(api(properties));
    expect(found.map(({ property, isUnknown }) => `${property}${isUnknown ? "?" : ""}`)).toEqual(pools);
  });
});

describe("the OpenID Connect providers of an API", () => {
  const config = (issuer: string) => ({ openidConnectConfig: { issuer } });
  const additional = (...providers: readonly unknown[]) => ({ additionalAuthenticationProviders: providers });
  const oidc = { authenticationType: "OPENID_CONNECT", ...config("https://additional.example.com") };
  const forTokens = "type Query { orders: [Order] @aws_oidc }";
  const issuersOf = (resource: TestedResource) => {
    const stack = stackFrom(resource);
    const [found] = [...stack.of(GraphqlApi), ...stack.of(EventApi)];
    if (!found) throw new Error("the case has an API");
    return openIdConnectConfigs(found as never).map(
      (one) => knownValue(knownValue(one)?.text("issuer") ?? unknown) ?? one.kind,
    );
  };
  const ownIssuer = "https://own.example.com";
  const otherIssuer = "https://additional.example.com";

  test.each<[what: string, properties: RawRecord, issuers: readonly string[]]>([
    ["none", config(ownIssuer), []],
    ["its own", { authenticationType: "OPENID_CONNECT", ...config(ownIssuer) }, [ownIssuer]],
    [
      "its own, not known",
      { authenticationType: "OPENID_CONNECT", openidConnectConfig: UNKNOWN },
      ["unknown"],
    ],
    ["another", additional(oidc), [otherIssuer]],
    ["another beside a key", additional({ authenticationType: "API_KEY" }, oidc), [otherIssuer]],
    ["another, not known", additional({ ...oidc, openidConnectConfig: UNKNOWN }), ["unknown"]],
    ["another, for what the schema marks", { ...additional(oidc), schema: forTokens }, [otherIssuer]],
    ["another, for nothing", { ...additional(oidc), schema: unmarked }, []],
    [
      "its own, whatever the schema marks",
      { authenticationType: "OPENID_CONNECT", ...config(ownIssuer), ...additional(oidc), schema: unmarked },
      [ownIssuer],
    ],
    ["another, for what isn't known", { ...additional(oidc), schema: UNKNOWN }, [otherIssuer]],
    ["a provider that isn't known", additional(UNKNOWN, { authenticationType: UNKNOWN }), []],
  ])("a GraphQL API's: %s", (_what, properties, issuers) => {
    expect(issuersOf(graphqlApi(properties))).toEqual(issuers);
  });

  test.each<[what: string, eventConfig: unknown, issuers: readonly string[]]>([
    ["none", { authProviders: [{ authType: "API_KEY", ...config(ownIssuer) }] }, []],
    ["one", { authProviders: [{ authType: "OPENID_CONNECT", ...config(ownIssuer) }] }, [ownIssuer]],
    ["one that isn't known", { authProviders: [UNKNOWN] }, []],
    ["what isn't known", UNKNOWN, []],
    ["nothing", undefined, []],
  ])("an event API's: %s", (_what, eventConfig, issuers) => {
    expect(issuersOf({ type: EventApi.token, name: "events", properties: { eventConfig } })).toEqual(issuers);
  });

  test.each([
    ["app", ["app"]],
    ["app|other", ["app", "other"]],
    [" ^app$ | (other) ", ["app", "other"]],
    ["^(app|other)$", ["app", "other"]],
    ["((^app$))", ["app"]],
    ["a\\.example\\/b\\:c\\-d", ["a.example/b:c-d"]],
    ["a(b)c$d", ["a(b)c$d"]],
    ["a ^b$ c", ["a ^b$ c"]],
    ["ap+", ["ap+"]],
  ])("a client %j is %j", (clientId, audiences) => {
    const tokens = acceptedTokens(view({ clientId, issuer: "https://own.example.com" }));
    expect(tokens).toEqual({
      issuer: known("https://own.example.com"),
      audiences: known(audiences.map(known)),
      claims: [],
    });
  });

  test("a client that isn't known is none that is", () => {
    expect(acceptedTokens(view({ clientId: UNKNOWN })).audiences).toEqual(unknown);
    expect(acceptedTokens(view({})).audiences.kind).toBe("absent");
  });
});

describe("an event API and its namespaces", () => {
  const modes = (...types: readonly unknown[]) => types.map((authType) => ({ authType }));
  const users = modes("AMAZON_COGNITO_USER_POOLS");
  const eventApi = (eventConfig: unknown): TestedResource => ({
    type: EventApi.token,
    name: "events",
    properties: { eventConfig },
  });
  const both = (list: unknown) => ({ defaultPublishAuthModes: list, defaultSubscribeAuthModes: list });
  const namespace = (properties: RawRecord, of = "events"): TestedResource => ({
    type: ChannelNamespace.token,
    name: "updates",
    properties: { apiId: UNKNOWN, ...properties },
    dependencies: { apiId: [of] },
  });

  test.each<[what: string, list: unknown, verdict: string, says: string]>([
    ["a user", users, "authenticated", "has AMAZON_COGNITO_USER_POOLS among its"],
    [
      "a user or who signs",
      modes("AMAZON_COGNITO_USER_POOLS", "AWS_IAM"),
      "authenticated",
      "AMAZON_COGNITO_USER_POOLS, AWS_IAM",
    ],
    ["a key", modes("API_KEY"), "key-only", "has API_KEY among its"],
    ["a key beside what isn't known", modes(UNKNOWN, "API_KEY"), "key-only", "API_KEY"],
    ["a user beside what isn't known", [...users, UNKNOWN], "undetermined", "as plain values"],
    ["a mode that isn't known", modes(UNKNOWN), "undetermined", "as plain values"],
    ["modes that aren't known", UNKNOWN, "undetermined", "as plain values"],
    ["no modes", [], "undetermined", "has no "],
    ["nothing said", undefined, "undetermined", "has no "],
  ])("%s", (_what, list, verdict, says) => {
    const endpoints = eventEndpoints(stackFrom(eventApi(both(list))));
    // An exception for one of them names it.
    expect(endpoints.every(({ isInDocument }) => isInDocument)).toBe(true);
    const told = endpoints.map(({ route, authentication }) => [
      route,
      authentication.verdict,
      authentication.because,
    ]);
    expect(told).toEqual([
      ["POST /event", verdict, expect.stringContaining(says)],
      ["GET /event/realtime", verdict, expect.stringContaining(says)],
    ]);
  });

  test("an API that isn't known has modes that aren't", () => {
    const told = eventEndpoints(stackFrom(eventApi(UNKNOWN))).map(
      ({ authentication }) => authentication.because,
    );
    expect(told).toEqual([
      expect.stringContaining("as plain values"),
      expect.stringContaining("as plain values"),
    ]);
  });

  test("a namespace has endpoints for the modes that it has itself", () => {
    const routesOf = (properties: RawRecord) =>
      eventEndpoints(stackFrom(eventApi({}), namespace(properties)))
        .filter(({ resource }) => resource.name === "updates")
        .map(({ route, authentication }) => `${route} ${authentication.verdict}`);
    expect(routesOf({})).toEqual([]);
    expect(routesOf({ publishAuthModes: modes("API_KEY") })).toEqual(["POST /event key-only"]);
    expect(routesOf({ subscribeAuthModes: users })).toEqual(["GET /event/realtime authenticated"]);
  });

  const usersMay = both(users);
  test.each<[what: string, resources: readonly TestedResource[], names: readonly string[]]>([
    ["the API, without a namespace", [eventApi(usersMay)], ["events"]],
    ["the API, for who publishes", [eventApi({ defaultPublishAuthModes: users })], ["events"]],
    ["the API, for who subscribes", [eventApi({ defaultSubscribeAuthModes: users })], ["events"]],
    ["nobody", [eventApi(both(modes("AWS_IAM")))], []],
    ["users beside others", [eventApi(both(modes("AWS_IAM", "AMAZON_COGNITO_USER_POOLS")))], ["events"]],
    ["a namespace with the API's modes", [eventApi(usersMay), namespace({})], ["updates"]],
    ["a namespace with a handler", [eventApi(usersMay), namespace({ codeHandlers: UNKNOWN })], []],
    [
      "a namespace with handlers of data sources",
      [eventApi(usersMay), namespace({ handlerConfigs: {} })],
      [],
    ],
    [
      "a namespace that lets nobody of them in",
      [
        eventApi(usersMay),
        namespace({ publishAuthModes: modes("AWS_IAM"), subscribeAuthModes: modes("AWS_IAM") }),
      ],
      [],
    ],
    [
      "a namespace that lets them publish",
      [eventApi({}), namespace({ publishAuthModes: users })],
      ["updates"],
    ],
    [
      "a namespace that lets them subscribe, as the API does",
      [eventApi({ defaultSubscribeAuthModes: users }), namespace({ publishAuthModes: modes("AWS_IAM") })],
      ["updates"],
    ],
    [
      "a namespace that lets them publish, as the API does",
      [eventApi({ defaultPublishAuthModes: users }), namespace({ subscribeAuthModes: modes("AWS_IAM") })],
      ["updates"],
    ],
    [
      "a namespace that lets them subscribe, unlike the API",
      [eventApi({}), namespace({ subscribeAuthModes: users })],
      ["updates"],
    ],
    [
      "the API, beside a namespace of another one",
      [
        eventApi(usersMay),
        { ...eventApi({}), name: "others" },
        namespace({ codeHandlers: UNKNOWN }, "others"),
      ],
      ["events"],
    ],
  ])("lets users in without a group: %s", (_what, resources, names) => {
    const stack = stackFrom(...resources);
    expect(modesOfUsers(stack, firstOf(stack, EventApi)).map(({ name }) => name)).toEqual(names);
  });
});
