import type * as pulumi from "@pulumi/pulumi";
import {
  flagProblems,
  type InputProblem,
  isPlainRecord,
  type NamesOf,
  unknownProperties,
} from "../input-problems";

/**
 * How long the access log is kept, in days, of the numbers that CloudWatch Logs takes; 0 keeps it for ever.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
export type RetentionInDays = (typeof retentionsInDays)[number];

const retentionsInDays = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** Where the stage writes who called what. */
export type AccessLog = Retention & (GivenKey | OwnKey);

interface Retention {
  /** Default: 365. */
  readonly retentionInDays?: RetentionInDays | undefined;
}

/** The log is encrypted with CloudWatch's own key, or with one that is made elsewhere. */
interface GivenKey {
  /**
   * The ARN of the KMS key that encrypts it, whose policy lets CloudWatch Logs use it. Default: CloudWatch's own key.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
   */
  readonly kmsKeyId?: pulumi.Input<string> | undefined;
  /** Default: false, and no key is made. */
  readonly ownKey?: false | undefined;
}

/** The log is encrypted with a key that is made for it. */
interface OwnKey {
  /**
   * Makes a KMS key that CloudWatch Logs may use for this log alone, and rotates it every year. Once it is made, keep it:
   * without the key, what was logged under it can't be read any more. Default: false.
   */
  readonly ownKey: true;
  readonly kmsKeyId?: undefined;
}

const defaultRetentionInDays = 365;

/** How long a log is kept and under which key, as the access log says it. A key of its own is the access log's alone. */
export function keptLike(accessLog: AccessLog | undefined) {
  return {
    retentionInDays: accessLog?.retentionInDays ?? defaultRetentionInDays,
    ...(accessLog?.kmsKeyId !== undefined && { kmsKeyId: accessLog.kmsKeyId }),
  };
}

/** A name with nothing in it that the name of a log group can't have. */
export function logGroupNameOf(name: string): string {
  return name.replace(/[^A-Za-z0-9_./#-]+/g, "-");
}

const accessLogArguments: NamesOf<AccessLog> = { retentionInDays: true, kmsKeyId: true, ownKey: true };

export function accessLogProblems(accessLog: unknown, propertyPath: string): InputProblem[] {
  if (accessLog === undefined) return [];
  if (!isPlainRecord(accessLog)) {
    return [{ propertyPath, reason: "give { retentionInDays, kmsKeyId, ownKey }" }];
  }
  const problems = unknownProperties(accessLog, accessLogArguments, `${propertyPath}.`);
  const { retentionInDays, kmsKeyId, ownKey } = accessLog;
  if (retentionInDays !== undefined && !retentionsInDays.some((days) => days === retentionInDays)) {
    problems.push({
      propertyPath: `${propertyPath}.retentionInDays`,
      reason: `give one of the numbers that CloudWatch Logs takes: ${retentionsInDays.join(", ")}`,
    });
  }
  problems.push(...flagProblems(ownKey, `${propertyPath}.ownKey`));
  if (ownKey === true && kmsKeyId !== undefined) {
    problems.push({
      propertyPath: `${propertyPath}.kmsKeyId`,
      reason: "give either a key or ownKey: true, not both",
    });
  }
  return problems;
}
