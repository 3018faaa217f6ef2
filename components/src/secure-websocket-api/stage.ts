import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { AccessLog } from "../access-log/args";
import { executionLogGroup } from "../access-log/execution-log-group";
import { accessLogFormat } from "../access-log/format";
import { childName } from "../child-name";
import { type Lockdown, noThroughput, throttleUnder } from "../lockdown";
import { transformed } from "../override/transform";
import type { Tags } from "../tags";
import { defaultThrottle, type Throttle, throttlingOf } from "../throttle";
import type { SecureWebSocketApiArgs } from "./args";
import { webSocketGuardingUnder } from "./guarding";
import { isMessageKey } from "./route-key";
import type { PlannedRoute } from "./routes";
import type { Surroundings } from "./surroundings";

/** What a stage serves, and what it waits for. */
export interface Staged {
  readonly routes: readonly PlannedRoute[];
  readonly logGroup: aws.cloudwatch.LogGroup;
  readonly dependsOn: readonly pulumi.Resource[];
}

/**
 * Creates the stage, which deploys by itself. The engine deletes last, so a deployment created by the program would still
 * contain a removed route.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/how-pulumi-works/ (deletions come last)
 */
export function makeStage(
  args: SecureWebSocketApiArgs,
  { routes, logGroup, dependsOn }: Staged,
  { component, api, stageName, transform, opts }: Surroundings,
): aws.apigatewayv2.Stage {
  const throttle = args.throttle ?? defaultThrottle;
  const stage: aws.apigatewayv2.StageArgs = {
    apiId: api.id,
    name: stageName,
    autoDeploy: true,
    accessLogSettings: { destinationArn: logGroup.arn, format: accessLogFormat("WEBSOCKET") },
    // A route's settings inherit nothing from these, and the provider sends a missing number as 0, which answers everything
    // with 429 (https://github.com/pulumi/pulumi-aws/issues/2363).
    defaultRouteSettings: routeSettings(messageThrottle(args.lockdown, throttle)),
    routeSettings: routes.map(({ key, settings }) => ({
      routeKey: key,
      ...routeSettings(throttleOf(key, settings.throttle ?? throttle, args.lockdown)),
    })),
    ...(args.tags !== undefined && { tags: args.tags }),
  };
  const type = "aws:apigatewayv2/stage:Stage";
  return new aws.apigatewayv2.Stage(
    component,
    transformed(transform.stage, type, component, stage, webSocketGuardingUnder(args.lockdown)),
    // API Gateway refuses settings for a route that doesn't exist yet.
    { ...opts, dependsOn: [...dependsOn] },
  );
}

/** A trace would log whole messages, and tokens in query strings. */
function routeSettings(throttle: Throttle) {
  return {
    ...throttlingOf(throttle),
    detailedMetricsEnabled: true,
    loggingLevel: "ERROR",
    dataTraceEnabled: false,
  };
}

/**
 * Under `"deny"`, `$connect` refuses new connections. Open connections aren't checked again, so their messages are stopped by
 * the throttle.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html
 */
function throttleOf(key: string, throttle: Throttle, lockdown: Lockdown | undefined): Throttle {
  return isMessageKey(key) ? messageThrottle(lockdown, throttle) : throttleUnder(lockdown, throttle);
}

function messageThrottle(lockdown: Lockdown | undefined, throttle: Throttle): Throttle {
  return lockdown === "deny" ? noThroughput : throttleUnder(lockdown, throttle);
}

/** AWS doesn't document the name of this log group. This is the name that API Gateway uses. */
export function makeExecutionLogGroup(
  accessLog: AccessLog | undefined,
  tags: Tags | undefined,
  { component, api, stageName, transform, opts }: Surroundings,
): aws.cloudwatch.LogGroup {
  return executionLogGroup(
    childName(component, "execution log"),
    pulumi.interpolate`/aws/apigateway/${api.id}/${stageName}`,
    { accessLog, tags, transform: transform.executionLogGroup },
    opts,
  );
}
