import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { executionLogGroup } from "../access-log/execution-log-group";
import { accessLogFormat } from "../access-log/format";
import { accessLogGroup } from "../access-log/log-group";
import { transformed } from "../override/transform";
import type { RestApiSettings } from "./args";
import type { Surroundings } from "./surroundings";

/** A stage, and where it writes who called what. */
export interface LoggedStage {
  readonly stage: aws.apigateway.Stage;
  readonly accessLogGroup: aws.cloudwatch.LogGroup;
}

/** Makes the stage of a deployment, traced by X-Ray, with its access log and the log of its errors. */
export function makeStage(
  deployment: aws.apigateway.Deployment,
  { accessLog, loggingAccount }: Pick<RestApiSettings, "accessLog" | "loggingAccount">,
  surroundings: Surroundings,
): LoggedStage {
  const { component, api, stageName, tags, transform, opts } = surroundings;
  const group = accessLogGroup(
    component,
    { accessLog, tags, transform: transform.accessLogGroup, keyTransform: transform.accessLogKey },
    opts,
  );
  const executionLog = executionLogGroupOf(accessLog, surroundings);
  const stage = new aws.apigateway.Stage(
    component,
    transformed(transform.stage, "aws:apigateway/stage:Stage", component, {
      restApi: api.id,
      stageName,
      deployment: deployment.id,
      accessLogSettings: { destinationArn: group.arn, format: accessLogFormat("REST") },
      xrayTracingEnabled: true,
      ...(tags !== undefined && { tags }),
    }),
    // API Gateway makes a log group that isn't there, and refuses a stage where the account has no role for its logs.
    { ...opts, dependsOn: [executionLog, ...(loggingAccount ? [loggingAccount] : [])] },
  );
  return { stage, accessLogGroup: group };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html */
function executionLogGroupOf(
  accessLog: RestApiSettings["accessLog"],
  { component, api, stageName, tags, transform, opts }: Surroundings,
): aws.cloudwatch.LogGroup {
  return executionLogGroup(
    `${component}-execution`,
    pulumi.interpolate`API-Gateway-Execution-Logs_${api.id}/${stageName}`,
    { accessLog, tags, transform: transform.executionLogGroup },
    opts,
  );
}
