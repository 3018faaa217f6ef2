import * as aws from "@pulumi/aws";
import { childName } from "../child-name";
import { guardingUnder, type Lockdown, throttleUnder } from "../lockdown";
import { transformed } from "../override/transform";
import { methodOf, pathOf, type RouteKey } from "../routes/route-key";
import { defaultThrottle, type Throttle, throttlingOf } from "../throttle";
import { spelledOut, withoutParameterNames } from "./paths";
import type { Surroundings } from "./surroundings";

/** The throttles of an API. */
export interface Throttled {
  readonly lockdown: Lockdown | undefined;
  readonly throttle: Throttle | undefined;
  readonly routes: readonly { readonly key: RouteKey; readonly throttle: Throttle | undefined }[];
}

/**
 * Creates the settings of a stage, and of each route with its own throttle. A method's settings inherit nothing from the
 * stage's, so each sets everything. The contents of requests and answers are never logged (`dataTraceEnabled`).
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
 */
export function makeMethodSettings(
  { lockdown, throttle = defaultThrottle, routes }: Throttled,
  stage: aws.apigateway.Stage,
  { component, api, transform, opts }: Surroundings,
): readonly aws.apigateway.MethodSettings[] {
  const make = (name: string, methodPath: string, limits: Throttle) =>
    new aws.apigateway.MethodSettings(
      name,
      transformed(
        transform.methodSettings,
        "aws:apigateway/methodSettings:MethodSettings",
        name,
        {
          restApi: api.id,
          stageName: stage.stageName,
          methodPath,
          settings: {
            ...throttlingOf(throttleUnder(lockdown, limits)),
            metricsEnabled: true,
            loggingLevel: "ERROR",
            dataTraceEnabled: false,
          },
        },
        guardingUnder(lockdown),
      ),
      opts,
    );
  return [
    make(component, "*/*", throttle),
    ...ownThrottles(routes).map(([key, limits]) =>
      make(childName(component, withoutParameterNames(key)), methodPathOf(key), limits),
    ),
  ];
}

/** Each method with its own throttle. A stage has no settings for ANY, so ANY becomes several methods. */
function ownThrottles(routes: Throttled["routes"]): readonly (readonly [RouteKey, Throttle])[] {
  const keys = new Set(routes.map(({ key }) => key));
  return routes.flatMap(({ key, throttle }) =>
    throttle ? spelledOut(key, keys).map((one) => [one, throttle] as const) : [],
  );
}

/**
 * `~1customers~1{id}/GET`, the form that API Gateway returns
 * (https://github.com/hashicorp/terraform-provider-aws/issues/9738).
 */
function methodPathOf(key: RouteKey): string {
  return `${pathOf(key).replaceAll("/", "~1")}/${methodOf(key)}`;
}
