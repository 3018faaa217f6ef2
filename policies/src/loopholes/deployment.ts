import { type AnyApi, apiOf } from "../endpoints/api-gateway/api-of";
import { Api, protocolOf, Route, routeKeyOf } from "../endpoints/api-gateway/http-api";
import { HttpAuthorizer } from "../endpoints/api-gateway/jwt-authorizer";
import { RestAuthorizer } from "../endpoints/api-gateway/lambda-authorizer";
import { Method, RestApi, RestApiPut } from "../endpoints/api-gateway/rest-api";
import { Deployment, DeploymentV2, Stage, StageV2 } from "../endpoints/api-gateway/stage";
import {
  isRecord,
  isUnknown,
  known,
  knownValue,
  type PropertyOf,
  type Resource,
  type ResourceOf,
  type ResourceType,
  type Seen,
  type Stack,
  unknown,
} from "../stack";
import { RestApiPolicy } from "./rest-policy";

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
  /** Nothing in the program makes the deployment anew, or only a word that somebody has to write. */
  | {
      readonly kind: "never deployed again";
      readonly deployment: AnyDeployment;
      readonly because: "no triggers" | "written by hand";
      readonly api: AnyApi | undefined;
    }
  /** The deployment is made anew, but not for these. */
  | {
      readonly kind: "not among the triggers";
      readonly deployment: AnyDeployment;
      /** What says who may call. */
      readonly doors: readonly Resource[];
      /** What says how a caller is asked; and doors that a hash of the triggers may hold all the same. */
      readonly others: readonly Resource[];
    }
  /** The stage stays at a deployment that this stack doesn't hold. */
  | { readonly kind: "pinned stage"; readonly stage: Resource; readonly api: AnyApi };

/**
 * The changes of authorization that an update of the stack would not deploy. What is deployed is a snapshot: a REST API
 * always, an HTTP API unless its stage deploys by itself. A new deployment is made where a property changes that
 * replaces it; an order among resources (`dependsOn`) replaces nothing.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/updating-api.html
 * @see https://www.pulumi.com/registry/packages/aws/api-docs/apigateway/deployment/
 */
export function undeployedChanges(stack: Stack): readonly UndeployedChange[] {
  const parts = partsByApi(stack);
  const deployments: readonly AnyDeployment[] = [...stack.of(Deployment), ...stack.of(DeploymentV2)];
  return [
    ...deployments
      .filter((deployment) => isInUse(stack, deployment))
      .flatMap((deployment) => changesPast(stack, deployment, parts)),
    ...pinnedStages(stack, parts),
  ];
}

/** What of an API says who may call it. */
interface Parts {
  /** Methods, routes and documents. */
  readonly doors: readonly Part[];
  /** Authorizers and policies. */
  readonly locks: readonly Part[];
}

interface Part {
  readonly resource: Resource;
  /** What the resource's deciding properties were made of. */
  readonly madeOf: readonly Resource[];
}

function partsByApi(stack: Stack): ReadonlyMap<AnyApi, Parts> {
  const doors = [
    ...stack
      .of(Method)
      .filter((method) => knownValue(method.word("httpMethod")) !== "OPTIONS")
      .map((method) => part(stack, method, ["authorization", "authorizerId", "authorizationScopes"])),
    ...stack
      .of(Route)
      .filter((route) => isDoor(stack, route))
      .map((route) => part(stack, route, ["authorizationType", "authorizerId", "authorizationScopes"])),
    ...[...stack.of(RestApi), ...stack.of(Api)]
      .filter((api) => api.isSet("body"))
      .map((api) => part(stack, api, ["body"])),
    ...stack.of(RestApiPut).map((put) => part(stack, put, ["body"])),
  ];
  const locks = [
    ...stack
      .of(RestAuthorizer)
      .map((authorizer) => part(stack, authorizer, ["authorizerUri", "providerArns"])),
    ...stack
      .of(HttpAuthorizer)
      .map((authorizer) => part(stack, authorizer, ["authorizerUri", "jwtConfiguration"])),
    ...stack
      .of(RestApi)
      .filter((api) => api.isSet("policy") && !api.isSet("body"))
      .map((api) => part(stack, api, ["policy"])),
  ];
  const byApi = new Map<AnyApi, { doors: Part[]; locks: Part[] }>();
  const add = (kind: keyof Parts, found: Part, api = apiOf(stack, found.resource)) => {
    if (!api) return;
    const own = byApi.get(api) ?? { doors: [], locks: [] };
    byApi.set(api, own);
    own[kind].push(found);
  };
  for (const door of doors) add("doors", door);
  for (const lock of locks) add("locks", lock);
  for (const policy of stack.of(RestApiPolicy)) {
    const api = stack.target(policy, "restApiId", RestApi);
    if (api.kind === "found") add("locks", part(stack, policy, ["policy"]), api.resource);
  }
  return byApi;
}

