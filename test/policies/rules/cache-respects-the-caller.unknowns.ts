import { distribution, made } from "../edge-resources";
import { httpApi, integration, method, restApi, route } from "../resources";
import { methodSettings, stage } from "../traffic-resources";
import type { UnknownRow } from "../unknown-row";

const cached = [
  restApi("orders"),
  {
    ...method("get", "GET", { authorization: "AWS_IAM", integration: null }, "orders"),
    dependencies: { restApi: ["orders"], resourceId: ["orders"] },
  },
  integration("lookup", { httpMethod: "GET", type: "AWS_PROXY", cacheKeyParameters: [] }, "orders"),
  stage("live", { cacheClusterEnabled: true, methodSettings: null }, "orders"),
  methodSettings(
    "cache",
    { cachingEnabled: true, cacheDataEncrypted: true },
    { api: "orders", stage: "live" },
  ),
];

const nothing = {
  headersConfig: { headerBehavior: "none" },
  cookiesConfig: { cookieBehavior: "none" },
  queryStringsConfig: { queryStringBehavior: "none" },
};
const edge = [
  httpApi("api"),
  route("get", "GET /customers", { authorizationType: "JWT", authorizerId: "a1b2c3" }, "api"),
  made(
    "aws:cloudfront/cachePolicy:CachePolicy",
    "key",
    {},
    {
      minTtl: 0,
      defaultTtl: 60,
      maxTtl: 3600,
      parametersInCacheKeyAndForwardedToOrigin: nothing,
    },
  ),
  made(
    "aws:cloudfront/originRequestPolicy:OriginRequestPolicy",
    "sent",
    {},
    {
      ...nothing,
      headersConfig: { headerBehavior: "allViewer" },
    },
  ),
  {
    ...distribution("cdn", ["api"], {
      defaultCacheBehavior: {
        targetOriginId: "origin",
        cachePolicyId: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
        originRequestPolicyId: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
      },
      orderedCacheBehaviors: null,
    }),
    dependencies: { origins: ["api"], defaultCacheBehavior: ["key", "sent"] },
  },
];

export const rows: readonly UnknownRow[] = [
  { situation: "an integration without a key", resources: cached, on: "lookup", endsWithout: ["httpMethod"] },
  { situation: "the settings that cache", resources: cached, on: "cache" },
  { situation: "the stage with the cache", resources: cached, on: "live" },
  {
    situation: "the method whose answers are cached",
    resources: cached,
    on: "get",
    // Whoever isn't asked for anything has no answer of their own.
    endsWithout: ["authorization", "httpMethod"],
    reads: { authorization: "reference", httpMethod: "reference", integration: "reference" },
  },
  { situation: "a distribution before an API", resources: edge, on: "cdn" },
  { situation: "its cache policy", resources: edge, on: "key", endsWithout: ["maxTtl"] },
  { situation: "its origin request policy", resources: edge, on: "sent" },
];
