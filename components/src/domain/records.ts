import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { InputProblem, NamesOf, PlainRecord } from "../input-problems";
import { type Transform, transformed } from "../override/transform";
import { type RecordRouting, routingOf, routingProblems } from "./routing";

/** Where the records of a domain are, and how Route 53 answers with them. */
export interface DomainRecords {
  /** The Route 53 zone for the domain's records. Default: none, you point the name at the domain's target yourself. */
  readonly hostedZoneId?: pulumi.Input<string> | undefined;
  /** The provider of the account that has the zone, if that is another one. Default: the component's provider. */
  readonly recordsProvider?: aws.Provider | undefined;
  /**
   * One of several records of the same name: weighted, by latency, or for failover. Default: the name has this record only.
   */
  readonly routing?: RecordRouting | undefined;
  /**
   * What `pulumi destroy` does with the record that validates a certificate which the component created. ACM gives every
   * certificate of one name and account the same record, in whatever region and stack, and renews none of them without it.
   * `"delete"` is for a name that nothing else has. Default: `"keep"`.
   *
   * @see https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
   */
  readonly validationRecord?: "keep" | "delete" | undefined;
}

export const recordArguments: NamesOf<DomainRecords> = {
  hostedZoneId: true,
  recordsProvider: true,
  routing: true,
  validationRecord: true,
};

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
  domain: DomainRecords & { readonly name: string },
  target: RegionalTarget,
  opts: pulumi.CustomResourceOptions,
  transform?: Transform<aws.route53.RecordArgs>,
): void {
  const { hostedZoneId } = domain;
  if (hostedZoneId === undefined) return;
  const { evaluatesTargetHealth, ...routing } = routingOf(domain.routing, {
    ...(opts.parent && { parent: opts.parent }),
  });
  for (const type of ["A", "AAAA"] as const) {
    const recordName = `${name}-${type}`;
    new aws.route53.Record(
      recordName,
      transformed(transform, "aws:route53/record:Record", recordName, {
        zoneId: hostedZoneId,
        name: domain.name,
        type,
        aliases: [{ name: target.name, zoneId: target.zoneId, evaluateTargetHealth: evaluatesTargetHealth }],
        ...routing,
      }),
      recordOptions(domain, opts),
    );
  }
}

/** The options of a record, which may be in another account than the domain. */
export function recordOptions(
  { recordsProvider }: DomainRecords,
  opts: pulumi.CustomResourceOptions,
): pulumi.CustomResourceOptions {
  return recordsProvider === undefined ? opts : { ...opts, provider: recordsProvider };
}

/**
 * Checks where the records are. Without a zone, there are none that the other arguments could be about.
 *
 * @param path where the arguments are, with a dot at the end
 */
export function recordProblems(
  { hostedZoneId, recordsProvider, routing, validationRecord }: PlainRecord,
  path: string,
): InputProblem[] {
  const about = { recordsProvider, routing, validationRecord };
  if (hostedZoneId === undefined) {
    return Object.entries(about)
      .filter(([, value]) => value !== undefined)
      .map(([argument]) => ({
        propertyPath: `${path}${argument}`,
        reason: "give hostedZoneId too, or leave it out: without a zone, the component creates no records",
      }));
  }
  return [
    ...(recordsProvider === undefined || aws.Provider.isInstance(recordsProvider)
      ? []
      : [
          {
            propertyPath: `${path}recordsProvider`,
            reason: "give an aws.Provider of the account that has the zone",
          },
        ]),
    ...routingProblems(routing, `${path}routing`),
    ...(validationRecord === undefined || validationRecord === "keep" || validationRecord === "delete"
      ? []
      : [{ propertyPath: `${path}validationRecord`, reason: 'write "keep" or "delete"' }]),
  ];
}
