import { describe, expect, test } from "vitest";
import { analyze, type Given, kindOf, secret, UNKNOWN } from "../analyze";
import { account, allow, lambdaPolicy, permission, policy, when } from "../policy-resources";
import { exemption, functionUrl, publicAccess, under } from "../resources";

const rule = "lambda-permission-names-its-caller";
const own = `arn:aws:execute-api:eu-west-1:${account}:a1b2c3d4e5/*/*`;
const topic = `arn:aws:sns:eu-west-1:${account}:orders`;
const distribution = `arn:aws:cloudfront::${account}:distribution/E1`;
const url = { action: "lambda:InvokeFunctionUrl", principal: "*" };
const name = 'The permission "call"';

const violations: readonly (readonly [situation: string, properties: object, kind: string, says: string])[] =
  [
    [
      "a public URL",
      { ...url, functionUrlAuthType: "NONE" },
      "any-caller",
      '$default of "call" may be called by anyone: the principal is *',
    ],
    [
      "the second permission of a public URL",
      { principal: "*", invokedViaFunctionUrl: true },
      "any-caller",
      "may be called by anyone",
    ],
    [
      "a public permission beside a URL with AWS_IAM",
      { ...url, functionUrlAuthType: "none" },
      "any-caller",
      "by anyone",
    ],
    [
      "a URL for all of AWS",
      { ...url, functionUrlAuthType: "AWS_IAM" },
      "any-caller",
      "by every AWS account",
    ],
    ["any AWS identity", { principal: "*" }, "any-caller", "lets every AWS account call the function"],
    ["every action", { action: "lambda:*", principal: "*" }, "any-caller", "lets every AWS account"],
    [
      "an action that only reads, for anyone",
      { action: "lambda:GetFunction", principal: "*" },
      "any-caller",
      "every AWS account",
    ],
    ["every action, for a service", { action: "lambda:*" }, "any-customer", name],
    ["a service's action in another case", { action: "Lambda:InvokeFunction" }, "any-customer", name],
    ["a service's action unknown", { action: UNKNOWN }, "any-customer", name],
    ["an unknown action", { action: UNKNOWN, principal: "*" }, "any-caller", "lets every AWS account"],
    ["no principal at all", { principal: null }, "any-caller", "lets every AWS account"],
    ["a secret *", { principal: secret("*") }, "any-caller", "lets every AWS account"],
    [
      "any account by a wildcard",
      { principal: "arn:aws:iam::*:root" },
      "any-caller",
      "lets every AWS account",
    ],
    [
      "API Gateway for any customer",
      {},
      "any-customer",
      "no sourceArn, sourceAccount, principalOrgId or eventSourceToken",
    ],
    ["a bucket of anybody's", { principal: "s3.amazonaws.com" }, "any-customer", name],
    ["EventBridge", { principal: "events.amazonaws.com" }, "any-customer", name],
    ["a load balancer", { principal: "elasticloadbalancing.amazonaws.com" }, "any-customer", name],
    ["a user pool", { principal: "cognito-idp.amazonaws.com" }, "any-customer", name],
    ["API Gateway in China", { principal: "apigateway.amazonaws.com.cn" }, "any-customer", name],
    ["a regional principal", { principal: "logs.us-east-1.amazonaws.com" }, "any-customer", name],
    [
      "an Alexa skill of anybody's",
      { principal: "alexa-appkit.amazon.com" },
      "any-customer",
      "eventSourceToken",
    ],
    ["an empty sourceArn", { sourceArn: "" }, "any-customer", name],
    ["any source", { sourceArn: "*" }, "any-customer", "its sourceArn"],
    [
      "what a template literal makes of no output",
      { sourceArn: "undefined*/GET/a" },
      "any-customer",
      "is no ARN",
    ],
    ["a wildcard before an ARN", { sourceArn: "*:execute-api:*" }, "any-customer", "its sourceArn matches"],
    ["any API", { sourceArn: "arn:aws:execute-api:*" }, "any-customer", "its sourceArn"],
    [
      "any account's APIs",
      { sourceArn: "arn:aws:execute-api:eu-west-1:*:*/*/*" },
      "any-customer",
      "its sourceArn",
    ],
    [
      "any bucket",
      { principal: "s3.amazonaws.com", sourceArn: "arn:aws:s3:::*" },
      "any-customer",
      "its sourceArn",
    ],
    ["any source account", { sourceAccount: "*" }, "any-customer", name],
    ["* from any source", { principal: "*", sourceArn: "*" }, "any-customer", name],
  ];

