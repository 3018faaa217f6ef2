export type { AccessLog, RetentionInDays } from "./access-log/args";
export type { ApiKind } from "./access-log/format";
export type { Adopted, Imported } from "./adoption/adopted";
export type { AdoptedRecords } from "./adoption/adopted-domain";
export type { V2Adoption } from "./adoption/adopted-v2-api";
export { ApiDomain } from "./api-domain/api-domain";
export type { ApiDomainArgs, ApiDomainTransforms } from "./api-domain/args";
export type { ExistingDomain, ExistingDomainArgs } from "./api-domain/existing-domain";
export type { AlarmKey } from "./api-watch/alarms";
export { ApiWatch } from "./api-watch/api-watch";
export type {
  ApiWatchArgs,
  Watch,
  WatchedStage,
  WatchSettings,
  WatchTransforms,
} from "./api-watch/args";
export {
  Authorization,
  type CognitoArgs,
  type CognitoAuthorization,
  type CognitoClientsArgs,
  type CognitoClientsAuthorization,
  type HttpAuthorization,
  type IamAuthorization,
  type JwtArgs,
  type JwtAuthorization,
  type LambdaAuthorization,
  type LambdaAuthorizerArgs,
  type Scopes,
  type UserPoolReference,
  type WebSocketAuthorization,
} from "./authorization/authorization";
export type { Cors, Origin } from "./cors/args";
export type { AddressSettings, ApiAddress, DomainApis } from "./domain/address";
export type { DomainArgs, DomainTransforms } from "./domain/args";
export type { MappedDomain, MappedDomainTransforms } from "./domain/mapped-domain";
export type { MutualTlsArgs } from "./domain/mutual-tls";
export type { DomainRecords, RegionalTarget } from "./domain/records";
export type { RegionalDomainTransforms } from "./domain/regional-domain";
export type {
  LatencyRouting,
  PrimaryRouting,
  RecordRouting,
  SecondaryRouting,
  WeightedRouting,
} from "./domain/routing";
export {
  GatewayLoggingAccount,
  type GatewayLoggingAccountArgs,
} from "./gateway-logging-account/gateway-logging-account";
export type { HttpMethod } from "./http-method";
export {
  type HttpIntegration,
  type HttpIntegrationArgs,
  Integration,
  type RestVpcLinkIntegration,
  type RestVpcLinkIntegrationArgs,
  type VpcLinkIntegration,
  type VpcLinkIntegrationArgs,
} from "./integration/integration";
export type {
  RequestContent,
  RequestFields,
  RequestValue,
} from "./integration/request-value";
export type {
  EventBridgeIntegration,
  EventBridgeIntegrationArgs,
  HttpServiceIntegration,
  KinesisIntegration,
  KinesisIntegrationArgs,
  SnsIntegration,
  SnsIntegrationArgs,
  SqsIntegration,
  SqsIntegrationArgs,
  StepFunctionsIntegration,
  StepFunctionsIntegrationArgs,
} from "./integration/service-integration";
export type { ServiceTransforms } from "./integration/service-role";
export type { FunctionReference, Handler } from "./lambda-function/handler";
export type { Lockdown } from "./lockdown";
export type { Transform } from "./override/transform";
export type { PublicAccessArgs, PublicAccessReview } from "./public-access/declaration";
export { PublicAccess } from "./public-access/public-access";
export { type DeclaredPublicAccess, publicAccess } from "./public-access/route-access";
export type { RouteKey } from "./routes/route-key";
export type { DecidedRoute, InheritedRoute, InheritedTokenRoute } from "./routes/route-types";
export type { HttpAdoption } from "./secure-http-api/adoption";
export type {
  HttpApiTransforms,
  HttpRouteSettings,
  SecureHttpApiArgs,
} from "./secure-http-api/args";
export { SecureHttpApi } from "./secure-http-api/secure-http-api";
export type { AdoptedClient, AdoptedRoute, RestAdoption } from "./secure-rest-api/adoption";
export type {
  RestApiTransforms,
  RestRouteSettings,
  SecureRestApiArgs,
} from "./secure-rest-api/args";
export type { OpenApiArgs, OperationSettings } from "./secure-rest-api/open-api/args";
export type { PrivateEndpoint } from "./secure-rest-api/private-endpoint";
export type { ResourcePolicyArgs } from "./secure-rest-api/resource-policy/args";
export type { ResponseTransfer } from "./secure-rest-api/response-transfer";
export type { RestHandler } from "./secure-rest-api/rest-handler";
export { SecureRestApi } from "./secure-rest-api/secure-rest-api";
export type { Quota, UsagePlan, UsagePlans } from "./secure-rest-api/usage-plans/args";
export type { JsonSchema, RequiredParameters } from "./secure-rest-api/validation/args";
export type { GivenWebAcl, OwnWebAcl, WebAclArgs } from "./secure-rest-api/web-acl/args";
export type { WebSocketAdoption } from "./secure-websocket-api/adoption";
export type {
  SecureWebSocketApiArgs,
  WebSocketApiTransforms,
  WebSocketDomainArgs,
  WebSocketLifecycleRoute,
  WebSocketRoute,
  WebSocketRoutes,
} from "./secure-websocket-api/args";
export { SecureWebSocketApi } from "./secure-websocket-api/secure-websocket-api";
export type { Throttle } from "./throttle";
export type {
  AppClientArgs,
  CustomDomainArgs,
  IdentityProviderArgs,
  MachineClientArgs,
  PrefixDomainArgs,
  ResourceServerScopes,
  UserDirectoryArgs,
  UserDirectoryTransforms,
} from "./user-directory/args";
export type { UserDirectoryEndpoints } from "./user-directory/endpoints";
export { UserDirectory } from "./user-directory/user-directory";
