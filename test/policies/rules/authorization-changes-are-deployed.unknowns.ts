import { made } from "../edge-resources";
import { method, restApi, restResource } from "../resources";
import type { UnknownRow } from "../unknown-row";
import { asking } from "../unknown-subjects";

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
  { situation: "a deployment that somebody makes anew", resources: deployedByHand, on: "deployed" },
  { situation: "the method of such a deployment", resources: deployedByHand, on: "get" },
  { situation: "the stage of such a deployment", resources: deployedByHand, on: "live" },
  {
    situation: "a document that is merged",
    resources: [
      restApi("orders", {
        body: JSON.stringify({
          openapi: "3.0.1",
          paths: { "/orders": { get: { "x-amazon-apigateway-auth": { type: "AWS_IAM" } } } },
        }),
        putRestApiMode: "merge",
        endpointConfiguration: { types: "REGIONAL" },
      }),
    ],
    on: "orders",
    reported: "advisory",
    endsWithout: ["body"],
    caseMatters: ["body"],
  },
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
