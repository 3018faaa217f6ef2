import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { WebSocketApiTransforms } from "./args";

/** Where the children of a WebSocket API are made: the component, its API, and how its errors begin. */
export interface Surroundings {
  readonly component: string;
  readonly headline: string;
  readonly api: aws.apigatewayv2.Api;
  readonly stageName: string;
  readonly transform: WebSocketApiTransforms;
  readonly opts: pulumi.CustomResourceOptions;
}
