import {
  AgentcoreRegistry,
  AgentGateway,
  AgentHarness,
  AgentRegistry,
  AgentRuntime,
} from "../../endpoints/agent-core/agent-gateway";
import { DomainName, DomainNameV2 } from "../../endpoints/api-gateway/custom-domain";
import { Api, Route } from "../../endpoints/api-gateway/http-api";
import { HttpAuthorizer } from "../../endpoints/api-gateway/jwt-authorizer";
import { RestAuthorizer } from "../../endpoints/api-gateway/lambda-authorizer";
import { Method, RestApi, RestApiPut } from "../../endpoints/api-gateway/rest-api";
import { Deployment, DeploymentV2, Stage, StageV2 } from "../../endpoints/api-gateway/stage";
import { ChannelNamespace, EventApi } from "../../endpoints/app-sync/event-api";
import { GraphqlApi } from "../../endpoints/app-sync/graphql-api";
import { FunctionUrl } from "../../endpoints/lambda/function-url";
import { LambdaPermission, LambdaPolicy } from "../../endpoints/lambda/lambda-permission";
import { AuthPolicy, LatticeService, ServiceNetwork } from "../../endpoints/lattice/lattice-service";
import { listenerRules, listeners } from "../../endpoints/load-balancer/load-balancer";
import { RestApiPolicy } from "../../loopholes/rest-policy";
import type { PropertyOf, Resource, ResourceType } from "../../stack";

interface Deciding {
  readonly type: ResourceType<never>;
  readonly properties: readonly string[];
}

const decides = <Args>(type: ResourceType<Args>, ...properties: readonly PropertyOf<Args>[]): Deciding => ({
  type: type as ResourceType<never>,
  properties,
});

/** For each type, the properties that decide who may call, or which deployment callers reach. */
const deciding: readonly Deciding[] = [
  decides(Method, "authorization", "authorizerId", "authorizationScopes"),
  decides(Route, "authorizationType", "authorizerId", "authorizationScopes"),
  decides(RestAuthorizer, "type", "authorizerUri", "providerArns", "identitySource"),
  decides(HttpAuthorizer, "authorizerType", "authorizerUri", "jwtConfiguration", "identitySources"),
  decides(RestApi, "body", "policy", "disableExecuteApiEndpoint"),
  decides(RestApiPut, "body"),
  decides(RestApiPolicy, "policy"),
  decides(Api, "body", "target", "disableExecuteApiEndpoint"),
  decides(Deployment, "triggers", "variables"),
  decides(DeploymentV2, "triggers"),
  decides(Stage, "deployment"),
  decides(StageV2, "deploymentId", "autoDeploy"),
  decides(DomainName, "mutualTlsAuthentication"),
  decides(DomainNameV2, "mutualTlsAuthentication"),
  decides(FunctionUrl, "authorizationType"),
  decides(LambdaPermission, "principal", "sourceArn", "sourceAccount", "principalOrgId"),
  decides(LambdaPolicy, "policy"),
  decides(
    GraphqlApi,
    "authenticationType",
    "additionalAuthenticationProviders",
    "openidConnectConfig",
    "userPoolConfig",
  ),
  decides(EventApi, "eventConfig"),
  decides(ChannelNamespace, "publishAuthModes", "subscribeAuthModes"),
  decides(AgentGateway, "authorizerType", "authorizerConfiguration"),
  decides(AgentRuntime, "authorizerConfiguration"),
  decides(AgentHarness, "authorizerConfiguration"),
  decides(AgentcoreRegistry, "authorizerType", "authorizerConfiguration"),
  decides(AgentRegistry, "discoveryConfiguration"),
  decides(LatticeService, "authType"),
  decides(ServiceNetwork, "authType"),
  decides(AuthPolicy, "policy"),
];

/** The properties of a resource that decide who may call, or which deployment callers reach. */
export function decidingProperties({ type: token }: Resource): readonly string[] {
  return deciding.find(({ type }) => type.token === token)?.properties ?? [];
}

/** The property that holds the actions of a listener or a listener rule. */
export function actionsProperty({ type: token }: Resource): "defaultActions" | "actions" | undefined {
  if (listeners.some((type) => type.token === token)) return "defaultActions";
  return listenerRules.some((type) => type.token === token) ? "actions" : undefined;
}

/** The types of resources with such properties. */
export const decidingTypes: readonly ResourceType<never>[] = [
  ...deciding.map(({ type }) => type),
  ...listeners.map((type) => type as ResourceType<never>),
  ...listenerRules.map((type) => type as ResourceType<never>),
];
