import { describe, expect, test } from "vitest";
import { analyze, type Given, kindOf } from "../analyze";
import { made } from "../edge-resources";
import { functionUrl, graphqlApi, method, restApi, route } from "../resources";

const rule = "authorization-is-not-ignored";
const iam = { authorizationType: "AWS_IAM" };
const alone = method("get", "GET", { authorization: "AWS_IAM" });
const lookup = made("aws:lambda/function:Function", "lookup");
const body = JSON.stringify({
  openapi: "3.0.1",
  paths: { "/orders": { get: { "x-amazon-apigateway-auth": { type: "AWS_IAM" } } } },
});

const ignoring = (given: Given, ...ignoreChanges: readonly string[]): Given => ({ ...given, ignoreChanges });
const authenticating = [{ type: "authenticate-oidc" }, { type: "forward" }];
const listener = (actions: unknown): Given =>
  made("aws:lb/listener:Listener", "https", {}, { port: 443, protocol: "HTTPS", defaultActions: actions });

type Row = readonly [situation: string, resources: readonly Given[], on: string, says: string];

const violations: readonly Row[] = [
  ["a method's authorization", [ignoring(alone, "authorization")], "get", "authorization"],
  [
    "a method's authorizer, among others",
    [ignoring(alone, "requestParameters", "authorizerId", "authorizationScopes[0]")],
    "get",
    "authorizerId and authorizationScopes",
  ],
  [
    "every property of a route",
    [ignoring(route("list", "GET /orders", iam), "*")],
    "list",
    "authorizationType, authorizerId, and authorizationScopes",
  ],
  [
    "a property in the other spelling of a path",
    [ignoring(route("list", "GET /orders", iam), '["authorizationType"]')],
    "list",
    "authorizationType",
  ],
  [
    "part of a property",
    [
      ignoring(
        made(
          "aws:apigatewayv2/authorizer:Authorizer",
          "jwt",
          {},
          {
            authorizerType: "JWT",
            identitySources: ["$request.header.Authorization"],
            jwtConfiguration: { issuer: "https://login.example.com", audiences: ["orders"] },
          },
        ),
        "jwtConfiguration.audiences",
      ),
    ],
    "jwt",
    "jwtConfiguration",
  ],
  ["a document", [ignoring(restApi("orders", { body }), "body")], "orders", "body"],
  ["a function URL", [ignoring(functionUrl("url", iam), "authorizationType")], "url", "authorizationType"],
  [
    "the triggers of a deployment",
    [ignoring(made("aws:apigateway/deployment:Deployment", "deployed"), "triggers")],
    "deployed",
    "triggers",
  ],
  [
    "the deployment of a stage",
    [ignoring(made("aws:apigateway/stage:Stage", "live"), "deployment")],
    "live",
    "deployment",
  ],
  [
    "a GraphQL API",
    [ignoring(graphqlApi("graph", { authenticationType: "AWS_IAM" }), "authenticationType")],
    "graph",
    "authenticationType",
  ],
];

const advisories: readonly Row[] = [
  [
    "all of a listener that authenticates",
    [ignoring(listener(authenticating), "*")],
    "https",
    "defaultActions",
  ],
  [
    "the actions of a listener that authenticate, among others",
    [ignoring(listener(authenticating), "tags", "defaultActions", "certificateArn")],
    "https",
    "defaultActions",
  ],
  [
    "a late action of a listener that authenticates",
    [ignoring(listener(authenticating), "defaultActions[10]")],
    "https",
    "defaultActions",
  ],
  ...(["lb", "alb"] as const).flatMap((module): readonly Row[] => [
    [
      `the actions of a listener of aws.${module}`,
      [
        ignoring(
          made(`aws:${module}/listener:Listener`, "https", {}, { defaultActions: authenticating }),
          "defaultActions",
        ),
      ],
      "https",
      "defaultActions",
    ],
    [
      `the actions of a rule of aws.${module}`,
      [
        ignoring(
          made(`aws:${module}/listenerRule:ListenerRule`, "api", {}, { actions: authenticating }),
          "actions",
        ),
      ],
      "api",
      "actions",
    ],
  ]),
  [
    "the actions of a listener that authenticate",
    [ignoring(listener(authenticating), "defaultActions")],
    "https",
    "defaultActions",
  ],
  [
    "one action of a rule that authenticates",
    [
      ignoring(
        made("aws:alb/listenerRule:ListenerRule", "api", {}, { actions: authenticating, conditions: [] }),
        "actions[0]",
      ),
    ],
    "api",
    "actions",
  ],
];

const silent: readonly (readonly [situation: string, resources: readonly Given[]])[] = [
  [
    "properties that decide nothing",
    [ignoring(alone, "requestParameters", "authorizationExtra", 'tags["authorization"]')],
  ],
  [
    "only the target group of an action, as blue/green deployments swap it",
    [ignoring(listener(authenticating), "defaultActions[1].targetGroupArn")],
  ],
  [
    "the actions of a listener that authenticates nobody",
    [ignoring(listener([{ type: "forward" }]), "defaultActions")],
  ],
  ["the actions of a listener that has none", [ignoring(listener([]), "defaultActions")]],
  [
    "a rule's property of the listener's name",
    [
      ignoring(
        made("aws:lb/listenerRule:ListenerRule", "api", {}, { actions: authenticating }),
        "defaultActions",
      ),
    ],
  ],
  ["a type that decides nothing", [ignoring(lookup, "*")]],
  ["a listener's certificate", [ignoring(listener(authenticating), "certificateArn")]],
];

