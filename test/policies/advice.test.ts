import { describe, expect, test } from "vitest";
import type { ExemptionArgs, GuardrailsArgs } from "../../policies/src";
import { agent } from "./agent-resources";
import { analyze, type Given, type Reported, UNKNOWN } from "./analyze";
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
  test.each(open)("%s", async (_situation, resources, options = {}) => {
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
