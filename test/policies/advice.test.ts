import { describe, expect, test } from "vitest";
import type { ExemptionArgs, GuardrailsArgs } from "../../policies/src";
import { agent } from "./agent-resources";
import { analyze, type Given, levelsAround, type Reported, UNKNOWN, urnOf } from "./analyze";
import { methodOf } from "./authorizer-resources";
import {
  anyone,
  authenticating,
  forwarding,
  listener,
  listenerRule,
  loadBalancer,
  targetGroup,
} from "./edge-resources";
import { latticeService } from "./lattice-resources";
import { allow, lambdaPolicy, permission, policy, restApiPolicy } from "./policy-resources";
import {
  channelNamespace,
  day,
  declaration,
  eventApi,
  functionUrl,
  graphqlApi,
  httpApi,
  integration,
  method,
  publicAccess,
  restApi,
  restResource,
  route,
  template,
  under,
  webSocketApi,
} from "./resources";
import { stage, stageV2 } from "./traffic-resources";

const document = (...paths: readonly string[]) =>
  JSON.stringify({
    openapi: "3.0.1",
    info: { title: "customers", version: "1" },
    paths: Object.fromEntries(paths.map((path) => [path, { get: {} }])),
  });
const component = (name: string, type = "acme:index:Api", properties: object = {}): Given => ({
  type,
  name,
  properties: { ...properties },
});

/** What a reader writes in place of dots. */
const filled = (code: string, path = "/health") =>
  code
    .replaceAll('reason: "..."', 'reason: "load balancer health probe, returns no data"')
    .replaceAll('"reason": "..."', '"reason": "load balancer health probe, returns no data"')
    .replaceAll('"..."', '"team-edge"')
    .replaceAll("YYYY-MM-DD", day(90))
    .replaceAll(" /...", ` ${path}`);

/** The code under the ways out that a message tells, in the reader's own words. */
function codesOf({ message }: Reported, path?: string): readonly string[] {
  const lines = message.split("\n");
  return lines.flatMap((line, index) => {
    const code = lines[index + 1];
    return /^ {2}or, .*:$/.test(line) && code?.startsWith("    ") ? [filled(code.trim(), path)] : [];
  });
}

type Program = { readonly resources: readonly Given[]; readonly exemptions: readonly ExemptionArgs[] };

/** A program after what a message told its reader was done. */
function followed({ resources, exemptions }: Program, { resource }: Reported, code: string): Program {
  const subject = resources.find(({ name }) => name === resource);
  if (!subject) throw new Error(`there is no resource "${resource}"`);
  const changed = (changes: Partial<Given>) =>
    resources.flatMap((one) => (one === subject ? [{ ...one, ...changes }] : [one]));
  const wrapped =
    /^\{ parent: new PublicAccess\("(.*?)", (\{.*?\})(?:, \{ parent: (?:this|\.\.\.) \})?\) \}$/.exec(code);
  if (wrapped) {
    const [, name = "", inputs] = wrapped;
    // The declaration is registered before its child, and stands where that stood.
    const { parent } = subject;
    const declaration: Given = {
      type: "api-guardrails:index:PublicAccess",
      name,
      properties: read(inputs),
      ...(code.includes("}, { parent: ") && parent !== undefined && { parent }),
    };
    const place = resources.indexOf(subject);
    const moved = changed({ parent: name });
    return { resources: [...moved.slice(0, place), declaration, ...moved.slice(place)], exemptions };
  }
  if (code.startsWith('{ "rule"')) return { resources, exemptions: [...exemptions, JSON.parse(code)] };
  // Inputs of the declaration that is the parent.
  const inputs = read(`{ ${code} }`);
  const mended = resources.map((one) =>
    one.name === subject.parent ? { ...one, properties: { ...one.properties, ...inputs } } : one,
  );
  return { resources: mended, exemptions };
}

const read = (code = "{}"): Record<string, unknown> => new Function(`return (${code});`)();

