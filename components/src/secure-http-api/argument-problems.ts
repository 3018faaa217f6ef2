import { accessLogProblems } from "../access-log/args";
import { clientIdsProblems } from "../authorization/authorization-problems";
import { type InputProblem, isPlainRecord, unknownProperties } from "../input-problems";
import { timeoutProblems } from "../integration/timeout";
import type { ApiSurface } from "../routes/api-surface";
import { defaultAuthorizationProblems, routesProblems } from "../routes/route-problems";
import { throttleProblems } from "../throttle";

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const mostMilliseconds = 30_000;

/** What an HTTP API takes. */
export const httpApi: ApiSurface = {
  authorizations: {
    JWT: "Authorization.jwt()",
    COGNITO_USER_POOLS: "Authorization.cognito()",
    AWS_IAM: "Authorization.iam()",
    CUSTOM: "Authorization.lambda()",
  },
  authorizationProblems: (authorization, path) =>
    authorization.type === "COGNITO_USER_POOLS"
      ? clientIdsProblems(authorization.clientIds, `${path}.clientIds`)
      : [],
  integrations: ["HTTP", "VPC_LINK"],
  routeArguments: ["throttle", "timeoutMilliseconds"],
  routeProblems: ({ throttle, timeoutMilliseconds }, path) => [
    ...throttleProblems(throttle, `${path}.throttle`),
    ...timeoutProblems(timeoutMilliseconds, mostMilliseconds, `${path}.timeoutMilliseconds`),
  ],
};

const apiArguments = ["authorization", "routes", "throttle", "accessLog", "tags"];

/** Everything that is wrong with the arguments of a `SecureHttpApi`, for callers that TypeScript doesn't check. */
export function argumentProblems(args: unknown): InputProblem[] {
  if (!isPlainRecord(args)) {
    return [{ propertyPath: "", reason: "give { authorization, routes }, an object that is not an Output" }];
  }
  return [
    ...unknownProperties(args, apiArguments, ""),
    ...defaultAuthorizationProblems(args.authorization, httpApi),
    ...routesProblems(args.routes, args.authorization, httpApi),
    ...throttleProblems(args.throttle, "throttle"),
    ...accessLogProblems(args.accessLog, "accessLog"),
  ];
}
