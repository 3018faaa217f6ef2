import { describe, expect, test } from "vitest";
import { type Caching, cachingOf } from "../../../policies/src/endpoints/cloudfront/caching";
import {
  cacheBehaviorsOf,
  Distribution,
  distributionsOf,
  MultitenantDistribution,
  originsOf,
  protectionsOf,
} from "../../../policies/src/endpoints/cloudfront/distribution";
import { isSelected, type Selection, selects } from "../../../policies/src/endpoints/cloudfront/selection";
import type { Credential } from "../../../policies/src/endpoints/credential";
import { known, type RawRecord, unknown, view } from "../../../policies/src/stack";
import type { TestedResource } from "../../../policies/src/testing";
import { UNKNOWN } from "../../unknown";
import { firstOf, stackFrom } from "../stack-from";

const token: Credential = { place: "header", name: "authorization" };
const session: Credential = { place: "cookie", name: "session" };
const anyCookie: Credential = { place: "cookie", name: undefined };
const key: Credential = { place: "query parameter", name: "key" };

describe("whether a list selects a credential", () => {
  test.each<
    [behavior: string | undefined, items: readonly unknown[] | undefined, token: string, cookie: string]
  >([
    [undefined, ["Authorization"], "no", "no"],
    ["none", ["Authorization"], "no", "no"],
    ["all", undefined, "yes", "yes"],
    ["allViewer", undefined, "yes", "yes"],
    ["whitelist", undefined, "no", "no"],
    ["whitelist", [], "no", "no"],
    ["whitelist", ["Accept"], "no", "yes"],
    ["whitelist", ["Accept", "Authorization"], "yes", "yes"],
    ["whitelist", ["Accept", UNKNOWN], "unknown", "yes"],
    ["whitelist", ["Authorization", UNKNOWN], "yes", "yes"],
    ["whitelist", [UNKNOWN], "unknown", "yes"],
    ["allExcept", undefined, "yes", "yes"],
    ["allExcept", ["Accept"], "yes", "yes"],
    ["allExcept", ["Accept", "Authorization"], "no", "yes"],
    ["allExcept", ["Accept", UNKNOWN], "unknown", "unknown"],
    ["allExcept", ["Authorization", UNKNOWN], "no", "unknown"],
    [UNKNOWN, ["Authorization"], "unknown", "unknown"],
  ])("%s of %j: Authorization %s, a cookie without a name %s", (behavior, items, ofToken, ofCookie) => {
    const list = view<{ behavior?: string; items?: string[] }>({ behavior, items });
    const answer = (credential: Credential) =>
      isSelected(list.word("behavior"), list.list("items"), credential);
    expect([answer(token), answer(anyCookie)]).toEqual([ofToken, ofCookie]);
  });

  test("a list that isn't known selects nobody knows what", () => {
    expect(isSelected(known("WHITELIST"), unknown, token)).toBe("unknown");
    expect(isSelected(known("ALLEXCEPT"), unknown, token)).toBe("unknown");
    expect(isSelected(known("NONE"), unknown, token)).toBe("no");
    expect(isSelected(known("ALL"), unknown, token)).toBe("yes");
  });
});

/** Each part of a request, with its words in a policy and the credential of the tables. */
const parts = [
  ["header", "headersConfig", "headerBehavior", "headers", token],
  ["cookie", "cookiesConfig", "cookieBehavior", "cookies", session],
  ["query parameter", "queryStringsConfig", "queryStringBehavior", "queryStrings", key],
] as const;

