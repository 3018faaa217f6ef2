import { afterEach, describe, expect } from "vitest";
import { json, program, removePrograms } from "./programs";
import { blockedExitCode, engineStack, engineTest, newerEngineTest, removeStacks } from "./rig";

afterEach(() => {
  removeStacks();
  removePrograms();
});

const rule = "domain-requires-modern-tls";
const domain = "aws:apigateway/domainName:DomainName";
const oldDomain = `
class DomainName extends pulumi.CustomResource {
  constructor(name, args) { super("${domain}", name, args); }
}
new DomainName("api", { domainName: "api.example.com", regionalCertificateArn: pulumi.secret("arn:aws:acm:eu-west-1:123456789012:certificate/1"), securityPolicy: "TLS_1_0" });`;

describe("the policy level remediate in the real engine", () => {
  engineTest("changes the resource before it is created, and keeps its secrets", async () => {
    const stack = await engineStack({ program: program(oldDomain) });
    const run = await stack.up({ packConfigs: [json({ [rule]: "remediate" })] });
    expect({ code: run.code, violations: run.violations.filter(({ policy }) => policy === rule) }).toEqual({
      code: 0,
      violations: [],
    });
    expect(stack.cloud().find(({ type }) => type === domain)?.properties).toMatchObject({
      domainName: "api.example.com",
      securityPolicy: "TLS_1_2",
    });
    expect((await stack.exported()).text).not.toContain("certificate/1");
  });

  engineTest("as mandatory, the same resource is blocked", async () => {
    const stack = await engineStack({ program: program(oldDomain) });
    const run = await stack.preview({ packConfigs: [json({ [rule]: "mandatory" })] });
    expect(run.code).toBe(blockedExitCode);
    expect(run.violations).toMatchObject([{ policy: rule, level: "mandatory" }]);
  });
});

newerEngineTest("the engine reports a rule as passed only where it had something to judge", async () => {
  const stack = await engineStack({
    program: program(`
const api = new Api("customers", { protocolType: "HTTP" });
new Route("lookup", { apiId: api.id, routeKey: "GET /", authorizationType: "AWS_IAM" });`),
  });
  const { passed } = await stack.preview();
  expect([...passed.resources]).toContain("http-route-requires-authorization");
  for (const none of [
    "rest-method-requires-authorization",
    "function-url-requires-iam",
    "distribution-asks-its-viewers",
  ]) {
    expect([...passed.resources, ...passed.stack]).not.toContain(none);
  }
});
