import {
  anyone,
  forwarding,
  listener,
  listenerRule,
  loadBalancer,
  made,
  targetGroup,
} from "../edge-resources";
import type { UnknownRow } from "../unknown-row";

const toHttps = [{ type: "redirect", redirect: { port: "443", protocol: "HTTPS", statusCode: "HTTP_301" } }];
const http = (actions: readonly object[]) => listener("http", "web", actions, { port: 80, protocol: "HTTP" });
const inClear = { lbProtocol: "http", instancePort: 8080, instanceProtocol: "http" };
const classic = (given: readonly object[], internal = false) =>
  made("aws:elb/loadBalancer:LoadBalancer", "classic", {}, { internal, listeners: given });

export const rows: readonly UnknownRow[] = [
  {
    situation: "a listener that forwards plain HTTP",
    resources: [anyone, loadBalancer("web"), targetGroup, http([forwarding])],
    on: "http",
    // Without a port it would be a gateway load balancer's.
    endsWithout: ["port"],
  },
  {
    situation: "a listener without a protocol",
    resources: [
      anyone,
      loadBalancer("web"),
      targetGroup,
      made("aws:lb/listener:Listener", "http", {}, { port: 80, defaultActions: [forwarding] }),
    ],
    on: "http",
    endsWithout: ["port"],
  },
  {
    situation: "a listener that accepts TLS 1.0",
    resources: [
      anyone,
      loadBalancer("web"),
      targetGroup,
      listener("https", "web", [forwarding], { sslPolicy: "ELBSecurityPolicy-2016-08" }),
    ],
    on: "https",
    reported: "advisory",
    endsWithout: ["port", "protocol"],
  },
  {
    situation: "a listener of an internal load balancer",
    resources: [anyone, loadBalancer("web", { internal: true }), targetGroup, http([forwarding])],
    on: "http",
    reported: "advisory",
    endsWithout: ["port"],
  },
  ...(["http", "https"] as const).map(
    (lbProtocol): UnknownRow => ({
      situation: `a Classic Load Balancer with HTTP and ${lbProtocol}`,
      resources: [
        classic([
          { ...inClear, lbPort: 80 },
          { ...inClear, lbPort: 443, lbProtocol },
        ]),
      ],
      on: "classic",
      ...(lbProtocol === "https" && { reported: "advisory" }),
      endsWithout: ["listeners"],
    }),
  ),
  {
    situation: "an internal Classic Load Balancer",
    resources: [classic([{ ...inClear, lbPort: 80 }], true)],
    on: "classic",
    reported: "advisory",
    endsWithout: ["listeners"],
  },
  {
    situation: "a rule of a listener that redirects",
    resources: [
      anyone,
      loadBalancer("web"),
      targetGroup,
      http(toHttps),
      listenerRule("orders", "http", [forwarding]),
    ],
    on: "orders",
  },
];
