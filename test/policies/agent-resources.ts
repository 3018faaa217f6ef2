import type { Given } from "./analyze";

/** A gateway, a runtime, a harness or a registry of Bedrock AgentCore. */
export const agent = (
  kind: "Gateway" | "AgentRuntime" | "Harness" | "Registry",
  name: string,
  properties: object = {},
): Given => ({
  type: `aws:bedrock/agentcore${kind}:Agentcore${kind}`,
  name,
  properties: { ...(kind === "Gateway" && { authorizerType: "AWS_IAM" }), ...properties },
});

export const agentRegistry = (name: string, discoveryConfiguration: unknown): Given => ({
  type: "aws:agentregistry/registry:Registry",
  name,
  properties: { discoveryConfiguration },
});
