import {
  type AgentGateway,
  AgentHarness,
  AgentRegistry,
  type AgentResource,
  AgentRuntime,
} from "../../endpoints/agent-core/agent-gateway";
import { absent, knownValue, type Resource, type ResourceOf, type View } from "../../stack";
import { lacksTls } from "./open-id-connect";

/**
 * Whether a gateway only checks that a request is signed, and nobody decides whether its signer may call. A policy engine
 * that enforces its policies decides that, or an interceptor.
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
  /** Only one kind of authorizer can be configured. */
  authorizerConfiguration?: { customJwtAuthorizer?: JwtAuthorizer | undefined } | undefined;
}

/**
 * Why a JWT authorizer accepts tokens that were issued for somebody else. Undefined if it doesn't, or if that isn't known
 * before the deployment. Completes a sentence that starts with the authorizer.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/inbound-jwt-authorizer.html
 */
export function agentJwtWeakness(agent: AgentResource): string | undefined {
  const authorized = authorizerOf(agent);
  if (!authorized) return undefined;
  // Runtimes and harnesses have no authorizerType. AWS doesn't know a property of that name, so it says nothing about them.
  const hasType = !AgentRuntime.is(agent) && !AgentHarness.is(agent);
  const type = hasType ? authorized.word("authorizerType") : absent;
  const configuration = authorized.record("authorizerConfiguration");
  if (type.kind === "known" && type.value !== "CUSTOM_JWT") return undefined;
  if (configuration.kind === "absent") {
    return knownValue(type) === "CUSTOM_JWT" ? "has no authorizerConfiguration" : undefined;
  }
  const authorizer = knownValue(knownValue(configuration)?.record("customJwtAuthorizer") ?? absent);
  if (!authorizer) return undefined;
  const isRestricted = restrictions.some((property) => authorizer.isSet(property));
  if (!isRestricted) {
    return `has none of ${restrictions.join(", ")}, so it accepts any token of the issuer`;
  }
  return lacksTls(authorizer.text("discoveryUrl"))
    ? "has a discoveryUrl that isn't reached by https, so its keys can be replaced in transit"
    : undefined;
}

/** The properties that restrict an authorizer to the tokens for this resource. */
const restrictions = [
  "allowedAudiences",
  "allowedClients",
  "allowedScopes",
  "customClaims",
  "allowedWorkloadConfiguration",
] as const;

/** A registry's authorizer is in its discoveryConfiguration: it says who may search the registry. */
function authorizerOf(agent: AgentResource): View<AuthorizedArgs> | undefined {
  return AgentRegistry.is(agent)
    ? knownValue(agent.record("discoveryConfiguration"))
    : (agent as Resource<AuthorizedArgs>);
}
