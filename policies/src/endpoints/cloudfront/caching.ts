import type { CachePolicyArgs, OriginRequestPolicyArgs } from "@pulumi/aws/cloudfront";
import {
  absent,
  knownValue,
  type ResourceType,
  resourceType,
  type Seen,
  type Stack,
  type View,
  view,
} from "../../stack";
import type { Answer, Credential } from "../credential";
import { type AnyDistribution, type BehaviorArgs, type CacheBehavior, policiesOf } from "./distribution";
import {
  type CachePolicyLike,
  managedCachePolicies,
  managedRequestPolicies,
  type Ttls,
} from "./managed-policies";
import { isSelected, selects } from "./selection";

export const CachePolicy = resourceType<CachePolicyArgs>("aws:cloudfront/cachePolicy:CachePolicy", {
  minTtl: "reference",
  defaultTtl: "reference",
  maxTtl: "deciding word",
  parametersInCacheKeyAndForwardedToOrigin: "reference",
});
export const OriginRequestPolicy = resourceType<OriginRequestPolicyArgs>(
  "aws:cloudfront/originRequestPolicy:OriginRequestPolicy",
  { headersConfig: "reference", cookiesConfig: "reference", queryStringsConfig: "reference" },
);

/** What a cache behavior keeps, by which parts of a request, and which parts it sends on. */
export interface Caching {
  /** `what the origin marks`: it keeps nothing that comes without a Cache-Control header. */
  readonly keeps: "everything" | "what the origin marks" | "nothing" | "unknown";
  isInKey(credential: Credential): Answer;
  reachesOrigin(credential: Credential): Answer;
}

/**
 * How a cache behavior caches: by its policies, or by the older settings in the behavior itself. What is in the key always reaches
 * the origin. CloudFront doesn't send on Authorization with the requests that it caches, unless a policy says so.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/controlling-the-cache-key.html
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/controlling-origin-requests.html
 */
export function cachingOf(stack: Stack, distribution: AnyDistribution, behavior: CacheBehavior): Caching {
  const { settings } = behavior;
  if (settings.kind !== "known") return nothingKnown;
  if (!settings.value.isSet("cachePolicyId")) return cachingByBehavior(settings.value);
  const key = combined(
    policiesIn(stack, distribution, behavior, "cachePolicyId", CachePolicy, managedCachePolicies).map(keyOf),
  );
  const sent = settings.value.isSet("originRequestPolicyId")
    ? combinedAnswers(
        policiesIn(
          stack,
          distribution,
          behavior,
          "originRequestPolicyId",
          OriginRequestPolicy,
          managedRequestPolicies,
        ).map((policy) => (credential: Credential) => (policy ? selects(policy, credential) : "unknown")),
      )
    : () => "no" as const;
  return {
    ...key,
    reachesOrigin: (credential) => {
      const [inKey, beside] = [key.isInKey(credential), sent(credential)];
      return inKey === "no" || beside === "yes" ? beside : inKey;
    },
  };
}

const nothingKnown: Caching = {
  keeps: "unknown",
  isInKey: () => "unknown",
  reachesOrigin: () => "unknown",
};

type Key = Pick<Caching, "keeps" | "isInKey">;

function keyOf(policy: View<CachePolicyLike> | undefined): Key {
  if (!policy) return nothingKnown;
  const parameters = policy.record("parametersInCacheKeyAndForwardedToOrigin");
  return {
    keeps: keptBy(policy),
    isInKey: (credential) => {
      if (parameters.kind !== "known") return parameters.kind === "unknown" ? "unknown" : "no";
      return selects(parameters.value, credential);
    },
  };
}

/** By default, a day, and a year at most. A longest time that isn't known before the deployment may be any. */
function keptBy(ttls: View<Ttls>): Caching["keeps"] {
  if (knownValue(ttls.number("maxTtl")) === 0) return "nothing";
  const isZero = (seen: Seen<number>, otherwise: number) =>
    seen.kind !== "unknown" && (knownValue(seen) ?? otherwise) === 0;
  return isZero(ttls.number("minTtl"), 0) && isZero(ttls.number("defaultTtl"), 86_400)
    ? "what the origin marks"
    : "everything";
}

