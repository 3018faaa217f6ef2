import { unknownProperty } from "../../endpoints/endpoint";
import { actionsAuthentication } from "../../endpoints/load-balancer/listener-actions";
import type { Listener } from "../../endpoints/load-balancer/load-balancer";
import { knownValue } from "../../stack";

/**
 * Why a client certificate proves little at this listener. Undefined if it proves enough, or if the listener doesn't ask for one.
 * In passthrough mode, a login in the default actions still authenticates callers, and targets may verify certificates
 * themselves. Completes a sentence that starts with the listener.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_MutualAuthenticationAttributes.html
 */
export function certificateWeakness(listener: Listener): string | undefined {
  const mutual = knownValue(listener.record("mutualAuthentication"));
  if (!mutual) return undefined;
  const mode = mutual.word("mode");
  if (mode.kind === "unknown") {
    return unknownProperty("mutualAuthentication.mode");
  }
  if (knownValue(mode) === "PASSTHROUGH") {
    const login = actionsAuthentication(listener.records("defaultActions"))?.verdict === "authenticated";
    return login
      ? undefined
      : "passes client certificates on without verifying them: only its targets can reject a forged one";
  }
  if (knownValue(mode) !== "VERIFY") return undefined;
  const ignoresExpiry = mutual.flag("ignoreClientCertificateExpiry");
  if (ignoresExpiry.kind === "unknown") {
    return unknownProperty("ignoreClientCertificateExpiry", "value");
  }
  return knownValue(ignoresExpiry) === true ? "accepts client certificates that have expired" : undefined;
}
