import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { accessLogGroup } from "../access-log/log-group";
import { adoptingOptions } from "../adoption/adopted";
import { ApiWatch } from "../api-watch/api-watch";
import { authorizerOf } from "../authorization/authorizer-identity";
import { fittingChild } from "../aws-name";
import { occupy } from "../domain/address-problems";
import { isDefaultEndpointOff } from "../domain/default-endpoint";
import { type MappedDomain, mapDomain } from "../domain/mapped-domain";
import { refuse, warn } from "../input-problems";
import { guardedOptions } from "../override/guarded-options";
import { transformed } from "../override/transform";
import { declarationOf } from "../public-access/route-access";
import { defaultStageName } from "../stage-name";
import { adoptedChildren } from "./adoption";
import type { SecureWebSocketApiArgs } from "./args";
import { argumentProblems } from "./argument-problems";
import { makeAuthorizer } from "./authorizer";
import { webSocketGuardingUnder } from "./guarding";
import { connectKey } from "./route-key";
import { makeRoute, type PlannedRoute, type RouteAuthorization } from "./routes";
import { makeExecutionLogGroup, makeStage } from "./stage";

const defaultRouteSelectionExpression = "$request.body.action";

/**
 * A WebSocket API. One decision, on `$connect`, says who may connect. Connections and messages are throttled and logged.
 *
 * ```ts
 * const chat = new SecureWebSocketApi("chat", {
 *     authorization: Authorization.lambda({ handler: verify, identitySources: ["$request.querystring.token"] }),
 *     routes: {
 *         $connect: { handler: connected },
 *         $disconnect: { handler: disconnected },
 *         sendMessage: { handler: send },
 *     },
 * });
 * export const url = chat.url;
 * ```
 *
 * It never logs the content of messages. It never creates a child inside `apply`: a preview shows every route and how
 * `$connect` is authorized, even if all ids are unknown.
 *
 * @throws pulumi.InputPropertiesError with every problem of the arguments, before anything is registered
 * @see `docs/components/secure-websocket-api.md` for how long a connection lasts
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api.html
 */
export class SecureWebSocketApi extends pulumi.ComponentResource {
  /** The component's type token. The policy pack recognizes it in any language. */
  static readonly token = "api-guardrails:index:SecureWebSocketApi";

  /** Where clients connect: `wss://...`, without a slash at the end. */
  readonly url: pulumi.Output<string>;
  /**
   * The endpoint with which a backend sends messages to clients (`ApiGatewayManagementApi`), `https://...`. With a domain, it
   * is the domain, because the default endpoint is off.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html
   */
  readonly callbackUrl: pulumi.Output<string>;
  /** `arn:aws:execute-api:REGION:ACCOUNT:API`, for the IAM policies of callers. They invoke `STAGE/$connect`. */
  readonly executionArn: pulumi.Output<string>;
  /**
   * The resource for a backend's permission `execute-api:ManageConnections`, which lets it send messages to the clients of
   * this stage only: `EXECUTION_ARN/STAGE/POST/@connections/*`.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-control-access-iam.html
   */
  readonly manageConnectionsArn: pulumi.Output<string>;
  readonly api: aws.apigatewayv2.Api;
  /** The stage. It deploys by itself when a route changes. */
  readonly stage: aws.apigatewayv2.Stage;
  /** The log group of the stage's access log. */
  readonly logGroup: aws.cloudwatch.LogGroup;
  /** The domain that was created for this API alone, and its mapping to the stage. */
  readonly domain: MappedDomain | undefined;
  /** Alarms, dashboard and saved queries, unless `watch` is `"off"`. */
  readonly watch: ApiWatch | undefined;
  /** The routes by key. `$connect` is always among them. */
  readonly routes: Readonly<Record<string, aws.apigatewayv2.Route>>;