describe.each(parts)("whether a policy selects a %s", (_place, config, behavior, list, credential) => {
  test.each<[what: string, configured: unknown, answer: string]>([
    ["nothing said", undefined, "no"],
    ["what isn't known", UNKNOWN, "unknown"],
    ["all", { [behavior]: "all" }, "yes"],
    ["none", { [behavior]: "none" }, "no"],
    ["its name", { [behavior]: "whitelist", [list]: { items: [credential.name] } }, "yes"],
    ["another name", { [behavior]: "whitelist", [list]: { items: ["other"] } }, "no"],
    ["no list", { [behavior]: "whitelist" }, "no"],
    ["a list that isn't known", { [behavior]: "whitelist", [list]: UNKNOWN }, "unknown"],
    ["a behavior that isn't known", { [behavior]: UNKNOWN }, "unknown"],
  ])("%s: %s", (_what, configured, answer) => {
    expect(selects(view<Selection>({ [config]: configured }), credential)).toBe(answer);
  });
});

const distributed = (
  behavior: unknown,
  dependencies: TestedResource["dependencies"] = {},
  properties: RawRecord = {},
): TestedResource => ({
  type: Distribution.token,
  name: "edge",
  properties: { defaultCacheBehavior: behavior, ...properties },
  dependencies,
});

function cachingIn(...resources: readonly TestedResource[]): Caching {
  const stack = stackFrom(...resources);
  const distribution = firstOf(stack, Distribution);
  const behavior = cacheBehaviorsOf(distribution).at(-1);
  if (!behavior) throw new Error("the case has a behavior");
  return cachingOf(stack, distribution, behavior);
}
const told = ({ keeps, isInKey, reachesOrigin }: Caching) => ({
  keeps,
  inKey: [token, session, key].map(isInKey).join(" "),
  sent: [token, session, key].map(reachesOrigin).join(" "),
});
const nothingKnown = {
  keeps: "unknown",
  inKey: "unknown unknown unknown",
  sent: "unknown unknown unknown",
};

const cachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
const cachingOptimized = "658327ea-f89d-4fab-a63d-7e88639e58f6";
const allViewer = "216adef6-5c7f-47e4-b989-5492eafa07d3";

const cachePolicy = (name: string, selection: unknown, properties: RawRecord = {}): TestedResource => ({
  type: "aws:cloudfront/cachePolicy:CachePolicy",
  name,
  properties: { parametersInCacheKeyAndForwardedToOrigin: selection, ...properties },
  outputs: { id: `id of ${name}` },
});
const requestPolicy = (name: string, properties: RawRecord): TestedResource => ({
  type: "aws:cloudfront/originRequestPolicy:OriginRequestPolicy",
  name,
  properties,
  outputs: { id: `id of ${name}` },
});
const withHeaders = (...items: readonly unknown[]) => ({
  headersConfig: { headerBehavior: "whitelist", headers: { items } },
});
const madeOf = (...names: readonly string[]) => ({ defaultCacheBehavior: names });

