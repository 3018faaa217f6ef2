import { Deployment, Stage, StageV2 } from "../../endpoints/api-gateway/stage";
import { GraphqlApi } from "../../endpoints/app-sync/graphql-api";
import {
  apiLogs,
  LogGroup,
  LogSubscriptionFilter,
  subscribedGroups,
} from "../../endpoints/cloudwatch/log-group";
import { knownValue, type ResourceOf } from "../../stack";
import { nist, owasp, pci, soc2 } from "../controls";
import { stackRule } from "../rule";
import { shortEnumeration } from "../wording";
import { accessLogSettings } from "./access-log-code";

const aYear = 365;
const mostNamed = 3;

const loggedWith = (name: string, days: number) =>
  `const log = new aws.cloudwatch.LogGroup("${name}", { retentionInDays: ${days} });
new aws.apigatewayv2.Stage("${name}-stage", { apiId: httpApi.id, name: "${name}", autoDeploy: true, defaultRouteSettings, ${accessLogSettings("HTTP").replace("logGroup", "log")} });`;

export const logOutlivesTheInvestigation = stackRule({
  id: "log-outlives-the-investigation",
  theme: "evidence",
  title: "Access logs are kept until a breach is understood",
  severity: "high",
  level: "advisory",
  because: "something is recorded all the same",
  controls: [owasp("API8:2023"), nist("AU-11"), pci("10.5.1"), soc2("CC7.2")],
  why: "A breach is often found weeks or months after it began, and nobody can say anything about the requests that the log has lost by then. PCI DSS 10.5.1 asks for twelve months. A log group is also deleted with its stack: the resource option retainOnDelete, which policies don't see, or deletionProtectionEnabled prevents that.",
  fix: `retentionInDays: ${aYear}   // or more; 0 keeps the log for ever`,
  exceptionIf:
    "the events are kept elsewhere for as long, for instance by a subscription of the whole account",
  links: [
    "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html",
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch_Logs_Log_Classes.html",
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html",
    "https://docs.aws.amazon.com/appsync/latest/devguide/monitoring.html",
  ],
  kinds: {
    "short-retention":
      "The log group keeps the log of an API for less time than an investigation needs, or nobody knows for how long.",
    "delivery-class": "The log group's class keeps events for a day or two, whatever its retention is.",
    "no-key":
      "The log group isn't encrypted with a key of your own, although the option requireKmsKey asks for one.",
  },
  examples: {
    bad: loggedWith("monthly", 30),
    good: loggedWith("yearly", 365),
  },
  options: {
    retentionInDays: {
      type: "integer",
      minimum: 1,
      default: aYear,
      description:
        "How many days a log has to be kept at least. 0 or no retention on a log group, which keeps it for ever, is always enough.",
    },
    requireKmsKey: {
      type: "boolean",
      default: false,
      description:
        "Ask for a key of your own (kmsKeyId). CloudWatch encrypts every log group with a key of its own; with yours, whoever reads the log also needs the key.",
    },
  },
  stackResources: [Stage, StageV2, Deployment, GraphqlApi, LogGroup, LogSubscriptionFilter],
  *checkStack(stack, { options }) {
    const days = Number(options.retentionInDays);
    const logs = apiLogs(stack);
    if (logs.length === 0) return;
    const subscribed = subscribedGroups(stack);
    for (const { group, writers } of logs) {
      const faults = [
        ...(subscribed.has(group) ? [] : retentionFaults(group, days)),
        ...(options.requireKmsKey === true && !group.isSet("kmsKeyId") ? [noKey] : []),
      ];
      const [first] = faults;
      if (!first) continue;
      const names = writers.map(({ name }) => `"${name}"`);
      const whose = `the log of ${shortEnumeration(names, mostNamed)}`;
      yield {
        kind: first.kind,
        resource: group,
        sentence: `"${group.name}" holds ${whose}. ${faults.map(({ sentence }) => sentence).join(" ")}`,
        fix: `${faults.map(({ write }) => write).join(", ")}   // ${first.note}`,
      };
    }
  },
});

interface Fault {
  readonly kind: "short-retention" | "delivery-class" | "no-key";
  readonly sentence: string;
  readonly write: string;
  readonly note: string;
}

const noKey: Fault = {
  kind: "no-key",
  sentence: "It has no kmsKeyId.",
  write: "kmsKeyId: key.arn",
  note: "the key's policy lets CloudWatch Logs use it",
};

/** Why a log group doesn't keep its events for so many days, or why nobody knows that it does. */
function retentionFaults(group: ResourceOf<typeof LogGroup>, days: number): readonly Fault[] {
  const groupClass = group.word("logGroupClass");
  const standard = {
    write: 'logGroupClass: "STANDARD"',
    note: "a new group replaces this one: its class never changes",
  };
  if (knownValue(groupClass) === "DELIVERY") {
    const sentence = "Its class DELIVERY keeps events for a day or two, whatever its retention is.";
    return [{ kind: "delivery-class", sentence, ...standard }];
  }
  if (groupClass.kind === "unknown") {
    return [
      {
        kind: "delivery-class",
        sentence: "Its logGroupClass is not known before the deployment: write it as a plain string.",
        ...standard,
      },
    ];
  }
  const retention = group.number("retentionInDays");
  const isEnough =
    retention.kind === "absent" ||
    (retention.kind === "known" && (retention.value === 0 || retention.value >= days));
  if (isEnough) return [];
  const sentence =
    retention.kind === "known"
      ? `It keeps events for ${retention.value} days, and an investigation needs ${days}.`
      : "Its retentionInDays is not known before the deployment: write it as a plain number.";
  return [
    {
      kind: "short-retention",
      sentence,
      write: `retentionInDays: ${days}`,
      note: "or more; 0 keeps the log for ever",
    },
  ];
}
