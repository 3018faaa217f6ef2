import type { DeploymentArgs, StageArgs } from "@pulumi/aws/apigateway";
import type { DeploymentArgs as DeploymentV2Args, StageArgs as StageV2Args } from "@pulumi/aws/apigatewayv2";
import { resourceType } from "../../stack";

export const Stage = resourceType<StageArgs>("aws:apigateway/stage:Stage", {
  restApi: "reference",
  deployment: "reference",
  clientCertificateId: "reference",
});
/** In @pulumi/aws 6, a deployment creates the stage that it names. A new `stageDescription` creates a new deployment. */
export const Deployment = resourceType<DeploymentArgs & { stageName?: string; stageDescription?: string }>(
  "aws:apigateway/deployment:Deployment",
  {
    restApi: "reference",
    triggers: "reference",
    variables: "reference",
    stageName: "reference",
    stageDescription: "reference",
  },
);
/** Of an HTTP or a WebSocket API. */
export const StageV2 = resourceType<StageV2Args>("aws:apigatewayv2/stage:Stage", {
  apiId: "reference",
  deploymentId: "reference",
  autoDeploy: "reference",
});
export const DeploymentV2 = resourceType<DeploymentV2Args>("aws:apigatewayv2/deployment:Deployment", {
  apiId: "reference",
  triggers: "reference",
});
