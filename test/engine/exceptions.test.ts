import { afterEach, describe, expect } from "vitest";
import { inDays } from "../dates";
import { json, program, removePrograms } from "./programs";
import { engineStack, engineTest, removeStacks } from "./rig";

afterEach(() => {
  removeStacks();
  removePrograms();
});

const review = { reason: "load balancer health probe, returns no data", owner: "team-edge" };
const apiUrn = "urn:pulumi:dev::engine::aws:apigatewayv2/api:Api::api";
const routeUrn = "urn:pulumi:dev::engine::aws:apigatewayv2/route:Route::health";
const wrappedUrn =
  "urn:pulumi:dev::engine::api-guardrails:index:PublicAccess$aws:apigatewayv2/route:Route::health";

/** A health route without authorization, under a declaration where the configuration says so. */
const healthRoute = `
const { PublicAccess } = require("@api-guardrails/components");
const api = new Api("api", { protocolType: "HTTP" });
const declaration = config.get("reviewBy");
const parent = declaration && new PublicAccess("health", {
  routes: ["GET /health"], reason: "${review.reason}", owner: "${review.owner}", reviewBy: declaration,
});
const aliases = config.get("unwrapped")
  ? [{ parent: pulumi.createUrn("health", "api-guardrails:index:PublicAccess") }]
  : [];
new Route("health", { apiId: api.id, routeKey: "GET /health" }, { parent, aliases });`;

describe("an exception in the real engine", () => {
  engineTest("a declared public route is deployed", async () => {
    const stack = await engineStack({ program: program(healthRoute), config: { reviewBy: inDays(90) } });
    expect(await stack.up()).toMatchObject({ code: 0, violations: [] });
    expect((await stack.exported()).urns).toContain(wrappedUrn);
  });

  engineTest("with its review date passed, it blocks: on the declaration and on the route", async () => {
    const stack = await engineStack({ program: program(healthRoute), config: { reviewBy: inDays(-1) } });
    const run = await stack.preview();
    expect(run.code).not.toBe(0);
    expect(run.violations.map(({ policy, urn }) => [policy, urn.split("::").pop()]).toSorted()).toEqual([
      ["http-route-requires-authorization", "health"],
      ["public-access-is-reviewed", "health"],
    ]);
    expect(run.output).toContain("Declared public by");
  });

  engineTest("an exempted route is deployed", async () => {
    const exemption = {
      rule: "http-route-requires-authorization",
      project: "engine",
      stacks: ["dev"],
      resource: "health",
      ...review,
      reviewBy: inDays(90),
    };
    const settings = { enforcementLevel: "mandatory", exemptions: [exemption] };
    const stack = await engineStack({ program: program(healthRoute) });
    const run = await stack.up({ packConfigs: [json({ "exemption-is-current": settings })] });
    expect(run).toMatchObject({ code: 0, violations: [] });
    const expired = { ...settings, exemptions: [{ ...exemption, reviewBy: inDays(-1) }] };
    const after = await stack.preview({ packConfigs: [json({ "exemption-is-current": expired })] });
    expect(after.code).not.toBe(0);
    expect(after.output).toContain("Exempted by exemptions[0], which doesn't count because its review date");
  });
});

