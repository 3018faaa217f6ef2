import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import type { GuardrailsArgs } from "../../policies/src";
import { analyze, type Given, UNKNOWN, urnOf } from "./analyze";
import {
  day,
  declaration,
  exemption,
  functionUrl,
  httpApi,
  method,
  publicAccess,
  restApi,
  restResource,
  route,
  under,
} from "./resources";

const variable = "API_GUARDRAILS_EXCEPTIONS_FD";
const folder = mkdtempSync(join(tmpdir(), "exceptions-used-"));
afterEach(() => vi.unstubAllEnvs());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the pack writes into the file that the environment names. */
async function told(resources: readonly Given[], args: GuardrailsArgs = {}): Promise<readonly object[]> {
  const file = join(folder, "lines");
  const descriptor = openSync(file, "w+");
  try {
    vi.stubEnv(variable, String(descriptor));
    await analyze(resources, { preset: "strict", ...args });
    const text = readFileSync(file, "utf8");
    expect(text === "" || text.endsWith("\n")).toBe(true);
    return text
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  } finally {
    closeSync(descriptor);
  }
}

const document = (...paths: readonly string[]) =>
  JSON.stringify({
    openapi: "3.0.1",
    info: { title: "customers", version: "1" },
    paths: Object.fromEntries(paths.map((path) => [path, { get: {} }])),
  });
const routeRule = "http-route-requires-authorization";
const documentRule = "openapi-operation-requires-authorization";
const review = {
  reason: "load balancer health probe, returns no data",
  owner: "team-edge",
  reviewBy: day(90),
};
const permission: Given = {
  type: "aws:lambda/permission:Permission",
  name: "anyone",
  properties: {
    action: "lambda:InvokeFunctionUrl",
    principal: "*",
    functionUrlAuthType: "NONE",
    function: UNKNOWN,
  },
};
const poolless: Given = {
  type: "aws:apigatewayv2/authorizer:Authorizer",
  name: "jwt",
  properties: {
    apiId: "a1b2c3",
    authorizerType: "JWT",
    identitySources: ["$request.header.Authorization"],
    jwtConfiguration: { issuer: "https://login.example.com" },
  },
};

