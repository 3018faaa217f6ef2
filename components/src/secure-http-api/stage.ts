import * as aws from "@pulumi/aws";
import { accessLogFormat } from "../access-log/format";
import type { HttpAuthorization } from "../authorization/authorization";
import { guardingUnder, throttleUnder } from "../lockdown";
import { transformed } from "../override/transform";
import type { PlannedRoute } from "../routes/planned-route";
import type { RouteKey } from "../routes/route-key";
import { defaultThrottle, throttlingOf } from "../throttle";
import type { HttpRouteSettings, SecureHttpApiArgs } from "./args";
import type { Surroundings } from "./surroundings";

/**
 * Creates the stage `$default`, which deploys by itself when a route changes, with a throttle for each route.
 *
 * @param made what the stage needs first. API Gateway refuses settings for a route that doesn't exist yet
 */
export function makeStage(
  args: SecureHttpApiArgs,
  planned: readonly PlannedRoute<HttpAuthorization, HttpRouteSettings>[],
  preflights: readonly RouteKey[],
  made: { readonly logGroup: aws.cloudwatch.LogGroup; readonly routes: readonly aws.apigatewayv2.Route[] },
  { component, api, lockdown, transforms, opts }: Surroundings,
): aws.apigatewayv2.Stage {
  const throttle = args.throttle ?? defaultThrottle;
  const throttles = [
    ...planned.map(({ key, settings }) => ({ key, throttle: settings.throttle ?? throttle })),
    ...preflights.map((key) => ({ key, throttle })),
  ];
  return new aws.apigatewayv2.Stage(
    component,
    transformed(
      transforms.stage,
      "aws:apigatewayv2/stage:Stage",
      component,
      {
        apiId: api.id,
        name: "$default",
        autoDeploy: true,
        accessLogSettings: { destinationArn: made.logGroup.arn, format: accessLogFormat("HTTP") },
        // No detailed metrics, which CloudWatch charges for each route. The alarms need only the stage's metrics, and the
        // access log has the routes (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html). Set
        // both numbers everywhere: the provider sends a missing one as 0, which answers every request with 429, and a route's
        // settings inherit nothing (https://github.com/pulumi/pulumi-aws/issues/2363).
        defaultRouteSettings: throttlingOf(throttleUnder(lockdown, throttle)),
        routeSettings: throttles.map((route) => ({
          routeKey: route.key,
          ...throttlingOf(throttleUnder(lockdown, route.throttle)),
        })),
        tags: args.tags,
      },
      guardingUnder(lockdown),
    ),
    { ...opts, dependsOn: [...made.routes] },
  );
}
