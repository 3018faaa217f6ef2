import { describe, expect, test } from "vitest";
import type { GuardrailsArgs } from "../../policies/src";
import { analyze, type Given, UNKNOWN, urnOf } from "./analyze";
import {
  day,
  declaration,
  exemption,
  functionUrl,
  httpApi,
  integration,
  method,
  publicAccess,
  restApi,
  restResource,
  route,
  under,
  webSocketApi,
} from "./resources";

const routeRule = "http-route-requires-authorization";
const methodRule = "rest-method-requires-authorization";
const document = (...paths: readonly string[]) =>
  JSON.stringify({
    openapi: "3.0.1",
    info: { title: "customers", version: "1" },
    paths: Object.fromEntries(paths.map((path) => [path, { get: {} }])),
  });

/** A golden-path component, whose routes are its direct children, and one of its routes. */
const goldenPath = (
  publicAccessList: unknown,
  type = "api-guardrails:index:SecureHttpApi",
): readonly Given[] => [
  { type, name: "customers", properties: { publicAccess: publicAccessList } },
  under("customers", route("health", "GET /health")),
];

const mandatory = async (resources: readonly Given[], args: GuardrailsArgs = {}) =>
  (await analyze(resources, args)).filter(({ level }) => level === "mandatory");
const summary = (found: Awaited<ReturnType<typeof analyze>>) =>
  found.map(({ rule, resource }) => [rule, resource]);

describe("a message", () => {
  const review = 'reason: "...", owner: "...", reviewBy: "YYYY-MM-DD"';
  const declared = (name: string, routes: readonly string[], options = "") =>
    `{ parent: new PublicAccess("${name}-public", { routes: [${routes.map((one) => `"${one}"`).join(", ")}], ${review} }${options}) }`;
  const exempted = (rule: string, resource: string, more: object = {}) => ({
    ...{ rule, project: "customers", stacks: ["dev"], resource, ...more },
    ...{ reason: "...", owner: "...", reviewBy: "YYYY-MM-DD" },
  });
  /** What follows the sentences of a message, as JSON where it is an exemption. */
  const written = async (...resources: readonly Given[]) => {
    const lines = (await mandatory(resources))[0]?.message.split("\n") ?? [];
    const code = lines.map((line) => line.trim()).filter((line) => line.startsWith("{ "));
    return code.map((line) => (line.startsWith('{ "') ? JSON.parse(line) : line));
  };

  // One test: each of its messages is about another kind of resource and another place to write in.
  test("says how to declare or exempt what it is about", async () => {
    expect(await written(route("report", "GET /A"))).toEqual([declared("report", ["GET /A"])]);
    expect(await written(method("lookup", "GET"))).toEqual([declared("lookup", ["GET /..."])]);
    const paths = Array.from({ length: 12 }, (_, index) => `/p${index}`);
    expect(await written(restApi("customers", { body: document(...paths) }))).toEqual([
      declared(
        "customers",
        paths.slice(0, 10).map((path) => `GET ${path}`),
      ),
    ]);
    const golden = { type: "api-guardrails:index:SecureHttpApi", name: "golden", properties: {} };
    expect(await written(golden, under("golden", route("health", "GET /health")))).toEqual([
      declared("health", ["GET /health"], ", { parent: ... }"),
    ]);
    const platform = { type: "my:index:Platform", name: "platform", properties: {} };
    expect(await written(platform, under("platform", route("health", "GET /health")))).toEqual([
      declared("health", ["GET /health"], ", { parent: this }"),
      exempted(routeRule, "health"),
    ]);
    const shown = { routes: [{ path: "/a", method: "GET", eventHandler: UNKNOWN }] };
    const component = { type: "aws-apigateway:index:RestAPI", name: "customers", properties: shown };
    expect(await written(component)).toEqual([
      exempted("gateway-component-requires-authorizers", "customers", { routes: ["GET /a"] }),
    ]);
  });
});

