import type { LoadBalancerArgs } from "@pulumi/aws/elb";
import { knownValue, type ResourceOf, resourceType, type Seen, unknown } from "../../stack";

/** A load balancer of the previous generation, whose listeners only forward: it can neither redirect nor refuse. */
export const ClassicLoadBalancer = resourceType<LoadBalancerArgs>("aws:elb/loadBalancer:LoadBalancer", {
  listeners: "deciding word",
  internal: "deciding word",
});

type ClassicLoadBalancerResource = ResourceOf<typeof ClassicLoadBalancer>;

/** How a Classic Load Balancer takes requests in clear. */
export type ClassicTransport =
  | "not in clear"
  | "in clear"
  /** A listener has TLS, too, so its targets may redirect the others to it. */
  | "in clear beside TLS"
  /** The listeners or their protocols aren't known before the deployment. */
  | "unknown";

const encrypted: ReadonlySet<string | undefined> = new Set(["HTTPS", "SSL"]);

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-listener-config.html */
export function classicTransport(balancer: ClassicLoadBalancerResource): ClassicTransport {
  const listeners = balancer.records("listeners");
  if (listeners.kind === "unknown") return "unknown";
  const protocols = (knownValue(listeners) ?? []).map(
    (listener): Seen<string> => (listener.kind === "known" ? listener.value.word("lbProtocol") : unknown),
  );
  const has = (is: (protocol: Seen<string>) => boolean) => protocols.some(is);
  if (has((protocol) => knownValue(protocol) === "HTTP")) {
    return has((protocol) => encrypted.has(knownValue(protocol))) ? "in clear beside TLS" : "in clear";
  }
  return has(({ kind }) => kind === "unknown") ? "unknown" : "not in clear";
}
