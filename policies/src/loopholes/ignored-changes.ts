import {
  AgentcoreRegistry,
  AgentGateway,
  AgentHarness,
  AgentRegistry,
  AgentRuntime,
} from "../endpoints/agent-core/agent-gateway";
import { DomainName, DomainNameV2 } from "../endpoints/api-gateway/custom-domain";
import { Api, Route } from "../endpoints/api-gateway/http-api";
import { HttpAuthorizer } from "../endpoints/api-gateway/jwt-authorizer";
import { RestAuthorizer } from "../endpoints/api-gateway/lambda-authorizer";
import { Method, RestApi, RestApiPut } from "../endpoints/api-gateway/rest-api";
import { Deployment, DeploymentV2, Stage, StageV2 } from "../endpoints/api-gateway/stage";
import { ChannelNamespace, EventApi } from "../endpoints/app-sync/event-api";
import { GraphqlApi } from "../endpoints/app-sync/graphql-api";
import { FunctionUrl } from "../endpoints/lambda/function-url";
import { LambdaPermission, LambdaPolicy } from "../endpoints/lambda/lambda-permission";
import { AuthPolicy, LatticeService, ServiceNetwork } from "../endpoints/lattice/lattice-service";
import { actionsAuthentication } from "../endpoints/load-balancer/listener-actions";
import { listenerRules, listeners } from "../endpoints/load-balancer/load-balancer";
import { type PropertyOf, type Resource, type ResourceType, view } from "../stack";
import { RestApiPolicy } from "./rest-policy";

interface Deciding {
  readonly type: ResourceType<never>;
  readonly properties: readonly string[];
}

const decides = <Args>(type: ResourceType<Args>, ...properties: readonly PropertyOf<Args>[]): Deciding => ({
  type: type as ResourceType<never>,
  properties,
});

/** Of each type, the properties that say who may call, or that bring it to where callers are. */
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

/** The types whose `ignoreChanges` are of interest. */
export const decidingTypes: readonly ResourceType<never>[] = [
  ...deciding.map(({ type }) => type),
  ...listeners.map((type) => type as ResourceType<never>),
  ...listenerRules.map((type) => type as ResourceType<never>),
];

/**
 * The properties that say who may call and of which the program ignores changes: what it says of them is not what is
 * deployed. The engine puts what is deployed in their place before a policy sees the resource, and a part of a property
 * counts as all of it.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/options/ignorechanges/
 */
export function ignoredAuthorization(resource: Resource): readonly string[] {
  const properties = deciding.find(({ type }) => type.token === resource.type)?.properties ?? [];
  const paths = resource.ignoreChanges.map(split);
  return properties.filter((property) => {
    const name = resource.written?.names[property] ?? property;
    return paths.some((path) => path.name === name || path.name === "*");
  });
}

/**
 * The actions of a listener or a rule, where they authenticate callers and changes of them are ignored. Where only the
 * target group is, that is how blue/green deployments swap it.
 */
export function ignoredAuthentication(resource: Resource): string | undefined {
  const paths = resource.ignoreChanges.map(split);
  const ignores = (property: string) =>
    paths.some(({ name, rest }) => name === "*" || (name === property && /^(?:\[\d+\])?$/.test(rest)));
  const property = listeners.some(({ token }) => token === resource.type)
    ? "defaultActions"
    : listenerRules.some(({ token }) => token === resource.type)
      ? "actions"
      : undefined;
  if (property === undefined || !ignores(property)) return undefined;
  const actions = view<Record<typeof property, { type: string }[]>>(resource.properties).records(property);
  return actionsAuthentication(actions)?.verdict === "authenticated" ? property : undefined;
}

/** A property path of the engine: its first name, and what follows. */
function split(path: string): { readonly name: string; readonly rest: string } {
  const match = /^(?:\["((?:[^"\\]|\\.)*)"\]|([^.[]*))(.*)$/s.exec(path);
  return { name: match?.[1]?.replace(/\\(.)/g, "$1") ?? match?.[2] ?? "", rest: match?.[3] ?? "" };
}
