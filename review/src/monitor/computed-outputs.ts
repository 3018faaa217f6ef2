import { readFileSync } from "node:fs";
import { join } from "node:path";
import { requireFrom } from "../installed/require-from";

/**
 * The properties that only a provider computes, for which it answers unknowns in a preview. They come from the program's own
 * SDK, whose generated classes list each of them as `resourceInputs["arn"] = undefined /*out*` + `/`.
 *
 * @returns a function that reads each type once
 */
export function computedOutputs(programDirectory: string): (type: string) => readonly string[] {
  const fromProgram = requireFrom(programDirectory);
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
      const root = join(fromProgram.resolve(`@pulumi/${provider}/package.json`), "..");
      const source = readFileSync(join(root, module === "index" ? "" : (module ?? ""), `${file}.js`), "utf8");
      return [...source.matchAll(/resourceInputs\["(\w+)"\] = undefined \/\*out\*\//g)].map(
        (match) => match[1] ?? "",
      );
    } catch {
      // The provider has no generated SDK for Node.js, so its outputs can't be known.
      return [];
    }
  }
}
