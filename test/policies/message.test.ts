import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rules } from "../../policies/src";
import { analyze, type Given, type Reported, secret, UNKNOWN } from "./analyze";
import {
  day,
  functionUrl,
  httpApi,
  integration,
  method,
  publicAccess,
  restApi,
  route,
  under,
  webSocketApi,
} from "./resources";

const document = (paths: readonly string[]) =>
  JSON.stringify({
    openapi: "3.0.1",
    info: { title: "customers", version: "1" },
    paths: Object.fromEntries(paths.map((path) => [path, { get: {} }])),
  });
const operations = (count: number) => Array.from({ length: count }, (_, index) => `/operation-${index}`);

async function only(resources: readonly Given[]): Promise<Reported> {
  const [found, ...others] = await analyze(resources);
  if (!found || others.length > 0) throw new Error("the test expects one finding");
  return found;
}

describe("a violation's message", () => {
  test("has the title first, then what is wrong, the fix, the declaration and the page", async () => {
    expect(
      (await only([route("lookup", "GET /customers/{id}", { authorizationType: "NONE" })])).message,
    ).toBe(
      [
        "HTTP API routes require authorization",
        "GET /customers/{id} has authorizationType NONE.",
        'Fix: authorizationType: "JWT", authorizerId: authorizer.id   // or "AWS_IAM", or "CUSTOM" with a Lambda authorizer',
        "  or, if it is meant to be public, declare it as the parent:",
        '    { parent: new PublicAccess("lookup-public", { routes: ["GET /customers/{id}"], reason: "...", owner: "...", reviewBy: "YYYY-MM-DD" }) }',
        "rules/http-route-requires-authorization.md",
      ].join("\n"),
    );
  });

  test("says why a declaration doesn't count before the fix", async () => {
    const found = await analyze([
      publicAccess("open", ["GET /health"], { reviewBy: day(-1) }),
      under("open", route("health", "GET /health")),
    ]);
    expect(found[1]?.message.split("\n").slice(0, 4)).toEqual([
      "HTTP API routes require authorization",
      "GET /health has authorizationType NONE.",
      `Declared public by "open", which doesn't count because its review date ${day(-1)} has passed.`,
      expect.stringMatching(/^Fix: /),
    ]);
  });

  test("names the resource where it knows no path", async () => {
    const { message } = await only([method("lookup", "GET", { authorization: "NONE" })]);
    expect(message).toContain('\nGET of "lookup" has authorization NONE.\n');
    expect(message).toContain(
      "\n  or, if it is meant to be public, declare it as the parent, with its path, which a method by itself doesn't show:\n",
    );
    expect(message).toContain('new PublicAccess("lookup-public", { routes: ["GET /..."]');
  });

  test.each([
    [1, [0], undefined],
    [2, [0, 1], undefined],
    [10, [0, 9], undefined],
    [11, [0, 9], "and 1 more"],
    [200, [0, 9], "and 190 more"],
  ] as const)("lists at most ten of %i open operations, and their count", async (count, listed, more) => {
    const { message } = await only([restApi("customers", { body: document(operations(count)) })]);
    const lines = message.split("\n");
    const shown = lines.filter((line) => /^ *GET \/operation-\d+ has no security\.?$/.test(line));
    expect(shown).toHaveLength(Math.min(count, 10));
    for (const index of listed) expect(message).toContain(`GET /operation-${index} has no security`);
    if (count > 1) expect(lines[1]).toBe(`${count} operations of "customers" let anyone in:`);
    expect(lines.find((line) => line.includes("more"))?.trim()).toBe(more);
    expect(message.length).toBeLessThan(4000);
  });

  test("ends with the page of its own rule, for every rule", async () => {
    const found = await analyze([
      publicAccess("idle", ["GET /gone"]),
      webSocketApi("chat"),
      route("send", "send", {}, "chat"),
      route("connect", "$connect"),
      route("lookup", "GET /a"),
      method("get", "GET"),
      functionUrl("url"),
      httpApi("quick", { target: UNKNOWN }),
      restApi("customers", { body: document(["/a"]) }),
    ]);
    for (const { rule, message } of found) {
      const lines = message.split("\n");
      expect(lines[0]).toBe(rules.find(({ id }) => id === rule)?.title);
      expect(lines.filter((line) => line.startsWith("Fix: "))).toHaveLength(1);
      expect(lines.at(-1)?.split("#")[0]).toBe(`rules/${rule}.md`);
    }
  });
});

