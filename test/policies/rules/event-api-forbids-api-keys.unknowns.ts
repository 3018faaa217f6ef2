import { channelNamespace, eventApi } from "../resources";
import type { UnknownRow } from "../unknown-row";

export const rows: readonly UnknownRow[] = [
  {
    situation: "an event API that accepts keys",
    resources: [
      eventApi("prices", {
        defaultPublishAuthModes: [{ authType: "AWS_IAM" }, { authType: "API_KEY" }],
        defaultSubscribeAuthModes: [{ authType: "API_KEY" }],
      }),
    ],
    on: "prices",
  },
  {
    situation: "a channel namespace that is published to by key",
    resources: [channelNamespace("prices", { publishAuthModes: [{ authType: "API_KEY" }] })],
    on: "prices",
    endsWithout: ["publishAuthModes"],
  },
  {
    situation: "a channel namespace that is subscribed to by key",
    resources: [channelNamespace("prices", { subscribeAuthModes: [{ authType: "API_KEY" }] })],
    on: "prices",
    endsWithout: ["subscribeAuthModes"],
  },
];
