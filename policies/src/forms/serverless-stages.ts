import { type RawRecord, unknownValue } from "../stack";
import { chosen } from "./serverless-apis";
import type { TemplateResource } from "./template-resource";

const settingsOfRest = ["CacheClusterEnabled", "MethodSettings"] as const;
const settingsOfOthers = ["DefaultRouteSettings", "RouteSettings"] as const;

/** The same settings where nobody knows them before the deployment. */
export const unknownStageSettings: RawRecord = Object.fromEntries(
  [...settingsOfRest, ...settingsOfOthers].map((name) => [name, unknownValue]),
);

/** An API, and the logical ids to which its properties refer. */
type StagedApi = Pick<TemplateResource, "logicalId" | "references">;

/**
 * The stage of a serverless REST API.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-api.html
 */
export function stageOfRestApi(api: StagedApi, settings: RawRecord): TemplateResource {
  return stageOf(api, "AWS::ApiGateway::Stage", "RestApiId", chosen(settings, settingsOfRest));
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
