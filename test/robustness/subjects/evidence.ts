import { golden } from "../../policies/stage-resources";
import { type Subject, subjectsOf } from "./subject";

const logs = subjectsOf("stage-writes-an-access-log");
const traces = subjectsOf("execution-log-hides-payloads");
const traced = { loggingLevel: "INFO", dataTraceEnabled: true };

/** What leaves no evidence, or too much of it, whatever stands beside it. */
export const open: readonly Subject[] = [
  logs("a stage without a log", "stage", { stageName: "live" }),
  logs("a stage with settings of nothing", "stageV2", { accessLogSettings: {} }),
  logs("a deployment's stage", "deployment", { stageName: "live" }),
  logs("a stage of aws-native", "nativeStage", { accessLogSetting: null }),
  traces("a trace of all methods", "methodSettings", { methodPath: "*/*", settings: traced }),
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
  traces("errors of all methods", "methodSettings", { settings: { loggingLevel: "ERROR" } }),
];
