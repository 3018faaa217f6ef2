import { readFileSync } from "node:fs";
import { basename, join, relative, sep } from "node:path";
import { UserError } from "../text/errors";
import type { Manager, Surroundings } from "./surroundings";
import type { Tarballs } from "./tarball";

/** A file to write. */
export interface NewFile {
  readonly path: string;
  readonly content: string;
  /** Whether it changes by itself once it is there: a lock file. */
  readonly isKept?: boolean;
}

const templates = join(__dirname, "..", "..", "templates");

/** What the pack needs beside our packages, at the versions that our own pack is tested with. */
const versions = {
  "@pulumi/policy": "^1.21.0",
  "@pulumi/pulumi": "^3.204.0",
  "@types/node": "^20.19.0",
  typescript: "~5.9.3",
};

/**
 * The files of an organization's own pack: a package of its own, as `pulumi policy new` makes one.
 *
 * @param directory the pack's folder; its name is the pack's
 * @param tarballs of our packages; without them, they come from the registry, at this version
 * @throws UserError if the folder's name can't be that of a pack
 */
export function packFiles(
  directory: string,
  { manager, language }: Pick<Surroundings, "manager" | "language">,
  tarballs: Tarballs | undefined,
): readonly NewFile[] {
  const name = nameOf(directory);
  const entry = language === "typescript" ? "index.ts" : "index.js";
  const template = (path: string): NewFile => ({
    path: join(directory, path),
    content: readFileSync(join(templates, path), "utf8").replace('"acme-guardrails"', JSON.stringify(name)),
  });
  return [
    template("PulumiPolicy.yaml"),
    template(entry),
    ...(language === "typescript" ? [template("tsconfig.json")] : []),
    written(directory, "package.json", manifest(name, entry, directory, manager, tarballs)),
    written(directory, ".gitignore", "node_modules/\n"),
    ...managerFiles(directory, manager),
    template(join("test", "pack.test.mjs")),
    template(join("test", "program", "Pulumi.yaml")),
    template(join("test", "program", "index.js")),
  ];
}

const written = (directory: string, path: string, content: string): NewFile => ({
  path: join(directory, path),
  content,
});

/** A pack's name, which is a package's name here, too. */
function nameOf(directory: string): string {
  const name = basename(directory);
  // @pulumi/policy takes more, but npm no capitals.
  if (/^[a-z0-9][a-z0-9._-]{0,99}$/.test(name)) return name;
  throw new UserError(
    `The folder "${name}" can't give its name to a policy pack: write lowercase letters, digits, and - between them, for instance: init guardrails`,
  );
}

function manifest(
  name: string,
  entry: string,
  directory: string,
  manager: Manager,
  tarballs: Tarballs | undefined,
): string {
  const from = (tarball: string | undefined) =>
    tarball === undefined ? ownVersion() : `file:${relative(directory, tarball).split(sep).join("/")}`;
  const isTypeScript = entry.endsWith(".ts");
  const fields = {
    name,
    version: "1.0.0",
    private: true,
    description: "The guardrails of our organization",
    main: entry,
    scripts: { test: "node --test test/pack.test.mjs" },
    dependencies: {
      "@api-guardrails/policies": from(tarballs?.policies),
      "@pulumi/policy": versions["@pulumi/policy"],
      "@pulumi/pulumi": versions["@pulumi/pulumi"],
      // Pulumi compiles the pack wherever it runs, so a published pack needs it, too.
      ...(isTypeScript && { typescript: versions.typescript }),
    },
    devDependencies: {
      "@api-guardrails/review": from(tarballs?.review),
      ...(isTypeScript && { "@types/node": versions["@types/node"] }),
    },
    ...(manager.pinned !== undefined && { packageManager: manager.pinned }),
  };
  return `${JSON.stringify(fields, undefined, 2)}\n`;
}

function ownVersion(): string {
  const { version } = JSON.parse(readFileSync(join(templates, "..", "package.json"), "utf8"));
  return version;
}

/** What makes the folder a project of its own, also in a workspace. */
function managerFiles(directory: string, { name, isModernYarn }: Manager): readonly NewFile[] {
  if (name === "pnpm") {
    const settings = `# The install script of protobufjs, which Pulumi's SDK brings, isn't needed.
allowBuilds:
  protobufjs: false
`;
    return [written(directory, "pnpm-workspace.yaml", settings)];
  }
  if (!isModernYarn) return [];
  return [
    written(
      directory,
      ".yarnrc.yml",
      "# The Pulumi CLI finds no packages with Plug'n'Play (pulumi/pulumi#3586).\nnodeLinker: node-modules\n",
    ),
    { ...written(directory, "yarn.lock", ""), isKept: true },
  ];
}
