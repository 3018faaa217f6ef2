import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** How API Gateway calls the handler of a route of an HTTP or a WebSocket API. */
export interface Answering {
  readonly integration: Omit<aws.apigatewayv2.IntegrationArgs, "apiId">;
  /** What has to be there before API Gateway calls it. */
  readonly needs: readonly pulumi.Resource[];
}
