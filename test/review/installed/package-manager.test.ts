import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { addCommand, installCommand, ownCommand } from "../../../review/src/installed/package-manager";

const temporary: string[] = [];
afterAll(() => {
  for (const folder of temporary) rmSync(folder, { recursive: true, force: true });
});

/** A folder with these empty files. It is outside this repository, which has a lock file of npm. */
function folderWith(...files: readonly string[]): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "api-guardrails manager-")));
  temporary.push(folder);
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), "");
  }
  return folder;
}

describe("packages are installed and added with the manager of the project", () => {
  test.each<[situation: string, files: readonly string[], below: string, install: string, add: string]>([
    ["no lock file", [], ".", "npm install", "npm install --save-dev"],
    ["package-lock.json", ["package-lock.json"], ".", "npm ci", "npm install --save-dev"],
    ["npm-shrinkwrap.json", ["npm-shrinkwrap.json"], ".", "npm ci", "npm install --save-dev"],
    ["pnpm-lock.yaml", ["pnpm-lock.yaml"], ".", "pnpm install", "pnpm add --save-dev"],
    ["yarn.lock", ["yarn.lock"], ".", "yarn install", "yarn add --dev"],
    [
      "the lock file of a workspace, above",
      ["pnpm-lock.yaml", "packages/api/index.ts"],
      "packages/api",
      "pnpm install",
      "pnpm add --save-dev",
    ],
    [
      "one of its own below a workspace of another manager",
      ["package-lock.json", "packages/api/yarn.lock"],
      "packages/api",
      "yarn install",
      "yarn add --dev",
    ],
  ])("%s", (_situation, files, below, install, add) => {
    const folder = join(folderWith(...files), below);
    expect([installCommand(folder), addCommand(folder)]).toEqual([install, add]);
  });
});

describe("the command that starts the command line again", () => {
  const installed = "node_modules/@api-guardrails/review/bin/api-guardrails.js";
  const bin = "node_modules/.bin/api-guardrails";
  const pnpmStore = `node_modules/.pnpm/@api-guardrails+review@0.1.0/${installed}`;
  const agents = {
    npm: "npm/11.19.1 node/v20.20.2 linux x64 workspaces/false",
    pnpm: "pnpm/12.21.0 npm/? node/? linux x64",
    yarn1: "yarn/1.22.22 npm/? node/v20.20.2 linux x64",
    yarn4: "yarn/4.18.1 npm/? node/v20.20.2 linux x64",
  };
  const startedBy = (agent: keyof typeof agents) => ({ npm_config_user_agent: agents[agent] });

  test.each<[situation: string, script: string, environment: Record<string, string>, command: string]>([
    ["npx, npm exec, a script of npm", bin, startedBy("npm"), "npx --no api-guardrails"],
    ["pnpm exec, a script of pnpm", pnpmStore, startedBy("pnpm"), "pnpm exec api-guardrails"],
    ["a script of Yarn 1", bin, startedBy("yarn1"), "yarn run api-guardrails"],
    ["a script of Yarn 4", installed, startedBy("yarn4"), "yarn run api-guardrails"],
    [
      "Plug'n'Play",
      ".yarn/cache/review.zip/node_modules/@api-guardrails/review/bin/api-guardrails.js",
      startedBy("yarn4"),
      "yarn run api-guardrails",
    ],
    ["the bin itself", bin, {}, bin],
    ["the bin itself, which is a script of a shell", installed, {}, bin],
    ["the bin itself, which pnpm made", pnpmStore, {}, bin],
    ["node", "review/bin/api-guardrails.js", {}, "node review/bin/api-guardrails.js"],
    ["node, with a space in the path", "my review/bin/cli.js", {}, 'node "my review/bin/cli.js"'],
    ["an unknown package manager", bin, { npm_config_user_agent: "other/1.0.0" }, bin],
  ])("%s", (_situation, script, environment, command) => {
    const directory = folderWith("package.json", bin);
    expect(ownCommand({ script: join(directory, script), directory, environment })).toBe(command);
  });

  test("from a folder below the one where it is installed", () => {
    const project = folderWith(bin, "packages/api/index.ts");
    const start = { script: join(project, bin), directory: join(project, "packages/api") };
    expect(ownCommand({ ...start, environment: {} })).toBe(`../../${bin}`);
  });

  test("its name, if it is on the PATH: installed for the whole machine", () => {
    const machine = folderWith("bin/api-guardrails");
    const start = { script: join(machine, "bin/api-guardrails"), directory: folderWith() };
    expect(ownCommand({ ...start, environment: { PATH: `/usr/bin:${machine}/bin` } })).toBe("api-guardrails");
    expect(ownCommand({ ...start, environment: { PATH: "/usr/bin" } })).toMatch(/^node /);
  });

  test.each<[situation: string, agent: "yarn1" | "yarn4", manifest: string | undefined, command: string]>([
    ["Yarn 4 with -T, in another workspace", "yarn4", "package.json", "yarn run -T api-guardrails"],
    ["Yarn 4, installed for the workspace", "yarn4", "packages/api/package.json", "yarn run api-guardrails"],
    ["Yarn 1", "yarn1", undefined, "yarn run api-guardrails"],
    ["Yarn 1 in a script of npm", "yarn1", "package.json", "yarn run api-guardrails"],
  ])("in a workspace: %s", (_situation, agent, manifest, command) => {
    const project = folderWith("package.json", "packages/api/package.json");
    const environment = {
      ...startedBy(agent),
      npm_package_json: manifest === undefined ? undefined : join(project, manifest),
    };
    const start = { script: join(project, installed), directory: join(project, "packages/api") };
    expect(ownCommand({ ...start, environment })).toBe(command);
  });
});
