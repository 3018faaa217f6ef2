import type * as pulumi from "@pulumi/pulumi";
import { fittingChild } from "../aws-name";
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
  const child = fittingChild(type, name, opts);
  const changed = transformed(transform, type, child.name, args);
  return { resource: new Resource(child.name, changed, child.opts), args: changed };
}