describe("how a behavior caches by its policies", () => {
  const everything = "everything";
  const noneInKey = "no no no";

  test.each<[what: string, resources: readonly TestedResource[], says: object]>([
    ["a behavior that isn't known", [distributed(UNKNOWN)], nothingKnown],
    [
      "AWS's policy without caching",
      [distributed({ cachePolicyId: cachingDisabled })],
      { keeps: "nothing", inKey: noneInKey, sent: noneInKey },
    ],
    [
      "AWS's policy, in capital letters",
      [distributed({ cachePolicyId: cachingOptimized.toUpperCase() })],
      { keeps: everything, inKey: noneInKey, sent: noneInKey },
    ],
    [
      "AWS's policy, and all of the viewer's request sent on",
      [distributed({ cachePolicyId: cachingOptimized, originRequestPolicyId: allViewer })],
      { keeps: everything, inKey: noneInKey, sent: "yes yes yes" },
    ],
    ["a policy elsewhere", [distributed({ cachePolicyId: "elsewhere" })], nothingKnown],
    [
      "a request policy elsewhere",
      [distributed({ cachePolicyId: cachingOptimized, originRequestPolicyId: "elsewhere" })],
      { keeps: everything, inKey: noneInKey, sent: "unknown unknown unknown" },
    ],
    [
      "a policy that isn't known, made of none here",
      [cachePolicy("own", {}), distributed({ cachePolicyId: UNKNOWN })],
      nothingKnown,
    ],
    [
      "a policy of this stack",
      [
        cachePolicy("own", withHeaders("Authorization")),
        distributed({ cachePolicyId: UNKNOWN }, madeOf("own")),
      ],
      { keeps: everything, inKey: "yes no no", sent: "yes no no" },
    ],
    [
      "a policy of this stack, by its id",
      [
        cachePolicy("other", {}),
        cachePolicy("own", withHeaders("Authorization")),
        distributed({ cachePolicyId: "id of own" }),
      ],
      { keeps: everything, inKey: "yes no no", sent: "yes no no" },
    ],
    [
      "a request policy of this stack",
      [
        requestPolicy("own", withHeaders("Authorization")),
        distributed({ cachePolicyId: cachingOptimized, originRequestPolicyId: UNKNOWN }, madeOf("own")),
      ],
      { keeps: everything, inKey: noneInKey, sent: "yes no no" },
    ],
    [
      "one of two policies that agree",
      [
        cachePolicy("own", {}),
        cachePolicy("other", {}),
        distributed({ cachePolicyId: UNKNOWN }, madeOf("own", "other")),
      ],
      { keeps: everything, inKey: noneInKey, sent: noneInKey },
    ],
    [
      "one of two policies that don't",
      [
        cachePolicy("own", {}),
        cachePolicy("other", withHeaders("Authorization"), { maxTtl: 0 }),
        distributed({ cachePolicyId: UNKNOWN }, madeOf("own", "other")),
      ],
      { keeps: "unknown", inKey: "unknown no no", sent: "unknown no no" },
    ],
    [
      "a policy whose selection isn't known",
      [cachePolicy("own", UNKNOWN), distributed({ cachePolicyId: UNKNOWN }, madeOf("own"))],
      { keeps: everything, inKey: "unknown unknown unknown", sent: "unknown unknown unknown" },
    ],
    [
      "a policy whose selection isn't known, and all of the viewer's request sent on",
      [
        cachePolicy("own", UNKNOWN),
        distributed({ cachePolicyId: UNKNOWN, originRequestPolicyId: allViewer }, madeOf("own")),
      ],
      { keeps: everything, inKey: "unknown unknown unknown", sent: "yes yes yes" },
    ],
    [
      "a policy without a selection",
      [cachePolicy("own", undefined), distributed({ cachePolicyId: UNKNOWN }, madeOf("own"))],
      { keeps: everything, inKey: noneInKey, sent: noneInKey },
    ],
  ])("%s", (_what, resources, says) => {
    expect(told(cachingIn(...resources))).toEqual(says);
  });
});

describe("what a behavior keeps for how many seconds", () => {
  const cases: readonly (readonly [ttls: RawRecord, byPolicy: string, bySettings: string])[] = [
    [{}, "everything", "unknown"],
    [{ maxTtl: 0 }, "nothing", "nothing"],
    [{ minTtl: 0, defaultTtl: 0, maxTtl: 0 }, "nothing", "nothing"],
    [{ minTtl: 0, defaultTtl: 0 }, "what the origin marks", "what the origin marks"],
    [{ defaultTtl: 0 }, "what the origin marks", "what the origin marks"],
    [{ defaultTtl: 0, maxTtl: 60 }, "what the origin marks", "what the origin marks"],
    [{ defaultTtl: 0, maxTtl: UNKNOWN }, "what the origin marks", "what the origin marks"],
    [{ minTtl: 1, defaultTtl: 0 }, "everything", "everything"],
    [{ minTtl: 0 }, "everything", "everything"],
    [{ maxTtl: 60 }, "everything", "everything"],
    [{ minTtl: UNKNOWN, defaultTtl: 0 }, "everything", "everything"],
    [{ minTtl: 0, defaultTtl: UNKNOWN }, "everything", "everything"],
  ];

  test.each(cases)("%j: %s by a policy, %s by the older settings", (ttls, byPolicy, bySettings) => {
    const own = cachePolicy("own", {}, ttls);
    expect(cachingIn(own, distributed({ cachePolicyId: UNKNOWN }, madeOf("own"))).keeps).toBe(byPolicy);
    expect(cachingIn(distributed({ forwardedValues: {}, ...ttls })).keeps).toBe(bySettings);
  });
});

