import { execFileSync, spawn, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { bin } from "../started";
import { type Files, written } from "../written-program";

/** A repository with these files, and a folder for a `.git`. */
function repository(files: Files = {}): string {
  const root = written(files);
  mkdirSync(join(root, ".git"));
  return root;
}

/** Runs the command in a folder. */
function init(directory: string, ...args: readonly string[]) {
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((done) => {
    const child = spawn(process.execPath, [bin, "init", ...args], { cwd: directory });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (data) => {
      stdout += data;
    });
    child.stderr.on("data", (data) => {
      stderr += data;
    });
    child.once("close", (code) => done({ code, stdout, stderr }));
  });
}

/** The files below a folder that are none of the repository's own, each with its content. */
function filesIn(root: string): Record<string, string> {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((path) =>
    lstatSync(join(root, path)).isFile(),
  );
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(root, path), "utf8")]));
}

const program = { "infra/Pulumi.yaml": { name: "infra", runtime: "nodejs" }, "infra/package.json": {} };
const javascript = { "package.json": { name: "acme" }, ...program, "infra/index.js": "" };
const shown = (text: string, heading: string) =>
  (text.split(`${heading}\n`)[1]?.split("\n\n")[0] ?? "").split("\n").map((line) => line.trim());

describe("what is written", () => {
  test("a pack in TypeScript, into an empty folder", async () => {
    const root = repository();
    const { code, stdout, stderr } = await init(root);
    expect([code, stderr]).toEqual([0, ""]);
    const files = [
      "guardrails/PulumiPolicy.yaml",
      "guardrails/index.ts",
      "guardrails/tsconfig.json",
      "guardrails/package.json",
      "guardrails/.gitignore",
      "guardrails/test/pack.test.mjs",
      "guardrails/test/program/Pulumi.yaml",
      "guardrails/test/program/index.js",
    ];
    expect(shown(stdout, "Written:")).toEqual(files);
    expect(Object.keys(filesIn(root)).toSorted()).toEqual(files.toSorted());
    expect(shown(stdout, "Next:")).toEqual([
      "(cd guardrails && npm install && npm test)",
      "guardrails/node_modules/.bin/api-guardrails preview path/to/program --policy-pack guardrails",
    ]);
    expect(stdout).toContain("and guardrails/package-lock.json, which the first command writes.");
  });

  test.each<[situation: string, files: Files, entry: string]>([
    ["a repository in JavaScript", javascript, "index.js"],
    ["a program in TypeScript", { ...javascript, "infra/tsconfig.json": {} }, "index.ts"],
    [
      "TypeScript among the packages",
      { "package.json": { devDependencies: { typescript: "5" } } },
      "index.ts",
    ],
    ["a package.json, and no TypeScript", { "package.json": {} }, "index.js"],
    ["a program in Python alone", { "infra/Pulumi.yaml": { name: "infra", runtime: "python" } }, "index.ts"],
  ])("%s", async (_situation, given, entry) => {
    const root = repository(given);
    await init(root);
    const files = filesIn(join(root, "guardrails"));
    expect(Object.keys(files).filter((file) => /^index\./.test(file))).toEqual([entry]);
    expect("tsconfig.json" in files).toBe(entry === "index.ts");
    const { main, dependencies, devDependencies } = JSON.parse(files["package.json"] ?? "");
    expect(main).toBe(entry);
    expect("typescript" in dependencies).toBe(entry === "index.ts");
    expect("@types/node" in devDependencies).toBe(entry === "index.ts");
  });

  test.each([
    ["guardrails", "guardrails"],
    ["policies/acme", "acme"],
  ])("in the folder %s, a pack named %s", async (directory, name) => {
    const root = repository();
    await init(root, directory);
    const files = filesIn(join(root, directory));
    expect(JSON.parse(files["package.json"] ?? "").name).toBe(name);
    expect(files["index.ts"]).toContain(`new PolicyPack("${name}", `);
    expect(Object.values(files).join("")).not.toContain("acme-guardrails");
  });

  test("asks for the packages at the versions that ours are tested with", async () => {
    const root = repository();
    await init(root);
    const manifest = JSON.parse(filesIn(root)["guardrails/package.json"] ?? "");
    const own = JSON.parse(readFileSync("policies/package.json", "utf8"));
    const development = JSON.parse(readFileSync("package.json", "utf8")).devDependencies;
    expect(manifest.dependencies).toEqual({
      "@api-guardrails/policies": own.version,
      "@pulumi/policy": own.dependencies["@pulumi/policy"],
      "@pulumi/pulumi": own.dependencies["@pulumi/pulumi"],
      typescript: development.typescript,
    });
    expect(manifest.devDependencies).toEqual({
      "@api-guardrails/review": own.version,
      "@types/node": development["@types/node"],
    });
  });

  test("is formatted, for 80 columns", async () => {
    // Outside of this repository, whose own settings count everywhere in it.
    const outside = mkdtempSync(join(tmpdir(), "api-guardrails-format-"));
    try {
      for (const [folder, files] of Object.entries({ javascript, typescript: {} })) {
        const root = repository(files);
        await init(root);
        cpSync(join(root, "guardrails"), join(outside, folder), { recursive: true });
      }
      const settings = { formatter: { indentStyle: "space", lineWidth: 80 } };
      writeFileSync(join(outside, "biome.json"), JSON.stringify(settings));
      const biome = resolve("node_modules/@biomejs/biome/bin/biome");
      const run = spawnSync(process.execPath, [biome, "check", "javascript", "typescript"], {
        cwd: outside,
        encoding: "utf8",
      });
      expect([run.status, run.stderr]).toEqual([0, ""]);
      expect(run.stdout).toMatch(/^Checked 9 files/);
    } finally {
      rmSync(outside, { recursive: true, force: true });
    }
  });

  test("starts with no comment that speaks of a template", async () => {
    const root = repository();
    await init(root, "--ci", "gitlab");
    for (const content of Object.values(filesIn(root)))
      expect(content).not.toMatch(/template|generated|TODO/i);
  });
});

