import * as aws from "@pulumi/aws";
import type { DomainArgs } from "../domain/args";
import { certificateArn } from "../domain/certificate";
import { makeRecords } from "../domain/records";
import { truststore } from "../domain/truststore";
import { transformed } from "../override/transform";
import type { Surroundings } from "./surroundings";
import { enhancedTls, legacyTls } from "./tls";

/**
 * Creates a domain for a stage. With a hosted zone, it also creates the records, and the certificate if none was passed in.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-regional-api-custom-domain-create.html
 */
export function mapDomain(
  domain: DomainArgs,
  stage: aws.apigateway.Stage,
  { component, headline, api, tags, transform, opts }: Surroundings,
): aws.apigateway.DomainName {
  const { mutualTls } = domain;
  const ownershipVerificationCertificateArn = mutualTls?.ownershipVerificationCertificateArn;
  const domainName = new aws.apigateway.DomainName(
    component,
    transformed(transform.domainName, "aws:apigateway/domainName:DomainName", component, {
      domainName: domain.name,
      regionalCertificateArn: certificateArn(component, domain, tags, opts, transform),
      // The default is IPv4 only, and the AAAA record would lead nowhere.
      endpointConfiguration: { types: "REGIONAL", ipAddressType: "dualstack" },
      ...(mutualTls
        ? { ...legacyTls, mutualTlsAuthentication: truststore(mutualTls, headline) }
        : enhancedTls),
      ...(ownershipVerificationCertificateArn !== undefined && { ownershipVerificationCertificateArn }),
      ...(tags !== undefined && { tags }),
    }),
    opts,
  );
  new aws.apigateway.BasePathMapping(
    component,
    transformed(transform.basePathMapping, "aws:apigateway/basePathMapping:BasePathMapping", component, {
      domainName: domainName.domainName,
      restApi: api.id,
      // Without a stage name, callers could choose any stage of the API.
      stageName: stage.stageName,
    }),
    opts,
  );
  const target = { name: domainName.regionalDomainName, zoneId: domainName.regionalZoneId };
  makeRecords(component, domain, target, opts, transform);
  return domainName;
}
