import { createRequire } from "node:module";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { guardrails, rules } from "../../policies/src";
import { noiseBeside } from "../robustness/noise";
import { analyze, secret, UNKNOWN } from "./analyze";

const require = createRequire(import.meta.url);
const server = require("@pulumi/policy/server");
const messages = require("@pulumi/pulumi/proto/analyzer_pb");
const { Struct } = require("google-protobuf/google/protobuf/struct_pb");

type Properties = Readonly<Record<string, unknown>>;

/** What a rule under the level `remediate` makes of a resource, as the SDK tells the engine; undefined if it changes nothing. */
function remediated(rule: string, type: string, properties: Properties): Promise<Properties | undefined> {
  const { policies, initialConfig } = guardrails({ levels: { [rule]: "remediate" } });
  const ofLevel = policies.map((policy) => {
    const settings = initialConfig[policy.name];
    const enforcementLevel = typeof settings === "object" ? settings.enforcementLevel : settings;
    return Object.create(policy, { enforcementLevel: { value: enforcementLevel } });
  });
  const request = new messages.AnalyzeRequest();
  request.setType(type);
  request.setName("api");
  request.setUrn(`urn:pulumi:dev::customers::${type}::api`);
  request.setProperties(Struct.fromJavaScript(properties));
  request.setOptions(new messages.AnalyzerResourceOptions());
  const remediate = server.makeRemediateRpcFun("api-guardrails", "0.0.0", "mandatory", ofLevel);
  return new Promise((done, fail) => {
    remediate({ request }, (error: Error | null, response: { getRemediationsList(): Remediation[] }) => {
      if (error) return fail(error);
      const changes = response.getRemediationsList();
      expect(changes.map((change) => change.getDiagnostic())).toEqual(changes.map(() => ""));
      done(changes.at(-1)?.getProperties().toJavaScript());
    });
  });
}

interface Remediation {
  getDiagnostic(): string;
  getProperties(): { toJavaScript(): Properties };
}

interface Case {
  readonly rule: string;
  readonly situation: string;
  readonly type: string;
  readonly properties: Properties;
  /** Undefined where nothing is changed. */
  readonly becomes: Properties | undefined;
}

const tls = "domain-requires-modern-tls";
const domain = "aws:apigateway/domainName:DomainName";
const domain2 = "aws:apigatewayv2/domainName:DomainName";
const cases: Case[] = [
  {
    rule: tls,
    situation: "an old policy becomes TLS 1.2, and everything else stays",
    type: domain,
    properties: { domainName: "api.example.com", securityPolicy: "TLS_1_0", tags: secret({ team: "edge" }) },
    becomes: { domainName: "api.example.com", securityPolicy: "TLS_1_2", tags: secret({ team: "edge" }) },
  },
  {
    rule: tls,
    situation: "a modern one stays",
    type: domain,
    properties: { domainName: "api.example.com", securityPolicy: "SecurityPolicy_TLS13_1_3_2025_09" },
    becomes: undefined,
  },
  {
    rule: tls,
    situation: "one that isn't known may be modern",
    type: domain,
    properties: { domainName: "api.example.com", securityPolicy: UNKNOWN },
    becomes: undefined,
  },
  {
    rule: tls,
    situation: "the configuration of a version 2 domain keeps what else it says, unknowns included",
    type: domain2,
    properties: {
      domainName: "api.example.com",
      domainNameConfiguration: {
        certificateArn: UNKNOWN,
        endpointType: "REGIONAL",
        securityPolicy: "TLS_1_0",
      },
    },
    becomes: {
      domainName: "api.example.com",
      domainNameConfiguration: {
        certificateArn: UNKNOWN,
        endpointType: "REGIONAL",
        securityPolicy: "TLS_1_2",
      },
    },
  },
  {
    rule: tls,
    situation: "a secret configuration can't be taken apart",
    type: domain2,
    properties: { domainNameConfiguration: secret({ endpointType: "REGIONAL", securityPolicy: "TLS_1_0" }) },
    becomes: undefined,
  },
  {
    rule: tls,
    situation: "a resource of another provider keeps its own",
    type: "aws-native:apigateway:DomainName",
    properties: { domainName: "api.example.com", securityPolicy: "TLS_1_0" },
    becomes: undefined,
  },
];

