import { describe, expect, test } from "vitest";
import { agent, agentRegistry } from "../agent-resources";
import { analyze, type Given, kindOf, secret, UNKNOWN } from "../analyze";
import { publicAccess, under } from "../resources";

const rule = "agent-gateway-requires-authorizer";

const discoveryUrl = "https://login.example.com/.well-known/openid-configuration";
const jwt = (pins: object = {}) => ({ customJwtAuthorizer: { discoveryUrl, ...pins } });
const gateway = (properties: object) => agent("Gateway", "tools", properties);
const jwtGateway = (authorizerConfiguration: unknown) =>
  gateway({ authorizerType: "CUSTOM_JWT", authorizerConfiguration });

const claim = (name: unknown, value: unknown) => ({
  inboundTokenClaimName: name,
  inboundTokenClaimValueType: "STRING",
  authorizingClaimMatchValue: {
    claimMatchOperator: "EQUALS",
    claimMatchValue: { matchValueString: value },
  },
});
const oneOf = (name: string, values: unknown) => ({
  inboundTokenClaimName: name,
  inboundTokenClaimValueType: "STRING_ARRAY",
  authorizingClaimMatchValue: {
    claimMatchOperator: "CONTAINS_ANY",
    claimMatchValue: { matchValueStringLists: values },
  },
});
const github = "https://token.actions.githubusercontent.com";
/** An authorizer that trusts an issuer for an audience. */
const shared = (issuer: string, pins: object = {}) => ({
  customJwtAuthorizer: {
    discoveryUrl: `${issuer}/.well-known/openid-configuration`,
    allowedAudiences: ["customers"],
    ...pins,
  },
});

type Row = readonly [situation: string, given: Given, kind: string, says?: string];

const violations: readonly Row[] = [
  [
    "NONE",
    gateway({ authorizerType: "NONE" }),
    "no-authorizer",
    '$default of "tools" has authorizerType NONE',
  ],
  ["another case", gateway({ authorizerType: "none" }), "no-authorizer", "has authorizerType NONE"],
  ["a secret", gateway({ authorizerType: secret("NONE") }), "no-authorizer", "has authorizerType NONE"],
  [
    "NONE before an interceptor and a policy engine has to be declared",
    gateway({
      authorizerType: "NONE",
      interceptorConfigurations: [{ interceptionPoints: ["REQUEST"] }],
      policyEngineConfiguration: { arn: UNKNOWN, mode: "ENFORCE" },
    }),
    "no-authorizer",
    "has authorizerType NONE",
  ],
  [
    "an authorizerConfiguration beside NONE does nothing",
    gateway({ authorizerType: "NONE", authorizerConfiguration: jwt({ allowedClients: ["web"] }) }),
    "no-authorizer",
    "has authorizerType NONE",
  ],
  [
    "authorizerType unknown",
    gateway({ authorizerType: UNKNOWN }),
    "no-authorizer",
    "has an authorizerType that is not known before the deployment",
  ],
  [
    "authorizerType of a wrong type",
    gateway({ authorizerType: { type: "AWS_IAM" } }),
    "no-authorizer",
    "has an authorizerType that is not known",
  ],
  ["authorizerType absent", gateway({ authorizerType: null }), "no-authorizer", "has no authorizerType"],
  ["authorizerType empty", gateway({ authorizerType: "" }), "no-authorizer", "has no authorizerType"],
  [
    "a gateway that accepts any token",
    jwtGateway(jwt()),
    "any-token",
    "customClaims, so it accepts any token of the issuer",
  ],
  ["empty lists", jwtGateway(jwt({ allowedAudiences: [], allowedClients: [] })), "any-token"],
  ["a discovery URL of this deployment", jwtGateway(jwt({ discoveryUrl: UNKNOWN })), "any-token"],
  ["no configuration", jwtGateway(null), "any-token", "has no authorizerConfiguration"],
  [
    "a discovery URL without TLS",
    jwtGateway(jwt({ allowedClients: ["web"], discoveryUrl: discoveryUrl.replace("https", "http") })),
    "any-token",
    "has a discoveryUrl that isn't reached by https",
  ],
  [
    "claims that every token has",
    jwtGateway(jwt({ customClaims: [claim("email_verified", "true"), claim("iss", "https://a.example")] })),
    "any-token",
  ],
  ["a claim without a value", jwtGateway(jwt({ customClaims: [oneOf("department", [])] })), "any-token"],
  ...(
    [
      ["GitHub Actions", github, {}],
      ["GitHub Actions", "https://Token.Actions.GitHubUserContent.com", {}],
      ["Google", "https://accounts.google.com", {}],
      ["Google", "https://accounts.google.com", { allowedAudiences: null, allowedScopes: ["tools/use"] }],
      ["GitLab.com", "https://gitlab.com", { allowedScopes: ["tools/use"] }],
      ["Buildkite", "https://agent.buildkite.com", { allowedClients: ["web"] }],
      ["GitHub Actions", github, { customClaims: [claim("ref", "refs/heads/main")] }],
      ["GitHub Actions", github, { customClaims: [oneOf("sub", [])] }],
      ["GitHub Actions", github, { customClaims: [] }],
    ] as const
  ).map(
    ([service, issuer, pins]): Row => [
      `${service} at ${issuer}, with ${JSON.stringify(pins)}`,
      jwtGateway(shared(issuer, pins)),
      "shared-issuer",
      `accepts tokens of ${service}, which`,
    ],
  ),
  [
    "a runtime that trusts GitHub Actions",
    agent("AgentRuntime", "tools", { authorizerConfiguration: shared(github) }),
    "shared-issuer",
  ],
  [
    "a registry that trusts GitHub Actions",
    agentRegistry("tools", { authorizerType: "CUSTOM_JWT", authorizerConfiguration: shared(github) }),
    "shared-issuer",
  ],
  ["a runtime", agent("AgentRuntime", "tools", { authorizerConfiguration: jwt() }), "any-token"],
  ["a harness", agent("Harness", "tools", { authorizerConfiguration: jwt() }), "any-token"],
  [
    "a runtime with a type, which runtimes don't have",
    agent("AgentRuntime", "tools", { authorizerType: "AWS_IAM", authorizerConfiguration: jwt() }),
    "any-token",
  ],
  [
    "a harness with a type, which harnesses don't have",
    agent("Harness", "tools", { authorizerType: "AWS_IAM", authorizerConfiguration: jwt() }),
    "any-token",
  ],
  [
    "a registry of AgentCore",
    agent("Registry", "tools", { authorizerType: "custom_jwt", authorizerConfiguration: jwt() }),
    "any-token",
  ],
  [
    "a registry of AgentCore whose authorizerType is unknown",
    agent("Registry", "tools", { authorizerType: UNKNOWN, authorizerConfiguration: jwt() }),
    "any-token",
  ],
  [
    "a registry",
    agentRegistry("tools", { authorizerType: "CUSTOM_JWT", authorizerConfiguration: jwt() }),
    "any-token",
  ],
];