/** All of them violate a rule because somebody gets in. */
const open: readonly (readonly [
  situation: string,
  resources: readonly Given[],
  options?: GuardrailsArgs["options"],
])[] = [
  ["a route", [route("health", "GET /health")]],
  ["a $default route", [route("health", "$default")]],
  [
    "a $default route that is left to the stack",
    [
      webSocketApi("chat"),
      route("connect", "$connect", { authorizationType: "AWS_IAM" }, "chat"),
      httpApi("lookups"),
      route("health", "$default", {}, "lookups"),
    ],
  ],
  ["a $connect route", [route("connect", "$connect")]],
  ["a WebSocket API without a $connect route", [webSocketApi("chat"), route("send", "send", {}, "chat")]],
  [
    "a method",
    [restApi("customers"), restResource("path", "health", "customers"), method("health", "GET", {}, "path")],
  ],
  ["a function URL", [functionUrl("url")]],
  ["a quick create", [httpApi("quick", { target: UNKNOWN })]],
  ["a GraphQL API with a key", [graphqlApi("graphql", { authenticationType: "API_KEY" })]],
  ["an event API with a key", [eventApi("events", { defaultPublishAuthModes: [{ authType: "API_KEY" }] })]],
  [
    "a channel namespace with a key",
    [channelNamespace("rooms", { subscribeAuthModes: [{ authType: "API_KEY" }] })],
  ],
  ["an agent gateway", [agent("Gateway", "tools", { authorizerType: "NONE" })]],
  ["a Lattice service", [latticeService("orders", { authType: "NONE" })]],
  [
    "an optional login",
    [
      anyone,
      loadBalancer("web"),
      targetGroup,
      listener("https", "web", [
        {
          type: "authenticate-oidc",
          authenticateOidc: { issuer: "https://login.example.com", onUnauthenticatedRequest: "allow" },
        },
        forwarding,
      ]),
    ],
  ],
  [
    "a listener that only forwards",
    [anyone, loadBalancer("web"), targetGroup, listener("https", "web")],
    { "load-balancer-requires-authentication": { requireOn: ["all"] } },
  ],
  [
    "a listener rule that only forwards",
    [
      anyone,
      loadBalancer("web"),
      targetGroup,
      listener("https", "web", [authenticating, forwarding]),
      listenerRule("orders", "https", [forwarding]),
    ],
    { "load-balancer-requires-authentication": { requireOn: ["all"] } },
  ],
  ["a body", [restApi("customers", { body: document("/health", "/status") })]],
  ["an HTTP API's body", [httpApi("customers", { body: document("/health") })]],
  [
    "a component of aws-apigateway",
    [
      component("customers", "aws-apigateway:index:RestAPI", {
        routes: [{ path: "/health", method: "GET", eventHandler: {} }],
      }),
    ],
  ],
  [
    "a template",
    [
      template({
        templateBody: JSON.stringify({
          Resources: { Url: { Type: "AWS::Lambda::Url", Properties: { AuthType: "NONE" } } },
        }),
      }),
    ],
  ],
  [
    "a Cloud Control state",
    [
      {
        type: "aws:cloudcontrol/resource:Resource",
        name: "url",
        properties: { typeName: "AWS::Lambda::Url", desiredState: JSON.stringify({ AuthType: "NONE" }) },
      },
    ],
  ],
  [
    "an OPTIONS that reaches a backend",
    [
      restApi("customers"),
      method("preflight", "OPTIONS", {}, "customers"),
      integration("answer", { httpMethod: "OPTIONS", type: "AWS_PROXY" }, "customers"),
    ],
  ],
  [
    "a policy of a function that names nobody",
    [lambdaPolicy("anyone", JSON.stringify(policy(allow({ Action: "lambda:InvokeFunctionUrl" }))))],
  ],
  [
    "a permission for a function URL",
    [
      permission("anyone", {
        action: "lambda:InvokeFunctionUrl",
        principal: "*",
        functionUrlAuthType: "NONE",
      }),
    ],
  ],
  [
    "a REST API's policy before methods of IAM",
    [
      restApi("customers"),
      methodOf("customers", method("health", "GET", { authorization: "AWS_IAM" }, "customers")),
      restApiPolicy("anyone", JSON.stringify(policy(allow({ Action: "execute-api:Invoke" }))), "customers"),
    ],
  ],
];

