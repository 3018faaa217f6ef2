import { graphqlApi } from "../resources";
import type { UnknownRow } from "../unknown-row";

export const rows: readonly UnknownRow[] = [
  {
    situation: "a log with contents",
    resources: [
      graphqlApi("subject", { logConfig: { fieldLogLevel: "NONE", excludeVerboseContent: false } }),
    ],
    on: "subject",
    reported: "advisory",
  },
];
