import type {
  Authorization,
  CognitoAuthorization,
  CognitoClientsAuthorization,
  JwtAuthorization,
  Scopes,
} from "../authorization/authorization";
import type { DeclaredPublicAccess } from "../public-access/route-access";
import type { RouteKey } from "./route-key";

/** Authorizations that check a token, which carries scopes. */
type ByToken<Of extends Authorization> = Extract<
  Of,
  JwtAuthorization | CognitoAuthorization | CognitoClientsAuthorization
>;

/** Authorizations without scopes. */
type WithoutScopes<Of extends Authorization> = Exclude<Of, ByToken<Of>>;

/** A route with the API's authorization, which checks a token. */
export interface InheritedTokenRoute {
  readonly authorization?: undefined;
  readonly access?: undefined;
  /** Replaces the authorization's scopes. A token needs one of these. Default: the authorization's. */
  readonly scopes?: Scopes | undefined;
}

/** A route with the API's authorization, which has no scopes. */
export interface InheritedRoute {
  readonly authorization?: undefined;
  readonly access?: undefined;
  readonly scopes?: undefined;
}

/** A route with its own authorization, which checks a token. */
export interface TokenRoute<Of extends Authorization> {
  /** Who may call the route. Default: the API's authorization. */
  readonly authorization: ByToken<Of>;
  readonly access?: undefined;
  /** Replaces the authorization's scopes. A token needs one of these. Default: the authorization's. */
  readonly scopes?: Scopes | undefined;
}

/** A route with its own IAM or Lambda authorization. */
export interface IamOrLambdaRoute<Of extends Authorization> {
  /** Who may call the route. Default: the API's authorization. */
  readonly authorization: WithoutScopes<Of>;
  readonly access?: undefined;
  readonly scopes?: undefined;
}

/** A public route. */
export interface PublicRoute {
  readonly authorization?: undefined;
  /** Declares the route public: who opened it, and why. */
  readonly access: DeclaredPublicAccess;
  readonly scopes?: undefined;
}

/** A route that decides who may call it. TypeScript's error names the property of the last member: keep `authorization`. */
export type DecidedRoute<Of extends Authorization> = PublicRoute | IamOrLambdaRoute<Of> | TokenRoute<Of>;

type Routes<Route> = { readonly [Key in RouteKey]: Route };

/** The API has an authorization that checks a token. */
interface TokenApi<Of extends Authorization, RouteSettings> {
  /** Who may call the routes that don't decide it themselves. Default: none, every route has to decide it. */
  readonly authorization: ByToken<Of>;
  /**
   * The routes by `METHOD /path`. Each has a handler. A route decides who may call it, with an `authorization` or with public
   * `access`; otherwise the API's authorization applies. All routes together can use ten authorizers. AWS can raise this
   * quota.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
   */
  readonly routes: Routes<RouteSettings & (InheritedTokenRoute | DecidedRoute<Of>)>;
}

/** The API has an IAM or Lambda authorization. */
interface IamOrLambdaApi<Of extends Authorization, RouteSettings> {
  /** Who may call the routes that don't decide it themselves. Default: none, every route has to decide it. */
  readonly authorization: WithoutScopes<Of>;
  readonly routes: Routes<RouteSettings & (InheritedRoute | DecidedRoute<Of>)>;
}

/** The API has no authorization. Every route decides who may call it. */
interface DecidedApi<Of extends Authorization, RouteSettings> {
  readonly authorization?: undefined;
  readonly routes: Routes<RouteSettings & DecidedRoute<Of>>;
}

/**
 * Who may call an API's routes. Each route has an authorization, the API's or its own, or is declared public. A route with
 * neither doesn't compile.
 *
 * @typeParam Of the authorizations of this kind of API
 * @typeParam RouteSettings the other arguments of a route
 */
export type AuthorizedRoutes<Of extends Authorization, RouteSettings> =
  | TokenApi<Of, RouteSettings>
  | IamOrLambdaApi<Of, RouteSettings>
  | DecidedApi<Of, RouteSettings>;
