import { describe, expect, test } from "vitest";
import { analyze, type Given, kindOf, secret, UNKNOWN } from "../analyze";
import {
  anyone,
  authenticating,
  forwarding,
  listener,
  listenerRule,
  loadBalancer,
  targetGroup,
} from "../edge-resources";
import { exemption, publicAccess, under } from "../resources";

const rule = "load-balancer-authentication-holds";

/** Actions and listeners as programs write them, in a stack whose load balancer is web. */
const on = (...given: readonly Given[]) => [anyone, loadBalancer("web"), targetGroup, ...given];
const https = (actions: unknown, properties: object = {}, module = "lb") =>
  listener("https", "web", [], { defaultActions: actions, ...properties }, module);
const api = (actions: unknown, conditions?: unknown, module = "lb") =>
  listenerRule("https", undefined, actions, conditions, {}, module);

const oidc = (properties: object = {}) => ({
  type: "authenticate-oidc",
  order: 1,
  authenticateOidc: {
    issuer: "https://login.example.com",
    authorizationEndpoint: "https://login.example.com/authorize",
    tokenEndpoint: "https://login.example.com/token",
    userInfoEndpoint: "https://login.example.com/userinfo",
    clientId: "web",
    clientSecret: secret("s3cr3t"),
    ...properties,
  },
});
const cognito = (properties: object = {}) => ({
  type: "authenticate-cognito",
  authenticateCognito: {
    userPoolArn: UNKNOWN,
    userPoolClientId: UNKNOWN,
    userPoolDomain: "customers",
    ...properties,
  },
});
const jwt = (properties: object = {}) => ({
  type: "jwt-validation",
  jwtValidation: {
    issuer: "https://login.example.com",
    jwksEndpoint: "https://login.example.com/jwks.json",
    ...properties,
  },
});
const claims = (...names: readonly unknown[]) =>
  jwt({ additionalClaims: names.map((name) => ({ name, format: "single-string", values: ["orders"] })) });
const github = "https://token.actions.githubusercontent.com";
/** A token validation that trusts an issuer, with claims and the values that each of them may have. */
const shared = (issuer: unknown, required: Readonly<Record<string, unknown>>) =>
  jwt({
    issuer,
    additionalClaims: Object.entries(required).map(([name, values]) => ({
      name,
      format: "single-string",
      values,
    })),
  });
const forOrders = { aud: ["orders"] };
const allow = { onUnauthenticatedRequest: "allow" };
const fixedResponse = {
  type: "fixed-response",
  fixedResponse: { contentType: "text/plain", statusCode: "404" },
};
const redirect = { type: "redirect", redirect: { port: "443", protocol: "HTTPS", statusCode: "HTTP_301" } };
const mutual = (mutualAuthentication: unknown, actions: unknown = [forwarding]) =>
  https(actions, { mutualAuthentication });
const verify = { mode: "verify", trustStoreArn: UNKNOWN };

type Row = readonly [situation: string, given: Given, kind: string, says: string];

const isOptional = "also forwards callers who aren't logged in: onUnauthenticatedRequest is allow";
const notKnown =
  "has an onUnauthenticatedRequest that is not known before the deployment: write it as a plain string";
const anyToken =
  "checks neither the audience nor the client nor the scope of a token, so it accepts any token of the issuer.";
const withClaims = "accepts any token with the claims.";

