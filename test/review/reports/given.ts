import type { UsedException } from "../../../review/src/packs/used-exceptions";
import type { PreviewedPack, PreviewResult, Violation } from "../../../review/src/preview";

export const urn = (type: string, name: string) => `urn:pulumi:prod::customers::${type}::${name}`;
export const route = "aws:apigatewayv2/route:Route";
export const stack = "pulumi:pulumi:Stack";

function resource(type: string, name: string, values: object = {}): PreviewResult["resources"][number] {
  return {
    urn: urn(type, name),
    type,
    name,
    parent: type === stack ? "" : urn(stack, "customers-prod"),
    properties: { ...values },
    outputs: { ...values },
    options: {
      protect: false,
      ignoreChanges: [],
      aliases: name === "lookup" ? [urn(route, "former")] : [],
      additionalSecretOutputs: [],
      deleteBeforeReplace: undefined,
      customTimeouts: { create: 0, update: 0, delete: 0, read: 0 },
    },
    provider: undefined,
    dependencies: [],
    propertyDependencies: {},
    callSites: [],
    source: undefined,
  };
}

export const violation = (given: Partial<Violation> = {}): Violation => ({
  policy: "http-route-requires-authorization",
  pack: "guardrails",
  version: "1.2.3",
  level: "mandatory",
  severity: "critical",
  message:
    "HTTP API routes require authorization.\nGET /customers has authorizationType NONE.\n\nFix: set it.",
  urn: urn(route, "lookup"),
  type: route,
  name: "lookup",
  ...given,
});

export const pack = (given: Partial<PreviewedPack> = {}): PreviewedPack => ({
  name: "guardrails",
  version: "1.2.3",
  directory: "/somewhere/policies",
  settings: {},
  told: [],
  judged: "everything",
  policies: { enabled: 3, disabled: 0 },
  notRun: [],
  notJudged: undefined,
  enabledPolicies: [],
  ...given,
});

export const advice = violation({
  policy: "api-is-documented",
  level: "advisory",
  severity: undefined,
  message: "Describe it.",
});

export function result(given: Partial<PreviewResult> = {}): PreviewResult {
  const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: "hunter2" };
  return {
    project: {
      name: "customers",
      rootDirectory: "/somewhere",
      programDirectory: "/somewhere",
      entryPoint: ".",
      stack: "prod",
      organization: "acme",
      config: { "customers:token": "hunter2" },
      secretKeys: ["customers:token"],
      notices: [],
      nodeOptions: { typescript: true, tsconfig: undefined, nodeargs: [] },
      acceptances: [],
      environmentVariables: {},
      secretVariables: [],
      settings: {
        ...{ file: undefined, acceptUnseen: [], fixtures: undefined, replacesSecrets: false },
        ...{ lookAhead: undefined, stacks: {} },
      },
    },
    packs: [pack()],
    violations: [],
    resources: [
      resource(stack, "customers-prod", { url: "hunter2" }),
      resource("pulumi:providers:aws", "default_7_48_0", { secretKey: secret }),
      resource(route, "lookup", { routeKey: "GET /customers", target: secret, description: "hunter2" }),
    ],
    ahead: [[resource(route, "late", { routeKey: "hunter2" })]],
    problems: [],
    failedAt: undefined,
    unseen: [],
    notices: [],
    exceptions: [],
    log: [{ severity: "info", message: "hunter2" }],
    output: "",
    exitCode: 0,
    ...given,
  };
}

export const used = (route: string | undefined, given: Partial<UsedException> = {}): UsedException => ({
  kind: "declaration",
  pack: "guardrails",
  version: "1.2.3",
  policies: ["http-route-requires-authorization"],
  covers: "route",
  route,
  urn: urn("aws:apigatewayv2/route:Route", "health"),
  type: "aws:apigatewayv2/route:Route",
  name: "health",
  where: 'publicAccess[0] of "customers"',
  declaredBy: urn("api-guardrails:index:SecureHttpApi", "customers"),
  reason: "load balancer health probe, returns no data",
  owner: "team-edge",
  reviewBy: "2027-01-31",
  ...given,
});
export const exempted = (route: string | undefined, given: Partial<UsedException> = {}) =>
  used(route, { kind: "exemption", where: "exemptions[0]", declaredBy: undefined, ...given });
