import { route, webSocketApi } from "../resources";
import type { UnknownRow } from "../unknown-row";
import { keyless } from "../unknown-subjects";

export const rows: readonly UnknownRow[] = [
  {
    situation: "$connect with NONE",
    resources: [
      webSocketApi("chat"),
      route("connect", "$connect", { authorizationType: "NONE", ...keyless }, "chat"),
      route("send", "send", {}, "chat"),
    ],
    on: "connect",
  },
  {
    situation: "$connect whose authorizer is missing",
    resources: [webSocketApi("chat"), route("connect", "$connect", { authorizationType: "CUSTOM" }, "chat")],
    on: "connect",
  },
];
