import type * as pulumi from "@pulumi/pulumi";
import type {
  Authorization,
  IamAuthorization,
  JwtAuthorization,
  LambdaAuthorization,
  Scopes,
} from "../authorization/authorization";
import type { Handler } from "../lambda-function/handler";
import type { DeclaredPublicAccess } from "../public-access/route-access";
import type { RouteKey } from "./route-key";

/**
 * How many requests API Gateway lets through; it answers the others 429.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
 */
export interface Throttle {
  /** Requests per second that it lets through steadily. More than 0. */
  readonly rateLimit: number;
  /** Requests at once that it lets through before the rate counts. A whole number, more than 0. */
  readonly burstLimit: number;
}

/**
 * How long the access log is kept, in days, of the numbers that CloudWatch Logs takes; 0 keeps it for ever.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
export type RetentionInDays = (typeof retentionsInDays)[number];

export const retentionsInDays = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** Where the stage writes who called what. */
export interface AccessLog {
  /** Default: 365. */
  readonly retentionInDays?: RetentionInDays | undefined;
  /**
   * The ARN of the KMS key that encrypts it, whose policy lets CloudWatch Logs use it. Default: CloudWatch's own key.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
   */
  readonly kmsKeyId?: pulumi.Input<string> | undefined;
}

/** What a route has beside its authorization. */
export interface RouteSettings {
  /** Answers the requests, in payload format 2.0. */
  readonly handler: Handler;
  /** Default: the API's. */
  readonly throttle?: Throttle | undefined;
  /** Milliseconds after which API Gateway gives up waiting for the handler, 50 to 30000. Default: 30000. */
  readonly timeoutMilliseconds?: number | undefined;
}

/** A route with the API's authorization, where that is JWT. */
export interface InheritedJwtRoute extends RouteSettings {
  readonly authorization?: undefined;
  readonly access?: undefined;
  /** Instead of the authorization's own: of these a token needs one. */
  readonly scopes?: Scopes | undefined;
}

/** A route with the API's authorization, where that is IAM or Lambda. */
export interface InheritedRoute extends RouteSettings {
  readonly authorization?: undefined;
  readonly access?: undefined;
  readonly scopes?: undefined;
}

/** A route with a JWT authorization of its own. */
export interface JwtRoute extends RouteSettings {
  readonly authorization: JwtAuthorization;
  readonly access?: undefined;
  /** Instead of the authorization's own: of these a token needs one. */
  readonly scopes?: Scopes | undefined;
}

/** A route with an IAM or Lambda authorization of its own. */
export interface IamOrLambdaRoute extends RouteSettings {
  readonly authorization: IamAuthorization | LambdaAuthorization;
  readonly access?: undefined;
  readonly scopes?: undefined;
}

/** A route that anyone may call, on purpose. */
export interface PublicRoute extends RouteSettings {
  readonly authorization?: undefined;
  /** Who opened it and why, as `publicAccess()` says it. */
  readonly access: DeclaredPublicAccess;
  readonly scopes?: undefined;
}

/** A route that says itself who may call it. TypeScript's message on one that doesn't names the last member's property. */
export type DecidedRoute = PublicRoute | IamOrLambdaRoute | JwtRoute;

interface Settings {
  /** For every route that has none of its own. Default: 100 requests per second, 200 at once. */
  readonly throttle?: Throttle | undefined;
  readonly accessLog?: AccessLog | undefined;
  /** For the API, its stage and its log group. */
  readonly tags?: pulumi.Input<Readonly<Record<string, pulumi.Input<string>>>> | undefined;
}

type Routes<Route> = { readonly [Key in RouteKey]: Route };

/** The API's authorization is JWT: for every route that has none of its own. */
export interface JwtHttpApiArgs extends Settings {
  readonly authorization: JwtAuthorization;
  readonly routes: Routes<InheritedJwtRoute | DecidedRoute>;
}

/** The API's authorization is IAM or Lambda: for every route that has none of its own. */
export interface IamOrLambdaHttpApiArgs extends Settings {
  readonly authorization: IamAuthorization | LambdaAuthorization;
  readonly routes: Routes<InheritedRoute | DecidedRoute>;
}

/** The API has no authorization: every route says itself who may call it. */
export interface DecidedHttpApiArgs extends Settings {
  readonly authorization?: undefined;
  readonly routes: Routes<DecidedRoute>;
}

/**
 * The arguments of a `SecureHttpApi`. Each route has an authorization, the API's or its own, or is declared public:
 * a route that has neither doesn't compile.
 */
export type SecureHttpApiArgs = JwtHttpApiArgs | IamOrLambdaHttpApiArgs | DecidedHttpApiArgs;

/** A route as the component reads it, once its arguments are known to be right. */
export interface RouteArgs extends RouteSettings {
  readonly authorization?: Authorization | undefined;
  readonly access?: DeclaredPublicAccess | undefined;
  readonly scopes?: Scopes | undefined;
}
