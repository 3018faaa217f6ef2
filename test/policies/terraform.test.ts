import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { rules } from "../../policies/src";
import { inTermsOfAws } from "../../policies/src/forms";
import { analyze, type Given, UNKNOWN } from "./analyze";
import { exemption } from "./resources";

const require = createRequire(import.meta.url);

/** A resource of a Terraform module, in Terraform's own words. Pulumi shows no dependencies of it. */
const ofModule = (type: string, name: string, properties: object): Given => ({
  type: `apigw:tf:${type}`,
  name: `module.api.${type}.${name}`,
  parent: "api",
  properties: { ...properties },
});
const moduleComponent: Given = { type: "apigw:index:Module", name: "api" };
const inModule = (...resources: readonly Given[]) => [moduleComponent, ...resources];
const bridged = (
  type: string,
  name: string,
  properties: object,
  dependencies: Given["dependencies"] = {},
) => ({
  type: `aws:index/${type}:${type.charAt(0).toUpperCase()}${type.slice(1)}`,
  name,
  properties: { ...properties },
  dependencies,
});

const httpApi = ofModule("aws_apigatewayv2_api", "this[0]", { protocol_type: "HTTP", name: "customers" });
const webSocketApi = ofModule("aws_apigatewayv2_api", "this[0]", { protocol_type: "WEBSOCKET" });
const route = (properties: object, name = 'this["GET /customers/{id}"]') =>
  ofModule("aws_apigatewayv2_route", name, {
    api_id: UNKNOWN,
    route_key: "GET /customers/{id}",
    authorization_type: "NONE",
    authorizer_id: null,
    ...properties,
  });
const login = [{ on_unauthenticated_request: "allow", client_id: "c" }];
const body = JSON.stringify({ openapi: "3.0.1", paths: { "/customers": { get: {} } } });

const open: readonly (readonly [string, readonly Given[], string, string])[] = [
  [
    "a route of a module",
    inModule(httpApi, route({})),
    "http-route-requires-authorization",
    "GET /customers/{id} has authorizationType NONE",
  ],
  [
    "a route of a module without its API",
    inModule(route({ api_id: "a1b2c3d4e5" })),
    "http-route-requires-authorization",
    "GET /customers/{id} has authorizationType NONE",
  ],
  [
    "a route of a module whose type is null",
    inModule(route({ authorization_type: null })),
    "http-route-requires-authorization",
    "has authorizationType NONE",
  ],
  [
    "a route of a module with an unknown type",
    inModule(route({ authorization_type: UNKNOWN })),
    "http-route-requires-authorization",
    "not known before the deployment",
  ],
  [
    "a method of a module",
    inModule(
      ofModule("aws_api_gateway_method", "get", {
        rest_api_id: UNKNOWN,
        resource_id: UNKNOWN,
        http_method: "GET",
        authorization: "NONE",
      }),
    ),
    "rest-method-requires-authorization",
    "has authorization NONE",
  ],
  [
    "a document of a module",
    inModule(ofModule("aws_api_gateway_rest_api", "this", { body })),
    "openapi-operation-requires-authorization",
    "GET /customers",
  ],
  [
    "a function URL of a module",
    inModule(ofModule("aws_lambda_function_url", "this", { function_name: "f", authorization_type: "NONE" })),
    "function-url-requires-iam",
    "has authorizationType NONE",
  ],
  [
    "a permission of a module",
    inModule(
      ofModule("aws_lambda_permission", "all", {
        function_name: "f",
        action: "lambda:InvokeFunction",
        principal: "*",
      }),
    ),
    "lambda-permission-names-its-caller",
    "",
  ],
  [
    "a listener of a module, whose actions are blocks in lists",
    inModule(
      ofModule("aws_lb_listener", "https", {
        load_balancer_arn: UNKNOWN,
        protocol: "HTTPS",
        default_action: [
          { type: "authenticate-oidc", authenticate_oidc: login, forward: [] },
          { type: "forward", target_group_arn: UNKNOWN, authenticate_oidc: [] },
        ],
      }),
    ),
    "load-balancer-authentication-holds",
    "",
  ],
  [
    "a GraphQL API of a module with a second provider",
    inModule(
      ofModule("aws_appsync_graphql_api", "this", {
        authentication_type: "AWS_IAM",
        additional_authentication_provider: [{ authentication_type: "API_KEY", openid_connect_config: [] }],
      }),
    ),
    "graphql-api-forbids-api-keys",
    "",
  ],
  [
    "a function URL of a bridged provider",
    [bridged("lambdaFunctionUrl", "lookup", { functionName: "lookup", authorizationType: "NONE" })],
    "function-url-requires-iam",
    '"lookup" has authorizationType NONE',
  ],
  [
    "a route of a bridged provider",
    [
      bridged("apigatewayv2Api", "http", { protocolType: "HTTP" }),
      bridged("apigatewayv2Route", "get", { apiId: UNKNOWN, routeKey: "GET /a" }, { apiId: ["http"] }),
    ],
    "http-route-requires-authorization",
    "GET /a has authorizationType NONE",
  ],
  [
    "a method of a bridged provider",
    [
      bridged("apiGatewayMethod", "get", {
        restApiId: UNKNOWN,
        resourceId: UNKNOWN,
        httpMethod: "GET",
        authorization: "NONE",
      }),
    ],
    "rest-method-requires-authorization",
    "has authorization NONE",
  ],
  [
    "a WebSocket API of a module without $connect",
    inModule(webSocketApi, route({ route_key: "send" })),
    "endpoint-requires-authentication",
    "",
  ],
];

