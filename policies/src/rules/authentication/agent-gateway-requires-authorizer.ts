import { AgentGateway, agentAuthentication, agentTypes } from "../../endpoints/agent-core/agent-gateway";
import { letsAnyoneIn } from "../../endpoints/endpoint";
import { nist, owasp, pci, soc2 } from "../controls";
import { resourceRule } from "../rule";
import { agentJwtWeakness, letsEverySignerIn } from "./agent-tokens";

const fixes = {
  "any-token":
    'customJwtAuthorizer: { discoveryUrl: "https://login.example.com/.well-known/openid-configuration", allowedAudiences: ["customers"] }',
  "shared-issuer":
    'customClaims: [{ inboundTokenClaimName: "sub", inboundTokenClaimValueType: "STRING", authorizingClaimMatchValue: { claimMatchOperator: "EQUALS", claimMatchValue: { matchValueString: "..." } } }]   // a claim that only your own account has; or an issuer of your own',
  "wildcard-claim": "write out the values that the claim may have",
} as const;

export const agentGatewayRequiresAuthorizer = resourceRule({
  id: "agent-gateway-requires-authorizer",
  theme: "authentication",
  title: "Gateways to agents require an authorizer",
  severity: "critical",
  level: "mandatory",
  because: "an unauthenticated caller gets in",
  controls: [owasp("API2:2023"), nist("AC-3"), nist("IA-13(3)"), pci("7.3.3"), pci("8.3.1"), soc2("CC6.1")],
  why: "The tools of an agent are behind an AgentCore gateway, and they run with the agent's own permissions. With authorizerType NONE, anyone who finds the URL can use them. A JWT authorizer that names no audience, client, scope or claim accepts every token of its issuer. Some issuers sign tokens for everybody with an account, for any audience: only a claim about the account itself tells callers apart there.",
  fix: 'authorizerType: "AWS_IAM"   // or "CUSTOM_JWT" with authorizerConfiguration: { customJwtAuthorizer: { discoveryUrl, allowedAudiences: ["customers"] } }',
  exceptionIf:
    "the tools behind the gateway serve the public, and another component limits what an unknown caller can do with them",
  links: [
    "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-inbound-auth.html",
    "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-oauth.html",
    "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/inbound-jwt-authorizer.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html",
  ],
  kinds: {
    "no-authorizer":
      "The gateway has authorizerType NONE, none at all, or one that is not known before the deployment.",
    "any-token":
      "The JWT authorizer accepts tokens that were issued for somebody else: it names no audience, client, scope or claim, has no configuration, or reads its keys over plain HTTP.",
    "shared-issuer":
      "The issuer signs tokens for all accounts of a public service, such as GitHub Actions, and the audience doesn't tell one from another. No claim does so either.",
    "wildcard-claim":
      "The JWT authorizer compares an audience or a claim with *. AWS documents no wildcard, so no sound token is accepted.",
    "any-aws-credentials":
      "The gateway only checks that a request is signed with AWS credentials, and neither a policy engine nor an interceptor decides who may call.",
  },
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
    if (letsAnyoneIn(authentication)) {
      yield { kind: "no-authorizer", openings: [{ route: "$default", what: authentication.because }] };
    }
    const weakness = agentJwtWeakness(agent);
    if (weakness) {
      const { kind, what } = weakness;
      yield {
        kind,
        sentence: `The JWT authorizer of "${agent.name}" ${what}.`,
        fix: fixes[kind],
        ...(kind === "wildcard-claim" && { lowered: "lesser finding" as const }),
      };
    }
    if (AgentGateway.is(agent) && letsEverySignerIn(agent)) {
      yield {
        kind: "any-aws-credentials",
        sentence: `"${agent.name}" lets in everybody who signs a request with AWS credentials: authorizerType AUTHENTICATE_ONLY expects a policy engine or an interceptor to decide who may call, and neither does so here.`,
        fix: 'authorizerType: "AWS_IAM"   // or policyEngineConfiguration: { arn: engine.arn, mode: "ENFORCE" }',
        lowered: "lesser finding",
      };
    }
  },
});
