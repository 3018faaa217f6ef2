import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { afterAll } from "vitest";
import { type PreviewRequest, type PreviewResult, preview } from "../../review/src/preview";

/** Files of a program by their paths. */
export type Files = Readonly<Record<string, string | object>>;

const root = resolve(".tmp");
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A pack that reports everything that it is shown. */
export const mirrorPack = "test/fixtures/packs/mirror";

/**
 * Writes files into a new folder from which the packages of this repository can be required. The folder is removed after the
 * tests of the file. An object is written as JSON, which is also YAML.
 */
export function written(files: Files): string {
  mkdirSync(root, { recursive: true });
  const directory = mkdtempSync(join(root, "program-"));
  folders.push(directory);
  for (const [path, content] of Object.entries(files)) {
    const file = join(directory, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  }
  return directory;
}

/** A folder with a project whose program is `source`, CommonJS. */
export function writtenProgram(source: string, files: Files = {}): string {
  return written({
    "Pulumi.yaml": { name: "customers", runtime: "nodejs" },
    "package.json": { name: "customers", private: true },
    "index.js": `${inScope}\n${source}`,
    ...files,
  });
}

/**
 * What a written program has in scope: the SDK, and a class for each resource type that a test registers. Loading the AWS SDK
 * takes far longer than the rest of a preview, so only tests about the AWS SDK load it.
 */
export const inScope = `
const pulumi = require("@pulumi/pulumi");
const customResource = (type, outputs = []) =>
  class extends pulumi.CustomResource {
    constructor(name, args = {}, opts = {}) {
      super(type, name, { ...Object.fromEntries(outputs.map((output) => [output, undefined])), ...args }, opts);
    }
    static get(name, id, state, opts) {
      return new this(name, state, { ...opts, id });
    }
  };
const Api = customResource("aws:apigatewayv2/api:Api", ["apiEndpoint", "executionArn", "name"]);
const Route = customResource("aws:apigatewayv2/route:Route");
const Authorizer = customResource("aws:apigatewayv2/authorizer:Authorizer");
const RestApi = customResource("aws:apigateway/restApi:RestApi", ["rootResourceId", "executionArn"]);
class Component extends pulumi.ComponentResource {
  constructor(name, args = {}, opts = {}) {
    super("customers:index:Component", name, args, opts);
  }
}
`;

/** Previews a written program. */
export function previewProgram(
  source: string,
  request: Omit<PreviewRequest, "directory"> & { readonly files?: Files } = {},
): Promise<PreviewResult> {
  const { files, ...rest } = request;
  return preview({ directory: writtenProgram(source, files), ...rest });
}

/** What the mirror pack was shown, by the name of the resource, related resources included. `policy` names the call. */
export function shown(result: PreviewResult, policy: "resource" | "stack"): Record<string, Shown> {
  return Object.fromEntries(
    result.violations
      .filter((violation) => violation.policy === policy)
      .map(({ message }) => JSON.parse(message.slice(message.indexOf("{"))) as Shown)
      .map(({ parent, dependencies = [], propertyDependencies = {}, ...resource }) => [
        resource.name,
        {
          ...resource,
          ...(parent !== undefined && { parent: nameOf(parent) }),
          dependencies: dependencies.map(nameOf),
          propertyDependencies: Object.fromEntries(
            Object.entries(propertyDependencies).map(([property, on]) => [property, on.map(nameOf)]),
          ),
        },
      ]),
  );
}

function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

export interface Shown {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly provider?: {
    readonly type: string;
    readonly name: string;
    readonly properties: Record<string, unknown>;
  };
  readonly parent?: string;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
}
