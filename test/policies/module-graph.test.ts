import { execFileSync, spawn } from "node:child_process";
import { resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { UNKNOWN } from "./analyze";

const packDirectory = resolve("policies");

/**
 * Requires the pack as the engine's runner does, in the pack's folder, judges with it, and tells which files each step
 * loaded. The SDK comes first: it loads a TypeScript of its own accord (its `typescript-shim`), as the runner does.
 */
const program = `
require("@pulumi/policy");
const known = new Set(Object.keys(require.cache));
const added = () => {
  const files = Object.keys(require.cache).filter((file) => !known.has(file));
  for (const file of files) known.add(file);
  return files;
};
require(process.cwd());
const { guardrails } = require("./lib/index.js");
const atStart = added();
const { policies } = guardrails();
const judge = (properties) => {
  let violations = 0;
  for (const validate of policies.flatMap(({ validateResource }) => validateResource)) {
    validate(
      {
        urn: "urn:pulumi:dev::customers::aws:apigateway/restApi:RestApi::customers",
        type: "aws:apigateway/restApi:RestApi",
        name: "customers",
        opts: {},
        props: properties,
        getConfig: () => ({}),
        notApplicable: () => {},
      },
      () => { violations += 1; },
    );
  }
  return violations;
};
const json = judge({ body: JSON.stringify({ openapi: "3.0.1", paths: { "/a": { get: {} } } }) });
judge({ body: "${UNKNOWN}" });
const forJson = added();
const yaml = judge({ body: "openapi: 3.0.1\\npaths:\\n  /a:\\n    get: {}\\n" });
const forYaml = added();
process.send({ atStart, forJson, forYaml, json, yaml });
`;

interface Loaded {
  readonly atStart: readonly string[];
  readonly forJson: readonly string[];
  readonly forYaml: readonly string[];
  /** How many violations each body made. */
  readonly json: number;
  readonly yaml: number;
}

/** The pack serves until it is ended; its first line is its port. */
function load(): Promise<Loaded & { readonly output: string }> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, ["-e", program], {
      cwd: packDirectory,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    let output = "";
    let errors = "";
    let loaded: Loaded | undefined;
    const finish = () => {
      if (loaded && output.includes("\n")) child.kill();
    };
    child.stdout?.on("data", (data) => {
      output += data;
      finish();
    });
    child.stderr?.on("data", (data) => {
      errors += data;
    });
    child.on("message", (message) => {
      loaded = message as Loaded;
      finish();
    });
    child.on("error", fail);
    child.on("close", () =>
      loaded ? done({ ...loaded, output }) : fail(new Error(errors || "the pack ended without a word")),
    );
  });
}

describe("the pack's modules", () => {
  let loaded: Awaited<ReturnType<typeof load>>;
  beforeAll(async () => {
    execFileSync(process.execPath, [resolve("node_modules/typescript/bin/tsc"), "-b", "policies"]);
    loaded = await load();
  });

  /** The packages that files belong to; `policies` for the pack's own. */
  const packagesOf = (files: readonly string[]) => {
    const owners = files.map((file) => {
      const isOwn = file.startsWith(packDirectory) && !file.includes("/node_modules/", packDirectory.length);
      return isOwn ? "policies" : (/.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? file);
    });
    return [...new Set(owners)];
  };

  test("judge what they are shown", () => {
    expect(loaded).toMatchObject({ json: 1, yaml: 1 });
  });

  test("start with nothing but the SDK and the pack: no @pulumi/aws, no TypeScript, no YAML reader", () => {
    expect(packagesOf(loaded.atStart)).toEqual(["policies"]);
  });

  test("start without what only the command line and tests ask for", () => {
    const files = loaded.atStart.flatMap((file) => /\/lib\/(.*)$/.exec(file)?.[1] ?? []).toSorted();
    expect(files).toEqual(["guardrails.js", "index.js", "pack.js", "violations-told.js"]);
  });

  test("load no more for a JSON body", () => {
    expect(packagesOf(loaded.forJson)).toEqual([]);
  });

  test("load a YAML reader for a YAML body", () => {
    expect(packagesOf(loaded.forYaml)).toEqual(["yaml"]);
  });

  test("print nothing before the port", () => {
    expect(loaded.output).toMatch(/^\d+\n$/);
  });
});
