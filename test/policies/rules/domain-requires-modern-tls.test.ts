import { describe, expect, test } from "vitest";
import { findingsOf, type Given, kindOf, secret, UNKNOWN } from "../analyze";
import { domainName } from "../bypass-resources";
import { made } from "../edge-resources";
import { withFix } from "../pasted-fix";
import { httpApi, restApi, template, webSocketApi } from "../resources";

const rule = "domain-requires-modern-tls";
const ofRule = (resources: readonly Given[], preset?: "strict") =>
  findingsOf(rule, preset ? "mandatory" : "advisory", resources, preset && { preset });

const v1 = (properties: object): Given =>
  made(
    "aws:apigateway/domainName:DomainName",
    "subject",
    {},
    { domainName: "api.example.com", ...properties },
  );
const v2 = (configuration: unknown): Given =>
  domainName("subject", { domainNameConfiguration: configuration });
const configured = (securityPolicy: unknown) => v2({ endpointType: "REGIONAL", securityPolicy });
const api = (properties: object, ...others: readonly Given[]) => [restApi("subject", properties), ...others];
const types = (of: string) => ({ endpointConfiguration: { types: of } });
const body = (root: object) => JSON.stringify({ openapi: "3.0.1", paths: {}, ...root });
const policy = "x-amazon-apigateway-security-policy";
const put = (of: unknown): Given =>
  made("aws:apigateway/restApiPut:RestApiPut", "put", { restApiId: ["subject"] }, { body: of });
const inTemplate = (Type: string, Properties: object) => [
  {
    ...template({ templateBody: JSON.stringify({ Resources: { Subject: { Type, Properties } } }) }),
    name: "subject",
  },
];
const inServerlessTemplate = (Properties: object, Globals: object = {}) => [
  {
    ...template({
      templateBody: JSON.stringify({
        Transform: "AWS::Serverless-2016-10-31",
        Globals,
        Resources: {
          Subject: { Type: "AWS::Serverless::Api", Properties: { StageName: "live", ...Properties } },
        },
      }),
    }),
    name: "subject",
  },
];

const domain = '"subject" has a security policy that accepts TLS 1.0.';
const byDefault = '"subject" has no securityPolicy, so its default endpoint accepts TLS 1.0.';
const byPolicy = '"subject" has a security policy that accepts TLS 1.0 at its default endpoint.';
const notKnown = "has a securityPolicy that is not known before the deployment: write it as a plain string";
const edgePolicy = 'securityPolicy: "SecurityPolicy_TLS12_PFS_2025_EDGE", endpointAccessMode: "BASIC"';
const regionalPolicy = 'securityPolicy: "SecurityPolicy_TLS13_1_2_2021_06", endpointAccessMode: "BASIC"';

type Row = readonly [situation: string, resources: readonly Given[], kind: string, ...says: string[]];

