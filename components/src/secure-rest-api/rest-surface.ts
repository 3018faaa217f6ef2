import { flagProblems, type InputProblem, type NamesOf, type PlainRecord } from "../input-problems";
import type { ApiSurface } from "../routes/api-surface";
import { isRouteKey, methodOf } from "../routes/route-key";
import { throttleProblems } from "../throttle";
import type { RestRouteSettings } from "./args";
import { transferProblems } from "./response-transfer";
import { bodyProblems, requiredParametersProblems } from "./validation/args";

const routeArguments: NamesOf<RestRouteSettings> = {
  handler: true,
  throttle: true,
  timeoutMilliseconds: true,
  responseTransferMode: true,
  body: true,
  requiredParameters: true,
  apiKeyRequired: true,
};

/**
 * What a REST API supports. API Gateway has JWT authorizers for REST APIs too, but the provider doesn't support them yet
 * (`aws.apigateway.Authorizer` of version 7.48).
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-jwt-authorizer.html
 */
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
              "leave it out, and tell clients apart by scopes: a REST API accepts the tokens of every app client of the user pool",
          },
        ]
      : [],
  integrations: ["HTTP", "REST_VPC_LINK", "SQS", "EVENT_BRIDGE", "STEP_FUNCTIONS", "KINESIS", "SNS"],
  hasTemplates: true,
  routeArguments,
  routeProblems: (route, path, key) => [
    ...throttleProblems(route.throttle, `${path}.throttle`),
    ...transferProblems(route, path),
    ...bodyProblems(route.body, isRouteKey(key) ? methodOf(key) : "", `${path}.body`),
    ...requiredParametersProblems(route.requiredParameters, `${path}.requiredParameters`),
    ...apiKeyProblems(route, `${path}.apiKeyRequired`),
  ],
};

function apiKeyProblems({ apiKeyRequired, access }: PlainRecord, propertyPath: string): InputProblem[] {
  if (apiKeyRequired !== true) return flagProblems(apiKeyRequired, propertyPath);
  if (access === undefined) return [];
  const reason =
    "give the route an authorization, or leave apiKeyRequired out: a key counts requests and authorizes nobody";
  return [{ propertyPath, reason }];
}
