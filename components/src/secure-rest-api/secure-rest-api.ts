import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { adoptingOptions } from "../adoption/adopted";
import { ApiWatch } from "../api-watch/api-watch";
import { occupy } from "../domain/address-problems";
import { refuse, warn } from "../input-problems";
import { guardingUnder } from "../lockdown";
import { guardedOptions } from "../override/guarded-options";
import type { RouteKey } from "../routes/route-key";
import { defaultStageName } from "../stage-name";
import { adoptedChildren } from "./adoption";
import type { SecureRestApiArgs } from "./args";
import { argumentProblems } from "./argument-problems";
import { makeDeployment } from "./deployment";
import { mapDomain } from "./domain";
import { makeMethodSettings } from "./method-settings";
import { planDocumentedApi } from "./open-api/documented-api";
import { planRoutedApi } from "./routed-api";
import { makeStage } from "./stage";
import { makeUsagePlans } from "./usage-plans/make";
import { shieldStage } from "./web-acl/make";

/**
 * A REST API. Every route is authorized unless it is declared public. Requests are validated, throttled, checked by AWS WAF,
 * traced and logged.
 *
 * ```ts
 * const api = new SecureRestApi("customers", {
 *     authorization: Authorization.cognito({ userPool, scopes: ["customers/read"] }),
 *     routes: {
 *         "GET /customers/{id}": { handler: lookup },
 *         "POST /customers": { handler: create, scopes: ["customers/write"], body: customerSchema },
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
 * It never accepts a public or Cognito route whose path could also match paths of a route with a Lambda authorizer.
 *
 * @throws pulumi.InputPropertiesError with every problem of the arguments, before anything is registered
 * @see `docs/components/secure-rest-api.md` for what happens after a route is removed
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-rest-api.html
 */
export class SecureRestApi extends pulumi.ComponentResource {
  /** The component's type token. The policy pack recognizes it in any language. */
  static readonly token = "api-guardrails:index:SecureRestApi";

  /** The URL of the API, without a slash at the end: the domain with the base path, or the default endpoint with the stage. */
  readonly url: pulumi.Output<string>;
  /** `arn:aws:execute-api:REGION:ACCOUNT:API`, for the IAM policies of callers. */
  readonly executionArn: pulumi.Output<string>;
  readonly api: aws.apigateway.RestApi;
  readonly stage: aws.apigateway.Stage;
  readonly deployment: aws.apigateway.Deployment;
  /** The log group of the stage's access log. */
  readonly logGroup: aws.cloudwatch.LogGroup;
  /** The routes by key. Empty for an OpenAPI document, whose operations are part of the API itself. */
  readonly routes: Readonly<Record<RouteKey, aws.apigateway.Method>>;
  /** The API keys of the usage plans, by client. */
  readonly apiKeys: Readonly<Record<string, aws.apigateway.ApiKey>>;
  /** The web ACL, if the component created it. */
  readonly webAcl: aws.wafv2.WebAcl | undefined;
  /** Alarms, dashboard and saved queries, unless `watch` is `"off"`. */
  readonly watch: ApiWatch | undefined;

  constructor(name: string, args: SecureRestApiArgs, opts: pulumi.ComponentResourceOptions = {}) {
    const headline = `SecureRestApi "${name}" can't be created from these arguments:`;
    const problems = argumentProblems(args, name);
    refuse(headline, problems);
    occupy(args.domain, { label: `SecureRestApi "${name}"`, kind: "REST" });
    const planned = args.openApi ? planDocumentedApi(args) : planRoutedApi(args);
    const { lockdown = "none" } = args;
    const { routes, publicAccess } = planned;
    super(
      SecureRestApi.token,
      name,
      {
        routes: routes.map(({ key }) => key),
        authorization: Object.fromEntries(routes.map(({ key, type }) => [key, type])),
        publicAccess,
        lockdown,
      },
      adoptingOptions(guardedOptions(opts, guardingUnder(lockdown)), adoptedChildren(name, args)),
    );

    warn(problems, this);
    const place = {
      component: name,
      headline,
      stageName: args.stageName ?? defaultStageName,
      tags: args.tags,
      transform: args.transform ?? {},
      parent: this,
      opts: { parent: this },
    };
    const { api: made, methods, parts, needs } = planned.make(place);
    const { resource: api } = made;
    this.api = api;
    this.executionArn = api.executionArn;
    this.routes = methods;
    const surroundings = { ...place, api };
    this.deployment = makeDeployment(made, parts, needs, surroundings);
    const { stage, accessLogGroup } = makeStage(this.deployment, args, surroundings);
    this.stage = stage;
    this.logGroup = accessLogGroup;
    makeMethodSettings({ lockdown, throttle: args.throttle, routes: planned.throttles }, stage, surroundings);
    this.apiKeys = makeUsagePlans(args.usagePlans ?? {}, stage, lockdown, surroundings);
    const { authorizations } = planned;
    this.webAcl = shieldStage(args.waf, { stage, accessLog: args.accessLog, authorizations }, surroundings);
    this.watch =
      args.watch === "off"
        ? undefined
        : new ApiWatch(
            name,
            {
              kind: "REST",
              // CloudWatch tells REST APIs apart by their names.
              api: api.name,
              stage: stage.stageName,
              accessLogGroup,
              tags: args.tags,
              ...args.watch,
            },
            place.opts,
          );
    const address = args.domain && mapDomain(args.domain, stage, surroundings);
    this.url = address ? pulumi.interpolate`https://${address}` : stage.invokeUrl;
    this.registerOutputs({
      url: this.url,
      executionArn: this.executionArn,
      apiId: api.id,
      stageName: stage.stageName,
      logGroupName: this.logGroup.name,
    });
  }
}
