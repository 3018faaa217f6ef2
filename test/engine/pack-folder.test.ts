import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, describe, expect } from "vitest";
import { blockedExitCode, engineStack, engineTest, removeStacks } from "./rig";

const folders: string[] = [];
afterEach(() => {
  removeStacks();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/**
 * A project in which the packed pack is installed: its folder is `real`, and the program's `node_modules` has it or a link to it, as
 * its package manager writes it. The pack's dependencies are beside the real folder.
 */
function projectWithPack(real: string): string {
  const project = realpathSync(mkdtempSync(join(tmpdir(), "api-guardrails-project-")));
  folders.push(project);
  execFileSync(process.execPath, ["scripts/pack.mjs", project], { stdio: "pipe" });
  const folder = join(project, real, "@api-guardrails/policies");
  mkdirSync(folder, { recursive: true });
  execFileSync("tar", ["-xzf", join(project, "policies.tgz"), "-C", folder, "--strip-components=1"]);
  for (const dependency of readdirSync("node_modules")) {
    if (dependency.startsWith(".") || dependency === "@api-guardrails") continue;
    symlinkSync(resolve("node_modules", dependency), join(project, real, dependency));
  }
  const link = join(project, "node_modules/@api-guardrails");
  if (real !== "node_modules") {
    mkdirSync(link, { recursive: true });
    symlinkSync(folder, join(link, "policies"));
  }
  const bin = join(project, "node_modules/.bin");
  mkdirSync(bin);
  symlinkSync("../@api-guardrails/policies/bin/folder.js", join(bin, "api-guardrails-policies"));
  return project;
}

describe("the pack's folder, as its own command prints it, boots in the real engine", () => {
  const layouts = [
    { manager: "npm and Yarn", real: "node_modules" },
    { manager: "pnpm", real: "node_modules/.pnpm/policies/node_modules" },
  ];
  for (const { manager, real } of layouts) {
    engineTest(`where ${manager} installed it`, async () => {
      const project = projectWithPack(real);
      const command = "npx --no api-guardrails-policies";
      const printed = execFileSync("sh", ["-c", `printf %s "$(${command})"`], {
        cwd: project,
        encoding: "utf8",
      });
      expect(printed).toBe(join(project, real, "@api-guardrails/policies"));
      const stack = await engineStack({ program: "test/fixtures/programs/open-http-route" });
      const run = await stack.preview({ packs: [printed] });
      expect(run.code).toBe(blockedExitCode);
      expect(run.violations).toMatchObject([
        { policy: "http-route-requires-authorization", level: "mandatory" },
      ]);
    });
  }
});

engineTest("an empty folder is no pack to the CLI, which is why the pages write two steps", async () => {
  const stack = await engineStack({ program: "test/fixtures/programs/open-http-route" });
  const run = await stack.run(["preview", "--policy-pack", ""], { packs: [] });
  expect([run.code, run.violations]).toEqual([0, []]);
});
