import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { ownPack, ownPackFrom } from "../../../review/src/installed/own-pack";

type OwnPack = typeof import("../../../review/src/installed/own-pack");

const temporary: string[] = [];
afterAll(() => {
  for (const folder of temporary) rmSync(folder, { recursive: true, force: true });
});

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "api-guardrails-own-pack-"));
  temporary.push(folder);
  return folder;
}

/** The compiled files of the command line, in a folder without a pack beside them. */
function installedAlone(): OwnPack {
  const folder = emptyFolder();
  for (const file of ["text/errors.js", "installed/package-manager.js", "installed/own-pack.js"]) {
    cpSync(join("review/dist", file), join(folder, file));
  }
  return createRequire(join(folder, "package.json"))("./installed/own-pack.js");
}

/** A project with the pack installed in one of its folders. */
function projectWithPack(path: string): string {
  const project = emptyFolder();
  mkdirSync(join(project, path, "node_modules/@api-guardrails/policies"), { recursive: true });
  mkdirSync(join(project, "packages/infrastructure"), { recursive: true });
  return project;
}

test("the pack is the one beside the command line", () => {
  expect(ownPack()).toBe(resolve("policies"));
});

test("without a pack, the error says what to install, with the project's package manager", () => {
  expect(installedAlone().ownPack).toThrow(
    "The policy pack @api-guardrails/policies isn't installed. Add it from where @api-guardrails/review came, for instance: npm install --save-dev ./api-guardrails/policies.tgz; or name a pack's folder with --policy-pack.",
  );
});

describe("the pack's folder for the Pulumi CLI, seen from the program's", () => {
  const policies = "node_modules/@api-guardrails/policies";
  test.each<[situation: string, pack: string, program: string, folder: string]>([
    ["installed in the same folder", ".", ".", policies],
    ["installed for the whole workspace", ".", "packages/infrastructure", `../../${policies}`],
    ["installed for the program alone", "packages/infrastructure", "packages/infrastructure", policies],
  ])("%s", (_situation, pack, program, folder) => {
    expect(ownPackFrom(join(projectWithPack(pack), program))).toBe(folder);
  });

  test("installed elsewhere, or with Plug'n'Play: the folder itself", () => {
    const project = emptyFolder();
    expect(resolve(project, ownPackFrom(project) ?? "")).toBe(resolve("policies"));
  });

  test("not installed at all", () => {
    expect(installedAlone().ownPackFrom(emptyFolder())).toBeUndefined();
  });
});
