import { anyone, distribution, listener, loadBalancer, targetGroup } from "../edge-resources";
import type { UnknownRow } from "../unknown-row";

const behindFirewall = [
  anyone,
  targetGroup,
  loadBalancer("web", { internal: false, loadBalancerType: "application" }),
  listener("https", "web", undefined, { mutualAuthentication: { mode: "off" } }),
  distribution("cdn", ["web"], { webAclId: "arn:aws:wafv2:us-east-1:111111111111:global/webacl/edge/a1b2" }),
];
export const rows: readonly UnknownRow[] = [
  {
    situation: "a distribution before a load balancer that anyone reaches",
    resources: behindFirewall,
    on: "cdn",
    reported: "advisory",
  },
  {
    situation: "the load balancer behind a distribution",
    resources: behindFirewall,
    on: "web",
    reported: "advisory",
  },
  {
    situation: "the listener behind a distribution",
    resources: behindFirewall,
    on: "https",
    reported: "advisory",
  },
];
