import { describe, expect, test } from "vitest";
import { analyze, type Given, kindOf, secret, UNKNOWN } from "../analyze";
import { apiMapping, domainName, mutualTls } from "../bypass-resources";
import {
  exemption,
  httpApi,
  method,
  publicAccess,
  restApi,
  restResource,
  route,
  under,
  webSocketApi,
} from "../resources";

const rule = "mutual-tls-closes-the-default-endpoint";
const iam = { authorizationType: "AWS_IAM" };
const closed = { disableExecuteApiEndpoint: true };
const endpointConfiguration = "x-amazon-apigateway-endpoint-configuration";

/** An API behind a domain of its own. */
const behindDomain = (api: string, properties: object = mutualTls): readonly Given[] => [
  domainName("partners", properties),
  apiMapping("mapping", api, "partners"),
];
/** An HTTP API whose one route is declared public: certificates are to guard it. */
const declared = (properties: object = {}): readonly Given[] => [
  httpApi("orders", properties),
  publicAccess("certificates", ["GET /orders"]),
  under("certificates", route("list", "GET /orders", {}, "orders")),
];
const authorized = (properties: object = {}): readonly Given[] => [
  httpApi("orders", properties),
  route("list", "GET /orders", iam, "orders"),
];
const body = (root: object, security: object = { "x-amazon-apigateway-auth": { type: "AWS_IAM" } }) =>
  JSON.stringify({ openapi: "3.0.1", paths: { "/orders": { get: security } }, ...root });
const closingServers = { servers: [{ url: "/", [endpointConfiguration]: closed }] };

const v1Domain = (name: string, properties: object = mutualTls): Given => ({
  ...domainName(name, properties),
  type: "aws:apigateway/domainName:DomainName",
});
const basePathMapping = (api: string, domain: string): Given => ({
  type: "aws:apigateway/basePathMapping:BasePathMapping",
  name: "mapping",
  properties: { restApi: UNKNOWN, domainName: UNKNOWN, stageName: "live" },
  dependencies: { restApi: [api], domainName: [domain] },
});
const routingRule = (apis: readonly string[], domain: string): Given => ({
  type: "aws:apigatewayv2/routingRule:RoutingRule",
  name: "mapping",
  properties: {
    domainName: UNKNOWN,
    priority: 1,
    actions: apis.map(() => ({ invokeApi: { apiId: UNKNOWN, stage: "live" } })),
  },
  dependencies: { actions: apis, domainName: [domain] },
});
/** A REST API with a method under a declaration. */
const declaredRest = (properties: object = {}, name = "orders"): readonly Given[] => [
  restApi(name, properties),
  restResource("path", "orders", name),
  publicAccess("certificates", ["GET /orders"]),
  under("certificates", inApi(method("list", "GET", { authorization: "NONE" }, "path"), name)),
];
const inApi = (given: Given, api: string): Given => ({
  ...given,
  dependencies: { ...given.dependencies, restApi: [api] },
});
const put = (api: string, properties: object): Given => ({
  type: "aws:apigateway/restApiPut:RestApiPut",
  name: "put",
  properties: { restApiId: UNKNOWN, ...properties },
  dependencies: { restApiId: [api] },
});

/** A second domain of the same API. */
const second = (properties: object = {}): readonly Given[] => [
  domainName("web", { domainName: "web.example.com", ...properties }),
  apiMapping("web-mapping", "orders", "web"),
];
const leadingFrom = (mapping: Given, domain: string): Given => ({
  ...mapping,
  name: "web-mapping",
  dependencies: { ...mapping.dependencies, domainName: [domain] },
});

type Row = readonly [situation: string, resources: readonly Given[], on: string, kind: string, says: string];

