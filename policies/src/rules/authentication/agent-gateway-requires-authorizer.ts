import {
  AgentGateway,
  agentAuthentication,
  agentJwtWeakness,
  agentTypes,
  letsEverySignerIn,
} from "../../endpoints/agent-core/agent-gateway";
import { letsAnyoneIn } from "../../endpoints/endpoint";
import { nist, owasp } from "../controls";
import { resourceRule } from "../rule";

export const agentGatewayRequiresAuthorizer = resourceRule({
  id: "agent-gateway-requires-authorizer",
  theme: "authentication",
  title: "Gateways to agents require an authorizer",
  severity: "critical",
  level: "mandatory",
  controls: [owasp("API2:2023"), nist("AC-3")],
  why: "Behind an AgentCore gateway stand the tools of an agent, with the agent's own rights. With authorizerType NONE anyone who finds its URL uses them; a JWT authorizer that names no audience, client, scope or claim takes every token of its issuer.",
  fix: 'authorizerType: "AWS_IAM"   // or "CUSTOM_JWT" with authorizerConfiguration: { customJwtAuthorizer: { discoveryUrl, allowedAudiences: ["customers"] } }',
  examples: {
    bad: `new aws.bedrock.AgentcoreGateway("open-tools", { roleArn: role.arn, protocolType: "MCP", authorizerType: "NONE" });`,
    good: `new aws.bedrock.AgentcoreGateway("tools", {
    roleArn: role.arn,
    protocolType: "MCP",
    authorizerType: "CUSTOM_JWT",
    authorizerConfiguration: {
        customJwtAuthorizer: {
            discoveryUrl: "https://login.example.com/.well-known/openid-configuration",
            allowedAudiences: ["customers"],
        },
    },
});`,
  },
  resources: agentTypes,
  reads: {
    authorizerType: "deciding word",
    authorizerConfiguration: "reference",
    discoveryConfiguration: "reference",
    policyEngineConfiguration: "deciding word",
    interceptorConfigurations: "presence",
  },
  *check(agent) {
    const authentication = agentAuthentication(agent);
    if (letsAnyoneIn(authentication, { apiKeys: false, privateNetworks: false })) {
      yield { openings: [{ route: "$default", what: authentication.because }] };
    }
    const weakness = agentJwtWeakness(agent);
    if (weakness) {
      yield {
        sentence: `The JWT authorizer of "${agent.name}" ${weakness}.`,
        fix: 'customJwtAuthorizer: { discoveryUrl: "https://login.example.com/.well-known/openid-configuration", allowedAudiences: ["customers"] }',
      };
    }
    if (AgentGateway.is(agent) && letsEverySignerIn(agent)) {
      yield {
        sentence: `"${agent.name}" lets in whoever signs a request with AWS credentials: authorizerType AUTHENTICATE_ONLY leaves it to a policy engine or an interceptor who may, and neither decides here.`,
        fix: 'authorizerType: "AWS_IAM"   // or policyEngineConfiguration: { arn: engine.arn, mode: "ENFORCE" }',
        lowered: "lesser finding",
      };
    }
  },
});
