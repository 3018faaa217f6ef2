import { knownValue } from "../../stack";
import { actionsAuthentication } from "./listener-actions";
import type { Listener } from "./load-balancer";

/**
 * How a listener that asks its clients for a certificate takes one that proves little; undefined where it doesn't, or
 * asks for none. Completes a sentence that starts with the listener. A target may verify what is passed on, and a
 * login beside it proves who calls.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_MutualAuthenticationAttributes.html
 */
export function certificateWeakness(listener: Listener): string | undefined {
  const mutual = knownValue(listener.record("mutualAuthentication"));
  if (!mutual) return undefined;
  const mode = mutual.word("mode");
  if (mode.kind === "absent") return undefined;
  if (mode.kind === "unknown") {
    return "has a mutualAuthentication whose mode is not known before the deployment: write it as a plain string";
  }
  if (mode.value === "PASSTHROUGH") {
    const asked = actionsAuthentication(listener.records("defaultActions"))?.verdict === "authenticated";
    return asked
      ? undefined
      : "passes client certificates on without verifying them: whoever makes one up is stopped by its targets or by nobody";
  }
  if (mode.value !== "VERIFY") return undefined;
  const ignoresExpiry = mutual.flag("ignoreClientCertificateExpiry");
  if (ignoresExpiry.kind === "unknown") {
    return "has an ignoreClientCertificateExpiry that is not known before the deployment: write it as a plain value";
  }
  return knownValue(ignoresExpiry) === true ? "takes client certificates that have expired" : undefined;
}
