import type {
  Authorization,
  CognitoAuthorization,
  CognitoClientsAuthorization,
  JwtAuthorization,
  Scopes,
} from "../authorization/authorization";
import type { DeclaredPublicAccess } from "../public-access/route-access";
import type { RouteKey } from "./route-key";

/** Authorizations by a token, which carries scopes. */
type ByToken<Of extends Authorization> = Extract<
  Of,
  JwtAuthorization | CognitoAuthorization | CognitoClientsAuthorization
>;

/** Authorizations that know no scopes. */
type WithoutScopes<Of extends Authorization> = Exclude<Of, ByToken<Of>>;

/** A route with the API's authorization, where that is by a token. */
export interface InheritedTokenRoute {
  readonly authorization?: undefined;
  readonly access?: undefined;
  /** Instead of the authorization's own: of these a token needs one. */
  readonly scopes?: Scopes | undefined;
}

/** A route with the API's authorization, where that knows no scopes. */
export interface InheritedRoute {
  readonly authorization?: undefined;
  readonly access?: undefined;
  readonly scopes?: undefined;
}

/** A route with an authorization by a token of its own. */
export interface TokenRoute<Of extends Authorization> {
  /** Who may call it, instead of whom the API's authorization lets in. Default: the API's. */
  readonly authorization: ByToken<Of>;
  readonly access?: undefined;
  /** Instead of the authorization's own: of these a token needs one. */
  readonly scopes?: Scopes | undefined;
}

/** A route with an IAM or Lambda authorization of its own. */
export interface IamOrLambdaRoute<Of extends Authorization> {
  /** Who may call it, instead of whom the API's authorization lets in. Default: the API's. */
  readonly authorization: WithoutScopes<Of>;
  readonly access?: undefined;
  readonly scopes?: undefined;
}

/** A route that anyone may call, on purpose. */
export interface PublicRoute {
  readonly authorization?: undefined;
  /** Who opened it and why, as `publicAccess()` says it. */
  readonly access: DeclaredPublicAccess;
  readonly scopes?: undefined;
}

/** A route that says itself who may call it. TypeScript's message on one that doesn't names the last member's property. */
export type DecidedRoute<Of extends Authorization> = PublicRoute | IamOrLambdaRoute<Of> | TokenRoute<Of>;

type Routes<Route> = { readonly [Key in RouteKey]: Route };

/** The API's authorization is by a token: for every route that has none of its own. */
interface TokenApi<Of extends Authorization, RouteSettings> {
  /** Who may call the routes that don't say it themselves. Default: none, and every route has to say it. */
  readonly authorization: ByToken<Of>;
  /**
   * By `METHOD /path`, each with what answers it. A route says who may call it, by an `authorization` or as declared
   * public `access`, unless the API's authorization counts for it. Ten authorizers can stand behind them all, a quota
   * of AWS's that can be raised.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
   */
  readonly routes: Routes<RouteSettings & (InheritedTokenRoute | DecidedRoute<Of>)>;
}

/** The API's authorization is IAM or Lambda: for every route that has none of its own. */
interface IamOrLambdaApi<Of extends Authorization, RouteSettings> {
  /** Who may call the routes that don't say it themselves. Default: none, and every route has to say it. */
  readonly authorization: WithoutScopes<Of>;
  readonly routes: Routes<RouteSettings & (InheritedRoute | DecidedRoute<Of>)>;
}

/** The API has no authorization: every route says itself who may call it. */
interface DecidedApi<Of extends Authorization, RouteSettings> {
  readonly authorization?: undefined;
  readonly routes: Routes<RouteSettings & DecidedRoute<Of>>;
}

/**
 * Who may call an API's routes. Each route has an authorization, the API's or its own, or is declared public: a route
 * that has neither doesn't compile.
 *
 * @typeParam Of the authorizations that the kind of API knows
 * @typeParam RouteSettings what a route has beside its authorization
 */
export type AuthorizedRoutes<Of extends Authorization, RouteSettings> =
  | TokenApi<Of, RouteSettings>
  | IamOrLambdaApi<Of, RouteSettings>
  | DecidedApi<Of, RouteSettings>;
