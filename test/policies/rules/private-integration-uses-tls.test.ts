import { describe, expect, test } from "vitest";
import { findingsOf, type Given, kindOf, secret, UNKNOWN } from "../analyze";
import { made } from "../edge-resources";
import { withFix } from "../pasted-fix";
import { httpApi, integration, method, restApi, template, webSocketApi } from "../resources";

const rule = "private-integration-uses-tls";
const ofRule = (resources: readonly Given[], half?: "resources") =>
  findingsOf(rule, "advisory", resources, {}, half);

const listenerArn = "arn:aws:elasticloadbalancing:eu-west-1:111111111111:listener/app/orders/1/2";
const link = { connectionType: "VPC_LINK", connectionId: UNKNOWN };
const name = { serverNameToVerify: "orders.example.com" };
/** An integration of an HTTP or a WebSocket API. */
const v2 = (properties: object, api = "orders"): Given =>
  made(
    "aws:apigatewayv2/integration:Integration",
    "subject",
    { apiId: [api] },
    { integrationType: "HTTP_PROXY", integrationMethod: "ANY", ...properties },
  );
const http = (properties: object) => [httpApi("orders"), v2(properties)];
const socket = (properties: object) => [webSocketApi("chat"), v2(properties, "chat")];
const beside = (properties: object) => [webSocketApi("chat"), httpApi("orders"), v2(properties)];
const rest = (properties: object) => [
  integration("subject", { httpMethod: "GET", type: "HTTP_PROXY", ...properties }),
];

const extension = "x-amazon-apigateway-integration";
const paths = (integrations: Readonly<Record<string, object>>) =>
  JSON.stringify({
    openapi: "3.0.1",
    info: { title: "orders", version: "1" },
    paths: Object.fromEntries(
      Object.entries(integrations).map(([path, settings]) => [
        path,
        { get: { [extension]: { type: "http_proxy", httpMethod: "GET", ...settings } } },
      ]),
    ),
  });

type Row = readonly [situation: string, resources: readonly Given[], kind: string, says: string];
const plain = '"subject" reaches its backend through a VPC link over plain HTTP.';

const findings: readonly Row[] = [
  [
    "a listener without a TLS configuration",
    http({ ...link, integrationUri: listenerArn }),
    "in-clear",
    plain,
  ],
  ["a listener of this stack", http({ ...link, integrationUri: UNKNOWN }), "in-clear", plain],
  [
    "a service of Cloud Map",
    http({ ...link, integrationUri: "arn:aws:servicediscovery:eu-west-1:111111111111:service/srv-1" }),
    "in-clear",
    plain,
  ],
  [
    "a connection type in another case",
    http({ ...link, connectionType: "vpc_link", integrationUri: listenerArn }),
    "in-clear",
    plain,
  ],
  [
    "a connection type that isn't known",
    http({ ...link, connectionType: UNKNOWN, integrationUri: listenerArn }),
    "in-clear",
    plain,
  ],
  [
    "a connection type that is a secret",
    http({ ...link, connectionType: secret("VPC_LINK"), integrationUri: listenerArn }),
    "in-clear",
    plain,
  ],
  [
    "a listener by its ARN, of an HTTP API beside a WebSocket API",
    beside({ ...link, integrationUri: listenerArn }),
    "in-clear",
    plain,
  ],
  ["an HTTP API beside a WebSocket API", beside({ ...link, integrationUri: UNKNOWN }), "in-clear", plain],
  [
    "a plain URI of a WebSocket API",
    socket({ ...link, integrationUri: "http://chat.example.com" }),
    "in-clear",
    plain,
  ],
  [
    "an integration of a Terraform module",
    [
      {
        type: "web:tf:aws_apigatewayv2_integration",
        name: "subject",
        properties: { api_id: "a1b2c3", connection_type: "VPC_LINK", integration_uri: "arn", tls_config: [] },
      },
    ],
    "in-clear",
    plain,
  ],
  [
    "an integration of aws-native",
    [
      {
        type: "aws-native:apigatewayv2:Integration",
        name: "subject",
        properties: { apiId: "a1b2c3", ...link, integrationUri: listenerArn },
      },
    ],
    "in-clear",
    plain,
  ],
  ["a plain URI of a REST API", rest({ ...link, uri: "http://orders.example.com/{id}" }), "in-clear", plain],
  ["a plain URI in capitals", rest({ ...link, uri: "HTTP://orders.example.com" }), "in-clear", plain],
  ["a load balancer and no URI", rest({ ...link, integrationTarget: UNKNOWN }), "in-clear", plain],
  [
    "a connection type of a REST API that isn't known",
    rest({ ...link, connectionType: UNKNOWN, uri: "http://orders.example.com" }),
    "in-clear",
    plain,
  ],
  [
    "a REST API that accepts any certificate",
    rest({ ...link, uri: "https://orders.example.com", tlsConfig: { insecureSkipVerification: true } }),
    "unverified-certificate",
    '"subject" accepts any certificate of the backend behind its VPC link.',
  ],
  [
    "a method of CloudFormation",
    [method("subject", "GET", { integration: { type: "HTTP_PROXY", ...link, uri: "http://orders" } })],
    "in-clear",
    plain,
  ],
  [
    "a method in a template",
    [
      {
        ...template({
          templateBody: JSON.stringify({
            Resources: {
              Lookup: {
                Type: "AWS::ApiGateway::Method",
                Properties: {
                  HttpMethod: "GET",
                  AuthorizationType: "AWS_IAM",
                  Integration: {
                    Type: "HTTP_PROXY",
                    ConnectionType: "VPC_LINK",
                    ConnectionId: { Ref: "Link" },
                    Uri: "http://orders.internal/",
                  },
                },
              },
            },
          }),
        }),
        name: "subject",
      },
    ],
    "in-clear",
    '"Lookup" reaches its backend',
  ],
  [
    "operations of a REST API's document",
    [
      restApi("subject", {
        body: paths({
          "/plain": { ...link, connectionId: "l", uri: "http://orders.example.com" },
          "/encrypted": { ...link, connectionId: "l", uri: "https://orders.example.com" },
          "/careless": {
            ...link,
            connectionId: "l",
            uri: "https://orders.example.com",
            tlsConfig: { insecureSkipVerification: true },
          },
          "/public": { uri: "http://example.com" },
        }),
      }),
    ],
    "in-clear",
    'In the document of "subject", the integrations of GET /plain and GET /careless use a VPC link without TLS',
  ],
  [
    "operations of an HTTP API's document",
    [
      httpApi("subject", {
        body: paths({
          "/plain": { ...link, connectionId: "l", uri: listenerArn, payloadFormatVersion: "1.0" },
          "/encrypted": { ...link, connectionId: "l", uri: listenerArn, tlsConfig: name },
        }),
      }),
    ],
    "in-clear",
    "the integrations of GET /plain use",
  ],
  [
    "a document that is put",
    [
      {
        type: "aws:apigateway/restApiPut:RestApiPut",
        name: "subject",
        properties: {
          restApiId: "a1b2c3",
          body: paths({ "/plain": { ...link, connectionId: "l", uri: "http://a" } }),
        },
      },
    ],
    "in-clear",
    "the integrations of GET /plain use",
  ],
];

