import { beforeAll, describe, expect, test } from "vitest";
import type { PreviewResult } from "../../../review/src/preview";
import { mirrorPack, previewProgram, type Shown, shown } from "../written-program";

describe("a program's transforms", () => {
  let result: PreviewResult;
  let registered: Record<string, Shown>;
  let final: Record<string, Shown>;
  beforeAll(async () => {
    result = await previewProgram(
      `
      const isRoute = ({ type }) => type === "aws:apigatewayv2/route:Route";
      const with_ = (added) => ({ props, opts }) => ({ props: { ...props, ...added }, opts });
      pulumi.runtime.registerResourceTransform((args) => {
        if (!isRoute(args)) return undefined;
        return with_({ order: [...(args.props.order ?? []), "stack"] })(args);
      });

      const api = new Api("api");
      const order = (step) => (args) =>
        isRoute(args) ? with_({ order: [...(args.props.order ?? []), step] })(args) : undefined;
      const outer = new Component("outer", {}, { transforms: [order("outer")] });
      const inner = new Component("inner", {}, { parent: outer, transforms: [order("inner")] });
      new Route("ordered", { apiId: api.id, routeKey: "GET /" }, { parent: inner, transforms: [order("own")] });
      new Route("inheriting", { apiId: api.id, routeKey: "GET /" }, { parent: inner });

      new Route("opened", { authorizationType: "JWT" }, { transforms: [with_({ authorizationType: "NONE" })] });
      new Route("hidden", { target: pulumi.secret("hunter2"), apiId: api.id }, {
        transforms: [({ props, opts }) => ({
          props: { ...props, seen: [pulumi.Output.isInstance(props.target), pulumi.Output.isInstance(props.apiId)] },
          opts,
        })],
      });

      const late = {};
      new Route("waits", { routeKey: "GET /waits" }, {
        transforms: [async ({ props, opts }) => {
          while (!late.api) await new Promise(setImmediate);
          return { props, opts: pulumi.mergeOptions(opts, { dependsOn: [late.api] }) };
        }],
      });
      new Route("unhurried", { routeKey: "GET /unhurried" });
      api.urn.apply(() => { late.api = new Api("late"); });

      new Route("optioned", {}, {
        transforms: [({ props, opts }) => ({ props, opts: pulumi.mergeOptions(opts, {
          protect: true,
          aliases: [{ name: "former" }, { parent: outer }, { parent: pulumi.rootStackResource }],
          ignoreChanges: ["target"],
          deleteBeforeReplace: true,
          additionalSecretOutputs: ["target"],
          customTimeouts: { update: "2m" },
        }) })],
      });

      new Route("old-style", { authorizationType: "JWT" }, {
        transformations: [({ props, opts }) => ({
          props: { ...props, authorizationType: "NONE" },
          opts: pulumi.mergeOptions(opts, { protect: true }),
        })],
      });
      `,
      { policyPacks: [mirrorPack] },
    );
    registered = shown(result, "resource");
    final = shown(result, "stack");
  });

  test("cause no problem", () => {
    expect(result.problems).toEqual([]);
    expect(result.exitCode).toBe(0);
  });

  test("run the resource's own first, then its parents' from the inside out, then the stack's", () => {
    expect(registered.ordered?.properties?.order).toEqual(["own", "inner", "outer", "stack"]);
    expect(registered.inheriting?.properties?.order).toEqual(["inner", "outer", "stack"]);
  });

  test("change what the pack judges, and what AnalyzeStack shows", () => {
    expect(registered.opened?.properties).toMatchObject({ authorizationType: "NONE" });
    expect(final.opened?.outputs).toMatchObject({ authorizationType: "NONE" });
  });

  test("get secrets and unknowns as outputs, and keep them", () => {
    expect(registered.hidden?.properties).toMatchObject({ target: "hunter2", seen: [true, true] });
  });

  test("may wait for a resource that is registered later", () => {
    expect(final.waits?.dependencies).toEqual(["late"]);
  });

  test("of a parent keep the dependencies of each property", () => {
    expect(final.inheriting?.propertyDependencies).toMatchObject({ apiId: ["api"] });
  });

  test("of the resource itself lose them, but keep the resource's dependencies, as under the engine", () => {
    expect(final.ordered?.propertyDependencies).toEqual({});
    expect(final.ordered?.dependencies).toEqual(["api"]);
  });

  test("change options", () => {
    expect(registered.optioned?.options).toMatchObject({
      protect: true,
      ignoreChanges: ["target"],
      deleteBeforeReplace: true,
      additionalSecretOutputs: ["target"],
      customTimeouts: { updateSeconds: 120 },
    });
  });

  test("change aliases: another name, another parent, the stack as parent", () => {
    const optioned = result.resources.find(({ name }) => name === "optioned");
    expect(optioned?.options.aliases).toEqual([
      "urn:pulumi:dev::customers::aws:apigatewayv2/route:Route::former",
      "urn:pulumi:dev::customers::customers:index:Component$aws:apigatewayv2/route:Route::optioned",
      "urn:pulumi:dev::customers::aws:apigatewayv2/route:Route::optioned",
    ]);
  });

  test("of the old style run in the program", () => {
    expect(registered["old-style"]?.properties).toMatchObject({ authorizationType: "NONE" });
    expect(registered["old-style"]?.options).toMatchObject({ protect: true });
  });
});

test("a transform that throws is a problem of the run, reported once", async () => {
  const result = await previewProgram(
    `new Api("api", {}, { transforms: [() => { throw new Error("no region"); }] });`,
    { policyPacks: [mirrorPack] },
  );
  expect(result.exitCode).toBe(2);
  expect(result.problems).toEqual(["A transform of the program failed: no region"]);
});

test("a route is judged after the transforms: if they open it, it is blocked; if they close it, it passes", async () => {
  const result = await previewProgram(`
    const set = (changed) => ({ props, opts }) => ({ props: { ...props, ...changed }, opts });
    const only = (name, change) => (args) => (args.name === name ? change(args) : undefined);
    const api = new Api("api", { protocolType: "HTTP" });
    const authorizer = new Authorizer("authorizer", { apiId: api.id, authorizerType: "JWT" });
    const closed = { apiId: api.id, authorizationType: "JWT", authorizerId: authorizer.id };
    const route = (name, args, opts) => new Route(name, { routeKey: "GET /" + name, ...args }, opts);
    const open = set({ authorizationType: "NONE", authorizerId: undefined });
    const close = set({ authorizationType: "AWS_IAM" });

    route("opened", closed, { transforms: [open] });
    route("opened-by-its-parent", closed, {
      parent: new Component("opening", {}, { transforms: [only("opened-by-its-parent", open)] }),
    });
    route("opened-in-the-old-style", closed, { transformations: [open] });
    route("closed", { apiId: api.id }, { transforms: [close] });
    route("closed-and-opened", { apiId: api.id }, {
      transforms: [close],
      parent: new Component("reopening", {}, { transforms: [only("closed-and-opened", open)] }),
    });
    pulumi.runtime.registerResourceTransform(only("opened-by-the-stack", open));
    route("opened-by-the-stack", closed);
    route("untouched", closed);
  `);
  expect(result.problems).toEqual([]);
  const blocked = result.violations.filter(({ policy }) => policy === "http-route-requires-authorization");
  expect(blocked.map(({ level, name }) => `${level} ${name}`).toSorted()).toEqual([
    "mandatory closed-and-opened",
    "mandatory opened",
    "mandatory opened-by-its-parent",
    "mandatory opened-by-the-stack",
    "mandatory opened-in-the-old-style",
  ]);
  expect(result.exitCode).toBe(1);
});
