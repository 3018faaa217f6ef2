import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Lockdown } from "../lockdown";
import type { WebSocketApiTransforms } from "./args";

/** What the children of a WebSocket API share. `headline` is the first line of an error. */
export interface Surroundings {
  readonly component: string;
  readonly headline: string;
  readonly api: aws.apigatewayv2.Api;
  readonly stageName: string;
  readonly lockdown: Lockdown;
  readonly transform: WebSocketApiTransforms;
  readonly opts: pulumi.CustomResourceOptions;
}
