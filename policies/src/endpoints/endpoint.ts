import type { Resource } from "../stack";

/** Who may call an endpoint. */
export type Verdict =
  /** An authorizer or IAM stands before it. */
  | "authenticated"
  /** No authentication, but only a private network can reach it. */
  | "restricted"
  /** A CORS preflight that the gateway answers itself. */
  | "preflight"
  /** An OPTIONS without authentication whose answer may come from a backend. */
  | "backend-preflight"
  /** An API key and nothing else. A key identifies a client for metering; it is no authentication. */
  | "key-only"
  /** Anyone on the internet. */
  | "open"
  /** Depends on something unknown. Never a pass. */
  | "undetermined";

export interface Authentication {
  readonly verdict: Verdict;
  /** The evidence: completes a sentence that starts with the route, as in "GET /x *has authorizationType NONE*". */
  readonly because: string;
  /** Whether IAM alone asks: then a resource policy says which accounts may call. */
  readonly isIam?: boolean;
}

/** One way to call into an API. */
export interface Endpoint {
  /** The resource to change. */
  readonly resource: Resource;
  /**
   * `METHOD /path` with the path as API Gateway shows it, or as a listener rule writes its pattern; `$connect` for a
   * WebSocket API, `$default` for a function URL, a quick-create API or a listener. A method alone where the path can't
   * be worked out; undefined where nothing is known.
   */
  readonly route: string | undefined;
  readonly authentication: Authentication;
  /** Whether its resource holds others beside it. */
  readonly isInDocument?: boolean;
  /** Whether serving anyone may be its purpose: a load balancer and a service network carry web sites, too. */
  readonly mayServeAnyone?: boolean;
}

/** What the options of a rule let pass. */
export interface Acceptance {
  /** An API key counts as authentication. */
  readonly apiKeys: boolean;
  /** An endpoint that only a private network reaches needs no authentication. */
  readonly privateNetworks: boolean;
}

/** Whether an unauthenticated caller gets in, or nobody can tell. */
export function letsAnyoneIn({ verdict }: Authentication, accept: Acceptance): boolean {
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

/** What becomes of an endpoint without authentication that only a private network reaches. */
export function withinNetwork(own: Authentication): Authentication {
  if (own.verdict !== "open" && own.verdict !== "key-only") return own;
  return { verdict: "restricted", because: `${own.because}; only a private network reaches it` };
}
