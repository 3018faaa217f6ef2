import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { newestProtocol } from "../../../review/src/engine/protocol";
import { written } from "../written-program";

const ours = createRequire(`${process.cwd()}/review/package.json`).resolve("@pulumi/pulumi/package.json");
const { version } = createRequire(ours)(ours);
const files = ["analyzer", "callback", "engine", "resource"].flatMap((name) => [
  `${name}_pb`,
  `${name}_grpc_pb`,
]);

/** A folder in which an SDK of this version is installed. Its protocol is our SDK's. */
function folderWithSdk(itsVersion: string): string {
  const require = (file: string) => `module.exports = require(${JSON.stringify(join(dirname(ours), file))});`;
  const protobuf = (file: string) =>
    `module.exports = require(${JSON.stringify(createRequire(ours).resolve(`google-protobuf/google/protobuf/${file}`))});`;
  const sdk = "node_modules/@pulumi/pulumi";
  return written({
    [`${sdk}/package.json`]: { name: "@pulumi/pulumi", version: itsVersion },
    ...Object.fromEntries(files.map((file) => [`${sdk}/proto/${file}.js`, require(`proto/${file}`)])),
    ...Object.fromEntries(
      ["struct_pb", "empty_pb"].map((file) => [
        `${sdk}/node_modules/google-protobuf/google/protobuf/${file}.js`,
        protobuf(file),
      ]),
    ),
  });
}

describe("the newest protocol that is installed is used", () => {
  test.each<[situation: string, sdks: readonly string[], spoken: string]>([
    ["no program: ours", [], version],
    ["an older program: ours", ["3.9.0"], version],
    ["a newer program: its own", ["999.1.0"], "999.1.0"],
    ["numbers count as numbers", ["999.9.0", "999.10.0"], "999.10.0"],
  ])("%s", (_situation, sdks, spoken) => {
    expect(newestProtocol(...sdks.map(folderWithSdk)).version).toBe(spoken);
  });

  test("a newer program behind a link: its own", () => {
    const elsewhere = mkdtempSync(join(tmpdir(), "api-guardrails-protocol-"));
    try {
      // The SDK is beside the folder that the link leads to, not beside the link.
      symlinkSync(resolve(folderWithSdk("999.1.0"), "node_modules/@pulumi"), join(elsewhere, "program"));
      expect(newestProtocol(join(elsewhere, "program")).version).toBe("999.1.0");
    } finally {
      rmSync(elsewhere, { recursive: true, force: true });
    }
  });

  test("a folder without an SDK is skipped", () => {
    expect(newestProtocol("/").version).toBe(version);
  });
});

test("the response to each method of the monitor has the type that this version of the protocol defines", () => {
  const protocol = newestProtocol();
  for (const [method, { responseSerialize, responseStream }] of Object.entries(protocol.monitorService)) {
    if (responseStream) continue;
    expect(() => responseSerialize(protocol.monitorAnswer(method)), method).not.toThrow();
  }
});
