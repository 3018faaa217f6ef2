import type * as aws from "@pulumi/aws";
import type { AccessLog } from "../access-log/args";
import type { Watch } from "../api-watch/args";
import type { WebSocketAuthorization } from "../authorization/authorization";
import type { DomainArgs } from "../domain/args";
import type { MappedDomainTransforms } from "../domain/mapped-domain";
import type { GatewayLoggingAccount } from "../gateway-logging-account/gateway-logging-account";
import type { HttpIntegration } from "../integration/integration";
import type { Handler } from "../lambda-function/handler";
import type { Lockdown } from "../lockdown";
import type { Transform } from "../override/transform";
import type { DeclaredPublicAccess } from "../public-access/route-access";
import type { Tags } from "../tags";
import type { Throttle } from "../throttle";

/** A route that takes messages. Who may send them was decided when the client connected. */
export interface WebSocketRoute {
  /**
   * What takes the messages: a Lambda function, or an endpoint on the internet that `Integration.http()` makes, which is
   * called with POST and the connection's id in the header `connectionId`. A function, or an alias of it, takes about 55
   * routes: it permits each by itself, in a policy that Lambda limits to 20,480 bytes.
   */
  readonly handler: Handler | HttpIntegration;
  /** Default: the API's. */
  readonly throttle?: Throttle | undefined;
  /** Milliseconds after which API Gateway gives up waiting for the handler, 50 to 29000. Default: 29000. */
  readonly timeoutMilliseconds?: number | undefined;
  /**
   * Whether the client is sent what the handler answers, over its connection. Default: false, the handler's answer goes
   * nowhere, and it sends messages with `@connections`.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-response.html
   */
  readonly twoWay?: boolean | undefined;
}

/** A route that isn't a message: nobody waits for an answer to it. */
export interface WebSocketLifecycleRoute extends WebSocketRoute {
  readonly twoWay?: undefined;
}

/**
 * The routes of a WebSocket API by what the route selection expression finds in a message. Only the API has an
 * authorization: it counts when a client connects, and every message of the connection stands behind it.
 */
export interface WebSocketRoutes {
  /**
   * Told of each client that connects, once it is authorized; it may refuse it by answering anything but 2xx. Default: API
   * Gateway accepts whoever is authorized. The route is made in either case.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html
   */
  readonly $connect?: WebSocketLifecycleRoute | undefined;
  /** Told of each client that has gone, as far as API Gateway can: it doesn't guarantee it. Default: nothing is told. */
  readonly $disconnect?: WebSocketLifecycleRoute | undefined;
  /** Takes the messages for which there is no other route, and those that are no JSON. Default: they are refused. */
  readonly $default?: WebSocketRoute | undefined;
  /** Takes the messages whose `action` (see `routeSelectionExpression`) is this word: letters, digits and `_ . : / -`. */
  readonly [action: string]: WebSocketRoute | undefined;
}

/** A name of its own for a WebSocket API. API Gateway has no mutual TLS for these. */
export type WebSocketDomainArgs = Omit<DomainArgs, "mutualTls">;

/**
 * Functions that change what the children of a `SecureWebSocketApi` are made of, one for each kind. What decides who may
 * connect stays as it is.
 */
export interface WebSocketApiTransforms extends MappedDomainTransforms {
  readonly api?: Transform<aws.apigatewayv2.ApiArgs> | undefined;
  readonly authorizer?: Transform<aws.apigatewayv2.AuthorizerArgs> | undefined;
  readonly integration?: Transform<aws.apigatewayv2.IntegrationArgs> | undefined;
  readonly integrationResponse?: Transform<aws.apigatewayv2.IntegrationResponseArgs> | undefined;
  readonly route?: Transform<aws.apigatewayv2.RouteArgs> | undefined;
  readonly routeResponse?: Transform<aws.apigatewayv2.RouteResponseArgs> | undefined;
  readonly permission?: Transform<aws.lambda.PermissionArgs> | undefined;
  readonly stage?: Transform<aws.apigatewayv2.StageArgs> | undefined;
  readonly accessLogGroup?: Transform<aws.cloudwatch.LogGroupArgs> | undefined;
  /** For the key that `ownKey` makes. */
  readonly accessLogKey?: Transform<aws.kms.KeyArgs> | undefined;
  readonly executionLogGroup?: Transform<aws.cloudwatch.LogGroupArgs> | undefined;
}

