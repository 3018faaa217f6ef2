import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { transformed } from "../override/transform";
import type { DomainArgs, DomainTransforms } from "./args";

/** The endpoint that a domain's name points to. */
export interface RegionalTarget {
  readonly name: pulumi.Input<string>;
  readonly zoneId: pulumi.Input<string>;
}

/**
 * Creates the records that point a domain's name at its endpoint, for IPv4 and IPv6, if there is a hosted zone.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-to-api-gateway.html
 */
export function makeRecords(
  name: string,
  domain: DomainArgs,
  target: RegionalTarget,
  opts: pulumi.CustomResourceOptions,
  transforms: DomainTransforms = {},
): void {
  const { hostedZoneId } = domain;
  if (hostedZoneId === undefined) return;
  for (const type of ["A", "AAAA"] as const) {
    const recordName = `${name}-${type}`;
    new aws.route53.Record(
      recordName,
      transformed(transforms.record, "aws:route53/record:Record", recordName, {
        zoneId: hostedZoneId,
        name: domain.name,
        type,
        aliases: [{ name: target.name, zoneId: target.zoneId, evaluateTargetHealth: false }],
      }),
      opts,
    );
  }
}
