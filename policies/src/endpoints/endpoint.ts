import type { SchemeRequirement } from "../reading/text/open-api";
import type { Resource, Seen, View } from "../stack";

/** Who may call an endpoint. */
export type Verdict =
  /** An authorizer or IAM checks every caller. */
  | "authenticated"
  /** No authentication, but only a private network can reach it. */
  | "restricted"
  /** A CORS preflight that the gateway answers by itself. */
  | "preflight"
  /** An OPTIONS request without authentication, which a backend may answer. */
  | "backend-preflight"
  /** An API key and nothing else. A key identifies a client for metering; it doesn't authenticate anyone. */
  | "key-only"
  /** Anyone on the internet. */
  | "open"
  /** It depends on something unknown. Never a pass. */
  | "undetermined";

export interface Authentication {
  readonly verdict: Verdict;
  /** The evidence. Completes a sentence that starts with the route: "GET /x *has authorizationType NONE*". */
  readonly because: string;
  /** Whether IAM alone authenticates. A resource policy then decides which accounts may call. */
  readonly isIam?: boolean;
}

/** A way to call an API. */
export interface Endpoint {
  /** The resource to change. */
  readonly resource: Resource;
  /**
   * `METHOD /path`, with the path as API Gateway shows it or the pattern of a listener rule; `$connect` for a WebSocket
   * API; `$default` for a function URL, a quick-create API or a listener. Only the method if the path can't be computed;
   * undefined if nothing is known.
   */
  readonly route: string | undefined;
  readonly authentication: Authentication;
  /** The API that it is a way into, where that is another resource: exceptions for the API cover it, too. */
  readonly api?: Resource;
  /** Whether its resource has several endpoints, as a document does. */
  readonly isInDocument?: boolean;
  /** The security requirement of a document that names its authorizer. */
  readonly scheme?: SchemeRequirement | undefined;
  /** Whether callers also have to send the API key of a usage plan. Default: they don't. */
  readonly asksForKey?: Seen<boolean> | undefined;
  /** Whether it may be public by nature: load balancers and service networks also serve web sites. */
  readonly mayServeAnyone?: boolean;
}

/** What the options of a rule accept. */
export interface Acceptance {
  /** An API key counts as authentication. */
  readonly apiKeys: boolean;
  /** An endpoint that only a private network can reach needs no authentication. */
  readonly privateNetworks: boolean;
}

/** Where no option accepts anything, or none could: a function URL has no API keys. */
const acceptsNothing: Acceptance = { apiKeys: false, privateNetworks: false };

/**
 * Whether an unauthenticated caller gets in. True if nobody can tell.
 *
 * @param accept default: nothing
 */
export function letsAnyoneIn({ verdict }: Authentication, accept: Acceptance = acceptsNothing): boolean {
  switch (verdict) {
    case "authenticated":
    case "preflight":
    case "backend-preflight":
      return false;
    case "key-only":
      return !accept.apiKeys;
    case "restricted":
      return !accept.privateNetworks;
    case "open":
    case "undetermined":
      return true;
  }
}

/** The verdict on an endpoint that only a private network can reach: `restricted` if it has no authentication. */
export function withinNetwork(own: Authentication): Authentication {
  if (own.verdict !== "open" && own.verdict !== "key-only") return own;
  return { verdict: "restricted", because: `${own.because}; only a private network can reach it` };
}

/** An API key and nothing else, on an API that checks keys. */
export const keyOnly: Authentication = {
  verdict: "key-only",
  because: "requires only an API key, which identifies a client but authenticates nobody",
};

/** What to add about an endpoint without an authorization type: its authorizer's id does nothing by itself. */
export function authorizerIdAlone(endpoint: View<{ authorizerId?: unknown }>): string {
  return endpoint.isSet("authorizerId") ? ", and the authorizerId alone does nothing" : "";
}

/** "has an authType that is not known before the deployment". A name that ends in "s" is a plural. */
export function isNotKnown(property: string): string {
  if (property.endsWith("s")) return `has ${property} that are not known before the deployment`;
  const article = /^(x-|ssl|[aeiou])/i.test(property) ? "an" : "a";
  return `has ${article} ${property} that is not known before the deployment`;
}

/**
 * The evidence where a property isn't known before the deployment, and what to write instead: "has an authType that is
 * not known before the deployment: write it as a plain string".
 */
export function unknownProperty(property: string, plain: "string" | "value" = "string"): string {
  const instead = property.endsWith("s") ? `them as plain ${plain}s` : `it as a plain ${plain}`;
  return `${isNotKnown(property)}: write ${instead}`;
}
