import { describe, expect, test } from "vitest";
import { findingsOf, type Given, kindOf, UNKNOWN } from "../analyze";
import { distribution, loadBalancer, made, server } from "../edge-resources";
import { withFix } from "../pasted-fix";
import { httpApi, restApi, webSocketApi } from "../resources";
import { serverless, stage, stageV2, templateOf } from "../traffic-resources";

const rule = "rest-stage-has-a-firewall";
const ofRule = (resources: readonly Given[]) => findingsOf(rule, "advisory", resources);

const rate = { limit: 300, aggregateKeyType: "IP" };
const rateRule = (changed: object = {}) => ({
  name: "rate",
  priority: 0,
  action: { block: {} },
  statement: { rateBasedStatement: rate },
  ...changed,
});
const managed = (name: string) => ({
  name,
  priority: 1,
  overrideAction: { none: {} },
  statement: { managedRuleGroupStatement: { vendorName: "AWS", name } },
});
const webAcl = (name: string, properties: object = { rules: [rateRule()] }): Given =>
  made(
    "aws:wafv2/webAcl:WebAcl",
    name,
    {},
    { scope: "REGIONAL", defaultAction: { allow: {} }, ...properties },
  );
/** @param of the names of what the ARN was made of, and of the web ACL; without one, it is another stack's */
const association = (of: readonly string[], acl?: string, properties: object = {}): Given =>
  made(
    "aws:wafv2/webAclAssociation:WebAclAssociation",
    "association",
    { ...(of.length > 0 && { resourceArn: of }), ...(acl !== undefined && { webAclArn: [acl] }) },
    {
      ...(acl === undefined && { webAclArn: "arn:aws:wafv2:eu-west-1:111111111111:regional/webacl/a/1" }),
      ...properties,
    },
  );
const rest = (properties: object = {}): readonly Given[] => [
  restApi("orders", properties),
  stage("subject", {}, "orders"),
];
const live = (properties: object = {}): readonly Given[] => [
  restApi("orders", properties),
  stage("live", {}, "orders"),
];
const deployment: Given = made(
  "aws:apigateway/deployment:Deployment",
  "subject",
  { restApi: ["orders"] },
  { stageName: "live" },
);
const guarded = { webAclId: "arn:aws:wafv2:us-east-1:111111111111:global/webacl/edge/1" };
const named = (properties: object) =>
  made(
    "aws:wafv2/webAclAssociation:WebAclAssociation",
    "association",
    {},
    { webAclArn: "arn", ...properties },
  );

/** @param action what a rate-based rule does */
const firewallInTemplate = (action: object) =>
  templateOf(
    "AWS::ApiGateway::Stage",
    { RestApiId: { Ref: "Api" }, StageName: "live" },
    {
      Api: { Type: "AWS::ApiGateway::RestApi", Properties: {} },
      Acl: {
        Type: "AWS::WAFv2::WebACL",
        Properties: {
          Rules: [
            {
              Name: "rate",
              Priority: 0,
              Action: action,
              Statement: { RateBasedStatement: { Limit: 300, AggregateKeyType: "IP" } },
            },
          ],
        },
      },
      Association: {
        Type: "AWS::WAFv2::WebACLAssociation",
        Properties: {
          ResourceArn: { "Fn::Sub": `arn:aws:apigateway:eu-west-1::/restapis/\${Api}/stages/\${Subject}` },
          WebACLArn: { "Fn::GetAtt": ["Acl", "Arn"] },
        },
      },
    },
  );

type Row = readonly [situation: string, resources: readonly Given[], kind: string, says: string];
const bare = '"subject" has no web ACL.';
const noRate = '"subject" protects "live", and has no rate-based rule that blocks.';
const withAcl = (properties: object, ...others: readonly Given[]) => [
  ...live(),
  webAcl("subject", properties),
  association(["live"], "subject"),
  ...others,
];

