/** What a run leaves that shows a control: the fields of the report, or what stands in Pulumi Cloud. */
export type Evidence = "violations" | "exceptions" | "unseen";

/** A requirement of a published framework, read as an auditor reads it. */
interface ControlText {
  /** In our own words. */
  readonly title: string;
  /** The page of the control, or of its framework where that has one page only. */
  readonly source: string;
  /** What a run without a violation of its rules shows. */
  readonly proves: string;
  /** What the control asks beyond that, and nobody sees in a program. */
  readonly leaves: string;
  readonly evidence: readonly Evidence[];
}

const owaspPages = "https://owasp.org/API-Security/editions/2023/en/";
const nistPages = "https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final";
const pciPages = "https://www.pcisecuritystandards.org/document_library/";
const socPages =
  "https://www.aicpa-cima.com/resources/download/2017-trust-services-criteria-with-revised-points-of-focus-2022";
const cisPages = "https://www.cisecurity.org/benchmark/amazon_web_services";
const fsbpPages = "https://docs.aws.amazon.com/securityhub/latest/userguide/";

const violations = ["violations"] as const;
const exceptions = ["violations", "exceptions"] as const;

/**
 * The controls that rules name, by framework. A rule can name no other; a control that no rule names any more has to go. Each
 * was read before it was listed. Those that were read and didn't hold up are in `leftOut`.
 */
