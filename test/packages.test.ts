import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

const read = (file: string) => JSON.parse(readFileSync(file, "utf8"));

interface Packed {
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

/** What npm would publish from a folder. */
function packed(directory: string): Packed {
  const args = ["pack", "--dry-run", "--json", "--ignore-scripts", `./${directory}`];
  return JSON.parse(execFileSync("npm", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }))[0];
}

interface Content {
  /** Files by name. */
  readonly exactly: readonly string[];
  /** And those that one of these patterns takes. */
  readonly and: readonly RegExp[];
  /** No more than these, in kilobytes. */
  readonly packedSize: number;
  readonly unpackedSize: number;
}

const always = ["LICENSE", "README.md", "package.json"];
const contents: Readonly<Record<string, Content>> = {
  policies: {
    exactly: [
      ...always,
      "PulumiPolicy.yaml",
      ...["CONFIGURATION.md", "EXCEPTIONS.md", "LEVELS.md", "RULES.md"],
      ...["bin/folder.js", "bin/pack.js"],
      ...["lib/index.js", "lib/inventory.js", "lib/pack.js"],
    ],
    // The bundler names what the entries share.
    and: [/^lib\/[a-z-]+\.js$/, /^dist\/.+\.d\.ts$/, /^rules\/[a-z-]+\.md$/],
    packedSize: 600,
    unpackedSize: 2_500,
  },
  components: {
    exactly: [...always, "dist/index.js", "dist/index.d.ts"],
    and: [/^dist\/.+(\.js|\.d\.ts)$/],
    packedSize: 250,
    unpackedSize: 1_000,
  },
  review: {
    exactly: [
      ...always,
      "bin/api-guardrails.js",
      "dist/cli.js",
      ...["baseline", "diff", "fixtures", "inventory", "report", "reports", "rules", "settings"].map(
        (name) => `schemas/${name}.json`,
      ),
      ...["html/report.css", "html/report.js"],
      ...["PulumiPolicy.yaml", "index.js", "index.ts", "tsconfig.json"].map((name) => `templates/${name}`),
      ...["pack.test.mjs", "program/Pulumi.yaml", "program/index.js"].map((name) => `templates/test/${name}`),
    ],
    and: [/^dist\/.+(\.js|\.d\.ts)$/, /^preload\/[a-z-]+\.js$/],
    packedSize: 300,
    unpackedSize: 1_200,
  },
};

describe.each(Object.entries(contents))("the package in %s", (directory, content) => {
  const { files, size, unpackedSize } = packed(directory);
  const paths = files.map(({ path }) => path);

  test("contains what it is for, and nothing else", () => {
    expect(paths).toEqual(expect.arrayContaining([...content.exactly]));
    const other = (path: string) =>
      !content.exactly.includes(path) && !content.and.some((pattern) => pattern.test(path));
    expect(paths.filter(other)).toEqual([]);
    for (const pattern of content.and) expect(paths.filter((path) => pattern.test(path))).not.toEqual([]);
  });

  test("is small enough for everybody who previews with it to install", () => {
    expect(size / 1_000).toBeLessThan(content.packedSize);
    expect(unpackedSize / 1_000).toBeLessThan(content.unpackedSize);
  });

  test("names no place of the machine that it was built on", () => {
    const naming = paths.filter((path) => {
      const text = readFileSync(join(directory, path), "utf8");
      return text.includes(process.cwd());
    });
    expect(naming).toEqual([]);
  });

  test("is published for everybody, with the provenance of its build", () => {
    expect(read(`${directory}/package.json`).publishConfig).toEqual({ access: "public", provenance: true });
  });
});

describe("the version", () => {
  const { version } = read("package.json");
  test("is the same everywhere", () => {
    const lock = read("package-lock.json");
    const said = {
      "package-lock.json": lock.version,
      ...Object.fromEntries(
        Object.keys(contents).flatMap((directory) => [
          [directory, read(`${directory}/package.json`).version],
          [`${directory}, locked`, lock.packages[directory].version],
        ]),
      ),
      "the pack that the command line takes":
        read("review/package.json").peerDependencies["@api-guardrails/policies"],
      "the pack of the example": read("examples/organization-pack/package.json").dependencies[
        "@api-guardrails/policies"
      ],
      "CHANGELOG.md": /^## \[(\d+\.\d+\.\d+)\]/m.exec(readFileSync("CHANGELOG.md", "utf8"))?.[1],
    };
    for (const [where, one] of Object.entries(said)) expect([where, one]).toEqual([where, version]);
  });
});

describe("npm run sbom", () => {
  const directory = mkdtempSync(join(tmpdir(), "api-guardrails-sbom-"));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  const file = join(directory, "sbom.json");
  execFileSync(process.execPath, ["scripts/sbom.mjs", file], { stdio: "pipe" });
  const { bomFormat, metadata, components } = read(file);
  const named: readonly string[] = components.map(
    ({ name, version }: { name: string; version: string }) => `${name}@${version}`,
  );
  const { packages } = read("package-lock.json");

  test("is a CycloneDX document about this repository", () => {
    expect(bomFormat).toBe("CycloneDX");
    const { version } = read("package.json");
    expect(metadata.component).toMatchObject({ name: "api-guardrails", version });
  });

  test.each(Object.keys(contents))(
    "names %s and what it needs at run time, at the locked versions",
    (owner) => {
      const { name, version, dependencies = {}, peerDependencies = {} } = read(`${owner}/package.json`);
      const needed = Object.keys({ ...dependencies, ...peerDependencies }).filter(
        (one) => !one.startsWith("@api-guardrails/"),
      );
      expect(needed.length).toBeGreaterThan(0);
      const versionOf = (one: string) =>
        (packages[`${owner}/node_modules/${one}`] ?? packages[`node_modules/${one}`]).version;
      expect(named).toEqual(
        expect.arrayContaining([`${name}@${version}`, ...needed.map((one) => `${one}@${versionOf(one)}`)]),
      );
    },
  );

  test("also names what those need, with a hash", () => {
    const one = components.find(({ name }: { name: string }) => name === "protobufjs");
    expect(one).toMatchObject({ hashes: [{ alg: "SHA-512" }] });
  });

  test("names nothing of the development", () => {
    const developed = [
      "vitest",
      "typescript",
      "knip",
      "@biomejs/biome",
      "rolldown",
      "@cloud-copilot/iam-simulate",
    ];
    const found = components.filter(({ name }: { name: string }) => developed.includes(name));
    expect(found.map(({ name }: { name: string }) => name)).toEqual([]);
  });
});