describe("the package manager", () => {
  const own = "guardrails";
  test.each<[situation: string, files: Files, install: string, locked: string, extra: readonly string[]]>([
    ["a lock file of npm", { "package-lock.json": {} }, "npm install && npm test", "npm ci && npm test", []],
    [
      "one of pnpm",
      { "pnpm-lock.yaml": "" },
      "pnpm install && pnpm test",
      "pnpm install --frozen-lockfile && pnpm test",
      ["pnpm-workspace.yaml"],
    ],
    [
      "one of Yarn 1",
      { "yarn.lock": "" },
      "yarn install && yarn test",
      "yarn install --frozen-lockfile && yarn test",
      [],
    ],
    [
      "one of Yarn with settings of Yarn 2 and newer",
      { "yarn.lock": "", ".yarnrc.yml": "" },
      "yarn install && yarn test",
      "yarn install --immutable && yarn test",
      [".yarnrc.yml", "yarn.lock"],
    ],
    [
      "packageManager, which says more than a lock file",
      { "package.json": { packageManager: "yarn@4.18.1" }, "package-lock.json": {} },
      "yarn install && yarn test",
      "yarn install --immutable && yarn test",
      [".yarnrc.yml", "yarn.lock"],
    ],
    [
      "packageManager with Yarn 1",
      { "package.json": { packageManager: "yarn@1.22.22" } },
      "yarn install && yarn test",
      "yarn install --frozen-lockfile && yarn test",
      [],
    ],
    [
      "a packageManager of another kind",
      { "package.json": { packageManager: "bun@1.2.0" } },
      "npm install && npm test",
      "npm ci && npm test",
      [],
    ],
  ])("%s", async (_situation, files, install, locked, extra) => {
    const root = repository(files);
    const { stdout } = await init(root, own, "--ci", "github");
    expect(shown(stdout, "Next:")[0]).toBe(`(cd ${own} && ${install})`);
    const pack = filesIn(join(root, own));
    const usual = /^(PulumiPolicy\.yaml|index\.[jt]s|tsconfig\.json|package\.json|\.gitignore|test\/.*)$/;
    expect(
      Object.keys(pack)
        .filter((file) => !usual.test(file))
        .toSorted(),
    ).toEqual(extra);
    const workflow = filesIn(root)[".github/workflows/guardrails.yml"] ?? "";
    expect(workflow).toContain(`(cd ${own} && ${locked})`);
    expect(workflow.includes("corepack enable")).toBe(!install.startsWith("npm"));
    const { packageManager } = JSON.parse(pack["package.json"] ?? "");
    const asked = files["package.json"] as { packageManager?: string } | undefined;
    expect(packageManager).toBe(install.startsWith("npm") ? undefined : asked?.packageManager);
  });

  test("of a workspace, seen from a folder in it", async () => {
    const root = repository({ "pnpm-lock.yaml": "", "packages/infra/package.json": {} });
    const { stdout } = await init(join(root, "packages/infra"), "--ci", "github");
    expect(shown(stdout, "Next:")[0]).toBe("(cd guardrails && pnpm install && pnpm test)");
    expect(shown(stdout, "Written:")).toContain("../../.github/workflows/guardrails.yml");
    const workflow = filesIn(root)[".github/workflows/guardrails.yml"];
    expect(workflow).toContain(
      "(cd packages/infra/guardrails && pnpm install --frozen-lockfile && pnpm test)",
    );
  });
});

