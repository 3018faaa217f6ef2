import { made } from "../edge-resources";
import type { UnknownRow } from "../unknown-row";
import { asking } from "../unknown-subjects";

export const rows: readonly UnknownRow[] = [
  {
    situation: "ignored actions of a listener",
    resources: [
      {
        ...made("aws:lb/listener:Listener", "https", {}, { defaultActions: asking }),
        ignoreChanges: ["defaultActions"],
      },
    ],
    on: "https",
    reported: "advisory",
  },
  {
    situation: "ignored actions of a rule",
    resources: [
      {
        ...made("aws:lb/listenerRule:ListenerRule", "api", {}, { actions: asking }),
        ignoreChanges: ["actions"],
      },
    ],
    on: "api",
    reported: "advisory",
  },
];
