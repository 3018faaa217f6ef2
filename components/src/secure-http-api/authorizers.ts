import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type {
  Authorization,
  IamAuthorization,
  JwtAuthorization,
  LambdaAuthorization,
} from "../authorization/authorization";
import { audiencesProblems, issuerProblems } from "../authorization/authorization-problems";
import { checkedListOnArrival, checkedOnArrival } from "../input-problems";
import { invokedFunction } from "../lambda-function/handler";
import type { PlannedRoute } from "./planned-route";
import { childName } from "./route-key";

/** An authorization for which API Gateway needs an authorizer. IAM needs none. */
type Authorizing = Exclude<Authorization, IamAuthorization>;

const defaultNames = { JWT: "jwt", CUSTOM: "lambda" };
const authorizationHeader = "$request.header.Authorization";
const routeKeyOfRequest = "$context.routeKey";

export function authorizerOf(authorization: Authorization): Authorizing | undefined {
  return authorization.type === "AWS_IAM" ? undefined : authorization;
}

export function authorizerName(authorization: Authorizing): string {
  return authorization.name ?? defaultNames[authorization.type];
}

/**
 * Whether two authorizations are one authorizer: API Gateway allows ten for an API. Scopes are the routes' own. Values
 * that arrive later are the same where they are the same Output.
 */
export function isSameAuthorizer(a: Authorization, b: Authorization): boolean {
  if (a.type === "JWT" && b.type === "JWT") {
    return a.issuer === b.issuer && isSameList(a.audiences, b.audiences);
  }
  if (a.type === "CUSTOM" && b.type === "CUSTOM") {
    return (
      a.handler === b.handler &&
      (a.resultTtlInSeconds ?? 0) === (b.resultTtlInSeconds ?? 0) &&
      isSameList(identitySourcesOf(a), identitySourcesOf(b))
    );
  }
  return a === b;
}

function isSameList(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  return a.length === b.length && a.every((value, index) => value === b[index]);
}

function identitySourcesOf({ identitySources, resultTtlInSeconds }: LambdaAuthorization): string[] {
  const sources = [...(identitySources ?? [authorizationHeader])];
  // A remembered simple response counts for every route of the authorizer unless the route is part of its key.
  const isRemembered = (resultTtlInSeconds ?? 0) > 0;
  return isRemembered && !sources.includes(routeKeyOfRequest) ? [...sources, routeKeyOfRequest] : sources;
}

/** Where an authorizer is made: the component, its API, and how its errors begin. */
export interface Surroundings {
  readonly component: string;
  readonly headline: string;
  readonly api: aws.apigatewayv2.Api;
  readonly opts: pulumi.CustomResourceOptions;
}

/**
 * Makes the authorizers that routes need, by name: two authorizations of one name are the same, or the arguments were
 * refused.
 */
export function makeAuthorizers(
  routes: readonly PlannedRoute[],
  surroundings: Surroundings,
): ReadonlyMap<string, aws.apigatewayv2.Authorizer> {
  const authorizers = new Map<string, aws.apigatewayv2.Authorizer>();
  for (const { callers } of routes) {
    if (callers.kind === "anyone") continue;
    const authorizing = authorizerOf(callers.authorization);
    if (!authorizing || authorizers.has(authorizerName(authorizing))) continue;
    authorizers.set(authorizerName(authorizing), makeAuthorizer(authorizing, callers.path, surroundings));
  }
  return authorizers;
}

/** Makes the authorizer and, for a Lambda function, the permission to ask it. */
function makeAuthorizer(
  authorization: Authorizing,
  path: string,
  surroundings: Surroundings,
): aws.apigatewayv2.Authorizer {
  return authorization.type === "JWT"
    ? makeJwtAuthorizer(authorization, path, surroundings)
    : makeLambdaAuthorizer(authorization, path, surroundings);
}

function makeJwtAuthorizer(
  jwt: JwtAuthorization,
  path: string,
  { component, headline, api, opts }: Surroundings,
): aws.apigatewayv2.Authorizer {
  return new aws.apigatewayv2.Authorizer(
    childName(component, authorizerName(jwt)),
    {
      apiId: api.id,
      authorizerType: "JWT",
      identitySources: [authorizationHeader],
      jwtConfiguration: {
        issuer: checkedOnArrival(pulumi.output(jwt.issuer), headline, (issuer) =>
          issuerProblems(issuer, `${path}.issuer`),
        ),
        audiences: checkedListOnArrival(jwt.audiences, headline, (audiences) =>
          audiencesProblems(audiences, `${path}.audiences`),
        ),
      },
    },
    opts,
  );
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html */
function makeLambdaAuthorizer(
  lambda: LambdaAuthorization,
  path: string,
  { component, headline, api, opts }: Surroundings,
): aws.apigatewayv2.Authorizer {
  const name = childName(component, authorizerName(lambda));
  const { functionName, qualifier, invokeArn } = invokedFunction(lambda.handler, headline, `${path}.handler`);
  const authorizer = new aws.apigatewayv2.Authorizer(
    name,
    {
      apiId: api.id,
      authorizerType: "REQUEST",
      authorizerUri: invokeArn,
      authorizerPayloadFormatVersion: "2.0",
      enableSimpleResponses: true,
      identitySources: identitySourcesOf(lambda),
      // Absent, the provider writes 300.
      authorizerResultTtlInSeconds: lambda.resultTtlInSeconds ?? 0,
    },
    opts,
  );
  new aws.lambda.Permission(
    name,
    {
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      function: functionName,
      qualifier,
      sourceArn: pulumi.interpolate`${api.executionArn}/authorizers/${authorizer.id}`,
    },
    opts,
  );
  return authorizer;
}
