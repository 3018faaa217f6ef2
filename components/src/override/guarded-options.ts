import type * as pulumi from "@pulumi/pulumi";
import {
  type Properties,
  snapshotOf,
  type Throttles,
  withGuardedProperties,
  withoutGuarded,
} from "./guarded-properties";

/**
 * A component's options in which its own `transforms` and `transformations` can't open a door: they run between one
 * that remembers what decides who may call and one that puts it back. What a parent or the whole stack transforms
 * comes after these; there the policy pack is the net.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/resources/options/transforms/
 */
export function guardedOptions(
  opts: pulumi.ComponentResourceOptions,
  throttles: Throttles = "changeable",
): pulumi.ComponentResourceOptions {
  const { transforms, transformations } = opts;
  return {
    ...opts,
    ...(transforms && { transforms: guarded(transforms, throttles) }),
    ...(transformations && { transformations: guarded(transformations, throttles) }),
  };
}

/** What a transform is shown of a resource, and what it may answer. */
interface Shown {
  readonly type: string;
  readonly name: string;
  readonly props: object;
  readonly opts: pulumi.ResourceOptions;
}

function guarded<T>(own: readonly T[], throttles: Throttles): T[] {
  const before = new Map<string, { readonly props: Properties; readonly opts: pulumi.ResourceOptions }>();
  const remember = ({ type, name, props, opts }: Shown) => {
    // A transformation is handed the properties themselves, and might write into them.
    before.set(`${type} ${name}`, { props: snapshotOf({ ...props }), opts: { ...opts } });
    return undefined;
  };
  const putBack = ({ type, name, props, opts }: Shown) => {
    const { transforms, ignoreChanges, ...others } = opts;
    const was = before.get(`${type} ${name}`);
    return {
      props: { ...withGuardedProperties(type, was?.props ?? {}, { ...props }, throttles) },
      opts: {
        ...others,
        ...(ignoreChanges && { ignoreChanges: [...withoutGuarded(type, ignoreChanges, throttles)] }),
        // Those that a transformation hands the resource would run when this one is through.
        ...(was?.opts.transforms && { transforms: was.opts.transforms }),
      },
    };
  };
  // Both kinds of transforms are shown these four, and may answer the last two.
  return [remember as T, ...own, putBack as T];
}
