import { describe, expect, test } from "vitest";
import { analyze, type Given, kindOf, secret, UNKNOWN } from "../analyze";
import { made, server } from "../edge-resources";
import { day, exemption, functionUrl, publicAccess, under } from "../resources";

const rule = "distribution-asks-its-viewers";
const iam = { authorizationType: "AWS_IAM" };
const url = functionUrl("url", iam);
const signer = (name = "signer", properties: object = {}): Given =>
  made(
    "aws:cloudfront/originAccessControl:OriginAccessControl",
    name,
    {},
    {
      originAccessControlOriginType: "lambda",
      signingBehavior: "always",
      signingProtocol: "sigv4",
      ...properties,
    },
  );
const signed = (properties: object = {}) => server({ originAccessControlId: UNKNOWN, ...properties });
const bucket = { originId: "assets", domainName: UNKNOWN, originAccessControlId: UNKNOWN };

/** @param origins what the origins were made of */
const cdn = (properties: object = {}, origins: readonly string[] = ["url", "signer"]): Given =>
  made("aws:cloudfront/distribution:Distribution", "cdn", origins.length > 0 ? { origins } : {}, {
    enabled: true,
    origins: [signed()],
    defaultCacheBehavior: { targetOriginId: "origin" },
    ...properties,
  });
const front = (properties: object = {}) => [url, signer(), cdn(properties)];
const byDefault = (properties: object) =>
  front({ defaultCacheBehavior: { targetOriginId: "origin", ...properties } });
const keyGroups = { trustedKeyGroups: [UNKNOWN] };
const mutualTls = (mode: unknown) => ({
  viewerMtlsConfig: { mode, trustStoreConfig: { trustStoreId: UNKNOWN } },
});
const onEvent = (eventType: unknown) => ({ functionAssociations: [{ eventType, functionArn: UNKNOWN }] });
const atEdge = (eventType: string) => ({ lambdaFunctionAssociations: [{ eventType, lambdaArn: UNKNOWN }] });
const ordered = (properties: object, pathPattern = "/api/*") => ({
  orderedCacheBehaviors: [{ pathPattern, targetOriginId: "origin", ...properties }],
});
const assets = { origins: [signed(), bucket], defaultCacheBehavior: { targetOriginId: "assets" } };
const group = (members: unknown) => ({
  origins: [bucket, signed()],
  defaultCacheBehavior: { targetOriginId: "group" },
  originGroups: [{ originId: "group", members }],
});
const tenants = (properties: object = {}): Given => ({
  ...made(
    "aws:cloudfront/multitenantDistribution:MultitenantDistribution",
    "cdn",
    { origins: ["url", "signer"] },
    {
      origins: [
        { id: "origin", domainName: UNKNOWN, originAccessControlId: UNKNOWN, customOriginConfigs: [{}] },
      ],
      defaultCacheBehavior: { targetOriginId: "origin" },
      ...properties,
    },
  ),
});

type Row = readonly [situation: string, resources: readonly Given[], says: string];

const requiresNothing =
  'lets any viewer call the function URL "url": CloudFront signs the requests by itself, and the default cache behavior requires nothing of viewers';

