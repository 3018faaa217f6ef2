import type { RegistryArgs } from "@pulumi/aws/agentregistry";
import type {
  AgentcoreAgentRuntimeArgs,
  AgentcoreGatewayArgs,
  AgentcoreHarnessArgs,
  AgentcoreRegistryArgs,
} from "@pulumi/aws/bedrock";
import {
  absent,
  knownValue,
  type Resource,
  type ResourceOf,
  resourceType,
  type Stack,
  type View,
} from "../../stack";
import type { Authentication, Endpoint } from "../endpoint";
import { lacksTls } from "../tokens/open-id-connect";

export const AgentGateway = resourceType<AgentcoreGatewayArgs>(
  "aws:bedrock/agentcoreGateway:AgentcoreGateway",
  {
    authorizerType: "deciding word",
    authorizerConfiguration: "reference",
    policyEngineConfiguration: "deciding word",
    interceptorConfigurations: "presence",
  },
);
export const AgentRuntime = resourceType<AgentcoreAgentRuntimeArgs>(
  "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime",
  { authorizerConfiguration: "reference" },
);
export const AgentHarness = resourceType<AgentcoreHarnessArgs>(
  "aws:bedrock/agentcoreHarness:AgentcoreHarness",
  { authorizerConfiguration: "reference" },
);
export const AgentcoreRegistry = resourceType<AgentcoreRegistryArgs>(
  "aws:bedrock/agentcoreRegistry:AgentcoreRegistry",
  { authorizerType: "deciding word", authorizerConfiguration: "reference" },
);
export const AgentRegistry = resourceType<RegistryArgs>("aws:agentregistry/registry:Registry", {
  discoveryConfiguration: "reference",
});

/** What agents, and whoever calls them, reach in Bedrock AgentCore. */
export const agentTypes = [
  AgentGateway,
  AgentRuntime,
  AgentHarness,
  AgentcoreRegistry,
  AgentRegistry,
] as const;

type AgentResource = ResourceOf<(typeof agentTypes)[number]>;

/**
 * Who may call a gateway, a runtime, a harness or a registry of Bedrock AgentCore. All but a gateway ask for IAM where
 * they say nothing, and can't do without.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-inbound-auth.html
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-oauth.html
 */
export function agentAuthentication(agent: AgentResource): Authentication {
  const type = AgentGateway.is(agent) ? agent.word("authorizerType") : absent;
  if (type.kind === "unknown") {
    return {
      verdict: "undetermined",
      because: "has an authorizerType that is not known before the deployment: write it as a plain string",
    };
  }
  if (AgentGateway.is(agent) && type.kind === "absent") {
    return { verdict: "undetermined", because: "has no authorizerType" };
  }
  if (knownValue(type) === "NONE") return { verdict: "open", because: "has authorizerType NONE" };
  return { verdict: "authenticated", because: "asks for IAM or a JWT" };
}

/**
 * Whether a gateway asks only who signs a request, and leaves to nobody whether they may. A policy engine that enforces,
 * or an interceptor, decides in its place.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-inbound-auth.html
 */
export function letsEverySignerIn(gateway: ResourceOf<typeof AgentGateway>): boolean {
  if (knownValue(gateway.word("authorizerType")) !== "AUTHENTICATE_ONLY") return false;
  const mode = knownValue(gateway.record("policyEngineConfiguration"))?.word("mode") ?? absent;
  return knownValue(mode) !== "ENFORCE" && !gateway.isSet("interceptorConfigurations");
}

interface JwtAuthorizer {
  discoveryUrl?: string | undefined;
  allowedAudiences?: string[] | undefined;
  allowedClients?: string[] | undefined;
  allowedScopes?: string[] | undefined;
  allowedWorkloadConfiguration?: object | undefined;
  customClaims?: object[] | undefined;
}

interface AuthorizedArgs {
  authorizerType?: string | undefined;
  /** Exactly one kind of authorizer can be configured. */
  authorizerConfiguration?: { customJwtAuthorizer?: JwtAuthorizer | undefined } | undefined;
}

/**
 * Why a JWT authorizer takes tokens that were made for somebody else. Undefined where it doesn't, or where that isn't
 * known before the deployment. Completes a sentence that starts with the authorizer.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/inbound-jwt-authorizer.html
 */
export function agentJwtWeakness(agent: AgentResource): string | undefined {
  const authorized = authorizerOf(agent);
  if (!authorized) return undefined;
  // Runtimes and harnesses have no type: a property of that name, which AWS doesn't know, says nothing of them.
  const hasType = !AgentRuntime.is(agent) && !AgentHarness.is(agent);
  const type = hasType ? authorized.word("authorizerType") : absent;
  const configuration = authorized.record("authorizerConfiguration");
  if (type.kind === "known" && type.value !== "CUSTOM_JWT") return undefined;
  if (configuration.kind === "absent") {
    return knownValue(type) === "CUSTOM_JWT" ? "has no authorizerConfiguration" : undefined;
  }
  const authorizer = knownValue(knownValue(configuration)?.record("customJwtAuthorizer") ?? absent);
  if (!authorizer) return undefined;
  const isPinned = pins.some((pin) => authorizer.isSet(pin));
  if (!isPinned) return `has none of ${pins.join(", ")}, so that any token of the issuer counts`;
  return lacksTls(authorizer.text("discoveryUrl"))
    ? "has a discoveryUrl that isn't reached by https, so that its keys can be replaced on the way"
    : undefined;
}

const pins = [
  "allowedAudiences",
  "allowedClients",
  "allowedScopes",
  "customClaims",
  "allowedWorkloadConfiguration",
] as const;

/** A registry's authorizer says who may search it. */
function authorizerOf(agent: AgentResource): View<AuthorizedArgs> | undefined {
  return AgentRegistry.is(agent)
    ? knownValue(agent.record("discoveryConfiguration"))
    : (agent as Resource<AuthorizedArgs>);
}

export function agentEndpoints(stack: Stack): Endpoint[] {
  return agentTypes
    .flatMap((type) => stack.of<unknown>(type) as readonly AgentResource[])
    .map((agent) => ({ resource: agent, route: "$default", authentication: agentAuthentication(agent) }));
}
