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
 * A name of its own for an API, reached over TLS 1.2 or newer. With it the API's default endpoint is off, so that nothing
 * goes round the name.
 */
export interface DomainArgs {
  /** For instance `customers.example.com`, without a wildcard. Plain, since it decides what is made. */
  readonly name: string;
  /** The Route 53 zone in which the name's records are made. Default: none, and you point the name at the API yourself. */
  readonly hostedZoneId?: pulumi.Input<string> | undefined;
  /**
   * The ARN of a certificate for the name, in the API's region. Default: one is made and validated in the hosted zone,
   * so without one of the two there is no certificate, and the arguments are refused.
   */
  readonly certificateArn?: pulumi.Input<string> | undefined;
  /** Asks every caller for a client certificate, besides the routes' own authorization. */
  readonly mutualTls?: MutualTlsArgs | undefined;
}

/**
 * Who issues the certificates that callers show. API Gateway checks the chain and the dates, not whether a certificate
 * was revoked.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html
 */
export interface MutualTlsArgs {
  /** The bundle of issuing certificates, `s3://BUCKET/KEY`, in a bucket with versioning. */
  readonly truststoreUri: pulumi.Input<string>;
  /** The version of that object. API Gateway takes a new bundle only when this changes. */
  readonly truststoreVersion: pulumi.Input<string>;
  /**
   * The ARN of a public certificate that proves the name is yours, where `certificateArn` is imported or of a private
   * authority. Default: none.
   */
  readonly ownershipVerificationCertificateArn?: pulumi.Input<string> | undefined;
}

/** Changes of what stands in Route 53 and in Certificate Manager for a domain. */
export interface DomainTransforms {
  /**
   * Of the certificate that is made where none is given. It stays one for the domain's name alone, validated by DNS: one
   * for other names too is given as `certificateArn`.
   */
  readonly certificate?: Transform<aws.acm.CertificateArgs> | undefined;
  /** Of the records that point to the API, and of the one that validates the certificate. */
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
    const reason = "give it, or hostedZoneId, so that a certificate can be made and validated there";
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
      ? "give one name in full, such as customers.example.com: nobody could call its URL otherwise. The certificate may be one with a wildcard"
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

/** An object of a bucket without versioning has none, or "null". */
export function truststoreVersionProblems(version: unknown, propertyPath: string): InputProblem[] {
  if (arrivesLater(version) || (typeof version === "string" && version !== "" && version !== "null")) {
    return [];
  }
  const reason =
    "give the version of the object, in a bucket with versioning: without one nobody could tell which issuers are trusted";
  return [{ propertyPath, reason }];
}
