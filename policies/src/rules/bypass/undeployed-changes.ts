import { type AnyApi, apiOf } from "../../endpoints/api-gateway/api-of";
import { Api, protocolOf, Route, routeKeyOf } from "../../endpoints/api-gateway/http-api";
import { HttpAuthorizer } from "../../endpoints/api-gateway/jwt-authorizer";
import { RestAuthorizer } from "../../endpoints/api-gateway/lambda-authorizer";
import { Method, RestApi, RestApiPut } from "../../endpoints/api-gateway/rest-api";
import { Deployment, DeploymentV2, Stage, StageV2 } from "../../endpoints/api-gateway/stage";
import { foundAt } from "../../endpoints/target";
import { RestApiPolicy } from "../../loopholes/rest-policy";
import { readJson } from "../../reading/text/json-text";
import {
  anyType,
  isRecord,
  isUnknown,
  known,
  knownValue,
  type PropertyOf,
  type Resource,
  type ResourceOf,
  type Seen,
  type Stack,
  unknown,
} from "../../stack";

/** The types whose inputs `undeployedChanges` reads. */
export const deploymentTypes = [
  Deployment,
  DeploymentV2,
  Stage,
  StageV2,
  RestApi,
  RestApiPut,
  RestApiPolicy,
  RestAuthorizer,
  Method,
  Api,
  HttpAuthorizer,
  Route,
] as const;

type AnyDeployment = ResourceOf<typeof Deployment> | ResourceOf<typeof DeploymentV2>;

/** Why a change of authorization doesn't reach the stage. */
export type UndeployedChange =
  /** No change in the program replaces the deployment, or only a version that somebody writes by hand. */
  | {
      readonly kind: "never-deployed-again";
      readonly deployment: AnyDeployment;
      readonly because: "no triggers" | "written by hand" | "ids";
      readonly api: AnyApi | undefined;
      readonly deciding: readonly Deciding[];
    }
  /** A change of these resources doesn't replace the deployment. */
  | {
      readonly kind: "missing-triggers";
      readonly deployment: AnyDeployment;
      /** Methods, routes and documents that are certainly not among the triggers. */
      readonly missing: readonly Deciding[];
      /** Authorizers and policies, and what a value in the triggers may be made of after all. */
      readonly mayBeMissing: readonly Deciding[];
    }
  /** The stage serves a deployment that this stack doesn't hold. */
  | { readonly kind: "pinned-stage"; readonly stage: Resource; readonly api: AnyApi };

/** What says who may call: the properties of a resource, and the variable in which code has it. */
export interface Deciding {
  readonly resource: Resource;
  readonly variable: Variable;
  readonly properties: readonly string[];
}

type Variable = "method" | "route" | "api" | "put" | "authorizer" | "policy";

/**
 * The changes of authorization that an update of the stack would not deploy. What callers reach is a snapshot: always for a
 * REST API, and for an HTTP API unless its stage deploys automatically. A new deployment is created when a property changes
 * that forces its replacement; an order among resources (`dependsOn`) replaces nothing.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/updating-api.html
 * @see https://www.pulumi.com/registry/packages/aws/api-docs/apigateway/deployment/
 */
export function undeployedChanges(stack: Stack): readonly UndeployedChange[] {
  const deployables = deployablesByApi(stack);
  const deployments: readonly AnyDeployment[] = [...stack.of(Deployment), ...stack.of(DeploymentV2)];
  return [
    ...deployments
      .filter((deployment) => isInUse(stack, deployment))
      .flatMap((deployment) => changesPast(stack, deployment, deployables)),
    ...pinnedStages(stack, deployables),
  ];
}

/** What says who may call an API, as a deployment takes it into its snapshot. */
interface Deployables {
  /** Methods, routes and documents. */
  readonly endpoints: readonly Deployable[];
  /** Authorizers and policies. */
  readonly authorizers: readonly Deployable[];
}

interface Deployable extends Deciding {
  /** The resources that its deciding properties were made of. */
  readonly madeOf: readonly Resource[];
}

