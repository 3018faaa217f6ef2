import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

// Links may stand for the temporary folder itself.
const project = realpathSync(mkdtempSync(join(tmpdir(), "api-guardrails folder-")));
afterAll(() => rmSync(project, { recursive: true, force: true }));

const run = (file: string, ...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], {
    cwd: tmpdir(),
    encoding: "utf8",
  });
  return { status, stdout, stderr };
};
const name = "@api-guardrails/policies";

/** Puts the bin into a folder as a package manager does. */
function installedIn(folder: string): string {
  cpSync("policies/bin", join(folder, "bin"), { recursive: true });
  return folder;
}

describe("api-guardrails-policies prints the folder of the pack, and nothing else", () => {
  test("in this repository", () => {
    const bin = resolve("policies/bin/folder.js");
    expect(run(bin)).toEqual({ status: 0, stdout: `${resolve("policies")}\n`, stderr: "" });
  });

  test("as npm and Yarn install it, in a path with a space", () => {
    const folder = installedIn(join(project, "npm/node_modules", name));
    const bin = join(project, "npm/node_modules/.bin/api-guardrails-policies");
    mkdirSync(join(bin, ".."), { recursive: true });
    symlinkSync(join(folder, "bin/folder.js"), bin);
    expect(run(bin)).toEqual({ status: 0, stdout: `${folder}\n`, stderr: "" });
  });

  test("as pnpm links it: the real folder, beside which its dependencies are", () => {
    const folder = installedIn(join(project, "pnpm/node_modules/.pnpm/policies@0.1.0/node_modules", name));
    const link = join(project, "pnpm/node_modules", name);
    mkdirSync(join(link, ".."), { recursive: true });
    symlinkSync(folder, link);
    expect(run(join(link, "bin/folder.js"))).toEqual({ status: 0, stdout: `${folder}\n`, stderr: "" });
  });
});

test.each(["--help", "-h"])("%s says what it is for", (argument) => {
  const { status, stdout, stderr } = run(resolve("policies/bin/folder.js"), argument);
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toContain(
    'pack="$(npx --no api-guardrails-policies)" &&\n    pulumi preview --policy-pack "$pack"\n',
  );
});

test("an argument is a mistake, so that no folder is taken for its answer", () => {
  const { status, stdout, stderr } = run(resolve("policies/bin/folder.js"), "preview");
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/^api-guardrails-policies takes no arguments\.\n\nUsage: api-guardrails-policies\n/);
});

test.each(["README.md", "policies/README.md", "docs/adopting.md"])(
  "the line of %s previews nothing where the pack isn't installed",
  (page) => {
    const [line = ""] = /^pack=.*$/m.exec(readFileSync(page, "utf8")) ?? [];
    expect(line).toContain("npx --no api-guardrails-policies");
    const empty = join(project, "empty");
    mkdirSync(empty, { recursive: true });
    const run = (command: string) =>
      spawnSync(
        "sh",
        ["-c", line.replace("npx --no api-guardrails-policies", command).replace("pulumi", "echo ran")],
        {
          cwd: empty,
          encoding: "utf8",
          // A registry that nobody serves.
          env: { ...process.env, npm_config_registry: "http://127.0.0.1:1", npm_config_fetch_retries: "0" },
        },
      );
    const missing = run("npx --no api-guardrails-policies");
    expect(missing.status).not.toBe(0);
    expect(missing.stdout).toBe("");
    expect(run("echo /the/folder").stdout).toBe("ran preview --policy-pack /the/folder\n");
  },
);
