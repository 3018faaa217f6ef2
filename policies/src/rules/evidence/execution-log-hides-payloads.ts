import { executionLogTypes, type Trace, traces } from "../../endpoints/api-gateway/execution-log";
import { MethodSettings, StageV2 } from "../../endpoints/api-gateway/stage";
import type { Resource } from "../../stack";
import { nist, owasp } from "../controls";
import { type Finding, resourceRule } from "../rule";

type Kind = "data-trace" | "unknown-trace" | "trace-without-log" | "trace-unsaid";

export const executionLogHidesPayloads = resourceRule({
  id: "execution-log-hides-payloads",
  theme: "evidence",
  title: "Execution logs don't contain requests and answers",
  severity: "high",
  level: "mandatory",
  because: "credentials travel or are stored in clear",
  controls: [owasp("API8:2023"), nist("AU-3(3)"), nist("SC-28")],
  why: "A data trace writes whole requests and answers into the execution log: tokens in query strings, passwords, and the data of customers. Whoever may read logs then reads them in clear, for as long as the log is kept. AWS advises against it in production. The access log says who called what without their contents.",
  fix: `dataTraceEnabled: false   // in settings of a MethodSettings; in defaultRouteSettings and each entry of routeSettings of a WebSocket API's stage`,
  exceptionIf: "the stage never sees the data or the tokens of anybody, for instance in a sandbox",
  links: [
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-logging.html",
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-apigateway-stage-methodsetting.html",
    "https://github.com/aws/aws-cdk/issues/17578",
  ],
  kinds: {
    "data-trace": "The execution log contains whole requests and answers.",
    "unknown-trace": "Whether the execution log contains them isn't known before the deployment.",
    "trace-without-log":
      "Nothing is logged yet. With the first loggingLevel, the execution log contains whole requests and answers.",
    "trace-unsaid":
      "The template leaves dataTraceEnabled out. CloudFormation then leaves the data trace as it was, on or off.",
  },
  examples: {
    bad: `new aws.apigateway.MethodSettings("traced", {
    restApi: restApi.id,
    stageName: "live",
    methodPath: "*/*",
    settings: { loggingLevel: "INFO", dataTraceEnabled: true, throttlingRateLimit: 100, throttlingBurstLimit: 200 },
});`,
    good: `new aws.apigateway.MethodSettings("untraced", {
    restApi: restApi.id,
    stageName: "live",
    methodPath: "*/*",
    settings: { loggingLevel: "ERROR", dataTraceEnabled: false, throttlingRateLimit: 100, throttlingBurstLimit: 200 },
});`,
  },
  resources: executionLogTypes,
  reads: {
    settings: "reference",
    defaultRouteSettings: "reference",
    routeSettings: "reference",
    methodSettings: "reference",
    stageDescription: "reference",
  },
  *check(resource) {
    const found = new Set(traces(resource));
    const worst = order.find((trace) => found.has(trace));
    if (worst) yield { ...findings[worst](resource.name), fix: fixOf(resource) };
  },
  remediate: (_resource, properties) => {
    const changed = ["settings", "defaultRouteSettings", "routeSettings"].flatMap((name) => {
      const untraced = withoutTrace(properties[name]);
      return untraced === properties[name] ? [] : [[name, untraced]];
    });
    return changed.length > 0 ? Object.fromEntries(changed) : undefined;
  },
});

/** The settings with the data trace off wherever they turn it on, or may turn it on. What is secret as a whole stays. */
function withoutTrace(settings: unknown): unknown {
  if (Array.isArray(settings)) {
    const untraced = settings.map(withoutTrace);
    return untraced.some((each, index) => each !== settings[index]) ? untraced : settings;
  }
  if (typeof settings !== "object" || settings === null) return settings;
  const traces =
    Object.hasOwn(settings, "dataTraceEnabled") && Reflect.get(settings, "dataTraceEnabled") !== false;
  return traces ? { ...settings, dataTraceEnabled: false } : settings;
}

/** The worst first. */
const order: readonly Trace[] = ["everything", "unknown", "everything once logged", "unsaid"];

const findings: Readonly<Record<Trace, (name: string) => Finding<Kind>>> = {
  everything: (name) => ({
    kind: "data-trace",
    sentence: `"${name}" writes whole requests and answers into the execution log (dataTraceEnabled), with the data of whoever calls.`,
  }),
  unknown: (name) => ({
    kind: "unknown-trace",
    sentence: `"${name}" has a dataTraceEnabled that is not known before the deployment: write it as a plain value.`,
  }),
  "everything once logged": (name) => ({
    kind: "trace-without-log",
    sentence: `"${name}" has dataTraceEnabled, and no loggingLevel yet. With the first one, the execution log contains whole requests and answers.`,
    lowered: "lesser finding",
  }),
  unsaid: (name) => ({
    kind: "trace-unsaid",
    sentence: `"${name}" sets a loggingLevel and leaves dataTraceEnabled out. CloudFormation then leaves the data trace as it was, on or off.`,
    lowered: "lesser finding",
  }),
};

function fixOf(resource: Resource): string {
  const where = MethodSettings.is(resource)
    ? "settings"
    : StageV2.is(resource)
      ? "defaultRouteSettings, and in each entry of routeSettings"
      : "each entry of methodSettings";
  return `dataTraceEnabled: false   // in ${where}`;
}