/** What a `SecureWebSocketApi` has besides the decision who may connect. */
interface WebSocketApiSettings {
  readonly routes: WebSocketRoutes;
  /**
   * Where a message, which is JSON, says which route it is for: `$request.body.` and a path in it. Default:
   * `$request.body.action`.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-routes.html
   */
  readonly routeSelectionExpression?: string | undefined;
  /** The end of the default URL, and of the ARNs of callers' policies. Letters, digits, `_` and `-`. Default: `live`. */
  readonly stageName?: string | undefined;
  /**
   * Connections and messages, for every route that has none of its own. Default: 100 per second, 200 at once.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-protect.html
   */
  readonly throttle?: Throttle | undefined;
  /**
   * The incident switch. `"throttle"`: every connection and every message is answered 429. `"deny"`: `$connect` asks for
   * IAM, so whoever connects is answered 403, and messages of connections that are open are answered 429. Who may sign for
   * `execute-api:Invoke` on the API still connects. Open connections aren't cut: delete them with `@connections`, or they
   * last up to two hours.
   *
   * Where the review date of a public `$connect` has passed, the policy pack lets `"deny"` pass, since it closes the route,
   * and blocks `"throttle"`, which doesn't. Going back to `"none"` is blocked, too, until somebody has looked at it again and
   * given it a date in the future. Default: `"none"`.
   */
  readonly lockdown?: Lockdown | undefined;
  readonly domain?: WebSocketDomainArgs | undefined;
  /**
   * The access log. Its retention and its `kmsKeyId` are the execution log's too, which has errors only, never messages;
   * a key of its own (`ownKey`) is the access log's alone. Default: kept for a year under CloudWatch's own key.
   */
  readonly accessLog?: AccessLog | undefined;
  /**
   * What lets API Gateway write logs in this account and region, where the same program makes it: the stage waits for it.
   * Default: none, it is there already; without it API Gateway refuses the stage.
   */
  readonly loggingAccount?: GatewayLoggingAccount | aws.apigateway.Account | undefined;
  /**
   * The alarms, the dashboard and the saved queries. Default: all of them, with the numbers that `WatchSettings` says, and
   * alarms that tell nobody.
   */
  readonly watch?: Watch | undefined;
  /** For the API, its stage, its log groups, its alarms and its domain. */
  readonly tags?: Tags | undefined;
  readonly transform?: WebSocketApiTransforms | undefined;
}

/** Who may connect has an authorization: IAM or a Lambda function. */
interface AuthorizedConnections {
  /**
   * Who may connect. API Gateway asks once, when a client connects: a connection lasts up to two hours, ten minutes
   * without a message, and isn't checked again when its token expires. Browsers can't set headers on a WebSocket, so a
   * Lambda authorizer for them reads the query string: `identitySources: ["$request.querystring.token"]`, with tokens that
   * live for seconds.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-control-access.html
   */
  readonly authorization: WebSocketAuthorization;
  readonly access?: undefined;
}

/** Anyone may connect, on purpose. */
interface PublicConnections {
  readonly authorization?: undefined;
  /** Who opened it and why, as `publicAccess()` says it. */
  readonly access: DeclaredPublicAccess;
}

/** The arguments of a `SecureWebSocketApi`: exactly one of `authorization` and `access` says who may connect. */
export type SecureWebSocketApiArgs = WebSocketApiSettings & (AuthorizedConnections | PublicConnections);
