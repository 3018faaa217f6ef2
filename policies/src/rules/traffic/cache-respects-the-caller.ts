import { mayCache, type SharedAnswer, sharedAnswers } from "../../endpoints/api-gateway/response-cache";
import { restStages } from "../../endpoints/api-gateway/rest-stage";
import { Deployment, MethodSettings, Stage } from "../../endpoints/api-gateway/stage";
import type { CacheBehavior } from "../../endpoints/cloudfront/distribution";
import type { Credential } from "../../endpoints/credential";
import { type EdgeCache, edgeCaches, edgeCacheTypes } from "../../loopholes/edge-cache";
import { knownValue, type Resource, type Stack } from "../../stack";
import { fsbp, nist, owasp } from "../controls";
import { type Finding, stackRule } from "../rule";
import { enumeration, shortEnumeration } from "../wording";

const mostListed = 10;
/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html */
const cachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";

const program = (
  name: string,
  key: string,
) => `const ${name} = new aws.apigateway.RestApi("${name}", regional);
const method = new aws.apigateway.Method("${name}-get", {
    restApi: ${name}.id,
    resourceId: ${name}.rootResourceId,
    httpMethod: "GET",
    authorization: "AWS_IAM",
    requestParameters: { "method.request.header.Authorization": true },
});
new aws.apigateway.Integration("${name}-lookup", {
    restApi: ${name}.id,
    resourceId: ${name}.rootResourceId,
    httpMethod: method.httpMethod,
    type: "AWS_PROXY",
    integrationHttpMethod: "POST",
    uri: lookup.invokeArn,${key}
});
new aws.apigateway.MethodSettings("${name}-cache", {
    restApi: ${name}.id,
    stageName: "live",
    methodPath: "*/*",
    settings: { cachingEnabled: true, cacheDataEncrypted: true, throttlingRateLimit: 100, throttlingBurstLimit: 200 },
});`;

export const cacheRespectsTheCaller = stackRule({
  id: "cache-respects-the-caller",
  theme: "traffic",
  title: "Caches give each caller their own answers",
  severity: "high",
  level: "mandatory",
  because: "an unauthenticated caller gets in",
  controls: [owasp("API1:2023"), owasp("API8:2023"), nist("AC-3"), nist("SC-28"), fsbp("APIGateway.5")],
  why: "A cache answers whoever asks for the same thing with what somebody else got. API Gateway authorizes the caller first, and then looks up the answer by the path and by the parameters that the integration lists. CloudFront doesn't even ask the API again. Unless what names the caller is in the key, one customer gets another one's records, and no backend sees the request.",
  fix: 'cacheKeyParameters: ["method.request.header.Authorization"]   // of the integration; or cachingEnabled: false; before an API, the cache policy CachingDisabled',
  exceptionIf:
    "the answers are the same for all callers, for instance reference data that only has to be paid for",
  links: [
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html",
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/controlling-the-cache-key.html",
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html",
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-5",
  ],
  kinds: {
    "answers-for-all":
      "A stage of a REST API caches the answers of a method that authorizes its callers, and the key of the cache doesn't name the caller.",
    "edge-answers-for-all":
      "A distribution keeps the answers of an API, and what tells the API's callers apart reaches the API and isn't in the key of the cache.",
    "edge-may-answer-for-all":
      "The same, unless something decides otherwise that can't be read: a function on the viewers' requests, a policy or an API of another stack, or which of several origins the API is.",
    "unencrypted-cache": "A stage keeps answers in its cache without encrypting them.",
    "emptied-by-anyone":
      "Every client may empty the cache for a request, with a header that needs no permission.",
  },
  examples: {
    bad: program("shared", ""),
    good: program("separate", '\n    cacheKeyParameters: ["method.request.header.Authorization"],'),
  },
  stackResources: [...edgeCacheTypes, Stage, Deployment, MethodSettings],
  *checkStack(stack) {
    yield* ofStages(stack);
    for (const edge of edgeCaches(stack)) yield findingOfEdge(edge);
    yield* ofSettings(stack);
  },
});

type Kind =
  | "answers-for-all"
  | "edge-answers-for-all"
  | "edge-may-answer-for-all"
  | "unencrypted-cache"
  | "emptied-by-anyone";

/** One finding about all operations whose keys stand in the same place. */
function* ofStages(stack: Stack): Iterable<Finding<Kind>> {
  const byResource = new Map<Resource, SharedAnswer[]>();
  for (const shared of sharedAnswers(stack)) {
    byResource.set(shared.resource, [...(byResource.get(shared.resource) ?? []), shared]);
  }
  for (const [resource, shared] of byResource) {
    const routes = shortEnumeration(
      shared.map(({ operation }) => operation.route ?? "an operation"),
      mostListed,
    );
    const [first] = shared;
    const parameters = (first?.operation.proof ?? []).map(parameterOf);
    yield {
      kind: "answers-for-all",
      resource,
      sentence: `The stage of "${resource.name}" caches the answers to ${routes}, and the key of the cache doesn't name the caller: whoever is authorized gets what another caller got.`,
      fix: fixOfKey(parameters, first?.hasKey === true),
    };
  }
}

