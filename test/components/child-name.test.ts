import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { childName } from "../../components/src/child-name";

describe("names of children", () => {
  test("are readable", () => {
    expect(childName("customers", "GET /customers/{id}")).toMatch(/^customers-GET-customers-id-[0-9a-f]{8}$/);
  });

  test.each([
    ["GET /a-b", "GET /a/b"],
    ["GET /a_b", "GET /a-b"],
    ["GET /a/{b}", "GET /a/b"],
    ["GET /a/{b}", "GET /a/{b+}"],
    ["GET /a", "GET /a/"],
    [`GET /${"a".repeat(80)}/b`, `GET /${"a".repeat(80)}/c`],
  ])("differ for %s and %s", (a, b) => expect(childName("api", a)).not.toBe(childName("api", b)));

  const name = fc.stringMatching(/^[a-z]([a-zA-Z-]{0,8})$/);
  const key = fc
    .tuple(
      fc.constantFrom("GET", "POST", "ANY"),
      fc.array(fc.constantFrom("a", "b", "a-b", "a_b", "A", "{a}", "{a+}", "GET", "get"), { maxLength: 4 }),
    )
    .map(([method, segments]) => `${method} /${segments.join("/")}`);

  test("differ for any two components or keys", () => {
    fc.assert(
      fc.property(name, key, name, key, (name1, key1, name2, key2) => {
        fc.pre(name1 !== name2 || key1 !== key2);
        expect(childName(name1, key1)).not.toBe(childName(name2, key2));
      }),
      {
        examples: [
          ["a", "GET /GET/b", "a-GET", "GET /b"],
          ["a", "GET /b", "a", "GET /b/"],
        ],
      },
    );
  });

  test("leave room in a Lambda permission's statement id for a name and the provider's suffix", () => {
    fc.assert(
      fc.property(key, (key) => {
        expect(childName("", key)).toMatch(/^-[A-Za-z0-9-]{1,49}$/);
      }),
    );
  });
});
