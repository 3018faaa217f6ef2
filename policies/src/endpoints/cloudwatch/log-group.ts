import type { LogGroupArgs, LogSubscriptionFilterArgs } from "@pulumi/aws/cloudwatch";
import {
  groupBy,
  knownValue,
  type PropertyOf,
  type Resource,
  type ResourceOf,
  resourceType,
  type Stack,
} from "../../stack";
import { accessLogOf, Deployment, type LoggedStage, loggedStages } from "../api-gateway/stage";
import { GraphqlApi } from "../app-sync/graphql-api";

/**
 * A retention of 0, or none, keeps the events for ever. Groups of the class DELIVERY only pass events on and keep them for a day or
 * two, whatever their retention is. Every other class keeps what is set.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
export const LogGroup = resourceType<LogGroupArgs>("aws:cloudwatch/logGroup:LogGroup", {
  name: "reference",
  retentionInDays: "deciding word",
  logGroupClass: "deciding word",
  kmsKeyId: "presence",
});
export const LogSubscriptionFilter = resourceType<LogSubscriptionFilterArgs>(
  "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter",
  { logGroup: "reference", filterPattern: "deciding word" },
);

export type LogGroupResource = ResourceOf<typeof LogGroup>;

/** A log group, and the API whose calls it records. */
export interface ApiLog {
  readonly group: LogGroupResource;
  /** The stages or the GraphQL APIs that write to it. */
  readonly writers: readonly Resource[];
}

/**
 * The log groups of this stack that record who called an API: the access logs of stages, and the logs of GraphQL APIs, whose group
 * has the API's id in its name.
 *
 * @see https://docs.aws.amazon.com/appsync/latest/devguide/monitoring.html
 */
export function apiLogs(stack: Stack): readonly ApiLog[] {
  const writers = new Map<LogGroupResource, Resource[]>();
  const add = (group: LogGroupResource, writer: Resource) => {
    const known = writers.get(group);
    if (known) known.push(writer);
    else writers.set(group, [writer]);
  };
  for (const stage of loggedStages(stack)) {
    for (const group of accessLogGroups(stack, stage)) add(group, stage);
  }
  for (const group of stack.of(LogGroup)) {
    for (const api of stack.madeOf(group, "name", GraphqlApi)) add(group, api);
  }
  return [...writers].map(([group, of]) => ({ group, writers: of }));
}

/** The log groups to which the access log of a stage goes: what its ARN was made of, or the one that the ARN names. */
export function accessLogGroups(stack: Stack, stage: LoggedStage): readonly LogGroupResource[] {
  const made = Deployment.is(stage)
    ? stack.madeOf(stage, "stageDescription", LogGroup)
    : stack.madeOf(stage as Resource<{ accessLogSettings: unknown }>, "accessLogSettings", LogGroup);
  const log = accessLogOf(stage);
  if (made.length > 0 || log.kind !== "written") return made;
  const [, name] = /:log-group:([^:]+)/.exec(knownValue(log.destination) ?? "") ?? [];
  return name === undefined ? [] : groupsNamed(stack, name);
}

/** The log groups that a property was made of, or the ones whose name it is. */
export function groupsIn<Args>(
  stack: Stack,
  resource: Resource<Args>,
  property: PropertyOf<Args>,
): readonly LogGroupResource[] {
  const made = stack.madeOf(resource, property, LogGroup);
  const name = knownValue(resource.text(property as never));
  return made.length > 0 || name === undefined ? made : groupsNamed(stack, name);
}

/** The log groups of a name that the program writes out. */
function groupsNamed(stack: Stack, name: string): readonly LogGroupResource[] {
  return stack.answer(groupsByName).get(name) ?? [];
}

const groupsByName = (stack: Stack) =>
  groupBy(stack.of(LogGroup), (group) => knownValue(group.text("name")) ?? "");

/** The log groups whose events are all delivered somewhere else as well, by a subscription that filters nothing out. */
export function subscribedGroups(stack: Stack): ReadonlySet<LogGroupResource> {
  return new Set(
    stack.of(LogSubscriptionFilter).flatMap((subscription) => {
      const pattern = subscription.text("filterPattern");
      const isWhole = pattern.kind === "absent" || knownValue(pattern)?.trim() === "";
      return isWhole ? groupsIn(stack, subscription, "logGroup") : [];
    }),
  );
}
