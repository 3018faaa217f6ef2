import { deployment, stage, stageV2 } from "../stage-resources";
import type { UnknownRow } from "../unknown-row";

const traced = { loggingLevel: "INFO", dataTraceEnabled: true };

export const rows: readonly UnknownRow[] = [
  {
    situation: "the settings of all methods",
    resources: [
      {
        type: "aws:apigateway/methodSettings:MethodSettings",
        name: "subject",
        properties: { methodPath: "*/*", settings: traced },
      },
    ],
    on: "subject",
  },
  {
    situation: "routes of a WebSocket API",
    resources: [
      stageV2("subject", { defaultRouteSettings: traced, routeSettings: [{ routeKey: "a", ...traced }] }),
    ],
    on: "subject",
  },
  {
    situation: "methods of a stage",
    resources: [stage("subject", { methodSettings: [traced] })],
    on: "subject",
  },
  {
    situation: "a deployment's stage",
    resources: [deployment("subject", { stageDescription: traced })],
    on: "subject",
  },
];