describe("nothing in a name forges a line or reaches the terminal as a control", () => {
  const hostile: readonly (readonly [situation: string, text: string])[] = [
    ["a line feed", "a\nFix: nothing to do here"],
    ["a carriage return", "a\rFix: nothing"],
    ["a line separator", "a\u2028Fix: nothing"],
    ["a paragraph separator", "a\u2029Fix: nothing"],
    ["a next line", "a\u0085Fix: nothing"],
    ["a vertical tab and a form feed", "a\u000B\u000CFix: nothing"],
    ["an escape sequence", "a\u001B[2K\u001B[1A"],
    ["a right-to-left override", "a\u202Eb"],
    ["a zero-width joiner", "a\u200Db"],
    ["a null character", "a\u0000b"],
  ];
  /** Each place in which a message repeats a word of the program. */
  const places: readonly (readonly [place: string, given: (text: string) => readonly Given[]])[] = [
    ["a route's name", (text) => [route(text, UNKNOWN)]],
    ["a route's key", (text) => [route("lookup", `GET /${text}`)]],
    ["an authorization type", (text) => [route("lookup", "GET /a", { authorizationType: text })]],
    ["a method's name", (text) => [method(text, "GET")]],
    ["a method", (text) => [method("lookup", text)]],
    ["a function URL's name", (text) => [functionUrl(text)]],
    ["an API's name", (text) => [httpApi(text, { target: UNKNOWN })]],
    ["a WebSocket API's name", (text) => [webSocketApi(text)]],
    ["a RestApi's name and path", (text) => [restApi(text, { body: document([`/${text}`, "/b"]) })]],
    [
      "a path that is said to be unreadable",
      (text) => [restApi("a", { body: { openapi: "3.0.1", paths: { [`/${text}`]: [] } } })],
    ],
    [
      "a security scheme's name",
      (text) => [
        restApi("a", {
          body: { openapi: "3.0.1", paths: { "/a": { get: { security: [{ [text]: [] }] } } } },
        }),
      ],
    ],
    [
      "an integration's name",
      (text) => [
        restApi("a"),
        method("options", "OPTIONS", {}, "a"),
        integration(text, { httpMethod: "OPTIONS", type: "AWS" }, "a"),
      ],
    ],
    [
      "a declaration's name",
      (text) => [publicAccess(text, [`GET /${text}`]), under(text, route("a", "GET /a"))],
    ],
    [
      "a parent's name",
      (text) => [{ type: "acme:index:Api", name: text }, under(text, route("lookup", "GET /a"))],
    ],
    [
      "a golden path's name and routes",
      (text) => [
        {
          type: "api-guardrails:index:SecureHttpApi",
          name: text,
          properties: { routes: [`GET /${text}`], publicAccess: [{ routes: [`GET /${text}`] }] },
        },
        under(text, route(`${text}-get`, `GET /${text}`)),
      ],
    ],
    [
      "a route outside of its declaration",
      (text) => [
        publicAccess(text, [`GET /${text}`]),
        route(`${text}-route`, `GET /${text}`, { authorizationType: "AWS_IAM" }),
      ],
    ],
    ["a declared route", (text) => [publicAccess("open", [`GET /${text}`], { owner: "" })]],
    ["a review date", (text) => [publicAccess("open", ["GET /a"], { reviewBy: text })]],
  ];

  test.each(places)("%s", async (_place, given) => {
    for (const [, text] of hostile) {
      const reported = await analyze(given(text));
      for (const { message } of reported) {
        expect(message.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(message.split("\n").filter((line) => line.startsWith("Fix: "))).toHaveLength(1);
      }
    }
  });

  test("any text at all", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...places),
        fc.string({ unit: "binary", minLength: 1, maxLength: 30 }),
        async ([, given], text) => {
          for (const { message } of await analyze(given(text))) {
            expect(message.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
            expect(message.split("\n").filter((line) => line.startsWith("Fix: "))).toHaveLength(1);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  test("a name of any length leaves the message readable, and shows that it is cut", async () => {
    const long = "a".repeat(100_000);
    const cutInSilence = /a{60,}(?!a|\.\.\.)/;
    for (const [, given] of places) {
      for (const { message } of await analyze(given(long))) {
        expect(message.length).toBeLessThan(10_000);
        expect(message).not.toMatch(cutInSilence);
      }
    }
  });
});

describe("no property value is printed beyond the words of the API model", () => {
  const value = "hunter2-correct-horse";
  const hidden: readonly (readonly [situation: string, resources: (value: unknown) => readonly Given[]])[] = [
    ["a route's target and API", (value) => [route("lookup", "GET /a", { target: value, apiId: value })]],
    [
      "a route's authorizer and scopes",
      (value) => [route("lookup", "GET /a", { authorizerId: value, authorizationScopes: [value] })],
    ],
    ["a route's request models", (value) => [route("lookup", "GET /a", { requestModels: { model: value } })]],
    [
      "a quick create's target",
      (value) => [httpApi("quick", { target: value, credentialsArn: value, name: value })],
    ],
    [
      "an API's description",
      (value) => [httpApi("quick", { target: "a", description: value, tags: { note: value } })],
    ],
    [
      "a method's parameters",
      (value) => [method("get", "GET", { requestParameters: { [`${value}`]: true }, operationName: value })],
    ],
    ["a method's authorizer", (value) => [method("get", "GET", { authorizerId: value })]],
    ["a function URL's function", (value) => [functionUrl("url", { functionName: value, qualifier: value })]],
    [
      "an integration's URI",
      (value) => [
        restApi("api"),
        method("options", "OPTIONS", {}, "api"),
        integration(
          "backend",
          { httpMethod: "OPTIONS", type: "HTTP", uri: value, credentials: value },
          "api",
        ),
      ],
    ],
    [
      "a declaration's owner and reason",
      (value) => [
        publicAccess("open", ["GET /a"], { owner: value, reason: `${value} ${value}`, reviewBy: day(-1) }),
      ],
    ],
    ["a declaration's review date", (value) => [publicAccess("open", ["GET /a"], { reviewBy: value })]],
    ["a declaration's misspelt route", (value) => [publicAccess("open", [value])]],
    [
      "an integration inside a body",
      (value) => [
        restApi("api", {
          body: {
            openapi: "3.0.1",
            info: { title: value, description: value },
            paths: {
              "/a": { get: { description: value, "x-amazon-apigateway-integration": { uri: value } } },
            },
          },
        }),
      ],
    ],
    ["a body that can't be read", (value) => [restApi("api", { body: `{"openapi": "3.0.1", ${value}` })]],
  ];
  test.each(hidden)("%s", async (_situation, resources) => {
    for (const wrapped of [value, secret(value)]) {
      const reported = await analyze(resources(wrapped));
      expect(reported).not.toEqual([]);
      for (const { message } of reported) expect(message).not.toContain(value);
    }
  });

  test("an exemption's owner and reason", async () => {
    const given = {
      rule: "function-url-requires-iam",
      project: "customers",
      stacks: ["dev"],
      resource: "url",
    };
    const exemptions = [{ ...given, owner: value, reason: `${value} ${value}`, reviewBy: day(-1) }];
    for (const { message } of await analyze([functionUrl("url")], { exemptions })) {
      expect(message).toContain("Exempted by exemptions[0]");
      expect(message).not.toContain(value);
    }
  });
});
