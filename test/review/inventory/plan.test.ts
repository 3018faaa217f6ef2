import { join } from "node:path";
import { expect, test } from "vitest";
import { inventory } from "../../../review/src/inventory";
import { inventoryJson } from "../../../review/src/reports/inventory-json";
import { printableInventory } from "../../../review/src/reports/printable";
import { collectSecrets } from "../../../review/src/secrets";
import { whole } from "../reports/inventory-rows";
import { inventoryReportOf } from "../reports/report-schema";
import { written } from "../written-program";
import { lineOf } from "./lines";
import { deployed } from "./states";

type State = ReturnType<typeof deployed>[number] & { readonly inputs?: object };

/** What `pulumi preview --json --show-sames` writes. */
const digest = (states: readonly object[], given: object = {}, op = "create") => ({
  config: {},
  steps: states.map((newState) => ({ op, urn: (newState as State).urn, newState })),
  diagnostics: [],
  changeSummary: { [op]: states.length },
  ...given,
});
const read = async (content: unknown) => {
  const text = typeof content === "string" ? content : JSON.stringify(content, undefined, 4);
  const file = join(written({ "plan.json": text }), "plan.json");
  const result = await inventory({ directories: [], states: [], plans: [file] });
  inventoryReportOf(await whole(inventoryJson, printableInventory(result, collectSecrets())));
  return { rows: result.rows, source: result.sources[0], exitCode: result.exitCode };
};

/** As before a deployment: ids and outputs aren't known. */
const planned = deployed().map((state) => ({ ...state, id: "", outputs: {} }));

test("a plan has the ways in of the state that it leads to, with their lines", async () => {
  const file = join(
    written({ "state.json": { version: 3, deployment: { resources: deployed() } } }),
    "state.json",
  );
  const { rows: ofState } = await inventory({ directories: [], states: [file] });
  const { rows, source, exitCode } = await read(digest(planned));
  const withoutHosts = (line: string) => line.replace(/ at .*$/, "");
  expect(rows.map(lineOf).map(withoutHosts)).toEqual(ofState.map(lineOf).map(withoutHosts));
  expect(rows).toHaveLength(2);
  expect(rows[0]?.source).toEqual({ file: "src/index.ts", line: 14 });
  expect({ source, exitCode }).toMatchObject({
    source: { kind: "plan", project: "shop", stack: "prod", problems: [] },
    exitCode: 0,
  });
});

test("a child of a package's component has the line that creates the component", async () => {
  const states = planned.map((state) => ({
    ...state,
    sourcePosition: "project:///node_modules/acme/index.js#3,4",
    stackTrace: [
      { sourcePosition: "project:///../shared/index.js#5,1" },
      {},
      { sourcePosition: "project:///index.ts#7,1" },
    ],
  }));
  const { rows } = await read(digest(states));
  expect(rows[0]?.source).toEqual({ file: "index.ts", line: 7 });
});

test("what is deleted is no way in", async () => {
  const { rows } = await read({ ...digest(planned, {}, "delete") });
  expect(rows).toEqual([]);
});

test("a secret is unknown, and its mark is never taken for a value", async () => {
  const secret = {
    ":Api": { name: "[secret]" },
    ":Route": { routeKey: "GET /[secret]", authorizationType: "[secret]" },
  };
  const states = planned.map((state) => {
    const own = Object.entries(secret).find(([ending]) => state.type.endsWith(ending))?.[1];
    return own && "inputs" in state ? { ...state, inputs: { ...state.inputs, ...own } } : state;
  });
  const { rows } = await read(digest(states));
  expect(JSON.stringify(rows)).not.toContain("[secret]");
  expect(rows.map(({ authentication, path }) => [authentication.verdict, path])).toEqual(
    rows.map(() => ["undetermined", null]),
  );
  expect(rows).toHaveLength(2);
});

test.each<[situation: string, content: unknown, problem: string]>([
  [
    "what the CLI left out",
    digest(planned, { changeSummary: { same: 3 } }),
    "leaves out 3 resources that don't change. Run: pulumi preview --json --show-sames",
  ],
  [
    "an error",
    digest(planned, { diagnostics: [{ severity: "error", message: "error: no table\n" }] }),
    "The engine reports an error: no table",
  ],
  ["a stream of events", '{"sequence":0,"timestamp":1}\n{"sequence":1}\n', "holds a stream of events"],
  ["a state", { version: 3, deployment: {} }, "is no digest of a preview"],
  ["a part of a digest", JSON.stringify(digest(planned)).slice(0, -5), "is not JSON"],
  ["nothing", "", "is empty. Run: pulumi preview --json --show-sames"],
])("%s makes the exit code 2", async (_situation, content, problem) => {
  const { source, exitCode } = await read(content);
  expect(source?.problems).toEqual([expect.stringContaining(problem)]);
  expect(exitCode).toBe(2);
});

test("that a policy was violated is no problem of an inventory", async () => {
  const diagnostics = [{ severity: "error", message: "error: preview failed\n" }];
  expect((await read(digest(planned, { diagnostics }))).exitCode).toBe(0);
});