const table = {
  owasp: {
    name: "OWASP API Security Top 10",
    version: "2023",
    controls: {
      "API1:2023": {
        title: "Broken object level authorization",
        source: `${owaspPages}0xa1-broken-object-level-authorization/`,
        proves: "No cache hands one caller's answer to another.",
        leaves: "Whether the code lets a caller read the objects of others, which is the heart of it.",
        evidence: violations,
      },
      "API2:2023": {
        title: "Broken authentication",
        source: `${owaspPages}0xa2-broken-authentication/`,
        proves:
          "Every endpoint that the program creates requires a proof of who calls, the proof was made for this API, and no way leads around it; or the endpoint is an exception with a reason, an owner and a review date.",
        leaves:
          "What a Lambda authorizer or the code behind a login decides, load balancers that the option requireOn doesn't name, how credentials are issued and recovered outside of Cognito, and endpoints that no Pulumi program creates.",
        evidence: exceptions,
      },
      "API4:2023": {
        title: "Unrestricted resource consumption",
        source: `${owaspPages}0xa4-unrestricted-resource-consumption/`,
        proves:
          "Stages and clients have limits, and the gateway refuses what can't be a valid call before a function runs for it.",
        leaves: "What one valid call may cost, and limits of the services behind the API.",
        evidence: violations,
      },
      "API5:2023": {
        title: "Broken function level authorization",
        source: `${owaspPages}0xa5-broken-function-level-authorization/`,
        proves:
          "Routes that accept tokens name the scopes that a client was granted, and being able to sign up is not all that they require.",
        leaves:
          "Which scopes or groups are right for which function, and what the code behind a route checks.",
        evidence: violations,
      },
      "API8:2023": {
        title: "Security misconfiguration",
        source: `${owaspPages}0xa8-security-misconfiguration/`,
        proves:
          "Policies, origins, domains and deployments don't undo what the routes require: none lets callers in beside it, and what is deployed is what the program says.",
        leaves: "Settings inside functions and containers, and what is changed in the account by hand.",
        evidence: violations,
      },
      "API9:2023": {
        title: "Improper inventory management",
        source: `${owaspPages}0xa9-improper-inventory-management/`,
        proves:
          "What is public on purpose is listed with its owner and its next review, what nobody could read is named, and no live domain leads to a development stage.",
        leaves:
          "APIs that no Pulumi program creates, their documentation, and which data they hand on to third parties.",
        evidence: ["violations", "exceptions", "unseen"],
      },
    },
  },
  nist: {
    name: "NIST SP 800-53",
    version: "r5",
    controls: {
      "AC-2": {
        title: "Account management",
        source: nistPages,
        proves:
          "Nobody becomes a user of an API by signing up alone, where the API requires nothing but a user.",
        leaves: "Approvals, reviews and the removal of accounts.",
        evidence: violations,
      },
      "AC-3": {
        title: "Access enforcement",
        source: nistPages,
        proves:
          "AWS enforces an authorization before every endpoint that the program creates, or an exception names the endpoint.",
        leaves:
          "Whether the authorizations that are enforced are those that were approved, load balancers that the option requireOn doesn't name, and access to single records.",
        evidence: exceptions,
      },
      "AC-4": {
        title: "Information flow enforcement",
        source: nistPages,
        proves: "Resource policies let in only the callers, networks and accounts that they name.",
        leaves: "Flows that leave the system, and flows within it.",
        evidence: violations,
      },
      "AC-6": {
        title: "Least privilege",
        source: nistPages,
        proves:
          "Tokens need a scope for what they call, and not everybody may assume a role that calls an API.",
        leaves: "Whether scopes and roles allow no more than a task needs.",
        evidence: violations,
      },
      "AC-14": {
        title: "Permitted actions without identification or authentication",
        source: nistPages,
        proves:
          "Each route that anyone may call is identified, with the rationale, an owner and a review date. Guests of an identity pool call no API.",
        leaves: "Whether the rationale is sound, and that it stands in the security plan.",
        evidence: exceptions,
      },
      "AU-2": {
        title: "Event logging",
        source: nistPages,
        proves: "Every stage of an API writes an access log, and a GraphQL API logs which fields were read.",
        leaves: "Which other events the organization logs, and the review of that choice.",
        evidence: violations,
      },
      "AU-3": {
        title: "Content of audit records",
        source: nistPages,
        proves: "An access log says when, from where, who called what, and what the answer was.",
        leaves: "What the code behind an API did with a call.",
        evidence: violations,
      },
      "AU-3(3)": {
        title: "Limit personally identifiable information elements",
        source: nistPages,
        proves: "Execution logs don't contain requests and answers.",
        leaves: "What the code behind an API writes into its own logs.",
        evidence: violations,
      },
      "AU-6": {
        title: "Audit record review, analysis and reporting",
        source: nistPages,
        proves: "Alarms look at each API's errors, refused callers and volume, and tell somebody.",
        leaves: "Who reads the logs themselves, and how often.",
        evidence: violations,
      },
      "AU-11": {
        title: "Audit record retention",
        source: nistPages,
        proves:
          "The log group of an access log keeps it for a year, or for as long as the organization says.",
        leaves: "That the log survives the removal of its stack, and copies in other places.",
        evidence: violations,
      },
      "AU-12": {
        title: "Audit record generation",
        source: nistPages,
        proves: "A stage of a REST API records the way of a call through the services behind it.",
        leaves: "Which calls are sampled, and the records of the other components.",
        evidence: violations,
      },
      "CM-3": {
        title: "Configuration change control",
        source: nistPages,
        proves: "A change to who may call takes effect when the program is deployed, and none is ignored.",
        leaves: "Review, approval and records of changes.",
        evidence: violations,
      },
      "CM-6": {
        title: "Configuration settings",
        source: nistPages,
        proves: "The settings that decide who may call are implemented as the program says.",
        leaves: "Which settings the organization established, and changes made by hand.",
        evidence: violations,
      },
      "CM-7": {
        title: "Least functionality",
        source: nistPages,
        proves: "A live domain leads to the stage that it names, and not to whatever stages the API has.",
        leaves: "Functions, ports and services that are on for no purpose.",
        evidence: violations,
      },
      "CM-8": {
        title: "System component inventory",
        source: nistPages,
        proves: "Whatever a preview couldn't read, and may hold APIs, is named.",
        leaves: "The inventory itself.",
        evidence: ["unseen"],
      },
      "IA-2(2)": {
        title: "Multi-factor authentication to non-privileged accounts",
        source: nistPages,
        proves:
          "A user pool with passwords requires a second factor, or offers one and blocks risky sign-ins or takes passkeys.",
        leaves:
          "Where the second factor is optional, that everybody uses it; and users of providers outside.",
        evidence: violations,
      },
      "IA-3": {
        title: "Device identification and authentication",
        source: nistPages,
        proves: "Where a domain requires client certificates, no other way to the API does without them.",
        leaves: "Which certificates the trust store accepts, and how they are issued and revoked.",
        evidence: violations,
      },
      "IA-5(1)": {
        title: "Password-based authentication",
        source: nistPages,
        proves: "A user pool doesn't accept short passwords, and its clients send none.",
        leaves: "A list of common and compromised passwords, which threat protection would bring.",
        evidence: violations,
      },
      "IA-9": {
        title: "Service identification and authentication",
        source: nistPages,
        proves: "Workloads sign what they send to a service of VPC Lattice.",
        leaves: "Which workload may do what, and services that find each other in another way.",
        evidence: violations,
      },
      "IA-13(2)": {
        title: "Verification of identity assertions and access tokens",
        source: nistPages,
        proves: "Tokens are accepted from one pinned issuer whose keys are read over TLS.",
        leaves: "What a Lambda authorizer verifies.",
        evidence: violations,
      },
      "IA-13(3)": {
        title: "Token management",
        source: nistPages,
        proves:
          "Accepted tokens are restricted to an audience or a client; those of a user pool's clients are short-lived and can be revoked.",
        leaves: "How long the tokens of other issuers live.",
        evidence: violations,
      },
      "SC-5": {
        title: "Denial-of-service protection",
        source: nistPages,
        proves:
          "Stages, methods and clients have limits of their own, and the stage of a REST API has a firewall.",
        leaves: "Protection of the network, and of what is behind the API.",
        evidence: violations,
      },
      "SC-7": {
        title: "Boundary protection",
        source: nistPages,
        proves:
          "What stands behind an authenticating edge, and what authenticates nobody, has no public way in of its own.",
        leaves: "The network beyond the load balancers, targets and origins of APIs.",
        evidence: violations,
      },
      "SC-8": {
        title: "Transmission confidentiality and integrity",
        source: nistPages,
        proves:
          "Callers reach load balancers and domains over TLS only, and private integrations use it as well.",
        leaves: "Connections of the code behind an API.",
        evidence: violations,
      },
      "SC-13": {
        title: "Cryptographic protection",
        source: nistPages,
        proves: "Hosts of an API accept no version of TLS older than 1.2.",
        leaves: "Which cryptography the organization requires, and for what.",
        evidence: violations,
      },
      "SC-28": {
        title: "Protection of information at rest",
        source: nistPages,
        proves:
          "Answers in the cache of a stage are encrypted, and execution logs don't contain requests and answers.",
        leaves: "Everything else that is stored.",
        evidence: violations,
      },
      "SI-4": {
        title: "System monitoring",
        source: nistPages,
        proves: "Errors, refused callers and an unusual volume of an API raise an alarm with an action.",
        leaves: "Whether the thresholds are right, and the rest of the system.",
        evidence: violations,
      },
      "SI-10": {
        title: "Information input validation",
        source: nistPages,
        proves: "A token is checked for its form before an authorizer runs.",
        leaves: "What the code checks.",
        evidence: violations,
      },
    },
  },
  pci: {
    name: "PCI DSS",
    version: "4.0.1",
    controls: {
      "1.4.2": {
        title: "Inbound traffic from untrusted networks reaches only what is authorized to be public",
        source: pciPages,
        proves:
          "Origins, targets and containers behind an API have no public way in that bypasses what authenticates.",
        leaves: "All other inbound traffic, and responses that are stateful.",
        evidence: violations,
      },
      "4.2.1": {
        title: "Strong cryptography protects card data on open networks",
        source: pciPages,
        proves: "Load balancers and domains accept TLS only, and no version older than 1.2.",
        leaves: "Certificates that are trusted and valid, and an inventory of keys.",
        evidence: violations,
      },
      "6.2.4": {
        title: "Methods against common attacks on software, those on access control among them",
        source: pciPages,
        proves:
          "The common ways to bypass or abuse an API's authentication are blocked before the deployment: shared cached answers, tokens for others, foreign authorizers.",
        leaves: "All other kinds of attack that the requirement lists, and the code behind the API.",
        evidence: violations,
      },
      "7.2.5": {
        title: "Application and system accounts have the least privileges",
        source: pciPages,
        proves: "A role that may call an API can't be assumed by every AWS account.",
        leaves: "Whether its privileges are the least that the application needs.",
        evidence: violations,
      },
      "7.3.2": {
        title: "The access control system enforces the permissions that were assigned",
        source: pciPages,
        proves: "A token is accepted for a route only with a scope that was granted to its client.",
        leaves: "By which job and function scopes are assigned.",
        evidence: violations,
      },
      "7.3.3": {
        title: "The access control system denies everything by default",
        source: pciPages,
        proves: "No endpoint and no policy lets everybody in, unless an exception names it.",
        leaves: "Systems other than APIs.",
        evidence: exceptions,
      },
      "8.2.2": {
        title: "Shared credentials only as an exception",
        source: pciPages,
        proves: "No API takes for authentication a key that all of its clients share.",
        leaves: "Credentials that people share.",
        evidence: exceptions,
      },
      "8.3.1": {
        title: "Users and administrators are authenticated with at least one factor",
        source: pciPages,
        proves: "Every endpoint requires an authentication, or an exception names it.",
        leaves:
          "The strength of the factor, load balancers that the option requireOn doesn't name, and access by other ways than APIs.",
        evidence: exceptions,
      },
      "10.2.1": {
        title: "Audit logs are enabled and active",
        source: pciPages,
        proves: "Every stage of an API writes an access log that says who called what.",
        leaves: "Logs of the other systems in scope.",
        evidence: violations,
      },
      "10.5.1": {
        title: "Audit log history is retained for 12 months",
        source: pciPages,
        proves:
          "The log group of an access log keeps it for a year, or for as long as the organization says.",
        leaves: "That the last three months can be analyzed at once.",
        evidence: violations,
      },
    },
  },
  soc2: {
    name: "SOC 2 Trust Services Criteria",
    version: "2017, points of focus 2022",
    controls: {
      "CC6.1": {
        title: "Logical access security over protected information assets",
        source: socPages,
        proves:
          "Callers are identified and authenticated before they reach an API, or an exception says why not.",
        leaves:
          "Encryption keys, segmentation, and the other points of focus; and that it worked over a period.",
        evidence: exceptions,
      },
      "CC6.2": {
        title: "Users are registered and authorized before they get credentials",
        source: socPages,
        proves:
          "Where an API requires nothing but a user, users are created by administrators or checked at sign-up.",
        leaves: "Who approves users, and how they are removed.",
        evidence: violations,
      },
      "CC6.3": {
        title: "Access follows roles and least privilege",
        source: socPages,
        proves: "Tokens need scopes, and roles that call APIs name who may assume them.",
        leaves: "Reviews of roles, and the separation of duties.",
        evidence: violations,
      },
      "CC6.6": {
        title: "Protection against threats from outside the boundaries of the system",
        source: socPages,
        proves:
          "No policy, permission, host or origin gives the outside a way around an API's authentication.",
        leaves: "Firewalls, and intrusion detection.",
        evidence: violations,
      },
      "CC6.7": {
        title: "Information is protected while it is transmitted",
        source: socPages,
        proves: "Load balancers, domains and private integrations use TLS.",
        leaves: "Removable media, and transmissions of the code behind an API.",
        evidence: violations,
      },
      "CC7.1": {
        title: "Changes to configurations that bring vulnerabilities are detected",
        source: socPages,
        proves: "Each preview checks the configuration of APIs, and names what it couldn't read.",
        leaves: "Changes made outside of Pulumi, and newly discovered vulnerabilities of software.",
        evidence: ["violations", "unseen"],
      },
      "CC7.2": {
        title: "System components are monitored for anomalies",
        source: socPages,
        proves: "What is needed to notice and to investigate is recorded: who called what, for long enough.",
        leaves: "That somebody looks at it, and that it worked over a period.",
        evidence: violations,
      },
      "CC8.1": {
        title: "Changes are authorized, tested and implemented",
        source: socPages,
        proves: "A change to who may call that was merged is also deployed.",
        leaves: "Authorization and testing of changes.",
        evidence: violations,
      },
    },
  },
  fsbp: {
    name: "AWS Foundational Security Best Practices",
    version: "1.0.0",
    controls: {
      "APIGateway.3": {
        title: "Stages of a REST API have AWS X-Ray tracing enabled",
        source: `${fsbpPages}apigateway-controls.html#apigateway-3`,
        proves: "Every stage of a REST API traces its requests.",
        leaves: "Stages that were created outside of the program.",
        evidence: violations,
      },
      "APIGateway.4": {
        title: "Stages of a REST API are associated with a web ACL",
        source: `${fsbpPages}apigateway-controls.html#apigateway-4`,
        proves: "Every stage of a REST API has a web ACL of the program that limits rates, or one before it.",
        leaves: "Associations that AWS Firewall Manager creates.",
        evidence: violations,
      },
      "APIGateway.5": {
        title: "Cached data of a REST API is encrypted",
        source: `${fsbpPages}apigateway-controls.html#apigateway-5`,
        proves: "Settings of methods that cache also encrypt.",
        leaves: "Stages that were created outside of the program.",
        evidence: violations,
      },
      "APIGateway.8": {
        title: "Routes of an API Gateway v2 API specify an authorization type",
        source: `${fsbpPages}apigateway-controls.html#apigateway-8`,
        proves: "No route has the type NONE, none of those that a document creates included.",
        leaves: "Routes that were created outside of the program.",
        evidence: exceptions,
      },
      "APIGateway.9": {
        title: "Stages of an API Gateway v2 API write an access log",
        source: `${fsbpPages}apigateway-controls.html#apigateway-9`,
        proves: "Every stage has a destination for its access log.",
        leaves: "Stages that were created outside of the program.",
        evidence: violations,
      },
      "APIGateway.10": {
        title: "Private integrations of an API Gateway v2 API use HTTPS",
        source: `${fsbpPages}apigateway-controls.html#apigateway-10`,
        proves: "An integration over a VPC link has a TLS configuration, or an https URI.",
        leaves: "Integrations that were created outside of the program.",
        evidence: violations,
      },
      "AppSync.2": {
        title: "AppSync APIs log at the level of fields",
        source: `${fsbpPages}appsync-controls.html#appsync-2`,
        proves: "A GraphQL API writes a log that says which fields were resolved.",
        leaves: "APIs that were created outside of the program.",
        evidence: violations,
      },
      "AppSync.5": {
        title: "AppSync GraphQL APIs don't authenticate by API keys",
        source: `${fsbpPages}appsync-controls.html#appsync-5`,
        proves: "API_KEY is neither the default type nor an additional one that the schema uses.",
        leaves: "Nothing: an exception fails the control.",
        evidence: exceptions,
      },
      "CloudFront.16": {
        title: "Distributions use origin access control for Lambda function URLs",
        source: `${fsbpPages}cloudfront-controls.html#cloudfront-16`,
        proves: "A function URL behind a distribution accepts no unsigned request.",
        leaves: "That the distribution signs: without it, the function answers nobody.",
        evidence: violations,
      },
      "Cognito.2": {
        title: "Identity pools don't allow unauthenticated identities",
        source: `${fsbpPages}cognito-controls.html#cognito-2`,
        proves: "Guests of an identity pool can't call APIs or functions.",
        leaves:
          "Guests who do something else, such as sending measurements: they pass the rule and fail the control.",
        evidence: exceptions,
      },
      "Cognito.3": {
        title: "Password policies of user pools are strong",
        source: `${fsbpPages}cognito-controls.html#cognito-3`,
        proves: "Passwords have eight characters of four kinds, or fifteen of any.",
        leaves:
          "Fifteen characters of any kind pass the rule and fail the control, as may the age of temporary passwords.",
        evidence: violations,
      },
      "Cognito.5": {
        title: "User pools have multi-factor authentication",
        source: `${fsbpPages}cognito-controls.html#cognito-5`,
        proves: "A pool in which people have passwords has a second factor.",
        leaves: "Pools whose clients are all for machines or federated pass the rule, and fail the control.",
        evidence: violations,
      },
      "ELB.1": {
        title: "Load balancers redirect HTTP to HTTPS",
        source: `${fsbpPages}elb-controls.html#elb-1`,
        proves: "A listener for plain HTTP does nothing but redirect.",
        leaves: "Listeners that were created outside of the program.",
        evidence: violations,
      },
      "ELB.17": {
        title: "Listeners use recommended security policies",
        source: `${fsbpPages}elb-controls.html#elb-17`,
        proves: "The policy of a TLS listener accepts no version older than 1.2.",
        leaves: "Which of the newer policies AWS recommends today.",
        evidence: violations,
      },
      "Lambda.1": {
        title: "Policies of Lambda functions prohibit public access",
        source: `${fsbpPages}lambda-controls.html#lambda-1`,
        proves:
          "No permission, function URL included, lets in everybody or a service for all of its customers.",
        leaves: "Permissions that were added outside of the program.",
        evidence: exceptions,
      },
    },
  },
  cis: {
    name: "CIS AWS Compute Services Benchmark",
    version: "1.1.0",
    controls: {
      "12.6": {
        title: "Lambda functions are not exposed to everyone",
        source: cisPages,
        proves: "No permission and no function URL lets everybody invoke a function.",
        leaves: "Permissions that were added outside of the program.",
        evidence: exceptions,
      },
      "12.10": {
        title: "Permission policies of Lambda functions allow no unknown account",
        source: cisPages,
        proves: "A permission for a service names its source, and a source in another account is said.",
        leaves: "Which accounts the organization trusts.",
        evidence: violations,
      },
    },
  },
} as const satisfies Record<
  string,
  {
    readonly name: string;
    readonly version: string;
    readonly controls: Readonly<Record<string, ControlText>>;
  }
