export type { AccessLog, RetentionInDays } from "./access-log/args";
export type { ApiKind } from "./access-log/format";
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
export type { DomainArgs } from "./domain/args";
export {
  GatewayLoggingAccount,
  type GatewayLoggingAccountArgs,
} from "./gateway-logging-account/gateway-logging-account";
export {
  type HttpIntegration,
  type HttpIntegrationArgs,
  Integration,
  type VpcLinkIntegration,
  type VpcLinkIntegrationArgs,
} from "./integration/integration";
export type { FunctionReference, Handler } from "./lambda-function/handler";
export type { Lockdown } from "./lockdown";
export type { Transform } from "./override/transform";
export type { PublicAccessArgs, PublicAccessReview } from "./public-access/declaration";
export { PublicAccess } from "./public-access/public-access";
export { type DeclaredPublicAccess, publicAccess } from "./public-access/route-access";
export type { HttpMethod, RouteKey } from "./routes/route-key";
export type { DecidedRoute, InheritedRoute, InheritedTokenRoute } from "./routes/route-types";
export type { HttpRouteSettings, SecureHttpApiArgs } from "./secure-http-api/args";
export { SecureHttpApi } from "./secure-http-api/secure-http-api";
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
