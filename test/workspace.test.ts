import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const read = (file: string) => JSON.parse(readFileSync(file, "utf8"));
const published = ["policies", "components", "review"];

interface LockedPackage {
  readonly link?: boolean;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const { packages }: { packages: Readonly<Record<string, LockedPackage>> } = read("package-lock.json");

/** The places in the lock file of all that a package depends on, itself included, as Node.js finds it. */
function broughtAlong(directory: string): readonly string[] {
  const found = new Set([directory]);
  // A set is gone through to its end, whatever is added on the way.
  for (const path of found) {
    const { dependencies, peerDependencies } = packages[path] ?? {};
    const folders = path.split("/node_modules/").map((_, depth, parts) => parts.slice(0, depth + 1));
    for (const name of Object.keys({ ...dependencies, ...peerDependencies })) {
      const candidates = ["", ...folders.map((parts) => `${parts.join("/node_modules/")}/`)];
      const nearest = candidates
        .map((folder) => `${folder}node_modules/${name}`)
        .findLast((candidate) => candidate in packages);
      if (nearest !== undefined && !packages[nearest]?.link) found.add(nearest);
    }
  }
  return [...found];
}

describe("package-lock.json", () => {
  test("has every platform's packages, not only those of the machine that wrote it", () => {
    const isLocked = (name: string) =>
      Object.keys(packages).some((path) => path.endsWith(`node_modules/${name}`));
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !isLocked(name))
        .map((name) => `${path} -> ${name}`),
    );
    expect(missing).toEqual([]);
  });

  test("names packages and their hashes, not the registry they came from", () => {
    const resolved = Object.values(packages).flatMap(({ link, resolved }) => (link ? [] : (resolved ?? [])));
    expect(resolved).toEqual([]);
  });
});

describe("test/versions.json", () => {
  const sets: Record<"oldest" | "newest", { cli: string; packages: Record<string, string> }> =
    read("test/versions.json");

  test.each(published)("its oldest versions are the ones that %s promises", (directory) => {
    const { dependencies, peerDependencies } = read(`${directory}/package.json`);
    const promised = Object.entries<string>({ ...dependencies, ...peerDependencies }).filter(
      ([name]) => name in sets.oldest.packages,
    );
    expect(promised.length).toBeGreaterThan(0);
    for (const [name, range] of promised) expect(range).toBe(`^${sets.oldest.packages[name]}`);
  });

  test("its oldest CLI is the one that the pack asks for", () => {
    expect(readFileSync("policies/PulumiPolicy.yaml", "utf8")).toContain(
      `requiredPulumiVersion: ">=${sets.oldest.cli}"`,
    );
  });

  test.each(["oldest", "newest"] as const)("the %s CLI is the one that go.mod builds", (name) => {
    const mod = readFileSync(`test/engine/cli/${name}/go.mod`, "utf8");
    expect(/pulumi\/pulumi\/pkg\/v3 v(\S+)/.exec(mod)?.[1]).toBe(sets[name].cli);
  });

  test("both CLIs are made of the same versions of what isn't Pulumi's, so that it is compiled once", () => {
    const versionsOf = (name: string) =>
      new Map(
        [...readFileSync(`test/engine/cli/${name}/go.mod`, "utf8").matchAll(/^\t(\S+) (v\S+)/gm)].map(
          ([, path, version]) => [path, version],
        ),
      );
    const newest = versionsOf("newest");
    const differ = [...versionsOf("oldest")].filter(
      ([path, version]) => newest.has(path) && newest.get(path) !== version,
    );
    expect(differ.map(([path]) => path).filter((path) => !/pulumi|^gocloud\.dev/.test(String(path)))).toEqual(
      [],
    );
  });
});

describe.each(published)("the package in %s", (directory) => {
  const manifest = read(`${directory}/package.json`);

  test("has no lifecycle scripts: a published pack is installed again wherever it runs", () => {
    expect(manifest.scripts).toBeUndefined();
  });

  test("opens nothing but its face, its manifest, what the command line asks, what tests of rules use, and the schemas of what that reads and writes", () => {
    const faces = Object.keys(manifest.exports).filter((subpath) => subpath !== ".");
    const schemas = directory === "review" ? ["./schemas/*"] : [];
    const asked = directory === "policies" ? ["./inventory", "./testing"] : [];
    expect(faces).toEqual([...asked, "./package.json", ...schemas]);
    expect(manifest.files.includes("schemas")).toBe(schemas.length > 0);
  });

  test("takes the others at the version that the workspace has", () => {
    const asked = { ...manifest.dependencies, ...manifest.peerDependencies };
    const own = Object.entries<string>(asked).filter(([name]) => name.startsWith("@api-guardrails/"));
    for (const [name, range] of own) expect(range).toBe(read(`${name.split("/")[1]}/package.json`).version);
  });

  test("has no package manager look for the others by itself, where their names may be anybody's", () => {
    const installed = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies });
    const asked = Object.keys(manifest.peerDependencies ?? {}).filter(
      (name) => !manifest.peerDependenciesMeta?.[name]?.optional,
    );
    expect([...installed, ...asked].filter((name) => name.startsWith("@api-guardrails/"))).toEqual([]);
  });

  test("brings along no package whose licence would bind whoever installs it", () => {
    // Tests may use what is under the GPL or the AGPL; nobody is sent that.
    const licences = broughtAlong(directory).map((path) => `${packages[path]?.license} ${path}`);
    expect(licences.length).toBeGreaterThan(1);
    expect(licences.filter((licence) => /GPL|SSPL|BUSL|undefined/.test(licence))).toEqual([]);
  });

  test("carries its licence", () => {
    expect(readFileSync(`${directory}/LICENSE`, "utf8")).toBe(readFileSync("LICENSE", "utf8"));
  });
});
