import { readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/**
 * The properties that only the provider computes, read off the program's own SDK: the generated class lists each as
 * `resourceInputs["arn"] = undefined /*out*` + `/`. In a preview a provider answers unknowns for them.
 */
export function computedOutputs(programDirectory: string): (type: string) => readonly string[] {
  const require = createRequire(join(realpathSync(programDirectory), "package.json"));
  const known = new Map<string, readonly string[]>();
  return (type) => {
    const cached = known.get(type);
    if (cached) return cached;
    const names = read(type);
    known.set(type, names);
    return names;
  };

  function read(type: string): readonly string[] {
    const token = /^([\w-]+):([\w-]+)\/(\w+):\w+$/.exec(type);
    if (!token) return [];
    const [, provider, module, file] = token;
    try {
      const root = join(require.resolve(`@pulumi/${provider}/package.json`), "..");
      const source = readFileSync(join(root, module === "index" ? "" : (module ?? ""), `${file}.js`), "utf8");
      return [...source.matchAll(/resourceInputs\["(\w+)"\] = undefined \/\*out\*\//g)].map(
        (match) => match[1] ?? "",
      );
    } catch {
      // A provider without a generated Node SDK: nothing can be said of its outputs.
      return [];
    }
  }
}
