import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { DomainApis } from "../domain/address";
import type { MutualTlsArgs } from "../domain/mutual-tls";
import type { DomainRecords } from "../domain/records";
import type { RegionalDomainTransforms } from "../domain/regional-domain";
import type { Transform } from "../override/transform";
import type { Tags } from "../tags";

/** Changes the arguments of the children of an `ApiDomain`. It may make them stricter, never weaker. */
export interface ApiDomainTransforms extends RegionalDomainTransforms {
  readonly accessAssociation?: Transform<aws.apigateway.DomainNameAccessAssociationArgs> | undefined;
}

interface AnyDomain {
  /**
   * For instance `api.example.com`, or `*.example.com` for all names of one label below `example.com`. Plain, because it decides
   * what is created.
   */
  readonly name: string;
  /** For every resource that can have tags. Default: none. */
  readonly tags?: Tags | undefined;
  /** Changes the arguments of the children. Default: none. */
  readonly transform?: ApiDomainTransforms | undefined;
}

interface PublicDomain extends AnyDomain, DomainRecords {
  /**
   * The ARN of a certificate for the name, in the domain's region. Default: one is created, and validated in the hosted zone. One
   * of the two is required. A private domain always needs one.
   */
  readonly certificateArn?: pulumi.Input<string> | undefined;
  readonly vpcEndpoints?: undefined;
}

interface HttpDomain extends PublicDomain {
  readonly apis?: "HTTP and REST" | "REST" | undefined;
  /**
   * Requires a client certificate from every caller of every API on the domain, in addition to the authorization of their routes.
   * Default: none.
   */
  readonly mutualTls?: MutualTlsArgs | undefined;
}

interface WebSocketDomain extends PublicDomain {
  readonly apis: "WEBSOCKET";
  readonly mutualTls?: undefined;
}

/** It has no records: its name has to lead to the VPC endpoints. */
interface PrivateDomain extends AnyDomain {
  readonly apis: "private REST";
  readonly certificateArn: pulumi.Input<string>;
  /**
   * The ids of the interface endpoints (`com.amazonaws.REGION.execute-api`) of this account through which callers come, each under
   * a name of your choice: `{ batch: endpoint.id }`. The domain's policy refuses everything else. The policy of each API has to
   * let them in too. Only for a private domain, which needs one.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-custom-domains-associations.html
   */
  readonly vpcEndpoints: Readonly<Record<string, pulumi.Input<string>>>;
  readonly mutualTls?: undefined;
  readonly hostedZoneId?: undefined;
  readonly recordsProvider?: undefined;
  readonly routing?: undefined;
  readonly validationRecord?: undefined;
}

interface LeadingTo<Apis extends DomainApis> {
  /**
   * Which APIs the domain leads to. `"HTTP and REST"` has the security policy `TLS_1_2`, without which API Gateway maps no HTTP
   * API. `"REST"` has an enhanced policy without old ciphers. `"WEBSOCKET"` is for WebSocket APIs only, and `"private REST"` for
   * private APIs only. Default: `"HTTP and REST"`.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html
   */
  readonly apis?: Apis | undefined;
}

/** The arguments of an `ApiDomain`. */
export type ApiDomainArgs<Apis extends DomainApis = DomainApis> = (
  | HttpDomain
  | WebSocketDomain
  | PrivateDomain
) &
  LeadingTo<Apis>;
