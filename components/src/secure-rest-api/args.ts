import type * as aws from "@pulumi/aws";
import type { AccessLog } from "../access-log/args";
import type { Watch } from "../api-watch/args";
import type { RestAuthorization } from "../authorization/authorization";
import type { Cors } from "../cors/args";
import type { ApiAddress } from "../domain/address";
import type { DomainArgs } from "../domain/args";
import type { DefaultEndpoint } from "../domain/default-endpoint";
import type { RegionalDomainTransforms } from "../domain/regional-domain";
import type { GatewayLoggingAccount } from "../gateway-logging-account/gateway-logging-account";
import type { ServiceTransforms } from "../integration/service-role";
import type { Lockdown } from "../lockdown";
import type { Transform } from "../override/transform";
import type { AuthorizedRoutes } from "../routes/route-types";
import type { Tags } from "../tags";
import type { Throttle } from "../throttle";
import type { RestAdoption } from "./adoption";
import type { OpenApiArgs } from "./open-api/args";
import type { PrivateEndpoint } from "./private-endpoint";
import type { ResourcePolicyArgs } from "./resource-policy/args";
import type { ResponseTransfer } from "./response-transfer";
import type { RestHandler } from "./rest-handler";
import type { UsagePlans } from "./usage-plans/args";
import type { JsonSchema, RequiredParameters } from "./validation/args";
import type { WebAclArgs } from "./web-acl/args";

interface RouteSettings extends ResponseTransfer {
  /**
   * What answers the route: a Lambda function, in payload format 1.0, or an `Integration`. A function or an alias can answer
   * about 55 routes: its policy has a statement for each, and Lambda limits the policy to 20,480 bytes.
   */
  readonly handler: RestHandler;
  /** The throttle of the route. Default: the API's. */
  readonly throttle?: Throttle | undefined;
  /** The JSON Schema of the body, whatever its content type. API Gateway answers another body with 400. Default: any body. */
  readonly body?: JsonSchema | undefined;
  /** Parameters that every request needs. API Gateway answers others with 400. Default: none. */
  readonly requiredParameters?: RequiredParameters | undefined;
}

/** A route without API keys. */
interface UnmeteredRoute {
  readonly apiKeyRequired?: false | undefined;
}

/** A route whose callers send the API key of a usage plan as `x-api-key`, in addition to their authorization. */
interface MeteredRoute {
  /**
   * Whether callers need an API key. A key only counts requests. It is no authorization, so a public route can't require one.
   * A key outside of this stage's usage plans gets 403. Default: false.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
   */
  readonly apiKeyRequired: boolean;
  readonly access?: undefined;
}

/** The arguments of a route, besides its authorization. */
export type RestRouteSettings = RouteSettings & (UnmeteredRoute | MeteredRoute);

/** The arguments of a `SecureRestApi`, besides its routes. */
export interface RestApiSettings extends DefaultEndpoint {
  /** The throttle of every route without its own. Default: 100 requests per second, 200 at once. */
  readonly throttle?: Throttle | undefined;
  /**
   * Closes the API during an incident. `"throttle"` answers every request with 429 within seconds. `"deny"` answers 403, with
   * a resource policy and a new deployment. Use it on an API that is already deployed: the provider drops a limit of 0 when
   * it creates an API.
   *
   * Neither changes the routes. If the review date of a public route has passed, the policy pack therefore blocks both, and
   * going back to `"none"`, until the route has a new review date. Set it in the same deployment. Default: `"none"`.
   */
  readonly lockdown?: Lockdown | undefined;
  /**
   * Which web pages of other origins may call the API. Handlers have to send the headers in their own answers. With several
   * origins and `allowCredentials`, pages can't read the answers of API Gateway itself, such as 401 and 429. Default: none.
   */
  readonly cors?: Cors | undefined;
  /**
   * A domain name: one of the API's own, or an address on an `ApiDomain`, such as `domain.at("orders")`. Of several addresses,
   * `url` is the first. A private API needs an `ApiDomain` with `apis: "private REST"`. Default: none, callers use the default
   * endpoint.
   */
  readonly domain?:
    | DomainArgs
    | ApiAddress<"HTTP and REST" | "REST" | "private REST">
    | readonly ApiAddress<"HTTP and REST" | "REST" | "private REST">[]
    | undefined;
  /** Makes the API private. Plain, because it decides what the resource policy says. Default: none, the API is on the internet. */
  readonly endpoint?: PrivateEndpoint | undefined;
  /**
   * Where requests have to come from, and which other AWS accounts may sign them. Default: from anywhere, and no other
   * account.
   */
  readonly resourcePolicy?: ResourcePolicyArgs | undefined;
  /**
   * The web ACL of AWS WAF. `"off"` creates none. Default: a web ACL that blocks addresses with more than 1000 requests in
   * five minutes, addresses with a bad reputation, and requests that match AWS's managed rules.
   */
  readonly waf?: WebAclArgs | "off" | undefined;
  /** Limits for clients with an API key. Default: none. */
  readonly usagePlans?: UsagePlans | undefined;
  /**
   * The stage's name: 1 to 128 letters, digits, hyphens and underscores. Without a domain, it is part of the URL. Default:
   * `live`.
   */
  readonly stageName?: string | undefined;
  /**
   * How the access log is kept. The retention and `kmsKeyId` also apply to the execution log, which contains errors only, and
   * to the log of AWS WAF. `onDestroy` applies to the log of AWS WAF too, `ownKey` to the access log only. Default: for a year,
   * under CloudWatch's own key, also when the stack is destroyed.
   */
  readonly accessLog?: AccessLog | undefined;
  /**
   * The account's CloudWatch role, if the same program creates it. The stage waits for it. Default: none, the role exists
   * already. Without the role, API Gateway refuses the stage.
   */
  readonly loggingAccount?: GatewayLoggingAccount | aws.apigateway.Account | undefined;
  /** Alarms, a dashboard and saved queries. Default: an `ApiWatch` with its defaults, whose alarms notify nobody. */
  readonly watch?: Watch | undefined;
  /** For every resource that can have tags. Default: none. */
  readonly tags?: Tags | undefined;
  /**
   * Takes over the resources of an API that this stack has already, in place, instead of creating them. Default: none, the component
   * creates everything.
   */
  readonly adopt?: RestAdoption | undefined;
  /**
   * Changes the arguments of the children, with one function for each kind. It may make the API stricter. A change that would
   * let more callers in, let something else answer or record less stops the program. A change here is deployed at once. A
   * change by the component's option `transforms` is deployed only with the next deployment.
   */
  readonly transform?: RestApiTransforms | undefined;
}

