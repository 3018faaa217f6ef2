import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { HttpAuthorization } from "../authorization/authorization";
import { transformed } from "../override/transform";
import type { PlannedRoute } from "../routes/planned-route";
import type { HttpRouteSettings, SecureHttpApiArgs } from "./args";
import { corsConfiguration } from "./cors-configuration";

export function makeApi(
  name: string,
  { domain, cors, lockdown, tags, transform }: SecureHttpApiArgs,
  planned: readonly PlannedRoute<HttpAuthorization, HttpRouteSettings>[],
  headline: string,
  opts: pulumi.CustomResourceOptions,
): aws.apigatewayv2.Api {
  return new aws.apigatewayv2.Api(
    name,
    transformed(transform?.api, "aws:apigatewayv2/api:Api", name, {
      protocolType: "HTTP",
      // Nothing goes round the domain, where callers may have to show certificates. It takes effect with the next
      // deployment, which the stage makes by itself
      // (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-disable-default-endpoint.html).
      ...(domain && { disableExecuteApiEndpoint: true }),
      // With it API Gateway answers preflights itself, whatever an OPTIONS route asks for
      // (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html).
      ...(cors && lockdown !== "deny" && { corsConfiguration: corsConfiguration(cors, planned, headline) }),
      tags,
    }),
    opts,
  );
}
