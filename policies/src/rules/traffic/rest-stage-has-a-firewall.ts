import { firewallTypes, unprotectedStages } from "../../loopholes/unprotected-stages";
import { fsbp, nist, owasp } from "../controls";
import { stackRule } from "../rule";
import { shortEnumeration } from "../wording";

const mostListed = 5;

const rateRule =
  '{ name: "rate", priority: 0, action: { block: {} }, statement: { rateBasedStatement: { limit: 300, aggregateKeyType: "IP" } }, visibilityConfig: { cloudwatchMetricsEnabled: true, sampledRequestsEnabled: false, metricName: "rate" } }';

const program = (name: string, firewall: string) => `const stage = new aws.apigateway.Stage("${name}", {
    restApi: "a1b2c3",
    stageName: "${name}",
    deployment: "d4e5f6",
    accessLogSettings,
    xrayTracingEnabled: true,
});
new aws.apigateway.MethodSettings("${name}-limits", {
    restApi: "a1b2c3",
    stageName: stage.stageName,
    methodPath: "*/*",
    settings: { throttlingRateLimit: 100, throttlingBurstLimit: 200 },
});
const webAcl = new aws.wafv2.WebAcl("${name}-firewall", {
    scope: "REGIONAL",
    defaultAction: { allow: {} },
    rules: [${rateRule}],
    visibilityConfig: { cloudwatchMetricsEnabled: true, sampledRequestsEnabled: false, metricName: "${name}" },
});${firewall}`;

export const restStageHasAFirewall = stackRule({
  id: "rest-stage-has-a-firewall",
  theme: "traffic",
  title: "Stages of REST APIs have a firewall that limits each client",
  severity: "medium",
  level: "advisory",
  because: "it limits damage and lets nobody in",
  controls: [owasp("API4:2023"), nist("SC-5"), nist("SC-7"), fsbp("APIGateway.4")],
  why: "A throttle bounds all callers together, so one who reads record after record takes the whole of it. A rate-based rule of AWS WAF bounds each address, or whatever it counts by. AWS WAF doesn't protect HTTP APIs, so nothing is asked of them.",
  fix: 'new aws.wafv2.WebAclAssociation("firewall", { resourceArn: stage.arn, webAclArn: webAcl.arn });   // with a rate-based rule in the web ACL',
  exceptionIf: "AWS Firewall Manager or another stack gives the stage its web ACL",
  links: [
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-aws-waf.html",
    "https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html",
    "https://docs.aws.amazon.com/waf/latest/developerguide/how-aws-waf-works-resources.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-4",
  ],
  kinds: {
    "no-firewall":
      "No web ACL is associated with the stage, and no distribution with a web ACL leads to its API.",
    "no-rate-rule": "The web ACL of a stage has no rate-based rule that does more than count.",
  },
  examples: {
    bad: program("bare", ""),
    good: program(
      "shielded",
      `\nnew aws.wafv2.WebAclAssociation("shielded-firewall", { resourceArn: stage.arn, webAclArn: webAcl.arn });`,
    ),
  },
  stackResources: firewallTypes,
  *checkStack(stack) {
    for (const unprotected of unprotectedStages(stack)) {
      if (unprotected.kind === "no-firewall") {
        const { stage } = unprotected;
        yield {
          kind: "no-firewall",
          resource: stage,
          sentence: `"${stage.name}" has no web ACL.`,
          fix: `new aws.wafv2.WebAclAssociation("${stage.name}-firewall", { resourceArn: stage.arn, webAclArn: webAcl.arn });   // with a rate-based rule in the web ACL`,
        };
        continue;
      }
      const { webAcl, stages } = unprotected;
      const names = shortEnumeration(
        stages.map(({ name }) => `"${name}"`),
        mostListed,
      );
      yield {
        kind: "no-rate-rule",
        resource: webAcl,
        sentence: `"${webAcl.name}" protects ${names}, and has no rate-based rule that blocks.`,
        fix: `rules: [${rateRule}]   // beside its other rules`,
      };
    }
  },
});
