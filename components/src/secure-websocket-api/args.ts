import type * as aws from "@pulumi/aws";
import type { AccessLog } from "../access-log/args";
import type { Watch } from "../api-watch/args";
import type { WebSocketAuthorization } from "../authorization/authorization";
import type { ApiAddress } from "../domain/address";
import type { DomainArgs } from "../domain/args";
import type { DefaultEndpoint } from "../domain/default-endpoint";
import type { MappedDomainTransforms } from "../domain/mapped-domain";
import type { GatewayLoggingAccount } from "../gateway-logging-account/gateway-logging-account";
import type { HttpIntegration } from "../integration/integration";
import type { Handler } from "../lambda-function/handler";
import type { Lockdown } from "../lockdown";
import type { Transform } from "../override/transform";
import type { DeclaredPublicAccess } from "../public-access/route-access";
import type { Tags } from "../tags";
import type { Throttle } from "../throttle";
import type { WebSocketAdoption } from "./adoption";

/** A route for messages. Who may send them was decided when the client connected. */
export interface WebSocketRoute {
  /**
   * What handles the messages: a Lambda function, or an endpoint on the internet with `Integration.http()`, which gets a POST
   * with the connection's id in the header `connectionId`. A function or an alias can handle about 55 routes: its policy has
   * a statement for each, and Lambda limits the policy to 20,480 bytes.
   */
  readonly handler: Handler | HttpIntegration;
  /** The throttle of the route. Default: the API's. */
  readonly throttle?: Throttle | undefined;
  /** Milliseconds that API Gateway waits for the handler, 50 to 29000. Default: 29000. */
  readonly timeoutMilliseconds?: number | undefined;
  /**
   * Whether the client gets the handler's answer over its connection. Default: false, the answer is dropped, and the handler
   * sends messages with `@connections`.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-response.html
   */
  readonly twoWay?: boolean | undefined;
}

/** A route for connecting or disconnecting. Nobody waits for its answer. */
export interface WebSocketLifecycleRoute extends WebSocketRoute {
  readonly twoWay?: undefined;
}

/**
 * The routes of a WebSocket API, by the value that the route selection expression finds in a message. Only the API has an
 * authorization. It is checked when a client connects, and protects every message of the connection.
 */
export interface WebSocketRoutes {
  /**
   * Called for each client that connects, after its authorization. The handler refuses the client with any answer except 2xx.
   * Default: API Gateway accepts every authorized client. The route exists in either case.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html
   */
  readonly $connect?: WebSocketLifecycleRoute | undefined;
  /** Called when a client has disconnected. API Gateway doesn't guarantee the call. Default: none. */
  readonly $disconnect?: WebSocketLifecycleRoute | undefined;
  /** For messages without another route, and messages that aren't JSON. Default: they are refused. */
  readonly $default?: WebSocketRoute | undefined;
  /** For messages with this `action` (see `routeSelectionExpression`): letters, digits and `_ . : / -`. */
  readonly [action: string]: WebSocketRoute | undefined;
}

/** A domain name for a WebSocket API. API Gateway has no mutual TLS for these. */
export type WebSocketDomainArgs = Omit<DomainArgs, "mutualTls">;

/**
 * Changes the arguments of the children of a `SecureWebSocketApi`, with one function for each kind. It may make the API stricter,
 * never weaker (`docs/components/transforms.md`).
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
  /** For the key that `ownKey` creates. */
  readonly accessLogKey?: Transform<aws.kms.KeyArgs> | undefined;
  readonly executionLogGroup?: Transform<aws.cloudwatch.LogGroupArgs> | undefined;
}

/** The arguments of a `SecureWebSocketApi`, besides the decision who may connect. */
interface WebSocketApiSettings extends DefaultEndpoint {
  /** The routes by action, each with its handler. */
  readonly routes: WebSocketRoutes;
  /**
   * Where a JSON message names its route: `$request.body.` and a path. Default: `$request.body.action`.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-routes.html
   */
  readonly routeSelectionExpression?: string | undefined;
  /**
   * The stage's name: letters, digits, `_` and `-`. It is part of the default URL and of ARNs in IAM policies. Default:
   * `live`.
   */
  readonly stageName?: string | undefined;
  /**
   * The throttle of every route without its own, for connections and messages. Default: 100 per second, 200 at once.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-protect.html
   */
  readonly throttle?: Throttle | undefined;
  /**
   * Closes the API during an incident. `"throttle"` answers every connection and message with 429. With `"deny"`, `$connect`
   * requires IAM, so other clients get 403, and messages on open connections get 429. Callers whose IAM policies allow
   * `execute-api:Invoke` on the API can still connect. Open connections stay open for up to two hours: to end them, delete
   * them with `@connections`.
   *
   * If the review date of a public `$connect` has passed, the policy pack accepts `"deny"`, which closes the route. It blocks
   * `"throttle"` and going back to `"none"` until the route has a new review date. Default: `"none"`.
   */
  readonly lockdown?: Lockdown | undefined;
  /**
   * A domain name, over TLS 1.2 or newer: one of the API's own, or an address on an `ApiDomain` with `apis: "WEBSOCKET"`, such as
   * `domain.at("chat")`. Of several addresses, `url` is the first. It turns the default endpoint off. Default: none, clients use
   * the default endpoint.
   */
  readonly domain?:
    | WebSocketDomainArgs
    | ApiAddress<"WEBSOCKET">
    | readonly ApiAddress<"WEBSOCKET">[]
    | undefined;
  /**
   * How the access log is kept. The retention and `kmsKeyId` also apply to the execution log, which contains errors only and
   * never messages. `onDestroy` and `ownKey` apply to the access log only. Default: for a year, under CloudWatch's own key, also
   * when the stack is destroyed.
   */
  readonly accessLog?: AccessLog | undefined;
  /**
   * The account's CloudWatch role, if the same program creates it. The stage waits for it. Default: none, the role exists
   * already. Without the role, API Gateway refuses the stage.
   */
  readonly loggingAccount?: GatewayLoggingAccount | aws.apigateway.Account | undefined;
  /**
   * Alarms, a dashboard and saved queries. Default: an `ApiWatch` with its defaults, whose alarms notify nobody.
   */
  readonly watch?: Watch | undefined;
  /** For every resource that can have tags. Default: none. */
  readonly tags?: Tags | undefined;
  /**
   * Takes over the resources of an API that this stack has already, in place, instead of creating them. Default: none, the component
   * creates everything.
   */
  readonly adopt?: WebSocketAdoption | undefined;
  /** Changes the arguments of the children. Default: none. */
  readonly transform?: WebSocketApiTransforms | undefined;
}

/** An API with an authorization. */
interface AuthorizedConnections {
  /**
   * Who may connect. API Gateway checks it once, when a client connects, and not again when a token expires. A connection
   * lasts up to two hours, or ten minutes without a message. Browsers can't set headers on a WebSocket. For them, use a
   * Lambda authorizer that reads the query string (`identitySources: ["$request.querystring.token"]`), with tokens that
   * expire within seconds.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-control-access.html
   */
  readonly authorization: WebSocketAuthorization;
  readonly access?: undefined;
}

/** An API to which anyone may connect. */
interface PublicConnections {
  readonly authorization?: undefined;
  /** Declares that anyone may connect: who opened it, and why. */
  readonly access: DeclaredPublicAccess;
}

/** The arguments of a `SecureWebSocketApi`. Exactly one of `authorization` and `access` says who may connect. */
export type SecureWebSocketApiArgs = WebSocketApiSettings & (AuthorizedConnections | PublicConnections);
