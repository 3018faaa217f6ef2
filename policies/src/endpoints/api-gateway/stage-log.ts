import type { Stack } from "../../stack";
import { type LoggedApi, type Question, unanswered, variablesIn } from "./access-log";
import { apiOf } from "./api-of";
import { Api, protocolOf } from "./http-api";
import { proofsOf } from "./proofs";
import { type LoggedStage, StageV2 } from "./stage";

/** What the format of a stage's access log leaves open after an incident, by how the callers of its API prove who they are. */
export function questionsLeftBy(
  stack: Stack,
  stage: LoggedStage,
  format: string,
): { readonly kind: LoggedApi; readonly missing: readonly Question[] } {
  const api = apiOf(stack, stage);
  const kind = kindOf(stage, api && Api.is(api) ? protocolOf(api) : undefined, format);
  return { kind, missing: unanswered(format, kind, api && proofsOf(stack, api)) };
}

/** Where the API isn't in this stack, the format tells: only a WebSocket API has connections. */
function kindOf(stage: LoggedStage, protocol: string | undefined, format: string): LoggedApi {
  if (!StageV2.is(stage)) return "REST";
  if (protocol !== undefined) return protocol === "WEBSOCKET" ? "WEBSOCKET" : "HTTP";
  const ofConnections = ["connectionId", "connectedAt", "eventType", "messageId"];
  return variablesIn(format).some((one) => ofConnections.includes(one)) ? "WEBSOCKET" : "HTTP";
}
