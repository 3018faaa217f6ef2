import { httpApi } from "../resources";
import type { UnknownRow } from "../unknown-row";

export const rows: readonly UnknownRow[] = [
  {
    situation: "a quick create",
    resources: [httpApi("quick", { target: "arn:aws:lambda:eu-west-1:111111111111:function:lookup" })],
    on: "quick",
    endsWithout: ["target"],
  },
];