function deployablesByApi(stack: Stack): ReadonlyMap<AnyApi, Deployables> {
  const endpoints = [
    ...stack
      .of(Method)
      .filter((method) => knownValue(method.word("httpMethod")) !== "OPTIONS")
      .map((method) =>
        deployable(stack, "method", method, ["authorization", "authorizerId", "authorizationScopes"]),
      ),
    ...stack
      .of(Route)
      .filter((route) => isAuthorized(stack, route))
      .map((route) =>
        deployable(stack, "route", route, ["authorizationType", "authorizerId", "authorizationScopes"]),
      ),
    ...[...stack.of(RestApi), ...stack.of(Api)]
      .filter((api) => api.isSet("body"))
      .map((api) => deployable(stack, "api", api, ["body"])),
    ...stack.of(RestApiPut).map((put) => deployable(stack, "put", put, ["body"])),
  ];
  const authorizers = [
    ...stack
      .of(RestAuthorizer)
      .map((authorizer) => deployable(stack, "authorizer", authorizer, ["authorizerUri", "providerArns"])),
    ...stack
      .of(HttpAuthorizer)
      .map((authorizer) =>
        deployable(stack, "authorizer", authorizer, ["authorizerUri", "jwtConfiguration"]),
      ),
    ...stack
      .of(RestApi)
      .filter((api) => api.isSet("policy") && !api.isSet("body"))
      .map((api) => deployable(stack, "api", api, ["policy"])),
  ];
  const byApi = new Map<AnyApi, { endpoints: Deployable[]; authorizers: Deployable[] }>();
  const add = (list: keyof Deployables, added: Deployable, api = apiOf(stack, added.resource)) => {
    if (!api) return;
    const ofApi = byApi.get(api) ?? { endpoints: [], authorizers: [] };
    byApi.set(api, ofApi);
    ofApi[list].push(added);
  };
  for (const endpoint of endpoints) add("endpoints", endpoint);
  for (const authorizer of authorizers) add("authorizers", authorizer);
  for (const policy of stack.of(RestApiPolicy)) {
    const api = foundAt(stack.target(policy, "restApiId", RestApi));
    if (api) add("authorizers", deployable(stack, "policy", policy, ["policy"]), api);
  }
  return byApi;
}

/** Preflights are always open, and `$connect` authorizes the messages of a WebSocket API. */
function isAuthorized(stack: Stack, route: ResourceOf<typeof Route>): boolean {
  const key = routeKeyOf(route);
  if (key.kind === "http") return key.method !== "OPTIONS";
  const api = apiOf(stack, route);
  const isWebSocket = api && Api.is(api) && protocolOf(api) === "WEBSOCKET";
  return key.kind !== "message" && !(key.kind === "default" && isWebSocket);
}

function deployable<Args>(
  stack: Stack,
  variable: Variable,
  resource: Resource<Args>,
  properties: readonly PropertyOf<Args>[],
): Deployable {
  return {
    resource,
    variable,
    properties,
    madeOf: properties.flatMap((property) => stack.madeOf(resource, property, anyType)),
  };
}

/**
 * Whether a stage serves the deployment, as far as this stack shows. A deployment that no stage names serves nobody if the
 * API's stages name others. With @pulumi/aws 6 a deployment creates its own stage.
 */
