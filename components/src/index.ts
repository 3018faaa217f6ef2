export {
  Authorization,
  type IamAuthorization,
  type JwtArgs,
  type JwtAuthorization,
  type LambdaAuthorization,
  type LambdaAuthorizerArgs,
  type Scopes,
} from "./authorization/authorization";
export type { FunctionReference, Handler } from "./lambda-function/handler";
export type { PublicAccessArgs, PublicAccessReview } from "./public-access/declaration";
export { PublicAccess } from "./public-access/public-access";
export { type DeclaredPublicAccess, publicAccess } from "./public-access/route-access";
export type {
  AccessLog,
  DecidedRoute,
  InheritedJwtRoute,
  InheritedRoute,
  RetentionInDays,
  RouteSettings,
  SecureHttpApiArgs,
  Throttle,
} from "./secure-http-api/args";
export type { HttpMethod, RouteKey } from "./secure-http-api/route-key";
export { SecureHttpApi } from "./secure-http-api/secure-http-api";
