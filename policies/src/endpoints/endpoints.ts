import type { ResourceType, Stack } from "../stack";
import { agentEndpoints, agentTypes } from "./agent-core/agent-gateway";
import { documentEndpoints } from "./api-gateway/document";
import { Api, httpEndpoints, Route } from "./api-gateway/http-api";
import {
  Integration,
  Method,
  RestApi,
  RestApiPut,
  RestResource,
  restEndpoints,
} from "./api-gateway/rest-api";
import { connectionOf, webSocketApis } from "./api-gateway/websocket-api";
import { ChannelNamespace, EventApi, eventEndpoints } from "./app-sync/event-api";
import { GraphqlApi, graphqlEndpoints } from "./app-sync/graphql-api";
import type { Endpoint } from "./endpoint";
import { FunctionUrl, functionUrlEndpoints } from "./lambda/function-url";
import { latticeEndpoints, latticeTypes } from "./lattice/lattice-service";
import { loadBalancerTypes } from "./load-balancer/load-balancer";
import { loadBalancerEndpoints } from "./load-balancer/load-balancer-endpoints";

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

/** Every endpoint that a stack exposes, and who may call it. */
export function endpointsOf(stack: Stack): readonly Endpoint[] {
  return stack.answer(collected);
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
            because: "has no $connect route, so it accepts every connection",
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