const findings: readonly Row[] = [
  ["a domain", [v1({ securityPolicy: "TLS_1_0" })], "old-domain", domain],
  ["a domain in another case", [v1({ securityPolicy: "tls_1_0" })], "old-domain", domain],
  ["a domain with a policy of 1.1, if there ever is one", [v1({ securityPolicy: "TLS_1_1" })], "old-domain"],
  [
    "a domain with a later policy for old callers",
    [v1({ securityPolicy: "SecurityPolicy_TLS13_1_0_2027_01" })],
    "old-domain",
  ],
  ["a domain whose policy is a secret", [v1({ securityPolicy: secret("TLS_1_0") })], "old-domain", domain],
  ["a domain whose policy isn't known", [v1({ securityPolicy: UNKNOWN })], "old-domain", notKnown],
  ["a domain of an HTTP API", [configured("TLS_1_0")], "old-domain", domain],
  ["a domain of an HTTP API whose policy isn't known", [configured(UNKNOWN)], "old-domain", notKnown],
  ["a domain whose configuration isn't known", [v2(UNKNOWN)], "old-domain", notKnown],
  [
    "a domain of a Terraform module",
    [
      {
        type: "web:tf:aws_apigatewayv2_domain_name",
        name: "subject",
        properties: {
          domain_name: "api.example.com",
          domain_name_configuration: [{ endpoint_type: "REGIONAL", security_policy: "TLS_1_0" }],
        },
      },
    ],
    "old-domain",
    domain,
  ],
  [
    "a domain of aws-native",
    [
      {
        type: "aws-native:apigatewayv2:DomainName",
        name: "subject",
        properties: {
          domainName: "api.example.com",
          domainNameConfigurations: [{ endpointType: "REGIONAL", securityPolicy: "TLS_1_0" }],
        },
      },
    ],
    "old-domain",
    domain,
    "In aws-native, domainNameConfiguration is domainNameConfigurations.",
  ],
  [
    "a domain in a template",
    inTemplate("AWS::ApiGateway::DomainName", { DomainName: "api.example.com", SecurityPolicy: "TLS_1_0" }),
    "old-domain",
  ],
  [
    "a private domain in a template",
    inTemplate("AWS::ApiGateway::DomainNameV2", { DomainName: "api.example.com", SecurityPolicy: "TLS_1_0" }),
    "old-domain",
  ],
  [
    "a domain of an HTTP API in a template",
    inTemplate("AWS::ApiGatewayV2::DomainName", {
      DomainName: "api.example.com",
      DomainNameConfigurations: [{ SecurityPolicy: "TLS_1_0" }],
    }),
    "old-domain",
  ],
  ["an edge-optimized API", api(types("EDGE")), "old-default-endpoint", byDefault, edgePolicy],
  ["an API of the default type", api({}), "old-default-endpoint", byDefault, edgePolicy],
  ["a regional API", api(types("REGIONAL")), "old-default-endpoint", byDefault, regionalPolicy],
  ["an API whose type isn't known", api(types(UNKNOWN)), "old-default-endpoint", byDefault],
  [
    "an API with the old policy",
    api({ ...types("REGIONAL"), securityPolicy: "TLS_1_0" }),
    "old-default-endpoint",
    byPolicy,
  ],
  [
    "a private API with the old policy",
    api({ ...types("PRIVATE"), securityPolicy: "TLS_1_0" }),
    "old-default-endpoint",
    byPolicy,
  ],
  ["an API whose policy isn't known", api({ securityPolicy: UNKNOWN }), "old-default-endpoint", notKnown],
  [
    "an old policy beside a new one in the document",
    api({ securityPolicy: "TLS_1_0", body: body({ [policy]: "TLS_1_2" }) }),
    "old-default-endpoint",
    byPolicy,
  ],
  [
    "an old policy in the document",
    api({ body: body({ [policy]: "TLS_1_0" }) }),
    "old-default-endpoint",
    byPolicy,
  ],
  ["a document without a policy", api({ body: body({}) }), "old-default-endpoint", byDefault],
  [
    "a default endpoint that may be closed",
    api({ disableExecuteApiEndpoint: UNKNOWN }),
    "old-default-endpoint",
    byDefault,
  ],
  [
    "an API in a template",
    inTemplate("AWS::ApiGateway::RestApi", { Name: "orders" }),
    "old-default-endpoint",
    '"Subject" has no securityPolicy',
  ],
  ["a serverless API", inServerlessTemplate({}), "old-default-endpoint", '"Subject" has no securityPolicy'],
  [
    "a domain of a serverless API",
    inServerlessTemplate({
      SecurityPolicy: "SecurityPolicy_TLS13_1_2_2021_06",
      Domain: { DomainName: "api.example.com", SecurityPolicy: "TLS_1_0", CertificateArn: "arn" },
    }),
    "old-domain",
  ],
  [
    "a body that isn't known",
    api({ body: UNKNOWN }),
    "old-unless-in-document",
    "unless its document says otherwise",
  ],
  ["a body that is put, and isn't known", api({}, put(UNKNOWN)), "old-unless-in-document"],
  [
    "a policy that isn't known in a body",
    api({ body: { openapi: "3.0.1", paths: {}, [policy]: UNKNOWN } }),
    "old-unless-in-document",
  ],
  [
    "a body in S3",
    inTemplate("AWS::ApiGateway::RestApi", { BodyS3Location: { Bucket: "documents", Key: "orders.yaml" } }),
    "old-unless-in-document",
  ],
];

