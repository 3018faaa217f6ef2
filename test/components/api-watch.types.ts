/** What TypeScript says to the callers of ApiWatch. `tsc -p test` checks this file; nothing runs it. */
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { ApiWatch, type Watch } from "../../components/src";

declare const text: pulumi.Output<string>;
declare const number: pulumi.Output<number>;
declare const logGroup: aws.cloudwatch.LogGroup;
declare const later: pulumi.Output<aws.cloudwatch.LogGroup>;

// What compiles.

new ApiWatch("the least", { kind: "HTTP", api: text, stage: "$default" });
new ApiWatch("a log group", { kind: "REST", api: text, stage: text, accessLogGroup: logGroup });
new ApiWatch("a log group that arrives later", { kind: "REST", api: "a", stage: "b", accessLogGroup: later });
new ApiWatch("everything", {
  kind: "WEBSOCKET",
  api: "abc",
  stage: "live",
  accessLogGroup: { name: text },
  alarmActions: [text, "arn:pager"],
  serverErrorPercent: 1,
  p99Milliseconds: 500,
  authorizationFailures: 10,
  volumeBand: 2,
  dashboard: false,
  tags: { team: text },
  transform: { alarm: (args, name) => ({ ...args, alarmDescription: name }) },
});
export const watches: readonly Watch[] = ["off", {}, { alarmActions: [text] }];

// What doesn't.

// @ts-expect-error silence is said aloud
export const silence: Watch = false;
// @ts-expect-error a component knows its own stage
export const foreign: Watch = { stage: "live" };
// @ts-expect-error the kind decides what is watched
new ApiWatch("no kind", { api: "abc", stage: "live" });
// @ts-expect-error API Gateway has three kinds
new ApiWatch("kind", { kind: "SOAP", api: "abc", stage: "live" });
// @ts-expect-error a threshold is plain
new ApiWatch("threshold", { kind: "HTTP", api: "abc", stage: "live", p99Milliseconds: number });
// @ts-expect-error a name is no log group
new ApiWatch("log", { kind: "HTTP", api: "abc", stage: "live", accessLogGroup: "log" });
// @ts-expect-error a misspelt argument is not ignored
new ApiWatch("misspelt", { kind: "HTTP", api: "abc", stage: "live", alarmAction: [text] });
