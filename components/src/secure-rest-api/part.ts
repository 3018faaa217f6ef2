import type * as pulumi from "@pulumi/pulumi";
import { type Transform, transformed } from "../override/transform";

/** A part of an API, and what it was made of: a deployment is a snapshot of it. */
export interface Part<Made extends pulumi.CustomResource = pulumi.CustomResource> {
  readonly resource: Made;
  readonly args: object;
}

type MadeBy<Args, Made> = new (name: string, args: Args, opts: pulumi.CustomResourceOptions) => Made;

/** Makes a part of what its transform makes of the arguments. */
export function makePart<Args extends object, Made extends pulumi.CustomResource>(
  Resource: MadeBy<Args, Made>,
  type: string,
  name: string,
  args: Args,
  {
    transform,
    opts,
  }: { readonly transform: Transform<Args> | undefined; readonly opts: pulumi.CustomResourceOptions },
): Part<Made> {
  const changed = transformed(transform, type, name, args);
  return { resource: new Resource(name, changed, opts), args: changed };
}