const reportedBy = async (...args: Parameters<typeof analyze>) =>
  (await analyze(...args))
    .filter((violation) => violation.rule === rule)
    .map((found) => ({ ...found, kind: kindOf(found) }));

describe(rule, () => {
  test.each(violations)("blocks: %s", async (_situation, resources, on, says) => {
    expect(await reportedBy(resources)).toEqual([
      expect.objectContaining({
        level: "mandatory",
        resource: on,
        kind: "ignored-authorization",
        message: expect.stringContaining(`ignores changes to ${says}, so`),
      }),
    ]);
  });

  const deciding: Readonly<Record<string, readonly string[]>> = {
    "aws:apigateway/method:Method": ["authorization", "authorizerId", "authorizationScopes"],
    "aws:apigatewayv2/route:Route": ["authorizationType", "authorizerId", "authorizationScopes"],
    "aws:apigateway/authorizer:Authorizer": ["type", "authorizerUri", "providerArns", "identitySource"],
    "aws:apigatewayv2/authorizer:Authorizer": [
      "authorizerType",
      "authorizerUri",
      "jwtConfiguration",
      "identitySources",
    ],
    "aws:apigateway/restApi:RestApi": ["body", "policy", "disableExecuteApiEndpoint"],
    "aws:apigateway/restApiPut:RestApiPut": ["body"],
    "aws:apigateway/restApiPolicy:RestApiPolicy": ["policy"],
    "aws:apigatewayv2/api:Api": ["body", "target", "disableExecuteApiEndpoint"],
    "aws:apigateway/deployment:Deployment": ["triggers", "variables"],
    "aws:apigatewayv2/deployment:Deployment": ["triggers"],
    "aws:apigateway/stage:Stage": ["deployment"],
    "aws:apigatewayv2/stage:Stage": ["deploymentId", "autoDeploy"],
    "aws:apigateway/domainName:DomainName": ["mutualTlsAuthentication"],
    "aws:apigatewayv2/domainName:DomainName": ["mutualTlsAuthentication"],
    "aws:lambda/functionUrl:FunctionUrl": ["authorizationType"],
    "aws:lambda/permission:Permission": ["principal", "sourceArn", "sourceAccount", "principalOrgId"],
    "aws:lambda/resourcePolicy:ResourcePolicy": ["policy"],
    "aws:appsync/graphQLApi:GraphQLApi": [
      "authenticationType",
      "additionalAuthenticationProviders",
      "openidConnectConfig",
      "userPoolConfig",
    ],
    "aws:appsync/api:Api": ["eventConfig"],
    "aws:appsync/channelNamespace:ChannelNamespace": ["publishAuthModes", "subscribeAuthModes"],
    "aws:bedrock/agentcoreGateway:AgentcoreGateway": ["authorizerType", "authorizerConfiguration"],
    "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime": ["authorizerConfiguration"],
    "aws:bedrock/agentcoreHarness:AgentcoreHarness": ["authorizerConfiguration"],
    "aws:bedrock/agentcoreRegistry:AgentcoreRegistry": ["authorizerType", "authorizerConfiguration"],
    "aws:agentregistry/registry:Registry": ["discoveryConfiguration"],
    "aws:vpclattice/service:Service": ["authType"],
    "aws:vpclattice/serviceNetwork:ServiceNetwork": ["authType"],
    "aws:vpclattice/authPolicy:AuthPolicy": ["policy"],
  };
  const decidingProperties = Object.entries(deciding).flatMap(([type, properties]) =>
    properties.map((property) => [type, property] as const),
  );
  test.each(decidingProperties)("blocks, of each type: %s, %s", async (type, property) => {
    const ignored = ignoring(made(type, "part"), property);
    expect(await reportedBy([ignored])).toEqual([
      expect.objectContaining({
        level: "mandatory",
        resource: "part",
        kind: "ignored-authorization",
        message: expect.stringContaining(`"part" ignores changes to ${property}, so`),
      }),
    ]);
    expect(await reportedBy([ignoring(made(type, "part"), "tags")])).toEqual([]);
  });

  test.each(advisories)("advises: %s", async (_situation, resources, on, says) => {
    const expected = {
      resource: on,
      kind: "ignored-actions",
      message: expect.stringContaining(`ignores changes to ${says}, so`),
    };
    expect(await reportedBy(resources)).toEqual([
      expect.objectContaining({ ...expected, level: "advisory" }),
    ]);
    expect(await reportedBy(resources, { preset: "strict" })).toEqual([
      expect.objectContaining({ ...expected, level: "mandatory" }),
    ]);
  });

  test.each(silent)("is silent: %s", async (_situation, resources) => {
    expect(await reportedBy(resources)).toEqual([]);
  });

  test("knows what aws-native calls the properties whose changes are ignored", async () => {
    const native = {
      type: "aws-native:apigateway:Method",
      name: "get",
      properties: { authorizationType: "AWS_IAM", httpMethod: "GET" },
    };
    expect(await reportedBy([ignoring(native, "authorizationType")])).toHaveLength(1);
    expect(await reportedBy([ignoring(native, "authorization")])).toEqual([]);
  });
});
