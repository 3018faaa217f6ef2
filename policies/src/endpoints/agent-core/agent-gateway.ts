import type { RegistryArgs } from "@pulumi/aws/agentregistry";
import type {
  AgentcoreAgentRuntimeArgs,
  AgentcoreGatewayArgs,
  AgentcoreHarnessArgs,
  AgentcoreRegistryArgs,
} from "@pulumi/aws/bedrock";
import { absent, knownValue, type Resource, type ResourceOf, resourceType, type Stack } from "../../stack";
import { type Authentication, type Endpoint, unknownProperty } from "../endpoint";

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

/** The types of Bedrock AgentCore that have endpoints. */
export const agentTypes = [
  AgentGateway,
  AgentRuntime,
  AgentHarness,
  AgentcoreRegistry,
  AgentRegistry,
] as const;

export type AgentResource = ResourceOf<(typeof agentTypes)[number]>;

/**
 * Who may call a gateway, a runtime, a harness or a registry of Bedrock AgentCore. All but a gateway require IAM by default
 * and can't be open.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-inbound-auth.html
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-oauth.html
 */
export function agentAuthentication(agent: AgentResource): Authentication {
  const type = AgentGateway.is(agent) ? agent.word("authorizerType") : absent;
  if (type.kind === "unknown") {
    return {
      verdict: "undetermined",
      because: unknownProperty("authorizerType"),
    };
  }
  if (AgentGateway.is(agent) && type.kind === "absent") {
    return { verdict: "undetermined", because: "has no authorizerType" };
  }
  if (knownValue(type) === "NONE") return { verdict: "open", because: "has authorizerType NONE" };
  return { verdict: "authenticated", because: "requires IAM or a JWT" };
}

/** Whether callers come with a token instead of a signature. */
export function acceptsTokens(agent: Resource): boolean {
  const settings = agent as AgentResource & ResourceOf<typeof AgentGateway>;
  if (agent.type === AgentGateway.token) return knownValue(settings.word("authorizerType")) === "CUSTOM_JWT";
  return settings.isSet("authorizerConfiguration");
}

export function agentEndpoints(stack: Stack): Endpoint[] {
  return agentTypes
    .flatMap((type) => stack.of<unknown>(type) as readonly AgentResource[])
    .map((agent) => ({ resource: agent, route: "$default", authentication: agentAuthentication(agent) }));
}