/**
 * Changes the arguments of the children of a `SecureRestApi`, with one function for each kind. It may make the API stricter, never
 * weaker (`docs/components/transforms.md`).
 */
export interface RestApiTransforms extends RegionalDomainTransforms, ServiceTransforms {
  readonly restApi?: Transform<aws.apigateway.RestApiArgs> | undefined;
  /** For each segment of a path. */
  readonly resource?: Transform<aws.apigateway.ResourceArgs> | undefined;
  /** For each route, and for each answer to a preflight. */
  readonly method?: Transform<aws.apigateway.MethodArgs> | undefined;
  readonly integration?: Transform<aws.apigateway.IntegrationArgs> | undefined;
  /** For each answer to a preflight, and each answer of an AWS service. */
  readonly methodResponse?: Transform<aws.apigateway.MethodResponseArgs> | undefined;
  readonly integrationResponse?: Transform<aws.apigateway.IntegrationResponseArgs> | undefined;
  readonly authorizer?: Transform<aws.apigateway.AuthorizerArgs> | undefined;
  readonly requestValidator?: Transform<aws.apigateway.RequestValidatorArgs> | undefined;
  readonly model?: Transform<aws.apigateway.ModelArgs> | undefined;
  readonly permission?: Transform<aws.lambda.PermissionArgs> | undefined;
  readonly gatewayResponse?: Transform<aws.apigateway.ResponseArgs> | undefined;
  readonly deployment?: Transform<aws.apigateway.DeploymentArgs> | undefined;
  readonly stage?: Transform<aws.apigateway.StageArgs> | undefined;
  /** For the settings of the stage, and of each method with its own throttle. */
  readonly methodSettings?: Transform<aws.apigateway.MethodSettingsArgs> | undefined;
  readonly accessLogGroup?: Transform<aws.cloudwatch.LogGroupArgs> | undefined;
  /** For the key that `ownKey` creates. */
  readonly accessLogKey?: Transform<aws.kms.KeyArgs> | undefined;
  readonly executionLogGroup?: Transform<aws.cloudwatch.LogGroupArgs> | undefined;
  readonly webAcl?: Transform<aws.wafv2.WebAclArgs> | undefined;
  readonly webAclLogGroup?: Transform<aws.cloudwatch.LogGroupArgs> | undefined;
  readonly usagePlan?: Transform<aws.apigateway.UsagePlanArgs> | undefined;
  readonly apiKey?: Transform<aws.apigateway.ApiKeyArgs> | undefined;
  /** For the mapping of a domain of the API's own, and of a private domain. */
  readonly basePathMapping?: Transform<aws.apigateway.BasePathMappingArgs> | undefined;
  /** For the mappings of other addresses. */
  readonly apiMapping?: Transform<aws.apigatewayv2.ApiMappingArgs> | undefined;
}

/** An API with routes in the program. */
export type RoutedArgs = AuthorizedRoutes<RestAuthorization, RestRouteSettings> & {
  readonly openApi?: undefined;
};

/** An API described by an OpenAPI document. */
export interface DocumentedArgs {
  /** For operations without security in the document, and for security schemes that `openApi.schemes` doesn't name. */
  readonly authorization: RestAuthorization;
  /**
   * An OpenAPI document, instead of `routes`. The component completes it before API Gateway imports it: it adds an
   * authorization to each operation without one, copies the root's `security` to the operations, adds API Gateway's
   * extensions to the security schemes, and validates requests, whatever their content type (unless the operation declares one
   * without a schema). It never removes an authorization. It refuses an operation without a handler.
   *
   * To change from `routes` to `openApi` or back, give the component a new name. Under the old name, Pulumi would delete the
   * old policy and methods from the same API after the import, and the next deployment would lack them.
   */
  readonly openApi: OpenApiArgs;
  readonly routes?: undefined;
}

/** The arguments of a `SecureRestApi`. */
export type SecureRestApiArgs = RestApiSettings & (RoutedArgs | DocumentedArgs);
