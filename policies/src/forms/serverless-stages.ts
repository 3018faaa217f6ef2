import { own, type RawRecord, unknownValue } from "../stack";
import { chosen } from "./serverless-apis";
import type { TemplateResource } from "./template-resource";

const settingsOfRest = [
  "AccessLogSetting",
  "CacheClusterEnabled",
  "MethodSettings",
  "TracingEnabled",
] as const;
const settingsOfOthers = ["AccessLogSettings", "DefaultRouteSettings", "RouteSettings"] as const;

/** The settings of a serverless API that the transform writes into its stage, and what decides about a second stage. */
const stageSettings: readonly string[] = [...settingsOfRest, ...settingsOfOthers, "OpenApiVersion"];

/** The same settings where nobody knows them before the deployment. */
export const unknownStageSettings: RawRecord = Object.fromEntries(
  stageSettings.map((name) => [name, unknownValue]),
);

/** An API, and the logical ids to which its properties refer. */
type StagedApi = Pick<TemplateResource, "logicalId" | "references">;

/**
 * The stage of a serverless REST API. Unless the API names a version of OpenAPI, the transform lets the deployment create a
 * second stage, named `Stage`.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-api.html
 */
export function stageOfRestApi(api: StagedApi, settings: RawRecord): TemplateResource {
  return stageOf(api, "AWS::ApiGateway::Stage", "RestApiId", {
    ...chosen(settings, settingsOfRest),
    ...(own(settings, "OpenApiVersion") === undefined && { SecondStage: "Stage" }),
  });
}

/**
 * The stage of a serverless HTTP API or WebSocket API.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-httpapi.html
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-websocketapi.html
 */
export function stageOfOtherApi(api: StagedApi, settings: RawRecord): TemplateResource {
  return stageOf(api, "AWS::ApiGatewayV2::Stage", "ApiId", {
    AutoDeploy: true,
    ...chosen(settings, settingsOfOthers),
  });
}

function stageOf(
  { logicalId, references }: StagedApi,
  type: string,
  apiId: string,
  properties: RawRecord,
): TemplateResource {
  return {
    logicalId: `${logicalId}.Stage`,
    type,
    properties: { [apiId]: unknownValue, ...properties },
    written: {},
    references: { ...references, [apiId]: [logicalId] },
  };
}
