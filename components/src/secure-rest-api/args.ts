import type * as aws from "@pulumi/aws";
import type { AccessLog } from "../access-log/args";
import type { Watch } from "../api-watch/args";
import type { RestAuthorization } from "../authorization/authorization";
import type { Cors } from "../cors/args";
import type { DomainArgs, DomainTransforms } from "../domain/args";
import type { GatewayLoggingAccount } from "../gateway-logging-account/gateway-logging-account";
import type { Lockdown } from "../lockdown";
import type { Transform } from "../override/transform";
import type { AuthorizedRoutes } from "../routes/route-types";
import type { Tags } from "../tags";
import type { Throttle } from "../throttle";
import type { OpenApiArgs } from "./open-api/args";
import type { PrivateEndpoint } from "./private-endpoint";
import type { ResourcePolicyArgs } from "./resource-policy/args";
import type { RestHandler } from "./rest-handler";
import type { UsagePlans } from "./usage-plans/args";
import type { JsonSchema, RequiredParameters } from "./validation/args";
import type { WebAclArgs } from "./web-acl/args";

interface RouteSettings {
  /**
   * What answers: a Lambda function, in the proxy format 1.0, or what `Integration` makes. A function, or an alias of it,
   * takes about 55 routes: it permits each by itself, in a policy that Lambda limits to 20,480 bytes.
   */
  readonly handler: RestHandler;
  /** Default: the API's. */
  readonly throttle?: Throttle | undefined;
  /** Milliseconds after which API Gateway gives up waiting for the handler, 50 to 29000. Default: 29000. */
  readonly timeoutMilliseconds?: number | undefined;
  /** What a body has to look like, of whatever content type. API Gateway answers every other 400. Default: anything. */
  readonly body?: JsonSchema | undefined;
  /** Without which API Gateway answers 400. Default: none. */
  readonly requiredParameters?: RequiredParameters | undefined;
}

/** A route whose callers are not counted. */
interface UnmeteredRoute {
  readonly apiKeyRequired?: false | undefined;
}

/** A route whose callers are counted: each sends the API key of a usage plan as `x-api-key`, besides its authorization. */
interface MeteredRoute {
  /**
   * A key says who is counted, never who calls: it is no authorization, and a public route can't ask for one. A key of no
   * plan of this stage is answered 403. Default: false.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
   */
  readonly apiKeyRequired: boolean;
  readonly access?: undefined;
}

/** What a route has beside its authorization. */
export type RestRouteSettings = RouteSettings & (UnmeteredRoute | MeteredRoute);

/** What a `SecureRestApi` has beside its routes. */
export interface RestApiSettings {
  /** For every route that has none of its own. Default: 100 requests per second, 200 at once. */
  readonly throttle?: Throttle | undefined;
  /**
   * `"throttle"`: everybody is answered 429, within seconds. `"deny"`: 403, by a resource policy and a new deployment.
   * Both are meant for an API that is deployed: the provider doesn't send a limit of 0 with which an API would be created.
   *
   * Both leave the routes themselves as they are. Where the review date of a public route has passed, the policy pack
   * blocks both, and going back to `"none"`, until somebody has looked at the route again: give it a date in the future in
   * the same deployment. Default: `"none"`.
   */
  readonly lockdown?: Lockdown | undefined;
  /** Web pages of other origins that may call it. Default: none. The handlers' own answers need the headers too. */
  readonly cors?: Cors | undefined;
  /** A name of its own. Not for a private API. Default: none, it answers under `execute-api` alone. */
  readonly domain?: DomainArgs | undefined;
  /** Default: regional, reached over the internet. Whether there is one is plain, since it decides what the policy says. */
  readonly endpoint?: PrivateEndpoint | undefined;
  /** Where requests have to come from, and which other AWS accounts may sign them. Default: anywhere, and none. */
  readonly resourcePolicy?: ResourcePolicyArgs | undefined;
  /**
   * AWS WAF before the stage. `"off"` says aloud that there is none. Default: a web ACL of its own, that blocks addresses
   * which send more than 1000 requests in five minutes or are of ill repute, and what AWS's managed rules find bad.
   */
  readonly waf?: WebAclArgs | "off" | undefined;
  /** How much clients may call that send an API key. Default: none. */
  readonly usagePlans?: UsagePlans | undefined;
  /**
   * 1 to 128 letters, digits, hyphens and underscores. It stands in the URL after the host, unless the API has a domain.
   * Default: `live`.
   */
  readonly stageName?: string | undefined;
  /**
   * The access log. What is said here also goes for the execution log, which has errors only, and for AWS WAF's; but a key of
   * its own (`ownKey`) is the access log's alone. Default: kept for a year under CloudWatch's own key.
   */
  readonly accessLog?: AccessLog | undefined;
  /**
   * What lets API Gateway write logs in this account and region, where the same program makes it: the stage waits for it.
   * Default: none, it is there already; without it API Gateway refuses the stage.
   */
  readonly loggingAccount?: GatewayLoggingAccount | aws.apigateway.Account | undefined;
  /** From when on the API calls for attention. Default: alarms, a dashboard and saved queries with `ApiWatch`'s numbers. */
  readonly watch?: Watch | undefined;
  /** For everything that AWS tags. */
  readonly tags?: Tags | undefined;
  /**
   * Changes the arguments of what is made, one function for each kind. What decides who may call stays as it is. A change is
   * deployed; one of `transforms`, among the component's options, only with the next deployment.
   */
  readonly transform?: RestApiTransforms | undefined;
}

