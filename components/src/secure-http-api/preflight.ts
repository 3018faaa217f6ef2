import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { HttpAuthorization } from "../authorization/authorization";
import { fittingChild, fittingText } from "../aws-name";
import { transformed } from "../override/transform";
import type { PlannedRoute } from "../routes/planned-route";
import { methodOf, pathOf, type RouteKey, sameRoute } from "../routes/route-key";
import { makePreflightRoute } from "./routes";
import type { Surroundings } from "./surroundings";

/**
 * The OPTIONS routes that preflights need. API Gateway answers preflights itself, but a route with ANY catches OPTIONS too,
 * and its authorizer would refuse the preflight, which has no credentials. Each path with an authorized ANY therefore gets an
 * OPTIONS route without authorization, as AWS advises, unless it already has one.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
export function preflightKeys(
  routes: readonly PlannedRoute<HttpAuthorization, unknown>[],
): readonly RouteKey[] {
  return preflightsFor(routes.map(({ key, callers }) => ({ key, isPublic: callers.kind === "anyone" })));
}

/** The same, before the arguments are known to be valid. */
export function preflightsFor(
  routes: readonly { readonly key: RouteKey; readonly isPublic: boolean }[],
): readonly RouteKey[] {
  const own = new Set(routes.map(({ key }) => sameRoute(key)));
  return routes.flatMap(({ key, isPublic }): RouteKey[] => {
    if (isPublic || methodOf(key) !== "ANY") return [];
    const preflight: RouteKey = `OPTIONS ${pathOf(key)}`;
    return own.has(sameRoute(preflight)) ? [] : [preflight];
  });
}

/** Creates the OPTIONS routes and the function behind them. */
export function makePreflightRoutes(
  keys: readonly RouteKey[],
  surroundings: Surroundings,
): readonly aws.apigatewayv2.Route[] {
  if (keys.length === 0) return [];
  const handler = makePreflightFunction(surroundings);
  return keys.map((key) => makePreflightRoute(key, handler, surroundings));
}

/**
 * The function behind the OPTIONS routes. A route needs an integration, and an HTTP API has none without a backend. The
 * function gets only OPTIONS requests that are no preflights, and answers 204. The handler of ANY therefore never gets an
 * unauthorized OPTIONS request. The function's role allows nothing.
 */
function makePreflightFunction({ component, tags, transforms, opts }: Surroundings): aws.lambda.Function {
  const name = `${component}-preflight`;
  const tagged = tags !== undefined && { tags };
  const roleType = "aws:iam/role:Role";
  const ofRole = fittingChild(roleType, name, opts);
  const role = new aws.iam.Role(
    ofRole.name,
    transformed(transforms.preflightRole, roleType, ofRole.name, {
      description: fittingText(
        "roleDescription",
        `Allows nothing: for the function that answers OPTIONS requests of ${component}`,
      ),
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
        ],
      }),
      ...tagged,
    }),
    ofRole.opts,
  );
  const functionType = "aws:lambda/function:Function";
  const ofFunction = fittingChild(functionType, name, opts);
  return new aws.lambda.Function(
    ofFunction.name,
    transformed(transforms.preflightFunction, functionType, ofFunction.name, {
      description: fittingText(
        "functionDescription",
        `Answers OPTIONS requests of ${component} that are no CORS preflights`,
      ),
      role: role.arn,
      runtime: "nodejs22.x",
      handler: "index.handler",
      timeout: 3,
      code: new pulumi.asset.AssetArchive({
        "index.js": new pulumi.asset.StringAsset("exports.handler = async () => ({ statusCode: 204 });\n"),
      }),
      ...tagged,
    }),
    ofFunction.opts,
  );
}
