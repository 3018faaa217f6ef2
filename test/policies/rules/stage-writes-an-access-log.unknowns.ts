import { deployment, stage, stageV2, writing } from "../stage-resources";
import type { UnknownRow } from "../unknown-row";

export const rows: readonly UnknownRow[] = [
  {
    situation: "settings without a destination",
    resources: [stage("subject", { accessLogSettings: { format: "$context.requestId" } })],
    on: "subject",
  },
  {
    situation: "settings of an HTTP API's stage without a destination",
    resources: [stageV2("subject", { accessLogSettings: {} })],
    on: "subject",
  },
  {
    situation: "a deployment that creates a stage",
    resources: [deployment("subject", { stageName: "live", stageDescription: "second" })],
    on: "subject",
    endsWithout: ["stageName"],
  },
  {
    situation: "a log that says too little",
    resources: [stageV2("subject", writing("$context.requestId"))],
    on: "subject",
    reported: "advisory",
  },
];