  constructor(name: string, args: SecureWebSocketApiArgs, opts: pulumi.ComponentResourceOptions = {}) {
    const headline = `SecureWebSocketApi "${name}" can't be created from these arguments:`;
    const problems = argumentProblems(args, name);
    refuse(headline, problems);
    occupy(args.domain, { label: `SecureWebSocketApi "${name}"`, kind: "WEBSOCKET" });
    const {
      access,
      domain,
      lockdown = "none",
      tags,
      transform = {},
      stageName = defaultStageName,
      watch,
    } = args;
    const planned = plannedRoutes(args);
    super(
      SecureWebSocketApi.token,
      name,
      {
        routes: planned.map(({ key }) => key),
        publicAccess: access ? [declarationOf(connectKey, access)] : [],
        lockdown,
      },
      adoptingOptions(guardedOptions(opts, webSocketGuardingUnder(lockdown)), adoptedChildren(name, args)),
    );

    warn(problems, this);
    const parent = { parent: this };
    const type = "aws:apigatewayv2/api:Api";
    const child = fittingChild(type, name, parent);
    this.api = new aws.apigatewayv2.Api(
      child.name,
      transformed(transform.api, type, child.name, {
        protocolType: "WEBSOCKET",
        routeSelectionExpression: args.routeSelectionExpression ?? defaultRouteSelectionExpression,
        disableExecuteApiEndpoint: isDefaultEndpointOff(args),
        ...(tags !== undefined && { tags }),
      }),
      child.opts,
    );
    this.executionArn = this.api.executionArn;
    this.manageConnectionsArn = pulumi.interpolate`${this.executionArn}/${stageName}/POST/@connections/*`;
    this.logGroup = accessLogGroup(
      name,
      {
        accessLog: args.accessLog,
        tags,
        transform: transform.accessLogGroup,
        keyTransform: transform.accessLogKey,
      },
      parent,
    );

    const surroundings = {
      component: name,
      headline,
      api: this.api,
      stageName,
      lockdown,
      transform,
      opts: parent,
    };
    const executionLogGroup = makeExecutionLogGroup(args.accessLog, tags, surroundings);
    const lambda = args.authorization && authorizerOf(args.authorization);
    const authorizer = lambda && makeAuthorizer(lambda, surroundings);
    const connect = connectAuthorization(args, authorizer);
    const made = planned.map((route) => ({
      key: route.key,
      ...makeRoute(route, route.key === connectKey ? connect : behindConnect, surroundings),
    }));
    this.routes = Object.fromEntries(made.map(({ key, route }) => [key, route]));

    const dependsOn = [
      ...made.flatMap(({ deployed }) => deployed),
      executionLogGroup,
      ...(args.loggingAccount ? [args.loggingAccount] : []),
    ];
    this.stage = makeStage(args, { routes: planned, logGroup: this.logGroup, dependsOn }, surroundings);

    const watched = { kind: "WEBSOCKET", api: this.api.id, stage: this.stage.name } as const;
    this.watch =
      watch === "off"
        ? undefined
        : new ApiWatch(name, { ...watched, accessLogGroup: this.logGroup, tags, ...watch }, parent);

    const { own, address } = mapDomain(
      name,
      domain,
      { headline, api: this.api, stage: this.stage, tags, transforms: transform },
      parent,
    );
    this.domain = own;
    this.url = address ? pulumi.interpolate`wss://${address}` : this.stage.invokeUrl;
    this.callbackUrl = this.url.apply((url = "") => url.replace(/^wss:/, "https:"));
    this.registerOutputs({
      url: this.url,
      callbackUrl: this.callbackUrl,
      executionArn: this.executionArn,
      manageConnectionsArn: this.manageConnectionsArn,
      apiId: this.api.id,
      stageName: this.stage.name,
      logGroupName: this.logGroup.name,
    });
  }
}

/** `$connect` comes first, even without a handler: without the route, API Gateway would accept every connection. */
function plannedRoutes({ routes }: SecureWebSocketApiArgs): readonly PlannedRoute[] {
  const others = Object.entries(routes).flatMap(([key, settings]) =>
    key === connectKey || settings === undefined ? [] : [{ key, settings }],
  );
  return [{ key: connectKey, settings: routes.$connect ?? {} }, ...others];
}

/** Messages come over an authorized connection. API Gateway has no authorization for them. */
const behindConnect: RouteAuthorization = { authorizationType: "NONE" };

/** The authorization type is always plain, because the pack checks it at preview. */
function connectAuthorization(
  { access, authorization, lockdown }: SecureWebSocketApiArgs,
  authorizer: aws.apigatewayv2.Authorizer | undefined,
): RouteAuthorization {
  // A WebSocket API has no resource policy that could refuse everybody. IAM refuses unsigned requests with 403.
  if (lockdown === "deny") return { authorizationType: "AWS_IAM" };
  if (access) return { authorizationType: "NONE" };
  return authorization?.type === "CUSTOM"
    ? { authorizationType: "CUSTOM", authorizerId: authorizer?.id }
    : { authorizationType: "AWS_IAM" };
}