/** A preflight is open by its nature, and the messages of a WebSocket API stand behind its `$connect`. */
function isDoor(stack: Stack, route: ResourceOf<typeof Route>): boolean {
  const key = routeKeyOf(route);
  if (key.kind === "http") return key.method !== "OPTIONS";
  const api = apiOf(stack, route);
  const isWebSocket = api && Api.is(api) && protocolOf(api) === "WEBSOCKET";
  return key.kind !== "message" && !(key.kind === "default" && isWebSocket);
}

function part<Args>(stack: Stack, resource: Resource<Args>, properties: readonly PropertyOf<Args>[]): Part {
  return { resource, madeOf: properties.flatMap((property) => stack.madeOf(resource, property, anything)) };
}

const anything: ResourceType = {
  token: "*",
  reads: {},
  is: (resource): resource is Resource => resource !== undefined,
};

/**
 * Whether a stage serves the deployment, as far as this stack shows: one that no stage names, beside others that some
 * do, serves nobody. With @pulumi/aws 6 it makes its own stage.
 */
function isInUse(stack: Stack, deployment: AnyDeployment): boolean {
  if (Deployment.is(deployment) && deployment.isSet("stageName")) return true;
  const stages = [
    ...stack.of(Stage).map((stage) => ({
      stage,
      serves: [
        ...stack.madeOf(stage, "deployment", Deployment),
        ...stack.madeOf(stage, "canarySettings", Deployment),
      ] as readonly Resource[],
    })),
    ...stack.of(StageV2).map((stage) => ({
      stage,
      serves: stack.madeOf(stage, "deploymentId", DeploymentV2) as readonly Resource[],
    })),
  ];
  if (stages.some(({ serves }) => serves.includes(deployment))) return true;
  const api = apiOf(stack, deployment);
  return !stages.some(({ stage }) => api !== undefined && apiOf(stack, stage) === api);
}

function changesPast(
  stack: Stack,
  deployment: AnyDeployment,
  partsOf: ReadonlyMap<AnyApi, Parts>,
): readonly UndeployedChange[] {
  const triggers = triggersOf(stack, deployment);
  if (triggers.alwaysNew) return [];
  const api = apiOf(stack, deployment);
  if (triggers.madeOf.length === 0) {
    if (triggers.mayHoldAnything) return [];
    const because = triggers.areSet ? "written by hand" : "no triggers";
    return [
      { kind: "never deployed again", deployment, because, api: api && partsOf.has(api) ? api : undefined },
    ];
  }
  const parts = api && partsOf.get(api);
  if (!parts) return [];
  const missing = (list: readonly Part[]) =>
    list.filter(({ resource }) => !triggers.madeOf.includes(resource));
  // A document is often hashed before it is given to the API: then both are made of the same.
  const isOfTheSame = ({ madeOf }: Part) =>
    madeOf.length > 0 && madeOf.every((origin) => triggers.madeOf.includes(origin));
  const isDocument = ({ resource }: Part) =>
    RestApi.is(resource) || Api.is(resource) || RestApiPut.is(resource);
  const doors = missing(parts.doors).filter((door) => !(isDocument(door) && isOfTheSame(door)));
  const unlisted = doors.filter((door) => !isOfTheSame(door) && !triggers.mayHoldAnything);
  const others = [
    ...doors.filter((door) => !unlisted.includes(door)),
    ...missing(parts.locks).filter((lock) => !isOfTheSame(lock)),
  ];
  const resourcesOf = (list: readonly Part[]) => [...new Set(list.map(({ resource }) => resource))];
  return unlisted.length + others.length > 0
    ? [
        {
          kind: "not among the triggers",
          deployment,
          doors: resourcesOf(unlisted),
          others: resourcesOf(others),
        },
      ]
    : [];
}

