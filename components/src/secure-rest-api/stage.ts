import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { defaultRetentionInDays } from "../access-log/args";
import { accessLogFormat } from "../access-log/format";
import { accessLogGroup } from "../access-log/log-group";
import { transformed } from "../override/transform";
import type { RestApiSettings } from "./args";
import type { Surroundings } from "./surroundings";

/** A stage, and where it writes. */
export interface LoggedStage {
  readonly stage: aws.apigateway.Stage;
  readonly accessLogGroup: aws.cloudwatch.LogGroup;
  readonly executionLogGroup: aws.cloudwatch.LogGroup;
}

/** Makes the stage of a deployment, traced by X-Ray, with its access log and the log of its errors. */
export function makeStage(
  deployment: aws.apigateway.Deployment,
  { accessLog }: Pick<RestApiSettings, "accessLog">,
  surroundings: Surroundings,
): LoggedStage {
  const { component, api, stageName, tags, transform, opts } = surroundings;
  const group = accessLogGroup(component, { accessLog, tags, transform: transform.logGroup }, opts);
  const executionLogGroup = makeExecutionLogGroup(accessLog, surroundings);
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
    // API Gateway would make the log group itself, and keep it for ever.
    { ...opts, dependsOn: [executionLogGroup] },
  );
  return { stage, accessLogGroup: group, executionLogGroup };
}

/** API Gateway says how it is called (https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html). */
function makeExecutionLogGroup(
  accessLog: RestApiSettings["accessLog"],
  { component, api, stageName, tags, transform, opts }: Surroundings,
): aws.cloudwatch.LogGroup {
  const name = `${component}-execution`;
  return new aws.cloudwatch.LogGroup(
    name,
    transformed(transform.logGroup, "aws:cloudwatch/logGroup:LogGroup", name, {
      name: pulumi.interpolate`API-Gateway-Execution-Logs_${api.id}/${stageName}`,
      retentionInDays: accessLog?.retentionInDays ?? defaultRetentionInDays,
      ...(accessLog?.kmsKeyId !== undefined && { kmsKeyId: accessLog.kmsKeyId }),
      ...(tags !== undefined && { tags }),
    }),
    opts,
  );
}