const findings: readonly Row[] = [
  ["a stage alone", rest(), "no-firewall", bare],
  ["a stage of an API in another stack", [stage("subject")], "no-firewall", bare],
  ["a stage of a regional API", rest({ endpointConfiguration: { types: "REGIONAL" } }), "no-firewall", bare],
  ["a deployment that creates its stage", [restApi("orders"), deployment], "no-firewall", bare],
  [
    "a stage beside one with a web ACL",
    [
      ...rest(),
      stage("other", { stageName: "test" }, "orders"),
      webAcl("acl"),
      association(["other"], "acl"),
    ],
    "no-firewall",
    bare,
  ],
  [
    "a stage beside a load balancer with a web ACL",
    [
      ...rest(),
      made("aws:ec2/securityGroup:SecurityGroup", "anyone"),
      loadBalancer("web"),
      webAcl("acl"),
      association(["web"], "acl"),
    ],
    "no-firewall",
    bare,
  ],
  [
    "a web ACL on an ARN of another service",
    [...rest(), named({ resourceArn: "arn:aws:cognito-idp:eu-west-1:111111111111:userpool/a" })],
    "no-firewall",
    bare,
  ],
  ...["restapis/a1b2c3/stages/test", "restapis/d4e5f6/stages/live", "restapis/d4e5f6"].map(
    (path): Row => [
      `a web ACL on the ARN of another stage: ${path}`,
      [
        stage("subject", { restApi: "a1b2c3", stageName: "live" }),
        named({ resourceArn: `arn:aws:apigateway:eu-west-1::/${path}` }),
      ],
      "no-firewall",
      bare,
    ],
  ),
  ["a distribution without a web ACL", [...rest(), distribution("cdn", ["orders"])], "no-firewall", bare],
  [
    "a rule in a template that only counts",
    [firewallInTemplate({ Count: {} })],
    "no-rate-rule",
    '"Acl" protects "Subject", and has no rate-based rule that blocks.',
  ],
  [
    "a distribution with a web ACL before something else",
    [...rest(), httpApi("other"), distribution("cdn", ["other"], guarded)],
    "no-firewall",
    bare,
  ],
  [
    "a stage of aws-native",
    [{ type: "aws-native:apigateway:Stage", name: "subject", properties: { restApiId: "a1b2c3" } }],
    "no-firewall",
    bare,
  ],
  [
    "a stage of a Terraform module",
    [{ type: "web:tf:aws_api_gateway_stage", name: "subject", properties: { rest_api_id: "a1b2c3" } }],
    "no-firewall",
    bare,
  ],
  [
    "a stage in a template",
    [templateOf("AWS::ApiGateway::Stage", { RestApiId: "a1b2c3", StageName: "live" })],
    "no-firewall",
    '"Subject" has no web ACL.',
  ],
  [
    "a serverless API",
    [serverless({ Orders: { Type: "AWS::Serverless::Api", Properties: { StageName: "live" } } })],
    "no-firewall",
    '"Orders.Stage" has no web ACL.',
  ],
  ["a web ACL without rules", withAcl({}), "no-rate-rule", noRate],
  [
    "a web ACL of managed rules",
    withAcl({ rules: [managed("AWSManagedRulesCommonRuleSet")] }),
    "no-rate-rule",
    noRate,
  ],
  [
    "a web ACL whose rate only counts",
    withAcl({ rules: [rateRule({ action: { count: {} } })] }),
    "no-rate-rule",
    noRate,
  ],
  [
    "a web ACL of addresses",
    withAcl({ rules: [rateRule({ statement: { ipSetReferenceStatement: { arn: "arn" } } })] }),
    "no-rate-rule",
    noRate,
  ],
  [
    "a web ACL whose rules are JSON",
    withAcl({ ruleJson: JSON.stringify([{ Name: "geo", Statement: { GeoMatchStatement: {} } }]) }),
    "no-rate-rule",
    noRate,
  ],
  [
    "a web ACL whose rules are another's",
    withAcl(
      {},
      webAcl("other"),
      made(
        "aws:wafv2/webAclRule:WebAclRule",
        "rule",
        { webAclArn: ["other"] },
        { statement: { rateBasedStatement: rate } },
      ),
    ),
    "no-rate-rule",
    noRate,
  ],
  [
    "a web ACL in a template",
    [
      templateOf(
        "AWS::WAFv2::WebACL",
        { Scope: "REGIONAL", Rules: [] },
        {
          Live: { Type: "AWS::ApiGateway::Stage", Properties: { RestApiId: "a1b2c3" } },
          Association: {
            Type: "AWS::WAFv2::WebACLAssociation",
            Properties: {
              ResourceArn: {
                "Fn::Join": ["/", ["arn:aws:apigateway:::/restapis/a1b2c3/stages", { Ref: "Live" }]],
              },
              WebACLArn: { "Fn::GetAtt": ["Subject", "Arn"] },
            },
          },
        },
      ),
    ],
    "no-rate-rule",
    '"Subject" protects "Live"',
  ],
];

