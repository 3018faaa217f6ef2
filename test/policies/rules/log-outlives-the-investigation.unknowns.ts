import { logGroup, loggingTo, stage } from "../stage-resources";
import type { UnknownRow } from "../unknown-row";

const of = (properties: object) => [logGroup("subject", properties), loggingTo("subject", stage("live"))];

export const rows: readonly UnknownRow[] = [
  {
    situation: "a month",
    resources: of({ retentionInDays: 30, name: "access", kmsKeyId: "key" }),
    on: "subject",
    reported: "advisory",
    endsWithout: ["retentionInDays"],
  },
  {
    situation: "a class that only delivers",
    resources: of({ logGroupClass: "DELIVERY" }),
    on: "subject",
    reported: "advisory",
    endsWithout: ["logGroupClass"],
  },
];