const violations: readonly Row[] = [
  [
    "nothing but the issuer, in an action that stands behind the one that it comes before",
    https([
      { ...forwarding, order: 2 },
      { ...jwt(), order: 1 },
    ]),
    "any-token",
    anyToken,
  ],
  ["allow", https([oidc(allow), forwarding]), "optional-login", `$default of "https" ${isOptional}`],
  ["allow of a user pool", https([cognito(allow), forwarding]), "optional-login", isOptional],
  [
    "another case of allow",
    https([oidc({ onUnauthenticatedRequest: "Allow" }), forwarding]),
    "optional-login",
    isOptional,
  ],
  [
    "allow as a secret",
    https([oidc({ onUnauthenticatedRequest: secret("allow") }), forwarding]),
    "optional-login",
    isOptional,
  ],
  ["allow under the other token", https([oidc(allow), forwarding], {}, "alb"), "optional-login", isOptional],
  ["allow in a rule", api([cognito(allow), forwarding]), "optional-login", `ANY /orders/* ${isOptional}`],
  [
    "allow in a rule under the other token",
    api([oidc(allow), forwarding], undefined, "alb"),
    "optional-login",
    isOptional,
  ],
  ["where it forwards to isn't known", https([oidc(allow), UNKNOWN]), "optional-login", isOptional],
  [
    "the type isn't known",
    https([{ ...oidc(allow), type: UNKNOWN }, forwarding]),
    "optional-login",
    isOptional,
  ],
  [
    "beside mutual TLS that verifies nothing",
    https([oidc(allow), forwarding], { mutualAuthentication: { mode: "off" } }),
    "optional-login",
    isOptional,
  ],
  [
    "onUnauthenticatedRequest unknown",
    https([oidc({ onUnauthenticatedRequest: UNKNOWN }), forwarding]),
    "optional-login",
    notKnown,
  ],
  [
    "onUnauthenticatedRequest of a wrong type",
    api([oidc({ onUnauthenticatedRequest: true }), forwarding]),
    "optional-login",
    notKnown,
  ],
  [
    "onUnauthenticatedRequest unknown, and the type too",
    https([{ ...cognito({ onUnauthenticatedRequest: UNKNOWN }), type: UNKNOWN }, forwarding]),
    "optional-login",
    notKnown,
  ],
  [
    "for some methods and paths",
    api(
      [oidc(allow), forwarding],
      [
        { pathPattern: { values: ["/orders", "*.json"] } },
        { httpRequestMethod: { values: ["GET", "PUT"] } },
        { hostHeader: { values: ["api.example.com"] } },
      ],
    ),
    "optional-login",
    "GET /*.json",
  ],
  [
    "nothing but the issuer",
    https([jwt(), forwarding]),
    "any-token",
    `The jwt-validation action of "https" ${anyToken}`,
  ],
  ["nothing but the issuer, in a rule", api([jwt(), forwarding]), "any-token", anyToken],
  [
    "nothing but the issuer, under the other token",
    api([jwt(), forwarding], undefined, "alb"),
    "any-token",
    anyToken,
  ],
  ["an empty list of claims", https([jwt({ additionalClaims: [] }), forwarding]), "any-token", anyToken],
  [
    "no configuration of the token validation",
    https([{ type: "jwt-validation" }, forwarding]),
    "any-token",
    anyToken,
  ],
  [
    "another case of jwt-validation",
    https([{ ...jwt(), type: "JWT-Validation" }, forwarding]),
    "any-token",
    anyToken,
  ],
  ...["email_verified", "phone_number_verified", "iss", "token_use"].map(
    (name): Row => [
      `what every user's token has: ${name}`,
      https([claims(name), forwarding]),
      "any-token",
      anyToken,
    ],
  ),
  ...(
    [
      ["GitHub Actions", github, forOrders],
      ["GitHub Actions", `${github}/`, { ...forOrders, ref: ["refs/heads/main"] }],
      ["GitHub Actions", github, { environment: ["production"] }],
      ["GitHub Actions", github, { ...forOrders, sub: [] }],
      ["GitLab.com", "https://GitLab.com", forOrders],
      ["Buildkite", "https://agent.buildkite.com", { scope: ["orders"] }],
      ["Google", "https://accounts.google.com", forOrders],
      ["Google", "accounts.google.com", forOrders],
      ["Google", "https://accounts.google.com", { aud: ["1-a.apps.googleusercontent.com", "orders"] }],
    ] as const
  ).map(
    ([service, issuer, required]): Row => [
      `${service} at ${issuer}, with ${JSON.stringify(required)}`,
      https([shared(issuer, required), forwarding]),
      "shared-issuer",
      `accepts tokens of ${service}, which`,
    ],
  ),
  [
    "GitHub Actions, in a rule under the other token",
    api([shared(github, forOrders), forwarding], undefined, "alb"),
    "shared-issuer",
    "accepts tokens of GitHub Actions",
  ],
  ["what every client's token has", https([claims("token_use", "typ"), forwarding]), "any-token", anyToken],
  [
    "an audience without a value",
    https([jwt({ additionalClaims: [{ name: "aud", format: "single-string", values: [] }] }), forwarding]),
    "any-token",
    anyToken,
  ],
  [
    "an issuer of this deployment",
    https([jwt({ issuer: UNKNOWN, jwksEndpoint: UNKNOWN }), forwarding]),
    "any-token",
    anyToken,
  ],
];

