export {
  AgentGateway,
  agentAuthentication,
  agentJwtWeakness,
  agentTypes,
  letsEverySignerIn,
} from "./agent-gateway";
export { type AnyApi, apiOf } from "./api-of";
export { authorizerUseTypes, foreignAuthorizers, idleAuthorizers, unequalPools } from "./authorizer-use";
export { type BackendBypass, backendBypasses, backendTypes } from "./backend-bypass";
export {
  asksForCertificates,
  BasePathMapping,
  type DomainMapping,
  domainMappings,
  domainTypes,
  strayStages,
} from "./custom-domain";
export { defaultEndpointOf } from "./default-endpoint";
export { deploymentTypes, type UndeployedChange, undeployedChanges } from "./deployment";
export { Distribution } from "./distribution";
export { documentOf, documentTypes, type JudgedDocument } from "./document";
export { type Acceptance, type Authentication, type Endpoint, letsAnyoneIn, type Verdict } from "./endpoint";
export { endpointsOf, endpointTypes } from "./endpoints";
export {
  ChannelNamespace,
  channelNamespaceEndpoints,
  EventApi,
  eventApiEndpoints,
  eventApiOpenIdConnectWeaknesses,
} from "./event-api";
export { FunctionUrl, functionUrlAuthentication } from "./function-url";
export { GatewayComponent, gatewayComponentRoutes } from "./gateway-component";
export {
  GraphqlApi,
  graphqlRoute,
  judgeGraphqlApi,
  openIdConnectWeaknesses,
  userPoolAccess,
} from "./graphql-api";
export {
  Api,
  isLeftToTheStack,
  protocolOf,
  quickCreateAuthentication,
  Route,
  routeAuthentication,
  routeKeyOf,
} from "./http-api";
export {
  decidingTypes,
  ignoredAuthentication,
  ignoredAuthorization,
  keepsWhatItsDocumentDropped,
} from "./ignored-changes";
export {
  HttpAuthorizer,
  isJwtPartlyUnknown,
  type JwtAuthorizer,
  jwtAuthorizers,
  jwtWeaknesses,
  placeOfToken,
} from "./jwt-authorizer";
export {
  type Answer,
  answersForAllRoutes,
  type LambdaAuthorizer,
  lambdaAuthorizers,
  longestTtl,
  RestAuthorizer,
  remembersTooLong,
  sharesAnswers,
  takesAnyToken,
} from "./lambda-authorizer";
export {
  isAboutUrl,
  LambdaPermission,
  LambdaPolicy,
  lambdaPolicyGrant,
  permissionGrant,
  permissionLapse,
} from "./lambda-permission";
export { inactivePolicies, latticeEndpoints, latticeTypes } from "./lattice-service";
export { tokenWeakness } from "./listener-actions";
export { certificateWeakness } from "./listener-certificates";
export {
  actionsOf,
  isListenerRule,
  listenerAuthentication,
  listenerRules,
  listeners,
  loadBalancerTypes,
} from "./load-balancer";
export { type LoadBalancerDoor, listenerRoutes, loadBalancerDoors } from "./load-balancer-endpoints";
export { openSignUps, openSignUpTypes, type UsersWay } from "./open-sign-up";
export { type OriginBypass, originBypasses, originTypes } from "./origin-bypass";
export type { PolicyGrant } from "./policy-grant";
export {
  isSearchDomainPolicy,
  isShielded,
  policedTypes,
  resourcePolicyGrant,
  searchDomainPolicies,
  searchDomainTypes,
} from "./resource-policy";
export {
  Integration,
  Method,
  methodAuthentication,
  RestApi,
  RestApiPut,
  RestResource,
} from "./rest-api";
export {
  endpointsOfApi,
  endpointsWithin,
  type Opened,
  openedBy,
  policiesOfApi,
  privateApiGrant,
  RestApiPolicy,
  type RestPolicy,
  reachabilityOf,
  restPoliciesOf,
  restPolicyTypes,
} from "./rest-policy";
export { securityGroupTypes } from "./security-group";
export {
  CloudControlResource,
  CloudFormationStack,
  CloudFormationStackSet,
  type JudgedTemplate,
  ProvisionedProduct,
  ServerlessApplication,
  templateOf,
  templateTypes,
} from "./template";
export { methodsThatTakeEveryToken, takesEveryToken } from "./token-scope";
export { UserPool } from "./user-pool";
export { connectionOf, webSocketApis } from "./websocket-api";