describe("how a behavior caches by the older settings", () => {
  const sendingOn = (forwardedValues: unknown, properties: RawRecord = {}) =>
    cachingIn(distributed({ forwardedValues, minTtl: 60, ...properties }));
  /** What is sent on and what is in the key, where both are the same. */
  const both = (answers: string) => ({ keeps: "everything", inKey: answers, sent: answers });

  test.each<[what: string, forwardedValues: unknown, says: object]>([
    ["nothing said", undefined, { ...nothingKnown, sent: "no no no" }],
    ["what isn't known", UNKNOWN, nothingKnown],
    ["nothing sent on", {}, both("no no no")],
    ["the token", { headers: ["Authorization"] }, both("yes no no")],
    ["another header", { headers: ["Accept"] }, both("no no no")],
    ["headers that aren't known", { headers: UNKNOWN }, both("unknown no no")],
    ["a header that isn't known", { headers: ["Accept", UNKNOWN] }, both("unknown no no")],
    ["all cookies", { cookies: { forward: "all" } }, both("no yes no")],
    ["no cookies", { cookies: { forward: "none" } }, both("no no no")],
    ["the cookie", { cookies: { forward: "whitelist", whitelistedNames: ["session"] } }, both("no yes no")],
    [
      "another cookie",
      { cookies: { forward: "whitelist", whitelistedNames: ["language"] } },
      both("no no no"),
    ],
    ["cookies that aren't known", { cookies: UNKNOWN }, both("no unknown no")],
    ["all query parameters", { queryString: true }, both("no no yes")],
    ["no query parameters", { queryString: false }, both("no no no")],
    ["query parameters perhaps", { queryString: UNKNOWN }, both("no no unknown")],
    [
      "all query parameters, this one in the key",
      { queryString: true, queryStringCacheKeys: ["key"] },
      both("no no yes"),
    ],
    [
      "all query parameters, another one in the key",
      { queryString: true, queryStringCacheKeys: ["page"] },
      { keeps: "everything", inKey: "no no no", sent: "no no yes" },
    ],
    [
      "no query parameters, though this one were in the key",
      { queryString: false, queryStringCacheKeys: ["key"] },
      both("no no no"),
    ],
    [
      "query parameters perhaps, another one in the key",
      { queryString: UNKNOWN, queryStringCacheKeys: ["page"] },
      both("no no unknown"),
    ],
    [
      "the token beside query parameters of which some are in the key",
      { headers: ["Authorization"], queryString: true, queryStringCacheKeys: ["authorization"] },
      { keeps: "everything", inKey: "yes no no", sent: "yes no yes" },
    ],
    [
      "the cookie beside query parameters of which some are in the key",
      { cookies: { forward: "all" }, queryString: true, queryStringCacheKeys: ["page"] },
      { keeps: "everything", inKey: "no yes no", sent: "no yes yes" },
    ],
  ])("%s", (_what, forwardedValues, says) => {
    expect(told(sendingOn(forwardedValues))).toEqual(says);
  });

  test.each([
    [["*"], "nothing"],
    [["Accept", "*"], "nothing"],
    [["Accept"], "everything"],
    [[UNKNOWN], "everything"],
    [undefined, "everything"],
  ])("headers %j: keeps %s", (headers, keeps) => {
    expect(sendingOn({ headers }).keeps).toBe(keeps);
  });
});

const backend = { originId: "backend", domainName: "Backend.example.com", customOriginConfig: {} };
const spare = { originId: "spare", domainName: "spare.example.com", customOriginConfig: {} };

