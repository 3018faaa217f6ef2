import type { Signal } from "../endpoints/cloudwatch/watched-api";
import type { Verdict } from "../endpoints/endpoint";

/** The services that have ways in, as AWS names them. */
export type Surface =
  | "REST API"
  | "HTTP API"
  | "WebSocket API"
  | "Lambda function URL"
  | "AppSync GraphQL API"
  | "AppSync Event API"
  | "load balancer"
  | "VPC Lattice service"
  | "Bedrock AgentCore"
  | "container service"
  /** What of a template can't be read, although it may have ways in. */
  | "CloudFormation template";

/** What a caller has to present, as AWS names it. */
export type AuthenticationKind =
  | "IAM"
  | "JWT"
  | "Lambda authorizer"
  | "Cognito user pool"
  | "OpenID Connect"
  | "client certificate"
  | "API key";

/** A field of a row that isn't known, because its value only exists after the deployment, is secret, or is another stack's. */
export type UnknownField =
  | "stage"
  | "hosts"
  | "method"
  | "path"
  | "authorizer"
  | "issuers"
  | "audiences"
  | "scopes"
  | "throttle"
  | "quota"
  | "log";

export interface Host {
  /** In small letters. Null where it isn't known before the deployment. */
  readonly name: string | null;
  /** `service`: the name that AWS gives, such as an `execute-api` host. `custom`: a domain name of the organization. */
  readonly of: "service" | "custom";
  /**
   * Of a custom domain that leads to the API below a path only: that path, without slashes at its ends; null where it isn't
   * known.
   */
  readonly basePath?: string | null;
}

/** Who opened something on purpose, and until when. */
export interface DeclaredOpening {
  readonly kind: "declaration" | "exemption";
  /** Where it is written: `"health"`, `publicAccess[0] of "customers"`, `exemptions[0]`. */
  readonly where: string;
  readonly reason: string;
  readonly owner: string;
  /** An ISO date, which counts to its end in UTC. */
  readonly reviewBy: string;
  /** Days from today until then; 0 on the day itself. */
  readonly daysLeft: number;
}

/** What a usage plan lets each of its API keys send. */
export interface KeyQuota {
  /** The name of the resource. */
  readonly plan: string;
  /** Requests in a period, to all that the plan covers. Null where it sets no quota. */
  readonly limit: number | null;
  /** `DAY`, `WEEK` or `MONTH`. Null where it sets no quota. */
  readonly period: string | null;
  /** Requests per second; null where it sets nothing. */
  readonly rate: number | null;
  /** Requests at once; null where it sets nothing. */
  readonly burst: number | null;
}

/** How many requests a stage accepts. */
export interface InventoryThrottle {
  /** Requests per second, of all callers; null where nothing is set. */
  readonly rate: number | null;
  /** Requests at once, of all callers; null where nothing is set. */
  readonly burst: number | null;
  /** Of each usage plan that covers the stage. Empty where callers need no API key: no plan applies to them. */
  readonly quota: readonly KeyQuota[];
}

/** The access log of a stage. */
export type InventoryLog =
  | { readonly kind: "none" }
  | { readonly kind: "unknown" }
  | {
      readonly kind: "written";
      /** Names of log groups, or the ARN that is written out. Empty where it isn't known. */
      readonly destinations: readonly string[];
      /** Days; 0 keeps the events for ever. Null where this stack doesn't show it. The shortest, if there are several. */
      readonly retentionInDays: number | null;
      /** What the log doesn't say, as variables of API Gateway without `$context.`. Null where its format isn't known. */
      readonly missing: readonly string[] | null;
    };

/** A resource that decides whom an authorizer lets in: a user pool, its client, a function ... */
export interface TrustedResource {
  readonly type: string;
  readonly name: string;
  /** Its names in its aliases. */
  readonly formerNames: readonly string[];
}

/** One way in: a method and a path of an API at one stage, and who may take it. */
export interface InventoryRow {
  readonly project: string;
  readonly stack: string;
  readonly surface: Surface;
  /** The name of the API, the function URL, the load balancer ...; null if this stack doesn't show it. */
  readonly api: string | null;
  /** Null where there is none, or where it isn't known; then it is among `unknown`. */
  readonly stage: string | null;
  readonly hosts: readonly Host[];
  /** `GET`, `ANY` ...; null for `$connect` and `$default`, and where it isn't known. */
  readonly method: string | null;
  /** With the path parameters, or `$connect` or `$default`. Null where it isn't known. */
  readonly path: string | null;
  readonly authentication: {
    /** As docs/architecture.md defines it. `undetermined` is never a pass. */
    readonly verdict: Verdict;
    /** The evidence. Completes a sentence that starts with the route: "GET /x has authorizationType NONE". */
    readonly because: string;
    /** Several where a caller may choose. */
    readonly kinds: readonly AuthenticationKind[];
    /** The name of the authorizer, or of the security scheme of a document. */
    readonly authorizer: string | null;
    /** The host names of the issuers whose tokens are accepted. */
    readonly issuers: readonly string[];
    /** Of each issuer that is known, the start of its SHA-256: user pools of a region share their host name. */
    readonly issuerDigests: readonly string[];
    /** How many audiences a token may have. Null where none are compared. */
    readonly audiences: number | null;
    /** Of each audience that is known, the start of its SHA-256, which tells whether it is another one. */
    readonly audienceDigests: readonly string[];
    /** The resources that the issuer, the audiences or the Lambda authorizer are made of, which tell that where no value is known. */
    readonly trusts: readonly TrustedResource[];
    /** A token needs one of them. */
    readonly scopes: readonly string[];
    /** Why it lets in more callers than it should. Each completes a sentence that starts with the authorizer. */
    readonly weaknesses: readonly string[];
  };
  readonly declaration: DeclaredOpening | null;
  /** Sentences about exceptions that don't count, and why. */
  readonly notes: readonly string[];
  /** Null where the service has no such setting. */
  readonly throttle: InventoryThrottle | null;
  /** Null where no log of this service is read. */
  readonly log: InventoryLog | null;
  /** What an alarm notices. Null where no alarms of this service are read. */
  readonly watched: readonly Signal[] | null;
  /** Whether a web ACL protects the stage, or may do so. Null where AWS WAF doesn't protect the service, or isn't read. */
  readonly firewall: boolean | null;
  /** The line of the program that registers the resource, as far as it is known. */
  readonly source: { readonly file: string; readonly line: number } | null;
  /** The resource to change. */
  readonly urn: string;
  /** The URNs under which it may already be deployed: its aliases. A state has none. */
  readonly formerUrns: readonly string[];
  readonly type: string;
  readonly name: string;
  /** The logical id, where the resource is in a template. */
  readonly logicalId: string | null;
  readonly unknown: readonly UnknownField[];
}
