import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type Transform, transformed } from "../override/transform";
import type { Tags } from "../tags";
import type { DomainArgs, DomainTransforms } from "./args";
import { certificateArn } from "./certificate";
import { makeRecords } from "./records";
import { truststore } from "./truststore";

/** Changes the arguments of a domain's resources. */
export interface MappedDomainTransforms extends DomainTransforms {
  readonly domainName?: Transform<aws.apigatewayv2.DomainNameArgs> | undefined;
  readonly apiMapping?: Transform<aws.apigatewayv2.ApiMappingArgs> | undefined;
}

/** A domain and its mapping to a stage. */
export interface MappedDomain {
  readonly domainName: aws.apigatewayv2.DomainName;
  readonly apiMapping: aws.apigatewayv2.ApiMapping;
}

/**
 * Creates a domain, over TLS 1.2 or newer, for a stage of an HTTP or WebSocket API. With a hosted zone, it also creates the
 * records, and the certificate if none was passed in.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-custom-domain-names.html
 */
export function mapDomain(
  name: string,
  domain: DomainArgs,
  settings: {
    /** The first line of an error about a value that arrives later. */
    readonly headline: string;
    readonly api: aws.apigatewayv2.Api;
    readonly stage: aws.apigatewayv2.Stage;
    readonly tags?: Tags | undefined;
    readonly transforms?: MappedDomainTransforms | undefined;
  },
  opts: pulumi.CustomResourceOptions,
): MappedDomain {
  const { headline, api, stage, tags, transforms = {} } = settings;
  const { mutualTls } = domain;
  const ownershipVerificationCertificateArn = mutualTls?.ownershipVerificationCertificateArn;
  const domainName = new aws.apigatewayv2.DomainName(
    name,
    transformed(transforms.domainName, "aws:apigatewayv2/domainName:DomainName", name, {
      domainName: domain.name,
      domainNameConfiguration: {
        certificateArn: certificateArn(name, domain, tags, opts, transforms),
        endpointType: "REGIONAL",
        securityPolicy: "TLS_1_2",
        // The default is IPv4 only, and the AAAA record would lead nowhere.
        ipAddressType: "dualstack",
        ...(ownershipVerificationCertificateArn !== undefined && { ownershipVerificationCertificateArn }),
      },
      ...(mutualTls && { mutualTlsAuthentication: truststore(mutualTls, headline) }),
      ...(tags !== undefined && { tags }),
    }),
    opts,
  );
  const apiMapping = new aws.apigatewayv2.ApiMapping(
    name,
    transformed(transforms.apiMapping, "aws:apigatewayv2/apiMapping:ApiMapping", name, {
      apiId: api.id,
      domainName: domainName.domainName,
      stage: stage.name,
    }),
    opts,
  );
  const { targetDomainName, hostedZoneId } = domainName.domainNameConfiguration;
  makeRecords(name, domain, { name: targetDomainName, zoneId: hostedZoneId }, opts, transforms);
  return { domainName, apiMapping };
}
