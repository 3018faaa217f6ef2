import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { inventory } from "../../../review/src/inventory";
import { inventoryReportOf } from "../reports/report-schema";
import { bare, bin } from "../started";
import { checkpoint, ciphertext, deployed, exported } from "./states";

mkdirSync(resolve(".tmp"), { recursive: true });
const folder = mkdtempSync(join(resolve(".tmp"), "states-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: object | string | Buffer): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  const isText = typeof content === "string" || Buffer.isBuffer(content);
  writeFileSync(path, isText ? content : JSON.stringify(content));
  return path;
}

const read = (...states: readonly string[]) => inventory({ directories: [], states });

const rowsOf = async (state: string) =>
  (await read(state)).rows.map(({ stack, method, path, authentication }) =>
    [stack, method, path, authentication.verdict, ...authentication.kinds].join(" "),
  );

const both = ["prod GET /open open", "prod GET /orders authenticated JWT"];

describe("a state", () => {
  test("that was exported", async () => {
    expect(await rowsOf(file("exported.json", exported()))).toEqual(both);
  });

  test("that is a checkpoint of a backend of files", async () => {
    expect(await rowsOf(file("checkpoint.json", checkpoint()))).toEqual(both);
  });

  test("that the backend has compressed", async () => {
    const compressed = gzipSync(JSON.stringify(checkpoint()));
    expect(await rowsOf(file("prod.json.gz", compressed))).toEqual(both);
  });

  test("of a stack that nothing was deployed to has no ways in, and was read whole", async () => {
    const empty = file("empty.json", { version: 3, checkpoint: { stack: "organization/shop/new" } });
    expect(await read(empty)).toMatchObject({
      exitCode: 0,
      rows: [],
      sources: [{ stack: "new", problems: [] }],
    });
  });

  test("knows the hosts, the stage and the line", async () => {
    const { rows } = await read(file("exported.json", exported()));
    expect(rows[0]).toMatchObject({
      api: "shop",
      stage: "$default",
      hosts: [{ name: "a1b2c3.execute-api.eu-west-1.amazonaws.com", of: "service" }],
      source: { file: "src/index.ts", line: 14 },
      unknown: [],
    });
    expect(rows[1]?.authentication).toMatchObject({ authorizer: "people", issuers: ["login.example.com"] });
  });

  test("finds what a property leads to by the id alone, as after an import", async () => {
    const resources = deployed().map((one) => ({ ...one, propertyDependencies: {} }));
    const { rows } = await read(file("ids.json", exported(resources)));
    expect(rows.map(({ api, stage }) => [api, stage])).toEqual([
      ["shop", "$default"],
      ["shop", "$default"],
    ]);
  });

  test("keeps its secrets: what decides is undetermined, and nothing of it is printed", async () => {
    const resources = deployed().map((one) =>
      one.urn.endsWith("::open")
        ? { ...one, inputs: { apiId: "a1b2c3", routeKey: "GET /open", authorizationType: ciphertext } }
        : one,
    );
    const state = file("secret.json", exported(resources));
    expect(await rowsOf(state)).toEqual(["prod GET /open undetermined", both[1]]);
    expect(JSON.stringify(await read(state))).not.toContain("notForAnybody");
  });

  test("keeps secrets that were exported in plain text, too", async () => {
    const { ciphertext: _, ...mark } = ciphertext;
    const plaintext = { ...mark, plaintext: '"https://tenant-4711.example.com"' };
    const resources = deployed().map((one) =>
      one.urn.endsWith("::people")
        ? {
            ...one,
            inputs: { authorizerType: "JWT", jwtConfiguration: { issuer: plaintext, audiences: ["shop"] } },
          }
        : one,
    );
    const { rows } = await read(file("plaintext.json", exported(resources)));
    expect(rows[1]).toMatchObject({ authentication: { verdict: "authenticated", issuers: [] } });
    expect(rows[1]?.unknown).toContain("issuers");
    expect(JSON.stringify(rows)).not.toContain("4711");
  });

  test("reads a template with its parameters, and nothing that the provider adds to them", async () => {
    const type = "aws:cloudformation/stack:Stack";
    const templateBody = JSON.stringify({
      Parameters: { Auth: { Type: "String" } },
      Resources: {
        Url: {
          Type: "AWS::Lambda::Url",
          Properties: { AuthType: { Ref: "Auth" }, TargetFunctionArn: "lookup" },
        },
      },
    });
    const hooks = {
      ...{ urn: `urn:pulumi:prod::shop::${type}::hooks`, type, id: "hooks", custom: true, outputs: {} },
      inputs: { templateBody, parameters: { __defaults: [], Auth: "NONE" } },
    };
    expect(await rowsOf(file("template.json", exported([hooks])))).toEqual(["prod  $default open"]);
  });

  test("names what is defined elsewhere, in the pack's words", async () => {
    const type = "aws:cloudformation/stack:Stack";
    const partners = {
      ...{ urn: `urn:pulumi:prod::shop::${type}::partners`, type, id: "partners", custom: true },
      ...{ inputs: { templateUrl: "https://templates.example.com/api.yaml" }, outputs: {} },
    };
    const result = await read(file("elsewhere.json", exported([...deployed(), partners])));
    expect(result).toMatchObject({ exitCode: 0 });
    expect(result.sources[0]?.unseen).toEqual([
      '"partners" has its template behind a URL: what it exposes was not read.',
    ]);
  });

  test("has no ways in of what it only reads", async () => {
    const resources = deployed().map((one) =>
      one.urn.endsWith("::open") ? { ...one, external: true, inputs: {} } : one,
    );
    expect(await rowsOf(file("external.json", exported(resources)))).toEqual([both[1]]);
  });
});

describe("a state that somebody passed on", () => {
  test("as PowerShell writes it, in UTF-16", async () => {
    const utf16 = Buffer.from(`\ufeff${JSON.stringify(exported())}`, "utf16le");
    expect(await rowsOf(file("utf-16.json", utf16))).toEqual(both);
    expect(await rowsOf(file("utf-16.json.gz", gzipSync(utf16)))).toEqual(both);
  });

  test.each<[what: string, changed: object, expected: string]>([
    ["authorization type", { authorizationType: "[secret]" }, "prod GET /open undetermined"],
    ["route", { routeKey: "[secret]" }, "prod   open"],
    ["part of a route", { routeKey: "GET /[secret]" }, "prod   open"],
  ])("with a masked %s, which nobody knows", async (_what, changed, expected) => {
    const resources = deployed().map((one) =>
      one.urn.endsWith("::open") && "inputs" in one ? { ...one, inputs: { ...one.inputs, ...changed } } : one,
    );
    expect(await rowsOf(file("masked.json", exported(resources)))).toContain(expected);
  });

  test("with a masked endpoint among its outputs, which is no host", async () => {
    const resources = deployed().map((one) =>
      one.urn.endsWith("::shop") && "outputs" in one
        ? { ...one, outputs: { ...one.outputs, apiEndpoint: "[secret]" } }
        : one,
    );
    const [row] = (await read(file("masked-endpoint.json", exported(resources)))).rows;
    expect(row).toMatchObject({ hosts: [{ name: null, of: "service" }], unknown: ["hosts"] });
  });
});

describe("a state that wasn't read whole", () => {
  const cases: readonly (readonly [what: string, content: object | string | Buffer, problem: string])[] = [
    ["an operation that never ended", exported(deployed(), { pending_operations: [{}] }), "1 operation that"],
    [
      "a resource that waits for its deletion",
      exported([...deployed(), { ...deployed()[4], delete: true }]),
      "1 resource that was replaced and not deleted yet",
    ],
    ["another version", { version: 2, deployment: { resources: [] } }, "has a state of version 2"],
    ["no state", { resources: [] }, "is no state: it has neither a deployment"],
    ["a list of something else", exported([{ name: "shop" }]), "its resources are no list of resources"],
    ["no JSON", '{"version": 3, secret', "is not JSON: there is a mistake on line 1"],
    ["half a file", '{"version": 3', "is not JSON: it ends before it is complete"],
    ["another encoding", Buffer.from('{"a": "é"}', "latin1"), "is not text in UTF-8"],
    ["names that are no URNs", exported([{ urn: "open", type: "aws:x" }]), "no list of resources with a urn"],
    [
      "a value that no stack holds",
      JSON.stringify(exported()).replace('"HTTP"', `${"[".repeat(30_000)}${"]".repeat(30_000)}`),
      "a value in it is nested too deeply",
    ],
    // The route that is found by the URN is authenticated; the other one is open.
    [
      "a URN twice",
      exported([
        ...deployed(),
        { ...deployed()[4], inputs: { routeKey: "GET /open", authorizationType: "AWS_IAM" } },
      ]),
      "1 resource with the URN of another one",
    ],
  ];
  test.each(cases)("%s", async (what, content, problem) => {
    const result = await read(file(`${what}.json`, content));
    expect(result.exitCode).toBe(2);
    expect(result.sources[0]?.problems).toEqual([expect.stringContaining(problem)]);
    expect(JSON.stringify(result)).not.toContain('secret"');
  });

  test("has no row for what was replaced: that it may still answer is a problem, not a way in", async () => {
    const [, , , , open] = deployed();
    const replaced = { ...open, urn: `${open?.urn}-before`, delete: true };
    expect(await rowsOf(file("replaced.json", exported([...deployed(), replaced])))).toEqual(both);
  });

  test("that is compressed and cut off", async () => {
    const cut = gzipSync(JSON.stringify(exported())).subarray(0, 40);
    const { sources } = await read(file("cut.json.gz", cut));
    expect(sources[0]?.problems).toEqual([expect.stringContaining("can't be decompressed")]);
  });

  test("keeps nobody from reading the others", async () => {
    const result = await read(file("no state.json", {}), file("exported.json", exported()));
    expect(result.exitCode).toBe(2);
    expect(result.rows).toHaveLength(2);
    expect(result.sources.map(({ problems }) => problems.length)).toEqual([1, 0]);
  });
});

describe("a folder of states", () => {
  const backend = join(folder, "backend");
  file("backend/.pulumi/meta.yaml", "version: 1");
  file("backend/.pulumi/stacks/shop/prod.json", checkpoint());
  file("backend/.pulumi/stacks/shop/prod.json.bak", checkpoint(deployed("old")));
  file("backend/.pulumi/stacks/shop/test.json", checkpoint(deployed("test")));
  file("backend/.pulumi/history/shop/prod/prod-1.checkpoint.json", checkpoint(deployed("history")));
  file("backend/.pulumi/backups/shop/prod/prod.1.json", checkpoint(deployed("backup")));
  file("backend/.pulumi/locks/organization/shop/prod/1.json", {});

  test("has what is deployed, and nothing of what was", async () => {
    const { rows, sources, exitCode } = await read(backend);
    expect([...new Set(rows.map(({ stack }) => stack))]).toEqual(["prod", "test"]);
    expect(sources.map(({ project, stack }) => `${project}/${stack}`)).toEqual(["shop/prod", "shop/test"]);
    expect(exitCode).toBe(0);
  });

  test("without a state is a mistake, and so is a path that isn't there", async () => {
    mkdirSync(join(folder, "nothing"), { recursive: true });
    await expect(read(join(folder, "nothing"))).rejects.toThrow("contains no state");
    await expect(read(join(folder, "nowhere"))).rejects.toThrow("There is no file or folder");
  });
});

test("a state from the standard input", () => {
  const { stdout, status } = spawnSync(
    process.execPath,
    [bin, "inventory", "--state", "-", "--format", "json"],
    { env: bare, input: JSON.stringify(exported()), encoding: "utf8" },
  );
  expect(status).toBe(0);
  expect(inventoryReportOf(stdout)).toMatchObject({
    sources: [{ name: "-", project: "shop", stack: "prod" }],
  });
});