const silent: readonly (readonly [situation: string, resources: readonly Given[]])[] = [
  ["a web ACL with a rate", [...live(), webAcl("acl"), association(["live"], "acl")]],
  ["a web ACL of another stack", [...live(), association(["live"])]],
  ["an ARN that was put together of the API", [...live(), webAcl("acl"), association(["orders"], "acl")]],
  [
    "an ARN that was put together of the API and its stage",
    [...live(), webAcl("acl"), association(["orders", "live"], "acl")],
  ],
  [
    "an ARN that was put together of a deployment that creates its stage",
    [restApi("orders"), deployment, webAcl("acl"), association(["orders", "subject"], "acl")],
  ],
  ["an ARN that isn't known", [...live(), named({ resourceArn: UNKNOWN })]],
  [
    "an ARN of a stage",
    [...live(), named({ resourceArn: "arn:aws:apigateway:eu-west-1::/restapis/a/stages/live" })],
  ],
  [
    "an ARN of the stage, by its API's id and its name",
    [
      stage("subject", { restApi: "a1b2c3", stageName: "live" }),
      named({ resourceArn: "arn:aws:apigateway:eu-west-1::/restapis/a1b2c3/stages/live" }),
    ],
  ],
  ["a web ACL whose rules aren't known", withAcl({ rules: UNKNOWN })],
  ["a web ACL with a rule that isn't known", withAcl({ rules: [UNKNOWN] })],
  [
    "a web ACL with a rule group",
    withAcl({ rules: [rateRule({ statement: { ruleGroupReferenceStatement: { arn: "arn" } } })] }),
  ],
  ["a web ACL against floods", withAcl({ rules: [managed("AWSManagedRulesAntiDDoSRuleSet")] })],
  [
    "a web ACL whose rate asks for a challenge",
    withAcl({ rules: [rateRule({ action: { challenge: {} } })] }),
  ],
  [
    "a web ACL whose rules are JSON",
    withAcl({
      ruleJson: JSON.stringify([{ Name: "rate", Statement: { RateBasedStatement: { Limit: 300 } } }]),
    }),
  ],
  ["a web ACL whose JSON isn't known", withAcl({ ruleJson: UNKNOWN })],
  [
    "a web ACL with a rule that is a resource",
    withAcl(
      {},
      made(
        "aws:wafv2/webAclRule:WebAclRule",
        "rule",
        { webAclArn: ["subject"] },
        { priority: 0, action: { block: {} }, statement: { rateBasedStatement: rate } },
      ),
    ),
  ],
  [
    "a web ACL with a rule group that is a resource",
    withAcl(
      {},
      made(
        "aws:wafv2/webAclRuleGroupAssociation:WebAclRuleGroupAssociation",
        "group",
        { webAclArn: ["subject"] },
        { priority: 0, ruleGroupReference: { arn: "arn" } },
      ),
    ),
  ],
  [
    "one of two web ACLs with a rate",
    [
      ...live(),
      webAcl("acl"),
      webAcl("other", {}),
      association(["live"], "acl"),
      { ...association(["live"], "other"), name: "another" },
    ],
  ],
  [
    "one of two web ACLs in another stack",
    [
      ...live(),
      webAcl("acl", {}),
      association(["live"], "acl"),
      { ...association(["live"]), name: "another" },
    ],
  ],
  ["a private API", live({ endpointConfiguration: { types: "PRIVATE" } })],
  ["an HTTP API", [httpApi("orders"), stageV2("live", {}, "orders")]],
  ["a WebSocket API", [webSocketApi("chat"), stageV2("live", {}, "chat")]],
  [
    "a web ACL on something else",
    [
      webAcl("acl", {}),
      association([], "acl", { resourceArn: "arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/a" }),
    ],
  ],
  [
    "a distribution with a web ACL before the API's custom domain, whose host isn't known",
    [
      ...live(),
      made("aws:apigateway/domainName:DomainName", "domain", {}, { domainName: "api.example.com" }),
      made(
        "aws:apigateway/basePathMapping:BasePathMapping",
        "mapping",
        { restApi: ["orders"], domainName: ["domain"] },
        { stageName: "live" },
      ),
      distribution("cdn", ["domain"], guarded),
    ],
  ],
  ["a rate-based rule in a template", [firewallInTemplate({ Block: {} })]],
  ["a distribution with a web ACL", [...live(), distribution("cdn", ["orders"], guarded)]],
  [
    "a distribution with a web ACL before the stage's address",
    [...live(), distribution("cdn", ["live"], { ...guarded, origins: [server()] })],
  ],
  [
    "a stage of aws-native with a web ACL",
    [
      { type: "aws-native:apigateway:Stage", name: "live", properties: { restApiId: "a1b2c3" } },
      {
        type: "aws-native:wafv2:WebAcl",
        name: "acl",
        properties: { rules: [{ statement: { rateBasedStatement: { limit: 300 } }, action: { block: {} } }] },
      },
      {
        type: "aws-native:wafv2:WebAclAssociation",
        name: "association",
        properties: { resourceArn: UNKNOWN, webAclArn: UNKNOWN },
        dependencies: { resourceArn: ["live"], webAclArn: ["acl"] },
      },
    ],
  ],
  [
    "a web ACL of a Terraform module",
    [
      ...live(),
      {
        type: "web:tf:aws_wafv2_web_acl",
        name: "acl",
        properties: {
          scope: "REGIONAL",
          rule: [
            {
              name: "rate",
              priority: 0,
              action: [{ block: [{}] }],
              statement: [{ rate_based_statement: [{ limit: 300 }] }],
            },
          ],
        },
      },
      association(["live"], "acl"),
    ],
  ],
];

describe(rule, () => {
  test.each(findings)("reports: %s", async (_situation, resources, kind, says) => {
    const found = await ofRule(resources);
    expect(found).toEqual([
      { rule, level: "advisory", resource: "subject", message: expect.stringContaining(says) },
    ]);
    expect(found.map(kindOf)).toEqual([kind]);
  });

  test.each(findings)("passes once its fix is pasted: %s", async (_situation, resources) => {
    if (
      !resources.some(({ name, type }) => name === "subject" && /^aws:(apigateway\/stage|wafv2)/.test(type))
    )
      return;
    const [found] = await ofRule(resources);
    if (found) expect(await ofRule(withFix(resources, found, { stage: "subject" }))).toEqual([]);
  });

  test.each(silent)("is silent: %s", async (_situation, resources) => {
    expect(await ofRule(resources)).toEqual([]);
  });
});