/** What all of several policies say, where nothing shows which of them it is. None say nothing. */
function combined(keys: readonly Key[]): Key {
  const kept = [...new Set(keys.map(({ keeps }) => keeps))];
  return {
    keeps: kept.length === 1 && kept[0] ? kept[0] : "unknown",
    isInKey: combinedAnswers(keys.map(({ isInKey }) => isInKey)),
  };
}

function combinedAnswers(
  asked: readonly ((credential: Credential) => Answer)[],
): (credential: Credential) => Answer {
  return (credential) => {
    const answers = [...new Set(asked.map((ask) => ask(credential)))];
    return answers.length === 1 && answers[0] ? answers[0] : "unknown";
  };
}

type PolicyType = typeof CachePolicy | typeof OriginRequestPolicy;

/** The policies that a behavior may name. Undefined for one that this stack doesn't hold; none where nothing shows which it is. */
function policiesIn<Args>(
  stack: Stack,
  distribution: AnyDistribution,
  { settings, property }: CacheBehavior,
  name: "cachePolicyId" | "originRequestPolicyId",
  type: PolicyType,
  managed: ReadonlyMap<string, Args>,
): readonly (View<Args> | undefined)[] {
  const id = settings.kind === "known" ? settings.value.text(name) : absent;
  if (id.kind === "known") {
    const known = managed.get(id.value.toLowerCase());
    if (known) return [view<Args>(known)];
    const here = stack
      .of<unknown>(type as typeof CachePolicy)
      .find((one) => stack.idsOf(one).includes(id.value));
    return [here as View<Args> | undefined];
  }
  const made: readonly unknown[] = policiesOf<unknown>(stack, distribution, property, type as ResourceType);
  return made as readonly View<Args>[];
}

/**
 * The older settings of a behavior: what they send on is in the key, too, apart from query parameters that are left out of it.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html
 */
function cachingByBehavior(behavior: View<BehaviorArgs>): Caching {
  const values = behavior.record("forwardedValues");
  if (values.kind !== "known")
    return values.kind === "unknown" ? nothingKnown : { ...nothingKnown, reachesOrigin: () => "no" };
  const headers = values.value.list("headers");
  const sendsAll = (knownValue(headers) ?? []).some((header) => knownValue(header) === "*");
  const cookies = values.value.record("cookies");
  const isSent = ({ place, name }: Credential): Answer => {
    switch (place) {
      case "header":
        return isSelected({ kind: "known", value: "WHITELIST" }, headers, { place, name });
      case "cookie":
        if (cookies.kind !== "known") return cookies.kind === "unknown" ? "unknown" : "no";
        return isSelected(cookies.value.word("forward"), cookies.value.list("whitelistedNames"), {
          place,
          name,
        });
      case "query parameter": {
        const all = values.value.flag("queryString");
        if (all.kind === "unknown") return "unknown";
        return knownValue(all) === true ? "yes" : "no";
      }
    }
  };
  const keys = values.value.list("queryStringCacheKeys");
  const isLimited = values.value.isSet("queryStringCacheKeys");
  return {
    // CloudFront caches nothing where all headers are sent on.
    keeps: sendsAll ? "nothing" : legacyKeeps(behavior),
    reachesOrigin: isSent,
    isInKey: (credential) =>
      credential.place === "query parameter" && isLimited && isSent(credential) === "yes"
        ? isSelected({ kind: "known", value: "WHITELIST" }, keys, credential)
        : isSent(credential),
  };
}

/** What the provider sends for a time that isn't set depends on its version. */
function legacyKeeps(behavior: View<BehaviorArgs>): Caching["keeps"] {
  return behavior.isSet("maxTtl") || behavior.isSet("defaultTtl") || behavior.isSet("minTtl")
    ? keptBy(behavior as View<Ttls>)
    : "unknown";
}
