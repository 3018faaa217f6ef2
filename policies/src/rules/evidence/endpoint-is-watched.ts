import type { AnyApi } from "../../endpoints/api-gateway/api-of";
import { Api } from "../../endpoints/api-gateway/http-api";
import { RestApi } from "../../endpoints/api-gateway/rest-api";
import { Deployment, Stage, StageV2 } from "../../endpoints/api-gateway/stage";
import { heardAlarms, hearingTypes, MetricAlarm } from "../../endpoints/cloudwatch/alarm";
import { LogGroup } from "../../endpoints/cloudwatch/log-group";
import { ContributorInsightRule, LogMetricFilter } from "../../endpoints/cloudwatch/metric-filter";
import {
  kindOfApi,
  metricsOfApis,
  type Signal,
  signals,
  watchedApis,
} from "../../endpoints/cloudwatch/watched-api";
import type { Stack } from "../../stack";
import { nist, owasp, soc2 } from "../controls";
import { argumentsOf } from "../exception-code";
import { type Finding, stackRule, type WayOut } from "../rule";
import { enumeration, shortEnumeration } from "../wording";
import { aboutTheTopic, alarmCode, alarmInTemplate, watchCode } from "./alarm-code";

type Kind = "unwatched" | "unheard";

const mostNamed = 5;
const words: Readonly<Record<Signal, string>> = {
  errors: "errors",
  "refused callers": "refused callers (401 and 403)",
  volume: "an unusual volume of requests",
};
/** The names of signals in the option. */
const optionNames: Readonly<Record<Signal, string>> = {
  errors: "errors",
  "refused callers": "refused-callers",
  volume: "volume",
};

const api = (name: string) => `const api = new aws.apigatewayv2.Api("${name}", { protocolType: "HTTP" });
const stage = new aws.apigatewayv2.Stage("${name}-stage", { apiId: api.id, name: "$default", autoDeploy: true, accessLogSettings, defaultRouteSettings });`;

export const endpointIsWatched = stackRule({
  id: "endpoint-is-watched",
  theme: "evidence",
  title: "Somebody notices errors, refused callers and an unusual volume",
  severity: "medium",
  level: "advisory",
  because: "something is recorded all the same",
  controls: [owasp("API8:2023"), nist("SI-4"), nist("AU-6"), soc2("CC7.2")],
  why: "A scrape that stays under every limit shows only in numbers: callers who are refused until a door opens, errors of guessed ids, more requests than usual. Without an alarm on them, a breach runs until somebody sells the data. An alarm of which nobody hears is none.",
  fix: `${watchCode("customers", "HTTP")}   // of @api-guardrails/components; ${aboutTheTopic}`,
  exceptionIf: "another stack or another system watches the API, for instance by its access log",
  links: [
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-logging.html",
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Composite_Alarm.html",
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html",
  ],
  kinds: {
    unwatched:
      "No alarm of the stack notices errors, refused callers or an unusual volume of the API, or some of them. An alarm counts by the dimension ApiName of a REST API and ApiId of any other, by a metric filter or a rule of Contributor Insights on the access log, or through an ApiWatch.",
    unheard:
      "Nobody hears of the alarms: they have no action and stand on no dashboard, no composite alarm with an action reads them, and no rule of EventBridge passes them on.",
  },
  examples: {
    bad: api("unwatched"),
    good: `${api("watched")}
const topic = new aws.sns.Topic("on-call");
${signals.map((signal) => `${alarmCode("watched", "HTTP", signal)};`).join("\n")}`,
  },
  options: {
    signals: {
      type: "array",
      items: { type: "string", enum: Object.values(optionNames) },
      default: Object.values(optionNames),
      description:
        "What somebody has to notice. A 4xx alarm counts for refused callers, because it contains them.",
    },
  },
  stackResources: [
    ...[Api, RestApi, Stage, StageV2, Deployment],
    ...[LogGroup, LogMetricFilter, ContributorInsightRule, MetricAlarm, ...hearingTypes],
  ],
  *checkStack(stack, { options }) {
    const named = Array.isArray(options.signals) ? options.signals : [];
    const asked = signals.filter((signal) => named.includes(optionNames[signal]));
    const watches = watchedApis(stack);
    if (watches.size === 0) return;
    const heard = heardAlarms(stack);
    for (const [api, { bySignal, misnamed }] of watches) {
      const missing = asked.filter((signal) => bySignal[signal].size === 0);
      const unheard = asked.filter(
        (signal) => !missing.includes(signal) && ![...bySignal[signal]].some((alarm) => heard.has(alarm)),
      );
      const alarms = new Set(unheard.flatMap((signal) => [...bySignal[signal]]));
      if (missing.length + unheard.length === 0) continue;
      const names = [...alarms].map(({ name }) => `"${name}"`);
      const sentences = [
        ...(missing.length > 0
          ? [
              `No alarm of this stack notices ${enumeration(missing.map((signal) => words[signal]))} of "${api.name}".`,
            ]
          : []),
        ...(names.length > 0
          ? [
              `Nobody hears of ${shortEnumeration(names, mostNamed)}: no action, no composite alarm with one, no dashboard.`,
            ]
          : []),
      ];
      if (missing.length > 0 && misnamed.size > 0) {
        const { dimension } = metricsOfApis[kindOfApi(api)];
        const never = shortEnumeration(
          [...misnamed].map(({ name }) => `"${name}"`),
          mostNamed,
        );
        sentences.push(
          `${never} can't go off: CloudWatch has the metrics of such an API by the dimension ${dimension}.`,
        );
      }
      const kind: Kind = missing.length > 0 ? "unwatched" : "unheard";
      yield { kind, resource: api, sentence: sentences.join(" "), ...fixOf(stack, api, missing) };
    }
  },
});

/** How to watch an API where it stands: in a component's arguments, in a template, or in the program. */
function fixOf(
  stack: Stack,
  api: AnyApi,
  missing: readonly Signal[],
): Pick<Finding<Kind>, "fix" | "waysOut"> {
  const kind = kindOfApi(api);
  const component = stack.parentOf(api);
  if (component && /^api-guardrails:index:Secure\w+Api$/.test(component.type)) {
    return { fix: `watch: { alarmActions: [topic.arn] }   // ${argumentsOf(component)}; ${aboutTheTopic}` };
  }
  if (missing.length === 0)
    return { fix: `alarmActions: [topic.arn]   // of each of them; ${aboutTheTopic}` };
  if (api.template) return { fix: missing.map((signal) => alarmInTemplate(kind, signal)).join(", ") };
  const [signal, ...others] = missing;
  // The code of several alarms would hide the other findings: the page has it.
  const byHand: WayOut =
    signal === undefined || others.length > 0
      ? { when: "with alarms of your own: the example on the page has them" }
      : { when: `with your own alarm for ${words[signal]}`, write: alarmCode(api.name, kind, signal) };
  return {
    fix: `${watchCode(api.name, kind)}   // of @api-guardrails/components; ${aboutTheTopic}`,
    waysOut: [byHand],
  };
}
