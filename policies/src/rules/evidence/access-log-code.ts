import { formatToPaste, type LoggedApi } from "../../endpoints/api-gateway/access-log";
import { Api, protocolOf } from "../../endpoints/api-gateway/http-api";
import { type LoggedStage, StageV2 } from "../../endpoints/api-gateway/stage";
import type { Resource } from "../../stack";
import type { Context, WayOut } from "../rule";
import { inRestStage } from "./stage-code";

/** What the code refers to. */
export const aboutTheGroup = "logGroup is an aws.cloudwatch.LogGroup";

/** The log of a stage, as the program or the template that the stage is in writes it. */
export function accessLogSettings(kind: LoggedApi, stage?: Resource): string {
  return `accessLogSettings: ${settings(kind, stage)}`;
}

/** A format that answers every question, as it is written where the stage is. */
export function formatFor(kind: LoggedApi, stage?: Resource): string {
  return formatToPaste(kind, stage?.template ? "template" : "program");
}

function settings(kind: LoggedApi, stage?: Resource): string {
  return `{ destinationArn: logGroup.arn, format: ${formatFor(kind, stage)} }`;
}

/** How to give a stage a log, or the stage that a deployment creates. */
export function firstLog(
  stage: LoggedStage,
  context: Context,
): { readonly fix: string; readonly waysOut?: readonly WayOut[] } {
  if (StageV2.is(stage)) return firstLogOfV2(stage, context);
  const code = inRestStage(stage, {
    ofStage: accessLogSettings("REST", stage),
    ofDescription: `accessLogSetting: ${settings("REST", stage)}`,
  });
  return { fix: `${code}${code.includes("   // ") ? "; " : "   // "}${aboutTheGroup}` };
}

/** A stage by itself doesn't know whether its API is a WebSocket API. The APIs that were registered before it tell. */
function firstLogOfV2(stage: Resource, context: Context): ReturnType<typeof firstLog> {
  const protocols = new Set(context.registeredBefore(stage, Api).map(protocolOf));
  const isWebSocket = protocols.size === 1 && protocols.has("WEBSOCKET");
  const ofWebSocket: WayOut = {
    when: "if its API is a WebSocket API",
    write: accessLogSettings("WEBSOCKET", stage),
  };
  return {
    fix: `${accessLogSettings(isWebSocket ? "WEBSOCKET" : "HTTP", stage)}   // ${aboutTheGroup}`,
    ...(protocols.has("WEBSOCKET") && !isWebSocket && { waysOut: [ofWebSocket] }),
  };
}

/** The stage of an API that no quick create created. */
export const ownStage = `new aws.apigatewayv2.Stage("...", { apiId: api.id, name: "$default", autoDeploy: true, ${accessLogSettings("HTTP")} })   // with an Integration and a Route, in place of target; ${aboutTheGroup}`;