/** One function for each kind of child of a `SecureRestApi`. */
export interface RestApiTransforms extends DomainTransforms {
  readonly restApi?: Transform<aws.apigateway.RestApiArgs> | undefined;
  /** For each part of a path. */
  readonly resource?: Transform<aws.apigateway.ResourceArgs> | undefined;
  /** For each route, and for each answer to a preflight. */
  readonly method?: Transform<aws.apigateway.MethodArgs> | undefined;
  readonly integration?: Transform<aws.apigateway.IntegrationArgs> | undefined;
  /** For each answer to a preflight. */
  readonly methodResponse?: Transform<aws.apigateway.MethodResponseArgs> | undefined;
  readonly integrationResponse?: Transform<aws.apigateway.IntegrationResponseArgs> | undefined;
  readonly authorizer?: Transform<aws.apigateway.AuthorizerArgs> | undefined;
  readonly requestValidator?: Transform<aws.apigateway.RequestValidatorArgs> | undefined;
  readonly model?: Transform<aws.apigateway.ModelArgs> | undefined;
  readonly permission?: Transform<aws.lambda.PermissionArgs> | undefined;
  readonly gatewayResponse?: Transform<aws.apigateway.ResponseArgs> | undefined;
  readonly deployment?: Transform<aws.apigateway.DeploymentArgs> | undefined;
  readonly stage?: Transform<aws.apigateway.StageArgs> | undefined;
  /** For the stage's settings, and for those of each method with a throttle of its own. */
  readonly methodSettings?: Transform<aws.apigateway.MethodSettingsArgs> | undefined;
  readonly accessLogGroup?: Transform<aws.cloudwatch.LogGroupArgs> | undefined;
  /** The key of its own that the access log has with `ownKey`. */
  readonly accessLogKey?: Transform<aws.kms.KeyArgs> | undefined;
  readonly executionLogGroup?: Transform<aws.cloudwatch.LogGroupArgs> | undefined;
  readonly webAcl?: Transform<aws.wafv2.WebAclArgs> | undefined;
  readonly webAclLogGroup?: Transform<aws.cloudwatch.LogGroupArgs> | undefined;
  readonly usagePlan?: Transform<aws.apigateway.UsagePlanArgs> | undefined;
  readonly apiKey?: Transform<aws.apigateway.ApiKeyArgs> | undefined;
  readonly domainName?: Transform<aws.apigateway.DomainNameArgs> | undefined;
  readonly basePathMapping?: Transform<aws.apigateway.BasePathMappingArgs> | undefined;
}

/** An API whose routes the program lists. */
export type RoutedArgs = AuthorizedRoutes<RestAuthorization, RestRouteSettings> & {
  readonly openApi?: undefined;
};

/** An API that an OpenAPI document describes. */
export interface DocumentedArgs {
  /** For the operations that the document says nothing of, and for schemes that only the document knows. */
  readonly authorization: RestAuthorization;
  /**
   * Instead of `routes`. API Gateway imports the document, completed: an authorization is added where it is missing and none is
   * taken away, `security` of the document's root is written onto the operations, schemes get API Gateway's extensions, and
   * requests are validated. An operation that nothing answers is refused.
   *
   * Whoever changes from `routes` to it, or back, gives the component a new name. Under the old one Pulumi deletes the policy and
   * the methods of before after the import, from the same API, and the next deployment would go without them.
   */
  readonly openApi: OpenApiArgs;
  readonly routes?: undefined;
}

/** The arguments of a `SecureRestApi`. */
export type SecureRestApiArgs = RestApiSettings & (RoutedArgs | DocumentedArgs);
