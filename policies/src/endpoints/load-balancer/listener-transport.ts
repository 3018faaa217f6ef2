import { absent, known, knownElements, knownValue, type Seen } from "../../stack";
import { acceptsOldTls } from "../tls/security-policy";
import type { Actions } from "./listener-actions";
import { actionsOf, type Listener, type ListenerRule } from "./load-balancer";

/**
 * The protocol of a listener. The provider takes an application load balancer's for HTTP where none is set. Only the listener of
 * a gateway load balancer has neither a protocol nor a port.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html
 */
function listenerProtocol(listener: Listener): Seen<string> {
  const protocol = listener.word("protocol");
  if (protocol.kind !== "absent") return protocol;
  return listener.isSet("port") ? known("HTTP") : absent;
}

/** Whether a listener takes requests in clear. `unknown`: its protocol isn't known before the deployment. */
export function speaksPlainHttp(listener: Listener): "yes" | "no" | "unknown" {
  const protocol = listenerProtocol(listener);
  if (protocol.kind === "unknown") return "unknown";
  return knownValue(protocol) === "HTTP" ? "yes" : "no";
}

/** What a listener, or a rule, does with a request that reached it in clear. */
export type PlainRequest =
  /** It answers by itself, or sends the caller to HTTPS. */
  | "isn't forwarded"
  | "is forwarded"
  /** The actions, or what decides in them, aren't known before the deployment. */
  | "may be forwarded"
  /** It sends the caller on to plain HTTP. */
  | "is redirected in clear"
  | "may be redirected in clear";

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html */
export function plainRequest(resource: Listener | ListenerRule): PlainRequest {
  const actions = actionsOf(resource);
  if (actions.kind !== "known" || actions.value.some(({ kind }) => kind !== "known"))
    return "may be forwarded";
  const types = knownElements(actions).map((action) => action.word("type"));
  const has = (type: string) => types.some((seen) => knownValue(seen) === type);
  if (has("FIXED-RESPONSE")) return "isn't forwarded";
  if (has("REDIRECT")) return redirected(actions);
  return types.some(({ kind }) => kind !== "known") ? "may be forwarded" : "is forwarded";
}

/** By default, a redirection keeps the protocol of the request: `#{protocol}`. */
function redirected(actions: Actions): PlainRequest {
  const protocols = knownElements(actions)
    .filter((action) => knownValue(action.word("type")) === "REDIRECT")
    .map((action): Seen<string> => {
      const target = action.record("redirect");
      return target.kind === "known" ? target.value.word("protocol") : target;
    });
  if (protocols.every((protocol) => knownValue(protocol) === "HTTPS")) return "isn't forwarded";
  return protocols.some(({ kind }) => kind === "unknown")
    ? "may be redirected in clear"
    : "is redirected in clear";
}

const encrypted: ReadonlySet<string | undefined> = new Set(["HTTPS", "TLS"]);

/**
 * Whether a listener accepts a version of TLS before 1.2. Without a policy, it has `ELBSecurityPolicy-2016-08`, which accepts
 * TLS 1.0.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
export function listenerAcceptsOldTls(listener: Listener): "yes" | "by default" | "no" | "unknown" {
  if (!encrypted.has(knownValue(listenerProtocol(listener)))) return "no";
  const policy = listener.word("sslPolicy");
  if (policy.kind === "absent") return "by default";
  if (policy.kind === "unknown") return "unknown";
  return acceptsOldTls(policy.value) ? "yes" : "no";
}