const advisories: readonly Row[] = [
  [
    "groups, which another client's tokens have too",
    https([claims("cognito:groups"), forwarding]),
    "any-token",
    withClaims,
  ],
  [
    "a wildcard for an audience",
    https([shared("https://login.example.com", { aud: ["*"] }), forwarding]),
    "wildcard-claim",
    "compares a claim with *",
  ],
  [
    "a wildcard for the subject at a shared issuer",
    https([shared(github, { ...forOrders, sub: ["*"] }), forwarding]),
    "wildcard-claim",
    "compares a claim with *",
  ],
  ["roles", api([claims("roles", "token_use"), forwarding]), "any-token", withClaims],
  [
    "a claim that another service's tokens may have",
    api([claims("Aud"), forwarding]),
    "any-token",
    withClaims,
  ],
  [
    "passthrough",
    mutual({ mode: "passthrough" }),
    "weak-certificate-check",
    '"https" passes client certificates on without verifying them: only its targets can reject a forged one.',
  ],
  [
    "passthrough in another case",
    mutual({ mode: "PassThrough" }),
    "weak-certificate-check",
    "without verifying them",
  ],
  [
    "a secret",
    mutual(secret({ mode: secret("passthrough") })),
    "weak-certificate-check",
    "without verifying them",
  ],
  [
    "passthrough, and rules that may forward",
    mutual({ mode: "passthrough" }, [fixedResponse]),
    "weak-certificate-check",
    "without verifying",
  ],
  [
    "a mode that is unknown",
    mutual({ mode: UNKNOWN }),
    "weak-certificate-check",
    "mutualAuthentication.mode that is not known before the deployment",
  ],
  [
    "a mode of a wrong type",
    mutual({ mode: ["verify"] }),
    "weak-certificate-check",
    "mutualAuthentication.mode that is not known before the deployment",
  ],
  [
    "certificates that have expired",
    mutual({ ...verify, ignoreClientCertificateExpiry: true }),
    "weak-certificate-check",
    '"https" accepts client certificates that have expired.',
  ],
  [
    "a text",
    mutual({ ...verify, ignoreClientCertificateExpiry: "true" }),
    "weak-certificate-check",
    "that have expired",
  ],
  [
    "an expiry that may not count",
    mutual({ ...verify, ignoreClientCertificateExpiry: UNKNOWN }),
    "weak-certificate-check",
    "has an ignoreClientCertificateExpiry that is not known before the deployment: write it as a plain value",
  ],
];

