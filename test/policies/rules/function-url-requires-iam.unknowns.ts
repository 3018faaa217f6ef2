import { functionUrl } from "../resources";
import type { UnknownRow } from "../unknown-row";

export const rows: readonly UnknownRow[] = [
  {
    situation: "a URL with NONE",
    resources: [functionUrl("url", { authorizationType: "NONE" })],
    on: "url",
  },
];
