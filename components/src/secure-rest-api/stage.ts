import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { executionLogGroup } from "../access-log/execution-log-group";
import { accessLogFormat } from "../access-log/format";
import { accessLogGroup } from "../access-log/log-group";
import { transformed } from "../override/transform";
import type { RestApiSettings } from "./args";
import type { Surroundings } from "./surroundings";

/** A stage and its access log. */
export interface LoggedStage {
  readonly stage: aws.apigateway.Stage;
  readonly accessLogGroup: aws.cloudwatch.LogGroup;
}

/** Creates the stage of a deployment with X-Ray tracing, an access log and an execution log. */
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
    // API Gateway creates the execution log group if it is missing, and refuses the stage without the account's CloudWatch
    // role.
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
