import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import {
  arrivesLater,
  flagProblems,
  type InputProblem,
  isPlainRecord,
  type NamesOf,
  unknownProperties,
  wholeNumberProblems,
} from "../input-problems";

interface AnyRouting {
  /** Tells the records of one name apart, 1 to 128 characters: `eu-west-1`, `blue`. Each stack has its own. */
  readonly setIdentifier: string;
  /**
   * The health check by which Route 53 decides whether it answers with this domain. Default: none, unless the routing needs
   * one.
   */
  readonly healthCheckId?: pulumi.Input<string> | undefined;
}

/** Answers with this domain in proportion to its weight. */
export interface WeightedRouting extends AnyRouting {
  readonly policy: "weighted";
  /** 0 to 255. The share of the answers is this weight among the weights of all records of the name. */
  readonly weight: number;
  /**
   * Whether the record also counts as unhealthy if its target does. AWS says that this has no benefit for API Gateway, and
   * recommends health checks. Default: false.
   */
  readonly evaluateTargetHealth?: boolean | undefined;
}

/** Answers with this domain where it is the region with the lowest latency. */
export interface LatencyRouting extends AnyRouting {
  readonly policy: "latency";
  /** The region of this domain. Default: the region of the component's provider. */
  readonly region?: pulumi.Input<string> | undefined;
  /**
   * Whether the record also counts as unhealthy if its target does. AWS says that this has no benefit for API Gateway, and
   * recommends health checks. Default: false.
   */
  readonly evaluateTargetHealth?: boolean | undefined;
}

/** Answers with this domain as long as its health check passes. */
export interface PrimaryRouting extends AnyRouting {
  readonly policy: "failover";
  readonly role: "PRIMARY";
  readonly healthCheckId: pulumi.Input<string>;
}

/** Answers with this domain while the primary is unhealthy. */
export interface SecondaryRouting extends AnyRouting {
  readonly policy: "failover";
  readonly role: "SECONDARY";
}

/**
 * How Route 53 chooses among several records of one name, one for each stack or region.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy.html
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html
 */
export type RecordRouting = WeightedRouting | LatencyRouting | PrimaryRouting | SecondaryRouting;

/** The arguments of an alias record that say how Route 53 routes, and what to do about the health of its target. */
export function routingOf(
  routing: RecordRouting | undefined,
  opts: pulumi.InvokeOptions,
): Partial<aws.route53.RecordArgs> & { readonly evaluatesTargetHealth: boolean } {
  if (routing === undefined) return { evaluatesTargetHealth: false };
  const { setIdentifier, healthCheckId } = routing;
  const shared = { setIdentifier, ...(healthCheckId !== undefined && { healthCheckId }) };
  switch (routing.policy) {
    case "weighted":
      return {
        ...shared,
        weightedRoutingPolicies: [{ weight: routing.weight }],
        evaluatesTargetHealth: routing.evaluateTargetHealth ?? false,
      };
    case "latency":
      return {
        ...shared,
        latencyRoutingPolicies: [{ region: routing.region ?? aws.getRegionOutput({}, opts).region }],
        evaluatesTargetHealth: routing.evaluateTargetHealth ?? false,
      };
    case "failover":
      return {
        ...shared,
        failoverRoutingPolicies: [{ type: routing.role }],
        // "For failover alias resource record sets, you must also include the EvaluateTargetHealth element and set the value to
        // true" (https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html).
        evaluatesTargetHealth: true,
      };
  }
}

const ofAny = { policy: true, setIdentifier: true, healthCheckId: true } as const;
const weighted: NamesOf<WeightedRouting> = { ...ofAny, weight: true, evaluateTargetHealth: true };
const latency: NamesOf<LatencyRouting> = { ...ofAny, region: true, evaluateTargetHealth: true };
const failover: NamesOf<PrimaryRouting> = { ...ofAny, role: true };

export function routingProblems(routing: unknown, propertyPath: string): InputProblem[] {
  if (routing === undefined) return [];
  const policies = { weighted, latency, failover };
  if (!isPlainRecord(routing) || !Object.hasOwn(policies, String(routing.policy))) {
    const reason =
      'give one of { policy: "weighted", weight, setIdentifier }, { policy: "latency", setIdentifier } and { policy: "failover", role, setIdentifier, healthCheckId }';
    return [{ propertyPath, reason }];
  }
  const policy = routing.policy as keyof typeof policies;
  const path = `${propertyPath}.`;
  return [
    ...unknownProperties(routing, policies[policy], path),
    ...setIdentifierProblems(routing.setIdentifier, `${path}setIdentifier`),
    ...(policy === "weighted" ? weightProblems(routing.weight, `${path}weight`) : []),
    ...(policy === "failover" ? failoverProblems(routing.role, routing.healthCheckId, path) : []),
    ...flagProblems(routing.evaluateTargetHealth, `${path}evaluateTargetHealth`),
    ...healthCheckProblems(routing.healthCheckId, `${path}healthCheckId`),
  ];
}

function setIdentifierProblems(identifier: unknown, propertyPath: string): InputProblem[] {
  const isRight = typeof identifier === "string" && identifier.length >= 1 && identifier.length <= 128;
  if (isRight) return [];
  const reason =
    "give a plain text of 1 to 128 characters, such as the region: it tells this record from the others of the same name";
  return [{ propertyPath, reason }];
}

function weightProblems(weight: unknown, propertyPath: string): InputProblem[] {
  const bounds = { least: 0, most: 255 };
  return wholeNumberProblems(weight ?? Number.NaN, bounds, "a plain whole number", propertyPath);
}

function failoverProblems(role: unknown, healthCheckId: unknown, path: string): InputProblem[] {
  if (role !== "PRIMARY" && role !== "SECONDARY") {
    return [{ propertyPath: `${path}role`, reason: 'write "PRIMARY" or "SECONDARY"' }];
  }
  if (role === "SECONDARY" || healthCheckId !== undefined) return [];
  const reason = "give the health check by which Route 53 decides when the secondary takes over";
  return [{ propertyPath: `${path}healthCheckId`, reason }];
}

function healthCheckProblems(id: unknown, propertyPath: string): InputProblem[] {
  if (id === undefined || arrivesLater(id) || (typeof id === "string" && id !== "")) return [];
  return [{ propertyPath, reason: "give the id of an aws.route53.HealthCheck" }];
}
