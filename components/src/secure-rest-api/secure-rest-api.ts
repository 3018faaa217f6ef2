import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ApiWatch } from "../api-watch/api-watch";
import { refuse } from "../input-problems";
import { throttleGuard } from "../lockdown";
import { guardedOptions } from "../override/guarded-options";
import type { RouteKey } from "../routes/route-key";
import { defaultStageName } from "../stage-name";
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
 * A REST API: every route authorized unless it is declared public, its requests validated, throttled, held against AWS WAF,
 * traced, and written to an access log.
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
 * Its routes are its direct children whether they are public or not, so that opening or closing one is an update in place.
 * Nothing is made inside `apply`: with every id and ARN unknown, a preview shows every route and how it is authorized.
 *
 * API Gateway logs for a REST API only where the account, once for a region, has a role for it: `GatewayLoggingAccount`
 * makes that, and `loggingAccount` waits for it. Without it the stage can't be made.
 *
 * A Lambda authorizer answers with a policy. Where that says nothing of a path, what the API's own policy allows would
 * count, and a parameter stands there for whatever follows, slashes included. So a public route, or one of Cognito, is
 * refused where it would match paths of a route with a Lambda authorizer: `GET /{name}` beside `GET /admin`, `GET /c/{id}`
 * beside `GET /c/{id}/orders` or `GET /c`.
 *
 * What the stage serves is a snapshot. It is made anew with each change, and Pulumi removes what is no longer in the program
 * after that, so that a route which is taken out is part of one snapshot more. The API's policy no longer allows it there: a
 * public route, or one of Cognito, answers 403, unless the path of another matches it too (or the routes are too many to be
 * listed, more than about sixty). One with IAM or a Lambda authorizer goes on asking that, until the next deployment:
 * `pulumi up --replace` with the URN of the deployment makes one.
 *
 * @throws pulumi.InputPropertiesError, before anything is registered, with everything that is wrong with the arguments
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-rest-api.html
 */
export class SecureRestApi extends pulumi.ComponentResource {
  /** The token under which the policy pack knows the component, in any language. */
  static readonly token = "api-guardrails:index:SecureRestApi";

  /** Where the API answers, without a slash at the end: the domain, or the default endpoint with the stage. */
  readonly url: pulumi.Output<string>;
  /** `arn:aws:execute-api:REGION:ACCOUNT:API`, for the IAM policies of its callers. */
  readonly executionArn: pulumi.Output<string>;
  readonly api: aws.apigateway.RestApi;
  readonly stage: aws.apigateway.Stage;
  readonly deployment: aws.apigateway.Deployment;
  /** Where the stage writes its access log. */
  readonly logGroup: aws.cloudwatch.LogGroup;
  /** The routes by their keys. Operations of an OpenAPI document are none: they are in the API itself. */
  readonly routes: Readonly<Record<RouteKey, aws.apigateway.Method>>;
  /** The API keys of the usage plans, by client. */
  readonly apiKeys: Readonly<Record<string, aws.apigateway.ApiKey>>;
  /** The web ACL that was made, unless it is one of yours, or off. */
  readonly webAcl: aws.wafv2.WebAcl | undefined;
  /** Its alarms, dashboard and saved queries, unless they are off. */
  readonly watch: ApiWatch | undefined;

  constructor(name: string, args: SecureRestApiArgs, opts: pulumi.ComponentResourceOptions = {}) {
    const headline = `SecureRestApi "${name}" can't be made from these arguments:`;
    refuse(headline, argumentProblems(args, name));
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
      guardedOptions(opts, throttleGuard(lockdown)),
    );

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
    const domain = args.domain && mapDomain(args.domain, stage, surroundings);
    this.url = domain ? pulumi.interpolate`https://${domain.domainName}` : stage.invokeUrl;
    this.registerOutputs({
      url: this.url,
      executionArn: this.executionArn,
      apiId: api.id,
      stageName: stage.stageName,
      logGroupName: this.logGroup.name,
    });
  }
}
