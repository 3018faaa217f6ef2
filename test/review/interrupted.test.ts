import { spawnSync } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { allClosed, connections } from "./connections";
import { reportOf } from "./reports/report-schema";
import { type Run, type Started, started, startedInTerminal } from "./started";
import { written, writtenProgram } from "./written-program";

const { connection, connect } = connections();
const packOf = (source: string) =>
  written({
    "PulumiPolicy.yaml": "runtime: nodejs\n",
    "package.json": { name: "acme", version: "1.0.0" },
    "index.js": source,
  });
const noPolicies = `new (require("@pulumi/policy").PolicyPack)("acme", { policies: [] });`;

/** A point in a preview: the processes that run then, and the arguments that lead to it. */
const phases = {
  "while a pack starts": {
    processes: ["pack"],
    args: () => [writtenProgram(""), "--policy-pack", packOf(connect("pack"))],
  },
  "while the program runs": {
    processes: ["pack", "program"],
    args: () => [
      writtenProgram(`new Api("api"); ${connect("program")}`),
      "--policy-pack",
      packOf(connect("pack") + noPolicies),
    ],
  },
} as const;

const sentence = "The preview was interrupted.";

/** Interruptions that the command line handles. */
const says = (run: Run) =>
  expect(run).toEqual({ code: 2, stdout: "", stderr: `api-guardrails: ${sentence}\n` });

/** Interruptions after which the terminal stays open. */
function saysInTerminal({ stdout }: Run): void {
  expect(stripVTControlCharacters(stdout)).toContain(`api-guardrails: ${sentence}\r\nexit code 2\r\n`);
  // The spinner was shown, and the cursor is visible again.
  expect(stdout).toContain("\u001b[?25l");
  expect(stdout.lastIndexOf("\u001b[?25h")).toBeGreaterThan(stdout.lastIndexOf("\u001b[?25l"));
  // The terminal handles Ctrl-C, lines and the echo again.
  expect(stdout.slice(stdout.indexOf("exit code"))).toMatch(/\sisig icanon\s/);
  expect(stdout.slice(stdout.indexOf("exit code"))).toMatch(/ echo /);
}

const hasScript = spawnSync("script", ["--version"]).status === 0;
const signal = (name: NodeJS.Signals) => (run: Started) => void run.child.kill(name);
const ways: readonly {
  readonly way: string;
  readonly start: (args: readonly string[]) => Started;
  readonly end: (run: Started) => void;
  readonly expectEnd: (run: Run) => void;
}[] = [
  { way: "SIGINT", start: started, end: signal("SIGINT"), expectEnd: says },
  { way: "SIGTERM", start: started, end: signal("SIGTERM"), expectEnd: says },
  { way: "SIGHUP", start: started, end: signal("SIGHUP"), expectEnd: says },
  {
    way: "SIGKILL, of the command line alone",
    start: started,
    end: signal("SIGKILL"),
    expectEnd: (run) => expect(run).toEqual({ code: null, stdout: "", stderr: "" }),
  },
  ...(hasScript
    ? [
        {
          way: "Ctrl-C, typed in a terminal",
          start: startedInTerminal,
          end: ({ child }: Started) => void child.stdin?.write("\u0003"),
          expectEnd: saysInTerminal,
        },
        {
          way: "closing the terminal",
          start: startedInTerminal,
          end: signal("SIGKILL"),
          expectEnd: ({ stdout }: Run) => expect(stdout).toContain("Previewing"),
        },
      ]
    : []),
];

describe.each(ways)(
  "a preview that is ended by $way leaves no process behind",
  ({ start, end, expectEnd }) => {
    test.each(Object.entries(phases))("%s", async (_phase, { processes, args }) => {
      const connected = processes.map(connection);
      const run = start(["preview", ...args()]);
      const running = await Promise.all(connected);
      end(run);
      await allClosed(running);
      expectEnd(await run.ended);
    });
  },
);

test("an interrupted preview says so in JSON too", async () => {
  const starting = connection("pack");
  const { child, ended } = started(["preview", ...phases["while a pack starts"].args(), "--json"]);
  const pack = await starting;
  child.kill("SIGTERM");
  await pack.closed;
  const { code, stdout } = await ended;
  expect(code).toBe(2);
  expect(reportOf(stdout).problems).toEqual([sentence]);
});
