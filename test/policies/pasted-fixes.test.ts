import { describe, expect, test } from "vitest";
import type { Rule } from "../../policies/src";
import { optionsOf, programOf, resourcesOf, rulesOfPrograms } from "../rule-examples";
import { analyze, type Given, levelsAround } from "./analyze";
import { fixOf, withFix } from "./pasted-fix";

/** The themes whose fixes are arguments or resources, with nothing to fill in but names. */
const themes: readonly string[] = ["traffic", "transport"];
const given = rulesOfPrograms.filter(({ theme }) => themes.includes(theme));

const judged = async (rule: Rule, resources: readonly Given[]) => {
  const levels = { ...levelsAround(rule.id), [rule.id]: "mandatory" as const };
  const found = await analyze(resources, { levels, options: optionsOf([rule]) });
  return found.filter((finding) => finding.rule === rule.id);
};

describe("the bad example passes once its fix is pasted", () => {
  test.each(given.map((rule) => [rule.id, rule] as const))("%s", async (_id, rule) => {
    let resources = await resourcesOf(programOf([rule], "bad"));
    let program = rule.examples.bad;
    const found = await judged(rule, resources);
    expect(found).not.toEqual([]);
    for (const finding of found) {
      const code = fixOf(finding);
      if (!code.startsWith("new ")) {
        resources = withFix(resources, finding);
        continue;
      }
      program += `\n${code}`;
      const examples = { ...rule.examples, bad: program };
      resources = await resourcesOf(programOf([{ ...rule, examples }], "bad"));
    }
    expect(await judged(rule, resources)).toEqual([]);
  });
});
