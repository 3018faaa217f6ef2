import type { DeploymentArgs, MethodSettingsArgs, StageArgs } from "@pulumi/aws/apigateway";
import type { DeploymentArgs as DeploymentV2Args, StageArgs as StageV2Args } from "@pulumi/aws/apigatewayv2";
import { resourceType } from "../../stack";

/** In CloudFormation, the settings of its methods are a property of the stage. */
export const Stage = resourceType<StageArgs & { methodSettings?: MethodSetting[] }>(
  "aws:apigateway/stage:Stage",
  {
    restApi: "reference",
    deployment: "reference",
    clientCertificateId: "reference",
    stageName: "reference",
    cacheClusterEnabled: "reference",
    methodSettings: "reference",
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
  cacheClusterEnabled?: boolean;
  methodSettings?: MethodSetting[];
}
/** Of an HTTP or a WebSocket API. */
export const StageV2 = resourceType<StageV2Args>("aws:apigatewayv2/stage:Stage", {
  apiId: "reference",
  deploymentId: "reference",
  autoDeploy: "reference",
  defaultRouteSettings: "reference",
  routeSettings: "reference",
});
export const DeploymentV2 = resourceType<DeploymentV2Args>("aws:apigatewayv2/deployment:Deployment", {
  apiId: "reference",
  triggers: "reference",
});
