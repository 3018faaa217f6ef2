import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect } from "vitest";
import { baselineReportOf } from "../review/reports/report-schema";
import { started } from "../review/started";
import { program, removePrograms } from "./programs";
import { blockedExitCode, engineStack, engineTest, newerEngineTest, removeStacks } from "./rig";

const folder = mkdtempSync(join(tmpdir(), "api-guardrails-baseline-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => {
  removeStacks();
  removePrograms();
});

const rule = "http-route-requires-authorization";

/** A shop with so many routes, all of them open but those that are mended. */
const shop = (routes: number, mended: readonly number[] = []) =>
  program(`
const api = new Api("api", { protocolType: "HTTP", tags: { owner: "orders" } });
for (let index = 0; index < ${routes}; index++) {
  const closed = ${JSON.stringify(mended)}.includes(index) ? { authorizationType: "AWS_IAM" } : {};
  new Route("route-" + index, { apiId: api.id, routeKey: "GET /" + index, ...closed });
}`);

async function baselineOf(...args: readonly string[]) {
  const { code, stdout } = await started(["baseline", ...args, "--format", "json"]).ended;
  return { code, report: baselineReportOf(stdout) };
}

describe("a baseline in the real engine", () => {
  engineTest(
    "lets pass what was open before, blocks what is opened after it, and shrinks with what is mended",
    async () => {
      const before = shop(40);
      const file = join(folder, "program.json");
      const first = await baselineOf(before, "--stack", "dev", "--output", file);
      expect(first).toMatchObject({ code: 0, report: { kept: 0, remaining: [] } });
      expect(first.report.added).toHaveLength(40);

      const stack = await engineStack({ program: before });
      expect((await stack.preview()).violations).toHaveLength(40);
      const packConfigs = [file];
      const green = await stack.up({ packConfigs });
      expect(green.code).toBe(0);
      expect(green.violations.filter(({ level }) => level === "mandatory")).toEqual([]);

      const after = shop(41, [7]);
      const red = await stack.preview({ packConfigs, program: after });
      expect(red.code).toBe(blockedExitCode);
      const mandatory = red.violations.filter(({ level }) => level === "mandatory");
      expect(mandatory.map(({ policy, urn }) => [policy, urn.split("::").pop()])).toEqual([
        [rule, "route-40"],
      ]);
      const at = first.report.added.findIndex((one: { resource: string }) => one.resource === "route-7");
      expect(red.violations.map(({ message }) => message).join("\n")).toContain(
        `exemptions[${at}] covers nothing: ${rule} has no finding on what it names in this stack.`,
      );

      const updated = await baselineOf(after, "--stack", "dev", "--update", file);
      expect(updated).toMatchObject({
        code: 2,
        report: {
          kept: 39,
          added: [],
          dropped: [{ resource: "route-7", stacks: ["dev"] }],
          remaining: [{ kind: "not added", rule }],
        },
      });
      const shrunk = await stack.preview({ packConfigs, program: after });
      expect(shrunk.code).toBe(blockedExitCode);
      expect(shrunk.violations.filter(({ level }) => level === "mandatory")).toHaveLength(1);
      expect(shrunk.output).not.toContain("covers nothing");
    },
    120_000,
  );

  newerEngineTest("of what is deployed is what the engine says of that state", async () => {
    const before = shop(3);
    const stack = await engineStack({ program: before });
    expect((await stack.up({ packs: [] })).code).toBe(0);
    const state = join(folder, "state.json");
    const { text } = await stack.exported();
    writeFileSync(state, text);
    const open = await stack.analyze(text);
    expect(open.code).toBe(blockedExitCode);
    expect(open.output).toContain("GET /2 has authorizationType NONE");

    const file = join(folder, "of-state.json");
    const written = await baselineOf("--state", state, "--output", file);
    expect(written.code).toBe(0);
    expect(written.report.added).toHaveLength(3);
    expect((await stack.analyze(text, file)).code).toBe(0);
    // And of the program, which is the same.
    expect((await stack.preview({ packConfigs: [file] })).code).toBe(0);
    const content = readFileSync(file, "utf8");
    expect(await baselineOf(before, "--stack", "dev", "--update", file)).toMatchObject({ code: 0 });
    expect(readFileSync(file, "utf8")).toBe(content);
  });
});
