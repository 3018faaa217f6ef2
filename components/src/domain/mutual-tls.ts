import type * as pulumi from "@pulumi/pulumi";
import {
  arrivesLater,
  type InputProblem,
  isPlainRecord,
  type NamesOf,
  unknownProperties,
} from "../input-problems";

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

const mutualTlsArguments: NamesOf<MutualTlsArgs> = {
  truststoreUri: true,
  truststoreVersion: true,
  ownershipVerificationCertificateArn: true,
};

export function mutualTlsProblems(mutualTls: unknown, propertyPath: string): InputProblem[] {
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
