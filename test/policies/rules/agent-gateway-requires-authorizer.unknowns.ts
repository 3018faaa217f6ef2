import { agent, agentRegistry } from "../agent-resources";
import type { UnknownRow } from "../unknown-row";

export const rows: readonly UnknownRow[] = [
  {
    situation: "a gateway with NONE, whatever decides behind it",
    resources: [
      agent("Gateway", "tools", {
        authorizerType: "NONE",
        policyEngineConfiguration: { arn: "engine", mode: "ENFORCE" },
        interceptorConfigurations: [{ interceptionPoints: ["REQUEST"] }],
      }),
    ],
    on: "tools",
  },
  {
    situation: "a gateway that lets in everybody who signs",
    resources: [
      agent("Gateway", "tools", {
        authorizerType: "AUTHENTICATE_ONLY",
        policyEngineConfiguration: { arn: "engine", mode: "LOG_ONLY" },
      }),
    ],
    on: "tools",
    reported: "advisory",
  },
  {
    situation: "a gateway that accepts any token",
    resources: [
      agent("Gateway", "tools", {
        authorizerType: "CUSTOM_JWT",
        authorizerConfiguration: { customJwtAuthorizer: { discoveryUrl: "https://login.example.com" } },
      }),
    ],
    on: "tools",
  },
  {
    situation: "a gateway that trusts an issuer which strangers share",
    resources: [
      agent("Gateway", "tools", {
        authorizerType: "CUSTOM_JWT",
        authorizerConfiguration: {
          customJwtAuthorizer: { discoveryUrl: "https://gitlab.com", allowedAudiences: ["customers"] },
        },
      }),
    ],
    on: "tools",
  },
  {
    situation: "a runtime that accepts any token",
    resources: [
      agent("AgentRuntime", "assistant", {
        authorizerConfiguration: { customJwtAuthorizer: { discoveryUrl: "https://login.example.com" } },
      }),
    ],
    on: "assistant",
  },
  {
    situation: "a registry that accepts any token",
    resources: [
      agentRegistry("tools", {
        authorizerType: "CUSTOM_JWT",
        authorizerConfiguration: { customJwtAuthorizer: { discoveryUrl: "https://login.example.com" } },
      }),
    ],
    on: "tools",
  },
];
