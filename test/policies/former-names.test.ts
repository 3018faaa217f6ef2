import { describe, expect, test } from "vitest";
import type { GuardrailsArgs } from "../../policies/src";
import { analyze, type Given, kindOf, UNKNOWN } from "./analyze";
import { channelNamespace, eventApi, exemption, graphqlApi } from "./resources";

/** The rule that was split, and the rules that were part of it. */
const former = "graphql-api-forbids-api-keys";
const ofEvents = "event-api-forbids-api-keys";
const ofClients = "app-sync-api-names-its-clients";

const keyMode = [{ authType: "API_KEY" }];
const publish = "POST /event";
const subscribe = "GET /event/realtime";

const graphql = graphqlApi("api", { authenticationType: "API_KEY" });
const events = eventApi("api", { defaultPublishAuthModes: keyMode, defaultSubscribeAuthModes: keyMode });
const channel = channelNamespace("api", { subscribeAuthModes: keyMode });
const openIdClients = graphqlApi("api", {
  authenticationType: "OPENID_CONNECT",
  openidConnectConfig: { issuer: "https://login.example.com" },
});
const eventOpenIdClients = eventApi("api", {
  authProviders: [
    { authType: "OPENID_CONNECT", openidConnectConfig: { issuer: "https://login.example.com" } },
  ],
});
const userPoolClients = graphqlApi("api", {
  authenticationType: "AMAZON_COGNITO_USER_POOLS",
  userPoolConfig: { userPoolId: UNKNOWN, defaultAction: "ALLOW" },
});

const exempted = async (given: Given, changed: object = {}, rule = former) =>
  analyze([given], { preset: "strict", exemptions: [exemption(rule, "api", changed)] });
const ofApi = async (...args: Parameters<typeof exempted>) =>
  (await exempted(...args)).filter(({ resource }) => resource === "api");
const ofExemption = async (...args: Parameters<typeof exempted>) =>
  (await exempted(...args)).filter(({ rule }) => rule === "exemption-is-current");

describe("an exemption under the name of a rule that was split", () => {
  const covered: readonly (readonly [
    situation: string,
    given: Given,
    changed: object,
    now: string | undefined,
  ])[] = [
    ["a GraphQL API that accepts keys", graphql, {}, undefined],
    ["a GraphQL API, with its route", graphql, { routes: ["POST /graphql"] }, undefined],
    ["an event API, with its routes", events, { routes: [publish, subscribe] }, ofEvents],
    ["a channel namespace, with its route", channel, { routes: [subscribe] }, ofEvents],
    ["the clients of an OpenID Connect provider", openIdClients, {}, ofClients],
    ["the clients of an event API's OpenID Connect provider", eventOpenIdClients, {}, ofClients],
    ["the app clients of a user pool", userPoolClients, {}, ofClients],
  ];

  test.each(covered)("covers what it covered: %s", async (_situation, given, changed) => {
    expect(await ofApi(given, changed)).toEqual([]);
  });

  test.each(covered)("and says which rule to name: %s", async (_situation, given, changed, now) => {
    const told = await ofExemption(given, changed);
    if (now === undefined) return expect(told).toEqual([]);
    expect(told).toMatchObject([{ level: "advisory", resource: "customers-dev" }]);
    expect(told.map(kindOf)).toEqual(["former-name"]);
    expect(told[0]?.message).toContain(
      `exemptions[0] covers findings of "${now}", which is a rule of its own now. From the next version on, "${former}" no longer includes it.`,
    );
    expect(told[0]?.message).toContain(`\nFix: "rule": "${now}"\n`);
  });

  test.each(covered)(
    "which covers it too, and then nothing is said: %s",
    async (_situation, given, changed, now) => {
      expect(await exempted(given, changed, now ?? former)).toEqual([]);
    },
  );

  const uncovered: readonly (readonly [
    situation: string,
    given: Given,
    changed: object,
    rule: string,
    says: string,
  ])[] = [
    ["an event API without routes", events, {}, ofEvents, publish],
    ["the route of an event API that it doesn't list", events, { routes: [subscribe] }, ofEvents, publish],
    ["a channel namespace without routes", channel, {}, ofEvents, subscribe],
    [
      "a finding without routes, by a route",
      openIdClients,
      { routes: ["POST /graphql"] },
      ofClients,
      "clientId",
    ],
  ];
  test.each(uncovered)(
    "covers no more than it covered: %s",
    async (_situation, given, changed, rule, says) => {
      const found = await ofApi(given, changed);
      expect(found).toMatchObject([{ rule, level: "mandatory", message: expect.stringContaining(says) }]);
    },
  );

  test("names both rules where it covers findings of both", async () => {
    const both = eventApi("api", {
      authProviders: [
        { authType: "OPENID_CONNECT", openidConnectConfig: { issuer: "https://login.example.com" } },
      ],
      defaultPublishAuthModes: keyMode,
    });
    const exemptions = [exemption(former, "api"), exemption(former, "api", { routes: [publish] })];
    const found = await analyze([both], { exemptions });
    expect(found.map(({ rule, level }) => [rule, level])).toEqual([
      ["exemption-is-current", "advisory"],
      ["exemption-is-current", "advisory"],
    ]);
    expect(found[0]?.message).toContain(`\nFix: "rule": "${ofClients}"\n`);
    expect(found[1]?.message).toContain(`\nFix: "rule": "${ofEvents}"\n`);
  });

  test("says nothing of the rules that a new name doesn't reach", async () => {
    expect(await ofApi(graphql, {}, ofEvents)).toMatchObject([{ rule: former }]);
    expect(await ofApi(events, { routes: [publish, subscribe] }, ofClients)).toMatchObject([
      { rule: ofEvents },
    ]);
  });
});