describe("what an origin is", () => {
  const plain = {
    id: undefined,
    host: undefined,
    isServer: false,
    isSigned: false,
    isMarked: false,
    isInVpc: false,
  };

  test.each<[what: string, origin: RawRecord, says: object]>([
    ["a bucket", { originId: "files", s3OriginConfig: {} }, { id: "files" }],
    ["a bucket that is signed for", { originAccessControlId: UNKNOWN }, { isSigned: true }],
    ["a server", backend, { id: "backend", host: "backend.example.com", isServer: true }],
    [
      "a server of many tenants",
      { id: "backend", customOriginConfigs: [{}] },
      { id: "backend", isServer: true },
    ],
    ["a server whose settings aren't known", { customOriginConfig: UNKNOWN }, { isServer: true }],
    [
      "a server with a header",
      { ...spare, customHeaders: [{}] },
      { id: "spare", host: "spare.example.com", isServer: true, isMarked: true },
    ],
    [
      "a server with a certificate",
      { customOriginConfig: { originMtlsConfig: {} } },
      { isServer: true, isMarked: true },
    ],
    [
      "a server of many tenants with a certificate",
      { customOriginConfigs: [{ originMtlsConfig: {} }] },
      { isServer: true, isMarked: true },
    ],
    ["a server in a VPC", { vpcOriginConfig: {} }, { isServer: true, isInVpc: true }],
    ["a server of many tenants in a VPC", { vpcOriginConfigs: [{}] }, { isServer: true, isInVpc: true }],
    ["a host that isn't known", { originId: UNKNOWN, domainName: UNKNOWN }, {}],
  ])("%s", (_what, origin, says) => {
    const stack = stackFrom(distributed({}, {}, { origins: [origin] }));
    expect(originsOf(firstOf(stack, Distribution))).toEqual([{ ...plain, ...says }]);
  });
});

describe("whether a behavior leads to an origin", () => {
  const group = (id: unknown, ...members: readonly unknown[]) => ({
    originId: id,
    members: members.map((originId) => ({ originId })),
  });

  test.each<[what: string, behavior: unknown, properties: RawRecord, toBackend: boolean]>([
    ["the origin", { targetOriginId: "backend" }, {}, true],
    ["another origin", { targetOriginId: "spare" }, {}, false],
    ["a target that isn't known", { targetOriginId: UNKNOWN }, {}, true],
    ["a behavior that isn't known", UNKNOWN, {}, true],
    ["no behavior", undefined, {}, false],
    ["nothing here", { targetOriginId: "gone" }, {}, false],
    [
      "a group that holds it",
      { targetOriginId: "both" },
      { originGroups: [group("both", "spare", "backend")] },
      true,
    ],
    [
      "a group of many tenants that holds it",
      { targetOriginId: "both" },
      { originGroups: [{ id: "both", members: [{ originId: "backend" }] }] },
      true,
    ],
    ["a group that doesn't", { targetOriginId: "both" }, { originGroups: [group("both", "spare")] }, false],
    [
      "not the group that holds it",
      { targetOriginId: "both" },
      { originGroups: [group("both", "spare"), group("others", "backend")] },
      false,
    ],
    ["groups that aren't known", { targetOriginId: "both" }, { originGroups: UNKNOWN }, true],
    [
      "another origin, beside groups that aren't known",
      { targetOriginId: "spare" },
      { originGroups: UNKNOWN },
      false,
    ],
    [
      "another origin, beside a group that isn't known",
      { targetOriginId: "spare" },
      { originGroups: [UNKNOWN] },
      false,
    ],
    [
      "a group that isn't known",
      { targetOriginId: "both" },
      { originGroups: [group("others", "spare"), UNKNOWN] },
      true,
    ],
    ["nothing in place of a group", { targetOriginId: "both" }, { originGroups: [null] }, false],
    [
      "a group whose id isn't known",
      { targetOriginId: "both" },
      { originGroups: [group(UNKNOWN, "backend")] },
      true,
    ],
    [
      "a group whose id isn't known, and that doesn't hold it",
      { targetOriginId: "both" },
      { originGroups: [group(UNKNOWN, "spare")] },
      false,
    ],
    [
      "members that aren't known",
      { targetOriginId: "both" },
      { originGroups: [{ originId: "both", members: UNKNOWN }] },
      true,
    ],
    [
      "a member that isn't known",
      { targetOriginId: "both" },
      { originGroups: [{ originId: "both", members: [UNKNOWN] }] },
      true,
    ],
    [
      "a member whose origin isn't known",
      { targetOriginId: "both" },
      { originGroups: [group("both", "spare", UNKNOWN)] },
      true,
    ],
    ["a group without members", { targetOriginId: "both" }, { originGroups: [{ originId: "both" }] }, false],
    [
      "an origin whose id isn't known",
      { targetOriginId: "spare" },
      { origins: [{ ...backend, originId: UNKNOWN }, spare] },
      true,
    ],
  ])("%s", (_what, behavior, properties, toBackend) => {
    const stack = stackFrom(distributed(behavior, {}, { origins: [backend, spare], ...properties }));
    const distribution = firstOf(stack, Distribution);
    const [origin] = originsOf(distribution);
    const [first] = cacheBehaviorsOf(distribution);
    if (!origin || !first) throw new Error("the case has both");
    expect(first.leadsTo(origin)).toBe(toBackend);
  });
});

