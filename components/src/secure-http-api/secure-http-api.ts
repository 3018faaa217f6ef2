import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { accessLogGroup } from "../access-log/log-group";
import { adoptingOptions } from "../adoption/adopted";
import { ApiWatch } from "../api-watch/api-watch";
import type { HttpAuthorization } from "../authorization/authorization";
import { occupy } from "../domain/address-problems";
import { type MappedDomain, mapDomain } from "../domain/mapped-domain";
import { refuse, warn } from "../input-problems";
import { guardingUnder } from "../lockdown";
import { guardedOptions } from "../override/guarded-options";
import { declarations, plannedRoutes } from "../routes/planned-route";
import type { RouteKey } from "../routes/route-key";
import { adoptedChildren } from "./adoption";
import { makeApi } from "./api";
import type { HttpRouteSettings, SecureHttpApiArgs } from "./args";
import { argumentProblems } from "./argument-problems";
import { makeAuthorizers } from "./authorizers";
import { makePreflightRoutes, preflightKeys } from "./preflight";
import { makeRoute } from "./routes";
import { makeStage } from "./stage";

/**
 * An HTTP API. Every route is authorized unless it is declared public. Requests are throttled, logged and watched. A domain
 * with TLS 1.2 and CORS are optional.
 *
 * ```ts
 * const api = new SecureHttpApi("customers", {
 *     authorization: Authorization.jwt({ issuer, audiences: ["customers"], scopes: ["customers/read"] }),
 *     routes: {
 *         "GET /customers/{id}": { handler: lookup },
 *         "POST /customers": { handler: create, scopes: ["customers/write"] },
 *         "GET /health": { handler: health, access: publicAccess({
 *             reason: "load balancer health probe, returns no data",
 *             owner: "team-edge",
 *             reviewBy: config.require("reviewBy"),
 *         }) },
 *     },
 * });
 * export const url = api.url;
 * ```
 *
 * It never creates a child inside `apply`: a preview shows every route and how it is authorized, even if all ids are unknown.
 * It never has a web ACL of AWS WAF: for that, use a `SecureRestApi`.
 *
 * @throws pulumi.InputPropertiesError with every problem of the arguments, before anything is registered
 * @see `docs/components/secure-http-api.md` for the permissions that a deployment needs
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html
 */
export class SecureHttpApi extends pulumi.ComponentResource {
  /** The component's type token. The policy pack recognizes it in any language. */
  static readonly token = "api-guardrails:index:SecureHttpApi";

  /** The URL of the API, without a slash at the end. With a domain, it is the domain, with the base path. */
  readonly url: pulumi.Output<string>;
  /** `arn:aws:execute-api:REGION:ACCOUNT:API`, for the IAM policies of callers. */
  readonly executionArn: pulumi.Output<string>;
  readonly api: aws.apigatewayv2.Api;
  /** The stage `$default`. It deploys by itself when a route changes. */
  readonly stage: aws.apigatewayv2.Stage;
  /** The log group of the stage's access log. */
  readonly logGroup: aws.cloudwatch.LogGroup;
  /** The domain that was created for this API alone, and its mapping to the stage. */
  readonly domain: MappedDomain | undefined;
  /** Alarms, dashboard and saved queries, unless `watch` is `"off"`. */
  readonly watch: ApiWatch | undefined;
  /** The routes by key. */
  readonly routes: Readonly<Record<RouteKey, aws.apigatewayv2.Route>>;

  constructor(name: string, args: SecureHttpApiArgs, opts: pulumi.ComponentResourceOptions = {}) {
    const headline = `SecureHttpApi "${name}" can't be created from these arguments:`;
    const problems = argumentProblems(args, name);
    refuse(headline, problems);
    occupy(args.domain, { label: `SecureHttpApi "${name}"`, kind: "HTTP" });
    const planned = plannedRoutes<HttpAuthorization, HttpRouteSettings>(args);
    const preflights = args.cors ? preflightKeys(planned) : [];
    const { lockdown = "none", transform: transforms = {}, tags } = args;
    super(
      SecureHttpApi.token,
      name,
      { routes: planned.map(({ key }) => key), publicAccess: declarations(planned), preflights, lockdown },
      adoptingOptions(guardedOptions(opts, guardingUnder(lockdown)), adoptedChildren(name, args)),
    );

    warn(problems, this);
    const parent = { parent: this };
    this.api = makeApi(name, args, planned, headline, parent);
    this.executionArn = this.api.executionArn;
    this.logGroup = accessLogGroup(
      name,
      { ...args, transform: transforms.accessLogGroup, keyTransform: transforms.accessLogKey },
      parent,
    );

    const surroundings = {
      component: name,
      headline,
      api: this.api,
      lockdown,
      tags,
      transforms,
      opts: parent,
    };
    const authorizers = makeAuthorizers(planned, surroundings);
    const made = planned.map((route): [RouteKey, aws.apigatewayv2.Route] => [
      route.key,
      makeRoute(route, authorizers, surroundings),
    ]);
    this.routes = Object.fromEntries(made) as Record<RouteKey, aws.apigatewayv2.Route>;
    const routes = [...made.map(([, route]) => route), ...makePreflightRoutes(preflights, surroundings)];
    this.stage = makeStage(args, planned, preflights, { logGroup: this.logGroup, routes }, surroundings);

    const { api, stage, logGroup } = this;
    const { own, address } = mapDomain(name, args.domain, { headline, api, stage, tags, transforms }, parent);
    this.domain = own;
    this.url = address
      ? pulumi.interpolate`https://${address}`
      : this.stage.invokeUrl.apply((url = "") => url.replace(/\/$/, ""));
    const watched = { kind: "HTTP", api: api.id, stage: stage.name, accessLogGroup: logGroup } as const;
    this.watch =
      args.watch === "off" ? undefined : new ApiWatch(name, { ...watched, ...args.watch, tags }, parent);
    this.registerOutputs({
      url: this.url,
      executionArn: this.executionArn,
      apiId: this.api.id,
      stageName: this.stage.name,
      logGroupName: this.logGroup.name,
    });
  }
}
