import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { analyze, type Given, kindOf, secret, UNKNOWN } from "../analyze";
import { jwtAuthorizer as jwt, jwtConfiguration } from "../authorizer-resources";
import { httpApi, restApi } from "../resources";

const rule = "jwt-authorizer-pins-issuer-and-audience";
const issuer = (text: unknown) => jwt("tokens", { jwtConfiguration: { ...jwtConfiguration, issuer: text } });
const audiences = (list: unknown) =>
  jwt("tokens", { jwtConfiguration: { ...jwtConfiguration, audiences: list } });

/** A document with one operation behind one JWT authorizer. */
const document = (configuration: unknown, changed: object = {}, scheme: object = {}) => ({
  openapi: "3.0.1",
  info: { title: "customers", version: "1" },
  paths: { "/customers": { get: { security: [{ tokens: ["customers/read"] }] } } },
  components: {
    securitySchemes: {
      tokens: {
        type: "oauth2",
        ...scheme,
        "x-amazon-apigateway-authorizer": {
          type: "jwt",
          identitySource: "$request.header.Authorization",
          jwtConfiguration: configuration,
          ...changed,
        },
      },
    },
  },
});
const inBody = (...args: Parameters<typeof document>) =>
  httpApi("customers", { body: JSON.stringify(document(...args)) });
const pinned = { issuer: "https://login.example.com", audience: ["customers"] };
/** A REST API's document, with the issuers of its JWT authorizer. */
const inRestBody = (configuration: unknown, changed: object = {}) =>
  restApi("customers", {
    body: JSON.stringify(
      document(configuration, { identitySource: "method.request.header.Authorization", ...changed }),
    ),
  });
const trusted = { issuer: "https://login.example.com", audiences: ["customers"] };
const anyones = { ...trusted, issuer: "https://token.actions.githubusercontent.com" };
const repository = { claimName: "repository", format: "SINGLE_STRING", expectedValues: ["acme/shop"] };

