import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type {
  CognitoAuthorization,
  LambdaAuthorization,
  RestAuthorization,
} from "../authorization/authorization";
import {
  authorizationHeader,
  authorizerName,
  authorizerOf,
  identitySourceIn,
} from "../authorization/authorizer-identity";
import { arnOfUserPool } from "../authorization/user-pool";
import { childName } from "../child-name";
import { invokedFunction } from "../lambda-function/handler";
import { permit } from "../lambda-function/permission";
import { makePart, type Part } from "./part";
import type { Surroundings } from "./surroundings";

/** The authorizers of an API, by name. */
export interface Authorizers {
  readonly byName: ReadonlyMap<string, Part<aws.apigateway.Authorizer>>;
  /** What has to exist before API Gateway calls them. */
  readonly needs: readonly pulumi.Resource[];
}

/**
 * Creates the authorizers. The checks made sure that two authorizations with one name are the same.
 *
 * @param authorizations each with its path in the arguments
 */
export function makeAuthorizers(
  authorizations: readonly { readonly authorization: RestAuthorization; readonly path: string }[],
  surroundings: Surroundings,
): Authorizers {
  const byName = new Map<string, Part<aws.apigateway.Authorizer>>();
  const needs: pulumi.Resource[] = [];
  for (const { authorization, path } of authorizations) {
    const authorizing = authorizerOf(authorization);
    if (!authorizing || byName.has(authorizerName(authorizing))) continue;
    const made =
      authorizing.type === "CUSTOM"
        ? makeLambdaAuthorizer(authorizing, path, surroundings)
        : { authorizer: makeCognitoAuthorizer(authorizing, path, surroundings), needs: [] };
    byName.set(authorizerName(authorizing), made.authorizer);
    needs.push(...made.needs);
  }
  return { byName, needs };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-integrate-with-cognito.html */
function makeCognitoAuthorizer(
  cognito: CognitoAuthorization,
  path: string,
  surroundings: Surroundings,
): Part<aws.apigateway.Authorizer> {
  const { headline } = surroundings;
  return makeAuthorizer(authorizerName(cognito), surroundings, {
    type: "COGNITO_USER_POOLS",
    providerArns: [arnOfUserPool(cognito.userPool, headline, `${path}.userPool`)],
    identitySource: identitySourceIn("method.request", authorizationHeader),
  });
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html */
function makeLambdaAuthorizer(
  lambda: LambdaAuthorization,
  path: string,
  surroundings: Surroundings,
): { readonly authorizer: Part<aws.apigateway.Authorizer>; readonly needs: readonly pulumi.Resource[] } {
  const { component, headline, api, transform, opts } = surroundings;
  const invoked = invokedFunction(lambda.handler, headline, `${path}.handler`);
  const authorizer = makeAuthorizer(authorizerName(lambda), surroundings, {
    type: "REQUEST",
    authorizerUri: invoked.invokeArn,
    identitySource: identitySourcesOf(lambda).join(","),
    // Without a value, API Gateway uses 300.
    authorizerResultTtlInSeconds: lambda.resultTtlInSeconds ?? 0,
  });
  const sourceArn = pulumi.interpolate`${api.executionArn}/authorizers/${authorizer.resource.id}`;
  const name = childName(component, authorizerName(lambda));
  const needs = permit(name, invoked, sourceArn, { transform: transform.permission, opts });
  return { authorizer, needs };
}

function makeAuthorizer(
  ownName: string,
  { component, api, transform, opts }: Surroundings,
  args: Omit<aws.apigateway.AuthorizerArgs, "restApi">,
): Part<aws.apigateway.Authorizer> {
  return makePart(
    aws.apigateway.Authorizer,
    "aws:apigateway/authorizer:Authorizer",
    childName(component, ownName),
    { restApi: api.id, ...args },
    { transform: transform.authorizer, opts },
  );
}

/**
 * The cache key of an authorizer's answers. A function may return a policy for this method only, or allow more than the
 * request needs. A cached answer therefore applies to its method and path only.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html
 */
export function identitySourcesOf({ identitySources, resultTtlInSeconds }: LambdaAuthorization): string[] {
  const sources = (identitySources ?? [authorizationHeader]).map((source) =>
    identitySourceIn("method.request", source),
  );
  if ((resultTtlInSeconds ?? 0) === 0) return sources;
  return [...new Set([...sources, "context.httpMethod", "context.path"])];
}