describe("levels under the name of a rule that was split", () => {
  const given = [
    { ...graphql, name: "graphql" },
    { ...events, name: "events" },
    { ...openIdClients, name: "clients" },
  ];
  const levels = async (levels: NonNullable<GuardrailsArgs["levels"]>) =>
    Object.fromEntries((await analyze(given, { levels })).map(({ rule, level }) => [rule, level]));

  test("reach the rules that were part of it", async () => {
    expect(await levels({ [former]: "advisory" })).toEqual({
      [former]: "advisory",
      [ofEvents]: "advisory",
      [ofClients]: "advisory",
    });
    expect(await levels({ [former]: "disabled" })).toEqual({});
  });

  test("leave those alone that are named themselves", async () => {
    expect(await levels({ [former]: "disabled", [ofEvents]: "mandatory" })).toEqual({
      [ofEvents]: "mandatory",
    });
    expect(await levels({ [ofEvents]: "disabled" })).toEqual({
      [former]: "mandatory",
      [ofClients]: "mandatory",
    });
  });
});

describe("options under the name of a rule that was split", () => {
  const given = graphqlApi("api", {
    authenticationType: "AMAZON_COGNITO_USER_POOLS",
    userPoolConfig: { userPoolId: UNKNOWN, defaultAction: "ALLOW" },
    schema: UNKNOWN,
  });
  /** In `strict`, a schema that the preview decides makes this a mandatory finding. */
  const levelWith = async (options: NonNullable<GuardrailsArgs["options"]>) =>
    (await analyze([given], { preset: "strict", options })).map(({ rule, level }) => [rule, level]);

  test("reach the rules that were part of it", async () => {
    expect(await levelWith({})).toEqual([[ofClients, "advisory"]]);
    expect(await levelWith({ [former]: { unknownDocuments: "mandatory" } })).toEqual([
      [ofClients, "mandatory"],
    ]);
  });

  test("give way to those under a rule's own name", async () => {
    expect(
      await levelWith({
        [former]: { unknownDocuments: "mandatory" },
        [ofClients]: { unknownDocuments: "advisory" },
      }),
    ).toEqual([[ofClients, "advisory"]]);
  });

  test("are ignored by the parts that don't have them", async () => {
    const options = { [former]: { acceptPrivateNetworks: true } };
    expect(await analyze([events], { options })).toMatchObject([{ rule: ofEvents }]);
  });
});