const silent: readonly (readonly [situation: string, resources: readonly Given[]])[] = [
  ...[
    "TLS_1_2",
    "tls_1_2",
    "TLS_1_3",
    "SecurityPolicy_TLS12_2018_EDGE",
    "SecurityPolicy_TLS12_PFS_2025_EDGE",
    "SecurityPolicy_TLS13_2025_EDGE",
    "SecurityPolicy_TLS13_1_2_2021_06",
    "SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09",
    "SecurityPolicy_TLS13_1_3_2025_09",
    "SecurityPolicy_TLS13_1_3_FIPS_2025_09",
    "SecurityPolicy_TLS13_2027_EDGE",
    "SecurityPolicy_TLS14_1_3_2029_01",
  ].flatMap((name): readonly (readonly [string, readonly Given[]])[] => [
    [`a domain with ${name}`, [v1({ securityPolicy: name })]],
    [`an API with ${name}`, api({ securityPolicy: name })],
    [`a document with ${name}`, api({ body: body({ [policy]: name }) })],
  ]),
  ["a domain without a policy", [v1({})]],
  ["a domain of an HTTP API", [configured("TLS_1_2")]],
  ["a domain of an HTTP API without a policy", [v2({ endpointType: "REGIONAL" })]],
  ["a private API", api(types("PRIVATE"))],
  ["an API with a closed default endpoint", api({ disableExecuteApiEndpoint: true })],
  [
    "an API whose document closes its default endpoint",
    api({
      body: body({
        servers: [
          { url: "/", "x-amazon-apigateway-endpoint-configuration": { disableExecuteApiEndpoint: true } },
        ],
      }),
    }),
  ],
  ["a policy in a body that is put", api({}, put(body({ [policy]: "SecurityPolicy_TLS13_1_2_2021_06" })))],
  ["a policy beside a body that isn't known", api({ securityPolicy: "TLS_1_2", body: UNKNOWN })],
  ["an HTTP API", [httpApi("subject")]],
  ["a WebSocket API", [webSocketApi("subject")]],
  ["a private API whose body isn't known", api({ ...types("PRIVATE"), body: UNKNOWN })],
  [
    "a serverless API with a policy",
    inServerlessTemplate({ SecurityPolicy: "SecurityPolicy_TLS13_1_2_2021_06", EndpointAccessMode: "BASIC" }),
  ],
  [
    "a serverless API with a closed default endpoint",
    inServerlessTemplate({ DisableExecuteApiEndpoint: true }),
  ],
  [
    "a serverless API under a policy for all",
    inServerlessTemplate({}, { Api: { SecurityPolicy: "SecurityPolicy_TLS13_1_2_2021_06" } }),
  ],
];

const rows = findings.map(
  ([situation, resources, kind, ...says]) => [situation, { resources, kind, says }] as const,
);

describe(rule, () => {
  test.each(rows)("reports: %s", async (_situation, { resources, kind, says }) => {
    const found = await ofRule(resources);
    expect(found).toMatchObject([{ rule, level: "advisory", resource: "subject" }]);
    for (const text of says) expect(found[0]?.message).toContain(text);
    expect(found.map(kindOf)).toEqual([kind]);
    const level = kind === "old-unless-in-document" ? "advisory" : "mandatory";
    expect(await ofRule(resources, "strict")).toMatchObject([{ level }]);
  });

  test.each(rows)("passes once its fix is pasted: %s", async (_situation, { resources }) => {
    const subject = resources.find(({ name }) => name === "subject");
    // The fix of a resource in another form stands in the words of the provider aws.
    if (!subject?.type.startsWith("aws:") || subject.type.includes(":cloudformation/")) return;
    const [found] = await ofRule(resources);
    if (found) expect(await ofRule(withFix(resources, found))).toEqual([]);
  });

  test.each(silent)("is silent: %s", async (_situation, resources) => {
    expect(await ofRule(resources)).toEqual([]);
  });

  test("the API that serverless events create has the settings for all", async () => {
    const serverless = (Globals: object) => [
      {
        ...template({
          templateBody: JSON.stringify({
            Transform: "AWS::Serverless-2016-10-31",
            Globals,
            Resources: {
              Lookup: {
                Type: "AWS::Serverless::Function",
                Properties: {
                  Events: { Get: { Type: "Api", Properties: { Path: "/orders", Method: "GET" } } },
                },
              },
            },
          }),
        }),
        name: "subject",
      },
    ];
    expect(await ofRule(serverless({}))).toHaveLength(1);
    expect(await ofRule(serverless({ Api: { SecurityPolicy: "TLS_1_2" } }))).toEqual([]);
  });
});
