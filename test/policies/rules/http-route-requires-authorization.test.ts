import { describe, expect, test } from "vitest";
import { analyze, type Given, kindOf, secret, UNKNOWN } from "../analyze";

const rule = "http-route-requires-authorization";
const route = (properties: object, name = "lookup"): Given => ({
  type: "aws:apigatewayv2/route:Route",
  name,
  properties: { apiId: UNKNOWN, ...properties },
});
const webSocketApi: Given = {
  type: "aws:apigatewayv2/api:Api",
  name: "chat",
  properties: { protocolType: "WEBSOCKET" },
};

const violations: readonly (readonly [situation: string, resources: readonly Given[], says: string])[] = [
  ["authorizationType absent", [route({ routeKey: "GET /a" })], "GET /a has authorizationType NONE"],
  ["authorizationType NONE", [route({ routeKey: "GET /a", authorizationType: "NONE" })], "GET /a"],
  [
    "a neutral name excuses nothing",
    [route({ routeKey: "GET /items", authorizationType: "NONE" }, "neutral")],
    "GET /items",
  ],
  ["another case of NONE", [route({ routeKey: "GET /a", authorizationType: "none" })], "GET /a"],
  ["an empty authorizationType", [route({ routeKey: "GET /a", authorizationType: "" })], "GET /a"],
  ["a secret NONE", [route({ routeKey: "GET /a", authorizationType: secret("NONE") })], "GET /a"],
  [
    "authorizationType unknown",
    [route({ routeKey: "GET /a", authorizationType: UNKNOWN })],
    "not known before the deployment",
  ],
  [
    "authorizationType of a wrong type",
    [route({ routeKey: "GET /a", authorizationType: { type: "JWT" } })],
    "not known",
  ],
  [
    "JWT without an authorizer",
    [route({ routeKey: "GET /a", authorizationType: "JWT" })],
    "names no authorizerId",
  ],
  [
    "an authorizerId without a type",
    [route({ routeKey: "GET /a", authorizerId: UNKNOWN })],
    "has authorizationType NONE, and the authorizerId alone does nothing",
  ],
  [
    "CUSTOM with an empty authorizerId",
    [route({ routeKey: "GET /a", authorizationType: "CUSTOM", authorizerId: "" })],
    "names no authorizerId",
  ],
  [
    "an API key does nothing on an HTTP API",
    [route({ routeKey: "GET /a", apiKeyRequired: true })],
    "apiKeyRequired does nothing",
  ],
  [
    "CORS settings keep no caller out",
    [
      {
        ...webSocketApi,
        properties: {
          protocolType: "HTTP",
          corsConfiguration: { allowOrigins: ["https://shop.example.com"] },
        },
      },
      route({ routeKey: "GET /a" }),
    ],
    "GET /a has authorizationType NONE",
  ],
  [
    "$default beside authorized routes",
    [
      route({ routeKey: "GET /a", authorizationType: "AWS_IAM" }, "authorized"),
      route({ routeKey: "$default" }),
    ],
    "$default",
  ],
  [
    "ANY beside an authorized method of the same path",
    [
      route({ routeKey: "GET /a", authorizationType: "AWS_IAM" }, "authorized"),
      route({ routeKey: "ANY /a" }),
    ],
    "ANY /a has authorizationType NONE",
  ],
  ["routeKey unknown beside NONE", [route({ routeKey: UNKNOWN })], "routeKey that is not known"],
  ["ANY is a route like any other", [route({ routeKey: "ANY /{proxy+}" })], "ANY /{proxy+}"],
  ["$default without any WebSocket API before it", [route({ routeKey: "$default" })], "$default"],
  ["$default before the first WebSocket API", [route({ routeKey: "$default" }), webSocketApi], "$default"],
  [
    "$default after an API whose protocol is unknown",
    [{ ...webSocketApi, properties: { protocolType: UNKNOWN } }, route({ routeKey: "$default" })],
    "$default",
  ],
];

const silent: readonly (readonly [situation: string, resources: readonly Given[]])[] = [
  ["JWT with an authorizer", [route({ routeKey: "GET /a", authorizationType: "JWT", authorizerId: "abc" })]],
  [
    "JWT with an authorizer whose id is unknown",
    [route({ routeKey: "GET /a", authorizationType: "JWT", authorizerId: UNKNOWN })],
  ],
  ["AWS_IAM", [route({ routeKey: "GET /a", authorizationType: "AWS_IAM" })]],
  ["routeKey unknown beside AWS_IAM", [route({ routeKey: UNKNOWN, authorizationType: "AWS_IAM" })]],
  [
    "OPTIONS may stay NONE: browsers send preflights without credentials",
    [route({ routeKey: "OPTIONS /{proxy+}" })],
  ],
  ["a message route of a WebSocket API", [route({ routeKey: "sendmessage" })]],
  [
    "a message route that requires a key, which WebSocket APIs support",
    [route({ routeKey: "sendmessage", apiKeyRequired: true })],
  ],
  ["$disconnect", [route({ routeKey: "$disconnect" })]],
  ["$connect belongs to its own rule", [route({ routeKey: "$connect" })]],
  ["$default after a WebSocket API is the stack rule's", [webSocketApi, route({ routeKey: "$default" })]],
];

describe(rule, () => {
  test.each(violations)("reports: %s", async (_situation, resources, says) => {
    const reported = (await analyze(resources)).filter((violation) => violation.rule === rule);
    expect(reported.map(kindOf)).toEqual(["no-authorization"]);
    expect(reported[0]).toMatchObject({ level: "mandatory", message: expect.stringContaining(says) });
  });

  test.each(silent)("is silent: %s", async (_situation, resources) => {
    expect((await analyze(resources)).filter((violation) => violation.rule === rule)).toEqual([]);
  });
});
