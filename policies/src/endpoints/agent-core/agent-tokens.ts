import { absent, knownValue, type Resource, type ResourceOf, type View } from "../../stack";
import { oneOrSeveral, type RequiredClaim, requiredClaims } from "../tokens/required-claim";
import type { AcceptedTokens } from "../tokens/shared-issuers";
import {
  type AgentGateway,
  AgentHarness,
  AgentRegistry,
  type AgentResource,
  AgentRuntime,
} from "./agent-gateway";

/** What an agent's JWT authorizer requires of a token. */
export interface AgentJwtAuthorizer {
  discoveryUrl?: string | undefined;
  allowedAudiences?: string[] | undefined;
  allowedClients?: string[] | undefined;
  allowedScopes?: string[] | undefined;
  allowedWorkloadConfiguration?: object | undefined;
  customClaims?: CustomClaim[] | undefined;
}

interface CustomClaim {
  inboundTokenClaimName?: string | undefined;
  authorizingClaimMatchValue?:
    | {
        claimMatchValue?:
          | { matchValueString?: string | undefined; matchValueStringLists?: string[] | undefined }
          | undefined;
      }
    | undefined;
}

interface AuthorizedArgs {
  authorizerType?: string | undefined;
  /** Only one kind of authorizer can be configured. */
  authorizerConfiguration?: { customJwtAuthorizer?: AgentJwtAuthorizer | undefined } | undefined;
}

/** The JWT authorizer of an agent. `unconfigured`: it has to have one, and doesn't. Undefined if another kind decides. */
export function agentJwtAuthorizer(
  agent: AgentResource,
): View<AgentJwtAuthorizer> | "unconfigured" | undefined {
  const authorized = authorizerOf(agent);
  if (!authorized) return undefined;
  // Runtimes and harnesses have no authorizerType. AWS doesn't know a property of that name, so it says nothing about them.
  const hasType = !AgentRuntime.is(agent) && !AgentHarness.is(agent);
  const type = hasType ? authorized.word("authorizerType") : absent;
  const configuration = authorized.record("authorizerConfiguration");
  if (type.kind === "known" && type.value !== "CUSTOM_JWT") return undefined;
  if (configuration.kind === "absent") {
    return knownValue(type) === "CUSTOM_JWT" ? "unconfigured" : undefined;
  }
  return knownValue(knownValue(configuration)?.record("customJwtAuthorizer") ?? absent);
}

/**
 * The tokens that a JWT authorizer of an agent accepts. It compares `allowedClients` with a claim that the shared issuers
 * don't write, and scopes are the issuer's to decide, so neither tells their accounts apart.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/inbound-jwt-authorizer.html
 */
export function agentAcceptedTokens(authorizer: View<AgentJwtAuthorizer>): AcceptedTokens {
  return {
    issuer: authorizer.text("discoveryUrl"),
    audiences: authorizer.list("allowedAudiences"),
    claims: requiredClaims(authorizer.records("customClaims"), claimIn),
  };
}

function claimIn(claim: View<CustomClaim>): RequiredClaim {
  const match = claim.record("authorizingClaimMatchValue");
  const value = match.kind === "known" ? match.value.record("claimMatchValue") : match;
  return {
    name: claim.text("inboundTokenClaimName"),
    values:
      value.kind === "known"
        ? oneOrSeveral(value.value.text("matchValueString"), value.value.list("matchValueStringLists"))
        : value,
  };
}

/** Whether something behind a gateway's authorizer decides who may call: a policy engine that enforces, an interceptor. */
export function decidesWhoMayCall(gateway: ResourceOf<typeof AgentGateway>): boolean {
  const mode = knownValue(gateway.record("policyEngineConfiguration"))?.word("mode") ?? absent;
  return knownValue(mode) === "ENFORCE" || gateway.isSet("interceptorConfigurations");
}

/** A registry's authorizer is in its discoveryConfiguration: it says who may search the registry. */
function authorizerOf(agent: AgentResource): View<AuthorizedArgs> | undefined {
  return AgentRegistry.is(agent)
    ? knownValue(agent.record("discoveryConfiguration"))
    : (agent as Resource<AuthorizedArgs>);
}
