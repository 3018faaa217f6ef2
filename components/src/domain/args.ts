import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import {
  arrivesLater,
  type InputProblem,
  isPlainRecord,
  type NamesOf,
  unknownProperties,
} from "../input-problems";
import type { Transform } from "../override/transform";

/**
 * A domain name for an API, over TLS 1.2 or newer. It turns the API's default endpoint off, so that nobody bypasses the
 * domain.
 */
export interface DomainArgs {
  /** For instance `customers.example.com`, without a wildcard. Plain, because it decides what is created. */
  readonly name: string;
  /** The Route 53 zone for the domain's records. Default: none, you point the name at the API yourself. */
  readonly hostedZoneId?: pulumi.Input<string> | undefined;
  /**
   * The ARN of a certificate for the name, in the API's region. Default: one is created, and validated in the hosted zone. One
   * of the two is required.
   */
  readonly certificateArn?: pulumi.Input<string> | undefined;
  /** Requires a client certificate from every caller, in addition to the routes' authorization. Default: none. */
  readonly mutualTls?: MutualTlsArgs | undefined;
}

/**
 * Who issues the certificates that callers present. API Gateway checks the chain and the dates, but not whether a certificate
 * was revoked.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html
 */
export interface MutualTlsArgs {
  /** The bundle of issuing certificates: `s3://BUCKET/KEY`, in a bucket with versioning. */
  readonly truststoreUri: pulumi.Input<string>;
  /** The version of that object. API Gateway loads a new bundle only when this changes. */
  readonly truststoreVersion: pulumi.Input<string>;
  /**
   * The ARN of a public certificate that proves that you own the name. Required if `certificateArn` was imported or comes
   * from a private authority. Default: none.
   */
  readonly ownershipVerificationCertificateArn?: pulumi.Input<string> | undefined;
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
  name: true,
  hostedZoneId: true,
  certificateArn: true,
  mutualTls: true,
};
const mutualTlsArguments: NamesOf<MutualTlsArgs> = {
  truststoreUri: true,
  truststoreVersion: true,
  ownershipVerificationCertificateArn: true,
};

export function domainProblems(domain: unknown, propertyPath: string): InputProblem[] {
  if (domain === undefined) return [];
  if (!isPlainRecord(domain)) {
    return [{ propertyPath, reason: "give { name, hostedZoneId }, an object that is not an Output" }];
  }
  const problems = unknownProperties(domain, domainArguments, `${propertyPath}.`);
  problems.push(...nameProblems(domain.name, `${propertyPath}.name`));
  if (domain.certificateArn === undefined && domain.hostedZoneId === undefined) {
    const reason = "give it, or hostedZoneId, so that a certificate can be created and validated there";
    problems.push({ propertyPath: `${propertyPath}.certificateArn`, reason });
  }
  return [...problems, ...mutualTlsProblems(domain.mutualTls, `${propertyPath}.mutualTls`)];
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

function mutualTlsProblems(mutualTls: unknown, propertyPath: string): InputProblem[] {
  if (mutualTls === undefined) return [];
  if (!isPlainRecord(mutualTls)) {
    return [{ propertyPath, reason: "give { truststoreUri, truststoreVersion }" }];
  }
  return [
    ...unknownProperties(mutualTls, mutualTlsArguments, `${propertyPath}.`),
    ...truststoreUriProblems(mutualTls.truststoreUri, `${propertyPath}.truststoreUri`),
    ...truststoreVersionProblems(mutualTls.truststoreVersion, `${propertyPath}.truststoreVersion`),
  ];
}

export function truststoreUriProblems(uri: unknown, propertyPath: string): InputProblem[] {
  if (arrivesLater(uri) || (typeof uri === "string" && /^s3:\/\/./.test(uri))) return [];
  return [{ propertyPath, reason: "give s3://BUCKET/KEY" }];
}

/** An object in a bucket without versioning has no version, or "null". */
export function truststoreVersionProblems(version: unknown, propertyPath: string): InputProblem[] {
  if (arrivesLater(version) || (typeof version === "string" && version !== "" && version !== "null")) {
    return [];
  }
  const reason =
    "give the version of the object, in a bucket with versioning: otherwise nobody could tell which issuers are trusted";
  return [{ propertyPath, reason }];
}