const violations: readonly (readonly [situation: string, given: Given, kind: string, says: string])[] = [
  [
    "a REST API's document without an issuer",
    inRestBody({ issuers: [{}] }),
    "unpinned-issuer",
    "names no issuer and names no aud",
  ],
  [
    "an issuer without audiences",
    inRestBody({ issuers: [{ issuer: trusted.issuer }] }),
    "unpinned-audience",
    "names no aud",
  ],
  [
    "a second issuer without TLS",
    inRestBody({ issuers: [trusted, { ...trusted, issuer: "http://a" }] }),
    "unpinned-issuer",
    "https",
  ],
  [
    "an issuer that signs for everybody",
    inRestBody({ issuers: [anyones] }),
    "unpinned-issuer",
    "GitHub Actions",
  ],
  [
    "an issuer for everybody whose tokens may leave the claim out",
    inRestBody({ issuers: [{ ...anyones, additionalClaims: [repository] }] }),
    "unpinned-issuer",
    "GitHub Actions",
  ],
  [
    "an issuer for everybody whose tokens may have any value for the claim",
    inRestBody({
      issuers: [{ ...anyones, additionalClaims: [{ ...repository, required: true, expectedValues: [] }] }],
    }),
    "unpinned-issuer",
    "GitHub Actions",
  ],
  ["no list of audiences", audiences(null), "unpinned-audience", "names no audience"],
  ["an empty list of audiences", audiences([]), "unpinned-audience", "names no audience"],
  ["an audience that is an empty text", audiences([""]), "unpinned-audience", "names no audience"],
  ["a wildcard for an audience", audiences(["*"]), "unpinned-audience", "has a wildcard for an audience"],
  ["a wildcard among other audiences", audiences(["customers", "*"]), "unpinned-audience", "has a wildcard"],
  [
    "a wildcard beside an audience that is unknown",
    audiences([UNKNOWN, "*"]),
    "unpinned-audience",
    "has a wildcard",
  ],
  [
    "no jwtConfiguration at all",
    jwt("tokens", { jwtConfiguration: null }),
    "unpinned-issuer",
    "names no audience",
  ],
  [
    "no audience beside an issuer that is unknown",
    jwt("tokens", { jwtConfiguration: { issuer: UNKNOWN } }),
    "unpinned-audience",
    "names no audience",
  ],
  [
    "the singular of CloudFormation is no audience here",
    jwt("tokens", { jwtConfiguration: { issuer: jwtConfiguration.issuer, audience: ["customers"] } }),
    "unpinned-audience",
    "names no audience",
  ],
  [
    "an output in a template literal, for an audience",
    audiences(["Calling [toString] on an [Output<T>] is not supported."]),
    "unpinned-audience",
    "placeholder",
  ],
  ["an issuer without TLS", issuer("http://login.example.com"), "unpinned-issuer", "is no https URL"],
  ["an issuer without a scheme", issuer("login.example.com"), "unpinned-issuer", "is no https URL"],
  ["no issuer", issuer(null), "unpinned-issuer", "names no issuer"],
  ["an empty issuer", issuer(""), "unpinned-issuer", "names no issuer"],
  ["a wildcard in the issuer", issuer("https://*.example.com"), "unpinned-issuer", "wildcard"],
  [
    "a template's placeholder",
    issuer("https://login.example.com/{tenantid}/v2.0"),
    "unpinned-issuer",
    "placeholder",
  ],
  [
    "a placeholder of a template literal in quotes",
    issuer("https://$" + "{domain}/"),
    "unpinned-issuer",
    "placeholder",
  ],
  [
    "an output in a template literal",
    issuer(
      "https://cognito-idp.eu-west-1.amazonaws.com/Calling [toString] on an [Output<T>] is not supported.",
    ),
    "unpinned-issuer",
    "placeholder",
  ],
  [
    "GitHub Actions, where any repository asks for any audience",
    issuer("https://token.actions.githubusercontent.com"),
    "unpinned-issuer",
    "accepts tokens of GitHub Actions",
  ],
  ["Google", issuer("https://accounts.google.com"), "unpinned-issuer", "accepts tokens of Google"],
  [
    "Google in another case, with a slash",
    issuer("HTTPS://Accounts.Google.com/"),
    "unpinned-issuer",
    "accepts tokens of Google",
  ],
  ...(
    [
      ["GitLab.com", "https://gitlab.com", "GitLab.com"],
      ["GitLab.com with its port", "https://gitlab.com:443/", "GitLab.com"],
      [
        "self-hosted runners of GitHub Actions",
        "https://vstoken.actions.githubusercontent.com",
        "GitHub Actions",
      ],
      ["Buildkite", "https://agent.buildkite.com", "Buildkite"],
      ["HCP Terraform", "https://app.terraform.io", "HCP Terraform"],
      ["Codefresh", "https://oidc.codefresh.io", "Codefresh"],
      ["Scalr", "https://scalr.io", "Scalr"],
      ["DVC Studio, by its path", "https://studio.datachain.ai/api/", "DVC Studio"],
      ["Shisho Cloud", "https://tokens.cloud.shisho.dev", "Shisho Cloud"],
      ["Upbound", "https://proidc.upbound.io", "Upbound"],
      [
        "GitHub's audit log",
        "https://oidc-configuration.audit-log.githubusercontent.com",
        "GitHub's audit log streaming",
      ],
      ["Pulumi Cloud", "https://api.pulumi.com/oidc", "Pulumi Cloud"],
      ["Pulumi Cloud, for any audience", "https://api.pulumi.com/oidc/v2", "Pulumi Cloud"],
      ["Vercel in the global mode", "https://oidc.vercel.com", "Vercel"],
    ] as const
  ).map(
    ([name, url, service]) =>
      [name, issuer(url), "unpinned-issuer", `accepts tokens of ${service}, which`] as const,
  ),
  [
    "Google for a client and for something else",
    jwt("tokens", {
      jwtConfiguration: {
        issuer: "https://accounts.google.com",
        audiences: ["1-a.apps.googleusercontent.com", "customers"],
      },
    }),
    "unpinned-issuer",
    "accepts tokens of Google",
  ],
  [
    "an issuer that signs for everybody, in a document",
    inBody({ ...pinned, issuer: "https://agent.buildkite.com" }),
    "unpinned-issuer",
    "accepts tokens of Buildkite",
  ],
  [
    "an issuer that signs for everybody, by its discovery document",
    inBody(
      { audience: ["customers"] },
      {},
      {
        type: "openIdConnect",
        openIdConnectUrl: "https://gitlab.com/.well-known/openid-configuration",
      },
    ),
    "unpinned-issuer",
    "accepts tokens of GitLab.com",
  ],
  ...["ref", "environment", "aud", "email_verified"].map(
    (claimName) =>
      [
        `an issuer for everybody whose tokens need a claim that anybody's have: ${claimName}`,
        inRestBody({
          issuers: [{ ...anyones, additionalClaims: [{ ...repository, claimName, required: true }] }],
        }),
        "unpinned-issuer",
        "GitHub Actions",
      ] as const,
  ),
  [
    "a secret issuer",
    issuer(secret("https://accounts.google.com")),
    "unpinned-issuer",
    "accepts tokens of Google",
  ],
  [
    "another case of the type",
    jwt("tokens", { authorizerType: "jwt", jwtConfiguration: {} }),
    "unpinned-issuer",
    "names no",
  ],
  [
    "an unknown type beside a jwtConfiguration without an audience",
    jwt("tokens", { authorizerType: UNKNOWN, jwtConfiguration: { issuer: "https://login.example.com" } }),
    "unpinned-audience",
    "names no audience",
  ],
  [
    "an unknown type, and neither a URI nor a jwtConfiguration",
    jwt("tokens", { authorizerType: UNKNOWN, jwtConfiguration: null }),
    "unpinned-issuer",
    "names no audience",
  ],
  [
    "an authorizer of aws-native",
    {
      ...jwt("tokens", { jwtConfiguration: { issuer: "https://login.example.com", audience: [] } }),
      type: "aws-native:apigatewayv2:Authorizer",
    },
    "unpinned-audience",
    "names no audience",
  ],
  [
    "no audience in a document",
    inBody({ issuer: "https://login.example.com" }),
    "unpinned-audience",
    "names no audience",
  ],
  [
    "no jwtConfiguration in a document",
    inBody(undefined),
    "unpinned-issuer",
    "names no issuer and names no audience",
  ],
  ["a wildcard in a document", inBody({ ...pinned, audience: ["*"] }), "unpinned-audience", "has a wildcard"],
  [
    "an http issuer in a document",
    inBody({ ...pinned, issuer: "http://a.example.com" }),
    "unpinned-issuer",
    "no https URL",
  ],
  [
    "the issuer by openIdConnectUrl",
    inBody(
      { audience: ["customers"] },
      {},
      {
        type: "openIdConnect",
        openIdConnectUrl: "http://login.example.com/.well-known/openid-configuration",
      },
    ),
    "unpinned-issuer",
    "no https URL",
  ],
  [
    "in YAML, behind a reference, with Swagger 2.0",
    httpApi("customers", {
      body: stringify({
        swagger: "2.0",
        paths: { "/customers": { get: { security: [{ tokens: ["customers/read"] }] } } },
        securityDefinitions: { tokens: { $ref: "#/x-schemes/tokens" } },
        "x-schemes": document({}).components.securitySchemes,
      }),
    }),
    "unpinned-issuer",
    'JWT authorizer "tokens", in the body of "customers", names no issuer',
  ],
];

