import type { Fields } from "../text/records";

/** Which values of a request a policy includes. The names are those of CloudFront's API. */
interface Included {
  readonly cookies: "none" | "all";
  /** Header names, or a behavior that needs none. */
  readonly headers: readonly string[] | "none" | "allViewer";
  /** How the names are meant. Default: `whitelist`. */
  readonly headerBehavior?: "allExcept" | "allViewerAndWhitelistCloudFront";
  readonly queryStrings: readonly string[] | "none" | "all";
}

interface CachePolicy extends Included {
  readonly id: string;
  /** Minimum, default and maximum, in seconds. */
  readonly ttl: readonly [min: number, initial: number, max: number];
  /** Whether compressed objects are cached by their encoding. */
  readonly compression: "none" | "gzip" | "gzip and brotli";
}

const day = 86_400;
const year = 31_536_000;
const nothing = { cookies: "none", headers: "none", queryStrings: "none" } as const;
const methodHeaders = ["host", "origin", "x-http-method", "x-http-method-override", "x-method-override"];

/**
 * AWS's managed cache policies, by the names that the API gives them. They are the same in every account.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
 */
const cachePolicies: Readonly<Record<string, CachePolicy>> = {
  "Managed-Amplify": {
    id: "2e54312d-136d-493c-8eb9-b001f22f67d2",
    ttl: [2, 2, 600],
    cookies: "all",
    headers: ["Authorization", "CloudFront-Viewer-Country", "Host"],
    queryStrings: "all",
    compression: "gzip and brotli",
  },
  "Managed-CachingDisabled": {
    id: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
    ttl: [0, 0, 0],
    ...nothing,
    compression: "none",
  },
  "Managed-CachingOptimized": {
    id: "658327ea-f89d-4fab-a63d-7e88639e58f6",
    ttl: [1, day, year],
    ...nothing,
    compression: "gzip and brotli",
  },
  "Managed-CachingOptimizedForUncompressedObjects": {
    id: "b2884449-e4de-46a7-ac36-70bc7f1ddd6d",
    ttl: [1, day, year],
    ...nothing,
    compression: "none",
  },
  "Managed-Elemental-MediaPackage": {
    id: "08627262-05a9-4f76-9ded-b50ca2e3a84f",
    ttl: [0, day, year],
    cookies: "none",
    headers: ["origin"],
    queryStrings: ["aws.manifestfilter", "end", "m", "start"],
    compression: "gzip",
  },
  UseOriginCacheControlHeaders: {
    id: "83da9c7e-98b4-4e11-a168-04f0df8e2c65",
    ttl: [0, 0, year],
    cookies: "all",
    headers: methodHeaders,
    queryStrings: "none",
    compression: "gzip and brotli",
  },
  "UseOriginCacheControlHeaders-QueryStrings": {
    id: "4cc15a8a-d715-48a4-82b8-cc0b614638fe",
    ttl: [0, 0, year],
    cookies: "all",
    headers: methodHeaders,
    queryStrings: "all",
    compression: "gzip and brotli",
  },
};

type OriginRequestPolicy = Included & { readonly id: string };

const crossOriginHeaders = ["Origin", "Access-Control-Request-Headers", "Access-Control-Request-Method"];
const everything = { cookies: "all", queryStrings: "all" } as const;

