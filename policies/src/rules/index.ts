import { agentGatewayRequiresAuthorizer } from "./authentication/agent-gateway-requires-authorizer";
import { appSyncApiNamesItsClients } from "./authentication/app-sync-api-names-its-clients";
import { containerServiceRequiresAuthentication } from "./authentication/container-service-requires-authentication";
import { endpointRequiresAuthentication } from "./authentication/endpoint-requires-authentication";
import { eventApiForbidsApiKeys } from "./authentication/event-api-forbids-api-keys";
import { functionUrlRequiresIam } from "./authentication/function-url-requires-iam";
import { gatewayComponentRequiresAuthorizers } from "./authentication/gateway-component-requires-authorizers";
import { graphqlApiForbidsApiKeys } from "./authentication/graphql-api-forbids-api-keys";
import { httpApiForbidsQuickCreate } from "./authentication/http-api-forbids-quick-create";
import { httpRouteRequiresAuthorization } from "./authentication/http-route-requires-authorization";
import { identityPoolForbidsGuests } from "./authentication/identity-pool-forbids-guests";
import { latticeServiceRequiresIam } from "./authentication/lattice-service-requires-iam";
import { loadBalancerAuthenticationHolds } from "./authentication/load-balancer-authentication-holds";
import { loadBalancerRequiresAuthentication } from "./authentication/load-balancer-requires-authentication";
import { openapiOperationRequiresAuthorization } from "./authentication/openapi-operation-requires-authorization";
import { pipelineWebhookRequiresAuthentication } from "./authentication/pipeline-webhook-requires-authentication";
import { restMethodRequiresAuthorization } from "./authentication/rest-method-requires-authorization";
import { websocketConnectRequiresAuthorization } from "./authentication/websocket-connect-requires-authorization";
import { authorizationRequiresScopes } from "./authorizers/authorization-requires-scopes";
import { authorizerBelongsToItsApi } from "./authorizers/authorizer-belongs-to-its-api";
import { jwtAuthorizerPinsIssuerAndAudience } from "./authorizers/jwt-authorizer-pins-issuer-and-audience";
import { lambdaAuthorizerCachesPerCaller } from "./authorizers/lambda-authorizer-caches-per-caller";
import { lambdaAuthorizerFiltersTokens } from "./authorizers/lambda-authorizer-filters-tokens";
import { openSignUpIsNotAuthorization } from "./authorizers/open-sign-up-is-not-authorization";
import { authorizationChangesAreDeployed } from "./bypass/authorization-changes-are-deployed";
import { authorizationIsNotIgnored } from "./bypass/authorization-is-not-ignored";
import { distributionAsksItsViewers } from "./bypass/distribution-asks-its-viewers";
import { domainMappingNamesItsStage } from "./bypass/domain-mapping-names-its-stage";
import { edgeAuthenticationHoldsAtTheOrigin } from "./bypass/edge-authentication-holds-at-the-origin";
import { lambdaPermissionNamesItsCaller } from "./bypass/lambda-permission-names-its-caller";
import { mutualTlsClosesTheDefaultEndpoint } from "./bypass/mutual-tls-closes-the-default-endpoint";
import { resourcePolicyRestrictsCallers } from "./bypass/resource-policy-restricts-callers";
import { restDocumentReplacesTheApi } from "./bypass/rest-document-replaces-the-api";
import { roleNamesWhoMayAssumeIt } from "./bypass/role-names-who-may-assume-it";
import { endpointIsWatched } from "./evidence/endpoint-is-watched";
import { executionLogHidesPayloads } from "./evidence/execution-log-hides-payloads";
import { graphqlApiWritesALog } from "./evidence/graphql-api-writes-a-log";
import { logOutlivesTheInvestigation } from "./evidence/log-outlives-the-investigation";
import { restStageIsTraced } from "./evidence/rest-stage-is-traced";
import { stageWritesAnAccessLog } from "./evidence/stage-writes-an-access-log";
import { exemptionIsCurrent } from "./governance/exemption-is-current";
import { publicAccessIsReviewed } from "./governance/public-access-is-reviewed";
import { templateEndpointsRequireAuthorization } from "./governance/template-endpoints-require-authorization";
import { unreadInfrastructureIsNamed } from "./governance/unread-infrastructure-is-named";
import { userPoolClientIsHardened } from "./identity/user-pool-client-is-hardened";
import { userPoolResistsTakeover } from "./identity/user-pool-resists-takeover";
import type { Rule } from "./rule";
import { cacheRespectsTheCaller } from "./traffic/cache-respects-the-caller";
import { requestIsValidated } from "./traffic/request-is-validated";
import { restStageHasAFirewall } from "./traffic/rest-stage-has-a-firewall";
import { stageIsThrottled } from "./traffic/stage-is-throttled";
import { usagePlanLimitsClients } from "./traffic/usage-plan-limits-clients";
import { domainRequiresModernTls } from "./transport/domain-requires-modern-tls";
import { listenerRequiresTls } from "./transport/listener-requires-tls";
import { privateIntegrationUsesTls } from "./transport/private-integration-uses-tls";

/** Every rule, in the order in which the pack runs them: `exemption-is-current` hands its list on to the others. */
export const rules: readonly Rule[] = [
  exemptionIsCurrent,
  publicAccessIsReviewed,
  templateEndpointsRequireAuthorization,
  unreadInfrastructureIsNamed,
  restMethodRequiresAuthorization,
  httpRouteRequiresAuthorization,
  httpApiForbidsQuickCreate,
  websocketConnectRequiresAuthorization,
  openapiOperationRequiresAuthorization,
  gatewayComponentRequiresAuthorizers,
  functionUrlRequiresIam,
  graphqlApiForbidsApiKeys,
  eventApiForbidsApiKeys,
  agentGatewayRequiresAuthorizer,
  latticeServiceRequiresIam,
  loadBalancerAuthenticationHolds,
  loadBalancerRequiresAuthentication,
  containerServiceRequiresAuthentication,
  pipelineWebhookRequiresAuthentication,
  identityPoolForbidsGuests,
  endpointRequiresAuthentication,
  jwtAuthorizerPinsIssuerAndAudience,
  appSyncApiNamesItsClients,
  lambdaAuthorizerCachesPerCaller,
  lambdaAuthorizerFiltersTokens,
  authorizationRequiresScopes,
  authorizerBelongsToItsApi,
  openSignUpIsNotAuthorization,
  lambdaPermissionNamesItsCaller,
  resourcePolicyRestrictsCallers,
  roleNamesWhoMayAssumeIt,
  mutualTlsClosesTheDefaultEndpoint,
  edgeAuthenticationHoldsAtTheOrigin,
  distributionAsksItsViewers,
  domainMappingNamesItsStage,
  authorizationChangesAreDeployed,
  authorizationIsNotIgnored,
  restDocumentReplacesTheApi,
  userPoolClientIsHardened,
  userPoolResistsTakeover,
  stageWritesAnAccessLog,
  logOutlivesTheInvestigation,
  executionLogHidesPayloads,
  graphqlApiWritesALog,
  endpointIsWatched,
  restStageIsTraced,
  listenerRequiresTls,
  domainRequiresModernTls,
  privateIntegrationUsesTls,
  cacheRespectsTheCaller,
  stageIsThrottled,
  usagePlanLimitsClients,
  restStageHasAFirewall,
  requestIsValidated,
];
