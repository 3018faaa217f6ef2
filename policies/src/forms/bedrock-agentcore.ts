import { isRecord } from "../stack";
import type { Form } from "./form";

/** `allowedAudience` in CloudFormation is `allowedAudiences` in the provider aws. */
const authorizerConfiguration = (configuration: unknown): unknown => {
  if (!isRecord(configuration) || !isRecord(configuration.customJwtAuthorizer)) return configuration;
  const { allowedAudience, ...rest } = configuration.customJwtAuthorizer;
  return {
    ...configuration,
    customJwtAuthorizer: {
      ...rest,
      ...(allowedAudience !== undefined && { allowedAudiences: allowedAudience }),
    },
  };
};

const discoveryConfiguration = (configuration: unknown): unknown =>
  isRecord(configuration)
    ? {
        ...configuration,
        authorizerConfiguration: authorizerConfiguration(configuration.authorizerConfiguration),
      }
    : configuration;

const words = { allowedAudiences: "allowedAudience" };

/** The Bedrock AgentCore types with endpoints, by their CloudFormation names. */
export const bedrockAgentCore: Readonly<Record<string, Form>> = {
  "AWS::BedrockAgentCore::Gateway": {
    token: "aws:bedrock/agentcoreGateway:AgentcoreGateway",
    names: {},
    words,
    values: { authorizerConfiguration },
  },
  "AWS::BedrockAgentCore::Runtime": {
    token: "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime",
    names: {},
    words,
    values: { authorizerConfiguration },
  },
  "AWS::BedrockAgentCore::Harness": {
    token: "aws:bedrock/agentcoreHarness:AgentcoreHarness",
    names: {},
    words,
    values: { authorizerConfiguration },
  },
  "AWS::AgentRegistry::Registry": {
    token: "aws:agentregistry/registry:Registry",
    names: {},
    words,
    values: { discoveryConfiguration },
  },
};
