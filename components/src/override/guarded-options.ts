import * as pulumi from "@pulumi/pulumi";
import type { InputProblem } from "../input-problems";
import type { Properties, Whole } from "./directions";
import { guardChange, guardIgnoredChanges, snapshotOf } from "./guard";
import { guardsOf } from "./guarded-properties";
import { type Guarding, tellRefused, unlocked } from "./refusal";

/**
 * A component's options with its own `transforms` and `transformations` guarded, so that they can make the API stricter, but
 * never open a route. They run between one transform that remembers the guarded properties and one that checks them. What it
 * refuses stops the program, as a typed `transform` does: both are written for this component. Transforms of a parent or of the
 * whole stack, which are written for many resources, run later: the policy pack checks their result.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/resources/options/transforms/
 */
export function guardedOptions(
  opts: pulumi.ComponentResourceOptions,
  guarding: Guarding = unlocked,
): pulumi.ComponentResourceOptions {
  const { transforms, transformations } = opts;
  return {
    ...opts,
    ...(transforms && { transforms: guardedTransforms(transforms, guarding) }),
    ...(transformations && { transformations: guardedTransformations(transformations, guarding) }),
  };
}

/** What a transform gets. It may return the last two. */
interface Shown {
  readonly type: string;
  readonly name: string;
  readonly props: object;
  readonly opts: pulumi.ResourceOptions;
}

interface Remembered {
  readonly props: Properties;
  readonly opts: pulumi.ResourceOptions;
}

function guardedTransforms(
  own: readonly pulumi.ResourceTransform[],
  guarding: Guarding,
): pulumi.ResourceTransform[] {
  const memory = makeMemory();
  return [
    (shown) => memory.remember(shown),
    ...own,
    async (shown) => {
      const { props } = memory.of(shown);
      const names = Object.keys(guardsOf(shown.type, props, guarding.throttles));
      const resolved = {
        before: await resolve(names, props),
        after: await resolve(names, { ...shown.props }),
      };
      return checked(shown, memory.of(shown), guarding, resolved);
    },
  ];
}

function guardedTransformations(
  own: readonly pulumi.ResourceTransformation[],
  guarding: Guarding,
): pulumi.ResourceTransformation[] {
  const memory = makeMemory();
  return [(shown) => memory.remember(shown), ...own, (shown) => checked(shown, memory.of(shown), guarding)];
}

/** Remembers what the children were before the transforms. */
function makeMemory() {
  const before = new Map<string, Remembered>();
  return {
    remember({ type, name, props, opts }: Shown): undefined {
      // A transformation gets the properties themselves and could write into them.
      before.set(`${type} ${name}`, { props: snapshotOf({ ...props }), opts: { ...opts } });
      return undefined;
    },
    of({ type, name }: Shown): Remembered {
      return before.get(`${type} ${name}`) ?? { props: {}, opts: {} };
    },
  };
}

/** Every transform gets new Outputs, so only their values can be compared. An unknown value is a text that stands for all. */
async function resolve(names: readonly string[], properties: Properties): Promise<Properties> {
  const named = names.map((name) => [name, properties[name]]);
  return pulumi.runtime.serializeProperties("guarded", Object.fromEntries(named));
}

function checked({ type, name, props, opts }: Shown, was: Remembered, guarding: Guarding, resolved?: Whole) {
  const { throttles } = guarding;
  const guarded = guardChange({
    type,
    throttles,
    before: was.props,
    after: { ...props },
    ...(resolved && { resolved }),
  });
  const { transforms, ignoreChanges, ...others } = opts;
  const ignored = guardIgnoredChanges({ type, throttles, before: was.props }, ignoreChanges ?? []);
  const refused: readonly InputProblem[] = [
    ...guarded.refused,
    ...ignored.refused.map((path) => ({
      propertyPath: "ignoreChanges",
      reason: `leave ${path} out: if changes of it were ignored, what is open or unrecorded in AWS would stay so`,
    })),
    // Transforms that a transformation adds would run after this one.
    ...(isSameList(transforms ?? [], was.opts.transforms ?? [])
      ? []
      : [
          { propertyPath: "transforms", reason: "give these transforms to the component, which guards them" },
        ]),
  ];
  tellRefused(`A transform of the component, for ${type} "${name}",`, refused, guarding);
  return {
    props: { ...guarded.properties },
    opts: {
      ...others,
      ...(ignoreChanges && { ignoreChanges: [...ignored.kept] }),
      ...(was.opts.transforms && { transforms: was.opts.transforms }),
    },
  };
}

function isSameList(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((one, index) => one === others[index]);
}