const violations: readonly Row[] = [
  [
    "an HTTP API whose default endpoint is open",
    [...declared(), ...behindDomain("orders")],
    "orders",
    "bypasses-certificates",
    '"partners" requires client certificates for "orders", and it also answers at its default endpoint, which requires none. Without a certificate anyone can call GET /orders.',
  ],
  [
    "a REST API and a domain of its kind, disableExecuteApiEndpoint absent",
    [...declaredRest(), v1Domain("partners"), basePathMapping("orders", "partners")],
    "orders",
    "bypasses-certificates",
    "Without a certificate anyone can call GET /orders.",
  ],
  [
    "a REST API behind a domain of version 2",
    [...declaredRest(), ...behindDomain("orders")],
    "orders",
    "bypasses-certificates",
    '"partners"',
  ],
  [
    "an HTTP API behind a domain of version 1",
    [...declared(), v1Domain("partners"), apiMapping("mapping", "orders", "partners")],
    "orders",
    "bypasses-certificates",
    '"partners"',
  ],
  [
    "an API behind a routing rule",
    [...declaredRest(), domainName("partners", mutualTls), routingRule(["orders"], "partners")],
    "orders",
    "bypasses-certificates",
    '"partners"',
  ],
  [
    "an API key, which is no authentication",
    [
      restApi("orders"),
      restResource("path", "orders", "orders"),
      inApi(method("list", "GET", { authorization: "NONE", apiKeyRequired: true }, "path"), "orders"),
      ...behindDomain("orders"),
    ],
    "orders",
    "bypasses-certificates",
    "Without a certificate anyone can call GET /orders.",
  ],
  [
    "a route whose key isn't known",
    [
      httpApi("orders"),
      publicAccess("certificates", ["GET /orders"]),
      under("certificates", route("list", UNKNOWN, {}, "orders")),
      ...behindDomain("orders"),
    ],
    "orders",
    "bypasses-certificates",
    "Without a certificate anyone can call it.",
  ],
  [
    "no route in this stack, beside an unknown body of another API",
    [restApi("orders"), restApi("others"), put("others", { body: UNKNOWN }), ...behindDomain("orders")],
    "orders",
    "bypasses-certificates",
    "None of its routes is in this stack",
  ],
  [
    "one of a routing rule's APIs",
    [
      ...declaredRest(),
      restApi("others", closed),
      domainName("partners", mutualTls),
      routingRule(["others", "orders"], "partners"),
    ],
    "orders",
    "bypasses-certificates",
    '"partners"',
  ],
  [
    "the flag false",
    [...declared({ disableExecuteApiEndpoint: false }), ...behindDomain("orders")],
    "orders",
    "bypasses-certificates",
    "GET /orders",
  ],
  [
    "the flag unknown before open routes",
    [...declared({ disableExecuteApiEndpoint: UNKNOWN }), ...behindDomain("orders")],
    "orders",
    "bypasses-certificates",
    "is not known before the deployment: write disableExecuteApiEndpoint as a plain value",
  ],
  [
    "the flag of a wrong type",
    [...declared({ disableExecuteApiEndpoint: 1 }), ...behindDomain("orders")],
    "orders",
    "bypasses-certificates",
    "not known",
  ],
  [
    "the flag a secret false",
    [...declared({ disableExecuteApiEndpoint: secret(false) }), ...behindDomain("orders")],
    "orders",
    "bypasses-certificates",
    "GET /orders",
  ],
  [
    "mutual TLS that is unknown, which counts as set",
    [...declared(), ...behindDomain("orders", { mutualTlsAuthentication: UNKNOWN })],
    "orders",
    "bypasses-certificates",
    '"partners"',
  ],
  [
    "the domain's name is written out, in another case",
    [
      ...declared(),
      domainName("partners", mutualTls),
      {
        ...apiMapping("mapping", "orders", "partners"),
        properties: { apiId: UNKNOWN, domainName: "API.example.com" },
        dependencies: { apiId: ["orders"] },
      },
    ],
    "orders",
    "bypasses-certificates",
    '"partners"',
  ],
  [
    "the domain's name is written out, and the domain writes it in another case",
    [
      ...declared(),
      domainName("partners", { ...mutualTls, domainName: "Api.Example.com" }),
      {
        ...apiMapping("mapping", "orders", "partners"),
        properties: { apiId: UNKNOWN, domainName: "api.example.com" },
        dependencies: { apiId: ["orders"] },
      },
    ],
    "orders",
    "bypasses-certificates",
    '"partners"',
  ],
  [
    "a mapping whose domain may be one of two",
    [
      ...declared(),
      domainName("web", { domainName: "web.example.com" }),
      domainName("partners", mutualTls),
      {
        ...apiMapping("mapping", "orders", "web"),
        dependencies: { apiId: ["orders"], domainName: ["web", "partners"] },
      },
    ],
    "orders",
    "bypasses-certificates",
    '"partners"',
  ],
  [
    "an API key, which authenticates nobody",
    [
      ...declaredRest().slice(0, 2),
      publicAccess("certificates", ["GET /orders"]),
      under("certificates", inApi(method("list", "GET", { apiKeyRequired: true }, "path"), "orders")),
      v1Domain("partners"),
      basePathMapping("orders", "partners"),
    ],
    "orders",
    "bypasses-certificates",
    "GET /orders",
  ],
  [
    "an open route beside an authorized one",
    [...declared(), route("write", "POST /orders", iam, "orders"), ...behindDomain("orders")],
    "orders",
    "bypasses-certificates",
    "anyone can call GET /orders.",
  ],
  [
    "no route in this stack",
    [httpApi("orders"), ...behindDomain("orders")],
    "orders",
    "bypasses-certificates",
    "None of its routes is in this stack",
  ],
  [
    "a body that says nothing of it, and is open by declaration",
    [
      publicAccess("certificates", ["GET /orders"]),
      under("certificates", httpApi("orders", { body: body({}, {}) })),
      ...behindDomain("orders"),
    ],
    "orders",
    "bypasses-certificates",
    "GET /orders",
  ],
  [
    "OpenAPI 3 with the extension at the root, where API Gateway ignores it",
    [
      publicAccess("certificates", ["GET /orders"]),
      under("certificates", httpApi("orders", { body: body({ [endpointConfiguration]: closed }, {}) })),
      ...behindDomain("orders"),
    ],
    "orders",
    "bypasses-certificates",
    "GET /orders",
  ],
  [
    "a body that leaves it open",
    [
      publicAccess("certificates", ["GET /orders"]),
      under(
        "certificates",
        httpApi("orders", {
          body: body(
            { servers: [{ url: "/", [endpointConfiguration]: { disableExecuteApiEndpoint: false } }] },
            {},
          ),
        }),
      ),
      ...behindDomain("orders"),
    ],
    "orders",
    "bypasses-certificates",
    "GET /orders",
  ],
];

