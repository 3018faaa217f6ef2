import { existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { rules } from "../../policies/src";
import { forms } from "../../policies/src/forms";
import { withoutForm } from "../../policies/src/forms/without-form";
import { advisoryReasons, mandatoryReasons } from "../../policies/src/rules/level";

const ids = rules.map(({ id }) => id);

describe("a rule and what belongs to it have their places", () => {
  test.each(rules.map((rule) => [rule.id, rule] as const))("%s", (id, { theme }) => {
    for (const file of [
      `policies/src/rules/${theme}/${id}.ts`,
      `policies/rules/${id}.md`,
      `test/policies/rules/${id}.test.ts`,
      // Its only resource is the stack, which has no properties.
      ...(id === "exemption-is-current" ? [] : [`test/policies/rules/${id}.unknowns.ts`]),
    ]) {
      expect(existsSync(resolve(file)), file).toBe(true);
    }
  });

  test("nothing is left of rules that are gone", () => {
    const tests = readdirSync("test/policies/rules").map((file) =>
      file.replace(/\.(test|unknowns)\.ts$/, ""),
    );
    expect([...new Set(tests)].filter((id) => !ids.includes(id))).toEqual([]);
  });
});

describe("what a rule says of itself", () => {
  test.each(rules.map((rule) => [rule.id, rule] as const))("%s", (_id, rule) => {
    for (const named of [...(rule.exemptedWith ?? []), ...(rule.splitFrom ? [rule.splitFrom] : [])]) {
      expect(ids).toContain(named);
    }
    expect(Object.keys(rule.kinds).filter((kind) => !/^[a-z]+(-[a-z]+)*$/.test(kind))).toEqual([]);
    expect(rule.links.filter((link) => !link.startsWith("https://"))).toEqual([]);
    expect(rule.links).not.toEqual([]);
    expect(rule.kinds).not.toEqual({});
    // A preview lists these under what it didn't see.
    for (const kind of Object.keys(rule.kinds).filter((name) => name.endsWith("-elsewhere"))) {
      expect(rule.liesOutside ?? []).toContain(kind);
    }
  });

  test.each(rules.map((rule) => [rule.id, rule] as const))("why it has its level: %s", (_id, rule) => {
    expect(rule.level === "mandatory" ? mandatoryReasons : advisoryReasons).toContain(rule.because);
  });

  test("a mandatory rule has one of three reasons, and CONTRIBUTING.md has the same", () => {
    const contributing = readFileSync("CONTRIBUTING.md", "utf8").toLowerCase();
    expect(mandatoryReasons).toHaveLength(3);
    expect(mandatoryReasons.filter((reason) => !contributing.includes(`**${reason}`))).toEqual([]);
  });

  test("one rule owns the exemptions, and stands first", () => {
    expect(rules.filter((rule) => rule.ownsExemptions)).toEqual([rules[0]]);
  });
});

describe("what a rule judges with the provider aws, it judges in every form", () => {
  const read = rules.flatMap((rule) => [...rule.resources, ...rule.stackResources].map(({ token }) => token));
  const tokens = [...new Set(read)].filter((token) => token.startsWith("aws:"));
  const withForm = new Set([...forms.values()].map(({ token }) => token));

  test.each(tokens)("%s has a form in policies/src/forms, or a reason in without-form.ts", (token) => {
    expect(withForm.has(token)).not.toBe(Object.hasOwn(withoutForm, token));
  });

  test("no reason is given for what no rule reads", () => {
    expect(Object.keys(withoutForm).filter((token) => !tokens.includes(token))).toEqual([]);
  });
});