const viewerFunction = { functionAssociations: [{ eventType: "viewer-request" }] };
const originFunction = { lambdaFunctionAssociations: [{ eventType: "origin-request" }] };
const responseFunction = { functionAssociations: [{ eventType: "viewer-response" }] };
const signed = { trustedKeyGroups: ["customers"] };

describe("what a behavior requires of its viewers, and how that protects the origin", () => {
  const certificates = "client certificates";
  const urls = "signed URLs or cookies";
  const aFunction = "a function on the viewers' requests";

  test.each<
    [what: string, behavior: unknown, properties: RawRecord, requires: string, protections: readonly string[]]
  >([
    ["nothing", {}, {}, "nothing", []],
    ["what isn't known", UNKNOWN, {}, "nothing", []],
    ["a signature", signed, {}, "proof", [urls]],
    ["a signature of an account", { trustedSigners: ["self"] }, {}, "proof", [urls]],
    ["a signature of nobody", { trustedSigners: [], trustedKeyGroups: [] }, {}, "nothing", []],
    ["signers that aren't known", { trustedKeyGroups: UNKNOWN }, {}, "proof", [urls]],
    ["what a function requires", viewerFunction, {}, "function", [aFunction]],
    ["what a function of the origin requires", originFunction, {}, "nothing", [aFunction]],
    ["what sees responses", responseFunction, {}, "nothing", []],
    [
      "functions that aren't known",
      { functionAssociations: [UNKNOWN, { eventType: UNKNOWN }] },
      {},
      "nothing",
      [],
    ],
    ["a certificate", {}, { viewerMtlsConfig: {} }, "proof", [certificates]],
    ["a certificate, said", {}, { viewerMtlsConfig: { mode: "required" } }, "proof", [certificates]],
    [
      "a certificate, of a behavior that isn't known",
      UNKNOWN,
      { viewerMtlsConfig: {} },
      "proof",
      [certificates],
    ],
    ["no certificate", {}, { viewerMtlsConfig: { mode: "optional" } }, "nothing", []],
    ["perhaps a certificate", {}, { viewerMtlsConfig: { mode: UNKNOWN } }, "nothing", [certificates]],
    ["perhaps certificates", {}, { viewerMtlsConfig: UNKNOWN }, "nothing", [certificates]],
    ["what a connection's function requires", {}, { connectionFunctionAssociation: {} }, "function", []],
    [
      "what a connection's function requires, of a behavior that isn't known",
      UNKNOWN,
      { connectionFunctionAssociation: {} },
      "function",
      [],
    ],
    [
      "a signature, beside a connection's function",
      signed,
      { connectionFunctionAssociation: {} },
      "proof",
      [urls],
    ],
    ["a web ACL's conditions, which aren't asked", {}, { webAclId: UNKNOWN }, "nothing", ["a web ACL"]],
  ])("%s", (_what, behavior, properties, requires, protections) => {
    const stack = stackFrom(distributed(behavior, {}, { origins: [backend], ...properties }));
    const distribution = firstOf(stack, Distribution);
    const [origin] = originsOf(distribution);
    if (!origin) throw new Error("the case has an origin");
    expect(cacheBehaviorsOf(distribution).map((one) => one.requires)).toEqual([requires]);
    expect(protectionsOf(distribution, origin)).toEqual(protections);
  });

  test("only what leads to the origin protects it", () => {
    const stack = stackFrom(
      distributed(
        { targetOriginId: "backend" },
        {},
        {
          origins: [backend, spare],
          orderedCacheBehaviors: [{ ...signed, targetOriginId: "spare" }],
        },
      ),
    );
    const distribution = firstOf(stack, Distribution);
    const protections = originsOf(distribution).map((origin) => protectionsOf(distribution, origin));
    expect(protections).toEqual([[], [urls]]);
  });

  test.each<[what: string, groups: unknown, requires: string]>([
    ["keys that are trusted", { enabled: true, items: ["customers"] }, "proof"],
    ["keys that aren't", { enabled: false, items: ["customers"] }, "nothing"],
    ["no keys", { enabled: true, items: [] }, "nothing"],
    ["keys of which nobody knows whether", { enabled: UNKNOWN, items: ["customers"] }, "nothing"],
    ["keys that aren't known", { enabled: true, items: UNKNOWN }, "proof"],
  ])("%s, for many tenants", (_what, trustedKeyGroups, requires) => {
    const stack = stackFrom({
      type: MultitenantDistribution.token,
      name: "tenants",
      // What it doesn't have: it would be a distribution's.
      properties: {
        defaultCacheBehavior: { trustedKeyGroups },
        viewerMtlsConfig: {},
        connectionFunctionAssociation: {},
      },
    });
    expect(
      distributionsOf(stack)
        .flatMap(cacheBehaviorsOf)
        .map((one) => one.requires),
    ).toEqual([requires]);
  });
});

