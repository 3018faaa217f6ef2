import type * as aws from "@pulumi/aws";
import type { AccessLog } from "../access-log/args";
import type { Watch } from "../api-watch/args";
import type { HttpAuthorization } from "../authorization/authorization";
import type { Cors } from "../cors/args";
import type { DomainArgs } from "../domain/args";
import type { MappedDomainTransforms } from "../domain/mapped-domain";
import type { HttpIntegration, VpcLinkIntegration } from "../integration/integration";
import type { Handler } from "../lambda-function/handler";
import type { Lockdown } from "../lockdown";
import type { Transform } from "../override/transform";
import type { AuthorizedRoutes } from "../routes/route-types";
import type { Tags } from "../tags";
import type { Throttle } from "../throttle";

/** What a route has beside its authorization. */
export interface HttpRouteSettings {
  /**
   * What answers: a Lambda function, in payload format 2.0, or what `Integration` makes. A function, or an alias of it,
   * takes about 55 routes: it permits each by itself, in a policy that Lambda limits to 20,480 bytes.
   */
  readonly handler: Handler | HttpIntegration | VpcLinkIntegration;
  /** Default: the API's. */
  readonly throttle?: Throttle | undefined;
  /** Milliseconds after which API Gateway gives up waiting for the handler, 50 to 30000. Default: 30000. */
  readonly timeoutMilliseconds?: number | undefined;
}

/**
 * Changes of the resources that a `SecureHttpApi` makes, before they are made: one function for each kind, which is called
 * for every one of that kind. What decides who may call, and what answers, stays as it is.
 *
 * ```ts
 * transform: { api: (args) => ({ ...args, description: "looks customers up" }) }
 * ```
 */
export interface HttpApiTransforms extends MappedDomainTransforms {
  readonly api?: Transform<aws.apigatewayv2.ApiArgs> | undefined;
  readonly authorizer?: Transform<aws.apigatewayv2.AuthorizerArgs> | undefined;
  readonly integration?: Transform<aws.apigatewayv2.IntegrationArgs> | undefined;
  readonly route?: Transform<aws.apigatewayv2.RouteArgs> | undefined;
  readonly stage?: Transform<aws.apigatewayv2.StageArgs> | undefined;
  /** Of the permissions to invoke handlers and authorizers. */
  readonly permission?: Transform<aws.lambda.PermissionArgs> | undefined;
  readonly accessLogGroup?: Transform<aws.cloudwatch.LogGroupArgs> | undefined;
  /** Of the access log's own key. */
  readonly accessLogKey?: Transform<aws.kms.KeyArgs> | undefined;
  /** Of the function that stands behind OPTIONS routes. */
  readonly preflightFunction?: Transform<aws.lambda.FunctionArgs> | undefined;
  readonly preflightRole?: Transform<aws.iam.RoleArgs> | undefined;
}

/** What a `SecureHttpApi` has beside its routes. */
interface HttpApiSettings {
  /** For every route that has none of its own. Default: 100 requests per second, 200 at once. */
  readonly throttle?: Throttle | undefined;
  /**
   * A name of its own, over TLS 1.2 or newer. With it the API's default endpoint is off and `url` is the name. Default:
   * none, and callers use the default endpoint.
   */
  readonly domain?: DomainArgs | undefined;
  /**
   * Which web pages of other origins may call it. Preflights are answered before any authorization: for a path with
   * `ANY`, by an OPTIONS route that is made for it. Default: none.
   */
  readonly cors?: Cors | undefined;
  /** Where the stage writes who called what. Default: a log that is kept for a year under CloudWatch's own key. */
  readonly accessLog?: AccessLog | undefined;
  /**
   * The switch for an incident, one value of the stack's configuration away. `"throttle"`: everybody is answered 429.
   * `"deny"`: every route, public ones and preflights too, asks for a signature of IAM, so that whoever doesn't sign is
   * answered 403; `cors` is off meanwhile, so preflights of paths without `ANY` are answered 404. Callers in the account
   * whose IAM policies allow `execute-api:Invoke` on the API still pass. Both are updates in place, and back again.
   *
   * Where the review date of a public route has passed, the policy pack lets `"deny"` pass, since it closes the route, and
   * blocks `"throttle"`, which doesn't. Going back to `"none"` is blocked, too, until somebody has looked at the route again
   * and given it a date in the future. Default: `"none"`.
   */
  readonly lockdown?: Lockdown | undefined;
  /**
   * Alarms, a dashboard and saved queries for the first hour of an incident. Default: an `ApiWatch` with its own defaults,
   * whose alarms tell nobody until `alarmActions` say whom.
   */
  readonly watch?: Watch | undefined;
  /** Changes the resources before they are made. Default: none. */
  readonly transform?: HttpApiTransforms | undefined;
  /** For every resource that takes tags. Default: none. */
  readonly tags?: Tags | undefined;
}

/** The arguments of a `SecureHttpApi`. */
export type SecureHttpApiArgs = HttpApiSettings & AuthorizedRoutes<HttpAuthorization, HttpRouteSettings>;
