import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { transformed } from "../override/transform";
import type { Tags } from "../tags";
import type { DomainTransforms } from "./args";
import { type DomainRecords, recordOptions } from "./records";

/** A domain that has a certificate, or a zone to validate one in. */
interface Certified extends DomainRecords {
  readonly name: string;
  readonly certificateArn?: pulumi.Input<string> | undefined;
}

/**
 * The ARN of the certificate for a domain: the one that was passed in, or one that is created and validated in the hosted
 * zone. It is known once the certificate has been issued.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
 */
export function certificateArn(
  name: string,
  domain: Certified,
  tags: Tags | undefined,
  opts: pulumi.CustomResourceOptions,
  transforms: DomainTransforms = {},
): pulumi.Input<string> {
  if (domain.certificateArn !== undefined || domain.hostedZoneId === undefined) {
    return domain.certificateArn ?? "";
  }
  const certificate = new aws.acm.Certificate(
    name,
    transformed(transforms.certificate, "aws:acm/certificate:Certificate", name, {
      domainName: domain.name,
      validationMethod: "DNS",
      ...(tags !== undefined && { tags }),
    }),
    opts,
  );
  // A certificate for one name has exactly one option, so the record can be registered before the option is known.
  // Pulumi's mocks for unit tests have no options at all.
  const option = certificate.domainValidationOptions.apply(([first] = []) => ({
    name: first?.resourceRecordName ?? "",
    type: first?.resourceRecordType ?? "CNAME",
    value: first?.resourceRecordValue ?? "",
  }));
  const recordName = `${name}-validation`;
  const record = new aws.route53.Record(
    recordName,
    transformed(transforms.record, "aws:route53/record:Record", recordName, {
      zoneId: domain.hostedZoneId,
      name: option.name,
      type: option.type as pulumi.Output<aws.route53.RecordType>,
      records: [option.value],
      ttl: 300,
      // The same name in two regions has the same validation record.
      allowOverwrite: true,
    }),
    // For the same reason, this stack can't know whether it may go.
    { ...recordOptions(domain, opts), retainOnDelete: domain.validationRecord !== "delete" },
  );
  return new aws.acm.CertificateValidation(
    name,
    { certificateArn: certificate.arn, validationRecordFqdns: [record.fqdn] },
    opts,
  ).certificateArn;
}
