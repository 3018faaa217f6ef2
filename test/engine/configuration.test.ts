import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, afterEach, describe, expect } from "vitest";
import { rules } from "../../policies/src";
import { inDays } from "../dates";
import { everyRuleConfiguration, violatingEveryRule } from "./every-rule";
import { json, program, removePrograms } from "./programs";
import { engineStack, engineTest, removeStacks } from "./rig";

const other = mkdtempSync(join(tmpdir(), "api-guardrails-other-"));
afterAll(() => rmSync(other, { recursive: true, force: true }));
afterEach(() => {
  removeStacks();
  removePrograms();
});

describe("a pack's configuration in the real engine", () => {
  engineTest(
    "half of the policies disabled changes no verdict of the other half",
    async () => {
      const stack = await engineStack({ program: program(violatingEveryRule) });
      const violations = async (levels: Readonly<Record<string, string>>) =>
        (await stack.preview({ packConfigs: [json(everyRuleConfiguration(levels))] })).violations
          .map(({ policy, urn, level }) => `${level} ${policy} ${urn.split("::").pop()}`)
          .toSorted();
      const all = await violations({});
      expect([...new Set(all.map((violation) => violation.split(" ")[1]))].toSorted()).toEqual(
        rules.map(({ id }) => id).toSorted(),
      );
      // Half of them at a time, and then the others: test/policies/independence.test.ts takes them one by one.
      for (const half of [0, 1]) {
        const disabled = rules.map(({ id }) => id).filter((_, index) => index % 2 === half);
        const without = await violations(Object.fromEntries(disabled.map((id) => [id, "disabled"])));
        expect(without).toEqual(all.filter((violation) => !disabled.includes(violation.split(" ")[1] ?? "")));
      }
    },
    120_000,
  );

  engineTest("options take effect", async () => {
    const keyed = program(`
const rest = new RestApi("rest", modernTls);
new Method("keyed", {
  restApi: rest.id, resourceId: rest.rootResourceId, httpMethod: "GET", authorization: "NONE", apiKeyRequired: true,
});`);
    const stack = await engineStack({ program: keyed });
    expect((await stack.preview()).violations).toHaveLength(1);
    const accepting = { enforcementLevel: "mandatory", acceptApiKeys: true };
    const configuration = json({ "rest-method-requires-authorization": accepting });
    expect(await stack.preview({ packConfigs: [configuration] })).toMatchObject({ code: 0, violations: [] });
  });

  engineTest("a mistake in it is an error that names the mistake", async () => {
    const stack = await engineStack({ program: "test/fixtures/programs/open-http-route" });
    const mistaken = { enforcementLevel: "mandatory", acceptApiKeys: "yes" };
    const run = await stack.preview({
      packConfigs: [json({ "rest-method-requires-authorization": mistaken })],
    });
    expect(run.code).not.toBe(0);
    expect(run.output).toContain("rest-method-requires-authorization");
    expect(run.output).toContain("acceptApiKeys");
  });

  engineTest("a word in it that the option doesn't take is an error that names the option", async () => {
    const stack = await engineStack({ program: "test/fixtures/programs/open-http-route" });
    const requiring = "load-balancer-requires-authentication";
    const mistaken = { enforcementLevel: "mandatory", requireOn: ["tags:exposure=api"] };
    const run = await stack.preview({ packConfigs: [json({ [requiring]: mistaken })] });
    expect(run.code).not.toBe(0);
    expect(run.output).toContain(requiring);
    expect(run.output).toContain("requireOn");
  });

  engineTest("an organization's own pack blocks, exempts and adds a rule", async () => {
    const pack = mkdtempSync(resolve(".tmp", "pack-"));
    writeFileSync(join(pack, "package.json"), JSON.stringify({ name: "acme", version: "1.2.3" }));
    writeFileSync(join(pack, "PulumiPolicy.yaml"), "runtime: nodejs\n");
    writeFileSync(
      join(pack, "index.js"),
      `const { guardrails } = require("@api-guardrails/policies");
const { PolicyPack } = require("@pulumi/policy");
const { policies, initialConfig } = guardrails({
  preset: "strict",
  exemptions: [{
    rule: "function-url-requires-iam", project: "engine", stacks: ["dev"], resource: "legacy",
    reason: "signed by its own shared secret until spring", owner: "team-edge", reviewBy: "${inDays(60)}",
  }],
});
const ours = {
  name: "names-are-short", description: "Names are short.", enforcementLevel: "advisory",
  validateResource: ({ name }, report) => { if (name.length > 10) report("too long: " + name); },
};
new PolicyPack("acme", { policies: [...policies, ours] }, initialConfig);
`,
    );
    try {
      const stack = await engineStack({
        program: program(`
new FunctionUrl("legacy", { functionName: "f", authorizationType: "NONE" });
new FunctionUrl("lately-added", { functionName: "g", authorizationType: "NONE" });`),
      });
      const run = await stack.preview({ packs: [pack] });
      expect(run.output).toContain("acme@v1.2.3");
      expect(
        run.violations.map(({ policy, level, urn }) => [level, policy, urn.split("::").pop()]).toSorted(),
      ).toEqual([
        ["advisory", "names-are-short", "lately-added"],
        ["mandatory", "function-url-requires-iam", "lately-added"],
      ]);
    } finally {
      rmSync(pack, { recursive: true, force: true });
    }
  });

  engineTest("the pack runs from node_modules of another project", async () => {
    const installed = join(other, "node_modules", "@api-guardrails", "policies");
    mkdirSync(installed, { recursive: true });
    for (const part of ["bin", "lib", "package.json", "PulumiPolicy.yaml"]) {
      cpSync(join("policies", part), join(installed, part), { recursive: true });
    }
    // Its dependencies, as npm would put them beside it.
    symlinkSync(resolve("node_modules", "@pulumi"), join(other, "node_modules", "@pulumi"));
    symlinkSync(resolve("node_modules", "yaml"), join(other, "node_modules", "yaml"));
    const stack = await engineStack({ program: "test/fixtures/programs/open-http-route" });
    const run = await stack.preview({ packs: [installed] });
    expect(run.violations).toMatchObject([
      { policy: "http-route-requires-authorization", level: "mandatory" },
    ]);
  });
});
