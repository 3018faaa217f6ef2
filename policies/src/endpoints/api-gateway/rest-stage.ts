import {
  known,
  knownValue,
  type Resource,
  type ResourceOf,
  type Seen,
  type Stack,
  unknown,
  unknownView,
  type View,
} from "../../stack";
import { apiOf, whichApi } from "./api-of";
import { RestApi } from "./rest-api";
import { Deployment, descriptionOf, type MethodSetting, MethodSettings, Stage } from "./stage";

/** A stage of a REST API, by the resource that creates it, with the settings of its methods. */
export interface RestStage {
  /** The stage, or the deployment that creates one. Undefined for settings of a stage that this stack doesn't hold. */
  readonly resource: ResourceOf<typeof Stage> | ResourceOf<typeof Deployment> | undefined;
  /** Undefined where this stack doesn't hold it. */
  readonly api: ResourceOf<typeof RestApi> | undefined;
  /** Which API that is, also where this stack doesn't hold it. Undefined if nothing shows it. */
  readonly whichApi: string | undefined;
  /** Whether it has a cache. Without one, the settings of its methods cache nothing. */
  readonly hasCache: "yes" | "no" | "unknown";
  readonly settings: readonly MethodSettingsOf[];
}

/** What a stage sets for one method, or for all of them. */
export interface MethodSettingsOf {
  /** Where it is written: a resource of its own, or the stage. */
  readonly resource: Resource;
  readonly isForAll: boolean;
  /** `GET /customers/{id}`. Undefined where it isn't known, or where they are for all methods. */
  readonly route: string | undefined;
  readonly values: View<MethodSetting>;
}

/**
 * Every stage of the stack's REST APIs, and the settings of stages that the stack doesn't hold.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-stages.html
 */
export function restStages(stack: Stack): readonly RestStage[] {
  const stages = [
    ...stack.of(Stage).map((stage) => ({ stage, own: settingsInStage(stage), hasCache: flagOf(stage) })),
    ...stack
      .of(Deployment)
      .filter((deployment) => deployment.isSet("stageName"))
      .map((deployment) => ({ stage: deployment, ...settingsInDeployment(deployment) })),
  ];
  const separate = stack.of(MethodSettings).map((settings) => ({ settings, of: settingsOf(settings) }));
  const placed = new Set<Resource>();
  const made = stages.map(({ stage, own, hasCache }): RestStage => {
    const ofStage = separate.filter(({ settings }) => mayBeOf(stack, settings, stage));
    for (const { settings } of ofStage) placed.add(settings);
    return {
      resource: stage,
      api: restApiOf(stack, stage),
      whichApi: whichApi(stack, stage),
      hasCache,
      settings: [...own, ...ofStage.map(({ of }) => of)],
    };
  });
  const elsewhere = separate
    .filter(({ settings }) => !placed.has(settings))
    .map(
      ({ settings, of }): RestStage => ({
        resource: undefined,
        api: restApiOf(stack, settings),
        whichApi: whichApi(stack, settings),
        hasCache: "unknown",
        settings: [of],
      }),
    );
  return [...made, ...elsewhere];
}

/** Whether settings are those of a stage, by the stage's name and its API, as far as this stack shows. */
function mayBeOf(
  stack: Stack,
  settings: ResourceOf<typeof MethodSettings>,
  stage: NonNullable<RestStage["resource"]>,
): boolean {
  if (apiOf(stack, settings) !== apiOf(stack, stage)) return false;
  const ids = [settings, stage as Resource<{ restApi: string }>].map((one) =>
    knownValue(one.text("restApi")),
  );
  if (new Set(ids.filter((id) => id !== undefined)).size > 1) return false;
  const made: readonly Resource[] = [
    ...stack.madeOf(settings, "stageName", Stage),
    ...stack.madeOf(settings, "stageName", Deployment),
  ];
  if (made.length > 0) return made.includes(stage);
  const named = knownValue(settings.text("stageName"));
  const name = knownValue((stage as Resource<{ stageName: string }>).text("stageName"));
  return named === undefined || name === undefined || named === name;
}

function restApiOf(stack: Stack, resource: Resource): ResourceOf<typeof RestApi> | undefined {
  const api = apiOf(stack, resource);
  return api && RestApi.is(api) ? api : undefined;
}

function flagOf(view: View<{ cacheClusterEnabled?: boolean }>): RestStage["hasCache"] {
  const enabled = view.flag("cacheClusterEnabled");
  if (enabled.kind === "unknown") return "unknown";
  return knownValue(enabled) === true ? "yes" : "no";
}

function settingsOf(settings: ResourceOf<typeof MethodSettings>): MethodSettingsOf {
  const path = settings.text("methodPath");
  const [, resourcePath = "", method = ""] = /^(.*)\/([^/]+)$/.exec(knownValue(path) ?? "") ?? [];
  const values = settings.record("settings");
  return {
    resource: settings,
    ...placeOf(known(method), path.kind === "known" ? known(resourcePath) : unknown),
    values: (values.kind === "known" ? values.value : unknownView()) as View<MethodSetting>,
  };
}

function settingsInStage(stage: ResourceOf<typeof Stage>): readonly MethodSettingsOf[] {
  return settingsInList(stage, stage.records("methodSettings"));
}

function settingsInDeployment(
  deployment: ResourceOf<typeof Deployment>,
): Pick<RestStage, "hasCache"> & { readonly own: readonly MethodSettingsOf[] } {
  const description = descriptionOf(deployment);
  if (description.kind !== "known") return { hasCache: "unknown", own: [] };
  return {
    hasCache: flagOf(description.value),
    own: [
      {
        resource: deployment,
        isForAll: true,
        route: undefined,
        values: description.value as View<MethodSetting>,
      },
      ...settingsInList(deployment, description.value.records("methodSettings")),
    ],
  };
}

/** A list that isn't known may set anything for all methods. */
function settingsInList(
  resource: Resource,
  list: Seen<readonly Seen<View<MethodSetting>>[]>,
): readonly MethodSettingsOf[] {
  if (list.kind === "unknown") return [{ resource, isForAll: true, route: undefined, values: unknownView() }];
  return (knownValue(list) ?? []).flatMap((entry): readonly MethodSettingsOf[] => {
    if (entry.kind !== "known")
      return [{ resource, isForAll: true, route: undefined, values: unknownView() }];
    const { value } = entry;
    return [{ resource, ...placeOf(value.word("httpMethod"), value.text("resourcePath")), values: value }];
  });
}

/** Settings are for all methods where the method and the path are stars. What isn't known may be both. */
function placeOf(method: Seen<string>, path: Seen<string>): Pick<MethodSettingsOf, "isForAll" | "route"> {
  if (method.kind === "unknown" || path.kind === "unknown") return { isForAll: true, route: undefined };
  const [httpMethod, plain] = [knownValue(method) ?? "", (knownValue(path) ?? "").replaceAll("~1", "/")];
  if (httpMethod === "*" && /^\/?\*$/.test(plain)) return { isForAll: true, route: undefined };
  return { isForAll: false, route: `${httpMethod.toUpperCase()} /${plain.replace(/^\/+/, "")}` };
}