const silent: readonly (readonly [situation: string, given: Given])[] = [
  ["callers are sent to log in", https([oidc({ onUnauthenticatedRequest: "authenticate" }), forwarding])],
  ["callers are refused", api([oidc({ onUnauthenticatedRequest: "deny" }), forwarding])],
  ["nothing said of callers without a login", https([oidc(), forwarding])],
  ["an empty onUnauthenticatedRequest", https([cognito({ onUnauthenticatedRequest: "" }), forwarding])],
  ["a user pool of this deployment", https([cognito(), forwarding])],
  [
    "a login that is unknown as a whole",
    https([{ type: "authenticate-oidc", authenticateOidc: UNKNOWN }, forwarding]),
  ],
  ["a web site with its own login", https([forwarding])],
  ["a redirect", listener("https", "web", [redirect], { port: 80, protocol: "HTTP" })],
  ["allow next to a required token", api([oidc(allow), claims("aud"), forwarding])],
  ["allow behind client certificates", https([oidc(allow), forwarding], { mutualAuthentication: verify })],
  ["actions that are unknown", https(UNKNOWN)],
  ["actions of a wrong type", https("forward")],
  ["actions that are absent", https(null)],
  ["actions of a rule that are unknown", api(UNKNOWN)],
  ["an action of a type that isn't known here", https([{ type: "authenticate-saml" }, forwarding])],
  ["a token for this audience", https([claims("aud"), forwarding])],
  ["a token for this client of a user pool", https([claims("token_use", "client_id"), forwarding])],
  ["a token with this scope", api([claims("scope"), forwarding])],
  ["a token for one caller", api([claims("sub"), forwarding])],
  ["a token of Entra ID by its application", api([claims("appid"), forwarding])],
  [
    "an audience of this deployment",
    https([
      jwt({ additionalClaims: [{ name: "aud", format: "single-string", values: [UNKNOWN] }] }),
      forwarding,
    ]),
  ],
  [
    "values that are unknown",
    https([jwt({ additionalClaims: [{ name: "aud", values: UNKNOWN }] }), forwarding]),
  ],
  ["claims that are unknown", https([jwt({ additionalClaims: UNKNOWN }), forwarding])],
  ["a claim that is unknown", https([jwt({ additionalClaims: [UNKNOWN] }), forwarding])],
  ["a claim of a name that is unknown", https([claims(UNKNOWN), forwarding])],
  [
    "a token validation that is unknown",
    https([{ type: "jwt-validation", jwtValidation: UNKNOWN }, forwarding]),
  ],
  [
    "GitHub Actions, for one repository",
    https([shared(github, { ...forOrders, sub: ["repo:acme/shop:ref:refs/heads/main"] }), forwarding]),
  ],
  [
    "GitHub Actions, for one owner of this deployment",
    https([shared(github, { ...forOrders, repository_owner_id: [UNKNOWN] }), forwarding]),
  ],
  ["GitHub Actions of one enterprise", https([shared(`${github}/octo`, forOrders), forwarding])],
  ["an issuer that isn't known", https([shared(UNKNOWN, forOrders), forwarding])],
  [
    "one tenant of Entra ID",
    https([
      shared("https://login.microsoftonline.com/0f2a7bd1-3c1e-4b8a-9f0e-7d4f6f1f0c11/v2.0", forOrders),
      forwarding,
    ]),
  ],
  [
    "no tenant of Entra ID, so that no token matches",
    https([shared("https://login.microsoftonline.com/common/v2.0", forOrders), forwarding]),
  ],
  ["no mutual TLS", mutual(null)],
  ["mutual TLS that is off", mutual({ mode: "off" })],
  [
    "mutual TLS that is off, whatever of expiry",
    mutual({ mode: "off", ignoreClientCertificateExpiry: true }),
  ],
  ["no mode", mutual({})],
  ["mutual TLS that verifies", mutual(verify)],
  ["mutual TLS that verifies dates too", mutual({ ...verify, ignoreClientCertificateExpiry: false })],
  ["a mode that isn't known here", mutual({ mode: "verify-strictly" })],
  ["mutual TLS that is unknown as a whole", mutual(UNKNOWN)],
  ["passthrough beside a login", mutual({ mode: "passthrough" }, [authenticating, forwarding])],
  ["a listener of a network load balancer", https([forwarding], { protocol: "TLS" })],
];

const leadingNowhere: readonly (readonly [situation: string, given: Given])[] = [
  ["a token validation before a fixed response", api([jwt(), fixedResponse])],
  ["a shared issuer before a fixed response", https([shared(github, forOrders), fixedResponse])],
  ["allow before a fixed response", https([oidc(allow), fixedResponse])],
  ["allow before a redirect", api([oidc(allow), redirect])],
];

describe(rule, () => {
  test.each(leadingNowhere)("is silent where callers get nowhere: %s", async (_situation, given) => {
    expect(await analyze(on(given))).toEqual([]);
  });

  test.each(violations)("reports: %s", async (_situation, given, kind, says) => {
    const reported = await analyze(on(given));
    expect(reported.map(kindOf)).toEqual([kind]);
    expect(reported).toEqual([
      { rule, level: "mandatory", resource: "https", message: expect.stringContaining(says) },
    ]);
  });

  test.each(violations)("blocks before the resource is created: %s", async (_situation, given) => {
    expect(await analyze(on(given), {}, "resources")).toMatchObject([{ rule, level: "mandatory" }]);
  });

  test.each(advisories)("advises: %s", async (_situation, given, kind, says) => {
    const reported = await analyze(on(given));
    expect(reported.map(kindOf)).toEqual([kind]);
    expect(reported).toEqual([
      { rule, level: "advisory", resource: "https", message: expect.stringContaining(says) },
    ]);
    expect(await analyze(on(given), { preset: "strict" })).toMatchObject([{ rule, level: "mandatory" }]);
  });

  test.each(silent)("is silent: %s", async (_situation, given) => {
    expect(await analyze(on(given))).toEqual([]);
  });

  test("each part that is wrong is reported, once", async () => {
    const both = https([oidc(allow), jwt(), forwarding], { mutualAuthentication: { mode: "passthrough" } });
    expect(await analyze(on(both))).toMatchObject([
      { level: "mandatory", message: expect.stringContaining(anyToken) },
    ]);
    const passed = https([oidc(allow), forwarding], { mutualAuthentication: { mode: "passthrough" } });
    expect(await analyze(on(passed))).toMatchObject([{ level: "mandatory" }, { level: "advisory" }]);
  });

  test("says what to write", async () => {
    const [found] = await analyze(on(api([oidc(allow), forwarding])));
    expect(found?.message).toContain('Fix: onUnauthenticatedRequest: "authenticate"');
    expect(found?.message).toContain(
      '{ parent: new PublicAccess("https-public", { routes: ["ANY /orders/*"], reason: "...", owner: "...", reviewBy: "YYYY-MM-DD" }) }',
    );
  });
});

