import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type Transform, transformed } from "../override/transform";
import type { Tags } from "../tags";
import { type ApiAddress, addressesOf } from "./address";
import type { DomainArgs, DomainTransforms } from "./args";
import { certificateArn } from "./certificate";
import { mapAddresses } from "./mappings";
import { makeRecords } from "./records";
import { legacyTls } from "./tls";
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

/** Where callers reach a stage. */
export interface Placed {
  /** The domain that was created for it. */
  readonly own: MappedDomain | undefined;
  /** The host and the base path that callers use, known once the stage is mapped. */
  readonly address: pulumi.Output<string> | undefined;
}

interface MappedStage {
  /** The first line of an error about a value that arrives later. */
  readonly headline: string;
  readonly api: aws.apigatewayv2.Api;
  readonly stage: aws.apigatewayv2.Stage;
  readonly tags?: Tags | undefined;
  readonly transforms: MappedDomainTransforms;
}

/** Maps a stage of an HTTP or WebSocket API to a domain of its own, which is created, or to addresses on shared ones. */
export function mapDomain(
  name: string,
  placement: DomainArgs | ApiAddress | readonly ApiAddress[] | undefined,
  mapped: MappedStage,
  opts: pulumi.CustomResourceOptions,
): Placed {
  if (placement === undefined) return { own: undefined, address: undefined };
  const addresses = addressesOf(placement);
  if (!addresses) {
    const own = mapOwnDomain(name, placement as DomainArgs, mapped, opts);
    return { own, address: own.apiMapping.domainName };
  }
  const { headline, api, stage, transforms } = mapped;
  const settings = { component: name, headline, transforms, opts };
  const [address] = mapAddresses(addresses, { ...settings, apiId: api.id, stage: stage.name });
  return { own: undefined, address };
}

/**
 * Creates a domain, over TLS 1.2 or newer. With a hosted zone, it also creates the records, and the certificate if none was
 * passed in.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-custom-domain-names.html
 */
function mapOwnDomain(
  name: string,
  domain: DomainArgs,
  { headline, api, stage, tags, transforms }: MappedStage,
  opts: pulumi.CustomResourceOptions,
): MappedDomain {
  const { mutualTls } = domain;
  const ownershipVerificationCertificateArn = mutualTls?.ownershipVerificationCertificateArn;
  const domainName = new aws.apigatewayv2.DomainName(
    name,
    transformed(transforms.domainName, "aws:apigatewayv2/domainName:DomainName", name, {
      domainName: domain.name,
      domainNameConfiguration: {
        certificateArn: certificateArn(name, domain, tags, opts, transforms),
        endpointType: "REGIONAL",
        ...legacyTls,
        // The default is IPv4 only, and the AAAA record would lead nowhere.
        ipAddressType: "dualstack",
        ...(ownershipVerificationCertificateArn !== undefined && { ownershipVerificationCertificateArn }),
      },
      ...(mutualTls && { mutualTlsAuthentication: truststore(mutualTls, headline, "domain.mutualTls.") }),
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
  makeRecords(name, domain, { name: targetDomainName, zoneId: hostedZoneId }, opts, transforms.record);
  return { domainName, apiMapping };
}
