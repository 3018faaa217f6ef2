import type { ExemptionArgs } from "../../policies/src";
import { type Given, today, UNKNOWN } from "./analyze";

/** Resources as programs register them: ids unknown, found by what each property was made of. */

export const httpApi = (name: string, properties: object = {}): Given => ({
  type: "aws:apigatewayv2/api:Api",
  name,
  properties: { protocolType: "HTTP", ...properties },
});

export const webSocketApi = (name: string, properties: object = {}): Given =>
  httpApi(name, {
    protocolType: "WEBSOCKET",
    routeSelectionExpression: "$request.body.action",
    ...properties,
  });

/** @param api the API's name; without it, an API that the stack doesn't hold */
export const route = (name: string, routeKey: unknown, properties: object = {}, api?: string): Given => ({
  type: "aws:apigatewayv2/route:Route",
  name,
  properties: { apiId: api === undefined ? "a1b2c3" : UNKNOWN, routeKey, ...properties },
  ...(api !== undefined && { dependencies: { apiId: [api] } }),
});

export const restApi = (name: string, properties: object = {}): Given => ({
  type: "aws:apigateway/restApi:RestApi",
  name,
  properties: { name, ...properties },
});

/** @param parent the name of the API or of the resource above; without it, one that the stack doesn't hold */
export const restResource = (name: string, pathPart: unknown, parent?: string): Given => ({
  type: "aws:apigateway/resource:Resource",
  name,
  properties: { restApi: UNKNOWN, parentId: parent === undefined ? "d4e5f6" : UNKNOWN, pathPart },
  ...(parent !== undefined && { dependencies: { parentId: [parent] } }),
});

/** @param at the name of the resource, or of the API for its root; without it, one that the stack doesn't hold */
export const method = (name: string, httpMethod: unknown, properties: object = {}, at?: string): Given => ({
  type: "aws:apigateway/method:Method",
  name,
  properties: {
    restApi: UNKNOWN,
    resourceId: at === undefined ? "d4e5f6" : UNKNOWN,
    httpMethod,
    ...properties,
  },
  ...(at !== undefined && { dependencies: { resourceId: [at] } }),
});

export const integration = (name: string, properties: object, at?: string): Given => ({
  type: "aws:apigateway/integration:Integration",
  name,
  properties: { restApi: UNKNOWN, resourceId: at === undefined ? "d4e5f6" : UNKNOWN, ...properties },
  ...(at !== undefined && { dependencies: { resourceId: [at] } }),
});

export const functionUrl = (name: string, properties: object = {}): Given => ({
  type: "aws:lambda/functionUrl:FunctionUrl",
  name,
  properties: { functionName: UNKNOWN, ...properties },
});

export const graphqlApi = (name: string, properties: object = {}): Given => ({
  type: "aws:appsync/graphQLApi:GraphQLApi",
  name,
  properties: { authenticationType: "AWS_IAM", ...properties },
});

/** An event API of AppSync, in whose every mode callers are authenticated by IAM. */
export const eventApi = (name: string, eventConfig: object = {}): Given => {
  const modes = [{ authType: "AWS_IAM" }];
  return {
    type: "aws:appsync/api:Api",
    name,
    properties: {
      eventConfig: {
        authProviders: modes,
        connectionAuthModes: modes,
        defaultPublishAuthModes: modes,
        defaultSubscribeAuthModes: modes,
        ...eventConfig,
      },
    },
  };
};

export const channelNamespace = (name: string, properties: object = {}): Given => ({
  type: "aws:appsync/channelNamespace:ChannelNamespace",
  name,
  properties: { apiId: UNKNOWN, name, ...properties },
});

/** A date so many days after (or before) the tests' today. */
export function day(fromToday: number): string {
  return new Date(Date.parse(today) + fromToday * 86_400_000).toISOString().slice(0, 10);
}

/** The inputs of a declaration that counts. */
export const declaration = (routes: unknown, changed: object = {}) => ({
  routes,
  reason: "load balancer health probe, returns no data",
  owner: "team-edge",
  reviewBy: day(90),
  ...changed,
});

export const publicAccess = (name: string, routes: unknown, changed: object = {}): Given => ({
  type: "api-guardrails:index:PublicAccess",
  name,
  properties: declaration(routes, changed),
});

export const under = (parent: string, given: Given): Given => ({ ...given, parent });

/** An exemption of the pack's configuration that counts. */
export const exemption = (rule: string, resource: string, changed: object = {}): ExemptionArgs => ({
  rule,
  project: "customers",
  stacks: ["dev"],
  resource,
  reason: "load balancer health probe, returns no data",
  owner: "team-edge",
  reviewBy: day(90),
  ...changed,
});

/** A stack of CloudFormation's. */
export const template = (properties: object): Given => ({
  type: "aws:cloudformation/stack:Stack",
  name: "partners",
  properties: { ...properties },
});
