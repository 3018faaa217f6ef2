import { describe, expect, test } from "vitest";
import type { PolicyGrant } from "../../../policies/src/endpoints/policies/policy-grant";
import {
  EventPermission,
  isShielded,
  isShieldedElsewhere,
  policedTypes,
  resourcePolicyGrant,
  shieldedPolicies,
} from "../../../policies/src/endpoints/policies/resource-policy";
import { type RawRecord, resource } from "../../../policies/src/stack";
import type { TestedResource } from "../../../policies/src/testing";
import { UNKNOWN } from "../../unknown";
import { account, allow, policy } from "../policy-resources";
import { stackFrom } from "../stack-from";

const of = (type: string, properties: RawRecord) =>
  resource({ urn: `urn:pulumi:dev::customers::${type}::own`, type, properties });
const told = (grant: PolicyGrant | undefined) =>
  grant?.kind === "open" ? `open to ${grant.to}` : (grant?.kind ?? "nothing");

describe("whom a policy lets in", () => {
  const byStatements = policedTypes.filter(({ token }) => token !== EventPermission.token);

  test.each(byStatements.map(({ token, reads }) => [token, reads] as const))("that of %s", (token, reads) => {
    const property = Object.keys(reads).find((name) => /polic/i.test(name)) ?? "";
    const grant = (written: unknown) => told(resourcePolicyGrant(of(token, { [property]: written })));
    expect(grant(policy(allow()))).toBe("open to anonymous");
    expect(grant(policy(allow({ Principal: { AWS: account } })))).toBe("nobody");
    expect(grant(UNKNOWN)).toBe("unknown");
    expect(grant("{")).toBe("unreadable");
    expect(grant(undefined)).toBe("nothing");
    expect(grant("")).toBe("nothing");
  });

  test("a type without one has none", () => {
    expect(resourcePolicyGrant(of("aws:s3/bucket:Bucket", { policy: policy(allow()) }))).toBeUndefined();
  });

  const org = (changed: RawRecord) => ({
    condition: { type: "StringEquals", key: "aws:PrincipalOrgID", value: "o-example123", ...changed },
  });
  const other = { Principal: { AWS: account }, Action: "events:PutEvents" };

  test.each<[what: string, properties: RawRecord, says: string]>([
    ["everybody", { principal: "*" }, "open to anonymous"],
    ["no principal", {}, "open to anonymous"],
    ["an account", { principal: account }, "nobody"],
    ["a principal that isn't known", { principal: UNKNOWN }, "unknown"],
    ["everybody of an organization", { principal: "*", ...org({}) }, "nobody"],
    [
      "everybody of any organization",
      { principal: "*", ...org({ type: "StringLike", value: "*" }) },
      "open to account",
    ],
    [
      "everybody of an organization that isn't known",
      { principal: "*", ...org({ value: UNKNOWN }) },
      "unknown",
    ],
    ["everybody under a key that isn't known", { principal: "*", ...org({ key: UNKNOWN }) }, "unknown"],
    [
      "everybody under an operator that isn't known",
      { principal: "*", ...org({ type: UNKNOWN }) },
      "unknown",
    ],
    ["everybody under no operator", { principal: "*", ...org({ type: undefined }) }, "unreadable"],
    ["everybody of no organization", { principal: "*", ...org({ value: undefined }) }, "nobody"],
    ["everybody under a condition that isn't known", { principal: "*", condition: UNKNOWN }, "unknown"],
    ["a statement", { statement: allow(other) }, "nobody"],
    ["a statement for everybody", { statement: allow(), principal: account }, "open to anonymous"],
    ["a statement that isn't known", { statement: UNKNOWN, principal: account }, "unknown"],
  ])("an event bus's, by arguments: %s", (_what, properties, says) => {
    expect(told(resourcePolicyGrant(of(EventPermission.token, properties)))).toBe(says);
  });
});

