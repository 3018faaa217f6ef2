import type { Resource, ResourceType, Stack } from "../stack";
import { agentEndpoints, agentTypes } from "./agent-core/agent-gateway";
import { documentEndpoints, documentedEndpoints } from "./api-gateway/document";
import { GatewayComponent, gatewayComponentRoutes } from "./api-gateway/gateway-component";
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
import { GraphqlApi, graphqlEndpoints, keyOnlyTypes } from "./app-sync/graphql-api";
import { containerEndpoints } from "./containers/container-service";
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

/**
 * Every way in that a stack shows: its endpoints, and what the rules about single resources report in their place, since nobody
 * knows of it before the deployment, or it isn't in this stack. What they say of it is the verdict `undetermined`.
 */
export function waysIn(stack: Stack): readonly Endpoint[] {
  return [
    ...besidesDocuments(stack),
    ...documentedEndpoints(stack),
    ...webSocketApis(stack)
      .filter((api) => connectionOf(stack, api) === "no-routes-here")
      .map(
        (api): Endpoint => ({
          resource: api,
          route: "$connect",
          authentication: {
            verdict: "undetermined",
            because: "has no routes in this stack, so nobody can tell here whether it has a $connect route",
          },
        }),
      ),
    ...stack
      .of(GatewayComponent)
      .filter((component) => stack.childrenOf(component).length === 0)
      .flatMap((component): readonly Endpoint[] => {
        const document = gatewayComponentRoutes(component);
        if (document?.kind !== "read") return [unseenComponent(component)];
        const routes = document.operations.map(({ route, authentication }) => ({
          resource: component,
          route,
          authentication,
          isInDocument: true,
        }));
        return document.isPartlyUnknown ? [...routes, unseenComponent(component)] : routes;
      }),
    ...keyOnlyTypes(stack),
    ...containerEndpoints(stack),
  ];
}

function unseenComponent(resource: Resource): Endpoint {
  return {
    resource,
    route: undefined,
    authentication: {
      verdict: "undetermined",
      because: "creates its API where nobody sees it, and has routes that can't be read",
    },
  };
}

function collected(stack: Stack): readonly Endpoint[] {
  return [...besidesDocuments(stack), ...documentEndpoints(stack)];
}

function besidesDocuments(stack: Stack): readonly Endpoint[] {
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
  ];
}
