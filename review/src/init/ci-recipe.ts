import { existsSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { stringify } from "yaml";
import { installCommand } from "../installed/package-manager";
import { inFolder, installLocked, previewWith } from "./commands";
import type { NewFile } from "./pack-files";
import type { Surroundings } from "./surroundings";

/** The Node.js of the job. */
const nodeVersion = 22;

export interface Recipe {
  readonly files: readonly NewFile[];
  /** What the user has to write by hand, because a file is there already. */
  readonly byHand?: { readonly file: string; readonly lines: readonly string[] };
}

/** The job that runs the pack's test, and judges every program of the repository in each pull request. */
export function ciRecipe(directory: string, surroundings: Surroundings): Recipe {
  const { root, ci } = surroundings;
  const pack = (relative(root, directory) || ".").split(sep).join("/");
  if (ci === "none") return { files: [] };
  if (ci === "github") {
    const path = join(root, ".github", "workflows", "guardrails.yml");
    return { files: [{ path, content: gitHubWorkflow(pack, surroundings) }] };
  }
  const included = pack === "." ? "guardrails.gitlab-ci.yml" : `${pack}/gitlab-ci.yml`;
  const job: NewFile = { path: join(root, included), content: gitLabJob(pack, surroundings) };
  const main = join(root, ".gitlab-ci.yml");
  const lines = ["include:", `  - local: ${scalar(included)}`];
  if (existsSync(main)) return { files: [job], byHand: { file: main, lines } };
  return { files: [job, { path: main, content: `${lines.join("\n")}\n` }] };
}

function gitHubWorkflow(pack: string, surroundings: Surroundings): string {
  return `# Fails for a pull request that would put an API on the internet without
# authentication.
name: guardrails

on: pull_request

permissions:
  contents: read

jobs:
  guardrails:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-node@v6
        with:
          node-version: ${nodeVersion}
${steps(pack, surroundings, (command) => `      - run: ${scalar(command)}`)}
`;
}

function gitLabJob(pack: string, surroundings: Surroundings): string {
  return `# Fails for a merge request that would put an API on the internet without
# authentication.
guardrails:
  image: node:${nodeVersion}
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  script:
${steps(pack, surroundings, (command) => `    - ${scalar(command)}`)}
`;
}

/** The commands of the job with their comments, as lines of its YAML. */
function steps(
  pack: string,
  { root, manager, programs }: Surroundings,
  line: (command: string) => string,
): string {
  const indent = /^ */.exec(line(""))?.[0] ?? "";
  const comment = (text: string) => `${indent}# ${text}`;
  const corepack = manager.name === "npm" ? [] : [line("npm install --global corepack && corepack enable")];
  const own = [
    comment("The pack, and its own test."),
    line(inFolder(pack, `${installLocked(manager)} && ${manager.name} test`)),
  ];
  const example = previewWith(pack, "path/to/program");
  if (programs.length === 0) {
    const hint = comment("For each Pulumi program: install its packages, and judge it.");
    return [...corepack, ...own, hint, comment(line(example).trim())].join("\n");
  }
  const folders = [...new Set(programs.flatMap(({ installedIn }) => installedIn ?? []))].filter(
    (folder) => folder !== pack,
  );
  return [
    ...corepack,
    ...own,
    comment("The programs' packages, and what the pack says about each stack."),
    ...folders.map((folder) => line(inFolder(folder, installCommand(join(root, folder))))),
    ...programs.flatMap(({ directory, stacks }) =>
      (stacks.length > 0 ? stacks : [undefined]).map((stack) => line(previewWith(pack, directory, stack))),
    ),
  ].join("\n");
}

/** A text as a scalar of YAML, in quotes where it needs them. */
function scalar(text: string): string {
  return stringify(text, { lineWidth: 0 }).trimEnd();
}
