import type { ManagerName } from "../installed/package-manager";
import type { Manager } from "./surroundings";

/** The file that says what was installed, which has to be committed. */
export const lockFiles: Readonly<Record<ManagerName, string>> = {
  npm: "package-lock.json",
  pnpm: "pnpm-lock.yaml",
  yarn: "yarn.lock",
};

/** Installs what package.json asks for, and writes the lock file. */
export function install({ name }: Manager): string {
  return `${name} install`;
}

/** Installs what the lock file says, and fails if that isn't what package.json asks for. */
export function installLocked({ name, isModernYarn }: Manager): string {
  if (name === "npm") return "npm ci";
  return `${name} install ${isModernYarn ? "--immutable" : "--frozen-lockfile"}`;
}

/** Judges a program with the pack, from the repository's folder. The command is the one that the pack has installed. */
export function previewWith(pack: string, program: string, stack?: string): string {
  const chosen = stack === undefined ? "" : ` --stack ${word(stack)}`;
  const bin = pack === "." ? "node_modules/.bin" : `${pack}/node_modules/.bin`;
  return `${word(`${bin}/api-guardrails`)} preview ${word(program)}${chosen} --policy-pack ${word(pack)}`;
}

/** Runs a command in a folder, and comes back. */
export function inFolder(folder: string, command: string): string {
  return folder === "." ? command : `(cd ${word(folder)} && ${command})`;
}

/** A word of a POSIX shell. */
function word(text: string): string {
  return /^[\w./@:=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
