import { describe, expect, test } from "vitest";
import { analyze, type Given, kindOf, secret, UNKNOWN } from "../analyze";
import { route, webSocketApi } from "../resources";

const rule = "websocket-connect-requires-authorization";
const connect = (properties: object = {}): readonly Given[] => [
  webSocketApi("chat"),
  route("connect", "$connect", properties, "chat"),
  route("send", "send", {}, "chat"),
];

const violations: readonly (readonly [situation: string, resources: readonly Given[], says: string])[] = [
  ["authorizationType NONE", connect({ authorizationType: "NONE" }), "has authorizationType NONE"],
  ["authorizationType absent", connect(), "has authorizationType NONE"],
  ["another case of NONE", connect({ authorizationType: "none" }), "has authorizationType NONE"],
  ["an empty authorizationType", connect({ authorizationType: "" }), "has authorizationType NONE"],
  ["a secret NONE", connect({ authorizationType: secret("NONE") }), "has authorizationType NONE"],
  ["the API is in another stack", [route("connect", "$connect")], "has authorizationType NONE"],
  ["authorizationType unknown", connect({ authorizationType: UNKNOWN }), "not known before"],
  ["authorizationType of a wrong type", connect({ authorizationType: true }), "not known before"],
  ["an API key only", connect({ apiKeyRequired: true }), "only an API key"],
  ["apiKeyRequired unknown", connect({ apiKeyRequired: UNKNOWN }), "has authorizationType NONE"],
  ["CUSTOM without an authorizer", connect({ authorizationType: "CUSTOM" }), "names no authorizerId"],
  [
    "CUSTOM with an empty authorizerId",
    connect({ authorizationType: "custom", authorizerId: "" }),
    "names no authorizerId",
  ],
];

const silent: readonly (readonly [situation: string, resources: readonly Given[]])[] = [
  ["AWS_IAM", connect({ authorizationType: "AWS_IAM" })],
  ["an API key beside IAM", connect({ authorizationType: "AWS_IAM", apiKeyRequired: true })],
  [
    "CUSTOM with an authorizer whose id is unknown",
    connect({ authorizationType: "CUSTOM", authorizerId: UNKNOWN }),
  ],
  [
    "$disconnect, $default and message routes stay NONE behind a guarded $connect",
    [
      ...connect({ authorizationType: "CUSTOM", authorizerId: UNKNOWN }),
      route("disconnect", "$disconnect", { authorizationType: "NONE" }, "chat"),
      route("default", "$default", { authorizationType: "NONE" }, "chat"),
      route("message", "message", { authorizationType: "NONE" }, "chat"),
    ],
  ],
];

describe(rule, () => {
  test.each(violations)("reports: %s", async (_situation, resources, says) => {
    const reported = await analyze(resources);
    expect(reported.map(kindOf)).toEqual(["no-authorization"]);
    expect(reported).toEqual([
      {
        rule,
        level: "mandatory",
        resource: "connect",
        message: expect.stringContaining(`$connect of "connect" `),
      },
    ]);
    expect(reported[0]?.message).toContain(says);
  });

  test.each(silent)("is silent: %s", async (_situation, resources) => {
    expect(await analyze(resources)).toEqual([]);
  });

  test("an organization may accept API keys", async () => {
    const options = { [rule]: { acceptApiKeys: true } };
    expect(await analyze(connect({ apiKeyRequired: true }), { options })).toEqual([]);
    expect(await analyze(connect({ apiKeyRequired: false }), { options })).toHaveLength(1);
  });
});