describe("the job in CI", () => {
  const gitHub = ".github/workflows/guardrails.yml";
  test.each<[situation: string, files: Files, args: readonly string[], written: readonly string[]]>([
    ["none, where there is no CI", {}, [], []],
    ["GitHub's, where there is a .github", { ".github/CODEOWNERS": "" }, [], [gitHub]],
    ["GitLab's, where there is a .gitlab-ci.yml", { ".gitlab-ci.yml": "" }, [], ["guardrails/gitlab-ci.yml"]],
    ["GitHub's, where it is asked for", {}, ["--ci", "github"], [gitHub]],
    [
      "GitLab's, with the file that includes it",
      {},
      ["--ci", "gitlab"],
      ["guardrails/gitlab-ci.yml", ".gitlab-ci.yml"],
    ],
    ["none, where none is asked for", { ".github/CODEOWNERS": "" }, ["--ci", "none"], []],
  ])("%s", async (_situation, files, args, expected) => {
    const root = repository(files);
    const { stdout } = await init(root, ...args);
    expect(shown(stdout, "Written:").filter((file) => /\.yml$/.test(file))).toEqual(expected);
    for (const file of expected) expect(() => parse(readFileSync(join(root, file), "utf8"))).not.toThrow();
  });

  test("for GitLab is included by a line to add by hand, where there is a .gitlab-ci.yml", async () => {
    const root = repository({ ".gitlab-ci.yml": "stages: [test]\n" });
    const { stdout } = await init(root);
    const heading = "To add to .gitlab-ci.yml, which is there already:";
    expect(shown(stdout, heading)).toEqual(["include:", "- local: guardrails/gitlab-ci.yml"]);
    expect(readFileSync(join(root, ".gitlab-ci.yml"), "utf8")).toBe("stages: [test]\n");
  });

  const programs: Files = {
    "package-lock.json": {},
    "package.json": {},
    "infra/Pulumi.yaml": { name: "infra", runtime: "nodejs" },
    "services/it's new/Pulumi.yaml": { name: "shop", runtime: { name: "nodejs" } },
    "services/it's new/Pulumi.dev.yaml": "",
    "services/it's new/Pulumi.prod.yaml": "",
    "services/it's new/pnpm-lock.yaml": "",
    "services/python/Pulumi.yaml": { name: "python", runtime: "python" },
    "services/broken/Pulumi.yaml": "{",
    "node_modules/some/Pulumi.yaml": { name: "some", runtime: "nodejs" },
    "test/program/Pulumi.yaml": { name: "test", runtime: "nodejs" },
  };
  const expected = [
    "(cd guardrails && npm ci && npm test)",
    "npm ci",
    "(cd 'services/it'\\''s new' && pnpm install)",
    "guardrails/node_modules/.bin/api-guardrails preview infra --policy-pack guardrails",
    "guardrails/node_modules/.bin/api-guardrails preview 'services/it'\\''s new' --stack dev --policy-pack guardrails",
    "guardrails/node_modules/.bin/api-guardrails preview 'services/it'\\''s new' --stack prod --policy-pack guardrails",
  ];

  test("on GitHub judges each program for Node.js and each of its stacks, and may read only", async () => {
    const root = repository(programs);
    await init(root, "--ci", "github");
    const workflow = parse(readFileSync(join(root, gitHub), "utf8"));
    expect(workflow).toMatchObject({ on: "pull_request", permissions: { contents: "read" } });
    const { steps } = workflow.jobs.guardrails;
    expect(steps.flatMap(({ run }: { run?: string }) => run ?? [])).toEqual(expected);
  });

  test("on GitLab does the same", async () => {
    const root = repository(programs);
    await init(root, "--ci", "gitlab");
    const { guardrails } = parse(readFileSync(join(root, "guardrails/gitlab-ci.yml"), "utf8"));
    expect(guardrails.script).toEqual(expected);
    expect(parse(readFileSync(join(root, ".gitlab-ci.yml"), "utf8"))).toEqual({
      include: [{ local: "guardrails/gitlab-ci.yml" }],
    });
  });

  test("has an example to fill in, where there is no program yet", async () => {
    const root = repository();
    await init(root, "--ci", "github");
    expect(readFileSync(join(root, gitHub), "utf8")).toContain(
      "      # - run: guardrails/node_modules/.bin/api-guardrails preview path/to/program --policy-pack guardrails\n",
    );
  });
});

