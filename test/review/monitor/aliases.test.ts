import { beforeAll, describe, expect, test } from "vitest";
import type { PreviewResult } from "../../../review/src/preview";
import { mirrorPack, previewProgram } from "../written-program";

const declared = `{
  routes: ["GET /health"],
  reason: "load balancer health probe, returns no data",
  owner: "team-edge",
  reviewBy: "2027-01-31",
}`;
const route = "aws:apigatewayv2/route:Route";
const api = "aws:apigatewayv2/api:Api";
const component = "customers:index:Component";
const publicAccess = "api-guardrails:index:PublicAccess";
const urn = (...types: readonly string[]) => `urn:pulumi:dev::customers::${types.join("$")}`;

let result: PreviewResult;
const registered = (name: string) => result.resources.find((resource) => resource.name === name);
const aliasesOf = (name: string) => registered(name)?.options.aliases;

async function previewed(source: string) {
  result = await previewProgram(
    `const { PublicAccess } = require("@api-guardrails/components");\n${source}`,
    {
      policyPacks: [mirrorPack],
    },
  );
}

describe("wrapping a deployed resource in a declaration leaves an alias to its former name", () => {
  beforeAll(() =>
    previewed(`
      const declared = ${declared};
      const underStack = new PublicAccess("health", declared);
      new Route("under-stack", {}, { parent: underStack });
      new Route("health-named-after-it", {}, { parent: underStack });
      new Route("with-its-own-alias", {}, { parent: underStack, aliases: [{ name: "former" }] });

      const parent = new Api("api");
      const underResource = new PublicAccess("under-api", declared, { parent });
      const wrapped = new Route("under-resource", {}, { parent: underResource });
      new Route("grandchild", {}, { parent: wrapped });

      const inside = new Component("component", {});
      const outer = new PublicAccess("outer", declared, { parent: inside });
      new Route("under-component", {}, { parent: outer });
      const nested = new PublicAccess("nested", declared, { parent: outer });
      new Route("under-nested", {}, { parent: nested });
      const again = new PublicAccess("same-name", declared);
      new (class extends pulumi.ComponentResource {
        constructor() { super("customers:index:Component", "same-name", {}, { parent: again }); }
      })();
    `),
  );

  test.each([
    ["the stack was its parent", "under-stack", [`${urn(route)}::under-stack`]],
    ["it is named after the declaration", "health-named-after-it", [`${urn(route)}::health-named-after-it`]],
    ["another resource was its parent", "under-resource", [`${urn(api, route)}::under-resource`]],
    ["a component was its parent", "under-component", [`${urn(component, route)}::under-component`]],
    [
      "it had an alias of its own",
      "with-its-own-alias",
      [`${urn(publicAccess, route)}::former`, `${urn(route)}::with-its-own-alias`],
    ],
  ])("where %s", (_situation, name, aliases) => {
    expect(aliasesOf(name)).toEqual(aliases);
  });

  test("a component with the same name as the declaration keeps its former name", () => {
    const wrapped = result.resources.find(({ name, type }) => name === "same-name" && type === component);
    expect(wrapped?.options.aliases).toEqual([`${urn(component)}::same-name`]);
  });

  test("its children get their former names from it", () => {
    expect(aliasesOf("grandchild")).toEqual([`${urn(api, route, route)}::grandchild`]);
  });

  test("the declarations themselves are new", () => {
    expect([aliasesOf("health"), aliasesOf("under-api"), aliasesOf("outer")]).toEqual([[], [], []]);
  });
});

describe("removing a declaration needs the documented alias", () => {
  let wrapped: Record<string, string | undefined>;
  const names = ["under-stack", "under-resource", "under-component"];
  beforeAll(async () => {
    await previewed(`
      const declared = ${declared};
      new Route("under-stack", {}, { parent: new PublicAccess("health", declared) });
      const parent = new Api("api");
      new Route("under-resource", {}, { parent: new PublicAccess("health-of-api", declared, { parent }) });
      const component = new Component("component", {});
      new Route("under-component", {}, { parent: new PublicAccess("inside", declared, { parent: component }) });
    `);
    wrapped = Object.fromEntries(names.map((name) => [name, registered(name)?.urn]));
    await previewed(`
      const token = "api-guardrails:index:PublicAccess";
      new Route("under-stack", {}, { aliases: [{ parent: pulumi.createUrn("health", token) }] });
      const parent = new Api("api");
      new Route("under-resource", {}, { parent, aliases: [{ parent: pulumi.createUrn("health-of-api", token, parent) }] });
      const component = new Component("component", {});
      new Route("under-component", {}, {
        parent: component,
        aliases: [{ parent: pulumi.createUrn("inside", token, component) }],
      });
    `);
  });

  test.each(names)("the one that it had %s", (name) => {
    expect(wrapped[name]).toContain(publicAccess);
    expect(aliasesOf(name)).toEqual([wrapped[name]]);
  });
});
