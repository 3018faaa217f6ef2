import { describe, expect, test } from "vitest";
import { analyze, type Given, kindOf, secret, UNKNOWN } from "../analyze";
import { httpApi, route, webSocketApi } from "../resources";

const rule = "http-api-forbids-quick-create";
const target = "arn:aws:lambda:eu-west-1:111111111111:function:lookup";

const violations: readonly (readonly [situation: string, api: Given])[] = [
  ["target", httpApi("quick", { target })],
  ["target unknown", httpApi("quick", { target: UNKNOWN })],
  ["a secret target", httpApi("quick", { target: secret(target) })],
  ["target of a wrong type", httpApi("quick", { target: { arn: target } })],
  ["target with a route key of its own", httpApi("quick", { target, routeKey: "GET /customers" })],
  ["CORS settings keep no caller out", httpApi("quick", { target, corsConfiguration: {} })],
  ["another case of HTTP", httpApi("quick", { target, protocolType: "http" })],
  ["protocolType absent", httpApi("quick", { target, protocolType: null })],
  ["protocolType unknown", httpApi("quick", { target, protocolType: UNKNOWN })],
  ["protocolType of a wrong type", httpApi("quick", { target, protocolType: ["WEBSOCKET"] })],
];

const silent: readonly (readonly [situation: string, resources: readonly Given[]])[] = [
  ["an API without a target", [httpApi("written-out")]],
  ["an empty target", [httpApi("written-out", { target: "" })]],
  ["a target that is null", [httpApi("written-out", { target: null })]],
  [
    "a WebSocket API, which knows no quick create",
    [
      webSocketApi("chat", { target }),
      route("connect", "$connect", { authorizationType: "AWS_IAM" }, "chat"),
    ],
  ],
];

describe(rule, () => {
  test.each(violations)("reports: %s", async (_situation, api) => {
    const reported = await analyze([api]);
    expect(reported).toEqual([
      {
        rule,
        level: "mandatory",
        resource: "quick",
        message: expect.stringContaining(
          '$default of "quick" is a quick-create catch-all route, which has no authorizer.',
        ),
      },
    ]);
    expect(reported.map(kindOf)).toEqual(["quick-create"]);
    expect(reported[0]?.message).not.toContain(target);
  });

  test.each(silent)("is silent: %s", async (_situation, resources) => {
    expect(await analyze(resources)).toEqual([]);
  });
});
