import type * as aws from "@pulumi/aws";
import type { AccessLog } from "../access-log/args";
import type { Watch } from "../api-watch/args";
import type { HttpAuthorization } from "../authorization/authorization";
import type { Cors } from "../cors/args";
import type { ApiAddress } from "../domain/address";
import type { DomainArgs } from "../domain/args";
import type { DefaultEndpoint } from "../domain/default-endpoint";
import type { MappedDomainTransforms } from "../domain/mapped-domain";
import type { HttpIntegration, VpcLinkIntegration } from "../integration/integration";
import type { HttpServiceIntegration } from "../integration/service-integration";
import type { ServiceTransforms } from "../integration/service-role";
import type { Handler } from "../lambda-function/handler";
import type { Lockdown } from "../lockdown";
import type { Transform } from "../override/transform";
import type { AuthorizedRoutes } from "../routes/route-types";
import type { Tags } from "../tags";
import type { Throttle } from "../throttle";
import type { HttpAdoption } from "./adoption";

/** The arguments of a route, besides its authorization. */
export interface HttpRouteSettings {
  /**
   * What answers the route: a Lambda function, in payload format 2.0, or an `Integration`. A function or an alias can answer
   * about 55 routes: its policy has a statement for each, and Lambda limits the policy to 20,480 bytes.
   */
  readonly handler: Handler | HttpIntegration | VpcLinkIntegration | HttpServiceIntegration;
  /** The throttle of the route. Default: the API's. */
  readonly throttle?: Throttle | undefined;
  /** Milliseconds that API Gateway waits for the handler, 50 to 30000. Default: 30000. */
  readonly timeoutMilliseconds?: number | undefined;
}

/**
 * Changes the arguments of the children of a `SecureHttpApi`, with one function for each kind. The function is called for
 * every child of that kind. It may make the API stricter. A change that would let more callers in, let something else answer or
 * record less stops the program (`docs/components/transforms.md`).
 *
 * ```ts
 * transform: { api: (args) => ({ ...args, description: "looks customers up" }) }
 * ```
 */
export interface HttpApiTransforms extends MappedDomainTransforms, ServiceTransforms {
  readonly api?: Transform<aws.apigatewayv2.ApiArgs> | undefined;
  readonly authorizer?: Transform<aws.apigatewayv2.AuthorizerArgs> | undefined;
  readonly integration?: Transform<aws.apigatewayv2.IntegrationArgs> | undefined;
  readonly route?: Transform<aws.apigatewayv2.RouteArgs> | undefined;
  readonly stage?: Transform<aws.apigatewayv2.StageArgs> | undefined;
  /** For the permissions to invoke handlers and authorizers. */
  readonly permission?: Transform<aws.lambda.PermissionArgs> | undefined;
  readonly accessLogGroup?: Transform<aws.cloudwatch.LogGroupArgs> | undefined;
  /** For the key that `ownKey` creates. */
  readonly accessLogKey?: Transform<aws.kms.KeyArgs> | undefined;
  /** For the function behind the OPTIONS routes that `cors` adds. */
  readonly preflightFunction?: Transform<aws.lambda.FunctionArgs> | undefined;
  readonly preflightRole?: Transform<aws.iam.RoleArgs> | undefined;
}

/** The arguments of a `SecureHttpApi`, besides its routes. */
interface HttpApiSettings extends DefaultEndpoint {
  /** The throttle of every route without its own. Default: 100 requests per second, 200 at once. */
  readonly throttle?: Throttle | undefined;
  /**
   * A domain name, over TLS 1.2 or newer: one of the API's own, or an address on an `ApiDomain`, such as `domain.at("orders")`. Of
   * several addresses, `url` is the first. It turns the API's default endpoint off. Default: none, callers use the default
   * endpoint.
   */
  readonly domain?:
    | DomainArgs
    | ApiAddress<"HTTP and REST">
    | readonly ApiAddress<"HTTP and REST">[]
    | undefined;
  /**
   * Which web pages of other origins may call the API. Preflights are answered without authorization. For a path with `ANY`,
   * an OPTIONS route is created for them. Default: none.
   */
  readonly cors?: Cors | undefined;
  /** How the access log is kept. Default: for a year, under CloudWatch's own key, also when the stack is destroyed. */
  readonly accessLog?: AccessLog | undefined;
  /**
   * Closes the API during an incident, in place. `"throttle"` answers every request with 429. With `"deny"`, every route
   * requires an IAM signature, including public routes and preflights, and other requests get 403. Callers in the account
   * whose IAM policies allow `execute-api:Invoke` on the API still get in. `cors` is off under `"deny"`, so preflights of
   * paths without `ANY` get 404.
   *
   * If the review date of a public route has passed, the policy pack accepts `"deny"`, which closes the route. It blocks
   * `"throttle"` and going back to `"none"` until the route has a new review date. Default: `"none"`.
   */
  readonly lockdown?: Lockdown | undefined;
  /**
   * Alarms, a dashboard and saved queries. Default: an `ApiWatch` with its defaults. Its alarms notify nobody until you set
   * `alarmActions`.
   */
  readonly watch?: Watch | undefined;
  /**
   * Takes over the resources of an API that this stack has already, in place, instead of creating them. Default: none, the component
   * creates everything.
   */
  readonly adopt?: HttpAdoption | undefined;
  /** Changes the arguments of the children. Default: none. */
  readonly transform?: HttpApiTransforms | undefined;
  /** For every resource that can have tags. Default: none. */
  readonly tags?: Tags | undefined;
}

/** The arguments of a `SecureHttpApi`. */
export type SecureHttpApiArgs = HttpApiSettings & AuthorizedRoutes<HttpAuthorization, HttpRouteSettings>;
