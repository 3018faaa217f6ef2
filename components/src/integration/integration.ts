import type * as pulumi from "@pulumi/pulumi";
import { branded, isBranded } from "../brand";
import { integrationBrand } from "./integration-brand";
import { type ServiceIntegration, serviceIntegrations } from "./service-integration";

/** An HTTP endpoint on the internet that answers a route. */
export interface HttpIntegrationArgs {
  /**
   * The https URL that API Gateway calls. In its path and query, `{name}` is replaced by the route's path parameter of that
   * name: `https://customers.example.com/customers/{id}`. Spell a greedy parameter without its plus.
   */
  readonly url: pulumi.Input<string>;
  /**
   * The method of the call. Default: the route's method, or the caller's for `ANY`. For a WebSocket API the default is POST,
   * and `ANY` is refused.
   */
  readonly method?: string | undefined;
}

/** A service inside a VPC that answers a route of an HTTP API, through a VPC link. */
export interface VpcLinkIntegrationArgs {
  /** The id of an `aws.apigatewayv2.VpcLink`. */
  readonly vpcLinkId: pulumi.Input<string>;
  /** The ARN of a load balancer's listener, or of a Cloud Map service. */
  readonly listenerArn: pulumi.Input<string>;
  /**
   * The name in the service's certificate. API Gateway uses TLS, and refuses a certificate with another name.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
   */
  readonly serverName: pulumi.Input<string>;
  /** The method of the call. Default: the route's method, or the caller's for `ANY`. */
  readonly method?: string | undefined;
}

/**
 * A service inside a VPC that answers a route of a REST API, through a VPC link to an application or a network load balancer.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/private-integration.html
 */
export interface RestVpcLinkIntegrationArgs {
  /** The id of an `aws.apigatewayv2.VpcLink`; or, without `loadBalancerArn`, of an `aws.apigateway.VpcLink`. */
  readonly vpcLinkId: pulumi.Input<string>;
  /**
   * The ARN of the load balancer behind an `aws.apigatewayv2.VpcLink`. Default: none, an `aws.apigateway.VpcLink` names its own
   * network load balancer.
   */
  readonly loadBalancerArn?: pulumi.Input<string> | undefined;
  /**
   * The https URL that API Gateway calls through the link. Its host is the name in the service's certificate. `{name}` is
   * replaced by the path parameter of that name.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html
   */
  readonly url: pulumi.Input<string>;
  /** The method of the call. Default: the route's method, or the caller's for `ANY`. */
  readonly method?: string | undefined;
}

declare const made: unique symbol;

/** Only `Integration.http()` creates one. */
export interface HttpIntegration extends HttpIntegrationArgs {
  readonly [made]: "HTTP";
  readonly type: "HTTP";
}

/** Only `Integration.vpcLink()` creates one. */
export interface VpcLinkIntegration extends VpcLinkIntegrationArgs {
  readonly [made]: "VPC_LINK";
  readonly type: "VPC_LINK";
}

/** Only `Integration.restVpcLink()` creates one. */
export interface RestVpcLinkIntegration extends RestVpcLinkIntegrationArgs {
  readonly [made]: "REST_VPC_LINK";
  readonly type: "REST_VPC_LINK";
}

/** A server that API Gateway forwards requests to. */
export type EndpointIntegration = HttpIntegration | VpcLinkIntegration | RestVpcLinkIntegration;

export type Integration = EndpointIntegration | ServiceIntegration;

/** Answers a route with something other than a Lambda function. API Gateway forwards a request only after authorizing it. */
export const Integration = {
  /**
   * Forwards to an HTTP endpoint on the internet. The endpoint has to check where a call comes from: others can call it
   * directly.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-http.html
   */
  http(args: HttpIntegrationArgs): HttpIntegration {
    return branded(integrationBrand, { ...args, type: "HTTP" }) as HttpIntegration;
  },

  /**
   * Forwards to a service inside a VPC, over TLS, for a route of a `SecureHttpApi`.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
   */
  vpcLink(args: VpcLinkIntegrationArgs): VpcLinkIntegration {
    return branded(integrationBrand, { ...args, type: "VPC_LINK" }) as VpcLinkIntegration;
  },

  /**
   * Forwards to a service inside a VPC, over TLS, for a route of a `SecureRestApi`.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html
   */
  restVpcLink(args: RestVpcLinkIntegrationArgs): RestVpcLinkIntegration {
    return branded(integrationBrand, { ...args, type: "REST_VPC_LINK" }) as RestVpcLinkIntegration;
  },

  ...serviceIntegrations,
};

/** Whether an integration is an AWS service. */
export function isService<Service extends ServiceIntegration>(
  integration: EndpointIntegration | Service,
): integration is Service {
  return !Object.hasOwn(endpoints, integration.type);
}

const endpoints: Readonly<Record<EndpointIntegration["type"], true>> = {
  HTTP: true,
  VPC_LINK: true,
  REST_VPC_LINK: true,
};

/** Whether a handler is an integration rather than a Lambda function. */
export function isIntegration<Other, Made extends Integration = Integration>(
  value: Other | Made,
): value is Made {
  return isBranded(integrationBrand, value);
}