const violations: readonly Row[] = [
  ["nothing is required", front(), requiresNothing],
  ["a list of key groups that is empty", byDefault({ trustedKeyGroups: [] }), requiresNothing],
  ["a list of signers that is empty", byDefault({ trustedSigners: [] }), requiresNothing],
  [
    "signing what viewers haven't signed",
    [url, signer("signer", { signingBehavior: "no-override" }), cdn()],
    requiresNothing,
  ],
  ["a signing behavior in capitals", [url, signer("signer", { signingBehavior: "ALWAYS" }), cdn()], "url"],
  [
    "a signing behavior that isn't known",
    [url, signer("signer", { signingBehavior: UNKNOWN }), cdn()],
    requiresNothing,
  ],
  [
    "a type of origin that isn't known",
    [url, signer("signer", { originAccessControlOriginType: UNKNOWN }), cdn()],
    requiresNothing,
  ],
  [
    "the origin access control is another stack's",
    [url, cdn({ origins: [signed({ originAccessControlId: "E1A2B3" })] }, ["url"])],
    requiresNothing,
  ],
  ["mutual TLS that is optional", front(mutualTls("optional")), requiresNothing],
  ["mutual TLS in another case", front(mutualTls("Optional")), requiresNothing],
  ["mutual TLS that passes through", front(mutualTls("passthrough")), requiresNothing],
  ["mutual TLS whose mode isn't known", front(mutualTls(UNKNOWN)), requiresNothing],
  ["mutual TLS that isn't known", front({ viewerMtlsConfig: UNKNOWN }), requiresNothing],
  ["a web ACL", front({ webAclId: "arn:aws:wafv2:us-east-1:111111111111:global/webacl/a/b" }), "url"],
  ["a function on the requests to the origin", byDefault(atEdge("origin-request")), requiresNothing],
  ["a function on the responses", byDefault(onEvent("viewer-response")), requiresNothing],
  ["a function on an event that isn't known", byDefault(onEvent(UNKNOWN)), requiresNothing],
  ["functions that aren't known", byDefault({ functionAssociations: UNKNOWN }), requiresNothing],
  [
    "another behavior than the default one",
    front({ ...assets, ...ordered({}) }),
    "the cache behavior for /api/* requires nothing of viewers",
  ],
  [
    "a behavior beside one that requires signed cookies",
    front({
      defaultCacheBehavior: { targetOriginId: "origin", ...keyGroups },
      ...ordered({}, "/health"),
    }),
    "the cache behavior for /health requires nothing of viewers",
  ],
  [
    "two behaviors",
    front(ordered({})),
    "the default cache behavior and the cache behavior for /api/* require nothing",
  ],
  [
    "behaviors that aren't known",
    front({
      defaultCacheBehavior: { targetOriginId: "origin", ...keyGroups },
      orderedCacheBehaviors: UNKNOWN,
    }),
    "a cache behavior that is not known before the deployment requires nothing",
  ],
  ["a default behavior that isn't known", front({ defaultCacheBehavior: UNKNOWN }), requiresNothing],
  [
    "where a behavior leads isn't known",
    front({ ...assets, defaultCacheBehavior: { targetOriginId: UNKNOWN } }),
    requiresNothing,
  ],
  [
    "a group of origins that falls back on the URL",
    front(group([{ originId: "assets" }, { originId: "origin" }])),
    requiresNothing,
  ],
  ["a group whose members aren't known", front(group(UNKNOWN)), requiresNothing],
  [
    "a group with a member that isn't known",
    front(group([{ originId: "assets" }, { originId: UNKNOWN }])),
    requiresNothing,
  ],
  [
    "a URL of another stack by its host",
    [cdn({ origins: [signed({ domainName: "a1b2.lambda-url.eu-west-1.on.aws" })] }, [])],
    "lets any viewer call a function URL of another stack",
  ],
  [
    "a URL of another stack whose host isn't known",
    [signer(), cdn({}, ["signer"])],
    "a function URL of another stack",
  ],
  [
    "the URL's host is known, as on an update",
    front({ origins: [signed({ domainName: "A1b2.Lambda-Url.eu-west-1.On.aws" })] }),
    requiresNothing,
  ],
  [
    "a URL of aws-native",
    [{ ...url, type: "aws-native:lambda:Url", properties: { authType: "AWS_IAM" } }, signer(), cdn()],
    requiresNothing,
  ],
  [
    "a secret all over",
    [
      functionUrl("url", { authorizationType: secret("AWS_IAM") }),
      signer("signer", { signingBehavior: secret("always") }),
      cdn({ origins: secret([signed({ originAccessControlId: secret(UNKNOWN) })]) }),
    ],
    requiresNothing,
  ],
  [
    "a declaration that has expired",
    [publicAccess("shop", ["$default"], { reviewBy: day(-1) }), under("shop", url), signer(), cdn()],
    "which doesn't count because",
  ],
  [
    "a declaration of something else",
    [publicAccess("shop", ["GET /"]), under("shop", url), signer(), cdn()],
    "url",
  ],
  [
    "two URLs, one of which is declared, and two behaviors that require nothing",
    [
      publicAccess("shop", ["$default"]),
      under("shop", functionUrl("shop-url", iam)),
      url,
      signer(),
      cdn(
        {
          origins: [signed(), signed({ originId: "shop" })],
          ...ordered({ targetOriginId: "shop" }, "/shop/*"),
        },
        ["url", "shop-url", "signer"],
      ),
    ],
    'the function URL "url"',
  ],
  ["a distribution for tenants", [url, signer(), tenants()], requiresNothing],
  [
    "key groups of a distribution for tenants that are turned off",
    [
      url,
      signer(),
      tenants({
        defaultCacheBehavior: {
          targetOriginId: "origin",
          trustedKeyGroups: { enabled: false, items: ["k"] },
        },
      }),
    ],
    requiresNothing,
  ],
  [
    "another behavior of a distribution for tenants",
    [
      url,
      signer(),
      tenants({
        defaultCacheBehavior: {
          targetOriginId: "origin",
          trustedKeyGroups: { enabled: true, items: [UNKNOWN] },
        },
        cacheBehaviors: [{ pathPattern: "/api/*", targetOriginId: "origin" }],
      }),
    ],
    "the cache behavior for /api/*",
  ],
];

