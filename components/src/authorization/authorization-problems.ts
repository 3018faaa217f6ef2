import * as aws from "@pulumi/aws";
import {
  arrivesLater,
  type InputProblem,
  isPlainRecord,
  type NamesOf,
  type PlainRecord,
  unknownProperties,
  wholeNumberProblems,
} from "../input-problems";
import { handlerProblems } from "../lambda-function/handler";
import { httpLimits, limitProblems } from "../limits";
import type {
  Authorization,
  CognitoAuthorization,
  CognitoClientsArgs,
  CognitoClientsAuthorization,
  JwtArgs,
  JwtAuthorization,
  LambdaAuthorization,
  LambdaAuthorizerArgs,
} from "./authorization";

const jwtArguments: NamesOf<JwtArgs> = { issuer: true, audiences: true, scopes: true, name: true };
const cognitoArguments: NamesOf<CognitoClientsArgs> = {
  userPool: true,
  clientIds: true,
  scopes: true,
  name: true,
};
const lambdaArguments: NamesOf<LambdaAuthorizerArgs> = {
  handler: true,
  response: true,
  identitySources: true,
  resultTtlInSeconds: true,
  name: true,
};

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html */
const identitySource =
  /^\$(request\.(header|querystring)\.[\w.-]+|context\.[A-Za-z]\w*(\.\w+)*|stageVariables\.\w+)$/;
const resultTtlBounds = { least: 0, most: 3600 };

/**
 * Checks the plain values of an authorization.
 *
 * @param path its path in the arguments, with a dot at the end
 */
export function authorizationProblems(authorization: Authorization, path: string): InputProblem[] {
  switch (authorization.type) {
    case "JWT":
      return jwtProblems(authorization, path);
    case "COGNITO_USER_POOLS":
      return cognitoProblems(authorization, path);
    case "CUSTOM":
      return lambdaProblems(authorization, path);
    case "AWS_IAM":
      return [];
  }
}

/** The arguments without `type`, which this package adds. */
function argumentsOf({ type: _, ...args }: Authorization): PlainRecord {
  return args;
}

function jwtProblems(jwt: JwtAuthorization, path: string): InputProblem[] {
  return [
    ...unknownProperties(argumentsOf(jwt), jwtArguments, path),
    ...issuerProblems(jwt.issuer, `${path}issuer`),
    ...audiencesProblems(jwt.audiences, `${path}audiences`),
    ...scopesProblems(jwt.scopes, `${path}scopes`),
    ...nameProblems(jwt.name, `${path}name`),
  ];
}

