import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { LambdaAuthorization } from "../authorization/authorization";
import { authorizationHeader, authorizerName, identitySourceIn } from "../authorization/authorizer-identity";
import { fittingChild } from "../aws-name";
import { childName } from "../child-name";
import { invokedFunction } from "../lambda-function/handler";
import { permit } from "../lambda-function/permission";
import { transformed } from "../override/transform";
import type { Surroundings } from "./surroundings";

/**
 * Creates the authorizer, which calls a Lambda function for each client that connects, and its permission. It has no cache:
 * API Gateway has one for HTTP and REST APIs only.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html
 */
export function makeAuthorizer(
  lambda: LambdaAuthorization,
  { component, headline, api, transform, opts }: Surroundings,
): aws.apigatewayv2.Authorizer {
  const name = childName(component, authorizerName(lambda));
  const invoked = invokedFunction(lambda.handler, headline, "authorization.handler");
  const type = "aws:apigatewayv2/authorizer:Authorizer";
  const child = fittingChild(type, name, opts);
  const authorizer = new aws.apigatewayv2.Authorizer(
    child.name,
    transformed(transform.authorizer, type, child.name, {
      apiId: api.id,
      authorizerType: "REQUEST",
      authorizerUri: invoked.invokeArn,
      // https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-authorizers.html
      identitySources: (lambda.identitySources ?? [authorizationHeader]).map((source) =>
        identitySourceIn("route.request", source),
      ),
    }),
    child.opts,
  );
  const sourceArn = pulumi.interpolate`${api.executionArn}/authorizers/${authorizer.id}`;
  permit(name, invoked, sourceArn, { transform: transform.permission, opts });
  return authorizer;
}