describe("an optional login that is meant", () => {
  const open = https([oidc(allow), forwarding]);
  const openRule = (conditions: unknown) => api([oidc(allow), forwarding], conditions);
  const methods = { httpRequestMethod: { values: ["GET", "HEAD"] } };
  const paths = { pathPattern: { values: ["/shop/*"] } };
  const declared = (routes: readonly string[], given: Given) =>
    on(publicAccess("shop", routes), under("shop", given));

  const covered: readonly (readonly [situation: string, routes: readonly string[], given: Given])[] = [
    ["the default actions", ["$default"], open],
    ["a path", ["ANY /shop/*"], openRule([paths])],
    ["methods of a path", ["GET /shop/*", "HEAD /shop/*"], openRule([methods, paths])],
    ["methods alone", ["GET /*", "HEAD /*"], openRule([methods])],
    ["a host alone", ["ANY /*"], openRule([{ hostHeader: { values: ["shop.example.com"] } }])],
    ["a regular expression", ["ANY /*"], openRule([{ pathPattern: { regexValues: ["^/shop/[a-z]+$"] } }])],
    ["a path that isn't known", ["ANY /*"], openRule([{ pathPattern: { values: [UNKNOWN, "/shop/*"] } }])],
    ["conditions that aren't known", ["ANY /*"], openRule(UNKNOWN)],
  ];
  test.each(covered)("is declared: %s", async (_situation, routes, given) => {
    expect(await analyze(declared(routes, given))).toEqual([]);
  });

  const uncovered: readonly (readonly [situation: string, routes: readonly string[], given: Given])[] = [
    ["another path than is declared", ["ANY /shop"], openRule([paths])],
    ["more methods than are declared", ["GET /shop/*"], openRule([methods, paths])],
    ["a wider path than is declared", ["ANY /shop/*"], openRule([{ pathPattern: { values: ["/*"] } }])],
    ["conditions that aren't known any more", ["ANY /shop/*"], openRule(UNKNOWN)],
    ["the default actions by a path", ["ANY /*"], open],
  ];
  test.each(uncovered)("is not covered: %s", async (_situation, routes, given) => {
    expect(await analyze(declared(routes, given))).toContainEqual(
      expect.objectContaining({ rule, level: "mandatory", resource: "https" }),
    );
  });

  test("a check of certificates that the targets make themselves is exempted as its message says", async () => {
    const given = on(mutual({ mode: "passthrough" }));
    const [found] = await analyze(given);
    const code = /exempt it in the pack's configuration.*\n(.*)$/m.exec(found?.message ?? "")?.[1] ?? "{}";
    const { rule: named, resource, project, stacks } = JSON.parse(code);
    const exemptions = [exemption(named, resource, { project, stacks })];
    expect(await analyze(given, { exemptions })).toEqual([]);
  });

  test("is exempted by its name, whatever its routes", async () => {
    const exemptions = [exemption(rule, "https")];
    expect(await analyze(on(openRule([methods, paths])), { exemptions })).toEqual([]);
    expect(await analyze(on(https([jwt(), forwarding])), { exemptions })).toEqual([]);
  });

  test("a declaration that opens nothing is reported", async () => {
    const locked = https([oidc(), forwarding]);
    expect(await analyze(declared(["$default"], locked))).toMatchObject([
      { rule: "public-access-is-reviewed", level: "advisory" },
    ]);
  });

  test("and one that only the stack shows is judged there", async () => {
    expect(await analyze(on({ ...open, onlyInStack: true }))).toMatchObject([
      { rule: "endpoint-requires-authentication", resource: "https", level: "mandatory" },
    ]);
    expect(await analyze(on({ ...https([forwarding]), onlyInStack: true }))).toEqual([]);
    expect(await analyze(on({ ...https([oidc(), forwarding]), onlyInStack: true, outputs: {} }))).toEqual([]);
  });
});