/** @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html */
const originRequestPolicies: Readonly<Record<string, OriginRequestPolicy>> = {
  "Managed-AllViewer": {
    id: "216adef6-5c7f-47e4-b989-5492eafa07d3",
    headers: "allViewer",
    ...everything,
  },
  "Managed-AllViewerAndCloudFrontHeaders-2022-06": {
    id: "33f36d7e-f396-46d9-90e0-52428a34d9dc",
    headers: [
      ...["CloudFront-Forwarded-Proto", "CloudFront-Is-Android-Viewer", "CloudFront-Is-Desktop-Viewer"],
      ...["CloudFront-Is-IOS-Viewer", "CloudFront-Is-Mobile-Viewer", "CloudFront-Is-SmartTV-Viewer"],
      ...["CloudFront-Is-Tablet-Viewer", "CloudFront-Viewer-Address", "CloudFront-Viewer-ASN"],
      ...["CloudFront-Viewer-City", "CloudFront-Viewer-Country", "CloudFront-Viewer-Country-Name"],
      ...["CloudFront-Viewer-Country-Region", "CloudFront-Viewer-Country-Region-Name"],
      ...["CloudFront-Viewer-Http-Version", "CloudFront-Viewer-Latitude", "CloudFront-Viewer-Longitude"],
      ...["CloudFront-Viewer-Metro-Code", "CloudFront-Viewer-Postal-Code", "CloudFront-Viewer-Time-Zone"],
      "CloudFront-Viewer-TLS",
    ],
    headerBehavior: "allViewerAndWhitelistCloudFront",
    ...everything,
  },
  "Managed-AllViewerExceptHostHeader": {
    id: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
    headers: ["Host"],
    headerBehavior: "allExcept",
    ...everything,
  },
  "Managed-CORS-CustomOrigin": {
    id: "59781a5b-3903-41f3-afcb-af62929ccde1",
    ...nothing,
    headers: ["Origin"],
  },
  "Managed-CORS-S3Origin": {
    id: "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf",
    ...nothing,
    headers: crossOriginHeaders,
  },
  "Managed-Elemental-MediaTailor-PersonalizedManifests": {
    id: "775133bc-15f2-49f9-abea-afb2e0bf67d2",
    cookies: "none",
    headers: [...crossOriginHeaders, "User-Agent", "X-Forwarded-For"],
    queryStrings: "all",
  },
  "Managed-HostHeaderOnly": {
    id: "bf0718e1-ba1e-49d1-88b1-f726733018ae",
    ...nothing,
    headers: ["Host"],
  },
  "Managed-UserAgentRefererHeaders": {
    id: "acba4595-bd28-49b8-b9fe-13317c0390fa",
    ...nothing,
    headers: ["User-Agent", "Referer"],
  },
};

interface ResponseHeadersPolicy {
  readonly id: string;
  readonly cors: "none" | "simple" | "preflight";
  readonly addsSecurityHeaders: boolean;
}

/** @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html */
const responseHeadersPolicies: Readonly<Record<string, ResponseHeadersPolicy>> = {
  "Managed-CORS-and-SecurityHeadersPolicy": {
    id: "e61eb60c-9c35-4d20-a928-2b84e02af89c",
    cors: "simple",
    addsSecurityHeaders: true,
  },
  "Managed-CORS-With-Preflight": {
    id: "5cc3b908-e619-4b99-88e5-2cf7f45965bd",
    cors: "preflight",
    addsSecurityHeaders: false,
  },
  "Managed-CORS-with-preflight-and-SecurityHeadersPolicy": {
    id: "eaab4381-ed33-4a86-88ca-d9558dc6cd63",
    cors: "preflight",
    addsSecurityHeaders: true,
  },
  "Managed-SecurityHeadersPolicy": {
    id: "67f7725c-6f97-4210-82d7-5512b31e9d03",
    cors: "none",
    addsSecurityHeaders: true,
  },
  "Managed-SimpleCORS": {
    id: "60669652-455b-4ae9-85a4-c4c02393f86c",
    cors: "simple",
    addsSecurityHeaders: false,
  },
};

/** The managed cache policy of a name or an id, as `aws.cloudfront.getCachePolicy` returns it; undefined for any other. */
export function cachePolicy(args: Fields): Fields | undefined {
  const found = named(cachePolicies, args);
  if (!found) return undefined;
  const { policy, common } = found;
  const [minTtl, defaultTtl, maxTtl] = policy.ttl;
  return {
    ...common("cache-policy"),
    minTtl,
    defaultTtl,
    maxTtl,
    parametersInCacheKeyAndForwardedToOrigins: [
      {
        ...includedIn(policy),
        enableAcceptEncodingBrotli: policy.compression === "gzip and brotli",
        enableAcceptEncodingGzip: policy.compression !== "none",
      },
    ],
  };
}

