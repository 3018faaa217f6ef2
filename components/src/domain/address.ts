import type * as pulumi from "@pulumi/pulumi";
import type { ApiKind } from "../access-log/format";
import { branded, brandOf, isBranded } from "../brand";

/**
 * Which APIs a domain leads to. API Gateway maps a domain to WebSocket APIs or to others, never to both. An HTTP API needs a
 * domain with the security policy `TLS_1_2`. A private domain leads to private REST APIs only.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-mappings.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-custom-domains.html
 */
export type DomainApis = "HTTP and REST" | "REST" | "WEBSOCKET" | "private REST";

declare const made: unique symbol;

/** Where an API is on a shared domain. Only `at()` of an `ApiDomain` or of `ApiDomain.existing()` creates one. */
export interface ApiAddress<Apis extends DomainApis = DomainApis> {
  readonly [made]: Apis;
}

/** What an address says besides its base path. */
export interface AddressSettings {
  /**
   * The name under which `url` of the API is, if the domain has a wildcard: `shop.example.com` of `*.example.com`. The API
   * answers under the other names too. Default: the domain's own name.
   */
  readonly host?: string | undefined;
}

/** An API that has a base path. */
export interface Occupant {
  /** For a sentence: `SecureHttpApi "orders"`. */
  readonly label: string;
  readonly kind: ApiKind;
}

/** A domain as its addresses know it. */
export interface SharedDomain {
  /** As the program says it: a plain text, or one that arrives later. */
  readonly name: pulumi.Input<string>;
  /** The same, known once the domain exists. */
  readonly mappedName: pulumi.Input<string>;
  readonly apis: DomainApis;
  /** Whether it is known to require client certificates. */
  readonly requiresCertificates: boolean;
  /** The id of a private domain. */
  readonly domainNameId?: pulumi.Input<string> | undefined;
  /** The name of the component that created it. */
  readonly component?: string | undefined;
  /** Who has which base path, as far as this program says. */
  readonly occupants: Map<string, Occupant>;
}

/** What an address is made of. The arguments of `at()` aren't checked yet. */
export interface Place {
  readonly domain: SharedDomain;
  readonly basePath: string;
  readonly host: string | undefined;
  /** What else was given to `at()`. */
  readonly settings: unknown;
}

const brand = brandOf("api-address");

/** The API to which the address is given checks it. */
export function addressOn<Apis extends DomainApis>(
  domain: SharedDomain,
  basePath: unknown,
  settings: unknown,
): ApiAddress<Apis> {
  const host = (settings as AddressSettings | undefined)?.host;
  return branded(brand, { domain, basePath, host, settings }) as unknown as ApiAddress<Apis>;
}

export function isAddress(value: unknown): value is ApiAddress {
  return isBranded(brand, value);
}

export function placeOf(address: ApiAddress): Place {
  return address as unknown as Place;
}

/**
 * What tells the mappings of a domain apart in the program. It doesn't depend on the API, so the base path of an `ApiDomain` that
 * goes from one API to another is an update in place: API Gateway refuses a second mapping of the same base path.
 */
export function mappingKey({ domain, basePath }: Place): string {
  const host =
    domain.component !== undefined ? "" : typeof domain.name === "string" ? domain.name : "existing";
  return basePath === "" ? host || "root" : `${host}/${basePath}`;
}

/** The addresses on shared domains, or undefined if the API has a domain of its own. */
export function addressesOf(placement: unknown): readonly ApiAddress[] | undefined {
  if (isAddress(placement)) return [placement];
  return Array.isArray(placement) ? placement : undefined;
}