describe("a declaration", () => {
  const opens: readonly (readonly [situation: string, resources: readonly Given[]])[] = [
    ["a route", [publicAccess("open", ["GET /health"]), under("open", route("health", "GET /health"))]],
    [
      "each of the routes it lists",
      [
        publicAccess("open", ["GET /health", "GET /status"]),
        under("open", route("health", "GET /health")),
        under("open", route("status", "GET /status")),
      ],
    ],
    [
      "ANY, spelled so",
      [publicAccess("open", ["ANY /health"]), under("open", route("health", "ANY /health"))],
    ],
    [
      "a greedy path, spelled so",
      [publicAccess("open", ["GET /{proxy+}"]), under("open", route("health", "GET /{proxy+}"))],
    ],
    [
      "$default, spelled so",
      [publicAccess("open", ["$default"]), under("open", route("health", "$default"))],
    ],
    [
      "$default left to the stack rule",
      [
        webSocketApi("chat"),
        route("connect", "$connect", { authorizationType: "AWS_IAM" }, "chat"),
        httpApi("lookups"),
        publicAccess("open", ["$default"]),
        under("open", route("default", "$default", {}, "lookups")),
      ],
    ],
    ["$connect", [publicAccess("open", ["$connect"]), under("open", route("connect", "$connect"))]],
    [
      "a WebSocket API without a $connect route",
      [
        publicAccess("open", ["$connect"]),
        under("open", webSocketApi("chat")),
        route("send", "send", {}, "chat"),
      ],
    ],
    ["a function URL", [publicAccess("open", ["$default"]), under("open", functionUrl("url"))]],
    [
      "a quick create",
      [publicAccess("open", ["$default"]), under("open", httpApi("quick", { target: UNKNOWN }))],
    ],
    [
      "a REST method",
      [
        restApi("customers"),
        restResource("path", "health", "customers"),
        publicAccess("open", ["GET /health"]),
        under("open", method("health", "GET", { authorization: "NONE" }, "path")),
      ],
    ],
    [
      "an OPTIONS that reaches a backend",
      [
        restApi("customers"),
        publicAccess("open", ["OPTIONS /"]),
        under("open", method("preflight", "OPTIONS", { authorization: "NONE" }, "customers")),
        integration("answer", { httpMethod: "OPTIONS", type: "AWS_PROXY" }, "customers"),
      ],
    ],
    [
      "every operation of a body",
      [
        publicAccess("open", ["GET /health", "GET /status"]),
        under("open", restApi("customers", { body: document("/health", "/status") })),
      ],
    ],
    [
      "a route whose authorizationType is unknown",
      [
        publicAccess("open", ["GET /health"]),
        under("open", route("health", "GET /health", { authorizationType: UNKNOWN })),
      ],
    ],
    ["a route of a component that lists it", goldenPath([declaration(["GET /health"])])],
    [
      "a route of a component that lists it in its second declaration",
      [
        ...goldenPath([declaration(["GET /status"]), declaration(["GET /health"])]),
        under("customers", route("status", "GET /status")),
      ],
    ],
    [
      "a route of a component in another language's package",
      goldenPath([declaration(["GET /health"])], "api-guardrails:index:SomeLaterComponent"),
    ],
  ];
  test.each(opens)("opens %s", async (_situation, resources) => {
    expect(await analyze(resources, { preset: "strict" })).toEqual([]);
  });

  const opensNot: readonly (readonly [situation: string, resources: readonly Given[]])[] = [
    [
      "another route",
      [publicAccess("open", ["GET /health"]), under("open", route("health", "GET /customers"))],
    ],
    [
      "another method",
      [publicAccess("open", ["GET /health"]), under("open", route("health", "POST /health"))],
    ],
    [
      "ANY by one method",
      [publicAccess("open", ["GET /health"]), under("open", route("health", "ANY /health"))],
    ],
    [
      "one method by ANY",
      [publicAccess("open", ["ANY /health"]), under("open", route("health", "GET /health"))],
    ],
    [
      "a path below a greedy one",
      [publicAccess("open", ["GET /{proxy+}"]), under("open", route("health", "GET /health"))],
    ],
    [
      "a path that differs by case",
      [publicAccess("open", ["GET /Health"]), under("open", route("health", "GET /health"))],
    ],
    [
      "a path that differs by a slash",
      [publicAccess("open", ["GET /health/"]), under("open", route("health", "GET /health"))],
    ],
    [
      "a route by $default",
      [publicAccess("open", ["$default"]), under("open", route("health", "GET /health"))],
    ],
    [
      "$connect by $default",
      [publicAccess("open", ["$default"]), under("open", route("health", "$connect"))],
    ],
    [
      "a route whose key is unknown",
      [publicAccess("open", ["GET /health"]), under("open", route("health", UNKNOWN))],
    ],
    ["a route beside it", [publicAccess("open", ["GET /health"]), route("health", "GET /health")]],
    [
      "a route two levels below",
      [
        publicAccess("open", ["GET /health"]),
        under("open", httpApi("lookups")),
        under("lookups", route("health", "GET /health", {}, "lookups")),
      ],
    ],
    [
      "a route under somebody else's component with the same inputs",
      [
        { ...publicAccess("open", ["GET /health"]), type: "acme:index:PublicAccess" },
        under("open", route("health", "GET /health")),
      ],
    ],
    [
      "a REST method of another HTTP method",
      [
        publicAccess("open", ["POST /health"]),
        under("open", method("health", "GET", { authorization: "NONE" })),
      ],
    ],
    [
      "a REST method whose httpMethod is unknown",
      [
        publicAccess("open", ["GET /health"]),
        under("open", method("health", UNKNOWN, { authorization: "NONE" })),
      ],
    ],
    ["a function URL by a path", [publicAccess("open", ["GET /"]), under("open", functionUrl("health"))]],
    ["the route of a component that lists none", goldenPath(null)],
    [
      "a component's route by the inputs of a PublicAccess",
      [
        {
          type: "api-guardrails:index:SecureHttpApi",
          name: "customers",
          properties: declaration(["GET /health"]),
        },
        under("customers", route("health", "GET /health")),
      ],
    ],
  ];
  test.each(opensNot)("doesn't open %s", async (_situation, resources) => {
    const found = await mandatory(resources);
    expect(found).toHaveLength(1);
    expect(found[0]?.resource).toBe("health");
    expect(found[0]?.message).not.toContain("Declared public");
  });

  test("opens only the operations of a body that it names", async () => {
    const resources = [
      publicAccess("open", ["GET /health"]),
      under("open", restApi("customers", { body: document("/health", "/customers") })),
    ];
    const found = await mandatory(resources);
    expect(summary(found)).toEqual([["openapi-operation-requires-authorization", "customers"]]);
    expect(found[0]?.message).toContain("GET /customers has no security.");
    expect(found[0]?.message).not.toContain("GET /health has");
  });

  /** Two findings with two fixes: on the declaration, and on the route. */
  const dontCount: readonly (readonly [
    situation: string,
    routes: unknown,
    changed: object,
    because: string,
  ])[] = [
    ["expired", ["GET /health"], { reviewBy: day(-1) }, `its review date ${day(-1)} has passed`],
    [
      "reviewed too late",
      ["GET /health"],
      { reviewBy: day(181) },
      `its review date ${day(181)} is more than 180 days ahead`,
    ],
    ["without a reason", ["GET /health"], { reason: null }, "its reason has fewer than 20 characters"],
    ["without an owner", ["GET /health"], { owner: null }, "it names no owner"],
    [
      "without a date",
      ["GET /health"],
      { reviewBy: null },
      'its reviewBy is not a date such as "2027-01-31"',
    ],
    ["with an unknown date", ["GET /health"], { reviewBy: UNKNOWN }, "its reviewBy is not known"],
    ["with an unknown owner", ["GET /health"], { owner: UNKNOWN }, "its owner is not known"],
    ["with an owner of a wrong type", ["GET /health"], { owner: { team: "edge" } }, "it names no owner"],
    ["without routes", null, {}, "it lists no routes"],
    ["with unknown routes", UNKNOWN, {}, "its routes are not known before the deployment"],
    ["with one unknown route", ["GET /health", UNKNOWN], {}, "one of its routes is not known"],
    ["with routes of a wrong type", "GET /health", {}, "it lists no routes"],
    [
      "with a misspelt route",
      ["GET /health", "health"],
      {},
      "1 of its routes is not spelled as METHOD /path",
    ],
  ];
  test.each(dontCount)(
    "that is %s opens nothing, and both say why",
    async (_situation, routes, changed, because) => {
      for (const levels of [{}, { "public-access-is-reviewed": "advisory" }] as const) {
        const [onDeclaration, onRoute, ...others] = await analyze(
          [publicAccess("open", routes, changed), under("open", route("health", "GET /health"))],
          { levels },
        );
        expect(others).toEqual([]);
        expect(onDeclaration).toMatchObject({ rule: "public-access-is-reviewed", resource: "open" });
        expect(onDeclaration?.message).toContain(`The declaration "open" opens nothing because ${because}`);
        expect(onRoute).toMatchObject({ rule: routeRule, level: "mandatory", resource: "health" });
        expect(onRoute?.message).toContain(
          `Declared public by "open", which doesn't count because ${because}`,
        );
      }
    },
  );

  test("that doesn't count in a component's list is named by its place", async () => {
    const found = await analyze(goldenPath([declaration(["GET /health"], { owner: "" })]));
    expect(summary(found)).toEqual([
      ["public-access-is-reviewed", "customers"],
      [routeRule, "health"],
    ]);
    expect(found[1]?.message).toContain(
      'Declared public by publicAccess[0] of "customers", which doesn\'t count because it names no owner.',
    );
  });

  test("that is unknown in a component opens none of its routes", async () => {
    const found = await analyze(goldenPath(UNKNOWN));
    expect(summary(found)).toEqual([
      ["public-access-is-reviewed", "customers"],
      [routeRule, "health"],
    ]);
    expect(found[1]?.message).toContain("publicAccess is not known before the deployment");
  });

  test("counts to the end of its day in UTC, whatever the time", async () => {
    const resources = [
      publicAccess("open", ["GET /health"], { reviewBy: "2026-06-01" }),
      under("open", route("health", "GET /health")),
    ];
    const at = (time: string) => mandatory(resources, { clock: () => new Date(time) });
    expect(await at("2026-06-01T23:59:59.999Z")).toEqual([]);
    expect(summary(await at("2026-06-02T00:00:00.000Z"))).toEqual([
      ["public-access-is-reviewed", "open"],
      [routeRule, "health"],
    ]);
    // Still the first of June in New York.
    expect(await at("2026-06-01T22:00:00-04:00")).toHaveLength(2);
  });

  test("that the organization hasn't approved still opens its routes, and is reported alone", async () => {
    const options = { "public-access-is-reviewed": { approved: [] } };
    const resources = [publicAccess("open", ["GET /health"]), under("open", route("health", "GET /health"))];
    expect(summary(await analyze(resources, { options }))).toEqual([["public-access-is-reviewed", "open"]]);
  });
});

