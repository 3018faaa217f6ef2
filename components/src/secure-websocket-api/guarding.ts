import type { Lockdown } from "../lockdown";
import type { Guarding } from "../override/refusal";

/**
 * How a WebSocket API guards its children under a lockdown. `"deny"` holds throttles at 0 too: it stops the messages of open
 * connections.
 */
export function webSocketGuardingUnder(lockdown: Lockdown = "none"): Guarding {
  const isLockedDown = lockdown !== "none";
  return { throttles: isLockedDown ? "held at 0" : "changeable", isLockedDown };
}
