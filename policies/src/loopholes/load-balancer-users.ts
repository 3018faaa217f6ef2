import {
  forwardersOf,
  isInternal,
  type Listener,
  type ListenerRule,
  loadBalancersOf,
} from "../endpoints/load-balancer/load-balancer";
import type { Stack } from "../stack";

/**
 * The listeners and rules that ask callers for a login or a token, and for nothing else: neither a client certificate nor a
 * header, on a load balancer that more than a private network may reach.
 */
export function askingForwarders(stack: Stack): readonly (Listener | ListenerRule)[] {
  return forwardersOf(stack).flatMap(({ resource, listener, authentication, requiresHeader }) => {
    const balancers = listener ? loadBalancersOf(stack, listener) : [];
    const isInside = balancers.length > 0 && balancers.every(isInternal);
    const asks = authentication.verdict === "authenticated" && !authentication.isByCertificate;
    return asks && !requiresHeader && !isInside ? [resource] : [];
  });
}
