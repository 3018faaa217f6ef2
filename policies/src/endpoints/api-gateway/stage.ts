import type { DeploymentArgs, MethodSettingsArgs, StageArgs } from "@pulumi/aws/apigateway";
import type { DeploymentArgs as DeploymentV2Args, StageArgs as StageV2Args } from "@pulumi/aws/apigatewayv2";
import {
  absent,
  knownValue,
  type Resource,
  type ResourceOf,
  resourceType,
  type Seen,
  type Stack,
  type View,
} from "../../stack";

/**
 * In CloudFormation, the settings of methods are a property of their stage. The serverless transform creates a second stage beside
 * that of an API, from the same deployment: `secondStage`.
 */
export const Stage = resourceType<StageArgs & { methodSettings?: MethodSetting[]; secondStage?: string }>(
  "aws:apigateway/stage:Stage",
  {
    restApi: "reference",
    deployment: "reference",
    canarySettings: "reference",
    clientCertificateId: "reference",
    stageName: "reference",
    accessLogSettings: "reference",
    cacheClusterEnabled: "reference",
    methodSettings: "reference",
    xrayTracingEnabled: "deciding word",
    secondStage: "reference",
  },
);
/** The settings of a method, or of all methods of a stage. */
export const MethodSettings = resourceType<MethodSettingsArgs>(
  "aws:apigateway/methodSettings:MethodSettings",
  { restApi: "reference", stageName: "reference", methodPath: "reference", settings: "reference" },
);
/** The same within a stage of CloudFormation. */
export interface MethodSetting {
  httpMethod?: string;
  /** With a slash before it, and with `~1` in place of the others. */
  resourcePath?: string;
  throttlingRateLimit?: number;
  throttlingBurstLimit?: number;
  cachingEnabled?: boolean;
  cacheTtlInSeconds?: number;
  cacheDataEncrypted?: boolean;
  requireAuthorizationForCacheControl?: boolean;
}
/**
 * In @pulumi/aws 6, a deployment creates the stage that it names. A new `stageDescription`, a text, creates a new deployment. In
 * CloudFormation, the stage's settings are the `stageDescription`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-apigateway-deployment-stagedescription.html
 */
export const Deployment = resourceType<
  DeploymentArgs & { stageName?: string; stageDescription?: string | StageDescription }
>("aws:apigateway/deployment:Deployment", {
  restApi: "reference",
  triggers: "reference",
  variables: "reference",
  stageName: "reference",
  stageDescription: "reference",
});
/** Its own settings are those of all methods. */
export interface StageDescription extends Omit<MethodSetting, "httpMethod" | "resourcePath"> {
  accessLogSetting?: AccessLogSettings;
  tracingEnabled?: boolean;
  cacheClusterEnabled?: boolean;
  methodSettings?: MethodSetting[];
}
/** Of an HTTP or a WebSocket API. */
export const StageV2 = resourceType<StageV2Args>("aws:apigatewayv2/stage:Stage", {
  apiId: "reference",
  deploymentId: "reference",
  autoDeploy: "reference",
  accessLogSettings: "reference",
  defaultRouteSettings: "reference",
  routeSettings: "reference",
});
export const DeploymentV2 = resourceType<DeploymentV2Args>("aws:apigatewayv2/deployment:Deployment", {
  apiId: "reference",
  triggers: "reference",
});

/** A stage, or the deployment that creates one. */
export type LoggedStage =
  | ResourceOf<typeof Stage>
  | ResourceOf<typeof StageV2>
  | ResourceOf<typeof Deployment>;

/** The stages of all APIs, and the deployments that create stages. */
export function loggedStages(stack: Stack): readonly LoggedStage[] {
  return [
    ...stack.of(Stage),
    ...stack.of(StageV2),
    ...stack.of(Deployment).filter((deployment) => deployment.isSet("stageName")),
  ];
}

/** What a stage's settings say about its access log. */
export type AccessLog =
  | { readonly kind: "none" }
  /** Not known before the deployment. */
  | { readonly kind: "unknown" }
  | { readonly kind: "written"; readonly destination: Seen<string>; readonly format: Seen<string> };

/** The access log of a stage, or of the stage that a deployment creates. */
export function accessLogOf(stage: LoggedStage): AccessLog {
  const settings = settingsOf(stage);
  if (settings.kind === "unknown") return { kind: "unknown" };
  if (settings.kind === "absent" || !settings.value.isSet("destinationArn")) return { kind: "none" };
  const { value } = settings;
  return { kind: "written", destination: value.text("destinationArn"), format: value.text("format") };
}

/** Whether X-Ray traces the requests of a stage of a REST API, or of the stage that a deployment creates. Absent is no. */
export function isTraced(stage: ResourceOf<typeof Stage> | ResourceOf<typeof Deployment>): Seen<boolean> {
  if (Stage.is(stage)) return stage.flag("xrayTracingEnabled");
  const description = descriptionOf(stage as ResourceOf<typeof Deployment>);
  return description.kind === "known" ? description.value.flag("tracingEnabled") : description;
}

export interface AccessLogSettings {
  destinationArn?: string;
  format?: string;
}

/** An empty list is none: a program may write one in place of a block. */
function settingsOf(stage: LoggedStage): Seen<View<AccessLogSettings>> {
  if (!Deployment.is(stage)) {
    const settings = stage as Resource<{ accessLogSettings?: AccessLogSettings }>;
    return settings.isSet("accessLogSettings") ? settings.record("accessLogSettings") : absent;
  }
  const description = descriptionOf(stage);
  if (description.kind !== "known") return description;
  return description.value.isSet("accessLogSetting") ? description.value.record("accessLogSetting") : absent;
}

/** The settings of the stage that a deployment creates. In @pulumi/aws 6, the description is a text without settings. */
export function descriptionOf(deployment: ResourceOf<typeof Deployment>): Seen<View<StageDescription>> {
  return typeof knownValue(deployment.value("stageDescription")) === "string"
    ? absent
    : (deployment as Resource<{ stageDescription?: StageDescription }>).record("stageDescription");
}