>;

type Table = typeof table;
type IdIn<Framework extends keyof Table> = keyof Table[Framework]["controls"] & string;

/** A control of the table. */
export interface Control extends ControlText {
  readonly framework: string;
  readonly version: string;
  readonly id: { [Framework in keyof Table]: IdIn<Framework> }[keyof Table];
  /** What tells it apart among a policy's tags: its id, with the framework if the id alone is only a number. */
  readonly tag: string;
}

/** All controls of the table, in its order. */
export const controls: readonly Control[] = Object.values(table).flatMap(
  ({ name, version, controls: texts }) =>
    Object.entries<ControlText>(texts).map(([id, text]) => ({
      ...text,
      framework: name,
      version,
      id: id as Control["id"],
      tag: /^\d/.test(id) ? `${name} ${id}` : id,
    })),
);

const helperOf =
  <Framework extends keyof Table>(framework: Framework) =>
  (id: IdIn<Framework>): Control => {
    const found = controls.find((one) => one.framework === table[framework].name && one.id === id);
    if (!found) throw new Error(`controls: there is no ${table[framework].name} ${id}`);
    return found;
  };

/** OWASP API Security Top 10, edition 2023. https://owasp.org/API-Security/editions/2023/en/0x11-t10/ */
export const owasp = helperOf("owasp");
/** NIST SP 800-53, revision 5; IA-13 since its release 5.1.1. https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final */
export const nist = helperOf("nist");
/** PCI DSS. https://www.pcisecuritystandards.org/document_library/ */
export const pci = helperOf("pci");
/** The AICPA's Trust Services Criteria, the common criteria of a SOC 2 report. */
export const soc2 = helperOf("soc2");
/** https://docs.aws.amazon.com/securityhub/latest/userguide/fsbp-standard.html */
export const fsbp = helperOf("fsbp");
/** https://www.cisecurity.org/benchmark/amazon_web_services */
export const cis = helperOf("cis");