const secondDomains: readonly Row[] = [
  [
    "a domain without mutual TLS beside one with it",
    [...declared(closed), ...behindDomain("orders"), ...second()],
    "web",
    "second-domain",
    '"partners" requires client certificates for "orders", and "web" leads to it too, without requiring any. Without a certificate anyone can call GET /orders.',
  ],
  [
    "whichever comes first",
    [...declared(closed), ...second(), ...behindDomain("orders")],
    "web",
    "second-domain",
    '"web" leads to it too',
  ],
  [
    "domains of both types",
    [
      ...declaredRest(closed),
      ...behindDomain("orders"),
      v1Domain("web", { domainName: "web.example.com" }),
      leadingFrom(basePathMapping("orders", "web"), "web"),
    ],
    "web",
    "second-domain",
    "GET /orders",
  ],
  [
    "a routing rule",
    [
      ...declaredRest(closed),
      ...behindDomain("orders"),
      domainName("web", { domainName: "web.example.com" }),
      leadingFrom(routingRule(["orders"], "web"), "web"),
    ],
    "web",
    "second-domain",
    "GET /orders",
  ],
  [
    "a domain whose name is written out",
    [
      ...declared(closed),
      ...behindDomain("orders"),
      domainName("web", { domainName: "web.example.com" }),
      {
        ...apiMapping("web-mapping", "orders", "web"),
        properties: { apiId: UNKNOWN, domainName: "Web.example.com" },
        dependencies: { apiId: ["orders"] },
      },
    ],
    "web",
    "second-domain",
    "GET /orders",
  ],
  [
    "two mappings of it, which are one way in",
    [
      ...declared(closed),
      ...behindDomain("orders"),
      ...second(),
      { ...apiMapping("web-mapping-v2", "orders", "web") },
    ],
    "web",
    "second-domain",
    "GET /orders",
  ],
  [
    "no route in this stack",
    [httpApi("orders", closed), ...behindDomain("orders"), ...second()],
    "web",
    "second-domain",
    "None of its routes is in this stack",
  ],
  [
    "a default endpoint that only a VPC endpoint reaches",
    [
      ...declaredRest({ endpointConfiguration: { types: "PRIVATE" } }),
      ...behindDomain("orders"),
      ...second(),
    ],
    "web",
    "second-domain",
    "GET /orders",
  ],
];

