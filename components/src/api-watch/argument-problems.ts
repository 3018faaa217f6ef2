import { type ApiKind, apiKinds } from "../access-log/format";
import {
  arrivesLater,
  flagProblems,
  type InputProblem,
  isPlainRecord,
  type NamesOf,
  type PlainRecord,
  unknownProperties,
} from "../input-problems";
import { transformProblems } from "../override/transform";
import type { ApiWatchArgs, WatchedStage, WatchSettings, WatchTransforms } from "./args";

const watchSettings: NamesOf<WatchSettings> = {
  alarmActions: true,
  serverErrorPercent: true,
  p99Milliseconds: true,
  authorizationFailures: true,
  throttledRequests: true,
  volumeBand: true,
  dashboard: true,
  savedQueries: true,
  transform: true,
};
const watchedStage: NamesOf<WatchedStage> = { kind: true, api: true, stage: true, accessLogGroup: true };
const apiWatchArguments: NamesOf<ApiWatchArgs> = { ...watchedStage, ...watchSettings, tags: true };
const transformedChildren: NamesOf<WatchTransforms> = {
  alarm: true,
  metricFilter: true,
  dashboard: true,
  query: true,
};

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const maxActions = 5;

/** Checks the `watch` of an API component. */
export function watchProblems(watch: unknown, propertyPath: string): InputProblem[] {
  if (watch === undefined || watch === "off") return [];
  if (!isPlainRecord(watch)) {
    const reason = 'give { alarmActions, ... }, or write "off" to watch nothing';
    return [{ propertyPath, reason }];
  }
  const path = `${propertyPath}.`;
  return [...unknownProperties(watch, watchSettings, path), ...settingsProblems(watch, path)];
}

/** Checks the arguments of an `ApiWatch`. */
export function apiWatchProblems(args: unknown): InputProblem[] {
  if (!isPlainRecord(args)) {
    const reason = "give { kind, api, stage, accessLogGroup }, an object that is not an Output";
    return [{ propertyPath: "", reason }];
  }
  const problems = [...unknownProperties(args, apiWatchArguments, ""), ...settingsProblems(args, "")];
  if (!apiKinds.includes(args.kind as ApiKind)) {
    problems.push({ propertyPath: "kind", reason: 'write "HTTP", "REST" or "WEBSOCKET"' });
  }
  if (!isTextOrLater(args.api)) {
    problems.push({ propertyPath: "api", reason: "give the API's id, or the name of a REST API" });
  }
  if (!isTextOrLater(args.stage)) {
    problems.push({ propertyPath: "stage", reason: "give the stage's name" });
  }
  if (!isLogGroup(args.accessLogGroup)) {
    problems.push({ propertyPath: "accessLogGroup", reason: "give a LogGroup, or { name } of one" });
  }
  return problems;
}

function settingsProblems(settings: PlainRecord, path: string): InputProblem[] {
  const problems: InputProblem[] = [];
  const check = (property: keyof WatchSettings, isRight: (value: never) => boolean, reason: string) => {
    const value = settings[property];
    if (value !== undefined && !isRight(value as never)) {
      problems.push({ propertyPath: `${path}${property}`, reason });
    }
  };
  const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);
  check(
    "alarmActions",
    (value: unknown) => Array.isArray(value) && value.length <= maxActions && value.every(isTextOrLater),
    `list up to ${maxActions} ARNs, for instance of SNS topics`,
  );
  check(
    "serverErrorPercent",
    (value: unknown) => isNumber(value) && value >= 0 && value < 100,
    "give a percentage from 0 to under 100: no percentage is above 100",
  );
  check("p99Milliseconds", (value: unknown) => isNumber(value) && value > 0, "give milliseconds, above 0");
  check(
    "authorizationFailures",
    (value: unknown) => Number.isInteger(value) && Number(value) >= 0,
    "give a whole number of refused callers, 0 or more",
  );
  check(
    "throttledRequests",
    (value: unknown) => Number.isInteger(value) && Number(value) >= 0,
    "give a whole number of throttled requests, 0 or more",
  );
  check(
    "volumeBand",
    (value: unknown) => isNumber(value) && value > 0,
    "give standard deviations, a number above 0",
  );
  return [
    ...problems,
    ...flagProblems(settings.dashboard, `${path}dashboard`),
    ...flagProblems(settings.savedQueries, `${path}savedQueries`),
    ...transformProblems(settings.transform, transformedChildren, `${path}transform`),
  ];
}

function isTextOrLater(value: unknown): boolean {
  return arrivesLater(value) || (typeof value === "string" && value !== "");
}

function isLogGroup(value: unknown): boolean {
  if (value === undefined || arrivesLater(value)) return true;
  return typeof value === "object" && value !== null && isTextOrLater((value as { name?: unknown }).name);
}
