import { describe, expect, test } from "vitest";
import { guardrails, rules } from "../../policies/src";
import { controls, leftOut, nist, owasp, pci } from "../../policies/src/rules/controls";

const named = new Set(rules.flatMap((rule) => rule.controls));
const { policies } = guardrails();

describe("the table of controls", () => {
  test.each(controls.map((control) => [`${control.framework} ${control.id}`, control] as const))(
    "%s is shown by a rule, and says what it shows",
    (_name, control) => {
      expect(named).toContain(control);
      for (const text of [control.proves, control.leaves]) expect(text).toMatch(/^[A-Z].*\.$/s);
      expect(control.title).not.toBe("");
      expect(control.source).toMatch(/^https:\/\//);
      expect(control.evidence).not.toEqual([]);
    },
  );

  test("has each control once", () => {
    const names = controls.map(({ framework, id }) => `${framework} ${id}`);
    expect(names).toEqual([...new Set(names)]);
    const tags = controls.map(({ tag }) => tag);
    expect(tags).toEqual([...new Set(tags)]);
  });

  test("says why others were left out", () => {
    for (const { because } of leftOut) expect(because).not.toBe("");
  });

  test("holds a rule to what it lists", () => {
    // @ts-expect-error: the control is of another framework
    expect(() => owasp("AC-3")).toThrow("there is no OWASP API Security Top 10 AC-3");
    expect(nist("AC-3")).toBe(nist("AC-3"));
  });
});

describe("the controls of a rule", () => {
  test.each(rules.map((rule) => [rule.id, rule] as const))("%s", (id, rule) => {
    expect(rule.controls).not.toEqual([]);
    expect(rule.controls).toEqual([...new Set(rule.controls)]);
    const [first] = rule.controls;
    expect(policies.find(({ name }) => name === id)).toMatchObject({
      framework: {
        name: first?.framework,
        version: first?.version,
        reference: first?.id,
        specification: first?.title,
      },
      tags: expect.arrayContaining(rule.controls.map(({ tag }) => tag)),
    });
  });

  test("its tags tell requirements that are only numbers by their framework", () => {
    expect(pci("8.3.1").tag).toBe("PCI DSS 8.3.1");
    expect(nist("AC-3").tag).toBe("AC-3");
    const policy = policies.find(({ name }) => name === "rest-method-requires-authorization");
    expect(policy).toMatchObject({
      framework: {
        name: "OWASP API Security Top 10",
        version: "2023",
        reference: "API2:2023",
        specification: "Broken authentication",
      },
      tags: ["theme:authentication", "API2:2023", "AC-3", "PCI DSS 7.3.3", "PCI DSS 8.3.1", "CC6.1"],
    });
  });
});