function cognitoProblems(
  cognito: CognitoAuthorization | CognitoClientsAuthorization,
  path: string,
): InputProblem[] {
  return [
    ...unknownProperties(argumentsOf(cognito), cognitoArguments, path),
    ...userPoolProblems(cognito.userPool, `${path}userPool`),
    ...(cognito.clientIds === undefined ? [] : clientIdsProblems(cognito.clientIds, `${path}clientIds`)),
    ...scopesProblems(cognito.scopes, `${path}scopes`),
    ...nameProblems(cognito.name, `${path}name`),
  ];
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncognitouserpools.html */
export const userPoolArn = /^arn:(aws[\w-]*):cognito-idp:([\w-]+):\d{12}:userpool\/([\w-]+)$/;

export function userPoolProblems(pool: unknown, propertyPath: string): InputProblem[] {
  if (arrivesLater(pool) || aws.cognito.UserPool.isInstance(pool)) return [];
  const arn = isPlainRecord(pool) ? pool.arn : undefined;
  if (arrivesLater(arn) || (typeof arn === "string" && userPoolArn.test(arn))) return [];
  return [{ propertyPath, reason: "give a UserPool, or the { arn } of one that is created elsewhere" }];
}

export function clientIdsProblems(clientIds: unknown, propertyPath: string): InputProblem[] {
  if (arrivesLater(clientIds)) return [];
  const isRight =
    Array.isArray(clientIds) &&
    clientIds.length > 0 &&
    clientIds.every((it) => arrivesLater(it) || isWord(it));
  return isRight
    ? audienceCountProblems(clientIds, propertyPath)
    : [{ propertyPath, reason: "list the id of at least one app client whose tokens to accept" }];
}

export function issuerProblems(issuer: unknown, propertyPath: string): InputProblem[] {
  if (arrivesLater(issuer)) return [];
  if (typeof issuer !== "string" || !/^https:\/\/[^\s*]+$/.test(issuer)) {
    return [{ propertyPath, reason: "give the https URL in the iss claim of the tokens" }];
  }
  // API Gateway appends it. With it twice, API Gateway doesn't find the document and refuses every token.
  if (issuer.includes("/.well-known/")) {
    return [{ propertyPath, reason: "leave out /.well-known/...: API Gateway appends it" }];
  }
  return [];
}

export function audiencesProblems(audiences: unknown, propertyPath: string): InputProblem[] {
  if (arrivesLater(audiences)) return [];
  const isRight =
    Array.isArray(audiences) &&
    audiences.length > 0 &&
    audiences.every((it) => arrivesLater(it) || isWord(it));
  return isRight
    ? audienceCountProblems(audiences, propertyPath)
    : [{ propertyPath, reason: "list at least one audience: without one, tokens for other services pass" }];
}

function audienceCountProblems(audiences: readonly unknown[], propertyPath: string): InputProblem[] {
  const advice = "let the issuer write one audience for the API into tokens, or use several authorizers";
  return limitProblems(httpLimits.audiences, audiences.length, propertyPath, advice);
}

export function scopesProblems(scopes: unknown, propertyPath: string): InputProblem[] {
  if (scopes === "any-token") return [];
  const isRight =
    Array.isArray(scopes) && scopes.length > 0 && scopes.every((it) => arrivesLater(it) || isWord(it));
  return isRight
    ? []
    : [
        {
          propertyPath,
          reason: 'list at least one scope, or write "any-token" to accept every token for the audience',
        },
      ];
}

function lambdaProblems(lambda: LambdaAuthorization, path: string): InputProblem[] {
  return [
    ...unknownProperties(argumentsOf(lambda), lambdaArguments, path),
    ...handlerProblems(lambda.handler, `${path}handler`),
    ...responseProblems(lambda.response, `${path}response`),
    ...identitySourcesProblems(lambda.identitySources, `${path}identitySources`),
    ...wholeNumberProblems(
      lambda.resultTtlInSeconds,
      resultTtlBounds,
      "whole seconds",
      `${path}resultTtlInSeconds`,
    ),
    ...nameProblems(lambda.name, `${path}name`),
  ];
}

function responseProblems(response: unknown, propertyPath: string): InputProblem[] {
  if (response === undefined || response === "iamPolicy") return [];
  const reason = 'write "iamPolicy" for a function that returns an IAM policy, or leave it out';
  return [{ propertyPath, reason }];
}

function identitySourcesProblems(sources: unknown, propertyPath: string): InputProblem[] {
  if (sources === undefined) return [];
  if (!Array.isArray(sources) || !sources.every((it) => typeof it === "string" && identitySource.test(it))) {
    return [
      {
        propertyPath,
        reason: "list plain strings such as $request.header.Authorization or $request.querystring.token",
      },
    ];
  }
  // Context alone is the same for every caller, so the first cached answer would apply to everybody.
  if (!sources.some((source) => source.startsWith("$request."))) {
    return [
      { propertyPath, reason: "name at least one $request.header.NAME or $request.querystring.NAME as well" },
    ];
  }
  return [];
}

function nameProblems(name: unknown, propertyPath: string): InputProblem[] {
  const isRight = name === undefined || (typeof name === "string" && /^[A-Za-z0-9-]{1,40}$/.test(name));
  return isRight ? [] : [{ propertyPath, reason: "use 1 to 40 letters, digits and hyphens" }];
}

function isWord(value: unknown): boolean {
  return typeof value === "string" && /^\S+$/.test(value);
}
