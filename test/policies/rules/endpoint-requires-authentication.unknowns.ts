import { httpApi, integration, method, restApi, restResource, route, webSocketApi } from "../resources";
import type { UnknownRow } from "../unknown-row";
import { keyless } from "../unknown-subjects";

const preflight = [
  restApi("customers"),
  restResource("path", "customers", "customers"),
  method("preflight", "OPTIONS", { authorization: "NONE" }, "path"),
  integration("answer", { httpMethod: "OPTIONS", type: "AWS_PROXY" }, "path"),
];
const chat = [webSocketApi("chat"), route("connect", "$connect", { authorizationType: "AWS_IAM" }, "chat")];

export const rows: readonly UnknownRow[] = [
  {
    situation: "a WebSocket API without $connect",
    resources: [webSocketApi("chat"), route("send", "send", {}, "chat")],
    on: "chat",
  },
  {
    situation: "the message route of a WebSocket API without $connect",
    resources: [
      webSocketApi("chat"),
      route("send", "send", { authorizationType: "NONE", ...keyless }, "chat"),
    ],
    on: "send",
  },
  {
    situation: "$default of an HTTP API, after a WebSocket API",
    resources: [
      ...chat,
      httpApi("lookups", { corsConfiguration: { allowOrigins: ["*"] } }),
      route("default", "$default", { authorizationType: "NONE", ...keyless }, "lookups"),
    ],
    on: "default",
    caseMatters: ["routeKey"],
  },
  {
    situation: "the API of an open $default, after a WebSocket API",
    resources: [...chat, httpApi("lookups"), route("default", "$default", {}, "lookups")],
    on: "lookups",
  },
  {
    situation: "OPTIONS that reaches a backend",
    resources: preflight,
    on: "preflight",
    reported: "advisory",
  },
  {
    situation: "the backend that an OPTIONS reaches",
    resources: preflight,
    on: "answer",
    reported: "advisory",
  },
  {
    situation: "OPTIONS of an HTTP API without CORS settings",
    resources: [
      httpApi("lookups"),
      route("preflight", "OPTIONS /a", { authorizationType: "NONE" }, "lookups"),
    ],
    on: "preflight",
    reported: "advisory",
  },
  {
    situation: "a WebSocket API whose routes are elsewhere",
    resources: [webSocketApi("chat")],
    on: "chat",
    reported: "advisory",
    endsWithout: ["protocolType"],
  },
];
