import type { UnknownRow } from "../unknown-row";

export const rows: readonly UnknownRow[] = [
  {
    situation: "a plan without limits",
    resources: [
      {
        type: "aws:apigateway/usagePlan:UsagePlan",
        name: "partners",
        properties: { throttleSettings: { rateLimit: 10 }, quotaSettings: {} },
      },
    ],
    on: "partners",
    reported: "advisory",
  },
];