const secondAdvisories: readonly Row[] = [
  [
    "a second domain of routes that require authorization",
    [...authorized(closed), ...behindDomain("orders"), ...second()],
    "web",
    "second-domain",
    "Its other authorization still applies there; the certificates don't.",
  ],
  [
    "a second domain of another stack",
    [
      ...declared(closed),
      ...behindDomain("orders"),
      {
        ...apiMapping("web-mapping", "orders", "orders"),
        properties: { apiId: UNKNOWN, domainName: "web.example.com" },
        dependencies: { apiId: ["orders"] },
      },
    ],
    "web-mapping",
    "second-domain",
    "from a domain that this stack doesn't hold",
  ],
];

const advisories: readonly Row[] = [
  ...secondAdvisories,
  [
    "an API beside it that lets anyone in, without a domain",
    [...authorized(), ...declaredRest({}, "others"), ...behindDomain("orders")],
    "orders",
    "bypasses-certificates",
    "Its other authorization still applies there",
  ],
  [
    "the body that closes is another API's",
    [
      ...authorized(),
      restApi("others"),
      put("others", { body: body(closingServers) }),
      restApi("customers"),
      ...behindDomain("customers", {}),
    ],
    "customers",
    "bypasses-domain",
    '"customers"',
  ],
  [
    "authorizers that still apply, so that callers only bypass the certificates",
    [...authorized(), ...behindDomain("orders")],
    "orders",
    "bypasses-certificates",
    "Its other authorization still applies there; the certificates don't.",
  ],
  [
    "a body whose operations require IAM",
    [restApi("orders", { body: body({}) }), ...behindDomain("orders")],
    "orders",
    "bypasses-certificates",
    "Its other authorization still applies there; the certificates don't.",
  ],
  [
    "a domain without mutual TLS",
    [...authorized(), ...behindDomain("orders", {})],
    "orders",
    "bypasses-domain",
    '"orders" has a domain of its own, and it also answers at its default endpoint.',
  ],
  [
    "a domain of another stack",
    [
      ...authorized(),
      {
        ...apiMapping("mapping", "orders", "orders"),
        properties: { apiId: UNKNOWN, domainName: "api.example.com" },
        dependencies: { apiId: ["orders"] },
      },
    ],
    "orders",
    "bypasses-domain",
    '"orders"',
  ],
  [
    "a WebSocket API",
    [webSocketApi("chat"), route("connect", "$connect", iam, "chat"), ...behindDomain("chat", {})],
    "chat",
    "bypasses-domain",
    '"chat"',
  ],
  [
    "the flag unknown before authorized routes",
    [...authorized({ disableExecuteApiEndpoint: UNKNOWN }), ...behindDomain("orders", {})],
    "orders",
    "bypasses-domain",
    "is not known before the deployment",
  ],
  [
    "two unknown names are never equal",
    [
      ...declared(),
      domainName("partners", { ...mutualTls, domainName: UNKNOWN }),
      { ...apiMapping("mapping", "orders", "partners"), dependencies: { apiId: ["orders"] } },
    ],
    "orders",
    "bypasses-domain",
    '"orders"',
  ],
  [
    "the API behind the certificates is another stack's",
    [
      domainName("partners", mutualTls),
      {
        ...apiMapping("mapping", "partners", "partners"),
        properties: { apiId: "a1b2c3", domainName: UNKNOWN },
      },
    ],
    "mapping",
    "api-elsewhere",
    '"mapping" leads from "partners"',
  ],
];

