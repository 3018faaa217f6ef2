import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const read = (file: string) => JSON.parse(readFileSync(file, "utf8"));
const published = ["policies", "components", "review"];

interface LockedPackage {
  readonly link?: boolean;
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

describe("package-lock.json", () => {
  const { packages }: { packages: Readonly<Record<string, LockedPackage>> } = read("package-lock.json");

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

describe.each(published)("the package in %s", (directory) => {
  const manifest = read(`${directory}/package.json`);

  test("has no lifecycle scripts: a published pack is installed again wherever it runs", () => {
    expect(manifest.scripts).toBeUndefined();
  });

  test("opens nothing but its face and its manifest", () => {
    const faces = Object.keys(manifest.exports).filter((subpath) => subpath !== ".");
    expect(faces).toEqual(["./package.json"]);
  });

  test("takes the others at the version that the workspace has", () => {
    const own = Object.entries<string>(manifest.dependencies ?? {}).filter(([name]) =>
      name.startsWith("@api-guardrails/"),
    );
    for (const [name, range] of own) expect(range).toBe(read(`${name.split("/")[1]}/package.json`).version);
  });

  test("carries its licence", () => {
    expect(readFileSync(`${directory}/LICENSE`, "utf8")).toBe(readFileSync("LICENSE", "utf8"));
  });
});