describe("an exemption", () => {
  const covers: readonly (readonly [
    situation: string,
    resources: readonly Given[],
    exempted: Parameters<typeof exemption>,
  ])[] = [
    ["a route by its name", [route("health", "GET /health")], [routeRule, "health"]],
    [
      "a route by its URN",
      [route("health", "GET /health")],
      [routeRule, urnOf(route("health", "GET /health"), [])],
    ],
    [
      "a route by its URN where another has its name",
      [
        route("health", "GET /health"),
        publicAccess("twin", ["GET /twin"]),
        under("twin", route("health", "GET /twin")),
      ],
      [routeRule, urnOf(route("health", "GET /health"), [])],
    ],
    [
      "a name that is unique among the rule's types only",
      [httpApi("health"), route("health", "GET /health")],
      [routeRule, "health"],
    ],
    ["a REST method", [method("health", "GET", { authorization: "NONE" })], [methodRule, "health"]],
    ["a function URL", [functionUrl("url")], ["function-url-requires-iam", "url"]],
    ["a quick create", [httpApi("quick", { target: UNKNOWN })], ["http-api-forbids-quick-create", "quick"]],
    [
      "a WebSocket API without a $connect route",
      [webSocketApi("chat"), route("send", "send", {}, "chat")],
      ["endpoint-requires-authentication", "chat"],
    ],
    [
      "the listed routes of a body",
      [restApi("customers", { body: document("/health", "/status") })],
      ["openapi-operation-requires-authorization", "customers", { routes: ["GET /health", "GET /status"] }],
    ],
    [
      "a listed route of a component's child",
      [
        { type: "acme:index:Api", name: "customers" },
        under("customers", httpApi("lookups")),
        under("lookups", route("health", "GET /health", {}, "lookups")),
      ],
      [routeRule, "customers", { routes: ["GET /health"] }],
    ],
    [
      "a listed route of the body that a component makes",
      [
        { type: "aws-apigateway:index:RestAPI", name: "customers" },
        under("customers", restApi("customers", { body: document("/health") })),
      ],
      ["openapi-operation-requires-authorization", "customers", { routes: ["GET /health"] }],
    ],
    [
      "a listed route of a component and of the body it makes, under one rule",
      [
        {
          type: "aws-apigateway:index:RestAPI",
          name: "customers",
          properties: { routes: [{ path: "/health", method: "GET", eventHandler: {} }] },
        },
        under("customers", restApi("customers", { body: document("/health") })),
      ],
      ["gateway-component-requires-authorizers", "customers", { routes: ["GET /health"] }],
    ],
  ];
  test.each(covers)("covers %s", async (_situation, resources, [rule, resource, changed]) => {
    const exemptions = [exemption(rule, resource, changed)];
    expect(await analyze(resources, { preset: "strict", exemptions })).toEqual([]);
    expect(await mandatory(resources, { exemptions: [] })).not.toEqual([]);
  });

  const coversNot: readonly (readonly [
    situation: string,
    resources: readonly Given[],
    exempted: Parameters<typeof exemption>,
  ])[] = [
    ["another resource", [route("health", "GET /health")], [routeRule, "other"]],
    ["another rule's finding", [route("health", "GET /health")], [methodRule, "health"]],
    ["another project", [route("health", "GET /health")], [routeRule, "health", { project: "orders" }]],
    ["another stack", [route("health", "GET /health")], [routeRule, "health", { stacks: ["prod"] }]],
    ["a name that differs by case", [route("health", "GET /health")], [routeRule, "Health"]],
    [
      "a route that it doesn't list",
      [route("health", "GET /health")],
      [routeRule, "health", { routes: ["GET /"] }],
    ],
    [
      "a body, where it lists no routes",
      [restApi("health", { body: document("/health") })],
      ["openapi-operation-requires-authorization", "health"],
    ],
    [
      "a child, where it lists no routes",
      [{ type: "acme:index:Api", name: "customers" }, under("customers", route("health", "GET /health"))],
      [routeRule, "customers"],
    ],
    [
      "a resource beside the one it names",
      [{ type: "acme:index:Api", name: "customers" }, route("health", "GET /health")],
      [routeRule, "customers", { routes: ["GET /health"] }],
    ],
    [
      "a route whose key is unknown by a list",
      [route("health", UNKNOWN)],
      [routeRule, "health", { routes: ["GET /health"] }],
    ],
  ];
  test.each(coversNot)("doesn't cover %s", async (_situation, resources, [rule, resource, changed]) => {
    const found = await mandatory(resources, { exemptions: [exemption(rule, resource, changed)] });
    expect(found).toHaveLength(1);
    expect(found[0]?.resource).toBe("health");
    expect(found[0]?.message).not.toContain("Exempted by");
  });

  test("covers some operations of a body and leaves the others", async () => {
    const exemptions = [
      exemption("openapi-operation-requires-authorization", "customers", { routes: ["GET /health"] }),
    ];
    const found = await analyze([restApi("customers", { body: document("/health", "/customers") })], {
      exemptions,
    });
    expect(summary(found)).toEqual([["openapi-operation-requires-authorization", "customers"]]);
    expect(found[0]?.message).toContain("GET /customers has no security.");
    expect(found[0]?.message).not.toContain("GET /health has");
  });

  test("one that counts is enough beside one that doesn't", async () => {
    const exemptions = [
      exemption(routeRule, "health", { reviewBy: day(-1) }),
      exemption(routeRule, "health"),
    ];
    expect(await analyze([route("health", "GET /health")], { exemptions })).toEqual([]);
  });

  test("doesn't count while the policy that owns the list is disabled", async () => {
    const exemptions = [exemption(routeRule, "health")];
    const levels = { "exemption-is-current": "disabled" } as const;
    const found = await analyze([route("health", "GET /health")], { exemptions, levels });
    expect(summary(found)).toEqual([[routeRule, "health"]]);
  });

  test("counts where that policy only advises", async () => {
    const exemptions = [exemption(routeRule, "health")];
    const levels = { "exemption-is-current": "advisory" } as const;
    expect(await analyze([route("health", "GET /health")], { exemptions, levels })).toEqual([]);
  });

  test("is needed for a finding even where its rule is disabled: it matches something", async () => {
    const exemptions = [exemption(routeRule, "health")];
    const levels = { [routeRule]: "disabled" } as const;
    expect(await analyze([route("health", "GET /health")], { exemptions, levels })).toEqual([]);
  });

  test("is held against maxReviewDays", async () => {
    const options = { "exemption-is-current": { maxReviewDays: 30 } };
    const withReview = (reviewBy: string) =>
      analyze([route("health", "GET /health")], {
        options,
        exemptions: [exemption(routeRule, "health", { reviewBy })],
      });
    expect(await withReview(day(30))).toEqual([]);
    expect(await withReview(day(31))).toMatchObject([
      { rule: routeRule, message: expect.stringContaining("more than 30 days ahead") },
    ]);
  });
});