const silent: readonly (readonly [situation: string, given: Given])[] = [
  ["an issuer with an audience", jwt("tokens")],
  [
    "a user pool of the same stack: issuer and client unknown",
    jwt("tokens", { jwtConfiguration: { issuer: UNKNOWN, audiences: [UNKNOWN] } }),
  ],
  ["a jwtConfiguration that is unknown", jwt("tokens", { jwtConfiguration: UNKNOWN })],
  ["a list of audiences that is unknown", audiences(UNKNOWN)],
  ["a user pool of another stack", issuer("https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123")],
  ["an Auth0 tenant, with the slash that its tokens have", issuer("https://acme.eu.auth0.com/")],
  [
    "a tenant of Entra ID",
    issuer("https://login.microsoftonline.com/0f2a7bd1-3c1e-4b8a-9f0e-7d4f6f1f0c11/v2.0"),
  ],
  [
    "the older issuer of a tenant of Entra ID",
    issuer("https://sts.windows.net/0f2a7bd1-3c1e-4b8a-9f0e-7d4f6f1f0c11/"),
  ],
  [
    "the issuer of one enterprise on GitHub",
    issuer("https://token.actions.githubusercontent.com/octo-enterprise"),
  ],
  ["a GitLab of one's own", issuer("https://gitlab.example.com")],
  ["another path at the host of a shared issuer", issuer("https://gitlab.com/acme")],
  ["a host that ends like a shared issuer", issuer("https://auth.scalr.io")],
  [
    "an organization of CircleCI",
    issuer("https://oidc.circleci.com/org/0f2a7bd1-3c1e-4b8a-9f0e-7d4f6f1f0c11"),
  ],
  ["a team of Vercel", issuer("https://oidc.vercel.com/acme")],
  [
    "a team of Vercel in the global mode, by its audience",
    jwt("tokens", {
      jwtConfiguration: { issuer: "https://oidc.vercel.com", audiences: ["https://vercel.com/acme"] },
    }),
  ],
  [
    "an organization of Pulumi Cloud, by its audience",
    jwt("tokens", { jwtConfiguration: { issuer: "https://api.pulumi.com/oidc", audiences: ["aws:acme"] } }),
  ],
  [
    "a workspace of Bitbucket",
    issuer("https://api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc"),
  ],
  [
    "an organization of Azure DevOps",
    issuer("https://vstoken.dev.azure.com/0f2a7bd1-3c1e-4b8a-9f0e-7d4f6f1f0c11"),
  ],
  ["a GitHub server of one's own", issuer("https://github.example.com/_services/token")],
  [
    "a cluster of EKS",
    issuer("https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"),
  ],
  ["an AWS account", issuer("https://0f2a7bd1-3c1e-4b8a-9f0e-7d4f6f1f0c11.tokens.sts.global.api.aws")],
  [
    "personal accounts of Microsoft, which open-sign-up-is-not-authorization reports",
    issuer("https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0"),
  ],
  [
    "a client of Google, which open-sign-up-is-not-authorization reports",
    jwt("tokens", {
      jwtConfiguration: {
        issuer: "https://accounts.google.com",
        audiences: ["123-abc.apps.googleusercontent.com"],
      },
    }),
  ],
  [
    "Google for an audience that is unknown, decided before creation",
    jwt("tokens", { jwtConfiguration: { issuer: "https://accounts.google.com", audiences: [UNKNOWN] } }),
  ],
  ["a Firebase project", issuer("https://securetoken.google.com/customers-prod")],
  ["an audience that looks like a pattern", audiences(["https://api.example.com/*"])],
  [
    "an identity source in another case",
    jwt("tokens", { identitySources: ["$request.header.authorization"] }),
  ],
  ["no identity sources, which AWS refuses", jwt("tokens", { identitySources: null })],
  [
    "a Lambda authorizer",
    jwt("tokens", {
      authorizerType: "REQUEST",
      jwtConfiguration: null,
      authorizerUri: UNKNOWN,
      authorizerResultTtlInSeconds: 0,
    }),
  ],
  [
    "an unknown type beside a URI, which only a Lambda authorizer has",
    jwt("tokens", {
      authorizerType: UNKNOWN,
      jwtConfiguration: null,
      authorizerUri: UNKNOWN,
      authorizerResultTtlInSeconds: 0,
    }),
  ],
  [
    "an authorizer of aws-native",
    {
      ...jwt("tokens", { jwtConfiguration: pinned }),
      type: "aws-native:apigatewayv2:Authorizer",
    },
  ],
  ["pinned in a document", inBody(pinned)],
  [
    "an issuer by openIdConnectUrl",
    inBody(
      { audience: ["customers"] },
      {},
      {
        type: "openIdConnect",
        openIdConnectUrl: "https://login.example.com/.well-known/openid-configuration",
      },
    ),
  ],
  [
    "a placeholder in a document, which the rule about its operations reports",
    inBody({ issuer: "https://$" + "{domain}/", audience: ["customers"] }),
  ],
  ["a JWT authorizer of a REST API's document", inRestBody({ issuers: [trusted] })],
  [
    "a JWT authorizer that trusts two issuers",
    inRestBody({ issuers: [trusted, { ...trusted, issuer: "https://b.example" }] }),
  ],
  [
    "an issuer for everybody whose tokens need a claim",
    inRestBody({ issuers: [{ ...anyones, additionalClaims: [{ ...repository, required: true }] }] }),
  ],
  [
    "a REST API's authorizer as HTTP APIs have it, which the rule about its operations reports",
    inRestBody(pinned),
  ],
  [
    "a REST API's authorizer without a configuration, which the rule about its operations reports",
    inRestBody(undefined),
  ],
  [
    "a user pool's authorizer of a REST API's document",
    inRestBody(undefined, { type: "cognito_user_pools", providerARNs: ["arn:aws:cognito-idp"] }),
  ],
  [
    "a document that can't be read, which the rule about its operations reports",
    httpApi("customers", { body: "{" }),
  ],
  [
    "an unknown document, which the rule about its operations reports",
    httpApi("customers", { body: UNKNOWN }),
  ],
  ["a REST API without a document", restApi("customers")],
];

