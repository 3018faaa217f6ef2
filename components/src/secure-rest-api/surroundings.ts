import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Tags } from "../tags";
import type { RestApiTransforms } from "./args";

/** What the API needs from its component. `headline` is the first line of an error. */
export interface Place {
  readonly component: string;
  readonly headline: string;
  readonly stageName: string;
  readonly tags: Tags | undefined;
  readonly transform: RestApiTransforms;
  readonly parent: pulumi.Resource;
  readonly opts: pulumi.CustomResourceOptions;
}

/** What the parts of an API share. */
export interface Surroundings extends Place {
  readonly api: aws.apigateway.RestApi;
}
