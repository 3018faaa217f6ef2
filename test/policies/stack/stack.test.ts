import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idIn } from "../../../policies/src/forms";
import {
  type ResourceOf,
  resource,
  resourceType,
  type StackMember,
  stackOf,
} from "../../../policies/src/stack";
import { UNKNOWN } from "../analyze";

const Api = resourceType<{ protocolType?: string }>("aws:apigatewayv2/api:Api");
const Route = resourceType<{ apiId?: string }>("aws:apigatewayv2/route:Route");

const urn = (type: string, name: string) => `urn:pulumi:dev::customers::${type}::${name}`;
const member = (
  type: string,
  name: string,
  properties: Record<string, unknown> = {},
  more: Partial<Pick<StackMember, "id" | "propertyDependencies">> & { parent?: string } = {},
): StackMember => ({
  resource: resource({ urn: urn(type, name), type, parent: more.parent, properties }),
  id: more.id,
  propertyDependencies: more.propertyDependencies ?? {},
});
const api = (name: string, outputs = {}) => member(Api.token, name, {}, { id: idIn(outputs) });
const route = (apiId: unknown, ...dependencies: readonly string[]) =>
  member(Route.token, "lookup", apiId === undefined ? {} : { apiId }, {
    propertyDependencies: { apiId: dependencies },
  });

/** Where `apiId` of the route leads: the API's name, or the kind of the answer. */
function targetOf(...members: readonly StackMember[]): string {
  const stack = stackOf(members);
  const [from] = stack.of(Route);
  if (!from) throw new Error("the test has a route");
  const target = stack.target(from, "apiId", Api);
  return target.kind === "found" ? `found ${target.resource.name}` : target.kind;
}

const lookups = urn(Api.token, "lookups");
const others = urn(Api.token, "others");

describe("target", () => {
  const situations: readonly (readonly [
    situation: string,
    members: readonly StackMember[],
    leadsTo: string,
  ])[] = [
    [
      "an unknown id, by its dependency",
      [api("lookups"), api("others"), route(UNKNOWN, lookups)],
      "found lookups",
    ],
    ["two unknown ids are never equal", [api("lookups", { id: UNKNOWN }), route(UNKNOWN)], "elsewhere"],
    [
      "a known id, by the outputs",
      [api("lookups", { id: "a1" }), api("others", { id: "b2" }), route("b2")],
      "found others",
    ],
    [
      "a known id, by the last part of the ARN",
      [api("lookups", { arn: "arn:aws:apigateway:eu-west-1::/apis/a1" }), route("a1")],
      "found lookups",
    ],
    [
      "a dependency comes before an id",
      [api("lookups", { id: "a1" }), api("others", { id: "b2" }), route("b2", lookups)],
      "found lookups",
    ],
    ["the same dependency twice", [api("lookups"), route(UNKNOWN, lookups, lookups)], "found lookups"],
    [
      "two dependencies of the type",
      [api("lookups"), api("others"), route(UNKNOWN, lookups, others)],
      "undetermined",
    ],
    [
      "dependencies of other types beside it",
      [
        api("lookups"),
        member("aws:lambda/function:Function", "f"),
        route(UNKNOWN, urn("aws:lambda/function:Function", "f"), lookups),
      ],
      "found lookups",
    ],
    ["a dependency that the stack doesn't hold", [api("others"), route(UNKNOWN, lookups)], "elsewhere"],
    ["an id that nothing here has", [api("lookups", { id: "a1" }), route("c3")], "elsewhere"],
    [
      "an id of another type's resource",
      [member(Route.token, "other", {}, { id: "a1" }), route("a1")].reverse(),
      "elsewhere",
    ],
    ["an id of a wrong type", [api("lookups", { id: 1 }), route(1)], "elsewhere"],
    ["an API without outputs", [api("lookups"), route("a1")], "elsewhere"],
    ["nothing set", [api("lookups"), route(undefined, lookups)], "absent"],
    ["an empty id", [api("lookups", { id: "" }), route("", lookups)], "absent"],
    ["null", [api("lookups"), route(null)], "absent"],
  ];
  test.each(situations)("%s", (_situation, members, leadsTo) => {
    expect(targetOf(...members)).toBe(leadsTo);
  });

  test("a resource that the stack doesn't hold leads nowhere by its dependencies", () => {
    const stack = stackOf([api("lookups")]);
    const properties = { apiId: UNKNOWN };
    const stranger = resource({ urn: urn(Route.token, "x"), type: Route.token, properties });
    expect(stack.target(stranger as ResourceOf<typeof Route>, "apiId", Api)).toEqual({ kind: "elsewhere" });
  });

  test("throws for no id and no outputs", () => {
    const kinds = ["found", "absent", "elsewhere", "undetermined"];
    fc.assert(
      fc.property(fc.anything(), fc.dictionary(fc.string(), fc.anything()), (id, outputs) => {
        expect(kinds).toContain(targetOf(api("lookups", outputs), route(id)).split(" ")[0]);
      }),
    );
  });
});

describe("madeOf", () => {
  const apisOf = (...members: readonly StackMember[]) => {
    const stack = stackOf(members);
    return stack.of(Route).flatMap((from) => stack.madeOf(from, "apiId", Api).map(({ name }) => name));
  };

  test.each<readonly [situation: string, members: readonly StackMember[], names: readonly string[]]>([
    [
      "every one, once, in the order of registration and not in that of the engine's list",
      [api("lookups"), api("others"), route("a", others, lookups, others)],
      ["lookups", "others"],
    ],
    [
      "none of another type, and none that the stack doesn't hold",
      [
        api("lookups"),
        member("aws:lambda/function:Function", "f"),
        route("a", urn("aws:lambda/function:Function", "f"), others),
      ],
      [],
    ],
    [
      "none by its id: that names, and this asks what it was made of",
      [api("lookups", { id: "a1" }), route("a1")],
      [],
    ],
  ])("%s", (_situation, members, names) => {
    expect(apisOf(...members)).toEqual(names);
  });
});

describe("a stack", () => {
  const parent = member("acme:index:Api", "customers");
  const child = member(Route.token, "lookup", {}, { parent: parent.resource.urn });
  const orphan = member(Route.token, "orphan", {}, { parent: urn("acme:index:Api", "gone") });
  const stack = stackOf([parent, child, orphan]);

  test("keeps the order in which it was given", () => {
    expect(stack.resources.map(({ name }) => name)).toEqual(["customers", "lookup", "orphan"]);
    expect(stack.of(Route).map(({ name }) => name)).toEqual(["lookup", "orphan"]);
    expect(stack.of(Api)).toEqual([]);
  });

  test("knows parents and children", () => {
    expect(stack.parentOf(child.resource)?.name).toBe("customers");
    expect(stack.childrenOf(parent.resource).map(({ name }) => name)).toEqual(["lookup"]);
    expect(stack.parentOf(parent.resource)).toBeUndefined();
    expect(stack.parentOf(orphan.resource)).toBeUndefined();
    expect(stack.childrenOf(child.resource)).toEqual([]);
  });

  test("takes project and stack from the URN", () => {
    expect(child.resource).toMatchObject({ project: "customers", stack: "dev", name: "lookup" });
  });
});
