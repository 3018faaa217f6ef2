import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type {
  CognitoClientsAuthorization,
  HttpAuthorization,
  JwtAuthorization,
  LambdaAuthorization,
} from "../authorization/authorization";
import {
  audiencesProblems,
  clientIdsProblems,
  issuerProblems,
} from "../authorization/authorization-problems";
import {
  type Authorizing,
  authorizationHeader,
  authorizerName,
  authorizerOf,
} from "../authorization/authorizer-identity";
import { arnOfUserPool, issuerOfUserPool } from "../authorization/user-pool";
import { fittingChild } from "../aws-name";
import { childName } from "../child-name";
import { checkedListOnArrival, checkedOnArrival } from "../input-problems";
import { invokedFunction } from "../lambda-function/handler";
import { permit } from "../lambda-function/permission";
import { transformed } from "../override/transform";
import { authorizationsOf, type PlannedRoute } from "../routes/planned-route";
import type { Surroundings } from "./surroundings";

const routeKeyOfRequest = "$context.routeKey";

function identitySourcesOf({ identitySources, resultTtlInSeconds }: LambdaAuthorization): string[] {
  const sources = [...(identitySources ?? [authorizationHeader])];
  // A cached simple response applies to every route of the authorizer, unless the route is part of the cache key.
  const isRemembered = (resultTtlInSeconds ?? 0) > 0;
  return isRemembered && !sources.includes(routeKeyOfRequest) ? [...sources, routeKeyOfRequest] : sources;
}

/**
 * Creates the authorizers that routes need, by name. The checks made sure that two authorizations with one name are the same.
 */
export function makeAuthorizers(
  routes: readonly PlannedRoute<HttpAuthorization, unknown>[],
  surroundings: Surroundings,
): ReadonlyMap<string, aws.apigatewayv2.Authorizer> {
  const authorizers = new Map<string, aws.apigatewayv2.Authorizer>();
  for (const { authorization, path } of authorizationsOf(routes)) {
    const authorizing = authorizerOf(authorization);
    if (!authorizing || authorizers.has(authorizerName(authorizing))) continue;
    authorizers.set(authorizerName(authorizing), makeAuthorizer(authorizing, path, surroundings));
  }
  return authorizers;
}

/** Creates the authorizer and, for a Lambda function, the permission to invoke it. */
function makeAuthorizer(
  authorization: Authorizing<HttpAuthorization>,
  path: string,
  surroundings: Surroundings,
): aws.apigatewayv2.Authorizer {
  switch (authorization.type) {
    case "JWT":
      return makeJwtAuthorizer(authorization, path, surroundings);
    case "COGNITO_USER_POOLS":
      return makeCognitoAuthorizer(authorization, path, surroundings);
    case "CUSTOM":
      return makeLambdaAuthorizer(authorization, path, surroundings);
  }
}

/** An HTTP API treats a user pool as an issuer of JSON Web Tokens, and the id of an app client as an audience. */
function makeCognitoAuthorizer(
  cognito: CognitoClientsAuthorization,
  path: string,
  surroundings: Surroundings,
): aws.apigatewayv2.Authorizer {
  const { headline } = surroundings;
  return authorizerWith(cognito, surroundings, {
    authorizerType: "JWT",
    identitySources: [authorizationHeader],
    jwtConfiguration: {
      issuer: issuerOfUserPool(arnOfUserPool(cognito.userPool, headline, `${path}.userPool`)),
      audiences: checkedListOnArrival(cognito.clientIds, headline, (clientIds) =>
        clientIdsProblems(clientIds, `${path}.clientIds`),
      ),
    },
  });
}

function makeJwtAuthorizer(
  jwt: JwtAuthorization,
  path: string,
  surroundings: Surroundings,
): aws.apigatewayv2.Authorizer {
  const { headline } = surroundings;
  return authorizerWith(jwt, surroundings, {
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
  });
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html */
function makeLambdaAuthorizer(
  lambda: LambdaAuthorization,
  path: string,
  surroundings: Surroundings,
): aws.apigatewayv2.Authorizer {
  const { component, headline, api, transforms, opts } = surroundings;
  const invoked = invokedFunction(lambda.handler, headline, `${path}.handler`);
  const authorizer = authorizerWith(lambda, surroundings, {
    authorizerType: "REQUEST",
    authorizerUri: invoked.invokeArn,
    ...(lambda.response === "iamPolicy"
      ? // The format in which a REST API calls its authorizers. It has no simple response.
        { authorizerPayloadFormatVersion: "1.0", enableSimpleResponses: false }
      : { authorizerPayloadFormatVersion: "2.0", enableSimpleResponses: true }),
    identitySources: identitySourcesOf(lambda),
    // Without a value, the provider writes 300.
    authorizerResultTtlInSeconds: lambda.resultTtlInSeconds ?? 0,
  });
  const sourceArn = pulumi.interpolate`${api.executionArn}/authorizers/${authorizer.id}`;
  const name = childName(component, authorizerName(lambda));
  permit(name, invoked, sourceArn, { transform: transforms.permission, opts });
  return authorizer;
}

function authorizerWith(
  authorization: Authorizing<HttpAuthorization>,
  { component, api, transforms, opts }: Surroundings,
  args: Omit<aws.apigatewayv2.AuthorizerArgs, "apiId">,
): aws.apigatewayv2.Authorizer {
  const type = "aws:apigatewayv2/authorizer:Authorizer";
  const child = fittingChild(type, childName(component, authorizerName(authorization)), opts);
  return new aws.apigatewayv2.Authorizer(
    child.name,
    transformed(transforms.authorizer, type, child.name, { apiId: api.id, ...args }),
    child.opts,
  );
}