/** Two URLs, "url" and another, and one behavior that requires nothing, which leads to one of them. */
const besideAnother = (shop: readonly Given[]): readonly Given[] => [
  ...shop,
  url,
  signer(),
  cdn(
    {
      origins: [signed(), signed({ originId: "shop" })],
      defaultCacheBehavior: { targetOriginId: "shop" },
      ...ordered(keyGroups),
    },
    ["url", "shop-url", "signer"],
  ),
];
const shopUrl = under("shop", functionUrl("shop-url", iam));

const advisories: readonly (readonly [...Row, kind: string])[] = [
  [
    "one origin, and the controls of a function URL of another stack and of something else",
    [
      signer(),
      signer("media", { originAccessControlOriginType: "mediastore" }),
      cdn({}, ["signer", "media"]),
    ],
    "may let any viewer call a function URL of another stack",
    "may-lead-there",
  ],
  [
    "a function on the viewers' requests",
    byDefault(onEvent("viewer-request")),
    "the default cache behavior requires no more of viewers than a function does, whose code isn't read",
    "function-decides",
  ],
  [
    "Lambda@Edge on the viewers' requests",
    byDefault(atEdge("VIEWER-REQUEST")),
    "function",
    "function-decides",
  ],
  [
    "a function on the connections, where certificates are optional",
    front({ ...mutualTls("optional"), connectionFunctionAssociation: { id: UNKNOWN } }),
    "function",
    "function-decides",
  ],
  [
    "two URLs, one of which is declared, and one behavior that requires nothing",
    besideAnother([publicAccess("shop", ["$default"]), shopUrl]),
    'may let any viewer call the function URL "url"',
    "may-lead-there",
  ],
];

const silent: readonly (readonly [situation: string, resources: readonly Given[]])[] = [
  ["trusted key groups", byDefault(keyGroups)],
  ["key groups that aren't known", byDefault({ trustedKeyGroups: UNKNOWN })],
  ["trusted signers", byDefault({ trustedSigners: ["self"] })],
  ["mutual TLS that is required", front(mutualTls("required"))],
  ["mutual TLS without a mode, which is required by default", front(mutualTls(null))],
  [
    "every behavior requires signed cookies",
    front({ ...byDefault(keyGroups)[2]?.properties, ...ordered(keyGroups) }),
  ],
  [
    "mutual TLS that is required, beside a function",
    front({ ...mutualTls("required"), ...ordered(onEvent("viewer-request")) }),
  ],
  ["the behavior without key groups leads to a bucket", front({ ...assets, ...ordered(keyGroups) })],
  [
    "a signed bucket alone",
    [
      signer("signer", { originAccessControlOriginType: "s3" }),
      cdn({ origins: [bucket], defaultCacheBehavior: { targetOriginId: "assets" } }, ["signer"]),
    ],
  ],
  ...["mediastore", "mediapackagev2"].map(
    (originAccessControlOriginType) =>
      [
        `a signed origin of the type ${originAccessControlOriginType}`,
        [signer("signer", { originAccessControlOriginType }), cdn({}, ["signer"])],
      ] as const,
  ),
  [
    "a signed MediaPackage origin by its host",
    [cdn({ origins: [signed({ domainName: "a1.egress.b2.mediapackagev2.eu-west-1.amazonaws.com" })] }, [])],
  ],
  ["CloudFront never signs", [url, signer("signer", { signingBehavior: "never" }), cdn()]],
  ["an origin that isn't signed: viewers sign themselves", [url, cdn({ origins: [server()] }, ["url"])]],
  [
    "a group of other origins",
    front({
      ...group([{ originId: "assets" }, { originId: "other" }]),
      ...ordered(keyGroups),
    }),
  ],
  ["the URL is declared public", [publicAccess("shop", ["$default"]), under("shop", url), signer(), cdn()]],
  [
    "the URL is declared public, and several behaviors lead to it",
    [
      publicAccess("shop", ["$default"]),
      under("shop", url),
      signer(),
      cdn(ordered(onEvent("viewer-request"))),
    ],
  ],
  [
    "key groups of a distribution for tenants",
    [
      url,
      signer(),
      tenants({
        defaultCacheBehavior: {
          targetOriginId: "origin",
          trustedKeyGroups: { enabled: true, items: [UNKNOWN] },
        },
      }),
    ],
  ],
];

