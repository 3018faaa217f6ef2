import { golden } from "../../policies/stage-resources";
import { type Subject, subjectsOf } from "./subject";

const logs = subjectsOf("stage-writes-an-access-log");
const traces = subjectsOf("execution-log-hides-payloads");
const graphql = subjectsOf("graphql-api-writes-a-log");
const traced = { loggingLevel: "INFO", dataTraceEnabled: true };

/** What leaves no evidence, or too much of it, whatever stands beside it. */
export const open: readonly Subject[] = [
  logs("a stage without a log", "stage", { stageName: "live" }),
  logs("a stage with settings of nothing", "stageV2", { accessLogSettings: {} }),
  logs("a deployment's stage", "deployment", { stageName: "live" }),
  logs("a stage of aws-native", "nativeStage", { accessLogSetting: null }),
  traces("a trace of all methods", "methodSettings", { methodPath: "*/*", settings: traced }),
  graphql("a GraphQL API without a log", "graphql", { authenticationType: "AWS_IAM" }),
  traces("a trace of one route", "stageV2", {
    ...golden("WEBSOCKET"),
    routeSettings: [{ routeKey: "a", ...traced }],
  }),
];

/** What leaves evidence, whatever stands beside it. */
export const closed: readonly Subject[] = [
  logs("a stage with a log", "stage", golden("REST")),
  logs("a stage of an HTTP API with a log", "stageV2", golden("HTTP")),
  logs("a deployment without a stage", "deployment", {}),
  logs("a stage of aws-native", "nativeStage", { accessLogSetting: golden("REST").accessLogSettings }),
  graphql("a GraphQL API with a log", "graphql", {
    authenticationType: "AWS_IAM",
    logConfig: { fieldLogLevel: "ALL", excludeVerboseContent: true },
  }),
  traces("errors of all methods", "methodSettings", { settings: { loggingLevel: "ERROR" } }),
];