describe("what is there already", () => {
  test("is never overwritten, and is named with what to do", async () => {
    const root = repository({
      "guardrails/index.ts": "// ours\n",
      ".github/workflows/guardrails.yml": "name: ours\n",
    });
    const { code, stdout } = await init(root);
    expect(code).toBe(0);
    expect(shown(stdout, "Left as it is, because it is there already and differs:")).toEqual([
      "guardrails/index.ts",
      ".github/workflows/guardrails.yml",
    ]);
    expect(stdout).toContain("To have such a file written anew, move it away and run this again.");
    expect(filesIn(root)).toMatchObject({
      "guardrails/index.ts": "// ours\n",
      ".github/workflows/guardrails.yml": "name: ours\n",
    });
  });

  test("is the same after a second run", async () => {
    const root = repository({ "yarn.lock": "", ".yarnrc.yml": "", ".gitlab-ci.yml": "" });
    const first = await init(root);
    writeFileSync(join(root, "guardrails/yarn.lock"), "# what an installation writes\n");
    const before = filesIn(root);
    const second = await init(root);
    expect(filesIn(root)).toEqual(before);
    expect(second.code).toBe(0);
    expect(second.stdout).not.toContain("Written:");
    expect(second.stdout).not.toContain("Left as it is");
    expect(shown(second.stdout, "Already there, as it would be written now:")).toEqual(
      shown(first.stdout, "Written:"),
    );
  });

  test("is the same after a second run, without a .git too", async () => {
    const outside = realpathSync(mkdtempSync(join(tmpdir(), "api-guardrails-again-")));
    try {
      mkdirSync(join(outside, ".github"));
      await init(outside);
      const before = filesIn(outside);
      expect(Object.keys(before)).toContain(".github/workflows/guardrails.yml");
      const { stdout } = await init(outside);
      expect(stdout).not.toMatch(/Written:|Left as it is/);
      expect(filesIn(outside)).toEqual(before);
    } finally {
      rmSync(outside, { recursive: true, force: true });
    }
  });

  test("in another repository than the current one, what fits is what that one has", async () => {
    const root = repository();
    const other = repository({ "pnpm-lock.yaml": "", ".github/CODEOWNERS": "" });
    const { stdout } = await init(root, relative(root, join(other, "guardrails")));
    const workflow = filesIn(other)[".github/workflows/guardrails.yml"];
    expect(workflow).toContain("(cd guardrails && pnpm install --frozen-lockfile && pnpm test)");
    expect(shown(stdout, "Next:")[0]).toContain(`(cd ../${basename(other)}/guardrails && pnpm install`);
    expect(filesIn(root)).toEqual({});
  });

  test("a link that leads nowhere is left alone, and nothing is written where it leads", async () => {
    const root = repository();
    mkdirSync(join(root, "guardrails"));
    const elsewhere = join(root, "elsewhere");
    symlinkSync(elsewhere, join(root, "guardrails/index.ts"));
    const { stdout } = await init(root);
    expect(stdout).toContain("because it is there already and differs:\n  guardrails/index.ts\n");
    expect(existsSync(elsewhere)).toBe(false);
  });
});

