import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { AccessLog } from "../access-log/args";
import { executionLogGroup } from "../access-log/execution-log-group";
import { accessLogFormat } from "../access-log/format";
import { childName } from "../child-name";
import { type Lockdown, noThroughput, throttleUnder } from "../lockdown";
import type { Throttles } from "../override/guarded-properties";
import { transformed } from "../override/transform";
import type { Tags } from "../tags";
import { defaultThrottle, type Throttle, throttlingOf } from "../throttle";
import type { SecureWebSocketApiArgs } from "./args";
import { isMessageKey } from "./route-key";
import type { PlannedRoute } from "./routes";
import type { Surroundings } from "./surroundings";

/** What a stage serves, and what it has to wait for. */
export interface Staged {
  readonly routes: readonly PlannedRoute[];
  readonly logGroup: aws.cloudwatch.LogGroup;
  readonly dependsOn: readonly pulumi.Resource[];
}

/**
 * Makes the stage. It is deployed by itself, since a deployment of the program's own would be made before the engine
 * deletes what left the program: a removed route would stay reachable.
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
    // An entry of a route inherits nothing of these, and a number that is missing is sent as 0, which answers everything
    // 429 (https://github.com/pulumi/pulumi-aws/issues/2363).
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
    transformed(transform.stage, type, component, stage, webSocketThrottleGuard(args.lockdown)),
    // API Gateway refuses settings for a route that isn't there yet.
    { ...opts, dependsOn: [...dependsOn] },
  );
}

/** `"deny"` holds throttles at 0 too: it stops the messages of open connections. */
export function webSocketThrottleGuard(lockdown: Lockdown | undefined): Throttles {
  return lockdown === "throttle" || lockdown === "deny" ? "held at 0" : "changeable";
}

/** A trace would write whole messages, tokens in query strings included, to the log. */
function routeSettings(throttle: Throttle) {
  return {
    ...throttlingOf(throttle),
    detailedMetricsEnabled: true,
    loggingLevel: "ERROR",
    dataTraceEnabled: false,
  };
}

/**
 * Under `"deny"` new connections are refused by `$connect` itself. Those that are open know nothing of that: their
 * messages are stopped.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html
 */
function throttleOf(key: string, throttle: Throttle, lockdown: Lockdown | undefined): Throttle {
  return isMessageKey(key) ? messageThrottle(lockdown, throttle) : throttleUnder(lockdown, throttle);
}

function messageThrottle(lockdown: Lockdown | undefined, throttle: Throttle): Throttle {
  return lockdown === "deny" ? noThroughput : throttleUnder(lockdown, throttle);
}

/** API Gateway's developer guide doesn't say how the log group is called; this is the name that it uses. */
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
