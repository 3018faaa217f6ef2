import { made } from "../edge-resources";
import { method, restApi, restResource } from "../resources";
import type { UnknownRow } from "../unknown-row";

const deployedByHand = [
  restApi("orders"),
  restResource("path", "orders", "orders"),
  {
    ...method("get", "GET", { authorization: "AWS_IAM" }, "path"),
    dependencies: { resourceId: ["path"], restApi: ["orders"] },
  },
  made(
    "aws:apigateway/deployment:Deployment",
    "deployed",
    { restApi: ["orders"] },
    { triggers: { version: "1" } },
  ),
  made("aws:apigateway/stage:Stage", "live", { restApi: ["orders"], deployment: ["deployed"] }),
];

export const rows: readonly UnknownRow[] = [
  {
    situation: "a deployment with a version that somebody writes by hand",
    resources: deployedByHand,
    on: "deployed",
  },
  { situation: "the method of such a deployment", resources: deployedByHand, on: "get" },
  { situation: "the stage of such a deployment", resources: deployedByHand, on: "live" },
];