const silent: readonly (readonly [string, readonly Given[]])[] = [
  [
    "a route of a module with a JWT authorizer",
    inModule(
      httpApi,
      ofModule("aws_apigatewayv2_authorizer", "this", {
        api_id: UNKNOWN,
        authorizer_type: "JWT",
        identity_sources: ["$request.header.Authorization"],
        jwt_configuration: [{ issuer: "https://login.example.com", audience: ["customers"] }],
      }),
      route({
        authorization_type: "JWT",
        authorizer_id: UNKNOWN,
        authorization_scopes: ["customers/read"],
      }),
    ),
  ],
  [
    "a private API of a module, whose endpoint type is in a list",
    inModule(
      ofModule("aws_api_gateway_rest_api", "this", {
        endpoint_configuration: [{ types: ["PRIVATE"], vpc_endpoint_ids: ["vpce-1"] }],
      }),
    ),
  ],
  [
    "the messages and the default route of a module's WebSocket API",
    inModule(
      webSocketApi,
      route({ route_key: "$connect", authorization_type: "AWS_IAM" }, "connect"),
      route({ route_key: "$default" }, "default"),
      route({ route_key: "send" }, "send"),
    ),
  ],
  [
    "a preflight of a module's API that answers them",
    inModule(
      ofModule("aws_apigatewayv2_api", "this[0]", {
        protocol_type: "HTTP",
        cors_configuration: [{ allow_origins: ["https://shop.example.com"] }],
      }),
      route({ route_key: "GET /a", authorization_type: "AWS_IAM" }),
    ),
  ],
  [
    "a module's listener that authenticates everybody",
    inModule(
      ofModule("aws_lb_listener", "https", {
        load_balancer_arn: UNKNOWN,
        protocol: "HTTPS",
        default_action: [
          {
            type: "authenticate-oidc",
            authenticate_oidc: [{ on_unauthenticated_request: "authenticate", client_id: "c" }],
          },
          { type: "forward", target_group_arn: UNKNOWN },
        ],
      }),
    ),
  ],
  [
    "a module's function URL with IAM",
    inModule(ofModule("aws_lambda_function_url", "this", { authorization_type: "AWS_IAM" })),
  ],
  [
    "a module's deployment whose triggers may be made of its methods",
    inModule(
      ofModule("aws_api_gateway_rest_api", "this", { name: "orders" }),
      ofModule("aws_api_gateway_method", "get", {
        rest_api_id: UNKNOWN,
        resource_id: UNKNOWN,
        http_method: "GET",
        authorization: "AWS_IAM",
      }),
      ofModule("aws_api_gateway_deployment", "this", { rest_api_id: UNKNOWN, triggers: UNKNOWN }),
    ),
  ],
  [
    "a route of another Terraform provider",
    [
      { type: "gw:tf:awscc_apigatewayv2_route", name: "a", properties: { route_key: "GET /a" } },
      { type: "gw:tf:awsome_lambda_function_url", name: "b", properties: { authorization_type: "NONE" } },
      { type: "acme:index/lambdaFunctionUrl:LambdaFunctionUrl", name: "c", properties: {} },
    ],
  ],
];