const silent: readonly (readonly [situation: string, properties: object])[] = [
  ["an API of one's own", { sourceArn: own }],
  [
    "one method of it",
    { sourceArn: `arn:aws:execute-api:eu-west-1:${account}:a1b2c3d4e5/live/GET/customers/*` },
  ],
  ["all APIs of the account", { sourceArn: `arn:aws:execute-api:*:${account}:*` }],
  ["an API that isn't known yet", { sourceArn: UNKNOWN }],
  ["a secret source", { sourceArn: secret(own) }],
  ["a service for an account", { sourceAccount: account }],
  ["an account that isn't known yet", { sourceAccount: UNKNOWN }],
  ["one topic", { principal: "sns.amazonaws.com", sourceArn: topic }],
  [
    "a bucket and its owner",
    { principal: "s3.amazonaws.com", sourceArn: "arn:aws:s3:::uploads", sourceAccount: account },
  ],
  [
    "a regional principal with its account",
    { principal: "logs.us-east-1.amazonaws.com", sourceAccount: account },
  ],
  [
    "CloudFront for one distribution",
    {
      ...url,
      principal: "cloudfront.amazonaws.com",
      functionUrlAuthType: "AWS_IAM",
      sourceArn: distribution,
    },
  ],
  [
    "an Alexa skill bound by its token",
    { principal: "alexa-appkit.amazon.com", eventSourceToken: "amzn1.ask.skill.a" },
  ],
  [
    "an Alexa skill whose token isn't known yet",
    { principal: "alexa-appkit.amazon.com", eventSourceToken: UNKNOWN },
  ],
  [
    "CloudFront's replication of Lambda@Edge, which reads and doesn't call",
    { action: "lambda:GetFunction", principal: "edgelambda.amazonaws.com" },
  ],
  ["an account as the principal", { principal: account }],
  ["the root of an account", { principal: `arn:aws:iam::${account}:root` }],
  ["a role", { principal: `arn:aws:iam::${account}:role/caller` }],
  ["a role that isn't known yet", { principal: UNKNOWN }],
  [
    "a role may call the URL",
    { ...url, principal: `arn:aws:iam::${account}:role/caller`, functionUrlAuthType: "AWS_IAM" },
  ],
  ["* within an organization", { ...url, principalOrgId: "o-a1b2c3d4e5" }],
  ["* within an organization that isn't known yet", { ...url, principalOrgId: UNKNOWN }],
  ["* from one source", { principal: "*", sourceArn: own }],
  ["* from one account", { principal: "*", sourceAccount: account }],
  [
    "a function and its source in one account",
    { function: `arn:aws:lambda:eu-west-1:${account}:function:lookup`, sourceArn: own },
  ],
  [
    "another account, said to be intended",
    {
      function: "arn:aws:lambda:eu-west-1:210987654321:function:lookup",
      sourceArn: own,
      sourceAccount: account,
    },
  ],
];

const lesser: readonly (readonly [situation: string, properties: object, kind: string, says: string])[] = [
  [
    "S3 without the bucket's owner",
    { principal: "s3.amazonaws.com", sourceArn: "arn:aws:s3:::uploads" },
    "bucket-without-owner",
    "names a bucket and not its owner",
  ],
  [
    "S3 with a bucket that isn't known yet",
    { principal: "S3.amazonaws.com", sourceArn: UNKNOWN },
    "bucket-without-owner",
    "names a bucket and not its owner",
  ],
  [
    "another account than the function's",
    { function: "arn:aws:lambda:eu-west-1:210987654321:function:lookup", sourceArn: own },
    "source-of-another-account",
    "names a source in another account",
  ],
];

const documents: readonly (readonly [situation: string, document: unknown, kind?: string, says?: string])[] =
  [
    [
      "anyone",
      policy(allow({ Action: "lambda:InvokeFunctionUrl" })),
      "any-caller",
      '$default of "call" may be called by anyone: statement 1',
    ],
    [
      "every AWS account by the URL",
      policy(allow(when("StringEquals", "lambda:FunctionUrlAuthType", "AWS_IAM"))),
      "any-caller",
      'Statement 1 of the policy "call" lets every AWS account call',
    ],
    [
      "one account by the URL",
      policy(
        allow({
          Principal: { AWS: account },
          ...when("StringEquals", "lambda:FunctionUrlAuthType", "AWS_IAM"),
        }),
      ),
    ],
    [
      "a service for any customer",
      policy(allow({ Principal: { AWS: account } }), allow({ Principal: { Service: "sns.amazonaws.com" } })),
      "any-customer",
      'Statement 2 of the policy "call" lets an AWS service call',
    ],
    [
      "a service for one topic",
      policy(
        allow({ Principal: { Service: "sns.amazonaws.com" }, ...when("ArnLike", "AWS:SourceArn", topic) }),
      ),
    ],
    ["an organization", policy(allow(when("StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5")))],
    ["an action of another service", policy(allow({ Action: "s3:GetObject" }))],
    ["a policy that is a text", JSON.stringify(policy(allow())), "any-caller", "may be called by anyone"],
    ["a key twice", '{"Statement": [], "Statement": []}', "unreadable-document", "twice"],
    ["no policy", ""],
  ];

const found = async (given: readonly Given[]) =>
  (await analyze(given))
    .filter((reported) => reported.rule === rule)
    .map((reported) => ({ ...reported, kind: kindOf(reported) }));

