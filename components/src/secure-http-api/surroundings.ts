import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Lockdown } from "../lockdown";
import type { Tags } from "../tags";
import type { HttpApiTransforms } from "./args";

/** What the children of an HTTP API share. `headline` is the first line of an error. */
export interface Surroundings {
  readonly component: string;
  readonly headline: string;
  readonly api: aws.apigatewayv2.Api;
  readonly lockdown: Lockdown;
  readonly tags: Tags | undefined;
  readonly transforms: HttpApiTransforms;
  readonly opts: pulumi.CustomResourceOptions;
}