describe("the registry of our scope", () => {
  const named = "@api-guardrails:registry=https://npm.example.com/team/";
  const why = "# As in the repository's .npmrc, which isn't read in this folder.";
  test.each<[situation: string, npmrc: string, written: string]>([
    ["the line of the scope", `registry=https://other.example.com/\n${named}\n`, `${named}\n`],
    [
      "and the variable that holds its token",
      `${named}\n//npm.example.com/team/:_authToken=\${NPM_TOKEN}\n//other.example.com/:_authToken=\${OTHER}\n`,
      `${named}\n//npm.example.com/team/:_authToken=\${NPM_TOKEN}\n`,
    ],
    ["never a token itself", `${named}\n//npm.example.com/team/:_authToken=hunter2\n`, `${named}\n`],
    [
      "with spaces and Windows' line ends",
      "  @api-guardrails:registry = https://npm.example.com\r\n",
      "@api-guardrails:registry = https://npm.example.com\n",
    ],
  ])("is said again in the pack's folder: %s", async (_situation, npmrc, written) => {
    const root = repository({ ".npmrc": npmrc, "packages/shop/package.json": {} });
    const { stdout } = await init(join(root, "packages/shop"));
    expect(filesIn(root)["packages/shop/guardrails/.npmrc"]).toBe(`${why}\n${written}`);
    expect(stdout).toContain("come from the registry that ../../.npmrc names.");
    expect(stdout).not.toContain("Before you install");
  });

  test.each<[situation: string, files: Files]>([
    ["no settings", {}],
    ["settings of other scopes", { ".npmrc": "@acme:registry=https://npm.example.com/\n" }],
    [
      "an address with a password, which stays where it is",
      { ".npmrc": "@api-guardrails:registry=https://me:hunter2@npm.example.com/\n" },
    ],
    ["a comment", { ".npmrc": "# @api-guardrails:registry=https://npm.example.com/\n" }],
    ["Yarn's settings of other scopes", { "yarn.lock": "", ".yarnrc.yml": { npmScopes: { acme: {} } } }],
  ])("is missing: %s. Then a warning says that the public one isn't ours", async (_situation, files) => {
    const root = repository(files);
    const { stdout } = await init(root);
    expect("guardrails/.npmrc" in filesIn(root)).toBe(false);
    const settings = "yarn.lock" in files ? ".yarnrc.yml" : ".npmrc";
    // Before the command that would install them.
    expect(stdout).toMatch(/\n\nBefore you install: nothing in the repository names a registry.+\n\nNext:\n/);
    expect(stdout).toContain(`Name yours in guardrails/${settings}, or give tarballs with --from.`);
    expect(JSON.stringify(filesIn(join(root, "guardrails")))).not.toContain("hunter2");
  });

  test("is read by Yarn 2 and newer where it is", async () => {
    const scopes = { npmScopes: { "api-guardrails": { npmRegistryServer: "https://npm.example.com" } } };
    const root = repository({ "yarn.lock": "", ".yarnrc.yml": scopes });
    const { stdout } = await init(root);
    expect(stdout).toContain("come from the registry that .yarnrc.yml names.");
    expect("guardrails/.npmrc" in filesIn(root)).toBe(false);
  });

  test("in the pack's own folder is the one that counts, in a second run too", async () => {
    const root = repository({ ".npmrc": `${named}\n` });
    await init(root);
    const { stdout } = await init(root);
    expect(stdout).toContain("come from the registry that guardrails/.npmrc names.");
    expect(stdout).not.toContain("Left as it is");
  });
});