function fixOfKey(parameters: readonly string[], hasKey: boolean): string {
  const quoted = parameters.map((parameter) => JSON.stringify(parameter)).join(", ");
  const required = parameters.map((parameter) => `${JSON.stringify(parameter)}: true`).join(", ");
  return `cacheKeyParameters: [${hasKey ? "..., " : ""}${quoted}]   // and on the method requestParameters: { ${required} }; or cachingEnabled: false for its path`;
}

function parameterOf({ place, name = "" }: Credential): string {
  if (place === "cookie") return "method.request.header.Cookie";
  const spelled = name.replace(/(^|-)([a-z])/g, (_, before, letter) => `${before}${letter.toUpperCase()}`);
  return place === "header" ? `method.request.header.${spelled}` : `method.request.querystring.${name}`;
}

/** One finding about all behaviors of a distribution. What is certain comes first, and what isn't only if nothing is. */
function findingOfEdge({ distribution, shared }: EdgeCache): Finding<Kind> {
  const certain = shared.filter(({ isCertain }) => isCertain);
  const told = certain.length > 0 ? certain : shared;
  const routes = [...new Set(told.map(({ route }) => route ?? "an API of another stack"))];
  const behaviors = [...new Set(told.map(({ behavior }) => behavior))];
  const credentials = [...new Set(told.flatMap((one) => one.credentials))];
  const isOne = credentials.length === 1;
  const keeps = certain.length > 0 ? "keeps" : "may keep";
  return {
    kind: certain.length > 0 ? "edge-answers-for-all" : "edge-may-answer-for-all",
    resource: distribution,
    sentence: `"${distribution.name}" ${keeps} the answers to ${shortEnumeration(routes, mostListed)} for everybody: by ${enumeration(behaviors.map(nameOfBehavior))}, ${enumeration(credentials)} ${isOne ? "reaches" : "reach"} the origin and ${isOne ? "isn't" : "aren't"} in the key of the cache.`,
    fix: fixOfBehavior(behaviors[0]),
    ...(certain.length === 0 && { lowered: "lesser finding" }),
  };
}

function nameOfBehavior({ paths }: CacheBehavior): string {
  if (paths === undefined) return "a cache behavior";
  return paths === "default" ? "the default cache behavior" : `the cache behavior for ${paths}`;
}

function fixOfBehavior(behavior: CacheBehavior | undefined): string {
  const property = behavior?.property ?? "defaultCacheBehavior";
  const settings = behavior?.settings.kind === "known" ? behavior.settings.value : undefined;
  const within = (code: string) =>
    property === "defaultCacheBehavior" ? `${property}: { ..., ${code} }` : `${property}: [{ ..., ${code} }]`;
  if (settings && !settings.isSet("cachePolicyId")) {
    return `${within("forwardedValues: { ..., queryStringCacheKeys: [] }")}   // then every query parameter that is sent on is in the key`;
  }
  return `${within(`cachePolicyId: "${cachingDisabled}"`)}   // CachingDisabled; or a cache policy whose key has what names the caller`;
}

/** One finding about the settings of a cache that are in one place. */
function* ofSettings(stack: Stack): Iterable<Finding<Kind>> {
  const byResource = new Map<Resource, { isPlain: boolean; isAnyones: boolean }>();
  for (const { hasCache, settings } of restStages(stack)) {
    if (hasCache === "no") continue;
    for (const { resource, values } of settings.filter(mayCache)) {
      const before = byResource.get(resource);
      const encrypted = values.flag("cacheDataEncrypted");
      const isPlain = encrypted.kind === "absent" || knownValue(encrypted) === false;
      // By default, emptying it takes a permission.
      const isAnyones = knownValue(values.flag("requireAuthorizationForCacheControl")) === false;
      byResource.set(resource, {
        isPlain: isPlain || before?.isPlain === true,
        isAnyones: isAnyones || before?.isAnyones === true,
      });
    }
  }
  for (const [resource, { isPlain, isAnyones }] of byResource) {
    if (!isPlain && !isAnyones) continue;
    const what = [
      ...(isPlain ? ["doesn't encrypt what its cache keeps"] : []),
      ...(isAnyones ? ["lets every client empty it with a header"] : []),
    ];
    const code = [
      ...(isPlain ? ["cacheDataEncrypted: true"] : []),
      ...(isAnyones ? ["requireAuthorizationForCacheControl: true"] : []),
    ].join(", ");
    yield {
      kind: isPlain ? "unencrypted-cache" : "emptied-by-anyone",
      resource,
      sentence: `"${resource.name}" ${enumeration(what)}.`,
      fix: MethodSettings.is(resource)
        ? `settings: { ..., ${code} }`
        : `${code}   // in each of methodSettings`,
      lowered: "lesser finding",
    };
  }
}
