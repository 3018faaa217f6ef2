import { describe, expect, test } from "vitest";
import { analyze, type Given, kindOf, levelsAround, secret, UNKNOWN } from "../analyze";
import { template, under } from "../resources";
import { deployment, stage, stageV2 } from "../stage-resources";

const rule = "rest-stage-is-traced";
const levels = { ...levelsAround(rule), [rule]: "advisory" } as const;
const judged = (resources: readonly Given[]) => analyze(resources, { levels });

const native = (kind: string, properties: object): Given => ({
  type: `aws-native:apigateway:${kind}`,
  name: "live",
  properties: { restApiId: "a", ...properties },
});
const inTemplate = (Type: string, Properties: object, more: object = {}) =>
  template({ templateBody: JSON.stringify({ Resources: { Live: { Type, Properties } }, ...more }) });
const serverless = { Transform: "AWS::Serverless-2016-10-31" };
const traced = { xrayTracingEnabled: true };

const findings: readonly (readonly [situation: string, given: Given, says: string])[] = [
  ["a stage", stage("live"), 'X-Ray doesn\'t trace the requests of "live".'],
  ["a stage that turns it off", stage("live", { xrayTracingEnabled: false }), "doesn't trace"],
  ["null", stage("live", { xrayTracingEnabled: null }), "doesn't trace"],
  ["a secret no", stage("live", { xrayTracingEnabled: secret(false) }), "doesn't trace"],
  ["what isn't known yet", stage("live", { xrayTracingEnabled: UNKNOWN }), "not known before the deployment"],
  ["a deployment's stage", deployment("now", { stageName: "live" }), 'the stage that "now" creates'],
  [
    "a deployment's stage with a text",
    deployment("now", { stageName: "v", stageDescription: "2" }),
    'that "now" creates',
  ],
  ["aws-native", native("Stage", { tracingEnabled: false }), "doesn't trace"],
  ["a deployment of aws-native", native("Deployment", { stageName: "v", stageDescription: {} }), "creates"],
  [
    "a Terraform module",
    { type: "apigw:tf:aws_api_gateway_stage", name: "live", properties: { xray_tracing_enabled: false } },
    "doesn't trace",
  ],
  ["a template", inTemplate("AWS::ApiGateway::Stage", {}), '"Live"'],
  ["a serverless API", inTemplate("AWS::Serverless::Api", { StageName: "v" }, serverless), '"Live.Stage"'],
];

const silent: readonly (readonly [situation: string, given: Given])[] = [
  ["a traced stage", stage("live", traced)],
  ["a text", stage("live", { xrayTracingEnabled: "true" })],
  ["a secret yes", stage("live", { xrayTracingEnabled: secret(true) })],
  ["a stage of an HTTP API, which can't start a trace", stageV2("live")],
  ["a deployment without a stage", deployment("now")],
  ["a description that isn't known yet", deployment("now", { stageName: "v", stageDescription: UNKNOWN })],
  ["aws-native", native("Stage", { tracingEnabled: true })],
  [
    "a deployment of aws-native",
    native("Deployment", { stageName: "v", stageDescription: { tracingEnabled: true } }),
  ],
  ["a template", inTemplate("AWS::ApiGateway::Stage", { TracingEnabled: true })],
  [
    "a serverless API",
    inTemplate("AWS::Serverless::Api", { StageName: "v", TracingEnabled: true }, serverless),
  ],
  [
    "a serverless API, as Globals say",
    inTemplate(
      "AWS::Serverless::Api",
      { StageName: "v" },
      { ...serverless, Globals: { Api: { TracingEnabled: true } } },
    ),
  ],
];

describe(rule, () => {
  test.each(findings)("reports: %s", async (_situation, given, says) => {
    const found = await judged([given]);
    expect(found).toEqual([
      { rule, level: "advisory", resource: given.name, message: expect.stringContaining(says) },
    ]);
    expect(found.map(kindOf)).toEqual(["untraced"]);
  });

  test.each(silent)("is silent: %s", async (_situation, given) => {
    expect(await judged([given])).toEqual([]);
  });

  test("its fix is pasted into a stage", async () => {
    const [found] = await judged([stage("live")]);
    expect(found?.message).toContain("\nFix: xrayTracingEnabled: true\n");
    expect(await judged([stage("live", traced)])).toEqual([]);
  });

  test("its fix is pasted into the description of a template's deployment", async () => {
    const given = native("Deployment", { stageName: "v" });
    const [found] = await judged([given]);
    const [, code] = /^Fix: (.*)$/m.exec(found?.message ?? "") ?? [];
    const fixed = new Function(`return ({ ${code} })`)();
    expect(await judged([{ ...given, properties: { ...given.properties, ...fixed } }])).toEqual([]);
  });

  test("its fix names the property as aws-native does", async () => {
    const [found] = await judged([native("Stage", {})]);
    expect(found?.message).toContain("In aws-native, xrayTracingEnabled is tracingEnabled.");
  });

  test("its fix for a component of aws-apigateway is a transform", async () => {
    const component: Given = { type: "aws-apigateway:index:RestAPI", name: "customers" };
    const [found] = await judged([component, under("customers", stage("live"))]);
    expect(found?.message).toContain("{ ...props, xrayTracingEnabled: true }");
  });
});
