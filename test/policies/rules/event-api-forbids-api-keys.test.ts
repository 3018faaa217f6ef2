import { describe, expect, test } from "vitest";
import { analyze, type Given, kindOf, UNKNOWN } from "../analyze";
import { channelNamespace, eventApi, exemption } from "../resources";

const rule = "event-api-forbids-api-keys";

const keyMode = [{ authType: "API_KEY" }];
const iamMode = [{ authType: "AWS_IAM" }];

const keys: readonly (readonly [situation: string, given: Given, says: string])[] = [
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
];

const silent: readonly (readonly [situation: string, given: Given])[] = [
  ["an event API", eventApi("api")],
  [
    "connecting by key only",
    eventApi("api", {
      connectionAuthModes: keyMode,
      authProviders: [{ authType: "API_KEY" }, { authType: "AWS_IAM" }],
    }),
  ],
  ["Cognito", eventApi("api", { defaultPublishAuthModes: [{ authType: "AMAZON_COGNITO_USER_POOLS" }] })],
  ["a namespace without modes of its own", channelNamespace("prices")],
  ["a namespace with an empty list of modes", channelNamespace("prices", { publishAuthModes: [] })],
  [
    "a namespace with modes that authenticate",
    channelNamespace("prices", { publishAuthModes: iamMode, subscribeAuthModes: iamMode }),
  ],
];

describe(rule, () => {
  test.each(keys)("reports: %s", async (_situation, given, says) => {
    const reported = await analyze([given]);
    expect(reported).toEqual([
      { rule, level: "mandatory", resource: given.name, message: expect.stringContaining(says) },
    ]);
    expect(reported.map(kindOf)).toEqual(["api-key"]);
  });

  test.each(silent)("is silent: %s", async (_situation, given) => {
    expect(await analyze([given])).toEqual([]);
  });

  test("says where modes that authenticate are written", async () => {
    const fix = async (given: Given) => /Fix: (\w+)/.exec((await analyze([given]))[0]?.message ?? "")?.[1];
    expect(await fix(eventApi("api", { defaultPublishAuthModes: keyMode }))).toBe("defaultPublishAuthModes");
    expect(await fix(channelNamespace("prices", { publishAuthModes: keyMode }))).toBe("publishAuthModes");
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
    ["an event API", eventApi("api", { defaultPublishAuthModes: keyMode })],
    ["a namespace", channelNamespace("api", { subscribeAuthModes: keyMode })],
  ])("%s that accepts keys is judged there", async (_situation, given) => {
    expect(await analyze([onlyInStack(given)])).toMatchObject([
      { rule: "endpoint-requires-authentication", resource: "api", level: "mandatory" },
    ]);
  });

  test("sound ones pass there", async () => {
    const sound = [eventApi("b"), channelNamespace("c", { publishAuthModes: iamMode })];
    expect(await analyze(sound.map(onlyInStack))).toEqual([]);
  });
});
