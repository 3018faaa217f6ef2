import type * as pulumi from "@pulumi/pulumi";
import { branded, brandOf, isBranded } from "../brand";

/** An HTTP endpoint on the internet that answers a route. */
export interface HttpIntegrationArgs {
  /**
   * The https URL that API Gateway calls. In its path and its query `{name}` stands for the path parameter of that name,
   * which the route has to have: `https://customers.example.com/customers/{id}`. A greedy one is named without its plus.
   */
  readonly url: pulumi.Input<string>;
  /**
   * The method it is called with. Default: the route's own; for `ANY` the caller's; for a WebSocket API POST, where `ANY`
   * is refused.
   */
  readonly method?: string | undefined;
}

/** A service inside a VPC that answers a route of an HTTP API, through a VPC link. */
export interface VpcLinkIntegrationArgs {
  /** The id of the VPC link, of `aws.apigatewayv2.VpcLink`. */
  readonly vpcLinkId: pulumi.Input<string>;
  /** The ARN of a load balancer's listener, or of a Cloud Map service. */
  readonly listenerArn: pulumi.Input<string>;
  /**
   * The name in the service's certificate. API Gateway speaks TLS to it and refuses one of another name.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
   */
  readonly serverName: pulumi.Input<string>;
  /** The method it is called with. Default: the route's own; for `ANY` the caller's. */
  readonly method?: string | undefined;
}

/** A service inside a VPC that answers a route of a REST API, through a VPC link to a network load balancer. */
export interface RestVpcLinkIntegrationArgs {
  /** The id of the VPC link, of `aws.apigateway.VpcLink`. */
  readonly vpcLinkId: pulumi.Input<string>;
  /**
   * The https URL that API Gateway calls through the link: its host is the name in the service's certificate. `{name}`
   * stands for the path parameter of that name.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html
   */
  readonly url: pulumi.Input<string>;
  /** The method it is called with. Default: the route's own; for `ANY` the caller's. */
  readonly method?: string | undefined;
}

declare const made: unique symbol;

/** Only `Integration.http()` makes one. */
export interface HttpIntegration extends HttpIntegrationArgs {
  readonly [made]: "HTTP";
  readonly type: "HTTP";
}

/** Only `Integration.vpcLink()` makes one. */
export interface VpcLinkIntegration extends VpcLinkIntegrationArgs {
  readonly [made]: "VPC_LINK";
  readonly type: "VPC_LINK";
}

/** Only `Integration.restVpcLink()` makes one. */
export interface RestVpcLinkIntegration extends RestVpcLinkIntegrationArgs {
  readonly [made]: "REST_VPC_LINK";
  readonly type: "REST_VPC_LINK";
}

export type Integration = HttpIntegration | VpcLinkIntegration | RestVpcLinkIntegration;

const brand = brandOf("integration");

/** Makes what answers a route other than a Lambda function. API Gateway passes the request on once it has authorized it. */
export const Integration = {
  /**
   * An HTTP endpoint on the internet. It answers whoever else calls it as well, unless it checks where a call comes from.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-http.html
   */
  http(args: HttpIntegrationArgs): HttpIntegration {
    return branded(brand, { ...args, type: "HTTP" }) as HttpIntegration;
  },

  /**
   * A service inside a VPC, for a route of a `SecureHttpApi`, over TLS.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
   */
  vpcLink(args: VpcLinkIntegrationArgs): VpcLinkIntegration {
    return branded(brand, { ...args, type: "VPC_LINK" }) as VpcLinkIntegration;
  },

  /**
   * A service inside a VPC, for a route of a `SecureRestApi`, over TLS.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html
   */
  restVpcLink(args: RestVpcLinkIntegrationArgs): RestVpcLinkIntegration {
    return branded(brand, { ...args, type: "REST_VPC_LINK" }) as RestVpcLinkIntegration;
  },
};

/** Tells an integration from a Lambda function. */
export function isIntegration<Other, Made extends Integration = Integration>(
  value: Other | Made,
): value is Made {
  return isBranded(brand, value);
}
