import { describe, expect, test } from "vitest";
import type { Violation } from "../../../review/src/preview";
import { terminalOf } from "../../../review/src/reports/terminal";
import { reported } from "./report-of";

const route = "aws:apigatewayv2/route:Route";
const fix = `Fix: authorizationType: "JWT", authorizerId: authorizer.id   // or "AWS_IAM", or "CUSTOM" with a Lambda authorizer`;
const open = (name: string, message: string): Violation => ({
  policy: "http-route-requires-authorization",
  pack: "guardrails",
  version: "1.2.3",
  level: "mandatory",
  severity: "critical",
  urn: `urn:pulumi:prod::customers::${route}::${name}`,
  type: route,
  name,
  message,
});
const lookup = open(
  "lookup",
  `HTTP API routes require authorization
GET /customers/{id} has authorizationType NONE.
${fix}
  or, if it is meant to be public, declare it as the parent:
    { parent: new PublicAccess("lookup-public", { routes: ["GET /customers/{id}", "GET /customers"], reason: "...", owner: "...", reviewBy: "YYYY-MM-DD" }) }
rules/http-route-requires-authorization.md#open`,
);
const terminal = (columns: number) => terminalOf({ isTTY: true, columns });
const below = (text: string) => text.slice(text.indexOf("Policies:"));

describe("lines are wrapped between words on a terminal", () => {
  test("at 80 columns", async () => {
    const text = reported([lookup], { terminal: await terminal(80) });
    expect(below(text)).toBe(`Policies:
    ❌ guardrails@v1.2.3
        - [mandatory]  [severity: critical]  http-route-requires-authorization
          (aws:apigatewayv2:Route: lookup)
          HTTP API routes require authorization
          GET /customers/{id} has authorizationType NONE.
          Fix: authorizationType: "JWT", authorizerId: authorizer.id
            // or "AWS_IAM", or "CUSTOM" with a Lambda authorizer
            or, if it is meant to be public, declare it as the parent:
              { parent: new PublicAccess("lookup-public", {
                routes: ["GET /customers/{id}", "GET /customers"],
                reason: "...", owner: "...", reviewBy: "YYYY-MM-DD" }) }
          rules/http-route-requires-authorization.md#open

preview failed: 1 mandatory violation
`);
  });

  test("at 60 columns, with the other sections", async () => {
    const given = {
      exitCode: 2,
      problems: [
        "The program failed: the table of the customers can't be found:\n  look for it in the other region, where it was before it was moved",
      ],
      notices: ["The stack typo has no settings, nor has any other of the project at hand."],
    } as const;
    const text = reported([], { ...given, terminal: await terminal(60) });
    expect(below(text)).toBe(`Policies:
    ✅ guardrails@v1.2.3

Not seen:
    ! The program failed: the table of the customers can't
      be found:
        look for it in the other region, where it was before
        it was moved

Notices:
    ! The stack typo has no settings, nor has any other of
      the project at hand.

preview incomplete: what wasn't seen wasn't judged
`);
  });

  test("several findings keep their resources apart", async () => {
    const several = ["a", "b"].map((name) =>
      open(
        name,
        `Title\nThe default endpoint of the API "${name}" answers past its custom domain.\nFix: close it`,
      ),
    );
    const text = reported(several, { terminal: await terminal(60) });
    expect(text).toContain(`
          - a: The default endpoint of the API "a" answers
            past its custom domain.
          - b: The default endpoint of the API "b" answers
            past its custom domain.
          Fix: close it
`);
  });
});

describe("code can still be pasted", () => {
  test.each<[situation: string, columns: number, line: string, lines: string]>([
    [
      "a string is kept whole",
      60,
      'Fix: route the calls with "GET /customers/{id} of all customers"',
      `
          Fix: route the calls with
            "GET /customers/{id} of all customers"`,
    ],
    [
      "a string that is longer than the line is broken at its spaces",
      40,
      'Fix: reason: "load balancer health probe, returns no data at all"',
      `
          Fix: reason: "load balancer
            health probe, returns no
            data at all"`,
    ],
    [
      "a string with an escaped quote is one",
      50,
      String.raw`Fix: write it down as { "a": "say \"no data\"" }`,
      String.raw`
          Fix: write it down as {
            "a": "say \"no data\"" }`,
    ],
    [
      "a comment in YAML stays one",
      60,
      "Fix: AuthorizationType: AWS_IAM   # or an authorizer of the template",
      `
          Fix: AuthorizationType: AWS_IAM
            # or an authorizer of the template`,
    ],
    [
      "a long comment stays one on each of its lines",
      50,
      "Fix: authorization: AWS_IAM   // or COGNITO_USER_POOLS or CUSTOM, with an authorizer",
      `
          Fix: authorization: AWS_IAM
            // or COGNITO_USER_POOLS or CUSTOM,
            // with an authorizer`,
    ],
    [
      "a URL is no comment, and no word is broken",
      40,
      "See https://docs.aws.amazon.com/apigateway/latest/developerguide/welcome.html",
      `
          See
          https://docs.aws.amazon.com/apigateway/latest/developerguide/welcome.html`,
    ],
    [
      "wide characters count as two columns",
      40,
      "認証 のない 経路 が あります 誰でも 呼び出せます",
      `
          認証 のない 経路 が あります
          誰でも 呼び出せます`,
    ],
  ])("%s", async (_situation, columns, line, lines) => {
    const text = reported([open("a", `Title\n${line}`)], { terminal: await terminal(columns) });
    expect(text).toContain(`          Title${lines}\n\n`);
  });

  test("at any width, only line ends, spaces and comment marks are added or lost", async () => {
    const bare = (text: string) => text.replace(/[\s/]+/g, "");
    const whole = bare(reported([lookup]));
    for (let columns = 20; columns <= 200; columns++) {
      const text = reported([lookup], { terminal: await terminal(columns) });
      expect(bare(text)).toBe(whole);
      const tooLong = text.split("\n").filter((line) => line.length > Math.max(columns, 36));
      // A single word that is longer than a line.
      expect(tooLong.filter((line) => line.trim().includes(" ") && columns >= 60)).toEqual([]);
    }
  });
});

test("the program's output is not wrapped", async () => {
  const output = "one two three four five six seven eight nine ten eleven twelve";
  const text = reported([], { output, terminal: await terminal(40) });
  expect(text).toContain(`    ${output}\n`);
});

test.each([
  ["a pipe", { isTTY: false, columns: 80 }],
  ["a terminal that doesn't say how wide it is", { isTTY: true, columns: 0 }],
])("in %s each line stays one, to be searched", async (_situation, stream) => {
  expect(await terminalOf(stream)).toBeUndefined();
  expect(reported([lookup])).toContain(`          ${fix}\n`);
});

test("colours don't count as characters", async () => {
  const red = `\u001b[31m${"word ".repeat(12)}\u001b[39m`;
  const plain = reported([open("a", `Title\n${"word ".repeat(12)}`)], { terminal: await terminal(50) });
  const painted = reported([open("a", `Title\n${red}`)], { terminal: await terminal(50) });
  expect(painted).toBe(plain);
});
