import type { Selection } from "./selection";

/** Times in seconds. */
export interface Ttls {
  minTtl?: number;
  defaultTtl?: number;
  maxTtl?: number;
}

/** What a cache policy says, whether AWS's or a program's own. */
export interface CachePolicyLike extends Ttls {
  parametersInCacheKeyAndForwardedToOrigin?: Selection;
}

const listed = (items: readonly string[]) => ({
  headerBehavior: "whitelist",
  headers: { items: [...items] },
});
const none: Selection = {};
const all: Selection = {
  headersConfig: { headerBehavior: "allViewer" },
  cookiesConfig: { cookieBehavior: "all" },
  queryStringsConfig: { queryStringBehavior: "all" },
};
const originDecides = (queryStringBehavior: string): CachePolicyLike => ({
  minTtl: 0,
  defaultTtl: 0,
  maxTtl: 31_536_000,
  parametersInCacheKeyAndForwardedToOrigin: {
    ...all,
    headersConfig: listed(["host", "origin", "x-http-method", "x-http-method-override", "x-method-override"]),
    queryStringsConfig: { queryStringBehavior },
  },
});
const optimized: CachePolicyLike = {
  minTtl: 1,
  defaultTtl: 86_400,
  maxTtl: 31_536_000,
  parametersInCacheKeyAndForwardedToOrigin: none,
};

/**
 * AWS's own policies, by the ids that AWS gives them in every account.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
 */
export const managedCachePolicies: ReadonlyMap<string, CachePolicyLike> = new Map([
  // CachingDisabled
  ["4135ea2d-6df8-44a3-9df3-4b5a84be39ad", { minTtl: 0, defaultTtl: 0, maxTtl: 0 }],
  // CachingOptimized
  ["658327ea-f89d-4fab-a63d-7e88639e58f6", optimized],
  // CachingOptimizedForUncompressedObjects
  ["b2884449-e4de-46a7-ac36-70bc7f1ddd6d", optimized],
  // Elemental-MediaPackage, whose query parameters are those of manifests
  ["08627262-05a9-4f76-9ded-b50ca2e3a84f", optimized],
  // Amplify
  [
    "2e54312d-136d-493c-8eb9-b001f22f67d2",
    {
      minTtl: 2,
      defaultTtl: 2,
      maxTtl: 600,
      parametersInCacheKeyAndForwardedToOrigin: {
        ...all,
        headersConfig: listed(["authorization", "cloudfront-viewer-country", "host"]),
      },
    },
  ],
  // UseOriginCacheControlHeaders
  ["83da9c7e-98b4-4e11-a168-04f0df8e2c65", originDecides("none")],
  // UseOriginCacheControlHeaders-QueryStrings
  ["4cc15a8a-d715-48a4-82b8-cc0b614638fe", originDecides("all")],
]);

/** @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html */
export const managedRequestPolicies: ReadonlyMap<string, Selection> = new Map([
  // AllViewer
  ["216adef6-5c7f-47e4-b989-5492eafa07d3", all],
  // AllViewerAndCloudFrontHeaders-2022-06
  ["33f36d7e-f396-46d9-90e0-52428a34d9dc", all],
  // AllViewerExceptHostHeader
  [
    "b689b0a8-53d0-40ab-baf2-68738e2966ac",
    { ...all, headersConfig: { headerBehavior: "allExcept", headers: { items: ["host"] } } },
  ],
  // CORS-CustomOrigin
  ["59781a5b-3903-41f3-afcb-af62929ccde1", { headersConfig: listed(["origin"]) }],
  // CORS-S3Origin
  ["88a5eaf4-2fd4-4709-b370-b4c650ea3fcf", { headersConfig: listed(["origin"]) }],
  // Elemental-MediaTailor-PersonalizedManifests
  [
    "775133bc-15f2-49f9-abea-afb2e0bf67d2",
    {
      headersConfig: listed(["origin", "user-agent", "x-forwarded-for"]),
      queryStringsConfig: { queryStringBehavior: "all" },
    },
  ],
  // HostHeaderOnly
  ["bf0718e1-ba1e-49d1-88b1-f726733018ae", { headersConfig: listed(["host"]) }],
  // UserAgentRefererHeaders
  ["acba4595-bd28-49b8-b9fe-13317c0390fa", { headersConfig: listed(["user-agent", "referer"]) }],
]);