describe(rule, () => {
  test.each(violations)("reports: %s", async (_situation, properties, kind, says) => {
    expect(await found([permission("call", properties)])).toEqual([
      { rule, level: "mandatory", resource: "call", kind, message: expect.stringContaining(says) },
    ]);
  });

  test.each(silent)("is silent: %s", async (_situation, properties) => {
    expect(await found([permission("call", properties)])).toEqual([]);
  });

  test.each(lesser)("advises: %s", async (_situation, properties, kind, says) => {
    expect(await found([permission("call", properties)])).toMatchObject([
      { level: "advisory", resource: "call", kind, message: expect.stringContaining(says) },
    ]);
  });

  const policies = documents.map(
    ([situation, document, kind, says = ""]) => [situation, document, kind, says] as const,
  );
  test.each(policies)("reads a whole policy: %s", async (_situation, document, kind, says) => {
    const expected = {
      rule,
      level: "mandatory",
      resource: "call",
      kind,
      message: expect.stringContaining(says),
    };
    expect(await found([lambdaPolicy("call", document)])).toEqual(kind === undefined ? [] : [expected]);
  });

  test.each([
    ["unknown", UNKNOWN],
    ["unknown in part", policy(allow({ Principal: { AWS: UNKNOWN } }))],
  ])("advises where a whole policy is %s", async (_situation, document) => {
    expect(await found([lambdaPolicy("call", document)])).toMatchObject([
      { level: "advisory", kind: "unknown-document" },
    ]);
    const options = { [rule]: { unknownDocuments: "mandatory" } };
    expect(await analyze([lambdaPolicy("call", document)], { options })).toMatchObject([
      { rule, level: "mandatory" },
    ]);
  });

  const ofUrl = (type: string, properties: object): readonly Given[] => [
    functionUrl("url", { authorizationType: "AWS_IAM" }),
    permission("call", {
      action: "lambda:InvokeFunctionUrl",
      functionUrlAuthType: type,
      principal: "*",
      ...properties,
    }),
  ];
  /** Since October 2025 a URL requires a second permission. */
  const through = (properties: object): Given =>
    permission("through", { invokedViaFunctionUrl: true, principal: "*", ...properties });

  test.each([
    ["one for anyone", ofUrl("NONE", {}), ["call"]],
    ["one for all of AWS", ofUrl("AWS_IAM", {}), ["call"]],
    ["both for all of AWS", [...ofUrl("AWS_IAM", {}), through({})], ["call", "through"]],
    [
      "only the second for all of AWS",
      [...ofUrl("AWS_IAM", { principal: account }), through({})],
      ["through"],
    ],
    ["one for any organization", ofUrl("AWS_IAM", { principalOrgId: "*" }), ["call"]],
    [
      "both for one account",
      [...ofUrl("AWS_IAM", { principal: account }), through({ principal: account })],
      [],
    ],
    [
      "both for one organization",
      [...ofUrl("AWS_IAM", { principalOrgId: "o-a1b2c3d4e5" }), through({ principalOrgId: "o-a1b2c3d4e5" })],
      [],
    ],
    [
      "both for one distribution, by origin access control",
      [
        ...ofUrl("AWS_IAM", { principal: "cloudfront.amazonaws.com", sourceArn: distribution }),
        through({ principal: "cloudfront.amazonaws.com", sourceArn: distribution }),
      ],
      [],
    ],
    [
      "one for any distribution of anybody's",
      ofUrl("AWS_IAM", { principal: "cloudfront.amazonaws.com" }),
      ["call"],
    ],
  ])("reports the permissions of a URL with AWS_IAM: %s", async (_situation, given, reported) => {
    expect((await analyze(given)).map(({ rule: by, resource }) => [by, resource])).toEqual(
      reported.map((name) => [rule, name]),
    );
  });

  test("a public URL that is declared covers its permission", async () => {
    const open = permission("call", { ...url, functionUrlAuthType: "NONE" });
    expect(await found([publicAccess("hook", ["$default"]), under("hook", open)])).toEqual([]);
    expect(await found([publicAccess("hook", ["GET /"]), under("hook", open)])).toMatchObject([
      { level: "mandatory" },
    ]);
  });

  test("an exemption covers a permission that opens no URL", async () => {
    const exemptions = [exemption(rule, "call")];
    expect(await analyze([permission("call")], { exemptions })).toEqual([]);
  });

  test("judges the same permission of the provider aws-native", async () => {
    const { properties } = permission("call");
    const { function: functionName, ...rest } = properties as Record<string, unknown>;
    const native = (more: object = {}): Given => ({
      type: "aws-native:lambda:Permission",
      name: "call",
      properties: { ...rest, functionName, ...more },
    });
    expect(await found([native()])).toMatchObject([{ level: "mandatory" }]);
    expect(await found([native({ sourceArn: own })])).toEqual([]);
  });

  test("tells no value of a property", async () => {
    const properties = { principal: "*", statementId: "very-secret", function: "very-secret" };
    const [reported] = await found([permission("call", properties)]);
    expect(reported?.message).not.toContain("very-secret");
  });
});
