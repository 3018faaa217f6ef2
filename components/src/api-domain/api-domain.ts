import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  type AddressSettings,
  type ApiAddress,
  addressOn,
  type DomainApis,
  type SharedDomain,
} from "../domain/address";
import type { RegionalTarget } from "../domain/records";
import { makeRegionalDomain } from "../domain/regional-domain";
import { enhancedTls, legacyTls } from "../domain/tls";
import { refuse } from "../input-problems";
import { guardedOptions } from "../override/guarded-options";
import type { ApiDomainArgs } from "./args";
import { argumentProblems } from "./argument-problems";
import { type ExistingDomain, type ExistingDomainArgs, existingDomain } from "./existing-domain";
import { makePrivateDomain } from "./private-domain";

/**
 * A domain that several APIs share, each at a base path of its own: also APIs of other stacks. It has TLS 1.2 or newer.
 *
 * ```ts
 * const domain = new ApiDomain("shop", { name: "api.example.com", hostedZoneId });
 *
 * new SecureHttpApi("orders", {
 *     authorization: Authorization.iam(),
 *     routes: { "GET /{id}": { handler: lookup } },
 *     domain: domain.at("orders"),
 * });
 * new SecureHttpApi("customers", {
 *     authorization: Authorization.iam(),
 *     routes: { "GET /{id}": { handler: lookup } },
 *     domain: domain.at("customers/v2"),
 * });
 * ```
 *
 * It never gives one base path to two APIs of a program, and never maps an API without naming its stage.
 *
 * @throws pulumi.InputPropertiesError with every problem of the arguments, before anything is registered
 * @see `docs/components/api-domain.md` for domains of other stacks, several regions and private domains
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-mappings.html
 */
export class ApiDomain<Apis extends DomainApis = "HTTP and REST"> extends pulumi.ComponentResource {
  /** The component's type token, in any language. */
  static readonly token = "api-guardrails:index:ApiDomain";

  /** The name, known once the domain exists. Another stack passes it to `ApiDomain.existing()`. */
  readonly domainName: pulumi.Output<string>;
  /** The URL of the root, without a slash at the end. None for a wildcard, under which no URL can be called. */
  readonly url: pulumi.Output<string> | undefined;
  /** Where records elsewhere point to: the name and the zone of the regional endpoint. None for a private domain. */
  readonly target: RegionalTarget | undefined;
  /** The ARN of the certificate that was passed in or created. */
  readonly certificateArn: pulumi.Output<string>;
  /** The domain itself. Another stack needs the `domainNameId` of a private one, and another account its `arn`. */
  readonly domain: aws.apigateway.DomainName;
  readonly #shared: SharedDomain;

  constructor(name: string, args: ApiDomainArgs<Apis>, opts: pulumi.ComponentResourceOptions = {}) {
    const headline = `ApiDomain "${name}" can't be created from these arguments:`;
    refuse(headline, argumentProblems(args));
    const given: ApiDomainArgs = args;
    const { apis = "HTTP and REST" } = given;
    super(ApiDomain.token, name, { domainName: given.name, apis }, guardedOptions(opts));
    const parent = { parent: this };
    this.domain =
      given.apis === "private REST"
        ? makePrivateDomain(name, given, headline, parent)
        : makeRegionalDomain(
            name,
            given,
            {
              headline,
              path: "",
              tls: apis === "REST" ? enhancedTls : legacyTls,
              tags: given.tags,
              transforms: given.transform ?? {},
            },
            parent,
          );
    const { domainName, regionalDomainName, regionalZoneId } = this.domain;
    this.domainName = domainName;
    const scheme = apis === "WEBSOCKET" ? "wss" : "https";
    this.url = given.name.startsWith("*.") ? undefined : pulumi.interpolate`${scheme}://${domainName}`;
    const isPrivate = apis === "private REST";
    this.target = isPrivate ? undefined : { name: regionalDomainName, zoneId: regionalZoneId };
    this.certificateArn = (isPrivate ? this.domain.certificateArn : this.domain.regionalCertificateArn).apply(
      (arn = "") => arn,
    );
    this.#shared = {
      name: given.name,
      mappedName: domainName,
      apis,
      requiresCertificates: given.mutualTls !== undefined,
      domainNameId: isPrivate ? this.domain.domainNameId : undefined,
      component: name,
      occupants: new Map(),
    };
    this.registerOutputs({
      domainName,
      url: this.url,
      target: this.target,
      certificateArn: this.certificateArn,
    });
  }

  /**
   * An address on the domain, for the argument `domain` of an API.
   *
   * @param basePath segments divided by slashes: `orders`, `orders/v2`. A private domain has one segment only. Default: the root
   * @param settings which name `url` of the API has, if the domain has a wildcard
   */
  at(basePath = "", settings?: AddressSettings): ApiAddress<Apis> {
    return addressOn(this.#shared, basePath, settings);
  }

  /**
   * A domain that another stack, or nobody's program, created. It registers only the mappings of the APIs that it is given to.
   *
   * ```ts
   * domain: ApiDomain.existing("api.example.com").at("orders")
   * ```
   *
   * @param name its name, which may arrive from another stack: `new pulumi.StackReference("domains").requireOutput("domainName")`
   * @param args which APIs it leads to, and the id of a private domain
   * @throws pulumi.InputPropertiesError if the name is no host name, or a private domain has no id
   */
  static existing<Apis extends DomainApis = "HTTP and REST">(
    name: pulumi.Input<string>,
    args: ExistingDomainArgs<Apis> = {},
  ): ExistingDomain<Apis> {
    return existingDomain(name, args);
  }
}
