import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { inventoryOf } from "../policies/src/inventory";
import { inDays } from "./dates";
import { bare } from "./review/started";
import { inScope, written } from "./review/written-program";

/** The content of a block of docs/adopting.md, as YAML. */
// biome-ignore lint/suspicious/noExplicitAny: a test looks at what it expects
function block(mark: string): any {
  const page = readFileSync("docs/adopting.md", "utf8");
  const [, content] =
    new RegExp(`<!-- adopting: ${mark} -->\n\`\`\`yaml\n([\\s\\S]*?)\`\`\``).exec(page) ?? [];
  if (content === undefined) throw new Error(`docs/adopting.md has no block with the mark ${mark}`);
  return parse(content);
}

const modules = resolve("node_modules");
/** What `npm ci` does here besides: it links the packages that a registry would have. */
const link = [
  "const { mkdirSync, symlinkSync } = require('node:fs');",
  "mkdirSync('node_modules', { recursive: true });",
  "for (const name of ['@pulumi', '@api-guardrails', '.bin']) symlinkSync(process.env.MODULES + '/' + name, 'node_modules/' + name);",
].join(" ");
const iam = `${inScope}
const api = new Api("shop", { name: "shop", protocolType: "HTTP" });
new Route("orders", { apiId: api.id, routeKey: "GET /orders", authorizationType: "AWS_IAM" });`;
const open = iam.replace("AWS_IAM", "NONE");

/** A clone of a repository with two projects, of which a branch opens a route. */
function clone(): { readonly directory: string; readonly base: string } {
  const origin = written({
    ".gitignore": "node_modules\n",
    "package.json": {
      ...{ name: "shop", version: "1.0.0", private: true },
      scripts: { postinstall: "node link.cjs" },
    },
    "package-lock.json": {
      ...{ name: "shop", version: "1.0.0", lockfileVersion: 3 },
      packages: { "": { name: "shop", version: "1.0.0", hasInstallScript: true } },
    },
    "link.cjs": link,
    "services/shop/Pulumi.yaml": { name: "shop", runtime: "nodejs" },
    "services/shop/index.js": iam,
    "services/idle/Pulumi.yaml": { name: "idle", runtime: "nodejs" },
    "services/idle/index.js": inScope,
  });
  const directory = join(written({}), "clone");
  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
      encoding: "utf8",
      stdio: "pipe",
    });
  git("-C", origin, "init", "--quiet", "--initial-branch", "main");
  git("-C", origin, "add", ".");
  git("-C", origin, "commit", "--quiet", "-m", "one");
  git("clone", "--quiet", origin, directory);
  writeFileSync(join(directory, "services/shop/index.js"), open);
  git("-C", directory, "commit", "--quiet", "-a", "-m", "two");
  return { directory, base: git("-C", origin, "rev-parse", "HEAD").trim() };
}

/** Runs a command as a runner does, which ends a step at its first command that fails. */
function run(command: string, directory: string, env: NodeJS.ProcessEnv) {
  const { status, stdout, stderr } = spawnSync("bash", ["-e", "-c", command], {
    cwd: directory,
    env: { ...bare, CI: "true", MODULES: modules, ...env },
    encoding: "utf8",
  });
  return { code: status, output: stdout + stderr };
}

describe("the job for GitHub", () => {
  const { on, permissions, jobs } = block("github");
  const steps: readonly { name?: string; run?: string; uses?: string; if?: string }[] = jobs.review.steps;
  const [install, policies, changes, comment] = steps.filter((step) => step.run !== undefined);
  let directory: string;
  const env = { GITHUB_ACTIONS: "true", GITHUB_BASE_REF: "main" };
  beforeAll(() => {
    ({ directory } = clone());
    mkdirSync(join(directory, "node_modules"), { recursive: true });
    expect(run(install?.run ?? "", directory, env)).toMatchObject({ code: 0 });
  });

  test("runs for pull requests, and may do no more than comment them", () => {
    expect([on, permissions]).toEqual(["pull_request", { contents: "read", "pull-requests": "write" }]);
  });

  test("puts nothing that somebody else chose, such as the name of a branch, into a command", () => {
    for (const { run: command = "" } of steps) expect(command).not.toContain("${{");
  });

  test("fails with what the policies say, at the line", () => {
    const { code, output } = run(policies?.run ?? "", directory, env);
    expect(code).toBe(1);
    expect(output).toMatch(
      /^::error file=services\/shop\/index\.js,line=\d+,title=http-route-requires-authorization /m,
    );
    expect(output).toContain("2 projects: 1 failed, 1 passed");
  });

  test("fails with what the pull request opens, and writes it for the comment", () => {
    const { code, output } = run(changes?.run ?? "", directory, env);
    expect([code, output]).toEqual([1, ""]);
    expect(changes?.if).toBe("always()");
    expect(readFileSync(join(directory, "diff.md"), "utf8")).toContain("### Opened (1)");
    expect(comment?.run).toContain("--body-file diff.md");
    expect(comment?.if).toContain("always()");
  });
});

test("the job for GitLab shows what changes, and is blocked by the policies", () => {
  const { directory, base } = clone();
  const { before_script: before, script, artifacts } = block("gitlab")["api-guardrails"];
  const env = { CI_MERGE_REQUEST_DIFF_BASE_SHA: base, GITLAB_CI: "true" };
  const { code, output } = run([...before, ...script].join("\n"), directory, env);
  expect(code).toBe(1);
  expect(output).toContain("Opened (1)");
  expect(existsSync(join(directory, artifacts.reports.junit))).toBe(true);
});

test("the ESC environment has exemptions that the pack takes", () => {
  const { policyConfig } = block("esc").values;
  const [exemption] = policyConfig["exemption-is-current"].exemptions;
  expect(exemption.reviewBy).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  const type = "aws:apigatewayv2/route:Route";
  const { rows } = inventoryOf({
    resources: [
      {
        ...{ urn: `urn:pulumi:prod::customers::${type}::health`, type, propertyDependencies: {} },
        properties: { apiId: "a1b2c3", routeKey: "GET /health" },
      },
    ],
    settings: { "exemption-is-current": { exemptions: [{ ...exemption, reviewBy: inDays(60) }] } },
  });
  expect(rows[0]?.declaration).toMatchObject({ kind: "exemption", owner: "team-edge" });
});