const unknownBodies: readonly Row[] = [
  [
    "a body with an operation whose security is unknown, beside one that is known",
    [
      httpApi("orders", {
        body: {
          openapi: "3.0.1",
          paths: {
            "/orders": {
              get: { "x-amazon-apigateway-auth": { type: "AWS_IAM" } },
              post: { security: UNKNOWN },
            },
          },
        },
      }),
      ...behindDomain("orders"),
    ],
    "orders",
    "bypasses-certificates",
    "body that is not known",
  ],
  [
    "a body that may close it before a route that is open by declaration",
    [...declaredRest(), put("orders", { body: UNKNOWN }), ...behindDomain("orders")],
    "orders",
    "bypasses-certificates",
    "anyone can call GET /orders",
  ],
  [
    "a body whose servers are unknown",
    [
      httpApi("orders", { body: { ...JSON.parse(body({})), servers: UNKNOWN } }),
      ...behindDomain("orders", {}),
    ],
    "orders",
    "bypasses-domain",
    '"orders"',
  ],
  [
    "a body that may close it",
    [
      httpApi("orders", { body: UNKNOWN }),
      route("list", "GET /orders", iam, "orders"),
      ...behindDomain("orders"),
    ],
    "orders",
    "bypasses-certificates",
    "body that is not known",
  ],
  [
    "a body of a RestApiPut",
    [restApi("orders"), put("orders", { body: UNKNOWN }), ...behindDomain("orders")],
    "orders",
    "bypasses-certificates",
    "body that is not known",
  ],
  [
    "a body of whose servers one closes it and another is unknown",
    [
      httpApi("orders", { body: { ...JSON.parse(body({})), servers: [UNKNOWN, ...closingServers.servers] } }),
      ...behindDomain("orders", {}),
    ],
    "orders",
    "bypasses-domain",
    '"orders"',
  ],
  [
    "a body of whose servers one closes it and another leaves it open",
    [
      httpApi("orders", {
        body: body({
          servers: [
            ...closingServers.servers,
            { url: "/", [endpointConfiguration]: { disableExecuteApiEndpoint: false } },
          ],
        }),
      }),
      ...behindDomain("orders", {}),
    ],
    "orders",
    "bypasses-domain",
    '"orders"',
  ],
  [
    "a body with a server that is unknown",
    [
      httpApi("orders", { body: { ...JSON.parse(body({})), servers: [UNKNOWN] } }),
      ...behindDomain("orders", {}),
    ],
    "orders",
    "bypasses-domain",
    '"orders"',
  ],
  [
    "a body with an operation that is unknown",
    [
      httpApi("orders", { body: { openapi: "3.0.1", paths: { "/orders": { get: UNKNOWN } } } }),
      ...behindDomain("orders"),
    ],
    "orders",
    "bypasses-certificates",
    "body that is not known",
  ],
];

const silent: readonly (readonly [situation: string, resources: readonly Given[]])[] = [
  [
    "both domains require certificates",
    [...declared(closed), ...behindDomain("orders"), ...second(mutualTls)],
  ],
  [
    "the second domain requires certificates that aren't known",
    [...declared(closed), ...behindDomain("orders"), ...second({ mutualTlsAuthentication: UNKNOWN })],
  ],
  [
    "the second domain leads to another API",
    [
      ...declared(closed),
      httpApi("others", closed),
      ...behindDomain("orders"),
      domainName("web", { domainName: "web.example.com" }),
      apiMapping("web-mapping", "others", "web"),
    ],
  ],
  [
    "two domains, neither of which requires certificates",
    [...authorized(closed), ...behindDomain("orders", {}), ...second()],
  ],
  [
    "a second domain without a mapping",
    [...declared(closed), ...behindDomain("orders"), domainName("web", { domainName: "web.example.com" })],
  ],
  ["the default endpoint is closed", [...declared(closed), ...behindDomain("orders")]],
  [
    "closed, written as a text",
    [...declared({ disableExecuteApiEndpoint: "true" }), ...behindDomain("orders")],
  ],
  [
    "closed, as a secret",
    [...declared({ disableExecuteApiEndpoint: secret(true) }), ...behindDomain("orders")],
  ],
  ["closed, without mutual TLS", [...authorized(closed), ...behindDomain("orders", {})]],
  [
    "a REST API that is closed",
    [...declaredRest(closed), v1Domain("partners"), basePathMapping("orders", "partners")],
  ],
  ["no domain: the default endpoint is the only one", [...authorized()]],
  ["a domain that leads nowhere", [...authorized(), domainName("partners", mutualTls)]],
  [
    "a private REST API: only a VPC endpoint leads to its default endpoint",
    [
      ...declaredRest({ endpointConfiguration: { types: "PRIVATE" } }),
      v1Domain("partners", {}),
      basePathMapping("orders", "partners"),
    ],
  ],
  [
    "closed by an OpenAPI 3 body, which an argument of false doesn't take back",
    [
      httpApi("orders", { body: body(closingServers), disableExecuteApiEndpoint: false }),
      ...behindDomain("orders"),
    ],
  ],
  [
    "closed by the second server of a body",
    [
      httpApi("orders", { body: body({ servers: [{ url: "/" }, ...closingServers.servers] }) }),
      ...behindDomain("orders"),
    ],
  ],
  [
    "closed by a Swagger 2.0 body, whose servers say nothing",
    [
      restApi("orders", {
        body: JSON.stringify({
          swagger: "2.0",
          [endpointConfiguration]: closed,
          paths: { "/orders": { get: { "x-amazon-apigateway-auth": { type: "AWS_IAM" } } } },
        }),
      }),
      ...behindDomain("orders"),
    ],
  ],
  [
    "closed by the body of a RestApiPut",
    [restApi("orders"), put("orders", { body: body(closingServers) }), ...behindDomain("orders")],
  ],
  [
    "an unknown body behind a closed endpoint",
    [httpApi("orders", { body: UNKNOWN, ...closed }), ...behindDomain("orders")],
  ],
  [
    "the domain of another API",
    [
      ...authorized(),
      httpApi("others", closed),
      route("other", "GET /others", iam, "others"),
      ...behindDomain("others"),
    ],
  ],
  [
    "an API of another stack behind a domain without mutual TLS",
    [
      domainName("partners"),
      {
        ...apiMapping("mapping", "partners", "partners"),
        properties: { apiId: "a1b2c3", domainName: UNKNOWN },
      },
    ],
  ],
];

