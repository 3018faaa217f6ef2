import { type ExecFileException, execFile, execFileSync } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";

const page = readFileSync("docs/adopting.md", "utf8");
const host = "npm.example.com";

/** The block of docs/adopting.md with this mark. */
function block(mark: string): string {
  const [, content] =
    new RegExp(`<!-- adopting: ${mark} -->\n\`\`\`\\w+\n([\\s\\S]*?)\`\`\``).exec(page) ?? [];
  if (content === undefined) throw new Error(`docs/adopting.md has no block with the mark ${mark}`);
  return content;
}

/**
 * A registry that keeps what is published, and knows nothing else. Its address has a path of its own: npm's cache may hold what
 * an earlier registry on the same port answered, and would take that.
 */
function startRegistry() {
  const folder = `/${randomUUID()}`;
  const documents = new Map<string, Record<string, unknown>>();
  const tarballs = new Map<string, Buffer>();
  const tokens = new Set<string | undefined>();
  const server: Server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? "").slice(folder.length);
    tokens.add(request.headers.authorization);
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      if (request.method === "PUT") {
        const { _attachments: attachments, ...document } = JSON.parse(Buffer.concat(chunks).toString());
        for (const [name, { data }] of Object.entries<{ data: string }>(attachments)) {
          tarballs.set(`/${document.name}/-/${name}`, Buffer.from(data, "base64"));
        }
        documents.set(`/${document.name}`, document);
        response.writeHead(201).end("{}");
        return;
      }
      const found = documents.get(path);
      if (found) response.end(JSON.stringify(found));
      else response.writeHead(tarballs.has(path) ? 200 : 404).end(tarballs.get(path) ?? "{}");
    });
  });
  return new Promise<{ server: Server; address: string; documents: typeof documents; tokens: typeof tokens }>(
    (done) => {
      server.listen(0, "127.0.0.1", () => {
        const address = `127.0.0.1:${(server.address() as AddressInfo).port}${folder}`;
        done({ server, address, documents, tokens });
      });
    },
  );
}

/** A user's environment, outside of any CI: npm would ask that one for a statement of provenance. */
const registryOfOthers = execFileSync("npm", ["config", "get", "registry"], { encoding: "utf8" }).trim();
const env = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|CI$|GITHUB_|GITLAB_)/i.test(name)),
  ),
  npm_config_registry: registryOfOthers,
  npm_config_prefer_offline: "true",
  npm_config_omit_lockfile_registry_resolved: "false",
  NPM_TOKEN: "a-token-of-the-test",
};

function run(command: string, directory: string): Promise<{ code: number; output: string }> {
  return new Promise((done) => {
    execFile("sh", ["-c", command], { cwd: directory, env }, (failure: ExecFileException | null, out, err) =>
      done({ code: failure ? Number(failure.code) : 0, output: `${out}${err}` }),
    );
  });
}

describe("a private registry, by the commands of docs/adopting.md", () => {
  const directory = mkdtempSync(join(tmpdir(), "api-guardrails-registry-"));
  const clone = join(directory, "clone");
  const consumer = join(directory, "consumer");
  let registry: Awaited<ReturnType<typeof startRegistry>>;
  /** As the page says it, with the registry of this test. */
  const here = (text: string) =>
    text.replaceAll(`https://${host}`, `http://${registry.address}`).replaceAll(host, registry.address);

  beforeAll(async () => {
    registry = await startRegistry();
    for (const folder of [clone, consumer]) {
      mkdirSync(folder);
      writeFileSync(join(folder, ".npmrc"), here(block("npmrc")));
    }
    writeFileSync(join(consumer, "package.json"), '{ "private": true }');
    execFileSync(process.execPath, ["scripts/pack.mjs", join(clone, "packages")], { stdio: "pipe" });
  });
  afterAll(() => {
    registry.server.close();
    rmSync(directory, { recursive: true, force: true });
  });

  test("npm refuses to publish without --provenance=false, and publishes with it", async () => {
    const [pack, ...publish] = here(block("publish")).trimEnd().split("\n");
    expect(pack).toBe("npm run pack packages");
    expect(publish).toHaveLength(3);
    const refused = await run(publish[0]?.replace("--provenance=false", "") ?? "", clone);
    expect(refused.code).not.toBe(0);
    expect(refused.output).toContain("provenance");
    expect(registry.documents.size).toBe(0);
    for (const command of publish) expect(await run(command, clone)).toMatchObject({ code: 0 });
    expect([...registry.documents.keys()].toSorted()).toEqual([
      "/@api-guardrails/components",
      "/@api-guardrails/policies",
      "/@api-guardrails/review",
    ]);
    expect(registry.tokens).toContain("Bearer a-token-of-the-test");
  });

  test("npm takes our packages from there, with their checksums, and all others from where they were", async () => {
    const command = `${here(block("install")).trimEnd()} --package-lock-only --no-audit`;
    expect(await run(command, consumer)).toMatchObject({ code: 0 });
    const { devDependencies } = JSON.parse(readFileSync(join(consumer, "package.json"), "utf8"));
    const { version } = JSON.parse(readFileSync("package.json", "utf8"));
    expect(devDependencies).toEqual({
      "@api-guardrails/policies": version,
      "@api-guardrails/review": version,
    });
    const { packages } = JSON.parse(readFileSync(join(consumer, "package-lock.json"), "utf8"));
    const fromHere = Object.entries<{ resolved?: string; integrity?: string }>(packages).filter(
      ([, { resolved }]) => resolved?.includes(registry.address),
    );
    expect(fromHere.map(([path]) => path)).toEqual([
      "node_modules/@api-guardrails/policies",
      "node_modules/@api-guardrails/review",
    ]);
    const tarball = readFileSync(join(clone, "packages/policies.tgz"));
    const checksum = `sha512-${createHash("sha512").update(tarball).digest("base64")}`;
    expect(fromHere[0]?.[1].integrity).toBe(checksum);
  });
});

test("Yarn's settings name the same scope and registry, and no token", () => {
  expect(parse(block("yarnrc"))).toEqual({
    npmScopes: {
      "api-guardrails": { npmRegistryServer: `https://${host}/`, npmAuthToken: "$" + "{NPM_TOKEN-}" },
    },
    npmPreapprovedPackages: ["@api-guardrails/*"],
  });
});

test("the commands that print the pack's folder are those that npm run smoke runs", () => {
  const managers = readFileSync("scripts/managers.mjs", "utf8");
  const run = [...managers.matchAll(/printFolder: "(.+)"/g)].map(([, command]) => command);
  const [, rows = ""] = /<!-- adopting: folder -->\n([\s\S]*?)\n\n/.exec(page) ?? [];
  const written = [...rows.matchAll(/\| `(.+)` \|/g)].map(([, command]) => command);
  expect(written.toSorted()).toEqual([...new Set(run)].toSorted());
});