const trace = "execution-log-hides-payloads";
const methodSettings = "aws:apigateway/methodSettings:MethodSettings";
const stage2 = "aws:apigatewayv2/stage:Stage";
cases.push(
  {
    rule: trace,
    situation: "a data trace is switched off, and the other settings stay",
    type: methodSettings,
    properties: {
      restApi: UNKNOWN,
      stageName: "live",
      methodPath: "*/*",
      settings: { loggingLevel: "INFO", dataTraceEnabled: true },
    },
    becomes: {
      restApi: UNKNOWN,
      stageName: "live",
      methodPath: "*/*",
      settings: { loggingLevel: "INFO", dataTraceEnabled: false },
    },
  },
  {
    rule: trace,
    situation: "so is one that isn't known, since off is right either way",
    type: methodSettings,
    properties: { settings: { loggingLevel: "INFO", dataTraceEnabled: UNKNOWN } },
    becomes: { settings: { loggingLevel: "INFO", dataTraceEnabled: false } },
  },
  {
    rule: trace,
    situation: "the default and each route of a WebSocket API's stage",
    type: stage2,
    properties: {
      apiId: UNKNOWN,
      defaultRouteSettings: { loggingLevel: "ERROR", dataTraceEnabled: true },
      routeSettings: [
        { routeKey: "$connect", loggingLevel: "INFO", dataTraceEnabled: true },
        { routeKey: "send", throttlingRateLimit: 5 },
      ],
    },
    becomes: {
      apiId: UNKNOWN,
      defaultRouteSettings: { loggingLevel: "ERROR", dataTraceEnabled: false },
      routeSettings: [
        { routeKey: "$connect", loggingLevel: "INFO", dataTraceEnabled: false },
        { routeKey: "send", throttlingRateLimit: 5 },
      ],
    },
  },
  {
    rule: trace,
    situation: "a property that the SDK would take for its proxy stays, and all others with it",
    type: methodSettings,
    properties: { __isSpecialProxy: true, settings: { dataTraceEnabled: true } },
    becomes: undefined,
  },
  {
    rule: trace,
    situation: "so does one within another property",
    type: methodSettings,
    properties: { settings: { dataTraceEnabled: true }, tags: [{ __isSpecialProxy: "x" }] },
    becomes: undefined,
  },
  {
    rule: trace,
    situation: "settings without a trace stay",
    type: methodSettings,
    properties: { settings: { loggingLevel: "ERROR", dataTraceEnabled: false } },
    becomes: undefined,
  },
);

describe("under the level remediate", () => {
  test.each(cases)("$rule: $situation", async ({ rule, type, properties, becomes }) => {
    expect(await remediated(rule, type, properties)).toEqual(becomes);
  });

  test.each(cases.filter(({ becomes }) => becomes))(
    "what $rule has changed violates it no longer: $situation",
    async ({ rule, type, properties, becomes }) => {
      const found = async (given: Properties | undefined) =>
        (await analyze([{ type, name: "api", properties: given ?? {} }], { levels: { [rule]: "mandatory" } }))
          .filter((reported) => reported.rule === rule)
          .map(({ level }) => level);
      expect(await found(properties)).toEqual(["mandatory"]);
      expect(await found(becomes)).toEqual([]);
    },
  );

  /** What decides in these rules, with anything in it and beside it. */
  const deciding = [
    ...["securityPolicy", "domainNameConfiguration", "settings", "defaultRouteSettings", "routeSettings"],
    ...["stageDescription", "methodSettings", "dataTraceEnabled"],
  ];
  const typed = rules.flatMap(({ id, remediate, resources }) =>
    remediate ? resources.map(({ token }) => [id, token] as const) : [],
  );
  test.each(typed)("%s throws nothing, whatever a %s holds", async (rule, type) => {
    await fc.assert(
      fc.asyncProperty(noiseBeside([], deciding), async (properties) => {
        await remediated(rule, type, properties);
      }),
      { numRuns: 100 },
    );
  });

  test("every rule that changes something has a case that does and one that doesn't", () => {
    const remediable = rules.filter(({ remediate }) => remediate).map(({ id }) => id);
    const having = (changes: boolean) => [
      ...new Set(cases.filter(({ becomes }) => (becomes !== undefined) === changes).map(({ rule }) => rule)),
    ];
    expect(having(true).sort()).toEqual(remediable.toSorted());
    expect(having(false).sort()).toEqual(remediable.toSorted());
  });

  test("no rule about who may call changes anything", () => {
    const about = ["authentication", "authorizers", "bypass", "governance"];
    expect(rules.filter(({ theme, remediate }) => remediate && about.includes(theme))).toEqual([]);
  });
});