describe("--from", () => {
  const packed = written({});
  afterAll(() => rmSync(packed, { recursive: true, force: true }));
  /** Writes a tarball of a package with this manifest, into a folder of its own at the top as npm does. */
  function tarball(directory: string, file: string, manifest: object | string, top = "package"): void {
    const folder = join(packed, `${file}-content`);
    mkdirSync(join(folder, top), { recursive: true });
    const text = typeof manifest === "string" ? manifest : JSON.stringify(manifest);
    writeFileSync(join(folder, top, "package.json"), text);
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    execFileSync("tar", ["-czf", join(directory, file), "-C", folder, top]);
    rmSync(folder, { recursive: true });
  }
  const policies = { name: "@api-guardrails/policies", version: "0.1.0" };
  const review = { name: "@api-guardrails/review", version: "0.1.0" };

  test.each<[situation: string, reviewFile: string, top: string]>([
    ["as npm run pack names them", "review.tgz", "package"],
    [
      "as npm pack names them, and with another folder in them",
      "api-guardrails-review-0.1.0.tgz",
      "anything",
    ],
  ])("takes both tarballs by paths, %s", async (_situation, reviewFile, top) => {
    const root = repository();
    tarball(root, "vendor/policies.tgz", policies, top);
    tarball(root, `vendor/${reviewFile}`, review, top);
    const { code, stdout } = await init(root, "--from", "vendor/policies.tgz");
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/registry|Before you install/);
    const { dependencies, devDependencies } = JSON.parse(filesIn(root)["guardrails/package.json"] ?? "");
    expect(dependencies["@api-guardrails/policies"]).toBe("file:../vendor/policies.tgz");
    expect(devDependencies["@api-guardrails/review"]).toBe(`file:../vendor/${reviewFile}`);
  });

  test.each<[situation: string, prepare: (root: string) => void, from: string, sentence: string]>([
    ["nothing there", () => {}, "missing.tgz", "There is no file missing.tgz of --from."],
    [
      "a folder",
      (root) => mkdirSync(join(root, "vendor")),
      "vendor",
      "vendor of --from is a folder. Name the tarball in it, for instance: --from vendor/policies.tgz",
    ],
    [
      "a text",
      (root) => writeFileSync(join(root, "some.tgz"), "no archive"),
      "some.tgz",
      "some.tgz of --from is no tarball of a package.",
    ],
    [
      "an empty file",
      (root) => writeFileSync(join(root, "some.tgz"), ""),
      "some.tgz",
      "some.tgz of --from is no tarball of a package.",
    ],
    [
      "another package",
      (root) => tarball(root, "some.tgz", review),
      "some.tgz",
      "some.tgz of --from holds the package @api-guardrails/review. Give the one of @api-guardrails/policies.",
    ],
    [
      "a manifest that is no JSON",
      (root) => tarball(root, "some.tgz", "{"),
      "some.tgz",
      "some.tgz of --from is no tarball of a package.",
    ],
    [
      "a manifest without a name",
      (root) => tarball(root, "some.tgz", { version: "1.0.0" }),
      "some.tgz",
      "some.tgz of --from is no tarball of a package.",
    ],
    [
      "a manifest that isn't at the top",
      (root) => tarball(root, "some.tgz", policies, "package/inner"),
      "some.tgz",
      "some.tgz of --from is no tarball of a package.",
    ],
    [
      "no tarball of the command line beside it",
      (root) => tarball(root, "policies.tgz", policies),
      "policies.tgz",
      "Beside policies.tgz there is no tarball of @api-guardrails/review 0.1.0, which the test of the new pack runs.",
    ],
    [
      "another version of the command line beside it",
      (root) => {
        tarball(root, "policies.tgz", policies);
        tarball(root, "review.tgz", { ...review, version: "0.2.0" });
      },
      "policies.tgz",
      "no tarball of @api-guardrails/review 0.1.0 (there is 0.2.0), which",
    ],
  ])("%s: exit code 2, a sentence, and nothing is written", async (_situation, prepare, from, sentence) => {
    const root = repository();
    prepare(root);
    const { code, stdout, stderr } = await init(root, "--from", from);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^api-guardrails: [^\n]+\n$/);
    expect(stderr).toContain(sentence);
    expect(existsSync(join(root, "guardrails"))).toBe(false);
  });

  test("a tarball outside of the repository: exit code 2, also through a link", async () => {
    const outside = written({});
    tarball(outside, "policies.tgz", policies);
    tarball(outside, "review.tgz", review);
    const root = repository();
    symlinkSync(outside, join(root, "vendor"));
    for (const from of [join(outside, "policies.tgz"), "vendor/policies.tgz"]) {
      const { code, stderr } = await init(root, "--from", from);
      expect(code).toBe(2);
      expect(stderr).toContain(`${from} of --from is outside of the repository ${root}`);
    }
  });

  test("reads what npm pack writes", async () => {
    const root = repository();
    execFileSync(process.execPath, ["scripts/pack.mjs", join(root, "vendor")], { stdio: "pipe" });
    const { code } = await init(root, "--from", "vendor/policies.tgz");
    expect(code).toBe(0);
    // What the command itself needs is in its tarball, too.
    const inside = execFileSync("tar", ["-tzf", join(root, "vendor/review.tgz")], { encoding: "utf8" });
    const templates = readdirSync("review/templates", { recursive: true, encoding: "utf8" }).filter((path) =>
      lstatSync(join("review/templates", path)).isFile(),
    );
    expect(inside.split("\n")).toEqual(
      expect.arrayContaining(templates.map((path) => `package/templates/${path}`)),
    );
  });
});

