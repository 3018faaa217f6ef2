import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import {
  type InputProblem,
  isPlainRecord,
  type NamesOf,
  type PlainRecord,
  unknownProperties,
} from "../input-problems";
import type { Transform } from "../override/transform";
import { type MutualTlsArgs, mutualTlsProblems } from "./mutual-tls";
import { type DomainRecords, recordArguments, recordProblems } from "./records";

/**
 * A domain name for an API, over TLS 1.2 or newer. It turns the API's default endpoint off, so that nobody bypasses the
 * domain.
 */
export interface DomainArgs extends DomainRecords {
  /** For instance `customers.example.com`, without a wildcard. Plain, because it decides what is created. */
  readonly name: string;
  /**
   * The ARN of a certificate for the name, in the API's region. Default: one is created, and validated in the hosted zone. One
   * of the two is required.
   */
  readonly certificateArn?: pulumi.Input<string> | undefined;
  /** Requires a client certificate from every caller, in addition to the routes' authorization. Default: none. */
  readonly mutualTls?: MutualTlsArgs | undefined;
}

/** Changes the arguments of the certificate and the records of a domain. */
export interface DomainTransforms {
  /**
   * For the certificate that is created without `certificateArn`. It always covers the domain's name only, and is validated by
   * DNS. To cover other names too, pass your own as `certificateArn`.
   */
  readonly certificate?: Transform<aws.acm.CertificateArgs> | undefined;
  /** For the records that point to the API, and for the record that validates the certificate. */
  readonly record?: Transform<aws.route53.RecordArgs> | undefined;
}

const domainArguments: NamesOf<DomainArgs> = {
  ...recordArguments,
  name: true,
  certificateArn: true,
  mutualTls: true,
};

export function domainProblems(domain: unknown, propertyPath: string): InputProblem[] {
  if (domain === undefined) return [];
  if (!isPlainRecord(domain)) {
    return [{ propertyPath, reason: "give { name, hostedZoneId }, an object that is not an Output" }];
  }
  const problems = unknownProperties(domain, domainArguments, `${propertyPath}.`);
  problems.push(...nameProblems(domain.name, `${propertyPath}.name`));
  problems.push(...certificateProblems(domain, `${propertyPath}.`));
  return [
    ...problems,
    ...recordProblems(domain, `${propertyPath}.`),
    ...mutualTlsProblems(domain.mutualTls, `${propertyPath}.mutualTls`),
  ];
}

/**
 * Without a certificate, one is created and validated in the zone.
 *
 * @param path where the arguments are, with a dot at the end
 */
export function certificateProblems(
  { certificateArn, hostedZoneId }: PlainRecord,
  path: string,
): InputProblem[] {
  if (certificateArn !== undefined || hostedZoneId !== undefined) return [];
  const reason = "give it, or hostedZoneId, so that a certificate can be created and validated there";
  return [{ propertyPath: `${path}certificateArn`, reason }];
}

/** A host name in full, in lower case and without a wildcard. */
export function isHostName(name: unknown): name is string {
  return typeof name === "string" && /^([a-z0-9-]+\.)+[a-z0-9-]+$/.test(name);
}

function nameProblems(name: unknown, propertyPath: string): InputProblem[] {
  if (isHostName(name)) return [];
  const reason =
    typeof name === "string" && name.startsWith("*.")
      ? "give one full name, such as customers.example.com: the API's URL has to be callable. The certificate may have a wildcard"
      : "give a plain host name in lower case, such as customers.example.com";
  return [{ propertyPath, reason }];
}
