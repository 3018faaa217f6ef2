import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { RestApiTransforms, Tags } from "./args";

/** Where the parts of an API are made: the component, its API and its stage, and how its errors begin. */
export interface Surroundings {
  readonly component: string;
  readonly headline: string;
  readonly api: aws.apigateway.RestApi;
  readonly stageName: string;
  readonly tags: Tags | undefined;
  readonly transform: RestApiTransforms;
  readonly opts: pulumi.CustomResourceOptions;
}
