import type { UnknownRow } from "../unknown-row";

export const rows: readonly UnknownRow[] = [
  {
    situation: "a webhook for anyone",
    resources: [
      {
        type: "aws:codepipeline/webhook:Webhook",
        name: "release",
        properties: { authentication: "UNAUTHENTICATED" },
      },
    ],
    on: "release",
    reported: "advisory",
  },
];
