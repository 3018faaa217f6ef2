import { describe, expect, test } from "vitest";
import type { Made } from "./calls";
import { refusedCalls } from "./refused-calls";
import { findServiceModels } from "./service-model";

const permission = {
  action: "lambda:InvokeFunction",
  function: "lookup",
  principal: "apigateway.amazonaws.com",
  sourceArn: "arn:aws:execute-api:us-east-1:123456789012:a1b2c3/live/GET/customers/*",
};
const route = { apiId: "a1b2c3", routeKey: "GET /customers/{id}", authorizationType: "AWS_IAM" };
const acl = {
  scope: "REGIONAL",
  defaultAction: { allow: {} },
  visibilityConfig: {
    cloudwatchMetricsEnabled: true,
    metricName: "customers",
    sampledRequestsEnabled: false,
  },
};

const cases: readonly (readonly [what: string, made: Made, refused: readonly string[]])[] = [
  ["a permission", { type: "aws:lambda/permission:Permission", id: "orders-1", inputs: permission }, []],
  [
    "the name of a component that a statement's id can't have",
    { type: "aws:lambda/permission:Permission", id: "orders.v2-1", inputs: permission },
    ['orders.v2-1: AddPermission.StatementId is "orders.v2-1", which doesn\'t match ([a-zA-Z0-9-_]+)'],
  ],
  [
    "a name that is too long",
    { type: "aws:lambda/permission:Permission", id: "a".repeat(101), inputs: permission },
    [`${"a".repeat(101)}: AddPermission.StatementId is "${"a".repeat(101)}": 101, more than 100`],
  ],
  [
    "what is required and isn't there",
    {
      type: "aws:lambda/permission:Permission",
      id: "orders-1",
      inputs: { ...permission, principal: undefined },
    },
    ["orders-1: AddPermission.Principal is missing"],
  ],
  ["a route", { type: "aws:apigatewayv2/route:Route", id: "route-1", inputs: route }, []],
  [
    "a value that isn't in the list",
    { type: "aws:apigatewayv2/route:Route", id: "route-1", inputs: { ...route, authorizationType: "IAM" } },
    ['route-1: CreateRoute.AuthorizationType is "IAM", none of NONE, AWS_IAM, CUSTOM, JWT'],
  ],
  [
    "a property that the call doesn't have",
    { type: "aws:apigatewayv2/route:Route", id: "route-1", inputs: { ...route, throttle: 1 } },
    ["route-1: CreateRoute has no Throttle"],
  ],
  [
    "a value of another type, in a list",
    {
      type: "aws:apigatewayv2/route:Route",
      id: "route-1",
      inputs: { ...route, authorizationScopes: ["customers/read", 1] },
    },
    ["route-1: CreateRoute.AuthorizationScopes.1 is 1, and no string"],
  ],
  [
    "a domain of one's own for the hosted pages, whatever the model says",
    {
      type: "aws:cognito/userPoolDomain:UserPoolDomain",
      id: "people",
      inputs: {
        domain: "auth.example.com",
        userPoolId: "us-east-1_people",
        certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/auth",
      },
    },
    [],
  ],
  ["a web ACL", { type: "aws:wafv2/webAcl:WebAcl", id: "acl", inputs: acl }, []],
  [
    "a name that a metric can't have, deep within",
    {
      type: "aws:wafv2/webAcl:WebAcl",
      id: "acl",
      inputs: { ...acl, visibilityConfig: { ...acl.visibilityConfig, metricName: "My API" } },
    },
    [expect.stringContaining('CreateWebACL.VisibilityConfig.MetricName is "My API", which doesn\'t match')],
  ],
];

describe.runIf(findServiceModels() !== undefined)("AWS's models of its services refuse", () => {
  test.each(cases)("%s", (_what, made, refused) => {
    expect(refusedCalls([made])).toEqual(refused);
  });

  test("nothing of a type whose calls aren't known: that is a mistake of the tests", () => {
    const made = { type: "aws:sqs/queue:Queue", id: "queue", inputs: {} };
    expect(() => refusedCalls([made])).toThrow("with which calls is a aws:sqs/queue:Queue made?");
  });
});
