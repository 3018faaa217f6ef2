import type * as pulumi from "@pulumi/pulumi";
import {
  flagProblems,
  type InputProblem,
  isPlainRecord,
  type NamesOf,
  unknownProperties,
} from "../input-problems";

/**
 * Days for which the log is kept. CloudWatch Logs accepts these numbers only. 0 keeps the log forever.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
export type RetentionInDays = (typeof retentionsInDays)[number];

const retentionsInDays = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** How the access log is kept and encrypted. */
export type AccessLog = Retention & (GivenKey | OwnKey);

interface Retention {
  /** Default: 365. */
  readonly retentionInDays?: RetentionInDays | undefined;
  /**
   * What happens to the log when its stack is destroyed, or its API leaves the program. `"keep"` leaves the log group in the
   * account, with the key that `ownKey` creates: CloudWatch Logs still deletes the events by their retention, and you delete
   * the empty group. A new stack gets a new group, because names start with a prefix only. Write `"delete"` for preview
   * environments. A change takes effect with the next update. Default: `"keep"`.
   *
   * @see https://www.pulumi.com/docs/iac/concepts/resources/options/retainondelete/
   */
  readonly onDestroy?: "keep" | "delete" | undefined;
}

/** The log is encrypted with CloudWatch's own key, or with a key that you pass in. */
interface GivenKey {
  /**
   * The ARN of the KMS key that encrypts the log. The key's policy has to let CloudWatch Logs use it. Default: CloudWatch's
   * own key.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
   */
  readonly kmsKeyId?: pulumi.Input<string> | undefined;
  /** Default: false, no key is created. */
  readonly ownKey?: false | undefined;
}

/** The log is encrypted with a key that is created for it. */
interface OwnKey {
  /**
   * Creates a KMS key that CloudWatch Logs may use for access logs of APIs only, and rotates it every year. With
   * `onDestroy: "delete"`, don't remove it later: nobody can read what was logged under a deleted key. Default: false.
   */
  readonly ownKey: true;
  readonly kmsKeyId?: undefined;
}

const defaultRetentionInDays = 365;

/** The retention and key of the access log, for another log. The key that `ownKey` creates serves the access log only. */
export function keptLike(accessLog: AccessLog | undefined) {
  return {
    retentionInDays: accessLog?.retentionInDays ?? defaultRetentionInDays,
    ...(accessLog?.kmsKeyId !== undefined && { kmsKeyId: accessLog.kmsKeyId }),
  };
}

const accessLogArguments: NamesOf<AccessLog> = {
  retentionInDays: true,
  onDestroy: true,
  kmsKeyId: true,
  ownKey: true,
};

export function accessLogProblems(accessLog: unknown, propertyPath: string): InputProblem[] {
  if (accessLog === undefined) return [];
  if (!isPlainRecord(accessLog)) {
    return [{ propertyPath, reason: "give { retentionInDays, onDestroy, kmsKeyId, ownKey }" }];
  }
  const problems = unknownProperties(accessLog, accessLogArguments, `${propertyPath}.`);
  const { retentionInDays, onDestroy, kmsKeyId, ownKey } = accessLog;
  if (retentionInDays !== undefined && !retentionsInDays.some((days) => days === retentionInDays)) {
    problems.push({
      propertyPath: `${propertyPath}.retentionInDays`,
      reason: `give one of the numbers that CloudWatch Logs accepts: ${retentionsInDays.join(", ")}`,
    });
  }
  if (onDestroy !== undefined && onDestroy !== "keep" && onDestroy !== "delete") {
    problems.push({ propertyPath: `${propertyPath}.onDestroy`, reason: 'write "keep" or "delete"' });
  }
  problems.push(...flagProblems(ownKey, `${propertyPath}.ownKey`));
  if (ownKey === true && kmsKeyId !== undefined) {
    problems.push({
      propertyPath: `${propertyPath}.kmsKeyId`,
      reason: "give either kmsKeyId or ownKey: true, not both",
    });
  }
  return problems;
}
