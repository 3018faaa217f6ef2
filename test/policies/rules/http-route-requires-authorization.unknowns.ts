import { route } from "../resources";
import type { UnknownRow } from "../unknown-row";
import { keyless } from "../unknown-subjects";

export const rows: readonly UnknownRow[] = [
  {
    situation: "a route with NONE",
    resources: [route("lookup", "GET /customers", { authorizationType: "NONE", ...keyless })],
    on: "lookup",
  },
  {
    situation: "a route whose authorizer is missing",
    resources: [route("lookup", "GET /customers", { authorizationType: "JWT" })],
    on: "lookup",
  },
  {
    situation: "$default",
    resources: [route("lookup", "$default", { authorizationType: "NONE" })],
    on: "lookup",
    caseMatters: ["routeKey"],
  },
];
