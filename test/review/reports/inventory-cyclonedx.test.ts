import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import Ajv from "ajv";
import formats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { inventoryCycloneDx } from "../../../review/src/reports/inventory-cyclonedx";
import { hostileTexts } from "../../robustness/noise";
import { of, row } from "./inventory-rows";

/** The official schemas, which CycloneDX's own library carries. */
const folder = join(
  dirname(createRequire(__filename).resolve("@cyclonedx/cyclonedx-library/package.json")),
  "res/schema",
);
const schema = (name: string) =>
  JSON.parse(readFileSync(join(folder, `${name}.SNAPSHOT.schema.json`), "utf8"));
const ajv = formats.default(new Ajv({ strict: false, allErrors: true }));
for (const name of ["spdx", "jsf-0.82"]) {
  ajv.addSchema(schema(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
}
// Every reference is written in ASCII, so the stricter format holds as well.
ajv.addFormat("iri-reference", ajv.formats["uri-reference"] ?? false);
ajv.addFormat("idn-email", ajv.formats.email ?? false);
const isValid = ajv.compile(schema("bom-1.6"));

const made = { timestamp: "2026-11-28T12:00:00.000Z", version: "0.1.0" };
const written = (...given: Parameters<typeof of>) => {
  const bom = JSON.parse(inventoryCycloneDx(of(...given), made));
  isValid(bom);
  expect(isValid.errors ?? []).toEqual([]);
  return bom;
};

describe("CycloneDX", () => {
  test("a stage is a service, with a service for each route", () => {
    const { services, metadata } = written([
      row(),
      row({ path: "/staff/{id}" }, { verdict: "authenticated", kinds: ["JWT"] }),
    ]);
    expect(metadata.properties).toEqual([{ name: "api-guardrails:complete", value: "true" }]);
    expect(services).toMatchObject([
      {
        ...{
          group: "shop",
          name: "shop",
          version: "$default",
          authenticated: false,
          "x-trust-boundary": true,
        },
        endpoints: ["https://shop.example.com/orders", "https://shop.example.com/staff/%7Bid%7D"],
        services: [
          { name: "GET /orders", authenticated: false, endpoints: ["https://shop.example.com/orders"] },
          { name: "GET /staff/{id}", authenticated: true },
        ],
      },
    ]);
  });

  test("a stage whose every route asks for authentication is authenticated", () => {
    expect(written([row({}, { verdict: "authenticated" })]).services[0].authenticated).toBe(true);
  });

  test("nothing is said of a route of which nobody can tell, nor of its stage", () => {
    const [stage] = written([row({}, { verdict: "undetermined" })]).services;
    expect([stage.authenticated, stage.services[0].authenticated]).toEqual([undefined, undefined]);
  });

  test("what answers within a private network only crosses no boundary", () => {
    expect(written([row({}, { verdict: "restricted" })]).services[0]["x-trust-boundary"]).toBe(false);
  });

  test("a declaration stands beside its route", () => {
    const declaration = {
      ...{ kind: "exemption" as const, where: "exemptions[0]", reason: "health probe", owner: "team-edge" },
      ...{ reviewBy: "2027-01-31", daysLeft: 64 },
    };
    expect(written([row({ declaration })]).services[0].services[0].properties).toContainEqual({
      name: "api-guardrails:declared:owner",
      value: "team-edge",
    });
  });

  test("a source that wasn't read whole makes it incomplete", () => {
    const { metadata } = written([], { problems: ["The state can't be read."] });
    expect(metadata.properties).toEqual([{ name: "api-guardrails:complete", value: "false" }]);
  });

  test.each([...hostileTexts, "a b", "[x]", "#?", "{proxy+}", "ü"])("%j anywhere stays valid", (text) => {
    written([
      row(
        { path: `/${text}`, api: text, stage: text, hosts: [{ name: text, of: "custom" }] },
        { because: text },
      ),
    ]);
  });
});