const authenticateOnly = (properties: object = {}) =>
  gateway({ authorizerType: "AUTHENTICATE_ONLY", ...properties });

const advisories: readonly Row[] = [
  ["AUTHENTICATE_ONLY", authenticateOnly(), "any-aws-credentials"],
  ["another case", gateway({ authorizerType: "Authenticate_Only" }), "any-aws-credentials"],
  [
    "a policy engine that only logs",
    authenticateOnly({ policyEngineConfiguration: { arn: UNKNOWN, mode: "LOG_ONLY" } }),
    "any-aws-credentials",
  ],
  [
    "a policy engine whose mode is unknown",
    authenticateOnly({ policyEngineConfiguration: { arn: UNKNOWN, mode: UNKNOWN } }),
    "any-aws-credentials",
  ],
  [
    "a policy engine that is unknown",
    authenticateOnly({ policyEngineConfiguration: UNKNOWN }),
    "any-aws-credentials",
  ],
  [
    "an empty list of interceptors",
    authenticateOnly({ interceptorConfigurations: [] }),
    "any-aws-credentials",
  ],
];

const silent: readonly (readonly [situation: string, given: Given])[] = [
  ["AWS_IAM", gateway({})],
  ["another case of AWS_IAM", gateway({ authorizerType: "aws_iam" })],
  ["a type that is not known to this rule", gateway({ authorizerType: "MUTUAL_TLS" })],
  ["a gateway that names its audience", jwtGateway(jwt({ allowedAudiences: ["customers"] }))],
  ["a gateway that names a client of this deployment", jwtGateway(jwt({ allowedClients: [UNKNOWN] }))],
  ["a gateway whose clients are unknown", jwtGateway(jwt({ allowedClients: UNKNOWN }))],
  ["a gateway that names its scopes", jwtGateway(jwt({ allowedScopes: ["tools/use"] }))],
  ["a gateway that requires a claim", jwtGateway(jwt({ customClaims: [claim("department", "support")] }))],
  ["a gateway whose claims are unknown", jwtGateway(jwt({ customClaims: UNKNOWN }))],
  ["a claim whose value is unknown", jwtGateway(jwt({ customClaims: [claim("department", UNKNOWN)] }))],
  [
    "GitHub Actions, for one repository",
    jwtGateway(shared(github, { customClaims: [claim("sub", "repo:acme/shop:ref:refs/heads/main")] })),
  ],
  [
    "GitHub Actions, for one owner, in a list of values",
    jwtGateway(shared(github, { customClaims: [oneOf("repository_owner_id", ["12345"])] })),
  ],
  ["GitHub Actions of one enterprise", jwtGateway(shared(`${github}/octo`))],
  ["GitHub Actions, for workloads", jwtGateway(shared(github, { allowedWorkloadConfiguration: UNKNOWN }))],
  ["an issuer that isn't known", jwtGateway(jwt({ discoveryUrl: UNKNOWN, allowedAudiences: ["customers"] }))],
  [
    "an audience that only holds a star",
    jwtGateway(jwt({ allowedAudiences: ["https://api.example.com/*"] })),
  ],
  [
    "a gateway that names its workloads",
    jwtGateway(jwt({ allowedWorkloadConfiguration: { workloadIdentities: ["assistant"] } })),
  ],
  [
    "discovery URL and clients of a user pool of this deployment",
    jwtGateway(jwt({ discoveryUrl: UNKNOWN, allowedClients: [UNKNOWN] })),
  ],
  ["a configuration that is unknown", jwtGateway(UNKNOWN)],
  ["an authorizer that is unknown", jwtGateway({ customJwtAuthorizer: UNKNOWN })],
  ["a configuration that is not used", gateway({ authorizerConfiguration: jwt() })],
  [
    "AUTHENTICATE_ONLY before a policy engine that enforces",
    authenticateOnly({ policyEngineConfiguration: { arn: UNKNOWN, mode: "enforce" } }),
  ],
  [
    "AUTHENTICATE_ONLY before an interceptor",
    authenticateOnly({ interceptorConfigurations: [{ interceptionPoints: ["REQUEST"] }] }),
  ],
  ["a runtime without a configuration requires IAM", agent("AgentRuntime", "tools")],
  ["a harness without a configuration requires IAM", agent("Harness", "tools")],
  ["a registry without a type requires IAM", agent("Registry", "tools")],
  ["a registry that requires IAM", agent("Registry", "tools", { authorizerType: "AWS_IAM" })],
  [
    "a registry's type unknown, without a configuration",
    agent("Registry", "tools", { authorizerType: UNKNOWN }),
  ],
  ["a registry that requires IAM in its discovery", agentRegistry("tools", { authorizerType: "AWS_IAM" })],
  ["a registry's discovery unknown", agentRegistry("tools", UNKNOWN)],
  [
    "a registry that names its clients",
    agentRegistry("tools", {
      authorizerType: "CUSTOM_JWT",
      authorizerConfiguration: jwt({ allowedClients: ["web"] }),
    }),
  ],
];