describe("Terraform inside Pulumi", () => {
  test.each(open)("blocks: %s", async (_, resources, rule, says) => {
    const reported = await analyze(resources);
    expect(reported.map((found) => [found.rule, found.level])).toEqual([[rule, "mandatory"]]);
    expect(reported[0]?.message).toContain(says);
  });

  test.each(silent)("is silent: %s", async (_, resources) => {
    expect(await analyze(resources)).toEqual([]);
  });

  test("a message translates the names, and offers what its reader can write", async () => {
    const rule = "http-route-requires-authorization";
    const given = inModule(httpApi, route({}));
    const [reported] = await analyze(given);
    expect(reported?.message).toContain("authorizationType is authorization_type");
    expect(reported?.message).toContain("exempt it in the pack's configuration");
    expect(reported?.message).not.toContain("new PublicAccess");
    expect(await analyze(given, { exemptions: [exemption(rule, reported?.resource ?? "")] })).toEqual([]);
  });

  test("maps keep the keys that the program gave them", () => {
    const tags = { team_name: "edge" };
    expect(inTermsOfAws("apigw:tf:aws_lb", { tags, security_groups: ["sg"] }).properties).toEqual({
      tags,
      securityGroups: ["sg"],
    });
    expect(inTermsOfAws("aws:index/lb:Lb", { tags }).properties).toEqual({ tags });
  });
});

/** Terraform's names of types whose token in the provider aws doesn't follow from them. */
const irregular: Readonly<Record<string, string>> = {
  "lb/loadBalancer": "lb",
  "alb/loadBalancer": "alb",
  "ec2/instance": "instance",
  "ec2/securityGroup": "security_group",
  "ec2/securityGroupRule": "security_group_rule",
  "cloudcontrol/resource": "cloudcontrolapi_resource",
  "appsync/graphQLApi": "appsync_graphql_api",
  "serverlessrepository/cloudFormationStack": "serverlessapplicationrepository_cloudformation_stack",
  "cognito/identityPoolRoleAttachment": "cognito_identity_pool_roles_attachment",
};

describe("every type that the rules read has its name in Terraform", () => {
  const aws = dirname(require.resolve("@pulumi/aws/package.json"));
  const tokens = new Set(
    rules
      .flatMap((rule) => [...rule.resources, ...rule.stackResources])
      .map(({ token }) => token)
      .filter((token) => /^aws:[^:]+\/[^:]+:/.test(token)),
  );

  test.each([...tokens])("%s", (token) => {
    const [, file = "", name = ""] = token.split(":");
    const terraform =
      irregular[file] ??
      file
        .replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
        .replace("/", "_")
        .replace("bedrock_agentcore", "bedrockagentcore")
        .replace(/^apigateway_/, "api_gateway_")
        .replace(/^elasticbeanstalk_/, "elastic_beanstalk_");
    expect(inTermsOfAws(`apigw:tf:aws_${terraform}`, {}).type).toBe(token);
    const camel = terraform.replace(/_([a-z0-9])/g, (_underscore, first: string) => first.toUpperCase());
    const bridge = `aws:index/${camel}:${camel.charAt(0).toUpperCase()}${camel.slice(1)}`;
    expect(inTermsOfAws(bridge, {}).type).toBe(token);
    expect(require(join(aws, `${file}.js`))[name]?.__pulumiType ?? token).toBe(token);
  });
});
