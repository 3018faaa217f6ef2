import type { AgentGateway, AgentResource } from "../../endpoints/agent-core/agent-gateway";
import {
  agentAcceptedTokens,
  agentJwtAuthorizer,
  decidesWhoMayCall,
} from "../../endpoints/agent-core/agent-tokens";
import { hasValues, isOfEveryToken, isWildcard } from "../../endpoints/tokens/required-claim";
import { acceptsTokensOfStrangers, trustOf } from "../../endpoints/tokens/shared-issuers";
import { knownValue, type ResourceOf } from "../../stack";
import { lacksTls } from "./open-id-connect";

/**
 * Whether a gateway only checks that a request is signed, and nobody decides whether its signer may call. A policy engine
 * that enforces its policies decides that, or an interceptor.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-inbound-auth.html
 */
export function letsEverySignerIn(gateway: ResourceOf<typeof AgentGateway>): boolean {
  return knownValue(gateway.word("authorizerType")) === "AUTHENTICATE_ONLY" && !decidesWhoMayCall(gateway);
}

/** Why a JWT authorizer accepts too much. */
export interface AgentJwtWeakness {
  readonly kind: "any-token" | "shared-issuer" | "wildcard-claim";
  /** Completes a sentence that starts with the authorizer. */
  readonly what: string;
}

/**
 * Why a JWT authorizer accepts tokens that were issued for somebody else, or that strangers get. Undefined if it doesn't, or
 * if that isn't known before the deployment.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/inbound-jwt-authorizer.html
 */
export function agentJwtWeakness(agent: AgentResource): AgentJwtWeakness | undefined {
  const authorizer = agentJwtAuthorizer(agent);
  if (!authorizer) return undefined;
  if (authorizer === "unconfigured") return { kind: "any-token", what: "has no authorizerConfiguration" };
  const tokens = agentAcceptedTokens(authorizer);
  const isRestricted =
    restrictions.some((property) => authorizer.isSet(property)) ||
    tokens.claims.some((claim) => !isOfEveryToken(claim) && hasValues(claim.values));
  if (!isRestricted) {
    const all = [...restrictions, "customClaims"].join(", ");
    return { kind: "any-token", what: `has none of ${all}, so it accepts any token of the issuer` };
  }
  if (lacksTls(authorizer.text("discoveryUrl"))) {
    return {
      kind: "any-token",
      what: "has a discoveryUrl that isn't reached by https, so its keys can be replaced in transit",
    };
  }
  // A workload identity is one of this account.
  const trust = authorizer.isSet("allowedWorkloadConfiguration") ? undefined : trustOf(tokens);
  if (trust?.of === "strangers") return { kind: "shared-issuer", what: acceptsTokensOfStrangers(trust) };
  if (![tokens.audiences, ...tokens.claims.map(({ values }) => values)].some(isWildcard)) return undefined;
  return { kind: "wildcard-claim", what: "compares a claim with *, which AWS doesn't take for a wildcard" };
}

/** The properties that restrict an authorizer to the tokens for this resource. */
const restrictions = [
  "allowedAudiences",
  "allowedClients",
  "allowedScopes",
  "allowedWorkloadConfiguration",
] as const;
