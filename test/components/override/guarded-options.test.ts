import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, test } from "vitest";
import { guardedOptions } from "../../../components/src/override/guarded-options";
import { registered } from "../registered";

const type = "aws:apigatewayv2/route:Route";
const output = <T>(value: T) => pulumi.output(value);

type Result = { readonly props: object; readonly opts: pulumi.ResourceOptions };
type Change = (props: Record<string, unknown>, opts: pulumi.ResourceOptions) => Partial<Result> | undefined;

// Outputs are compared as the engine would see them.
beforeAll(async () => {
  await registered(() => undefined);
});

/** What the engine does: each transform gets what the one before returned, with Outputs made anew. */
async function byTransforms(props: object, change: Change, opts: pulumi.ResourceOptions = {}) {
  const own: pulumi.ResourceTransform = (shown) => {
    const changed = change({ ...shown.props }, shown.opts);
    return changed && { props: shown.props, opts: shown.opts, ...changed };
  };
  let shown = { props, opts };
  for (const transform of guardedOptions({ transforms: [own] }).transforms ?? []) {
    const args = { custom: true, type, name: "a", ...shown } as pulumi.ResourceTransformArgs;
    const { props: now, opts: then } = (await transform(args)) ?? shown;
    const anew = ([name, value]: [string, unknown]) =>
      [name, pulumi.Output.isInstance(value) ? value.apply((it) => it) : value] as const;
    shown = { props: Object.fromEntries(Object.entries(now).map(anew)), opts: then };
  }
  return shown;
}

/** What the SDK does: each transformation gets what the one before returned. */
function byTransformations(props: object, change: Change, opts: pulumi.ResourceOptions = {}) {
  const own: pulumi.ResourceTransformation = (shown) => {
    const changed = change(shown.props, shown.opts);
    return changed && { props: shown.props, opts: shown.opts, ...changed };
  };
  let shown = { props, opts };
  for (const transformation of guardedOptions({ transformations: [own] }).transformations ?? []) {
    const resource = {} as pulumi.Resource;
    shown =
      transformation({ resource, type, name: "a", ...shown } as pulumi.ResourceTransformationArgs) ?? shown;
  }
  return shown;
}

const runs = [
  ["transforms", byTransforms],
  ["transformations", byTransformations],
] as const;

describe.each(runs)("%s", (_, run) => {
  const closed = () => ({
    routeKey: "GET /a",
    authorizationType: "JWT",
    authorizerId: output("authorizer"),
    authorizationScopes: ["read"],
  });

  test("change nothing", async () => {
    const { props } = await run(closed(), () => undefined);
    expect(props).toMatchObject({ routeKey: "GET /a", authorizationScopes: ["read"] });
  });

  test("change what decides nothing", async () => {
    const { props } = await run(closed(), (given) => ({ props: { ...given, operationName: "b" } }));
    expect(props).toMatchObject({ operationName: "b", authorizationType: "JWT" });
  });

  test("close a route", async () => {
    const open = { routeKey: "GET /a", authorizationType: "NONE" };
    const { props } = await run(open, (given) => ({ props: { ...given, authorizationType: "AWS_IAM" } }));
    expect(props).toEqual({ routeKey: "GET /a", authorizationType: "AWS_IAM" });
  });

  test.each<[situation: string, change: Change, property: string]>([
    ["open a route", (given) => ({ props: { ...given, authorizationType: "NONE" } }), "authorizationType"],
    [
      "write another scope into the list",
      ({ authorizationScopes }) => void (authorizationScopes as string[]).push("b"),
      "authorizationScopes",
    ],
    [
      "use another authorizer",
      (given) => ({ props: { ...given, authorizerId: output("other") } }),
      "authorizerId",
    ],
    [
      "ignore changes",
      (_given, opts) => ({ opts: { ...opts, ignoreChanges: ["authorizationType"] } }),
      "ignoreChanges",
    ],
  ])("can't %s", async (_situation, change, property) => {
    await expect((async () => run(closed(), change))()).rejects.toThrow(
      new RegExp(
        `^A transform of the component, for ${type} "a", changes what the component guards:\\n  ${property}: `,
      ),
    );
  });

  test("say what a child was called before", async () => {
    const aliases = [{ name: "before" }];
    const { opts } = await run(closed(), (_given, given) => ({ opts: { ...given, aliases } }));
    expect(opts.aliases).toEqual(aliases);
  });

  test("ignore other changes", async () => {
    const { opts } = await run(closed(), (_given, given) => ({
      opts: { ...given, ignoreChanges: ["operationName"] },
    }));
    expect(opts.ignoreChanges).toEqual(["operationName"]);
  });
});

test("transformations can't add transforms, which would run after the guard", () => {
  const added: pulumi.ResourceTransform = () => undefined;
  expect(() => byTransformations({}, (_, opts) => ({ opts: { ...opts, transforms: [added] } }))).toThrow(
    "transforms: give these transforms to the component",
  );
});

test("transforms that a resource has already stay", () => {
  const own: pulumi.ResourceTransform = () => undefined;
  const { opts } = byTransformations({}, (_, given) => ({ opts: pulumi.mergeOptions(given, {}) }), {
    transforms: [own],
  });
  expect(opts.transforms).toEqual([own]);
});

test("under a lockdown, the component's values stay", async () => {
  const open: pulumi.ResourceTransform = ({ opts }) => ({
    props: { authorizationType: "NONE" },
    opts: { ...opts, ignoreChanges: ["authorizationType", "tagsAll"] },
  });
  const guarding = { throttles: "held at 0", isLockedDown: true } as const;
  let shown: Result = { props: { authorizationType: "AWS_IAM" }, opts: {} };
  for (const transform of guardedOptions({ transforms: [open] }, guarding).transforms ?? []) {
    shown =
      (await transform({ custom: true, type, name: "a", ...shown } as pulumi.ResourceTransformArgs)) ?? shown;
  }
  expect(shown).toEqual({ props: { authorizationType: "AWS_IAM" }, opts: { ignoreChanges: ["tagsAll"] } });
});
