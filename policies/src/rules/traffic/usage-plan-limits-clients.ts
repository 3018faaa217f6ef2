import { missingLimits, UsagePlan } from "../../endpoints/api-gateway/usage-plan";
import { nist, owasp } from "../controls";
import { resourceRule } from "../rule";
import { enumeration } from "../wording";

const numbers = { rateLimit: 10, burstLimit: 20 };
const quota = 'quotaSettings: { limit: 10000, period: "DAY" }';

const plan = (name: string, settings: string) => `new aws.apigateway.UsagePlan("${name}", {
    apiStages: [{ apiId: restApi.id, stage: "live" }],${settings}
});`;

export const usagePlanLimitsClients = resourceRule({
  id: "usage-plan-limits-clients",
  theme: "traffic",
  title: "Usage plans limit each client",
  severity: "medium",
  level: "advisory",
  because: "it limits damage and lets nobody in",
  controls: [owasp("API4:2023"), nist("SC-5")],
  why: "A usage plan without limits only counts. The throttle bounds how fast a client of the plan reads, the quota how much it reads in a day: a client that reads ten records a second, all day, takes 864,000 of them, which no throttle of a stage stops.",
  fix: `throttleSettings: { rateLimit: ${numbers.rateLimit}, burstLimit: ${numbers.burstLimit} }, ${quota}`,
  exceptionIf: "the plan only tells clients apart, and something else limits each of them",
  links: [
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html",
    "https://docs.aws.amazon.com/apigateway/latest/api/API_UsagePlan.html",
  ],
  kinds: {
    "no-throttle": "The plan sets no rate or no burst, or neither a throttle nor a quota.",
    "no-quota": "The plan sets no quota, so a client may read at an even pace for as long as it likes.",
  },
  examples: {
    bad: plan("unlimited-partners", ""),
    good: plan(
      "partners",
      `\n    throttleSettings: { rateLimit: ${numbers.rateLimit}, burstLimit: ${numbers.burstLimit} },\n    ${quota},`,
    ),
  },
  resources: [UsagePlan],
  reads: { throttleSettings: "reference", quotaSettings: "reference" },
  *check(resource) {
    const { throttle, hasNoThrottle, hasNoQuota } = missingLimits(resource);
    if (throttle.length === 0 && !hasNoQuota) return;
    const missing = [...throttle, ...(hasNoQuota ? ["quota"] : [])];
    const set = throttle.map((name) => `${name}: ${numbers[name]}`).join(", ");
    yield {
      kind: throttle.length > 0 ? "no-throttle" : "no-quota",
      sentence: `"${resource.name}" has no ${enumeration(missing)} for its clients.`,
      fix: [
        ...(throttle.length > 0 ? [`throttleSettings: { ${hasNoThrottle ? "" : "..., "}${set} }`] : []),
        ...(hasNoQuota ? [quota] : []),
      ].join(", "),
    };
  },
});
