import { made } from "../edge-resources";
import { restApi } from "../resources";
import { stage } from "../traffic-resources";
import type { UnknownRow } from "../unknown-row";

const api = restApi("orders", { endpointConfiguration: { types: "REGIONAL" } });
const protectedStage = [
  api,
  stage("live", {}, "orders"),
  made("aws:wafv2/webAcl:WebAcl", "acl", {}, { scope: "REGIONAL", rules: [], ruleJson: null }),
  made("aws:wafv2/webAclAssociation:WebAclAssociation", "association", {
    resourceArn: ["live"],
    webAclArn: ["acl"],
  }),
  made(
    "aws:wafv2/webAclRule:WebAclRule",
    "counts",
    { webAclArn: ["acl"] },
    { priority: 0, statement: { rateBasedStatement: { limit: 300 } }, action: { count: {} } },
  ),
];

export const rows: readonly UnknownRow[] = [
  {
    situation: "a stage without a web ACL",
    resources: [api, stage("live", {}, "orders")],
    on: "live",
    reported: "advisory",
  },
  { situation: "a web ACL without a rate", resources: protectedStage, on: "acl", reported: "advisory" },
  { situation: "its association", resources: protectedStage, on: "association", reported: "advisory" },
  { situation: "its rule", resources: protectedStage, on: "counts", reported: "advisory" },
];
