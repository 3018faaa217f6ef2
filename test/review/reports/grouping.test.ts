import { describe, expect, test } from "vitest";
import type { Violation } from "../../../review/src/preview";
import { type Given, reported } from "./report-of";

const route = "aws:apigatewayv2/route:Route";
const method = "aws:apigateway/method:Method";

/** A message as our pack writes it. */
const message = (name: string, path: string, fix = ownFix(name, path)) =>
  [
    "Routes require authorization",
    `GET ${path} has authorizationType NONE.`,
    ...fix,
    "rules/route-authorization.md#open",
  ].join("\n");
const ownFix = (name: string, path: string) => [
  'Fix: authorizationType: "JWT"',
  "  or, if it is meant to be public, declare it as the parent:",
  `    { parent: new PublicAccess("${name}-public", { routes: ["GET ${path}"] }) }`,
];
const open = (name: string, given: Given = {}): Violation & Given => ({
  policy: "route-authorization",
  pack: "guardrails",
  version: "1.2.3",
  level: "mandatory",
  severity: "critical",
  urn: `urn:pulumi:prod::customers::${route}::${name}`,
  type: route,
  name,
  message: message(name, `/${name}`),
  ...given,
});

describe("one policy's findings are one group", () => {
  test.each<[situation: string, violations: readonly Violation[], text: string]>([
    [
      "one finding stands as the policy wrote it",
      [open("a")],
      `
        - [mandatory]  [severity: critical]  route-authorization  (aws:apigatewayv2:Route: a)
          Routes require authorization
          GET /a has authorizationType NONE.
          Fix: authorizationType: "JWT"
            or, if it is meant to be public, declare it as the parent:
              { parent: new PublicAccess("a-public", { routes: ["GET /a"] }) }
          rules/route-authorization.md#open`,
    ],
    [
      "two: title, fix and page once; what differs in the fix for each",
      [open("a"), open("b")],
      `
        - [mandatory]  [severity: critical]  route-authorization  (aws:apigatewayv2:Route: 2 findings)
          Routes require authorization
          - a: GET /a has authorizationType NONE.
          - b: GET /b has authorizationType NONE.
          Fix: authorizationType: "JWT"
            or, if it is meant to be public, declare it as the parent:
              { parent: new PublicAccess("a-public", { routes: ["GET /a"] }) }
              { parent: new PublicAccess("b-public", { routes: ["GET /b"] }) }
          rules/route-authorization.md#open`,
    ],
    [
      "many: what differs in the fix for the first",
      [open("a"), open("b"), open("c"), open("d")],
      `
        - [mandatory]  [severity: critical]  route-authorization  (aws:apigatewayv2:Route: 4 findings)
          Routes require authorization
          - a: GET /a has authorizationType NONE.
          - b: GET /b has authorizationType NONE.
          - c: GET /c has authorizationType NONE.
          - d: GET /d has authorizationType NONE.
          Fix: authorizationType: "JWT"
            or, if it is meant to be public, declare it as the parent:
              { parent: new PublicAccess("a-public", { routes: ["GET /a"] }) }
              and likewise for the other 3, each with its own names
          rules/route-authorization.md#open`,
    ],
    [
      "lists of different length in the fix are alike",
      [
        open("a"),
        open("b", {
          message: message(
            "b",
            "/b",
            ownFix("b", "/b").map((line) => line.replace('"GET /b"', '"GET /b", "GET /c"')),
          ),
        }),
      ],
      `
        - [mandatory]  [severity: critical]  route-authorization  (aws:apigatewayv2:Route: 2 findings)
          Routes require authorization
          - a: GET /a has authorizationType NONE.
          - b: GET /b has authorizationType NONE.
          Fix: authorizationType: "JWT"
            or, if it is meant to be public, declare it as the parent:
              { parent: new PublicAccess("a-public", { routes: ["GET /a"] }) }
              { parent: new PublicAccess("b-public", { routes: ["GET /b", "GET /c"] }) }
          rules/route-authorization.md#open`,
    ],
    [
      "findings that are mended otherwise have their own fix below them",
      [
        open("a"),
        open("b", { message: message("b", "/b", ["Fix: access: publicAccess({ reviewBy })"]) }),
        open("c"),
      ],
      `
        - [mandatory]  [severity: critical]  route-authorization  (aws:apigatewayv2:Route: 3 findings)
          Routes require authorization
          - a: GET /a has authorizationType NONE.
          - c: GET /c has authorizationType NONE.
          Fix: authorizationType: "JWT"
            or, if it is meant to be public, declare it as the parent:
              { parent: new PublicAccess("a-public", { routes: ["GET /a"] }) }
              { parent: new PublicAccess("c-public", { routes: ["GET /c"] }) }
          - b: GET /b has authorizationType NONE.
          Fix: access: publicAccess({ reviewBy })
          rules/route-authorization.md#open`,
    ],
    [
      "lines that differ one after another stay together",
      ["a", "b"].map((name) => {
        const own = [
          `  or, declare it between "${name}-api", its parent, and it:`,
          `    new PublicAccess("${name}")`,
        ];
        return open(name, {
          message: message(name, `/${name}`, ["Fix: set it", ...own, "  In aws-native, a is b."]),
        });
      }),
      `
        - [mandatory]  [severity: critical]  route-authorization  (aws:apigatewayv2:Route: 2 findings)
          Routes require authorization
          - a: GET /a has authorizationType NONE.
          - b: GET /b has authorizationType NONE.
          Fix: set it
            or, declare it between "a-api", its parent, and it:
              new PublicAccess("a")
            or, declare it between "b-api", its parent, and it:
              new PublicAccess("b")
            In aws-native, a is b.
          rules/route-authorization.md#open`,
    ],
    [
      "types that differ stand beside the names",
      [open("a"), open("b", { type: method })],
      `
        - [mandatory]  [severity: critical]  route-authorization  (2 findings)
          Routes require authorization
          - a (aws:apigatewayv2:Route): GET /a has authorizationType NONE.
          - b (aws:apigateway:Method): GET /b has authorizationType NONE.
          Fix: authorizationType: "JWT"
            or, if it is meant to be public, declare it as the parent:
              { parent: new PublicAccess("a-public", { routes: ["GET /a"] }) }
              { parent: new PublicAccess("b-public", { routes: ["GET /b"] }) }
          rules/route-authorization.md#open`,
    ],
    [
      "a sentence of several lines keeps them below its resource",
      ["a", "b"].map((name) =>
        open(name, {
          message: `Operations require authorization\n2 operations of "${name}" let anyone in:\n    GET /x\n    GET /y\nFix: set it\nrules/route-authorization.md#open`,
        }),
      ),
      `
        - [mandatory]  [severity: critical]  route-authorization  (aws:apigatewayv2:Route: 2 findings)
          Operations require authorization
          - a: 2 operations of "a" let anyone in:
                GET /x
                GET /y
          - b: 2 operations of "b" let anyone in:
                GET /x
                GET /y
          Fix: set it
          rules/route-authorization.md#open`,
    ],
    [
      "messages of another pack: its description once, each message whole",
      [
        open("a", { message: "Names its team.\nNo tag.\n  Add one.\nhttps://example.com/#a" }),
        open("b", { message: "Names its team.\nNo tag.\n  Add one.\nhttps://example.com/#a" }),
      ],
      `
        - [mandatory]  [severity: critical]  route-authorization  (aws:apigatewayv2:Route: 2 findings)
          Names its team.
          - a: No tag.
              Add one.
            https://example.com/#a
          - b: No tag.
              Add one.
            https://example.com/#a`,
    ],
    [
      "messages of another pack that share no line",
      [open("a", { message: "One." }), open("b", { message: "Two.\nThree." })],
      `
        - [mandatory]  [severity: critical]  route-authorization  (aws:apigatewayv2:Route: 2 findings)
          - a: One.
          - b: Two.
            Three.`,
    ],
    [
      "a description alone names the resources",
      [open("a", { message: "Names its team." }), open("b", { message: "Names its team." })],
      `
        - [mandatory]  [severity: critical]  route-authorization  (aws:apigatewayv2:Route: 2 findings)
          Names its team.
          - a
          - b`,
    ],
    [
      "a fix without a page, and one whose last line only looks like a page",
      [
        open("a", { message: "Title\nWrong.\nFix: set it\nhttps://example.com/#other" }),
        open("b", { message: "Title\nWrong.\nFix: set it" }),
      ],
      `
        - [mandatory]  [severity: critical]  route-authorization  (aws:apigatewayv2:Route: 2 findings)
          Title
          - a: Wrong.
          Fix: set it
          https://example.com/#other
          - b: Wrong.
          Fix: set it`,
    ],
    [
      "pages that differ stay with their fix",
      [
        open("a", { message: "Title\nWrong.\nFix: set it\nv1#route-authorization" }),
        open("b", { message: "Title\nWrong.\nFix: set it\nv2#route-authorization" }),
      ],
      `
        - [mandatory]  [severity: critical]  route-authorization  (aws:apigatewayv2:Route: 2 findings)
          Title
          - a: Wrong.
          Fix: set it
          v1#route-authorization
          - b: Wrong.
          Fix: set it
          v2#route-authorization`,
    ],
    [
      "levels, severities and policies are apart",
      [
        open("a", { message: "Title" }),
        open("a", { message: "Title", severity: "low" }),
        open("a", { message: "Title", level: "advisory" }),
        open("a", { message: "Title", policy: "other" }),
      ],
      `
        - [mandatory]  [severity: critical]  route-authorization  (aws:apigatewayv2:Route: a)
          Title
        - [mandatory]  [severity: low]  route-authorization  (aws:apigatewayv2:Route: a)
          Title
        - [advisory]  [severity: critical]  route-authorization  (aws:apigatewayv2:Route: a)
          Title
        - [mandatory]  [severity: critical]  other  (aws:apigatewayv2:Route: a)
          Title`,
    ],
  ])("%s", (_situation, violations, text) => {
    const [, policies = ""] =
      /Policies:\n {4}\S+ guardrails@v1\.2\.3(\n[\s\S]*?)\n\npreview/.exec(reported(violations)) ?? [];
    expect(policies).toBe(text);
  });

  test("forty equal findings are forty lines, with the common part once", () => {
    const forty = Array.from({ length: 40 }, (_, index) => open(`route-${index + 1}`));
    const text = reported(forty);
    expect(text.trimEnd().split("\n")).toHaveLength(53);
    for (const { name } of forty) expect(text).toContain(`          - ${name}: GET /${name} has`);
    expect(text.match(/Fix: /g)).toHaveLength(1);
    expect(text.match(/rules\/[a-z-]+\.md/g)).toHaveLength(1);
  });
});
