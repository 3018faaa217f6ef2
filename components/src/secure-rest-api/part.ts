import type * as pulumi from "@pulumi/pulumi";
import { type Transform, transformed } from "../override/transform";

/** A part of an API, and its arguments. A deployment contains it. */
export interface Part<Made extends pulumi.CustomResource = pulumi.CustomResource> {
  readonly resource: Made;
  readonly args: object;
}

type MadeBy<Args, Made> = new (name: string, args: Args, opts: pulumi.CustomResourceOptions) => Made;

/** Creates a part with its transformed arguments. */
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
