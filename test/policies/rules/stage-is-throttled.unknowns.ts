import { httpApi, restApi } from "../resources";
import { methodSettings, stage, stageV2 } from "../traffic-resources";
import type { UnknownRow } from "../unknown-row";

const limited = [
  restApi("orders"),
  stage("live", { methodSettings: null, cacheClusterEnabled: false }, "orders"),
  methodSettings("limits", { loggingLevel: "ERROR" }, { api: "orders", stage: "live" }),
];

export const rows: readonly UnknownRow[] = [
  { situation: "settings without limits", resources: limited, on: "limits", reported: "advisory" },
  { situation: "the stage of settings without limits", resources: limited, on: "live", reported: "advisory" },
  {
    situation: "a route without limits",
    resources: [
      httpApi("orders"),
      stageV2(
        "live",
        { defaultRouteSettings: { throttlingRateLimit: 100 }, routeSettings: [{ routeKey: "GET /orders" }] },
        "orders",
      ),
    ],
    on: "live",
    reported: "advisory",
  },
];
