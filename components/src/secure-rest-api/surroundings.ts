import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Tags } from "../tags";
import type { RestApiTransforms } from "./args";

/** Where an API is made: the component and the stage, and how errors begin. */
export interface Place {
  readonly component: string;
  readonly headline: string;
  readonly stageName: string;
  readonly tags: Tags | undefined;
  readonly transform: RestApiTransforms;
  readonly parent: pulumi.Resource;
  readonly opts: pulumi.CustomResourceOptions;
}

/** Where the parts of an API are made. */
export interface Surroundings extends Place {
  readonly api: aws.apigateway.RestApi;
}