interface Triggers {
  readonly areSet: boolean;
  readonly madeOf: readonly Resource[];
  /** A value that can be a hash of what the program holds in itself, of which nothing shows what that is. */
  readonly mayHoldAnything: boolean;
  /** Each update makes a new one. */
  readonly alwaysNew: boolean;
}

/** What makes a deployment anew: whatever property of it forces its replacement. A description doesn't. */
function triggersOf(stack: Stack, deployment: AnyDeployment): Triggers {
  const properties = DeploymentV2.is(deployment)
    ? [
        {
          values: valuesIn(deployment.value("triggers")),
          madeOf: stack.madeOf(deployment, "triggers", anything),
        },
      ]
    : replacing.map((property) => ({
        values: valuesIn((deployment as ResourceOf<typeof Deployment>).value(property)),
        madeOf: stack.madeOf(deployment as ResourceOf<typeof Deployment>, property, anything),
      }));
  const values = properties.flatMap((property) => property.values);
  const madeOf = [...new Set(properties.flatMap((property) => property.madeOf))];
  const texts = values.flatMap((value) => knownValue(value) ?? []);
  const isUnexplained = madeOf.length === 0 && texts.length < values.length;
  // Beside a value that was made of resources, one that is a hash may be of anything else.
  const isBesideOthers = madeOf.length === 0 || values.length > 1;
  return {
    areSet: properties[0]?.values.length !== 0,
    madeOf,
    mayHoldAnything: isUnexplained || (isBesideOthers && texts.some(isHash)),
    alwaysNew: texts.some(isTimestamp) || hashInName.test(deployment.name),
  };
}

/** The values of a map, or the one that it is. */
function valuesIn(seen: Seen<unknown>): readonly Seen<string>[] {
  if (seen.kind !== "known") return seen.kind === "unknown" ? [unknown] : [];
  const raw = isRecord(seen.value) ? Object.values(seen.value) : [seen.value];
  return raw.map((value) => (typeof value === "string" && !isUnknown(value) ? known(value) : unknown));
}

const replacing = ["triggers", "variables", "stageDescription"] as const;

/** A text that nobody writes by hand: a digest, a commit, a UUID, a build's number, or the configuration itself. */
function isHash(text: string): boolean {
  return (
    /^(?=.*\d)(?=.*[a-f])[0-9a-f-]{7,}$/i.test(text) ||
    /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[A-Za-z0-9+/_-]{20,}={0,2}$/.test(text) ||
    /^\d{3,}$/.test(text) ||
    /^\s*[[{]/.test(text) ||
    text.length >= 100
  );
}

/** A time of day, or the milliseconds since 1970. */
function isTimestamp(text: string): boolean {
  return /\d{2}:\d{2}:\d{2}/.test(text) || /^\d{13}$/.test(text);
}

/** A new name is a new deployment. */
const hashInName = /(?=[^-_.]*\d)(?=[^-_.]*[a-f])[0-9a-f]{7,}$/i;

function pinnedStages(stack: Stack, partsOf: ReadonlyMap<AnyApi, Parts>): readonly UndeployedChange[] {
  const pinned: readonly Resource[] = [
    ...stack
      .of(Stage)
      .filter(
        (stage) => stage.isSet("deployment") && stack.madeOf(stage, "deployment", Deployment).length === 0,
      )
      .filter((stage) => stack.target(stage, "deployment", Deployment).kind === "elsewhere"),
    ...stack
      .of(StageV2)
      .filter((stage) => stage.isSet("deploymentId") && !knownValue(stage.flag("autoDeploy")))
      .filter((stage) => stack.target(stage, "deploymentId", DeploymentV2).kind === "elsewhere"),
  ];
  return pinned.flatMap((stage): UndeployedChange[] => {
    const api = apiOf(stack, stage);
    return api && partsOf.has(api) ? [{ kind: "pinned stage", stage, api }] : [];
  });
}