describe("the behaviors of a distribution", () => {
  const behaviorsOf = (type: string, properties: RawRecord) =>
    distributionsOf(stackFrom({ type, name: "edge", properties }))
      .flatMap(cacheBehaviorsOf)
      .map(({ paths, property, hasViewerFunction, settings }) => [
        paths,
        property,
        hasViewerFunction,
        settings.kind,
      ]);

  test.each([
    [Distribution.token, "orderedCacheBehaviors", "cacheBehaviors"],
    [MultitenantDistribution.token, "cacheBehaviors", "orderedCacheBehaviors"],
  ])("%s has them in %s", (type, property, others) => {
    const first = { pathPattern: "/never", ...viewerFunction };
    expect(
      behaviorsOf(type, {
        defaultCacheBehavior: first,
        [property]: [{ pathPattern: "/orders/*" }, { pathPattern: UNKNOWN }, UNKNOWN],
        [others]: [{}],
      }),
    ).toEqual([
      ["default", "defaultCacheBehavior", true, "known"],
      ["/orders/*", property, false, "known"],
      [undefined, property, false, "known"],
      [undefined, property, false, "unknown"],
    ]);
    expect(behaviorsOf(type, { defaultCacheBehavior: first, [property]: UNKNOWN })).toEqual([
      ["default", "defaultCacheBehavior", true, "known"],
      [undefined, property, false, "unknown"],
    ]);
    expect(behaviorsOf(type, { defaultCacheBehavior: UNKNOWN })).toEqual([
      ["default", "defaultCacheBehavior", false, "unknown"],
    ]);
  });
});