const ofRule = async (resources: readonly Given[], args: Parameters<typeof analyze>[1] = {}) =>
  (await analyze(resources, args))
    .filter((violation) => violation.rule === rule)
    .map((found) => ({ ...found, kind: kindOf(found) }));

describe(rule, () => {
  test.each(violations)("reports: %s", async (_situation, given, kind, says) => {
    const reported = await ofRule([given]);
    expect(reported).toHaveLength(1);
    expect(reported[0]).toMatchObject({ level: "mandatory", resource: given.name, kind });
    expect(reported[0]?.message).toContain(says);
  });

  test.each(silent)("is silent: %s", async (_situation, given) => {
    expect(await ofRule([given])).toEqual([]);
  });

  test("says all that is wrong with one authorizer at once", async () => {
    const [found, ...others] = await ofRule([
      jwt("tokens", { jwtConfiguration: { issuer: "http://login.example.com" } }),
    ]);
    expect(others).toEqual([]);
    expect(found?.message).toContain(
      'The JWT authorizer "tokens" has an issuer that is no https URL, so its keys can be replaced in transit and names no audience,',
    );
  });

  test("prints neither issuer nor audience", async () => {
    const [found] = await ofRule([
      jwt("tokens", {
        jwtConfiguration: { issuer: "http://internal.example.com", audiences: ["hidden", "*"] },
      }),
    ]);
    expect(found?.message).not.toMatch(/internal|hidden/);
  });

  test.each([
    ["the query string", ["$request.querystring.token"], "from the URL"],
    ["the query string, in another case", ["$REQUEST.QUERYSTRING.token"], "from the URL"],
    [
      "a place with a plural",
      ["$request.headers.Authorization"],
      "identitySources that API Gateway doesn't accept",
    ],
    [
      "a place in the form of a WebSocket API",
      ["route.request.header.Authorization"],
      "identitySources that API Gateway doesn't accept",
    ],
    ["the bare name of a header", ["Authorization"], "identitySources that API Gateway doesn't accept"],
    ["an unknown place", [UNKNOWN], "not known before the deployment"],
    ["an unknown list", UNKNOWN, "not known before the deployment"],
  ])(
    "advises where callers put the token into %s, and strict blocks",
    async (_place, identitySources, says) => {
      const given = jwt("tokens", { identitySources });
      expect(await ofRule([given])).toMatchObject([
        { level: "advisory", kind: "token-not-in-header", message: expect.stringContaining(says) },
      ]);
      expect(await ofRule([given], { preset: "strict" })).toMatchObject([{ level: "mandatory" }]);
    },
  );

  test.each([
    ["a misspelled place", ["$request.headers.Authorization"]],
    ["what a WebSocket API reads", ["route.request.header.Authorization"]],
    ["a misspelled place beside a right one", ["$request.header.Authorization", "Authorization"]],
  ])("says that API Gateway doesn't accept %s", async (_situation, identitySources) => {
    const [found, ...others] = await ofRule([jwt("tokens", { identitySources })]);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ level: "advisory", kind: "token-not-in-header" });
    expect(found?.message).toContain("identitySources that API Gateway doesn't accept");
    expect(found?.message).not.toContain("not known before the deployment");
  });

  test.each([
    ["every tenant of Entra ID", "https://login.microsoftonline.com/common/v2.0"],
    ["every organization, with a slash at the end", "https://login.microsoftonline.com/organizations/"],
    ["every tenant, by the older issuer", "https://sts.windows.net/common"],
  ])("advises where the issuer is %s, since no token has it", async (_situation, text) => {
    const [found, ...others] = await ofRule([issuer(text)]);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ level: "advisory", kind: "issuer-without-tenant" });
    expect(found?.message).toContain("names no tenant, so it accepts no token");
  });

  test("blocks an issuer without a tenant where nothing pins the audience either", async () => {
    const common = { issuer: "https://login.microsoftonline.com/common/v2.0" };
    const [found, ...others] = await ofRule([jwt("tokens", { jwtConfiguration: common })]);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ level: "mandatory", kind: "unpinned-audience" });
  });

  const ofRestDocument = 'Fix: "jwtConfiguration": {';
  test.each([
    ["a REST API's document", inRestBody({ issuers: [{ issuer: trusted.issuer }] }), true],
    ["an HTTP API's document", inBody({ issuer: trusted.issuer }), false],
    ["an authorizer", audiences([]), false],
  ])("says what to write where it is written: %s", async (_place, given, isOfRest) => {
    const [found] = await ofRule([given]);
    expect(found?.kind).toBe("unpinned-audience");
    expect(found?.message.includes(ofRestDocument)).toBe(isOfRest);
  });

  test("advises where an authorizer in a document reads the token from the URL", async () => {
    const given = inBody(pinned, { identitySource: "$request.querystring.token" });
    expect(await ofRule([given])).toMatchObject([{ level: "advisory", kind: "token-not-in-header" }]);
  });

  test.each([
    ["the issuer", document({ ...pinned, issuer: UNKNOWN })],
    ["the audiences", document({ ...pinned, audience: UNKNOWN })],
    ["an audience", document({ ...pinned, audience: [UNKNOWN] })],
    ["the jwtConfiguration", document(UNKNOWN)],
    ["the type, and it may be right", document(pinned, { type: UNKNOWN })],
    ["the type, and it may be wrong", document({}, { type: UNKNOWN })],
  ])("advises where %s in a document is not known, in strict too", async (_part, body) => {
    expect(await ofRule([httpApi("customers", { body })], { preset: "strict" })).toMatchObject([
      { level: "advisory", kind: "unknown-document" },
    ]);
  });

  test("a weakness in a document is mandatory beside what is not known", async () => {
    const body = document({ issuer: UNKNOWN, audience: [] });
    expect(await ofRule([httpApi("customers", { body })])).toMatchObject([
      { level: "mandatory", kind: "unpinned-audience" },
    ]);
  });

  test("each authorizer of a document is judged", async () => {
    const { tokens } = document({}).components.securitySchemes;
    const body = { ...document(pinned), components: { securitySchemes: { tokens, others: tokens } } };
    const found = await ofRule([httpApi("customers", { body })]);
    const names = found.map(({ message }) => /authorizer "(\w+)"/.exec(message)?.[1]);
    expect(names.toSorted()).toEqual(["others", "tokens"]);
  });
});
