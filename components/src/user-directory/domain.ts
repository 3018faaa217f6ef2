import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { makeRecords } from "../domain/records";
import { checkedOnArrival } from "../input-problems";
import { transformed } from "../override/transform";
import type { UserDirectoryArgs } from "./args";
import { certificateArnProblems } from "./domain-problems";

/** Creates the domain where people sign in, and its DNS records. */
export function makeDomain(
  name: string,
  userPool: aws.cognito.UserPool,
  { domain, transform }: UserDirectoryArgs,
  headline: string,
  opts: pulumi.CustomResourceOptions,
): aws.cognito.UserPoolDomain | undefined {
  if (domain === undefined) return undefined;
  const settings =
    domain.prefix !== undefined
      ? { domain: domain.prefix }
      : {
          domain: domain.name,
          certificateArn: checkedOnArrival(pulumi.output(domain.certificateArn), headline, (arn) =>
            certificateArnProblems(arn, "domain.certificateArn"),
          ),
        };
  const made = new aws.cognito.UserPoolDomain(
    name,
    transformed(transform?.domain, "aws:cognito/userPoolDomain:UserPoolDomain", name, {
      userPoolId: userPool.id,
      ...settings,
    }),
    opts,
  );
  if (domain.name !== undefined) {
    const target = { name: made.cloudfrontDistribution, zoneId: made.cloudfrontDistributionZoneId };
    makeRecords(name, domain, target, opts);
  }
  return made;
}
