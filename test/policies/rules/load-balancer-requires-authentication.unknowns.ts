import { anyone, forwarding, listener, listenerRule, loadBalancer, targetGroup } from "../edge-resources";
import type { UnknownRow } from "../unknown-row";
import { asking } from "../unknown-subjects";

const besideLogin = [
  anyone,
  targetGroup,
  loadBalancer("web", { internal: false, loadBalancerType: "application" }),
  listener("https", "web", asking),
  listener("http", "web", [forwarding], { port: 80, protocol: "HTTP" }),
];

export const rows: readonly UnknownRow[] = [
  ...["web", "http"].map((on) => ({
    situation: `a listener that only forwards, beside one with a login: "${on}"`,
    resources: besideLogin,
    on,
    endsWithout: ["defaultActions"],
    reads: { defaultActions: "deciding word" } as const,
  })),
  {
    situation: "a rule for everything, beside a listener with a login",
    resources: [
      ...besideLogin.slice(0, -1),
      listenerRule("orders", "https", [forwarding], [{ pathPattern: { values: ["/*"] } }], { priority: 1 }),
    ],
    on: "orders",
    endsWithout: ["actions"],
    reads: { actions: "deciding word", conditions: "deciding word", priority: "deciding word" },
  },
  ...["web", "https", "targets"].map((on) => ({
    situation: `a listener that only forwards: "${on}"`,
    resources: [
      anyone,
      { ...targetGroup, properties: { port: 8080, tags: { exposure: "api" } } },
      loadBalancer("web", { internal: false, loadBalancerType: "application", tags: { exposure: "api" } }),
      listener("https", "web", [forwarding], { tags: { exposure: "api" } }),
    ],
    on,
    endsWithout: ["defaultActions"],
    reads: { defaultActions: "deciding word", tags: "deciding word" } as const,
    options: { requireOn: ["tag:exposure=api"] },
  })),
  {
    situation: "a rule that only forwards",
    resources: [
      anyone,
      targetGroup,
      loadBalancer("web"),
      listener("https", "web", asking),
      listenerRule("orders", "https", [forwarding], undefined, { tags: { exposure: "api" } }),
    ],
    on: "orders",
    endsWithout: ["actions"],
    // A map of other tags doesn't mean this one, so that those are left to the rule's own table.
    reads: { actions: "deciding word", conditions: "deciding word" },
    options: { requireOn: ["tag:exposure=api"] },
  },
  {
    situation: "an internal load balancer, where that is accepted",
    resources: [
      anyone,
      targetGroup,
      loadBalancer("web", { internal: true, tags: { exposure: "api" } }),
      listener("https", "web"),
    ],
    on: "web",
    reported: "silent",
    options: { requireOn: ["tag:exposure=api"], acceptPrivateNetworks: true },
  },
];