describe("a deployed route, which API Gateway refuses to have twice,", () => {
  engineTest("is wrapped in PublicAccess and unwrapped again in place", async () => {
    const stack = await engineStack({ program: program(healthRoute) });
    expect((await stack.up({ packs: [] })).code).toBe(0);

    stack.configure({ reviewBy: inDays(90) });
    const wrapped = await stack.up();
    expect(wrapped).toMatchObject({ code: 0, violations: [] });
    expect(wrapped.operations[wrappedUrn]).toBe("same");
    expect(wrapped.operations).not.toHaveProperty([routeUrn]);
    expect(wrapped.operations[apiUrn]).toBe("same");

    stack.configure({ reviewBy: "", unwrapped: "yes" });
    const unwrapped = await stack.up({ packs: [] });
    expect(unwrapped.code).toBe(0);
    expect(unwrapped.operations[routeUrn]).toBe("same");
    expect(Object.values(unwrapped.operations).filter((operation) => operation === "delete")).toHaveLength(1);
  });

  engineTest(
    "in a component, is wrapped and unwrapped in place with the code that the messages tell",
    async () => {
      const nested = program(`
const { PublicAccess } = require("@api-guardrails/components");
class Shop extends pulumi.ComponentResource {
  constructor(name, opts) {
    super("acme:index:Shop", name, {}, opts);
    const api = new Api("api", { protocolType: "HTTP" }, { parent: this });
    // Written by the test as it is told.
    const told = (code) => code ? eval("(" + code + ")") : {};
    const declared = told(config.get("declared"));
    const opts_ = config.get("moved") ? { parent: this, ...told(config.get("alias")) } : { parent: this, ...declared };
    const closed = config.get("moved") ? { authorizationType: "AWS_IAM" } : {};
    new Route("health", { apiId: api.id, routeKey: "GET /health", ...closed }, opts_);
  }
}
class Region extends pulumi.ComponentResource {
  constructor(name) {
    super("acme:index:Region", name);
    new Shop("shop", { parent: this });
  }
}
new Region("region");`);
      const path = "acme:index:Region$acme:index:Shop";
      const urn = `urn:pulumi:dev::engine::${path}$aws:apigatewayv2/route:Route::health`;
      const under = `urn:pulumi:dev::engine::${path}$api-guardrails:index:PublicAccess$aws:apigatewayv2/route:Route::health`;
      const toldIn = (output: string, code: RegExp) => code.exec(output)?.[0] ?? "";

      const stack = await engineStack({ program: nested });
      expect((await stack.up({ packs: [] })).code).toBe(0);

      const open = await stack.preview();
      const declared = toldIn(open.output, /\{ parent: new PublicAccess\(.*\{ parent: this \}\) \}/)
        .replace('reason: "..."', `reason: "${review.reason}"`)
        .replace('owner: "..."', `owner: "${review.owner}"`)
        .replace("YYYY-MM-DD", inDays(90));
      stack.configure({ declared });
      const wrapped = await stack.up();
      expect(wrapped).toMatchObject({ code: 0, violations: [] });
      expect(wrapped.operations[under]).toBe("same");
      expect(wrapped.operations).not.toHaveProperty([urn]);

      stack.configure({ moved: "yes" });
      const forgotten = await stack.preview();
      expect(forgotten.operations).toMatchObject({ [urn]: "create", [under]: "delete" });
      expect(forgotten.violations).toMatchObject([
        { policy: "public-access-is-reviewed", level: "advisory" },
      ]);
      expect(forgotten.violations[0]?.message).toContain('"health" is GET /health, but isn\'t its child.');

      // The declaration goes, and the alias stays.
      const alias = toldIn(forgotten.output, /\{ aliases: .* \}(?=\n)/);
      stack.configure({ declared: "", alias });
      const unwrapped = await stack.up();
      expect(unwrapped).toMatchObject({ code: 0, violations: [] });
      expect(unwrapped.operations[urn]).toBe("update");
      expect(
        Object.values(unwrapped.operations).filter((operation) => /create|replace/.test(operation)),
      ).toEqual([]);
      expect(Object.values(unwrapped.operations).filter((operation) => operation === "delete")).toHaveLength(
        1,
      );
    },
  );

  engineTest("on the golden path, is opened and closed in place", async () => {
    const api = program(
      `
const { Authorization, publicAccess, SecureHttpApi } = require("@api-guardrails/components");
const handler = { functionName: "status", invokeArn: "arn:aws:lambda:status" };
const access = config.get("reviewBy") && publicAccess({
  reason: "${review.reason}", owner: "${review.owner}", reviewBy: config.get("reviewBy"),
});
new SecureHttpApi("shop", {
  authorization: Authorization.iam(),
  routes: { "GET /status": access ? { handler, access } : { handler } },
});`,
      "golden",
    );
    const stack = await engineStack({ program: api });
    const routeOperation = (operations: Readonly<Record<string, string>>) =>
      Object.entries(operations).filter(([urn]) => urn.includes("aws:apigatewayv2/route:Route"));

    expect(await stack.up()).toMatchObject({ code: 0, violations: [] });
    const untouched = await stack.up({ args: ["--skip-preview"] });
    expect(new Set(Object.values(untouched.operations))).toEqual(new Set(["same"]));

    stack.configure({ reviewBy: inDays(90) });
    const opened = await stack.up();
    expect(opened).toMatchObject({ code: 0, violations: [] });
    expect(routeOperation(opened.operations)).toMatchObject([[expect.any(String), "update"]]);

    stack.configure({ reviewBy: "" });
    const closed = await stack.up({ args: ["--skip-preview"] });
    expect(closed.code).toBe(0);
    expect(routeOperation(closed.operations)).toMatchObject([[expect.any(String), "update"]]);
    expect(
      Object.values(closed.operations).filter((operation) => /delete|replace|create/.test(operation)),
    ).toEqual([]);
  });

  engineTest("is refused a second time, as API Gateway does", async () => {
    const twice = program(`
const api = new Api("api", { protocolType: "HTTP" });
const first = new Route("first", { apiId: api.id, routeKey: "GET /a", authorizationType: "AWS_IAM" });
new Route("second", { apiId: api.id, routeKey: "GET /a", authorizationType: "AWS_IAM" }, { dependsOn: [first] });`);
    const stack = await engineStack({ program: twice });
    const run = await stack.up();
    expect(run.code).not.toBe(0);
    expect(run.output).toContain("ConflictException");
  });
});
