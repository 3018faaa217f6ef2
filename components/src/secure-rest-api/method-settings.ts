import * as aws from "@pulumi/aws";
import { childName } from "../child-name";
import { type Lockdown, throttleGuard, throttleUnder } from "../lockdown";
import { transformed } from "../override/transform";
import { methodOf, pathOf, type RouteKey } from "../routes/route-key";
import { defaultThrottle, type Throttle, throttlingOf } from "../throttle";
import { spelledOut, withoutParameterNames } from "./paths";
import type { Surroundings } from "./surroundings";

/** How much an API lets through. */
export interface Throttled {
  readonly lockdown: Lockdown | undefined;
  readonly throttle: Throttle | undefined;
  readonly routes: readonly { readonly key: RouteKey; readonly throttle: Throttle | undefined }[];
}

/**
 * Makes the settings of a stage, and of each route with a throttle of its own. An entry of a method inherits nothing from the
 * stage's, so each says everything. What a request and its answer hold is never logged (`dataTraceEnabled`).
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
        throttleGuard(lockdown),
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

/** Each method that has a throttle of its own. The stage knows no settings of ANY itself. */
function ownThrottles(routes: Throttled["routes"]): readonly (readonly [RouteKey, Throttle])[] {
  const keys = new Set(routes.map(({ key }) => key));
  return routes.flatMap(({ key, throttle }) =>
    throttle ? spelledOut(key, keys).map((one) => [one, throttle] as const) : [],
  );
}

/**
 * `~1customers~1{id}/GET`: the form in which API Gateway gives the settings back
 * (https://github.com/hashicorp/terraform-provider-aws/issues/9738).
 */
function methodPathOf(key: RouteKey): string {
  return `${pathOf(key).replaceAll("/", "~1")}/${methodOf(key)}`;
}