describe("what protects a search domain besides its policy", () => {
  const security = (changed: RawRecord) => ({ advancedSecurityOptions: { enabled: true, ...changed } });

  describe.each(["aws:opensearch/domain:Domain", "aws:elasticsearch/domain:Domain"])("%s", (type) => {
    test.each<[what: string, properties: RawRecord, isProtected: boolean]>([
      ["nothing", {}, false],
      ["a VPC", { vpcOptions: { subnetIds: ["subnet"] } }, true],
      ["a VPC that isn't known", { vpcOptions: UNKNOWN }, true],
      ["access control", security({}), true],
      ["access control that is off", security({ enabled: false }), false],
      ["access control of which nobody knows whether", security({ enabled: UNKNOWN }), false],
      ["access control without a word", security({ enabled: undefined }), false],
      ["access control that isn't known", { advancedSecurityOptions: UNKNOWN }, false],
      ["access control, and nobody anonymous", security({ anonymousAuthEnabled: false }), true],
      ["access control, and anybody", security({ anonymousAuthEnabled: true }), false],
      ["access control, and perhaps anybody", security({ anonymousAuthEnabled: UNKNOWN }), false],
    ])("%s", (_what, properties, isProtected) => {
      expect(isShielded(of(type, properties))).toBe(isProtected);
    });
  });

  test("what is no domain has none of it", () => {
    expect(isShielded(of("aws:sqs/queue:Queue", { vpcOptions: {}, ...security({}) }))).toBe(false);
  });
});

describe("what protects what a policy of its own belongs to", () => {
  const domainPolicy = (domain: string, module = "opensearch"): TestedResource => ({
    type: `aws:${module}/domainPolicy:DomainPolicy`,
    name: "own",
    properties: { domainName: UNKNOWN, accessPolicies: policy(allow()) },
    dependencies: domain === "elsewhere" ? {} : { domainName: [domain] },
  });
  const domain = (properties: RawRecord, module = "opensearch"): TestedResource => ({
    type: `aws:${module}/domain:Domain`,
    name: "customers",
    properties,
  });
  const agentPolicy = (agent: string): TestedResource => ({
    type: "aws:bedrock/agentcoreResourcePolicy:AgentcoreResourcePolicy",
    name: "own",
    properties: { resourceArn: UNKNOWN, policy: policy(allow()) },
    dependencies: agent === "elsewhere" ? {} : { resourceArn: [agent] },
  });
  const gateway = (authorizerType: string): TestedResource => ({
    type: "aws:bedrock/agentcoreGateway:AgentcoreGateway",
    name: "tools",
    properties: { authorizerType },
  });
  const runtime = (properties: RawRecord): TestedResource => ({
    type: "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime",
    name: "agent",
    properties,
  });
  const inVpc = { vpcOptions: { subnetIds: ["subnet"] } };

  test.each<[what: string, resources: readonly TestedResource[], shield: string]>([
    ["a domain in a VPC", [domain(inVpc), domainPolicy("customers")], "shielded"],
    ["a domain", [domain({}), domainPolicy("customers")], "none"],
    ["a domain elsewhere", [domain(inVpc), domainPolicy("elsewhere")], "elsewhere"],
    [
      "a domain of Elasticsearch in a VPC",
      [domain(inVpc, "elasticsearch"), domainPolicy("customers", "elasticsearch")],
      "shielded",
    ],
    ["a gateway that takes tokens", [gateway("CUSTOM_JWT"), agentPolicy("tools")], "shielded"],
    ["a gateway that takes signatures", [gateway("AWS_IAM"), agentPolicy("tools")], "none"],
    [
      "a runtime that takes tokens",
      [runtime({ authorizerConfiguration: {} }), agentPolicy("agent")],
      "shielded",
    ],
    ["a runtime that takes signatures", [runtime({}), agentPolicy("agent")], "none"],
    ["an agent elsewhere", [gateway("CUSTOM_JWT"), agentPolicy("elsewhere")], "elsewhere"],
  ])("%s", (_what, resources, shield) => {
    const policies = shieldedPolicies(stackFrom(...resources));
    expect(policies.map((one) => [one.policy.name, one.shield])).toEqual([["own", shield]]);
    expect(policies.every((one) => isShieldedElsewhere(one.policy))).toBe(true);
  });

  test("a policy within what it belongs to shows all of it", () => {
    expect(isShieldedElsewhere(of("aws:sqs/queuePolicy:QueuePolicy", {}))).toBe(false);
    expect(isShieldedElsewhere(of("aws:opensearch/domain:Domain", {}))).toBe(false);
  });
});
