import type { InputProblem } from "../input-problems";
import { isIntegration } from "../integration/integration";
import { timeoutProblems } from "../integration/timeout";
import type { ApiSurface } from "../routes/api-surface";
import { isRouteKey } from "../routes/route-key";
import { throttleProblems } from "../throttle";
import { methodOf, parametersOf, pathOf } from "./paths";
import { bodyProblems, requiredParametersProblems } from "./validation/args";

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
export const mostMilliseconds = 29_000;

/** What a REST API takes. */
export const restApi: ApiSurface = {
  authorizations: {
    COGNITO_USER_POOLS: "Authorization.cognito()",
    AWS_IAM: "Authorization.iam()",
    CUSTOM: "Authorization.lambda()",
  },
  authorizationProblems: (authorization, path) =>
    authorization.type === "COGNITO_USER_POOLS" && authorization.clientIds !== undefined
      ? [
          {
            propertyPath: `${path}.clientIds`,
            reason:
              "a REST API takes the tokens of every app client of the user pool: leave it out, and tell clients apart by scopes",
          },
        ]
      : [],
  integrations: ["HTTP", "REST_VPC_LINK"],
  routeArguments: ["throttle", "timeoutMilliseconds", "body", "requiredParameters", "apiKeyRequired"],
  routeProblems: (route, path, key) => [
    ...throttleProblems(route.throttle, `${path}.throttle`),
    ...timeoutProblems(route.timeoutMilliseconds, mostMilliseconds, `${path}.timeoutMilliseconds`),
    ...bodyProblems(route.body, isRouteKey(key) ? methodOf(key) : "", `${path}.body`),
    ...requiredParametersProblems(route.requiredParameters, `${path}.requiredParameters`),
    ...apiKeyProblems(route, `${path}.apiKeyRequired`),
    ...urlParameterProblems(route.handler, key, `${path}.handler.url`),
  ],
};

function apiKeyProblems(
  { apiKeyRequired, access }: Readonly<Record<string, unknown>>,
  propertyPath: string,
): InputProblem[] {
  if (apiKeyRequired === undefined || apiKeyRequired === false) return [];
  if (apiKeyRequired !== true) {
    return [{ propertyPath, reason: "write a plain true or false" }];
  }
  if (access === undefined) return [];
  const reason =
    "a key says who is counted, never who calls: give the route an authorization, or leave the key out of what is public";
  return [{ propertyPath, reason }];
}

/** API Gateway fills a parameter in where the path has one of that name, and refuses the integration elsewhere. */
export function urlParameterProblems(handler: unknown, key: string, propertyPath: string): InputProblem[] {
  if (!isIntegration(handler) || !("url" in handler) || typeof handler.url !== "string") return [];
  if (!isRouteKey(key)) return [];
  const known = parametersOf(pathOf(key));
  const missing = parametersOf(handler.url).filter((name) => !known.includes(name));
  return missing.length === 0
    ? []
    : [
        {
          propertyPath,
          reason: `the route has no parameter ${missing.map((name) => `{${name}}`).join(", ")}`,
        },
      ];
}