/** As `aws.cloudfront.getOriginRequestPolicy` returns it; undefined for a policy that isn't managed by AWS. */
export function originRequestPolicy(args: Fields): Fields | undefined {
  const found = named(originRequestPolicies, args);
  return found && { ...found.common("origin-request-policy"), ...includedIn(found.policy) };
}

/** As `aws.cloudfront.getResponseHeadersPolicy` returns it; undefined for a policy that isn't managed by AWS. */
export function responseHeadersPolicy(args: Fields): Fields | undefined {
  const found = named(responseHeadersPolicies, args);
  if (!found) return undefined;
  const { policy, common } = found;
  return {
    ...common("response-headers-policy"),
    corsConfigs: policy.cors === "none" ? [] : [corsConfig(policy.cors === "preflight")],
    customHeadersConfigs: [],
    removeHeadersConfigs: [],
    securityHeadersConfigs: policy.addsSecurityHeaders ? [securityHeaders] : [],
    serverTimingHeadersConfigs: [],
  };
}

/** The policy that the arguments name, and what all kinds of policies have in common. */
function named<Policy extends { readonly id: string }>(
  policies: Readonly<Record<string, Policy>>,
  { id, name }: Fields,
) {
  const found = Object.entries(policies).find(([key, policy]) =>
    typeof id === "string" && id !== "" ? policy.id === id : key === name,
  );
  if (!found) return undefined;
  const [ownName, policy] = found;
  return {
    policy,
    common: (kind: string): Fields => ({
      id: policy.id,
      name: ownName,
      // The version and the comment are the only parts that are made up: AWS documents neither.
      etag: "EXAMPLE",
      comment: "",
      arn: `arn:aws:cloudfront:::${kind}/${policy.id}`,
    }),
  };
}

function includedIn({ cookies, headers, headerBehavior, queryStrings }: Included): Fields {
  const items = (names: readonly string[] | string) => (typeof names === "string" ? [] : [{ items: names }]);
  return {
    cookiesConfigs: [{ cookieBehavior: cookies, cookies: [] }],
    headersConfigs: [
      {
        headerBehavior: typeof headers === "string" ? headers : (headerBehavior ?? "whitelist"),
        headers: items(headers),
      },
    ],
    queryStringsConfigs: [
      {
        queryStringBehavior: typeof queryStrings === "string" ? queryStrings : "whitelist",
        queryStrings: items(queryStrings),
      },
    ],
  };
}

function corsConfig(allowsPreflight: boolean): Fields {
  return {
    accessControlAllowCredentials: false,
    accessControlAllowHeaders: [{ items: ["*"] }],
    accessControlAllowMethods: [
      {
        items: allowsPreflight
          ? ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]
          : ["GET", "HEAD"],
      },
    ],
    accessControlAllowOrigins: [{ items: ["*"] }],
    accessControlExposeHeaders: allowsPreflight ? [{ items: ["*"] }] : [],
    accessControlMaxAgeSec: 600,
    originOverride: false,
  };
}

const securityHeaders: Fields = {
  contentSecurityPolicies: [],
  contentTypeOptions: [{ override: true }],
  frameOptions: [{ frameOption: "SAMEORIGIN", override: false }],
  referrerPolicies: [{ referrerPolicy: "strict-origin-when-cross-origin", override: false }],
  strictTransportSecurities: [
    { accessControlMaxAgeSec: year, includeSubdomains: false, override: false, preload: false },
  ],
  xssProtections: [{ modeBlock: true, override: false, protection: true, reportUri: "" }],
};
