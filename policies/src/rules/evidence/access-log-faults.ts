import { isJson, logsApiKeys } from "../../endpoints/api-gateway/access-log";
import { accessLogOf, type LoggedStage, Stage } from "../../endpoints/api-gateway/stage";
import { questionsLeftBy } from "../../endpoints/api-gateway/stage-log";
import { knownValue, type Stack } from "../../stack";
import { enumeration } from "../wording";
import { formatFor } from "./access-log-code";

export interface Fault {
  readonly kind: "missing-fields" | "not-json" | "api-keys" | "second-stage";
  readonly sentence: string;
  readonly fix: string;
}

/** What the log of a stage doesn't say although it is there, and what it shouldn't say. */
export function accessLogFaults(stack: Stack, stage: LoggedStage): readonly Fault[] {
  const log = accessLogOf(stage);
  if (log.kind === "none") return [];
  const isRead = log.kind === "written" && log.format.kind !== "unknown";
  return [
    ...(isRead ? formatFaults(stack, stage, knownValue(log.format) ?? "") : []),
    ...(Stage.is(stage) && stage.isSet("secondStage") ? [secondStage(stage.name)] : []),
  ];
}

function formatFaults(stack: Stack, stage: LoggedStage, format: string): readonly Fault[] {
  const { name } = stage;
  const { kind, missing } = questionsLeftBy(stack, stage, format);
  const fix = `format: ${formatFor(kind, stage)}   // in accessLogSettings`;
  const asked = missing.map(({ asks, variable }) => `${asks} ($context.${variable})`);
  return [
    ...(missing.length > 0
      ? [
          {
            kind: "missing-fields" as const,
            sentence: `The access log of "${name}" doesn't say ${enumeration(asked)}.`,
            fix,
          },
        ]
      : []),
    ...(format !== "" && !isJson(format)
      ? [
          {
            kind: "not-json" as const,
            sentence: `The lines of the access log of "${name}" are no JSON objects, so nobody can query its fields by name.`,
            fix,
          },
        ]
      : []),
    ...(logsApiKeys(format)
      ? [
          {
            kind: "api-keys" as const,
            sentence: `The access log of "${name}" contains its callers' API keys ($context.identity.apiKey), which are secrets. $context.identity.apiKeyId names them.`,
            fix,
          },
        ]
      : []),
  ];
}

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-api.html */
function secondStage(name: string): Fault {
  return {
    kind: "second-stage",
    sentence: `Beside "${name}", the serverless transform creates a second stage, named Stage, that answers the same requests and writes no access log.`,
    fix: 'OpenApiVersion: "3.0.1"   # of the API, or in Globals: with it, the transform creates no second stage',
  };
}
