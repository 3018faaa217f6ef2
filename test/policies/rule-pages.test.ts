import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rules } from "../../policies/src";
import { type PreviewResult, preview } from "../../review/src/preview";
import { optionsOf, programOf, rulesOfConfigurations, rulesOfPrograms } from "../rule-examples";
import { analyze } from "./analyze";

const imports = `
const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");
const { PublicAccess } = require("@api-guardrails/components");
`;
const directory = join(process.cwd(), ".tmp", `rule-examples-${process.pid}`);
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function previewExamples(kind: "good" | "bad"): Promise<PreviewResult> {
  const program = join(directory, kind);
  mkdirSync(program, { recursive: true });
  writeFileSync(join(program, "Pulumi.yaml"), "name: examples\nruntime: nodejs\n");
  writeFileSync(join(program, "index.js"), `${imports}${programOf(rulesOfPrograms, kind)}`);
  const reviewBy = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
  const options = Object.entries(optionsOf(rulesOfPrograms)).map(([id, properties]) => {
    const { level: enforcementLevel = "mandatory" } = rules.find((rule) => rule.id === id) ?? {};
    return [id, { enforcementLevel, properties }] as const;
  });
  return preview({
    directory: program,
    config: [`reviewBy=${reviewBy}`, "webhook=from the configuration"],
    policyPackConfigs: [Object.fromEntries(options)],
  });
}

test("the pages about the rules say what the rules say", () => {
  execFileSync(process.execPath, ["scripts/rule-pages.mjs", "--check"], { stdio: "pipe" });
});

describe("the examples on the rules' pages", () => {
  let bad: PreviewResult;
  let good: PreviewResult;
  beforeAll(async () => {
    bad = await previewExamples("bad");
    good = await previewExamples("good");
  });

  test.each(rulesOfPrograms.map((rule) => [rule.id, rule] as const))(
    "%s reports its bad example",
    (id, rule) => {
      const own = bad.violations.filter(({ policy, level }) => policy === id && level === rule.level);
      expect(own).not.toEqual([]);
      // Each of its violations is on a resource of its own example, so that no other example stands in for it.
      for (const { name } of own) expect(rule.examples.bad).toContain(`"${name}"`);
    },
  );

  test("no bad example violates another rule", () => {
    const unasked = bad.violations.filter(
      ({ policy, name }) => !rules.find(({ id }) => id === policy)?.examples.bad.includes(`"${name}"`),
    );
    expect(unasked).toEqual([]);
    // One of the examples is about just that.
    expect(bad.problems.filter((problem) => !problem.includes("ignores changes of"))).toEqual([]);
  });

  test("every good example passes every rule", () => {
    expect(good.violations).toEqual([]);
    expect(good.problems).toEqual([]);
  });

  test.each(rulesOfConfigurations.map((rule) => [rule.id, rule] as const))(
    "%s blocks its bad configuration and passes its good one",
    async (id, { examples }) => {
      const judged = (example: string) => {
        const configuration = JSON.parse(example.split("\n").slice(1).join("\n"));
        return analyze([], { exemptions: configuration[id].exemptions });
      };
      expect(await judged(examples.bad)).toMatchObject([{ rule: id, level: "mandatory" }]);
      expect(await judged(examples.good)).toEqual([]);
    },
  );
});