/** Everything that stands at the top gets a parent. */
const below = (parent: Given, given: readonly Given[]): readonly Given[] => [
  parent,
  ...given.map((one) => (one.parent === undefined ? under(parent.name, one) : one)),
];
const places: readonly (readonly [
  where: string,
  placed: (given: readonly Given[]) => readonly Given[],
  ways: RegExp,
])[] = [
  ["at the top of the program", (given) => given, /^\{ parent: new PublicAccess\("[^"]*", \{[^{}]*\}\) \}$/],
  [
    "under a component of the program",
    (given) => below(component("shop"), given),
    /, \{ parent: this \}\) \}$/,
  ],
  ["under another resource", (given) => below(restApi("shop"), given), /, \{ parent: \.\.\. \}\) \}$/],
  [
    "under a later component of this project",
    (given) => below(component("shop", "api-guardrails:index:SomeLaterApi"), given),
    /^publicAccess: \[/,
  ],
  ["under a component of awsx", (given) => below(component("shop", "awsx:x:Api"), given), /^\{ "rule": /],
];

/** What a message says besides an exemption has to be let through as it stands. */
async function follow(program: Program, reported: Reported, code: string, args: GuardrailsArgs = {}) {
  const after = followed(program, reported, code);
  return analyze(after.resources, { preset: "strict", ...args, exemptions: after.exemptions });
}

describe.each(places)("whoever follows what a message says is let through: %s", (_where, placed, ways) => {
  test.each(open.map(([situation, ...row]) => [situation, row] as const))("%s", async (_situation, row) => {
    const [resources, options = {}] = row;
    const program: Program = { resources: placed(resources), exemptions: [] };
    const found = await analyze(program.resources, { preset: "strict", options });
    expect(found).toHaveLength(1);
    for (const reported of found) {
      const codes = codesOf(reported);
      const declared = codes.filter((code) => !code.startsWith('{ "rule"'));
      if (declared.length > 0) expect(declared).toEqual([expect.stringMatching(ways)]);
      expect(codes).not.toEqual([]);
      for (const code of codes) expect(await follow(program, reported, code, { options })).toEqual([]);
    }
  });
});

/** What stands under a declaration that doesn't cover it. */
const undeclared: readonly (readonly [situation: string, resources: readonly Given[], code: string])[] = [
  [
    "a declaration that has expired",
    [
      publicAccess("open", ["GET /health"], { reviewBy: day(-1) }),
      under("open", route("health", "GET /health")),
    ],
    'reviewBy: "YYYY-MM-DD"',
  ],
  [
    "a declaration whose review is too far ahead, of a method",
    [
      restApi("customers"),
      restResource("path", "health", "customers"),
      publicAccess("open", ["GET /health"], { reviewBy: day(200) }),
      under("open", method("health", "GET", {}, "path")),
    ],
    'reviewBy: "YYYY-MM-DD"',
  ],
  [
    "a declaration without an owner and a reason",
    [publicAccess("open", ["$default"], { owner: "", reason: "" }), under("open", functionUrl("url"))],
    'reason: "...", owner: "..."',
  ],
  [
    "a declaration whose routes are unknown",
    [publicAccess("open", UNKNOWN), under("open", route("health", "GET /health"))],
    'routes: ["GET /health"]',
  ],
  [
    "a declaration that can't be read at all",
    [
      { type: "api-guardrails:index:PublicAccess", name: "open", properties: {} },
      under("open", route("health", "GET /health")),
    ],
    'routes: ["GET /health"], reason: "...", owner: "...", reviewBy: "YYYY-MM-DD"',
  ],
  [
    "a declaration of another route",
    [
      publicAccess("open", ["GET /status"]),
      under("open", route("status", "GET /status")),
      under("open", route("health", "GET /health")),
    ],
    'routes: ["GET /status", "GET /health"]',
  ],
  [
    "a declaration that spells the route with a slash at its end",
    [publicAccess("open", ["GET /health/"]), under("open", route("health", "GET /health"))],
    'routes: ["GET /health"]',
  ],
  [
    "a declaration that names other parameters",
    [
      publicAccess("open", ["GET /{id}"]),
      under("open", restApi("customers", { body: document("/{customerId}") })),
    ],
    'routes: ["GET /{customerId}"]',
  ],
  [
    "a declaration of another method",
    [
      restApi("customers"),
      restResource("path", "health", "customers"),
      publicAccess("open", ["POST /health"]),
      under("open", method("change", "POST", {}, "path")),
      under("open", method("health", "GET", {}, "path")),
    ],
    'routes: ["POST /health", "GET /..."]',
  ],
];

test.each(undeclared)("a declaration is mended where it stands: %s", async (_situation, resources, code) => {
  const program: Program = { resources, exemptions: [] };
  const found = await analyze(resources, { preset: "strict" });
  const reported = found.find(({ rule }) => rule !== "public-access-is-reviewed");
  if (!reported) throw new Error("nothing is open");
  expect(reported.message).toContain(
    `\n  or, if it is meant to be public, write in the PublicAccess "open", its parent:\n    ${code}\n`,
  );
  expect(reported.message).not.toContain("new PublicAccess");
  const [own = ""] = codesOf(reported);
  expect(await follow(program, reported, own)).toEqual([]);
});

describe("a route that its declaration doesn't stand over", () => {
  test("is told of the declaration, where that has no child yet", async () => {
    const [reported] = await analyze([publicAccess("open", ["GET /health"]), route("health", "GET /health")]);
    expect(reported?.message).toContain('\nThe declaration "open" names it, but isn\'t its parent.\n');
  });

  test("is told of none that covers another one", async () => {
    const [reported] = await analyze([
      publicAccess("open", ["GET /health"]),
      under("open", route("first", "GET /health")),
      route("health", "GET /health"),
    ]);
    expect(reported?.message).not.toContain("isn't its parent");
  });
});

describe("what can't be named can't be declared", () => {
  test.each([
    ["a route whose key is unknown", [route("health", UNKNOWN)]],
    ["a method whose httpMethod is unknown", [method("health", UNKNOWN)]],
    [
      "a part of a template that only CloudFormation computes",
      [
        template({
          templateBody: JSON.stringify({
            Resources: {
              Api: {
                Type: "AWS::ApiGateway::RestApi",
                Properties: { Body: { "Fn::Transform": { Name: "AWS::Include" } } },
              },
            },
          }),
        }),
      ],
    ],
  ])("%s", async (_situation, resources) => {
    const [reported] = await analyze(resources);
    expect(reported?.level).toBe("mandatory");
    expect(reported?.message).not.toMatch(/PublicAccess|"rule"|METHOD/);
  });

  test("but what beside it has a name", async () => {
    const routes = [
      { path: "/health", method: "GET", eventHandler: {} },
      { path: UNKNOWN, method: "GET", eventHandler: {} },
    ];
    const [reported] = await analyze([component("customers", "aws-apigateway:index:RestAPI", { routes })]);
    expect(reported?.message).toContain('"routes": ["GET /health"], ');
  });
});

/** The golden paths as they register themselves and their children. */
const golden = (
  kind: "SecureHttpApi" | "SecureRestApi" | "SecureWebSocketApi",
  routes: readonly string[],
  declared: readonly object[],
  child: Given,
  properties: object = {},
): readonly Given[] => [
  component("customers", `api-guardrails:index:${kind}`, {
    routes,
    publicAccess: declared,
    lockdown: "none",
    ...properties,
  }),
  under("customers", child),
];
const expired = (...routes: readonly string[]) =>
  routes.map((one) => declaration([one], { reviewBy: day(-1) }));

describe("a golden path's own route is closed and opened in its arguments", () => {
  test.each<
    readonly [situation: string, resources: readonly Given[], fix: string, otherwise: readonly string[]]
  >([
    [
      "an HTTP route whose review date has passed",
      golden(
        "SecureHttpApi",
        ["GET /health"],
        expired("GET /health"),
        route("customers-GET-health-74fac65f", "GET /health"),
      ),
      'routes: { "GET /health": { ..., access: publicAccess({ ..., reviewBy: "YYYY-MM-DD" }) } }   // in the arguments of "customers"',
      ["  or, if it needn't be public any more, write an authorization in place of access."],
    ],
    [
      "a method whose review date has passed, beside one whose hasn't",
      golden(
        "SecureRestApi",
        ["GET /health", "POST /health", "GET /customers"],
        [...expired("GET /health"), declaration(["POST /health"])],
        method("customers-GET-health-74fac65f", "GET"),
      ),
      'routes: { "GET /health": { ..., access: publicAccess({ ..., reviewBy: "YYYY-MM-DD" }) } }   // in the arguments of "customers"',
      ["  or, if it needn't be public any more, write an authorization in place of access."],
    ],
    [
      "an operation of a document",
      golden(
        "SecureRestApi",
        ["GET /health", "GET /status"],
        [...expired("GET /health"), declaration(["GET /status"])],
        restApi("customers", { body: document("/health", "/status") }),
      ),
      'openApi: { ..., operations: { "GET /health": { ..., access: publicAccess({ ..., reviewBy: "YYYY-MM-DD" }) } } }   // in the arguments of "customers"',
      [
        "  or, if it needn't be public any more, leave access out, and the empty security out of the document.",
      ],
    ],
    [
      "$connect, in another language's component, without an owner",
      golden(
        "SecureWebSocketApi",
        ["$connect"],
        [declaration(["$connect"], { owner: "" })],
        route("customers-connect-e45aaf73", "$connect"),
      ),
      'access: publicAccess({ ..., owner: "..." })   // in the arguments of "customers"',
      ["  or, if it needn't be public any more, write an authorization in place of access."],
    ],
    [
      "a route that a transform of the stack opened",
      golden("SecureHttpApi", ["GET /health"], [], route("customers-GET-health-74fac65f", "GET /health")),
      'let no transform of the stack, or of a parent of "customers", change who may call it: "customers" asks for an authorization there',
      [
        '  or, if it is meant to be public, say so in the arguments of "customers":',
        '    routes: { "GET /health": { ..., access: publicAccess({ reason: "...", owner: "...", reviewBy: "YYYY-MM-DD" }) } }',
      ],
    ],
    [
      "a method that a transform of the stack opened",
      golden(
        "SecureRestApi",
        ["GET /health", "POST /customers"],
        [],
        method("customers-GET-health-74fac65f", "GET"),
      ),
      'let no transform of the stack, or of a parent of "customers", change who may call it: "customers" asks for an authorization there',
      [
        '  or, if it is meant to be public, say so in the arguments of "customers":',
        '    routes: { "GET /health": { ..., access: publicAccess({ reason: "...", owner: "...", reviewBy: "YYYY-MM-DD" }) } }',
      ],
    ],
    [
      "one of several such methods",
      golden(
        "SecureRestApi",
        ["GET /health", "GET /customers"],
        [],
        method("customers-GET-health-74fac65f", "GET"),
      ),
      'let no transform of the stack, or of a parent of "customers", change who may call it: "customers" asks for an authorization there',
      [
        '  or, if it is meant to be public, say so in the arguments of "customers":',
        '    routes: { "GET /...": { ..., access: publicAccess({ reason: "...", owner: "...", reviewBy: "YYYY-MM-DD" }) } }',
      ],
    ],
    [
      "a route that the program itself put under the component",
      golden("SecureHttpApi", ["GET /health"], [], route("status", "GET /status")),
      'authorizationType: "JWT", authorizerId: authorizer.id   // or "AWS_IAM", or "CUSTOM" with a Lambda authorizer',
      [
        '  or, if it is meant to be public, declare it as the parent, under "customers":',
        '    { parent: new PublicAccess("status-public", { routes: ["GET /status"], reason: "...", owner: "...", reviewBy: "YYYY-MM-DD" }, { parent: ... }) }',
      ],
    ],
    [
      "a method that the program itself put under the component",
      golden("SecureRestApi", ["GET /health"], [], method("status", "GET")),
      'authorization: "AWS_IAM"   // or "COGNITO_USER_POOLS" or "CUSTOM", with authorizerId: authorizer.id',
      [
        '  or, if it is meant to be public, declare it as the parent, under "customers", with its path, which a method by itself doesn\'t show:',
        '    { parent: new PublicAccess("status-public", { routes: ["GET /..."], reason: "...", owner: "...", reviewBy: "YYYY-MM-DD" }, { parent: ... }) }',
      ],
    ],
    [
      "one whose name begins as the component's",
      golden("SecureHttpApi", ["GET /health"], [], route("customers-status", "GET /status")),
      'authorizationType: "JWT", authorizerId: authorizer.id   // or "AWS_IAM", or "CUSTOM" with a Lambda authorizer',
      [
        '  or, if it is meant to be public, declare it as the parent, under "customers":',
        '    { parent: new PublicAccess("customers-status-public", { routes: ["GET /status"], reason: "...", owner: "...", reviewBy: "YYYY-MM-DD" }, { parent: ... }) }',
      ],
    ],
  ])("%s", async (_situation, resources, fix, otherwise) => {
    const found = await analyze(resources);
    const { message = "" } = found.find(({ rule }) => rule !== "public-access-is-reviewed") ?? {};
    const lines = message.split("\n");
    const start = lines.indexOf(`Fix: ${fix}`);
    expect(start).toBeGreaterThan(0);
    expect(lines.slice(start + 1, -1)).toEqual(otherwise);
  });
});

describe("a fix of what a golden path made names its arguments", () => {
  const byToken = { authorizationType: "JWT", authorizerId: UNKNOWN };
  const line =
    '\n  In the arguments of "customers", authorizationScopes is scopes, of the route or of its Authorization.\n';

  test("for a route that takes any token", async () => {
    const [reported] = await analyze(
      golden(
        "SecureHttpApi",
        ["GET /orders"],
        [],
        route("customers-GET-orders-1a2b3c4d", "GET /orders", byToken),
      ),
    );
    expect(reported?.rule).toBe("authorization-requires-scopes");
    expect(reported?.message).toContain(line);
  });

  test.each<readonly [rule: string, resources: readonly Given[], names: readonly string[]]>([
    [
      "stage-is-throttled",
      golden("SecureHttpApi", [], [], stageV2("customers", { name: "$default" })),
      ["throttlingRateLimit is throttle.rateLimit", "throttlingBurstLimit is throttle.burstLimit"],
    ],
    [
      "stage-is-throttled",
      golden("SecureRestApi", [], [], stage("customers")),
      ["throttlingRateLimit is throttle.rateLimit", "throttlingBurstLimit is throttle.burstLimit"],
    ],
    [
      "stage-is-throttled",
      golden("SecureWebSocketApi", [], [], stageV2("customers", { name: "live" })),
      ["throttlingRateLimit is throttle.rateLimit", "throttlingBurstLimit is throttle.burstLimit"],
    ],
    [
      "rest-stage-has-a-firewall",
      golden("SecureRestApi", [], [], stage("customers")),
      ["webAclArn is waf.webAclArn; without waf, the API has a web ACL of its own"],
    ],
    [
      "request-is-validated",
      golden(
        "SecureRestApi",
        ["POST /customers"],
        [],
        method("customers-POST-customers-1a2b3c4d", "POST", { authorization: "AWS_IAM" }),
      ),
      ["requestModels is body, of the route"],
    ],
  ])("for %s", async (rule, resources, names) => {
    const [reported] = await analyze(resources, { levels: { ...levelsAround(rule), [rule]: "advisory" } });
    const { message = "" } = reported ?? {};
    const lines = message.split("\n").filter((one) => one.startsWith("  In the arguments of"));
    expect(lines).toEqual(names.map((name) => `  In the arguments of "customers", ${name}.`));
  });

  test.each([
    [
      "of a route that the program put there",
      golden("SecureHttpApi", [], [], route("orders", "GET /orders", byToken)),
    ],
    [
      "of a route under another component",
      [component("customers"), under("customers", route("customers-orders", "GET /orders", byToken))],
    ],
    ["of a route at the top", [route("customers-orders", "GET /orders", byToken)]],
  ])("but not %s", async (_situation, resources) => {
    const [reported] = await analyze(resources);
    expect(reported?.rule).toBe("authorization-requires-scopes");
    expect(reported?.message).not.toContain("In the arguments of");
  });
});

test("the body that a component of aws-apigateway writes is closed in the component's routes", async () => {
  const resources = [
    component("customers", "aws-apigateway:index:RestAPI"),
    under("customers", restApi("customers", { body: document("/health") })),
  ];
  const [reported] = await analyze(resources);
  expect(reported?.message).toContain(
    '\nFix: iamAuthEnabled: true   // or authorizers: [authorizer], on the route itself of "customers"\n',
  );
});

describe("the fix of what only the whole stack shows is that of its kind", () => {
  test.each<readonly [situation: string, resources: readonly Given[], fix: RegExp]>([
    [
      "a $default route of an HTTP API beside a WebSocket API",
      [
        webSocketApi("chat"),
        route("connect", "$connect", { authorizationType: "AWS_IAM" }, "chat"),
        httpApi("lookups"),
        route("health", "$default", {}, "lookups"),
      ],
      /^Fix: authorizationType: "JWT"/m,
    ],
    [
      "a WebSocket API without a $connect route",
      [webSocketApi("chat"), route("send", "send", {}, "chat")],
      /^Fix: new aws\.apigatewayv2\.Route\("connect", \{ apiId: api\.id, routeKey: "\$connect", authorizationType: "AWS_IAM", target \}\)/m,
    ],
    [
      "a $connect route that is shown at the end only",
      [webSocketApi("chat"), { ...route("connect", "$connect", {}, "chat"), onlyInStack: true }],
      /^Fix: authorizationType: "AWS_IAM" {3}\/\/ or "CUSTOM"/m,
    ],
    [
      "a method that is shown at the end only",
      [restApi("customers"), { ...method("health", "GET", {}, "customers"), onlyInStack: true }],
      /^Fix: authorization: "AWS_IAM"/m,
    ],
    [
      "a function URL that is shown at the end only",
      [{ ...functionUrl("url"), onlyInStack: true }],
      /^Fix: authorizationType: "AWS_IAM" {3}\/\/ or put the function/m,
    ],
    [
      "an API with a body that is shown at the end only",
      [{ ...restApi("customers", { body: document("/health") }), onlyInStack: true }],
      /^Fix: give the endpoint an authorizer/m,
    ],
  ])("%s", async (_situation, resources, fix) => {
    const found = await analyze(resources);
    const own = found.filter(({ rule }) => rule === "endpoint-requires-authentication");
    expect(own).toHaveLength(1);
    expect(own[0]?.message).toMatch(fix);
  });

  test("a method whose path the stack shows is declared with it", async () => {
    const resources = [
      restApi("customers"),
      restResource("path", "health", "customers"),
      { ...method("health", "GET", {}, "path"), onlyInStack: true },
    ];
    const [found] = await analyze(resources);
    expect(found?.message).toContain('{ routes: ["GET /health"], ');
    expect(found?.message).not.toContain("doesn't show");
  });
});

test.each([
  [
    "an event API",
    eventApi("events", { defaultPublishAuthModes: [{ authType: "API_KEY" }] }),
    "defaultPublishAuthModes: [{",
  ],
  [
    "a channel namespace",
    channelNamespace("rooms", { publishAuthModes: [{ authType: "API_KEY" }] }),
    "publishAuthModes: [{",
  ],
])("the modes of %s are told by their names", async (_situation, given, fix) => {
  const [found] = await analyze([given]);
  expect(found?.message).toContain(`\nFix: ${fix} authType: "AWS_IAM" }]`);
});

test.each([
  [
    "unread-infrastructure-is-named",
    template({ templateUrl: "https://templates.s3.amazonaws.com/api.yaml" }),
  ],
  [
    "load-balancer-authentication-holds",
    listener("https", "web", [authenticating, forwarding], {
      mutualAuthentication: { mode: "verify", ignoreClientCertificateExpiry: true },
    }),
  ],
])("what %s says to exempt is exempted as it is written", async (rule, given) => {
  const resources = [anyone, loadBalancer("web"), targetGroup, given];
  const found = await analyze(resources, { preset: "strict" });
  expect(found).toMatchObject([{ rule }]);
  for (const reported of found) {
    const [code = ""] = codesOf(reported);
    expect(await follow({ resources, exemptions: [] }, reported, code)).toEqual([]);
  }
});

test("what has the name of another resource is exempted by its URN", async () => {
  const resources = [
    component("shop", "awsx:x:Api"),
    under("shop", route("health", "GET /health", { authorizationType: "AWS_IAM" })),
    component("market", "awsx:x:Market"),
    { ...under("market", route("health", "GET /health")) },
  ];
  const found = await analyze(resources);
  const [code = ""] = codesOf(found[0] as Reported);
  expect(JSON.parse(code).resource).toBe(urnOf(resources[3] as Given, resources));
  expect(await analyze(resources, { exemptions: [JSON.parse(code)] })).toEqual([]);
});
