import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { requireFrom } from "../installed/require-from";
import {
  bodyOfInterface,
  bodyOfNamespace,
  type OutputTypes,
  outputsOfClass,
  propertiesOfInterface,
} from "./declarations";
import type { Fields } from "./shape";

/** What the program's own SDKs declare of resources and functions. Undefined if no SDK of Node.js does. */
export interface SdkTypes {
  /** The outputs of a resource type, for instance of `aws:lambda/function:Function`. */
  outputsOf(type: string): Fields | undefined;
  /**
   * The result of a function, for instance of `aws:ssm/getParameter:getParameter`, or of a method of a resource or a provider,
   * for instance of `eks:index:Cluster/getKubeconfig`.
   */
  resultOf(token: string): Fields | undefined;
}

/**
 * Reads the type declarations (`.d.ts`) of the providers' packages that are installed for a program. Pulumi generates them
 * from the provider's schema, one file for each resource and function.
 *
 * @returns functions that read each type once
 */
export function sdkTypes(programDirectory: string): SdkTypes {
  const fromProgram = requireFrom(programDirectory);
  const folders = new Map<string, string | undefined>();
  const sources = new Map<string, string | undefined>();
  const folderOf = (packageName: string) =>
    once(folders, packageName, () => dirname(fromProgram.resolve(`@pulumi/${packageName}/package.json`)));
  const sourceOf = (file: string) => once(sources, file, () => readFileSync(file, "utf8"));

  const read = (
    token: string,
    fields: (source: string, name: string, types: OutputTypes) => Fields | undefined,
  ) => {
    const [, packageName, module, file, name] = /^([\w-]+):(\w[\w.-]*)(?:\/(\w+))?:(\w+)$/.exec(token) ?? [];
    if (packageName === undefined || module === undefined || name === undefined) return undefined;
    const folder = folderOf(packageName);
    if (folder === undefined) return undefined;
    const types: OutputTypes = (path) => {
      const parts = path.split(".");
      const file = sourceOf(join(folder, "types", "output.d.ts")) ?? "";
      const namespace = parts.slice(0, -1).reduce((text, name) => bodyOfNamespace(text, name) ?? "", file);
      return bodyOfInterface(namespace, parts.at(-1) ?? "");
    };
    const path =
      declarationIn(join(folder, module === "index" ? "" : module), file ?? name) ??
      // A group and a version of Kubernetes: `networking.k8s.io/v1`.
      declarationIn(join(folder, module.split(".")[0] ?? "", file ?? ""), name);
    const source = path === undefined ? undefined : sourceOf(path);
    return source === undefined ? undefined : fields(source, name, types);
  };
  const outputs = new Map<string, Fields | undefined>();
  const results = new Map<string, Fields | undefined>();
  return {
    outputsOf: (type) =>
      once(outputs, type, () => read(type, (source, _name, types) => outputsOfClass(source, types))),
    resultOf: (token) =>
      once(results, token, () => {
        const [, owner, method = ""] = /^(.*:\w+)\/(\w+)$/.exec(token) ?? [];
        if (owner === undefined) {
          return read(token, (source, name, types) =>
            propertiesOfInterface(source, nameOfResult(name), types),
          );
        }
        return read(owner.replace(/^pulumi:providers:(.*)$/, "$1:index:Provider"), (source, name, types) =>
          propertiesOfInterface(bodyOfNamespace(source, name) ?? "", nameOfResult(method), types),
        );
      }),
  };
}

function nameOfResult(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}Result`;
}

/** A value that is made once; undefined where that fails, since an SDK may lack any of its files. */
function once<T>(known: Map<string, T | undefined>, key: string, make: () => T | undefined): T | undefined {
  if (!known.has(key)) {
    let made: T | undefined;
    try {
      made = make();
    } catch {}
    known.set(key, made);
  }
  return known.get(key);
}

/** The file that declares a name. Its own name starts with small letters, of which an abbreviation has several. */
function declarationIn(folder: string, name: string): string | undefined {
  if (!existsSync(folder)) return undefined;
  const wanted = `${name}.d.ts`.toLowerCase();
  const file = readdirSync(folder).find((candidate) => candidate.toLowerCase() === wanted);
  return file && join(folder, file);
}
