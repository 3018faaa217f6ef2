import fc from "fast-check";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { describe, expect, test } from "vitest";
import type { Reported } from "../../../review/src/preview";
import { markdownFailure, markdownReport } from "../../../review/src/reports/markdown";
import { code, codeBlock, escaped } from "../../../review/src/reports/markdown-text";
import { advice, exempted, result, route, urn, used, violation } from "./given";

const report = (of: Partial<Reported> = {}) => markdownReport({ ...result(), ...of });
const source = { file: "index.ts", line: 14 };
const open = (given: Parameters<typeof violation>[0] = {}) =>
  violation({
    message:
      'HTTP API routes require authorization\nGET /a has authorizationType NONE.\nFix: authorizationType: "JWT"\nrules/http-route-requires-authorization.md#no-authorization',
    source,
    ...given,
  });

/** What GitHub shows, as far as its Markdown is GFM. */
const html = (markdown: string) =>
  micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });

test("shows the mandatory violations first, then what is open on purpose, and the advisories folded", () => {
  const text = report({
    violations: [open(), open({ name: "second", source: undefined, isAhead: true }), { ...advice, source }],
    exceptions: [used("GET /health", { daysLeft: 64, source }), exempted(undefined)],
    problems: ["No answer."],
    notices: ["Empty."],
    exitCode: 1,
  });
  expect(text).toBe(`<!-- api-guardrails preview customers prod -->

## ❌ customers (prod)

preview failed: 2 mandatory violations, 1 advisory; not everything was judged

### Not judged

* No answer.

### Mandatory violations (2)

#### \`http-route-requires-authorization\` (critical)

HTTP API routes require authorization

* \`lookup\` (aws:apigatewayv2/route:Route), \`index.ts:14\`: GET /a has authorizationType NONE.

<details><summary>Fix</summary>

\`\`\`text
Fix: authorizationType: "JWT"
\`\`\`

</details>

\`rules/http-route-requires-authorization.md#no-authorization\`

#### \`http-route-requires-authorization\` (critical) [look-ahead]

HTTP API routes require authorization

* \`second\` (aws:apigatewayv2/route:Route): GET /a has authorizationType NONE.

<details><summary>Fix</summary>

\`\`\`text
Fix: authorizationType: "JWT"
\`\`\`

</details>

\`rules/http-route-requires-authorization.md#no-authorization\`

### Exceptions (2)

| what | rule | reason | owner | review by | days left | line |
| --- | --- | --- | --- | --- | --- | --- |
| \`GET /health\` | \`http-route-requires-authorization\` | load balancer health probe, returns no data | team-edge | 2027-01-31 | 64 | index.ts:14 |
| \`"health"\` | \`http-route-requires-authorization\` | load balancer health probe, returns no data | team-edge | 2027-01-31 |  |  |

<details><summary>Advisories (1)</summary>

#### \`api-is-documented\`

Describe it.

* \`lookup\` (aws:apigatewayv2/route:Route), \`index.ts:14\`

</details>

### Notices

* Empty.
`);
});

test("of a clean preview is short", () => {
  expect(report()).toBe(
    "<!-- api-guardrails preview customers prod -->\n\n## ✅ customers (prod)\n\npreview passed\n",
  );
});

test("of a failure shows the sentence as it is", () => {
  const shown = html(markdownFailure("There is no folder <b>`@team`.\n```\n# x"));
  expect(shown).toContain("<pre>");
  expect(shown).not.toMatch(/<b>|<h1>/);
});

describe("a comment is never longer than GitHub accepts", () => {
  const many = (count: number, given: (index: number) => Partial<ReturnType<typeof open>>) =>
    Array.from({ length: count }, (_, index) => open({ name: `route-${index}`, ...given(index) }));

  test.each<[situation: string, of: Partial<Reported>, leftOut: RegExp | undefined]>([
    ["a few", { violations: many(5, () => ({})) }, undefined],
    [
      "thousands of one rule",
      { violations: many(3000, () => ({})) },
      /\*\*Left out here.*: \d+ mandatory violations\.\*\*/,
    ],
    [
      "thousands of rules",
      { violations: many(3000, (index) => ({ policy: `rule-${index}` })) },
      /\d+ mandatory violations/,
    ],
    [
      "advisories beside mandatory ones",
      {
        violations: [
          ...many(10, () => ({})),
          ...many(3000, (index) => ({ level: "advisory", policy: `rule-${index}` })),
        ],
      },
      /: \d+ advisories\.\*\*/,
    ],
    [
      "one message that alone is too long",
      { violations: [open({ message: "x".repeat(100_000) })] },
      /1 mandatory violation\./,
    ],
    ["many exceptions", { exceptions: Array.from({ length: 3000 }, () => used("GET /")) }, /\d+ exceptions/],
    [
      "many problems and notices",
      { problems: Array.from({ length: 5000 }, () => "No answer about it."), notices: ["a"] },
      /\d+ problems/,
    ],
  ])("%s", (_situation, of, leftOut) => {
    const text = report({ ...of, exitCode: 1 });
    expect(text.length).toBeLessThan(65_536);
    if (leftOut) expect(text).toMatch(leftOut);
    else expect(text).not.toContain("Left out");
  });

  test("and what is left out and what is shown are all there is", () => {
    const violations = many(1000, (index) => ({ urn: urn(route, `route-${index}`) }));
    const text = report({ violations, exitCode: 1 });
    const shown = [...text.matchAll(/^\* `route-\d+`/gm)].length;
    const [, left] = /: (\d+) mandatory violations\.\*\*/.exec(text) ?? [];
    expect(shown).toBeGreaterThan(100);
    expect(shown + Number(left)).toBe(1000);
    expect(text).toContain("### Mandatory violations (1000)");
  });
});