describe(rule, () => {
  test.for(violations)("reports: %s", async ([, given, kind, says = '"tools"']) => {
    const reported = await analyze([given]);
    expect(reported).toEqual([
      { rule, level: "mandatory", resource: "tools", message: expect.stringContaining(says) },
    ]);
    expect(reported.map(kindOf)).toEqual([kind]);
  });

  test.for(advisories)("advises: %s", async ([, given, kind]) => {
    const reported = await analyze([given]);
    expect(reported).toEqual([
      { rule, level: "advisory", resource: "tools", message: expect.stringContaining("AUTHENTICATE_ONLY") },
    ]);
    expect(reported.map(kindOf)).toEqual([kind]);
  });

  test.each([
    ["an audience", shared("https://login.example.com", { allowedAudiences: ["*"] })],
    ["the subject at a shared issuer", shared(github, { customClaims: [claim("sub", "*")] })],
  ])("advises where a wildcard stands for %s", async (_situation, configuration) => {
    const reported = await analyze([jwtGateway(configuration)]);
    expect(reported).toMatchObject([{ rule, level: "advisory", resource: "tools" }]);
    expect(reported.map(kindOf)).toEqual(["wildcard-claim"]);
  });

  test.each(silent)("is silent: %s", async (_situation, given) => {
    expect(await analyze([given])).toEqual([]);
  });

  test("a gateway that is meant to be public is declared", async () => {
    const open = gateway({ authorizerType: "NONE" });
    expect(await analyze([publicAccess("open", ["$default"]), under("open", open)])).toEqual([]);
  });

  test("a gateway that only the stack shows is judged there", async () => {
    const only = (given: Given): Given => ({ ...given, onlyInStack: true });
    expect(await analyze([only(gateway({ authorizerType: "NONE" }))])).toMatchObject([
      { rule: "endpoint-requires-authentication", resource: "tools", level: "mandatory" },
    ]);
    const sound = [gateway({}), agent("AgentRuntime", "a"), agent("Registry", "b"), agentRegistry("c", {})];
    expect(await analyze(sound.map(only))).toEqual([]);
  });
});
