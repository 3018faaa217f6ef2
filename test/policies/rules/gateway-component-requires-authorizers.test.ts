import { describe, expect, test } from "vitest";
import { analyze, type Given, kindOf, UNKNOWN } from "../analyze";

const rule = "gateway-component-requires-authorizers";
const component = (properties: object): Given => ({
  type: "aws-apigateway:index:RestAPI",
  name: "customers",
  properties: properties as Record<string, unknown>,
});
const route = (properties: object) =>
  component({ routes: [{ path: "/customers", method: "GET", eventHandler: UNKNOWN, ...properties }] });
const authorizer = { authorizerName: "lambda", parameterName: "Authorization", handler: UNKNOWN };

const violations: readonly (readonly [situation: string, given: Given, kind: string, says: string])[] = [
  [
    "neither authorizers nor iamAuthEnabled",
    route({}),
    "no-authorization",
    "GET /customers has neither authorizers",
  ],
  ["an empty list of authorizers", route({ authorizers: [] }), "no-authorization", "has neither authorizers"],
  ["iamAuthEnabled false", route({ iamAuthEnabled: false }), "no-authorization", "has neither authorizers"],
  ["an API key only", route({ apiKeyRequired: true }), "no-authorization", "only an API key"],
  [
    "a path without its slash",
    component({ routes: [{ path: "a", method: "GET", eventHandler: UNKNOWN }] }),
    "no-authorization",
    "GET /a",
  ],
  [
    "a static route",
    component({ routes: [{ path: "/site", localPath: "www" }] }),
    "no-authorization",
    "GET /site has neither",
  ],
  [
    "an integration publishes ANY, whatever method it names",
    component({ routes: [{ path: "/proxy", method: "GET", target: UNKNOWN }] }),
    "no-authorization",
    "ANY /proxy has neither",
  ],
  [
    "data ignores the authorizers beside it",
    component({
      routes: [{ path: "/raw", method: "GET", data: {}, authorizers: [authorizer], iamAuthEnabled: true }],
    }),
    "no-authorization",
    "with data, authorizers and iamAuthEnabled do nothing",
  ],
  [
    "data with an empty security list",
    component({ routes: [{ path: "/raw", method: "GET", data: { security: [] } }] }),
    "no-authorization",
    "empty security list",
  ],
  [
    "a method that is not known",
    route({ method: UNKNOWN }),
    "no-authorization",
    '"customers" has neither authorizers',
  ],
  [
    "an open operation in swaggerString, which makes the component ignore its routes",
    component({
      swaggerString: '{"swagger": "2.0", "paths": {"/a": {"get": {}}}}',
      routes: [{ path: "/b", iamAuthEnabled: true, eventHandler: UNKNOWN, method: "GET" }],
    }),
    "no-authorization",
    "GET /a has no security",
  ],
  [
    "a swaggerString that can't be read",
    component({ swaggerString: "{" }),
    "unreadable-document",
    "neither valid JSON nor valid YAML",
  ],
];

const silent: readonly (readonly [situation: string, given: Given])[] = [
  ["no inputs, as the released provider registers it", component({})],
  ["an authorizer", route({ authorizers: [authorizer] })],
  ["an authorizer that is not known itself", route({ authorizers: [UNKNOWN] })],
  ["iamAuthEnabled", route({ iamAuthEnabled: true })],
  ["iamAuthEnabled as a text", route({ iamAuthEnabled: "true" })],
  ["a preflight is in the body that it creates", route({ method: "OPTIONS" })],
  [
    "data with IAM of its own",
    component({
      routes: [{ path: "/raw", method: "GET", data: { "x-amazon-apigateway-auth": { type: "AWS_IAM" } } }],
    }),
  ],
  [
    "a protected swaggerString beside open routes, which are ignored",
    component({
      swaggerString:
        '{"swagger": "2.0", "paths": {"/a": {"get": {"x-amazon-apigateway-auth": {"type": "AWS_IAM"}}}}}',
      routes: [{ path: "/b", method: "GET", eventHandler: UNKNOWN }],
    }),
  ],
];

const unknowns: readonly (readonly [situation: string, given: Given])[] = [
  ["routes", component({ routes: UNKNOWN })],
  ["one route", component({ routes: [UNKNOWN] })],
  ["swaggerString", component({ swaggerString: UNKNOWN })],
  ["authorizers", route({ authorizers: UNKNOWN })],
  ["iamAuthEnabled", route({ iamAuthEnabled: UNKNOWN })],
  ["iamAuthEnabled, of a wrong type,", route({ iamAuthEnabled: "no" })],
  ["data", component({ routes: [{ path: "/raw", method: "GET", data: UNKNOWN }] })],
];

describe(rule, () => {
  test.each(violations)("reports: %s", async (_situation, given, kind, says) => {
    const reported = await analyze([given]);
    expect(reported).toMatchObject([{ rule, level: "mandatory", resource: "customers" }]);
    expect(reported.map(kindOf)).toEqual([kind]);
    expect(reported[0]?.message).toContain(says);
    // A declaration would have to be the parent of what the component creates.
    expect(reported[0]?.message).not.toContain("PublicAccess");
  });

  test.each(silent)("is silent: %s", async (_situation, given) => {
    const reported = await analyze([given]);
    // What shows nothing at all is named by another rule.
    expect(reported.filter((found) => found.rule !== "unread-infrastructure-is-named")).toEqual([]);
  });

  test.each(unknowns)("advises where %s is not known before the deployment", async (_part, given) => {
    const reported = await analyze([given]);
    expect(reported).toMatchObject([{ rule, level: "advisory" }]);
    expect(reported.map(kindOf)).toEqual(["unknown-document"]);
    expect(reported[0]?.message).toContain("Fix: write the routes as plain values");
    const options = { [rule]: { unknownDocuments: "mandatory" } };
    expect(await analyze([given], { options })).toMatchObject([{ rule, level: "mandatory" }]);
  });

  test("an exemption covers the route here and in the body that the component creates", async () => {
    const body = JSON.stringify({ swagger: "2.0", paths: { "/customers": { get: {} } } });
    const stack: Given[] = [
      route({}),
      {
        type: "aws:apigateway/restApi:RestApi",
        name: "customers",
        parent: "customers",
        properties: { body },
      },
    ];
    // Both are named "customers", as the component names its child: the exemption has to say which by its URN.
    const exempt = (named: string) =>
      analyze([...stack.slice(0, 1), { ...(stack[1] as Given), name: "body" }], {
        exemptions: [
          {
            rule,
            project: "customers",
            stacks: ["dev"],
            resource: named,
            routes: ["GET /customers"],
            reason: "a public catalogue, no customer data",
            owner: "team-edge",
            reviewBy: "2026-07-01",
          },
        ],
      });
    expect(await exempt("customers")).toEqual([]);
    expect((await exempt("other")).filter(({ level }) => level === "mandatory")).toHaveLength(1);
  });
});