describe("no text of the program is more than a text", () => {
  const hostile = fc
    .array(
      fc.constantFrom(
        ...[
          "|",
          "\\",
          "`",
          "```",
          "~~~",
          "\n",
          "\n\n",
          "\r",
          "<",
          ">",
          "<img src=x>",
          "<!--",
          "-->",
          "</details>",
        ],
        ...[
          "@team",
          "#1",
          "[a](b)",
          "![a](b)",
          "https://evil.example.com",
          "www.evil.example.com",
          "a@b.example.com",
        ],
        ...["# ", "- ", "1. ", "| --- |", "&lt;", "*", "_", "x", " ", "\t", "    ", "acme/shop#1"],
      ),
      { maxLength: 10 },
    )
    // A name is never empty.
    .map((parts) => `x${parts.join("")}`);
  const known = /^\/?(h[2-4]|p|ul|li|code|pre|details|summary|table|thead|tbody|tr|th|td|strong)$/;

  /** The names of the tags in what is shown, and the text that no code contains. */
  function shownIn(markdown: string) {
    const shown = html(markdown)
      .replace(/^<!-- api-guardrails preview [\w.-]+ [\w.-]+ -->/, "")
      // GitHub looks for mentions and addresses in each text by itself, and a comment ends one.
      .replaceAll("<!-- -->", "\u2063");
    return {
      shown,
      tags: [...shown.matchAll(/<([^\s>]+)[^>]*>/g)].map(([, tag = ""]) => tag),
      text: shown.replace(/<code[^>]*>[\s\S]*?<\/code>/g, "").replace(/<[^>]*>/g, ""),
    };
  }

  test("in a whole comment", () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, (one, two, three) => {
        const { shown, tags, text } = shownIn(
          report({
            project: { ...result().project, name: one, stack: two },
            violations: [
              open({
                name: one,
                type: two,
                message: `${two}\n${one}\nFix: ${three}`,
                source: { file: one, line: 1 },
              }),
              { ...advice, message: three },
            ],
            exceptions: [
              used(one, { reason: two, owner: three, source: { file: two, line: 1 } }),
              exempted(undefined, { name: one }),
            ],
            problems: [one],
            notices: [three],
            exitCode: 1,
          }),
        );
        expect(tags.filter((tag) => !known.test(tag))).toEqual([]);
        expect([...shown.matchAll(/<tr>/g)]).toHaveLength(3);
        expect([...shown.matchAll(/<t[dh][ >]/g)]).toHaveLength(21);
        // A mention, and an address that GitHub makes a link of.
        expect(text).not.toMatch(/@\w|:\/\/|www\.\w/);
      }),
      { numRuns: 300 },
    );
  });

  test("and it is all shown", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const plain = (markdown: string) =>
          html(markdown)
            .replaceAll("<!-- -->", "")
            .replace(/<[^>]*>/g, "")
            .replace(/&#(\d+);/g, (_, point) => String.fromCodePoint(Number(point)))
            .replaceAll("&lt;", "<")
            .replaceAll("&gt;", ">")
            .replaceAll("&quot;", '"')
            .replaceAll("&amp;", "&")
            .replace(/\s+/g, " ")
            .trim();
        const given = text.replace(/\s+/g, " ").trim();
        expect(plain(`| a |\n| --- |\n| ${escaped(text)} |`)).toBe(`a ${given}`);
        expect(plain(`| a |\n| --- |\n| ${code(text)} |`)).toBe(`a ${given}`);
        expect(plain(codeBlock(text))).toBe(given);
      }),
    );
  });
});
