import {
  groupBy,
  isRecord,
  knownElements,
  knownValue,
  type Resource,
  type ResourceOf,
  type Stack,
  type View,
  view,
} from "../../stack";
import { type Credential, isSame, tellsApart } from "../credential";
import { whichApi } from "./api-of";
import { credentialIn, type ProtectedOperation, protectedOperations } from "./credentials";
import { documentEndpoints } from "./document";
import { callersContext } from "./lambda-authorizer";
import { type IntegrationSettings, integrationsOf, Method, restEndpoints } from "./rest-api";
import { type MethodSettingsOf, type RestStage, restStages } from "./rest-stage";

/** An operation whose answers a stage caches without telling its callers apart. */
export interface SharedAnswer {
  /** Where its cache key is written: the integration, the method of CloudFormation, or the resource with the document. */
  readonly resource: Resource;
  readonly operation: ProtectedOperation;
  /** Whether the key names any parameter. */
  readonly hasKey: boolean;
}

/**
 * The operations whose cached answers go to every caller. API Gateway authorizes a caller before it looks into the cache, and then
 * answers with what it answered the last one who asked for the same: the key is the path, and the parameters that the integration
 * lists. Only GET methods are cached by settings for all methods.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html
 */
export function sharedAnswers(stack: Stack): readonly SharedAnswer[] {
  const stages = restStages(stack).filter(
    (stage) => stage.hasCache !== "no" && stage.settings.some(mayCache),
  );
  if (stages.length === 0) return [];
  // API Gateway asks for a key whether it has the answer or not, and a key names a client and no caller.
  const operations = protectedOperations(stack).filter(({ isKeyOnly }) => !isKeyOnly);
  return operations.flatMap((operation) => {
    const { whichApi: api, route } = operation;
    if (api === undefined) return [];
    const isCached = stages.some(
      (stage) => stage.whichApi === api && caches(stage, route, () => routesOf(stack, api)),
    );
    return isCached ? keysOf(stack, operation).filter(isShared) : [];
  });
}

/** The routes of an API, as far as they are known. */
function routesOf(stack: Stack, api: string): ReadonlySet<string | undefined> {
  return new Set(
    stack
      .answer(endpointsByApi)
      .get(api)
      ?.map(({ route }) => route),
  );
}

function endpointsByApi(stack: Stack) {
  const all = [...restEndpoints(stack), ...documentEndpoints(stack)];
  // No API has the empty name that stands for one that isn't known.
  return groupBy(all, ({ resource }) => whichApi(stack, resource) ?? "");
}

/** Whether settings cache answers, or may do so: what isn't known before the deployment counts as on. */
export function mayCache({ values }: MethodSettingsOf): boolean {
  const enabled = values.flag("cachingEnabled");
  const isOn = enabled.kind === "known" ? enabled.value : enabled.kind === "unknown";
  return isOn && knownValue(values.number("cacheTtlInSeconds")) !== 0;
}

/**
 * Whether a stage caches the answers of a route. A method with settings of its own inherits nothing. An ANY method answers for every
 * method of its path that isn't there itself, and each of them may have settings of its own.
 *
 * @param routes those of the API
 * @see https://github.com/DianaIonita/serverless-api-gateway-caching (stageCache.js caches the GET of an ANY method, and no other)
 */
function caches(
  { settings }: RestStage,
  route: string | undefined,
  routes: () => ReadonlySet<string | undefined>,
): boolean {
  const [method, path] = route?.split(" ") ?? [];
  const answersFor = (one: string | undefined) =>
    one === route || (method === "ANY" && one?.split(" ")[1] === path && !routes().has(one));
  const own = settings.filter((one) => !one.isForAll && answersFor(one.route));
  if (own.some(mayCache)) return true;
  const ofGet = `GET ${path}`;
  const mayBeGet = method === undefined || method === "GET" || (method === "ANY" && !routes().has(ofGet));
  const isDecided = own.some((one) => one.route === route || one.route === ofGet);
  return mayBeGet && !isDecided && settings.some((one) => one.isForAll && mayCache(one));
}

interface Key extends SharedAnswer {
  readonly integration: View<IntegrationSettings>;
}

/** Where the cache keys of an operation are written. None where it has no integration, or none that is known. */
function keysOf(stack: Stack, operation: ProtectedOperation): readonly Key[] {
  const { resource, definition } = operation;
  if (Method.is(resource)) {
    const method: ResourceOf<typeof Method> = resource;
    const inMethod = knownValue(method.record("integration"));
    if (inMethod) return [keyIn(resource, operation, inMethod)];
    return integrationsOf(stack, method).map((integration) =>
      keyIn(integration, operation, integration as unknown as View<IntegrationSettings>),
    );
  }
  const extension = definition?.extension("x-amazon-apigateway-integration");
  return extension?.kind === "known" && isRecord(extension.value)
    ? [keyIn(resource, operation, view<IntegrationSettings>(extension.value))]
    : [];
}

function keyIn(
  resource: Resource,
  operation: ProtectedOperation,
  integration: View<IntegrationSettings>,
): Key {
  return { resource, operation, integration, hasKey: integration.isSet("cacheKeyParameters") };
}

/** A MOCK integration answers everybody the same. */
function isShared({ integration, operation }: Key): boolean {
  if (knownValue(integration.word("type")) === "MOCK") return false;
  const parameters = integration.list("cacheKeyParameters");
  if (parameters.kind === "unknown") return false;
  const keys = knownElements(parameters).map((parameter) => sourceOf(parameter, integration));
  const isPartlyUnknown = (knownValue(parameters) ?? []).some(({ kind }) => kind === "unknown");
  if (
    isPartlyUnknown ||
    keys.includes(undefined) ||
    keys.some((key) => key !== undefined && isCallersOwn(key))
  ) {
    return false;
  }
  const credentials = keys.flatMap((key) => (key === undefined ? [] : (credentialIn(key) ?? [])));
  // What the function reads may be any of them.
  if (operation.isLikely && credentials.length > 0) return false;
  const isInKey = (credential: Credential) =>
    credentials.some((key) => isSame(key, credential)) ? "yes" : "no";
  return tellsApart(operation.proof, isInKey) === "no";
}

/** A key may name a parameter of the integration, which is mapped from something else. Undefined where that isn't known. */
function sourceOf(parameter: string, integration: View<IntegrationSettings>): string | undefined {
  if (!/^integration\.request\./i.test(parameter)) return parameter;
  const mapped = integration.record("requestParameters");
  if (mapped.kind !== "known") return mapped.kind === "unknown" ? undefined : parameter;
  const source = (mapped.value as View<Record<string, string>>).text(parameter);
  return source.kind === "known" ? source.value : source.kind === "unknown" ? undefined : parameter;
}

/** What API Gateway knows of the caller: the principal, a claim, an identity. */
function isCallersOwn(source: string): boolean {
  return /^\$?context\.authorizer\./i.test(source) || callersContext.test(source);
}
