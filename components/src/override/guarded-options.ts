import type * as pulumi from "@pulumi/pulumi";
import {
  type Properties,
  snapshotOf,
  type Throttles,
  withGuardedProperties,
  withoutGuarded,
} from "./guarded-properties";

/**
 * A component's options with its own `transforms` and `transformations` guarded, so that they can't open a route. They run
 * between one transform that remembers the guarded properties and one that restores them. Transforms of a parent or of the
 * whole stack run later: the policy pack checks their result.
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

/** What a transform gets. It may return the last two. */
interface Shown {
  readonly type: string;
  readonly name: string;
  readonly props: object;
  readonly opts: pulumi.ResourceOptions;
}

function guarded<T>(own: readonly T[], throttles: Throttles): T[] {
  const before = new Map<string, { readonly props: Properties; readonly opts: pulumi.ResourceOptions }>();
  const remember = ({ type, name, props, opts }: Shown) => {
    // A transformation gets the properties themselves and could write into them.
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
        // Transforms that a transformation adds would run after this one.
        ...(was?.opts.transforms && { transforms: was.opts.transforms }),
      },
    };
  };
  // Both kinds of transform have these four properties.
  return [remember as T, ...own, putBack as T];
}