/** Controls that look as if rules showed them, and don't on reading: what an auditor may look for in vain. */
export const leftOut: readonly { readonly control: string; readonly because: string }[] = [
  {
    control: "CIS AWS Foundations Benchmark",
    because: "it has no recommendation about API Gateway, AppSync or Cognito",
  },
  {
    control: "NIST SP 800-53 r5 IA-5(13), expiration of cached authenticators",
    because:
      "it is about credentials that a machine keeps for when the network is down, not about cached answers",
  },
  {
    control: "PCI DSS 4.0.1 1.2.5, services, protocols and ports have a business need",
    because: "it is about what network security controls let pass; a route is none of these",
  },
  {
    control: "PCI DSS 4.0.1 8.3.6, complexity of passwords",
    because: "it wants twelve characters; the rule takes Cognito's own eight of four kinds",
  },
  {
    control: "PCI DSS 4.0.1 8.4.2, multi-factor authentication into the cardholder data environment",
    because: "the rule also takes a second factor that is optional beside threat protection",
  },
  {
    control: "AWS Foundational Security Best Practices Cognito.1, threat protection",
    because: "the rule asks for it only where the second factor is optional",
  },
  {
    control: "AWS Foundational Security Best Practices AppSync.5, for event APIs",
    because: "it checks GraphQL APIs only",
  },
];