describe("a pack tells of each exception that covers something", () => {
  test.each<
    [
      situation: string,
      resources: readonly Given[],
      args: GuardrailsArgs,
      lines: readonly {
        readonly rule: string;
        readonly route?: string;
        readonly of: string;
        readonly covers?: string;
      }[],
    ]
  >([
    [
      "a declared route",
      [publicAccess("open", ["GET /health"]), under("open", route("health", "GET /health"))],
      {},
      [{ rule: routeRule, route: "GET /health", of: "health" }],
    ],
    [
      "a REST method, which shows no path, by the one that the declaration means",
      [
        restApi("customers"),
        restResource("path", "health", "customers"),
        publicAccess("open", ["GET /health", "POST /health"]),
        under("open", method("health", "GET", { authorization: "NONE" }, "path")),
        under("open", method("write", "POST", { authorization: "NONE" }, "path")),
      ],
      {},
      [
        { rule: "rest-method-requires-authorization", route: "GET /health", of: "health" },
        { rule: "rest-method-requires-authorization", route: "POST /health", of: "write" },
      ],
    ],
    [
      "a REST method that the declaration names two paths for",
      [
        restApi("customers"),
        restResource("path", "health", "customers"),
        restResource("other", "status", "customers"),
        publicAccess("open", ["GET /health", "GET /status"]),
        under("open", method("health", "GET", { authorization: "NONE" }, "path")),
        under("open", method("status", "GET", { authorization: "NONE" }, "other")),
      ],
      {},
      [
        { rule: "rest-method-requires-authorization", route: "GET", of: "health" },
        { rule: "rest-method-requires-authorization", route: "GET", of: "status" },
      ],
    ],
    [
      "each operation of a document that is declared, and not the one that isn't",
      [
        publicAccess("open", ["GET /health", "GET /status"]),
        under("open", restApi("customers", { body: document("/health", "/status", "/customers") })),
      ],
      {},
      [
        { rule: documentRule, route: "GET /health", of: "customers" },
        { rule: documentRule, route: "GET /status", of: "customers" },
      ],
    ],
    [
      "a function URL and the permission that goes with it",
      [
        publicAccess("open", ["$default"]),
        under("open", functionUrl("url", { authorizationType: "NONE" })),
        under("open", permission),
      ],
      {},
      [
        { rule: "function-url-requires-iam", route: "$default", of: "url" },
        {
          rule: "lambda-permission-names-its-caller",
          route: "$default",
          of: "anyone",
          covers: "bypass",
        },
      ],
    ],
    ["nothing that nobody opened", [publicAccess("open", ["GET /health"])], {}, []],
    [
      "no declaration that doesn't count",
      [
        publicAccess("open", ["GET /health"], { reviewBy: day(-1) }),
        under("open", route("health", "GET /health")),
      ],
      {},
      [],
    ],
    [
      "nothing to a rule that is disabled",
      [publicAccess("open", ["GET /health"]), under("open", route("health", "GET /health"))],
      { levels: { [routeRule]: "disabled" } },
      [],
    ],
  ])("%s", async (_situation, resources, args, lines) => {
    expect(await told(resources, args)).toEqual(
      lines.map(({ rule, route: spelled, of, covers = "route" }) => ({
        version: 1,
        kind: "declaration",
        ...review,
        where: '"open"',
        declaredBy: urnOf(publicAccess("open", []), resources),
        rule,
        urn: urnOf(resources.find(({ name }) => name === of) as Given, resources),
        route: spelled,
        covers,
      })),
    );
  });

  test("a component's list, by its place in it", async () => {
    const component: Given = {
      type: "api-guardrails:index:SecureHttpApi",
      name: "customers",
      properties: { publicAccess: [declaration(["GET /a"]), declaration(["GET /b"], { owner: "team-b" })] },
    };
    const resources = [component, under("customers", route("b", "GET /b"))];
    expect(await told(resources)).toMatchObject([
      {
        where: 'publicAccess[1] of "customers"',
        declaredBy: urnOf(component, resources),
        owner: "team-b",
        route: "GET /b",
      },
    ]);
  });

  test.each<
    [situation: string, resources: readonly Given[], exempted: Parameters<typeof exemption>, line: object]
  >([
    [
      "a route",
      [route("health", "GET /health")],
      [routeRule, "health"],
      { rule: routeRule, route: "GET /health", covers: "route" },
    ],
    [
      "a listed operation of a document",
      [restApi("customers", { body: document("/health", "/status") })],
      [documentRule, "customers", { routes: ["GET /health"] }],
      { rule: documentRule, route: "GET /health", covers: "route" },
    ],
    [
      "a finding that opens nothing by itself",
      [httpApi("customers"), poolless],
      ["jwt-authorizer-pins-issuer-and-audience", "jwt"],
      { rule: "jwt-authorizer-pins-issuer-and-audience", covers: "finding" },
    ],
  ])("an exemption, over %s", async (_situation, resources, exempted, line) => {
    const exemptions = [exemption("http-api-forbids-quick-create", "gone"), exemption(...exempted)];
    const subject = resources.at(-1) as Given;
    expect(await told(resources, { exemptions })).toEqual([
      {
        version: 1,
        kind: "exemption",
        ...review,
        where: "exemptions[1]",
        urn: urnOf(subject, resources),
        ...line,
      },
    ]);
  });
});

describe("a pack tells nobody", () => {
  const resources = [publicAccess("open", ["GET /health"]), under("open", route("health", "GET /health"))];

  test.each([
    ["where the environment names no descriptor", undefined],
    ["where it names none that is one", "lines"],
    ["where nobody holds it open, and judges as ever", "987654"],
  ])("%s", async (_situation, descriptor) => {
    vi.stubEnv(variable, descriptor);
    expect(await analyze(resources, { preset: "strict" })).toEqual([]);
  });
});
