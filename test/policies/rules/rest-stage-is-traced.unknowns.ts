import { deployment, stage } from "../stage-resources";
import type { UnknownRow } from "../unknown-row";

export const rows: readonly UnknownRow[] = [
  {
    situation: "a stage that isn't traced",
    resources: [stage("subject", { xrayTracingEnabled: false })],
    on: "subject",
    reported: "advisory",
  },
  {
    situation: "a deployment's stage",
    resources: [deployment("subject", { stageName: "live", stageDescription: { tracingEnabled: false } })],
    on: "subject",
    reported: "advisory",
    endsWithout: ["stageName"],
  },
];
