import { made } from "../edge-resources";
import type { UnknownRow } from "../unknown-row";

const mappingOf = (properties: object) =>
  made("aws:apigateway/basePathMapping:BasePathMapping", "mapping", {}, properties);

export const rows: readonly UnknownRow[] = [
  {
    situation: "a mapping that lets callers choose the stage",
    resources: [mappingOf({ restApi: "a1b2c3", domainName: "api.example.com", stageName: "" })],
    on: "mapping",
    reported: "advisory",
  },
];
