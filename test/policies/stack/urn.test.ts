import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseUrn } from "../../../policies/src/stack";

describe("parseUrn", () => {
  const urns: readonly (readonly [situation: string, urn: string, parts: object])[] = [
    [
      "a resource of the stack",
      "urn:pulumi:dev::customers::aws:lambda/functionUrl:FunctionUrl::url",
      { stack: "dev", project: "customers", type: "aws:lambda/functionUrl:FunctionUrl", name: "url" },
    ],
    [
      "a child, whose type follows those of its parents",
      "urn:pulumi:dev::customers::acme:index:Api$acme:index:Part$aws:apigatewayv2/route:Route::health",
      { stack: "dev", project: "customers", type: "aws:apigatewayv2/route:Route", name: "health" },
    ],
    [
      "a name that holds colons and a dollar sign",
      "urn:pulumi:dev::customers::aws:apigatewayv2/route:Route::a::b$c:d",
      { stack: "dev", project: "customers", type: "aws:apigatewayv2/route:Route", name: "a::b$c:d" },
    ],
    [
      "the stack itself",
      "urn:pulumi:dev::customers::pulumi:pulumi:Stack::customers-dev",
      { stack: "dev", project: "customers", type: "pulumi:pulumi:Stack", name: "customers-dev" },
    ],
    ["nothing", "", { stack: "", project: "", type: "", name: "" }],
    ["no URN", "health", { stack: "health", project: "", type: "", name: "" }],
  ];
  test.each(urns)("%s", (_situation, urn, parts) => {
    expect(parseUrn(urn)).toEqual(parts);
  });

  test("takes apart what was put together", () => {
    const word = fc.stringMatching(/^[A-Za-z0-9_.-]{1,15}$/);
    const type = fc.stringMatching(/^[a-z]{1,8}:[a-z/]{1,12}:[A-Za-z]{1,12}$/);
    const name = fc.string({ minLength: 1, unit: "binary" });
    fc.assert(
      fc.property(
        word,
        word,
        fc.array(type, { minLength: 1, maxLength: 4 }),
        name,
        (stack, project, types, name) => {
          expect(parseUrn(`urn:pulumi:${stack}::${project}::${types.join("$")}::${name}`)).toEqual({
            stack,
            project,
            type: types.at(-1),
            name,
          });
        },
      ),
    );
  });

  test("throws for no text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(Object.keys(parseUrn(text))).toEqual(["stack", "project", "type", "name"]);
      }),
    );
  });
});