function isInUse(stack: Stack, deployment: AnyDeployment): boolean {
  if (Deployment.is(deployment) && deployment.isSet("stageName")) return true;
  const ids: readonly unknown[] = stack.idsOf(deployment);
  const isNamed = (id: Seen<unknown>) => ids.includes(knownValue(id));
  const stages = [
    ...stack.of(Stage).map((stage) => {
      const canary = knownValue(stage.record("canarySettings"));
      const madeOf: readonly Resource[] = [
        ...stack.madeOf(stage, "deployment", Deployment),
        ...stack.madeOf(stage, "canarySettings", Deployment),
      ];
      const serves =
        madeOf.includes(deployment) ||
        isNamed(stage.text("deployment")) ||
        (canary !== undefined && isNamed(canary.text("deploymentId")));
      return { stage, serves };
    }),
    ...stack.of(StageV2).map((stage) => {
      const madeOf: readonly Resource[] = stack.madeOf(stage, "deploymentId", DeploymentV2);
      return { stage, serves: madeOf.includes(deployment) || isNamed(stage.text("deploymentId")) };
    }),
  ];
  if (stages.some(({ serves }) => serves)) return true;
  const api = apiOf(stack, deployment);
  return !stages.some(({ stage }) => api !== undefined && apiOf(stack, stage) === api);
}

function changesPast(
  stack: Stack,
  deployment: AnyDeployment,
  deployables: ReadonlyMap<AnyApi, Deployables>,
): readonly UndeployedChange[] {
  const triggers = triggersOf(stack, deployment);
  if (triggers.alwaysNew) return [];
  const api = apiOf(stack, deployment);
  const ofApi = api && deployables.get(api);
  if (triggers.areIds || triggers.madeOf.length === 0) {
    if (triggers.mayHoldAnything) return [];
    const because = triggers.areIds ? "ids" : triggers.areSet ? "written by hand" : "no triggers";
    const deciding = [...(ofApi?.endpoints ?? []), ...(ofApi?.authorizers ?? [])];
    return [{ kind: "never-deployed-again", deployment, because, api: ofApi ? api : undefined, deciding }];
  }
  if (!ofApi) return [];
  const unnamed = (list: readonly Deployable[]) =>
    list.filter(({ resource }) => !triggers.madeOf.includes(resource));
  const isMadeOfTheSame = ({ madeOf }: Deployable) =>
    madeOf.length > 0 && madeOf.every((origin) => triggers.madeOf.includes(origin));
  const isDocument = ({ resource }: Deployable) =>
    RestApi.is(resource) || Api.is(resource) || RestApiPut.is(resource);
  // Programs often hash a document before they give it to the API: then both are made of the same.
  const endpoints = unnamed(ofApi.endpoints).filter(
    (endpoint) => !(isDocument(endpoint) && isMadeOfTheSame(endpoint)),
  );
  const missing = endpoints.filter((endpoint) => !isMadeOfTheSame(endpoint) && !triggers.mayHoldAnything);
  const mayBeMissing = [
    ...endpoints.filter((endpoint) => !missing.includes(endpoint)),
    ...unnamed(ofApi.authorizers).filter((authorizer) => !isMadeOfTheSame(authorizer)),
  ];
  return missing.length + mayBeMissing.length > 0
    ? [
        {
          kind: "missing-triggers",
          deployment,
          missing,
          mayBeMissing,
        },
      ]
    : [];
}

interface Triggers {
  readonly areSet: boolean;
  readonly madeOf: readonly Resource[];
  /** Whether they are ids and ARNs and nothing else. Known only once the resources exist. */
  readonly areIds: boolean;
  /** Whether a value can be made of something that the stack doesn't show. */
  readonly mayHoldAnything: boolean;
  /** Whether each update creates a new deployment. */
  readonly alwaysNew: boolean;
}

/** The properties that force a deployment's replacement when they change. A description doesn't. */
function triggersOf(stack: Stack, deployment: AnyDeployment): Triggers {
  const properties = DeploymentV2.is(deployment)
    ? [
        {
          values: valuesIn(deployment.value("triggers")),
          madeOf: stack.madeOf(deployment, "triggers", anyType),
        },
      ]
    : replacing.map((property) => ({
        values: valuesIn((deployment as ResourceOf<typeof Deployment>).value(property)),
        madeOf: stack.madeOf(deployment as ResourceOf<typeof Deployment>, property, anyType),
      }));
  const values = properties.flatMap((property) => property.values);
  const madeOf = [...new Set(properties.flatMap((property) => property.madeOf))];
  const texts = values.flatMap((value) => knownValue(value) ?? []);
  const ids = madeOf.flatMap((origin) => stack.idsOf(origin));
  const areIds = texts.length > 0 && texts.length === values.length && texts.every((text) => isOf(ids, text));
  return {
    areSet: properties[0]?.values.length !== 0,
    madeOf,
    areIds,
    // The protocol says of what resources a value was made, and not how. A function between them may read anything: the
    // program's own table, a file, the clock. So may whoever wrote a hash.
    mayHoldAnything: !areIds && (texts.length < values.length || texts.some(isHash)),
    alwaysNew: texts.some(isTimestamp) || hashInName.test(deployment.name),
  };
}

