import type * as pulumi from "@pulumi/pulumi";
import { withGuardedProperties } from "./guarded-properties";

/**
 * A component's options in which its own `transforms` and `transformations` can't open a door: they run between one
 * that remembers what decides who may call and one that puts it back. What a parent or the whole stack transforms
 * comes after these; there the policy pack is the net.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/resources/options/transforms/
 */
export function guardedOptions(opts: pulumi.ComponentResourceOptions): pulumi.ComponentResourceOptions {
  const { transforms, transformations } = opts;
  return {
    ...opts,
    ...(transforms && { transforms: guarded(transforms) }),
    ...(transformations && { transformations: guarded(transformations) }),
  };
}

/** What a transform is shown of a resource, and what it may answer. */
interface Shown {
  readonly type: string;
  readonly name: string;
  readonly props: object;
  readonly opts: pulumi.ResourceOptions;
}

function guarded<T>(own: readonly T[]): T[] {
  const before = new Map<string, Readonly<Record<string, unknown>>>();
  const remember = ({ type, name, props }: Shown) => {
    before.set(`${type} ${name}`, { ...props });
    return undefined;
  };
  const putBack = ({ type, name, props, opts }: Shown) => ({
    props: { ...withGuardedProperties(type, before.get(`${type} ${name}`) ?? {}, { ...props }) },
    opts,
  });
  // Both kinds of transforms are shown these four, and may answer the last two.
  return [remember as T, ...own, putBack as T];
}
