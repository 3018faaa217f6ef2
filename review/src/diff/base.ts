import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { lockedFolder } from "../installed/package-manager";
import { projectsIn } from "../project";
import { UserError } from "../text/errors";

/** A repository as it was, in a folder of its own. */
export interface Base {
  /** The folder there of a folder of the working tree; undefined if it wasn't there. */
  folderOf(directory: string): Promise<string | undefined>;
  remove(): Promise<void>;
}

/**
 * Checks a git reference out into a worktree of its own, below the system's folder for temporary files, and installs the packages of
 * each project in it by its own lock file.
 *
 * @param directory any folder of the repository
 * @param install a shell command instead of what the lock file asks for, such as `npm ci && npm run build`
 * @throws UserError if there is no repository or no such reference, or if the packages can't be installed
 */
export async function checkOut(
  directory: string,
  reference: string,
  install: string | undefined,
  signal: AbortSignal,
): Promise<Base> {
  const top = await run("git", ["-C", directory, "rev-parse", "--show-toplevel"], { signal });
  if (top.code !== 0) {
    throw new UserError(
      `${directory} is in no git repository, so there is nothing to compare it with. Give two sources instead of --base.`,
    );
  }
  const root = await realpath(top.stdout.trim());
  const commit = await run("git", ["-C", root, "rev-parse", "--verify", "--quiet", `${reference}^{commit}`], {
    signal,
  });
  if (commit.code !== 0) {
    throw new UserError(
      `The repository has no commit ${reference}. Fetch it first; in CI, the checkout may have to fetch the whole history (fetch-depth: 0).`,
    );
  }
  const folder = await realpath(await mkdtemp(join(tmpdir(), "api-guardrails-base-")));
  const worktree = join(folder, "worktree");
  const installed = new Set<string>();
  const base: Base = {
    folderOf: async (of) => {
      const there = join(worktree, relative(root, await realpath(of)));
      if (!existsSync(there)) return undefined;
      for (const project of await projectsIn(there)) {
        const asked = commandFor(project, worktree, install);
        if (asked === undefined || installed.has(asked.folder)) continue;
        installed.add(asked.folder);
        await installIn(asked, worktree, reference, signal);
      }
      return there;
    },
    remove: async () => {
      await run("git", ["-C", root, "worktree", "remove", "--force", worktree]);
      await rm(folder, { recursive: true, force: true });
    },
  };
  const added = await run(
    "git",
    ["-C", root, "worktree", "add", "--quiet", "--detach", worktree, commit.stdout.trim()],
    { signal },
  );
  if (added.code !== 0) {
    await base.remove();
    throw new UserError(`git can't check ${reference} out: ${lastLine(added.stderr)}`);
  }
  return base;
}

interface Installation {
  readonly folder: string;
  /** A shell command. */
  readonly command: string;
}

/** What installs the packages of a project; undefined where nothing locks them, so that they are those of the system. */
function commandFor(
  project: string,
  worktree: string,
  install: string | undefined,
): Installation | undefined {
  const locked = lockedFolder(project);
  const folder = locked?.folder.startsWith(worktree) ? locked.folder : undefined;
  if (install !== undefined) return { folder: folder ?? project, command: install };
  return locked && folder !== undefined ? { folder, command: locked.frozenInstall } : undefined;
}

async function installIn(
  { folder, command }: Installation,
  worktree: string,
  reference: string,
  signal: AbortSignal,
): Promise<void> {
  const ended = await run(command, [], { cwd: folder, shell: true, signal });
  if (ended.code === 0) return;
  const place = relative(worktree, folder) || "the top folder";
  throw new UserError(
    `The packages of ${place} at ${reference} can't be installed: ${command} ended with ${ended.code ?? "a signal"}. ${lastLine(ended.stderr)}`,
  );
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly shell?: boolean; readonly signal?: AbortSignal } = {},
): Promise<Ended> {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    const texts = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text: string) => {
        texts[name] += text;
      });
    }
    child.on("error", (thrown: NodeJS.ErrnoException) => {
      if (thrown.name === "AbortError") fail(new UserError("The comparison was interrupted."));
      else fail(new UserError(`${command} can't be run: the system says ${thrown.code}.`));
    });
    child.on("close", (code) => done({ code, ...texts }));
  });
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
