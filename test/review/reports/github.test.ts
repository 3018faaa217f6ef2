import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Reported } from "../../../review/src/preview";
import { githubFailure, githubReport } from "../../../review/src/reports/github";
import { jsonWithoutCommands, withoutCommands } from "../../../review/src/text/workflow-commands";
import { advice, exempted, result, used, violation } from "./given";

const place = { folder: "infra/", projectFile: "Pulumi.yaml" };
const report = (of: Partial<Reported> = {}) => githubReport({ ...result(), ...of }, place);

/** As GitHub's runner reads a line (actions/runner src/Runner.Common/ActionCommand.cs): `::name key=value,...::message`. */
function commandIn(line: string) {
  const [, name, properties, message] = /^\s*::([^\s:]+)(?: (.*?))?::(.*)$/s.exec(line) ?? [];
  if (name === undefined) return undefined;
  const decoded = (text: string) =>
    text
      .replaceAll("%0D", "\r")
      .replaceAll("%0A", "\n")
      .replaceAll("%3A", ":")
      .replaceAll("%2C", ",")
      .replaceAll("%25", "%");
  const pairs = (properties ?? "").split(",").map((pair) => {
    const [key = "", ...value] = pair.split("=");
    return [key, decoded(value.join("="))];
  });
  return { name, ...Object.fromEntries(pairs), message: decoded(message ?? "") };
}

const commandsIn = (text: string) => text.split(/\r\n|[\r\n]/).flatMap((line) => commandIn(line) ?? []);

describe("workflow commands", () => {
  test("annotate the line of each violation, the mandatory ones first, and what else there is to know", () => {
    const source = { file: "index.ts", line: 14 };
    const late = violation({ name: "late", isAhead: true });
    const text = report({
      violations: [violation({ source }), late, { ...advice, source }],
      exceptions: [used("GET /health", { daysLeft: 1, source }), exempted(undefined)],
      problems: ["The program failed:\n  no table"],
      failedAt: { file: "index.ts", line: 3, column: 1 },
      notices: ["Empty."],
      exitCode: 1,
    });
    const at = { file: "infra/index.ts", line: "14" };
    const unplaced = { file: "infra/Pulumi.yaml", line: "1" };
    const until = '"load balancer health probe, returns no data", team-edge, until 2027-01-31';
    expect(commandsIn(text)).toEqual([
      {
        name: "error",
        ...{ file: "infra/index.ts", line: "3", title: "Not everything was judged" },
        message: "The program failed:\n  no table",
      },
      {
        name: "error",
        ...at,
        title: "http-route-requires-authorization (lookup)",
        message: violation().message,
      },
      {
        name: "error",
        ...unplaced,
        title: "http-route-requires-authorization (late) [look-ahead]",
        message: violation().message,
      },
      { name: "warning", ...at, title: "api-is-documented (lookup)", message: "Describe it." },
      {
        name: "notice",
        ...at,
        title: 'http-route-requires-authorization (health): covered by publicAccess[0] of "customers"',
        message: `GET /health: ${until} (1 day left)`,
      },
      {
        name: "notice",
        ...unplaced,
        title: "http-route-requires-authorization (health): covered by exemptions[0]",
        message: `"health": ${until}`,
      },
      { name: "notice", ...unplaced, title: "Notice", message: "Empty." },
    ]);
    expect(text.trimEnd().split("\n").at(-1)).toBe(
      "preview failed: 2 mandatory violations, 1 advisory; not everything was judged",
    );
  });

  test("don't contain what the program printed", () => {
    expect(report({ output: "::add-mask::x\n##[debug]y" })).toBe("preview passed\n");
  });

  test("of a failure", () => {
    expect(commandsIn(githubFailure("There is no\n::error::folder.", place))).toEqual([
      {
        name: "error",
        ...{ file: "infra/Pulumi.yaml", line: "1", title: "Not everything was judged" },
        message: "There is no\n::error::folder.",
      },
    ]);
  });

  test("are as many as there are findings, whatever their texts are", () => {
    const part = fc.constantFrom(
      "::error::",
      "\n",
      "\r",
      "%0A",
      "%",
      ",",
      ":",
      "=",
      "##[warning]",
      "\u2028",
      "a",
    );
    const text = fc.array(part, { maxLength: 8 }).map((parts) => `x${parts.join("")}`);
    fc.assert(
      fc.property(text, text, text, (message, name, file) => {
        const commands = commandsIn(
          report({ violations: [violation({ message, name, source: { file, line: 1 } })], exitCode: 1 }),
        );
        expect(commands).toEqual([
          {
            ...{ name: "error", file: `infra/${file}`, line: "1", message },
            title: `http-route-requires-authorization (${name})`,
          },
        ]);
      }),
    );
  });
});

test.each([
  ["a command", "::error::x", ": :error::x"],
  ["one after spaces", "    ::error::x", "    : :error::x"],
  ["one on a later line", "a\n\t::error::x", "a\n\t: :error::x"],
  ["the older form, anywhere", "a ##[error]x", "a # #[error]x"],
  ["a type with colons", "aws::Api", "aws::Api"],
])("%s in other output isn't one any more", (_situation, text, expected) => {
  expect(withoutCommands(text)).toBe(expected);
  expect(commandsIn(withoutCommands(text))).toEqual([]);
});

test("JSON without commands has the same content", () => {
  const content = { message: "##[error]\n::error::x" };
  const json = jsonWithoutCommands(JSON.stringify(content));
  expect(json).not.toContain("##[");
  expect(JSON.parse(json)).toEqual(content);
});
