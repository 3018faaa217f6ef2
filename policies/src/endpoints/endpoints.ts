import type { ResourceType, Stack } from "../stack";
import { agentEndpoints, agentTypes } from "./agent-gateway";
import { documentEndpoints } from "./document";
import type { Endpoint } from "./endpoint";
import { ChannelNamespace, EventApi, eventEndpoints } from "./event-api";
import { FunctionUrl, functionUrlEndpoints } from "./function-url";
import { GraphqlApi, graphqlEndpoints } from "./graphql-api";
import { Api, httpEndpoints, Route } from "./http-api";
import { latticeEndpoints, latticeTypes } from "./lattice-service";
import { loadBalancerTypes } from "./load-balancer";
import { loadBalancerEndpoints } from "./load-balancer-endpoints";
import { Integration, Method, RestApi, RestApiPut, RestResource, restEndpoints } from "./rest-api";
import { connectionOf, webSocketApis } from "./websocket-api";

/** The types whose inputs `endpointsOf` reads. */
export const endpointTypes = [
  Api,
  Route,
  RestApi,
  RestApiPut,
  RestResource,
  Method,
  Integration,
  FunctionUrl,
  GraphqlApi,
  EventApi,
  ChannelNamespace,
  ...agentTypes,
  ...latticeTypes,
  ...loadBalancerTypes,
] as const satisfies readonly ResourceType<never>[];

/** The rules ask one after the other; a stack never changes. */
const known = new WeakMap<Stack, readonly Endpoint[]>();

/** Every endpoint that a stack exposes, and who may call it. */
export function endpointsOf(stack: Stack): readonly Endpoint[] {
  const endpoints = known.get(stack) ?? collected(stack);
  known.set(stack, endpoints);
  return endpoints;
}

function collected(stack: Stack): readonly Endpoint[] {
  return [
    ...restEndpoints(stack),
    ...httpEndpoints(stack),
    ...webSocketApis(stack)
      .filter((api) => connectionOf(stack, api) === "unguarded")
      .map(
        (api): Endpoint => ({
          resource: api,
          route: "$connect",
          authentication: {
            verdict: "open",
            because: "has no route of its own, so every connection is accepted",
          },
        }),
      ),
    ...functionUrlEndpoints(stack),
    ...graphqlEndpoints(stack),
    ...eventEndpoints(stack),
    ...agentEndpoints(stack),
    ...latticeEndpoints(stack),
    ...loadBalancerEndpoints(stack),
    ...documentEndpoints(stack),
  ];
}