const silent: readonly (readonly [situation: string, resources: readonly Given[]])[] = [
  ["a TLS configuration", http({ ...link, integrationUri: listenerArn, tlsConfig: name })],
  [
    "a TLS configuration that isn't known",
    http({ ...link, integrationUri: listenerArn, tlsConfig: UNKNOWN }),
  ],
  ["a function", http({ integrationType: "AWS_PROXY", integrationUri: UNKNOWN })],
  ["a service on the internet", http({ connectionType: "INTERNET", integrationUri: "http://example.com" })],
  ["an encrypted URI of a WebSocket API", socket({ ...link, integrationUri: "https://chat.example.com" })],
  ["a URI of a WebSocket API that isn't known", socket({ ...link, integrationUri: UNKNOWN })],
  ["an encrypted URI of a REST API", rest({ ...link, uri: "https://orders.example.com/{id}" })],
  ["a URI of a REST API that isn't known", rest({ ...link, uri: UNKNOWN })],
  ["a URI in a stage variable", rest({ ...link, uri: `$\{stageVariables.orders}` })],
  [
    "a REST API that verifies the certificate",
    rest({ ...link, uri: "https://orders.example.com", tlsConfig: { insecureSkipVerification: false } }),
  ],
  ["a function of a REST API", rest({ type: "AWS_PROXY", uri: UNKNOWN })],
  ["a method of CloudFormation with MOCK", [method("subject", "OPTIONS", { integration: { type: "MOCK" } })]],
  ["a body that isn't known", [restApi("subject", { body: UNKNOWN })]],
  ["an operation without an integration", [restApi("subject", { body: paths({}) })]],
  [
    "an integration that isn't known in a document",
    [
      restApi("subject", {
        body: { openapi: "3.0.1", paths: { "/a": { get: { [extension]: UNKNOWN } } } },
      }),
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
    const subject = resources.find(({ name }) => name === "subject");
    // The fix of a document, or of another form, stands in other words.
    if (!subject?.type.endsWith(":Integration") || !subject.type.startsWith("aws:")) return;
    const [found] = await ofRule(resources);
    if (found) expect(await ofRule(withFix(resources, found))).toEqual([]);
  });

  test.each(silent)("is silent: %s", async (_situation, resources) => {
    expect(await ofRule(resources)).toEqual([]);
  });

  test("says where TLS is written, by the kind of API", async () => {
    const fix = async (resources: readonly Given[]) =>
      /Fix: (.*?) {3}\/\//.exec((await ofRule(resources))[0]?.message ?? "")?.[1];

    const unsafe = { ...link, uri: "http://orders.example.com" };
    expect(await fix(rest(unsafe))).toBe('uri: "https://orders.example.com"');
    expect(await fix(http({ ...link, integrationUri: UNKNOWN }))).toContain("tlsConfig");
    const inMethod = { type: "HTTP_PROXY", ...unsafe };
    expect(await fix([method("subject", "GET", { integration: inMethod })])).toBe(
      'uri: "https://orders.example.com"',
    );
    expect(await fix([restApi("subject", { body: paths({ "/a": unsafe }) })])).toBe(
      '"uri": "https://orders.example.com"',
    );
    expect(await fix([httpApi("subject", { body: paths({ "/a": unsafe }) })])).toContain('"tlsConfig"');
  });

  test("a document is in clear where one of its integrations is, whatever the others are", async () => {
    const unverified = {
      ...link,
      uri: "https://a.example.com",
      tlsConfig: { insecureSkipVerification: true },
    };
    const integrations = { "/a": unverified, "/b": { ...link, uri: "http://b.example.com" } };
    const found = await ofRule([restApi("subject", { body: paths(integrations) })]);
    expect(found.map(kindOf)).toEqual(["in-clear"]);
    const [only] = await ofRule([restApi("subject", { body: paths({ "/a": unverified }) })]);
    expect(only && kindOf(only)).toBe("unverified-certificate");
  });

  test("before a resource is created, it reports what no WebSocket API can be behind", async () => {
    const unknown = { ...link, integrationUri: UNKNOWN };
    expect(await ofRule(http(unknown), "resources")).toHaveLength(1);
    expect(await ofRule(beside(unknown), "resources")).toEqual([]);
  });
});
