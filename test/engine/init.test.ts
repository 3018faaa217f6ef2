import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { blockedExitCode, engineStack, engineTest, removeStacks } from "./rig";

const registry = execFileSync("npm", ["config", "get", "registry"], { encoding: "utf8" }).trim();
/** A user's environment, without what the npm that runs this has set. */
const env = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name))),
  npm_config_registry: registry,
  npm_config_prefer_offline: "true",
  npm_config_audit: "false",
};

const program = (authorizationType: string) => `
const pulumi = require("@pulumi/pulumi");
const api = new pulumi.CustomResource("aws:apigatewayv2/api:Api", "shop", { protocolType: "HTTP" });
new pulumi.CustomResource("aws:apigatewayv2/route:Route", "orders", {
  apiId: api.id, routeKey: "GET /orders", authorizationType: "${authorizationType}",
});
`;

/** Writes files of a repository. */
function write(root: string, files: Readonly<Record<string, string | object>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), typeof content === "string" ? content : JSON.stringify(content));
  }
}

const { "@pulumi/pulumi": pulumi } = JSON.parse(readFileSync("package.json", "utf8")).devDependencies;

/** Runs a line as a user types it, once more where a registry answers with an older list of versions than before, or not at all. */
function sh(root: string, command: string) {
  const run = () => spawnSync("sh", ["-c", command], { cwd: root, env, encoding: "utf8" });
  const first = run();
  const { status, stdout, stderr } = registryFails.test(first.stderr) ? run() : first;
  return { code: status, output: `${stdout}${stderr}` };
}

const registryFails = /npm error code (ETARGET|ECONNRESET|ETIMEDOUT|EAI_AGAIN|E50\d)/;

const roots: string[] = [];
afterEach(() => {
  removeStacks();
  for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true });
});

/** A repository with an open program, for which init has written a pack from tarballs. Answers what init prints, too. */
function initialized(settings: Readonly<Record<string, object>>) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "api-guardrails-init-")));
  roots.push(root);
  write(root, {
    "infra/Pulumi.yaml": { name: "infra", runtime: "nodejs" },
    "infra/package.json": { private: true, main: "index.js", dependencies: { "@pulumi/pulumi": pulumi } },
    "infra/index.js": program("NONE"),
    ...settings,
  });
  mkdirSync(join(root, ".git"));
  execFileSync(process.execPath, ["scripts/pack.mjs", join(root, "vendor")], { stdio: "pipe" });
  const bin = resolve("review/bin/api-guardrails.js");
  const args = [bin, "init", "--ci", "github", "--from", "vendor/policies.tgz"];
  const printed = execFileSync(process.execPath, args, { cwd: root, env, encoding: "utf8" });
  const next = (printed.split("Next:\n")[1]?.split("\n\n")[0] ?? "").split("\n").map((line) => line.trim());
  expect(next).toHaveLength(2);
  const [install = "", preview = ""] = next;
  return { root, printed, install, preview };
}

const passes = /^(#|ℹ) pass 3$/m;

describe("the pack that init writes", () => {
  engineTest(
    "in TypeScript is installed, passes its test and blocks an open route, in the real engine too",
    async () => {
      const { root, printed, install, preview } = initialized({ "infra/tsconfig.json": {} });
      expect(printed).toContain("  guardrails/index.ts\n");
      const installed = sh(root, install);
      expect(installed.output).toMatch(passes);
      expect(installed.code).toBe(0);
      expect(sh(root, "(cd infra && npm install)").code).toBe(0);
      const blocked = sh(root, preview);
      expect(blocked.output).toContain(
        "[mandatory]  [severity: critical]  http-route-requires-authorization",
      );
      expect(blocked.output).toContain("api-names-its-team");
      expect(blocked.code).toBe(1);

      const stack = await engineStack({ program: join(root, "infra") });
      const run = await stack.preview({ packs: [join(root, "guardrails")] });
      expect(run.code).toBe(blockedExitCode);
      expect(run.violations.map(({ policy, level }) => `${level} ${policy}`)).toEqual(
        expect.arrayContaining([
          "mandatory http-route-requires-authorization",
          "advisory api-names-its-team",
        ]),
      );
    },
  );

  test("in JavaScript blocks and passes pull requests, by the commands of the job in CI", () => {
    const { root, printed, install } = initialized({});
    expect(printed).toContain("  guardrails/index.js\n");
    // Without its test: the job runs that.
    expect(sh(root, install.replace(" && npm test", "")).code).toBe(0);
    const workflow = parse(readFileSync(join(root, ".github/workflows/guardrails.yml"), "utf8"));
    const commands: string[] = workflow.jobs.guardrails.steps.flatMap(
      ({ run }: { run?: string }) => run ?? [],
    );
    const [own = "", packages = "", preview = ""] = commands;
    expect(commands).toHaveLength(3);
    const first = sh(root, own);
    expect(first.output).toMatch(passes);
    expect([first.code, sh(root, packages).code, sh(root, preview).code]).toEqual([0, 0, 1]);
    write(root, { "infra/index.js": program("AWS_IAM") });
    expect(sh(root, preview).code).toBe(0);
  });
});