const ofRule = async (...args: Parameters<typeof analyze>) =>
  (await analyze(...args)).filter((found) => found.rule === rule);

describe(rule, () => {
  test.each(violations)("reports: %s", async (_situation, resources, says) => {
    const reported = await ofRule(resources);
    expect(reported).toEqual([
      { rule, level: "mandatory", resource: "cdn", message: expect.stringContaining(says) },
    ]);
    expect(reported.map(kindOf)).toEqual(["nothing-required"]);
  });

  test.each(advisories)("advises: %s", async (_situation, resources, says, kind) => {
    const reported = await ofRule(resources);
    expect(reported).toEqual([
      { rule, level: "advisory", resource: "cdn", message: expect.stringContaining(says) },
    ]);
    expect(reported.map(kindOf)).toEqual([kind]);
    expect(await ofRule(resources, { preset: "strict" })).toMatchObject([{ level: "mandatory" }]);
  });

  test.each(silent)("is silent: %s", async (_situation, resources) => {
    expect(await ofRule(resources)).toEqual([]);
  });

  test.each([
    ["no declaration", [functionUrl("shop-url", iam)]],
    ["a declaration that has expired", [publicAccess("shop", ["$default"], { reviewBy: day(-1) }), shopUrl]],
    ["a declaration of another route", [publicAccess("shop", ["GET /"]), shopUrl]],
  ])("of two URLs neither is let off by %s", async (_situation, shop) => {
    const [found, ...others] = await ofRule(besideAnother(shop));
    expect(others).toEqual([]);
    expect(found?.level).toBe("mandatory");
    expect(found?.message).toContain('function URL "url"');
    expect(found?.message).toContain('function URL "shop-url"');
  });

  test.each([
    ["of the stack", [], "\n"],
    ["of a component", [{ type: "acme:index:Api", name: "shop" }], ", { parent: ... }"],
  ] as const)("the declaration to write is a resource %s, as the URL is", async (_what, component, after) => {
    const [found] = await ofRule([
      ...component,
      component.length > 0 ? under("shop", url) : url,
      signer(),
      cdn(),
    ]);
    expect(found?.message).toMatch(/new PublicAccess\("url-public", \{ routes: \["\$default"\].*/);
    const line = found?.message.split("\n").find((text) => text.includes("new PublicAccess"));
    expect(`${line}\n`).toContain(after);
    expect(line?.includes("parent: ...")).toBe(component.length > 0);
  });

  test("a function before one behavior excuses no other", async () => {
    const reported = await ofRule(front(ordered(onEvent("viewer-request"))));
    expect(reported.map((found) => [found.level, kindOf(found)])).toEqual([
      ["mandatory", "nothing-required"],
      ["advisory", "function-decides"],
    ]);
  });

  test.each([
    ["NONE", "function-url-requires-iam"],
    [UNKNOWN, "function-url-requires-iam"],
  ])("a URL whose authorizationType is %s is another rule's", async (authorizationType, other) => {
    const reported = await analyze([functionUrl("url", { authorizationType }), signer(), cdn()]);
    expect(reported.map((found) => found.rule)).toContain(other);
    expect(reported.map((found) => found.rule)).not.toContain(rule);
  });

  test("an exemption of the URL or of the distribution covers it", async () => {
    for (const name of ["url", "cdn"]) {
      expect(await analyze(front(), { exemptions: [exemption(rule, name)] })).toEqual([]);
    }
  });

  test("the fix keeps the signature, and never suggests NONE", async () => {
    const [found] = await ofRule(front());
    expect(found?.message).toContain("Fix: keep the origin access control");
    expect(found?.message).toContain(
      'if the function URL "url" is meant to be public, declare it as the parent of the URL',
    );
    expect(found?.message).toContain('new PublicAccess("url-public", { routes: ["$default"]');
    expect(found?.message).not.toContain("NONE");
    expect(found?.message.match(/PublicAccess/g)).toHaveLength(1);
  });

  test("what the message says covers it", async () => {
    const shop = publicAccess("url-public", ["$default"]);
    expect(await analyze([shop, under("url-public", url), signer(), cdn()])).toEqual([]);
  });

  test("under a PublicAccess that names another route, the message extends it", async () => {
    const [found] = await ofRule([publicAccess("shop", ["GET /"]), under("shop", url), signer(), cdn()]);
    expect(found?.message).toContain('declare it in the arguments of the PublicAccess "shop"');
    expect(found?.message).toContain('\n    routes: ["$default"], reason: "..."');
  });
});
