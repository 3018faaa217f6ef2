import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { HttpAuthorization } from "../authorization/authorization";
import { fittingChild } from "../aws-name";
import { isDefaultEndpointOff } from "../domain/default-endpoint";
import { transformed } from "../override/transform";
import type { PlannedRoute } from "../routes/planned-route";
import type { HttpRouteSettings, SecureHttpApiArgs } from "./args";
import { corsConfiguration } from "./cors-configuration";

export function makeApi(
  name: string,
  args: SecureHttpApiArgs,
  planned: readonly PlannedRoute<HttpAuthorization, HttpRouteSettings>[],
  headline: string,
  opts: pulumi.CustomResourceOptions,
): aws.apigatewayv2.Api {
  const { cors, lockdown, tags, transform } = args;
  const type = "aws:apigatewayv2/api:Api";
  const child = fittingChild(type, name, opts);
  return new aws.apigatewayv2.Api(
    child.name,
    transformed(transform?.api, type, child.name, {
      protocolType: "HTTP",
      // This takes effect with the next deployment, and the stage deploys by itself
      // (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-disable-default-endpoint.html).
      ...(isDefaultEndpointOff(args) && { disableExecuteApiEndpoint: true }),
      // With CORS, API Gateway answers preflights itself, whatever authorization an OPTIONS route has
      // (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html).
      ...(cors && lockdown !== "deny" && { corsConfiguration: corsConfiguration(cors, planned, headline) }),
      tags,
    }),
    child.opts,
  );
}