const reportedBy = async (...args: Parameters<typeof analyze>) =>
  (await analyze(...args))
    .filter((violation) => violation.rule === rule)
    .map((found) => ({ ...found, kind: kindOf(found) }));

describe(rule, () => {
  test.each([...violations, ...secondDomains])(
    "blocks: %s",
    async (_situation, resources, on, kind, says) => {
      expect(await reportedBy(resources)).toEqual([
        expect.objectContaining({
          level: "mandatory",
          resource: on,
          kind,
          message: expect.stringContaining(says),
        }),
      ]);
    },
  );

  test.each(advisories)("advises: %s", async (_situation, resources, on, kind, says) => {
    const advised = { resource: on, kind, message: expect.stringContaining(says) };
    expect(await reportedBy(resources)).toEqual([expect.objectContaining({ ...advised, level: "advisory" })]);
    expect(await reportedBy(resources, { preset: "strict" })).toEqual([
      expect.objectContaining({ ...advised, level: "mandatory" }),
    ]);
  });

  test.each(unknownBodies)(
    "advises while a body is unknown, also in strict: %s",
    async (_situation, resources, on, kind, says) => {
      const advised = [
        expect.objectContaining({
          level: "advisory",
          resource: on,
          kind,
          message: expect.stringContaining(says),
        }),
      ];
      expect(await reportedBy(resources)).toEqual(advised);
      expect(await reportedBy(resources, { preset: "strict" })).toEqual(advised);
    },
  );

  test("decides an unknown body at preview where the organization wants it", async () => {
    const resources = [restApi("orders"), put("orders", { body: UNKNOWN }), ...behindDomain("orders")];
    const options = { [rule]: { unknownDocuments: "mandatory" } };
    expect(await reportedBy(resources, { options })).toMatchObject([{ level: "mandatory" }]);
  });

  test.each(silent)("is silent: %s", async (_situation, resources) => {
    expect(await reportedBy(resources)).toEqual([]);
  });

  test("the default endpoint and a second domain are two ways in", async () => {
    expect(await reportedBy([...declared(), ...behindDomain("orders"), ...second()])).toMatchObject([
      { resource: "web", kind: "second-domain", level: "mandatory" },
      { resource: "orders", kind: "bypasses-certificates", level: "mandatory" },
    ]);
  });

  test("an exemption of the second domain covers it", async () => {
    const resources = [...declared(closed), ...behindDomain("orders"), ...second()];
    expect(await analyze(resources, { exemptions: [exemption(rule, "web")] })).toEqual([]);
  });

  test("lists ten open routes and counts the others", async () => {
    const paths = Array.from({ length: 12 }, (_, index) => `GET /orders/${index}`);
    const routes = paths.map((path, index) => under("certificates", route(`r${index}`, path, {}, "orders")));
    const [reported] = await reportedBy([
      httpApi("orders"),
      publicAccess("certificates", paths),
      ...routes,
      ...behindDomain("orders"),
    ]);
    expect(reported?.message).toContain("GET /orders/9, and 2 more.");
    expect(reported?.message).not.toContain("GET /orders/10");
  });
});