/** Whether a text is made of these ids, and of ARNs, and of nothing else: by itself, joined, or in JSON. */
function isOf(ids: readonly string[], text: string): boolean {
  const json = readJson(text);
  if (json?.kind === "read" && typeof json.value === "object") return areOf(ids, json.value);
  const arn = /\barn:aws[a-z-]*:[^\s"',;|]+/g;
  const rest = [...ids]
    .sort((one, other) => other.length - one.length)
    .reduce((left, id) => left.replaceAll(id, " "), text.replace(arn, " "));
  return rest !== text && !/[\p{L}\p{N}]/u.test(rest);
}

function areOf(ids: readonly string[], value: unknown): boolean {
  if (typeof value === "string") return isOf(ids, value);
  if (typeof value !== "object" || value === null) return false;
  const inner: readonly unknown[] = Object.values(value);
  return inner.length > 0 && inner.every((one) => areOf(ids, one));
}

/** The values of a map, or the value itself where it is none. */
function valuesIn(seen: Seen<unknown>): readonly Seen<string>[] {
  if (seen.kind !== "known") return seen.kind === "unknown" ? [unknown] : [];
  const raw = isRecord(seen.value) ? Object.values(seen.value) : [seen.value];
  return raw.map((value) => (isWritten(value) ? known(`${value}`) : unknown));
}

/** The provider takes numbers and booleans for the texts that they are, and YAML and Python don't object. */
function isWritten(value: unknown): value is string | number | boolean {
  return !isUnknown(value) && ["string", "number", "boolean"].includes(typeof value);
}

const replacing = ["triggers", "variables", "stageDescription"] as const;

/** Whether nobody writes such a text by hand: a digest, a commit, a UUID, a build's number, or the configuration itself. */
function isHash(text: string): boolean {
  return (
    /^(?=.*\d)(?=.*[a-f])[0-9a-f-]{7,}$/i.test(text) ||
    /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[A-Za-z0-9+/_-]{20,}={0,2}$/.test(text) ||
    /^\d{3,}$/.test(text) ||
    /^\s*[[{]/.test(text) ||
    text.length >= 100
  );
}

/** Whether a text is a time of day, or the milliseconds since 1970. */
function isTimestamp(text: string): boolean {
  return /\d:\d{2}:\d{2}/.test(text) || /^\D*\d{13}$/.test(text);
}

/** A deployment with a new name is a new deployment. */
const hashInName = /(?=[^-_.]*\d)(?=[^-_.]*[a-f])[0-9a-f]{7,}$/i;

function pinnedStages(
  stack: Stack,
  deployables: ReadonlyMap<AnyApi, Deployables>,
): readonly UndeployedChange[] {
  const pinned: readonly Resource[] = [
    ...stack.of(Stage).filter((stage) => stack.target(stage, "deployment", Deployment).kind === "elsewhere"),
    ...stack
      .of(StageV2)
      .filter((stage) => !knownValue(stage.flag("autoDeploy")))
      .filter((stage) => stack.target(stage, "deploymentId", DeploymentV2).kind === "elsewhere"),
  ];
  return pinned.flatMap((stage): UndeployedChange[] => {
    const api = apiOf(stack, stage);
    return api && deployables.has(api) ? [{ kind: "pinned-stage", stage, api }] : [];
  });
}
