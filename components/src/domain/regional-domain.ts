import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type Transform, transformed } from "../override/transform";
import type { Tags } from "../tags";
import type { DomainArgs, DomainTransforms } from "./args";
import { certificateArn } from "./certificate";
import { makeRecords } from "./records";
import { type enhancedTls, legacyTls } from "./tls";
import { truststore } from "./truststore";

/** Changes the arguments of a domain's resources. */
export interface RegionalDomainTransforms extends DomainTransforms {
  readonly domainName?: Transform<aws.apigateway.DomainNameArgs> | undefined;
}

/**
 * Creates a regional domain with version 1 of API Gateway's API, which has all security policies. Mappings of both versions lead
 * from it. With a hosted zone, it also creates the records, and the certificate if none was passed in.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-regional-api-custom-domain-create.html
 */
export function makeRegionalDomain(
  name: string,
  domain: DomainArgs,
  settings: {
    /** The first line of an error about a value that arrives later. */
    readonly headline: string;
    /** Where the arguments of the domain are, with a dot at the end. */
    readonly path: string;
    /** The security policy, if the domain has no mutual TLS. */
    readonly tls: typeof enhancedTls | typeof legacyTls;
    readonly tags?: Tags | undefined;
    readonly transforms: RegionalDomainTransforms;
  },
  opts: pulumi.CustomResourceOptions,
): aws.apigateway.DomainName {
  const { headline, path, tls, tags, transforms } = settings;
  const { mutualTls } = domain;
  const ownershipVerificationCertificateArn = mutualTls?.ownershipVerificationCertificateArn;
  const domainName = new aws.apigateway.DomainName(
    name,
    transformed(transforms.domainName, "aws:apigateway/domainName:DomainName", name, {
      domainName: domain.name,
      regionalCertificateArn: certificateArn(name, domain, tags, opts, transforms),
      // The default is IPv4 only, and the AAAA record would lead nowhere.
      endpointConfiguration: { types: "REGIONAL", ipAddressType: "dualstack" },
      ...(mutualTls
        ? {
            ...legacyTls,
            mutualTlsAuthentication: truststore(mutualTls, headline, `${path}mutualTls.`),
          }
        : tls),
      ...(ownershipVerificationCertificateArn !== undefined && { ownershipVerificationCertificateArn }),
      ...(tags !== undefined && { tags }),
    }),
    opts,
  );
  const target = { name: domainName.regionalDomainName, zoneId: domainName.regionalZoneId };
  makeRecords(name, domain, target, opts, transforms.record);
  return domainName;
}