describe("bad input is a sentence, and nothing is written", () => {
  test.each<[situation: string, files: Files, args: readonly string[], sentence: string]>([
    [
      "the folder of another package",
      { "package.json": { name: "acme" } },
      ["."],
      "package.json is that of another package, and a policy pack has one of its own. Name a folder for the pack, for instance: init guardrails",
    ],
    [
      "a name that npm doesn't take",
      {},
      ["Our Pack"],
      'The folder "Our Pack" can\'t give its name to a policy pack',
    ],
    [
      "two CI systems",
      { ".github/CODEOWNERS": "", ".gitlab-ci.yml": "" },
      [],
      "Say which of them checks pull requests: --ci github, --ci gitlab or --ci none.",
    ],
    ["a CI system that isn't known", {}, ["--ci", "jenkins"], "Allowed choices are github, gitlab, none."],
    [
      "a file where the folder should be",
      { guardrails: "" },
      [],
      "can't be written: the system says ENOTDIR.",
    ],
    [
      "a package.json that is no JSON",
      { "package.json": "{" },
      [],
      "package.json is not JSON: it ends before it is complete.",
    ],
    ["two folders", {}, ["one", "two"], "too many arguments for 'init'"],
  ])("%s", async (_situation, files, args, sentence) => {
    const root = repository(files);
    const before = filesIn(root);
    const { code, stdout, stderr } = await init(root, ...args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(sentence);
    expect(filesIn(root)).toEqual(before);
  });
});
