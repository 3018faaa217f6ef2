import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  Authorization,
  Integration,
  publicAccess,
  SecureRestApi,
  type SecureRestApiArgs,
} from "../../../components/src";
import { argumentProblems } from "../../../components/src/secure-rest-api/argument-problems";
import { judgeOpenApi, noSurroundings } from "../../../policies/src/endpoints/api-gateway/document";
import { readOpenApi } from "../../../policies/src/reading/text/open-api";
import { ofType, type Registered, registered } from "../registered";

const handler = { functionName: "lookup", invokeArn: "arn:lookup" };
const userPool = { arn: "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_a" };
const cognito = Authorization.cognito({ userPool, scopes: ["customers/read"] });
const iam = Authorization.iam();
const lambda = Authorization.lambda({ handler: { functionName: "check", invokeArn: "arn:check" } });
const access = publicAccess({
  reason: "load balancer health probe, returns no data",
  owner: "team-edge",
  reviewBy: "2027-01-31",
});

const oauth2 = { type: "oauth2", flows: {} };
const apiKey = { type: "apiKey", in: "header", name: "X-API-Key" };
const header = { type: "apiKey", in: "header", name: "Authorization" };
const asksLambda = {
  "x-amazon-apigateway-authtype": "custom",
  "x-amazon-apigateway-authorizer": {
    type: "request",
    authorizerUri: "arn:own",
    identitySource: "method.request.header.X",
  },
};
const asksSignature = { "x-amazon-apigateway-authtype": "awsSigv4" };
const ownLambda = { ...header, ...asksLambda };
const sigv4 = { ...header, ...asksSignature };

const byIam = { "x-amazon-apigateway-auth": { type: "AWS_IAM" } };

type Raw = Readonly<Record<string, unknown>>;

const documentWith = (operation: Raw, root: Raw = {}, method = "get"): Raw => ({
  openapi: "3.0.1",
  info: { title: "customers", version: "1" },
  components: { securitySchemes: { oauth2, apiKey, ownLambda, sigv4 } },
  paths: { "/a": { [method]: operation } },
  ...root,
});
const openApi = (document: unknown, settings: Raw = { handler }, more: Raw = {}) => ({
  document,
  operations: { "GET /a": settings },
  ...more,
});
const args = (given: Raw, authorization: unknown = cognito) =>
  ({ authorization, ...given }) as SecureRestApiArgs;

const made = (given: SecureRestApiArgs) => registered(() => new SecureRestApi("customers", given));
function bodyIn(resources: readonly Registered[]) {
  const [api] = ofType(resources, "apigateway/restApi:RestApi");
  return JSON.parse(String(api?.inputs.body));
}
const bodyOf = async (given: SecureRestApiArgs) => bodyIn(await made(given));

/** How the policy pack judges the operations of a body. */
function verdictsOf(body: unknown): Readonly<Record<string, string>> {
  const judged = judgeOpenApi(readOpenApi(JSON.stringify(body)), "rest", noSurroundings);
  if (judged.kind !== "read") throw new Error(`the body is ${judged.kind}`);
  return Object.fromEntries(
    judged.operations.map(({ route, authentication }) => [route, authentication.verdict]),
  );
}

describe("a missing authorization is added", () => {
  test.each<[string, Raw, Raw, unknown]>([
    ["nothing said", {}, {}, [{ cognito: ["customers/read"] }]],
    ["an empty list", { security: [] }, {}, [{ cognito: ["customers/read"] }]],
    ["an empty requirement", { security: [{}] }, {}, [{ cognito: ["customers/read"] }]],
    ["security that is no list", { security: "oauth2" }, {}, [{ cognito: ["customers/read"] }]],
    ["an API key alone", { security: [{ apiKey: [] }] }, {}, [{ cognito: ["customers/read"], apiKey: [] }]],
    [
      "NONE in API Gateway's own word",
      { "x-amazon-apigateway-auth": { type: "NONE" } },
      {},
      [{ cognito: ["customers/read"] }],
    ],
    ["no word at all", { "x-amazon-apigateway-auth": { type: " " } }, {}, [{ cognito: ["customers/read"] }]],
    [
      "the root's security, which API Gateway ignores",
      {},
      { security: [{ oauth2: ["customers/all"] }] },
      [{ oauth2: ["customers/all"] }],
    ],
    [
      "an empty list below the root's security",
      { security: [] },
      { security: [{ oauth2: ["customers/all"] }] },
      [{ cognito: ["customers/read"] }],
    ],
    [
      "a scheme that has no authorizer",
      { security: [{ oauth2: ["customers/write"] }] },
      {},
      [{ oauth2: ["customers/write"] }],
    ],
    ["a scheme without scopes", { security: [{ oauth2: [] }] }, {}, [{ oauth2: ["customers/read"] }]],
    ["an optional scheme", { security: [{}, { oauth2: [] }] }, {}, [{ oauth2: ["customers/read"] }]],
    [
      "alternatives of one scheme",
      { security: [{ oauth2: ["a"] }, { oauth2: ["b"] }] },
      {},
      [{ oauth2: ["a", "b"] }],
    ],
  ])("%s", async (_, operation, root, security) => {
    const body = await bodyOf(args({ openApi: openApi(documentWith(operation, root)) }));
    expect(body.paths["/a"].get.security).toEqual(security);
    expect(body.paths["/a"].get).not.toHaveProperty("x-amazon-apigateway-auth");
    expect(verdictsOf(body)).toEqual({ "GET /a": "authenticated" });
  });

  test.each<[string, unknown, object]>([
    ["IAM", iam, { iam: { "x-amazon-apigateway-authtype": "awsSigv4" } }],
    [
      "Cognito",
      cognito,
      {
        cognito: {
          "x-amazon-apigateway-authtype": "cognito_user_pools",
          "x-amazon-apigateway-authorizer": { type: "cognito_user_pools", providerARNs: [userPool.arn] },
        },
      },
    ],
    [
      "a Lambda function",
      lambda,
      {
        lambda: {
          "x-amazon-apigateway-authtype": "custom",
          "x-amazon-apigateway-authorizer": {
            type: "request",
            authorizerUri: "arn:check",
            identitySource: "method.request.header.Authorization",
            authorizerResultTtlInSeconds: 0,
          },
        },
      },
    ],
  ])("by %s", async (_, authorization, schemes) => {
    const body = await bodyOf(args({ openApi: openApi(documentWith({})) }, authorization));
    expect(body.components.securitySchemes).toMatchObject(schemes);
    expect(verdictsOf(body)).toEqual({ "GET /a": "authenticated" });
  });

  test("a new scheme gets a name that the document doesn't use", async () => {
    const components = { securitySchemes: { cognito: apiKey } };
    const body = await bodyOf(args({ openApi: openApi(documentWith({}, { components })) }));
    expect(body.paths["/a"].get.security).toEqual([{ "cognito-default": ["customers/read"] }]);
    expect(body.components.securitySchemes.cognito).toEqual(apiKey);
  });

  test("a scheme gets the authorization from the program, and keeps its description", async () => {
    const components = { securitySchemes: { oauth2: { ...oauth2, description: "tokens" } } };
    const document = documentWith({ security: [{ oauth2: [] }] }, { components });
    const body = await bodyOf(
      args({ openApi: openApi(document, { handler }, { schemes: { oauth2: lambda } }) }),
    );
    expect(body.components.securitySchemes.oauth2).toMatchObject({
      description: "tokens",
      type: "apiKey",
      "x-amazon-apigateway-authorizer": { authorizerUri: "arn:check" },
    });
    expect(body.paths["/a"].get.security).toEqual([{ oauth2: [] }]);
  });
});

describe("no authorization is removed", () => {
  test.each<[string, Raw, unknown]>([
    ["an authorizer of the document's own", { security: [{ ownLambda: [] }] }, [{ ownLambda: [] }]],
    ["one beside a key", { security: [{ ownLambda: [], apiKey: [] }] }, [{ ownLambda: [], apiKey: [] }]],
    ["one that is optional is not so any more", { security: [{}, { ownLambda: [] }] }, [{ ownLambda: [] }]],
    ["a signature", { security: [{ sigv4: [] }] }, [{ sigv4: [] }]],
    ["the key of one that has IAM", { security: [{ apiKey: [] }], ...byIam }, [{ apiKey: [] }]],
    ["IAM in API Gateway's own word", byIam, []],
  ])("%s", async (_, operation, security) => {
    const body = await bodyOf(args({ openApi: openApi(documentWith(operation)) }));
    expect(body.paths["/a"].get).toMatchObject({ ...operation, security });
    expect(body.components.securitySchemes).toEqual({ oauth2, apiKey, ownLambda, sigv4 });
    expect(verdictsOf(body)).toEqual({ "GET /a": "authenticated" });
  });

  test.each<[string, Raw, Raw]>([
    ["an authorizer in a scheme for tokens", oauth2, asksLambda],
    ["a signature in a scheme for tokens", { type: "http", scheme: "bearer" }, asksSignature],
  ])("%s is written with the type whose extensions API Gateway reads", async (_, scheme, extensions) => {
    const components = { securitySchemes: { own: { ...scheme, description: "whose", ...extensions } } };
    const document = documentWith({ security: [{ own: [] }] }, { components });
    const body = await bodyOf(args({ openApi: openApi(document) }));
    expect(body.components.securitySchemes.own).toEqual({ description: "whose", ...header, ...extensions });
    expect(verdictsOf(body)).toEqual({ "GET /a": "authenticated" });
  });

  test("alternatives are combined, as API Gateway combines them", async () => {
    const security = [{ apiKey: [] }, { ownCognito: ["a"] }, { ownCognito: ["b"] }];
    const ownCognito = {
      ...header,
      "x-amazon-apigateway-authorizer": { type: "cognito_user_pools", providerARNs: [userPool.arn] },
    };
    const components = { securitySchemes: { apiKey, ownCognito } };
    const body = await bodyOf(args({ openApi: openApi(documentWith({ security }, { components })) }));
    expect(body.paths["/a"].get.security).toEqual([{ ownCognito: ["a", "b"], apiKey: [] }]);
  });

  test("a JWT authorizer of a REST API doesn't change", async () => {
    const own = {
      ...oauth2,
      "x-amazon-apigateway-authorizer": {
        type: "jwt",
        jwtConfiguration: { issuers: [{ issuer: "https://a.example", audiences: ["a"] }] },
      },
    };
    const document = documentWith({ security: [{ own: [] }] }, { components: { securitySchemes: { own } } });
    const body = await bodyOf(args({ openApi: openApi(document) }));
    expect(body.components.securitySchemes.own).toEqual(own);
    expect(verdictsOf(body)).toEqual({ "GET /a": "authenticated" });
  });

  test("the program's document object doesn't change", async () => {
    const document = documentWith({});
    const before = JSON.stringify(document);
    await bodyOf(args({ openApi: openApi(document) }));
    expect(JSON.stringify(document)).toBe(before);
  });
});

describe("the rest of the body", () => {
  test("a public operation is declared, and requires nothing", async () => {
    const resources = await made(
      args({ openApi: openApi(documentWith({ security: [] }), { handler, access }) }),
    );
    expect(bodyIn(resources).paths["/a"].get.security).toEqual([]);
    expect(verdictsOf(bodyIn(resources))).toEqual({ "GET /a": "open" });
    expect(resources.find(({ type }) => type === SecureRestApi.token)?.inputs).toMatchObject({
      authorization: { "GET /a": "NONE" },
      publicAccess: [{ routes: ["GET /a"], owner: "team-edge" }],
    });
  });

  test("a preflight in the document gets no authorization", async () => {
    const mock = { "x-amazon-apigateway-integration": { type: "mock" } };
    const body = await bodyOf(args({ openApi: { document: documentWith(mock, {}, "options") } }));
    expect(body.paths["/a"].options.security).toEqual([]);
    expect(verdictsOf(body)).toEqual({ "OPTIONS /a": "preflight" });
  });

  test("cors answers the preflights of every path", async () => {
    const cors = { allowOrigins: ["https://app.example.com"] };
    const body = await bodyOf(args({ openApi: openApi(documentWith({})), cors }));
    expect(verdictsOf(body)).toEqual({ "GET /a": "authenticated", "OPTIONS /a": "preflight" });
    expect(body["x-amazon-apigateway-gateway-responses"].DEFAULT_4XX.responseParameters).toEqual({
      "gatewayresponse.header.Access-Control-Allow-Origin": "'https://app.example.com'",
    });
  });

  test("a preflight is text, whatever media types are binary", async () => {
    const root = { "x-amazon-apigateway-binary-media-types": ["*/*"] };
    const cors = { allowOrigins: ["https://app.example.com"] };
    const body = await bodyOf(args({ openApi: openApi(documentWith({}, root)), cors }));
    expect(body.paths["/a"].options["x-amazon-apigateway-integration"]).toMatchObject({
      contentHandling: "CONVERT_TO_TEXT",
      responses: { default: { contentHandling: "CONVERT_TO_TEXT" } },
    });
  });

  const ownCognito = {
    ...header,
    name: "X-Token",
    "x-amazon-apigateway-authorizer": { type: "cognito_user_pools", providerARNs: [userPool.arn] },
  };
  const ownToken = { ...ownCognito, "x-amazon-apigateway-authorizer": { type: "token" } };
  const ownRequest = {
    ...header,
    "x-amazon-apigateway-authorizer": {
      type: "request",
      identitySource: "method.request.header.X-Session, method.request.querystring.session, context.path",
    },
  };
  const ofSignatures = ["authorization", "x-amz-content-sha256", "x-amz-date", "x-amz-security-token"];
  test.each<[string, Raw, readonly string[], readonly object[]]>([
    ["a user pool", ownCognito, ["x-token"], [{ singleHeader: { name: "x-token" } }]],
    ["a token's function", ownToken, ["x-token"], [{ singleHeader: { name: "x-token" } }]],
    [
      "a request's function",
      ownRequest,
      ["x-session"],
      [{ singleHeader: { name: "x-session" } }, { queryString: {} }],
    ],
    ["a scheme for tokens", { ...oauth2, ...ownToken, type: "oauth2" }, ["authorization"], []],
    ["a signature", sigv4, ofSignatures, []],
  ])(
    "where the document's own authorizer of %s finds its proof, a page may write and no log keeps it",
    async (_, own, allowed, redacted) => {
      const document = documentWith(
        { security: [{ own: [] }] },
        { components: { securitySchemes: { own } } },
      );
      const cors = { allowOrigins: ["https://app.example.com"] };
      const resources = await made(args({ openApi: openApi(document), cors }));
      const { responses } = bodyIn(resources).paths["/a"].options["x-amazon-apigateway-integration"];
      expect(
        responses.default.responseParameters["method.response.header.Access-Control-Allow-Headers"],
      ).toBe(`'${[...allowed, "content-type"].sort().join(",")}'`);
      const [log] = ofType(resources, "wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration");
      const always = ["authorization", "cookie", "x-api-key", "x-amz-security-token"];
      expect(log?.inputs.redactedFields).toEqual([
        ...always.map((name) => ({ singleHeader: { name } })),
        ...redacted,
      ]);
    },
  );

  test("a handler may be invoked from its operation only, and an authorizer's function from this API's authorizers only", async () => {
    const resources = await made(args({ openApi: openApi(documentWith({})) }, lambda));
    expect(bodyIn(resources).paths["/a"].get["x-amazon-apigateway-integration"]).toEqual({
      type: "aws_proxy",
      httpMethod: "POST",
      uri: "arn:lookup",
      passthroughBehavior: "when_no_match",
      timeoutInMillis: 29_000,
    });
    const permissions = ofType(resources, "lambda/permission:Permission").map(({ inputs }) => [
      inputs.function,
      inputs.sourceArn,
    ]);
    const executionArn = "arn:aws:execute-api:eu-west-1:123456789012:customers";
    expect(permissions).toEqual([
      ["lookup", `${executionArn}/live/GET/a`],
      ["check", `${executionArn}/authorizers/*`],
    ]);
  });

  test("an endpoint behind a VPC link answers", async () => {
    const inner = Integration.restVpcLink({
      vpcLinkId: "link",
      loadBalancerArn: "arn:inner",
      url: "https://inner.example.com/a",
    });
    const body = await bodyOf(
      args({ openApi: openApi(documentWith({}), { handler: inner, timeoutMilliseconds: 50 }) }),
    );
    expect(body.paths["/a"].get["x-amazon-apigateway-integration"]).toEqual({
      type: "http_proxy",
      httpMethod: "GET",
      uri: "https://inner.example.com/a",
      connectionType: "VPC_LINK",
      connectionId: "link",
      integrationTarget: "arn:inner",
      passthroughBehavior: "when_no_match",
      timeoutInMillis: 50,
    });
  });

  test("requests are validated, unless the document has its own validators", async () => {
    const validator = "x-amazon-apigateway-request-validator";
    const validators = "x-amazon-apigateway-request-validators";
    const body = await bodyOf(args({ openApi: openApi(documentWith({})) }));
    expect(body[validators][body[validator]]).toEqual({
      validateRequestBody: true,
      validateRequestParameters: true,
    });
    const own = { [validators]: { none: {} } };
    const kept = await bodyOf(args({ openApi: openApi(documentWith({}, own)) }));
    expect(kept[validators]).toEqual({ none: {} });
    expect(kept).not.toHaveProperty(validator);
  });

  describe("API Gateway checks a body of a content type that the document doesn't declare too", () => {
    const json = { schema: { type: "object" } };
    const form = { schema: { type: "string" } };
    const image = { schema: { type: "array" } };
    const bodyParameter = { in: "body", name: "customer", schema: { type: "object" } };
    const of3 = (requestBody: unknown, components: Raw = {}) =>
      documentWith(
        { requestBody },
        { components: { securitySchemes: { oauth2, apiKey, ownLambda, sigv4 }, ...components } },
        "post",
      );
    const of2 = (operation: Raw, root: Raw = {}, path: Raw = {}): Raw => ({
      swagger: "2.0",
      info: { title: "customers", version: "1" },
      paths: { "/a": { ...path, post: operation } },
      ...root,
    });
    const operationOf = async (document: Raw) => {
      const body = await bodyOf(args({ openApi: { document, operations: { "POST /a": { handler } } } }));
      return body.paths["/a"].post;
    };
    const contentOf = async (document: Raw) => (await operationOf(document)).requestBody?.content;

    test.each<[string, Raw, unknown]>([
      ["one content type", of3({ content: { "text/csv": form } }), { "text/csv": form, $default: form }],
      [
        "several: the schema of JSON, wherever it stands",
        of3({ content: { "text/csv": form, "application/json": json } }),
        { "text/csv": form, "application/json": json, $default: json },
      ],
      [
        "several without JSON: the first",
        of3({ content: { "image/png": image, "text/csv": form } }),
        { "image/png": image, "text/csv": form, $default: image },
      ],
      ["any, in OpenAPI's word", of3({ content: { "*/*": json } }), { "*/*": json, $default: json }],
      [
        "a body that operations share",
        of3(
          { $ref: "#/components/requestBodies/a~1b" },
          { requestBodies: { "a/b": { content: { "application/json": json } } } },
        ),
        { "application/json": json, $default: json },
      ],
      [
        "one for the others already",
        of3({ content: { "application/json": json, $default: form } }),
        { "application/json": json, $default: form },
      ],
      [
        "one that takes any body",
        of3({ content: { "application/json": json, "image/png": {} } }),
        { "application/json": json, "image/png": {} },
      ],
      ["none", of3({ content: {} }), {}],
      ["no body", of3(undefined), undefined],
      ["a reference that leads nowhere", of3({ $ref: "#/components/requestBodies/none" }), undefined],
      ["a reference elsewhere", of3({ $ref: "bodies.yaml#/a" }), undefined],
    ])("OpenAPI 3, %s", async (_, document, content) => {
      expect(await contentOf(document)).toEqual(content);
    });

    test("the rest of the body's description stays", async () => {
      const body = { description: "a customer", required: true, content: { "application/json": json } };
      expect((await operationOf(of3(body))).requestBody).toMatchObject({
        description: "a customer",
        required: true,
      });
    });

    test.each<[string, Raw, unknown]>([
      ["nothing", of2({ parameters: [bodyParameter] }), ["application/json", "$default"]],
      [
        "in the operation",
        of2({ parameters: [bodyParameter], consumes: ["text/csv"] }, { consumes: ["text/xml"] }),
        ["text/csv", "$default"],
      ],
      [
        "in the root",
        of2({ parameters: [bodyParameter] }, { consumes: ["text/xml"] }),
        ["text/xml", "$default"],
      ],
      [
        "a parameter that operations share",
        of2({ parameters: [{ $ref: "#/parameters/customer" }] }, { parameters: { customer: bodyParameter } }),
        ["application/json", "$default"],
      ],
      [
        "a parameter of the path",
        of2({}, {}, { parameters: [bodyParameter] }),
        ["application/json", "$default"],
      ],
      ["the others already", of2({ parameters: [bodyParameter], consumes: ["$default"] }), ["$default"]],
      ["no body", of2({ parameters: [{ in: "query", name: "q", type: "string" }] }), undefined],
    ])("Swagger 2, what it consumes is declared: %s", async (_, document, consumes) => {
      expect((await operationOf(document)).consumes).toEqual(consumes);
    });
  });

  test("the policy is in the body, and a lockdown changes it", async () => {
    const policyOf = async (more: object) => {
      const body = await bodyOf(args({ openApi: openApi(documentWith({})), ...more }));
      return body["x-amazon-apigateway-policy"].Statement.map(({ Sid }: { readonly Sid: string }) => Sid);
    };
    expect(await policyOf({})).toEqual(["TlsOnly", "Unsigned"]);
    expect(await policyOf({ lockdown: "deny" })).toEqual(["Lockdown"]);
    expect(await policyOf({ resourcePolicy: { ipRanges: ["203.0.113.0/24"] } })).toContain("OtherAddresses");
  });

  test.each<[string, Raw]>([
    ["is silent", {}],
    [
      "asks for less",
      {
        "x-amazon-apigateway-security-policy": "TLS_1_0",
        "x-amazon-apigateway-endpoint-access-mode": "BASIC",
      },
    ],
  ])("the TLS policy is the API's if the document %s", async (_, root) => {
    const resources = await made(args({ openApi: openApi(documentWith({}, root)) }));
    const [api] = ofType(resources, "apigateway/restApi:RestApi");
    expect(bodyIn(resources)).toMatchObject({
      "x-amazon-apigateway-security-policy": api?.inputs.securityPolicy,
      "x-amazon-apigateway-endpoint-access-mode": api?.inputs.endpointAccessMode,
    });
    expect(api?.inputs.securityPolicy).toMatch(/^SecurityPolicy_TLS13/);
  });

  test("a private API accepts the host names of its VPC endpoints, before and after an import", async () => {
    const endpoint = { vpcEndpointIds: ["vpce-1"] };
    const resources = await made(args({ openApi: openApi(documentWith({})), endpoint }));
    const [api] = ofType(resources, "apigateway/restApi:RestApi");
    expect(api?.inputs.endpointAccessMode).toBe("BASIC");
    expect(bodyIn(resources)["x-amazon-apigateway-endpoint-access-mode"]).toBe("BASIC");
  });

  test("an import keeps a private API's VPC endpoints, in both versions", async () => {
    const endpoint = { vpcEndpointIds: ["vpce-1"] };
    const configured = { "x-amazon-apigateway-endpoint-configuration": endpoint };
    const three = await bodyOf(args({ openApi: openApi(documentWith({})), endpoint }));
    expect(three.servers).toEqual([{ url: "/", ...configured }]);
    const servers = [{ url: "https://a.example" }, { url: "https://b.example" }];
    const given = await bodyOf(args({ openApi: openApi(documentWith({}, { servers })), endpoint }));
    expect(given.servers).toEqual([
      { url: "https://a.example", ...configured },
      { url: "https://b.example" },
    ]);
    const swagger = { swagger: "2.0", openapi: undefined, components: undefined };
    const two = await bodyOf(args({ openApi: openApi(documentWith({}, swagger)), endpoint }));
    expect(two).toMatchObject(configured);
    expect(two.securityDefinitions).toHaveProperty("cognito");
  });

  test("ARNs inside the document's extensions may arrive later", async () => {
    const integration = { type: "aws_proxy", httpMethod: "POST", uri: pulumi.output("arn:later") };
    const document = documentWith({ "x-amazon-apigateway-integration": integration });
    const body = await bodyOf(args({ openApi: { document } }));
    expect(body.paths["/a"].get["x-amazon-apigateway-integration"].uri).toBe("arn:later");
  });
});

describe("a file", () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "api-guardrails-document-"));
  });
  afterAll(() => rmSync(directory, { recursive: true }));
  const written = (name: string, text: string) => {
    writeFileSync(join(directory, name), text);
    return join(directory, name);
  };
  const problemsOf = (document: string) =>
    argumentProblems(args({ openApi: openApi(document) }), "customers").map(
      ({ propertyPath, reason }) => `${propertyPath}: ${reason}`,
    );

  test("is accepted in JSON and in YAML", () => {
    expect(problemsOf(written("a.json", JSON.stringify(documentWith({}))))).toEqual([]);
    expect(problemsOf(written("a.yaml", "openapi: 3.0.1\npaths:\n  /a:\n    get: {}\n"))).toEqual([]);
    expect(problemsOf(written("b.yml", "swagger: 2.0\npaths:\n  /a:\n    get: {}\n"))).toEqual([]);
  });

  test.each([
    ["that isn't there", () => join(directory, "none.json"), /the file doesn't exist/],
    ["that is no JSON", () => written("b.json", "hunter2"), /the file isn't JSON/],
    ["that is no YAML", () => written("c.yaml", "a: [hunter2"), /the file isn't YAML/],
    ["with a key that stands there twice", () => written("d.yaml", "paths: hunter2\npaths: {}\n"), /twice/],
    ["of OpenAPI 3.1", () => written("e.yaml", "openapi: 3.1.0\npaths: {}\n"), /no other version/],
  ])("%s is refused, without quoting its contents", (_, path, reason) => {
    const problems = problemsOf(path());
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^openApi\.document: /);
    expect(problems[0]).toMatch(reason);
    expect(problems[0]).not.toContain("hunter2");
  });
});

const withResponses = (responses: unknown): Raw => ({
  openApi: openApi(documentWith({}, { "x-amazon-apigateway-gateway-responses": responses })),
});

test.each<[string, Raw]>([
  ["another body", { ACCESS_DENIED: { responseTemplates: { "text/plain": "no" } } }],
  ["the same status", { EXPIRED_TOKEN: { statusCode: 403 }, UNAUTHORIZED: { statusCode: "401" } }],
  ["the status of what is no refusal", { QUOTA_EXCEEDED: { statusCode: 503 }, THROTTLED: pulumi.output({}) }],
])("a document's gateway responses may have %s", (_, responses) => {
  expect(argumentProblems(args(withResponses(responses)), "customers")).toEqual([]);
});

test.each<[string, Raw]>([
  ["the operation itself", documentWith({ security: [{ oauth2: [1] }] })],
  ["the whole path", { ...documentWith({}), paths: { "/a": { $ref: "#/components/pathItems/a" } } }],
])(
  "settings of what the document has and was refused there are no settings of nothing: %s",
  (_, document) => {
    let message = "";
    try {
      new SecureRestApi("customers", args({ openApi: openApi(document) }));
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain('openApi.document["');
    expect(message).not.toContain("no such operation");
  },
);

test("a defined scheme may have an authorization, whether or not an operation names it", () => {
  const given = openApi(documentWith({}), { handler }, { schemes: { oauth2: lambda } });
  expect(argumentProblems(args({ openApi: given }), "customers")).toEqual([]);
});

describe("what can't be imported with its protection is refused", () => {
  const inDocument = 'openApi.document["GET /a"]';
  const onOptions = 'openApi.document["OPTIONS /a"]';
  const settingsOf = (property: string) => `openApi.operations["GET /a"]${property}`;
  const of = (operation: Raw, settings: Raw = { handler }, more: Raw = {}) =>
    args({ openApi: openApi(documentWith(operation), settings, more) });

  test.each<readonly [string, unknown, string, RegExp]>([
    [
      "no authorization for what the document is silent of",
      { openApi: openApi(documentWith({})) },
      "authorization",
      /for operations without security in the document/,
    ],
    [
      "public access for all",
      args({ openApi: openApi(documentWith({})) }, access),
      "authorization",
      /create it with/,
    ],
    [
      "routes beside the document",
      args({ openApi: openApi(documentWith({})), routes: { "GET /a": { handler } } }),
      "routes",
      /not both/,
    ],
    [
      "a document that arrives later",
      args({ openApi: openApi(pulumi.output(documentWith({}))) }),
      "openApi.document",
      /plain object/,
    ],
    [
      "no paths",
      args({ openApi: { document: documentWith({}, { paths: {} }) } }),
      "openApi.document",
      /at least one path/,
    ],
    [
      "paths that arrive later",
      args({ openApi: { document: documentWith({}, { paths: pulumi.output({}) }) } }),
      "openApi.document",
      /at least one path, as plain values/,
    ],
    [
      "a path item that arrives later",
      args({ openApi: { document: documentWith({}, { paths: { "/a": pulumi.output({}) } }) } }),
      'openApi.document["/a"]',
      /plain object/,
    ],
    [
      "an operation that arrives later",
      args({ openApi: openApi(documentWith(pulumi.output({}) as never)) }),
      inDocument,
      /plain object/,
    ],
    [
      "security that arrives later",
      of({ security: pulumi.output([]) }),
      inDocument,
      /the preview has to know/,
    ],
    [
      "a requirement that arrives later",
      of({ security: [pulumi.output({})] }),
      inDocument,
      /the preview has to know/,
    ],
    [
      "an authorization type that arrives later",
      of({ "x-amazon-apigateway-auth": { type: pulumi.output("NONE") } }),
      inDocument,
      /the preview has to know/,
    ],
    [
      "a path item elsewhere",
      args({ openApi: { document: documentWith({}, { paths: { "/a": { $ref: "#/x" } } }) } }),
      'openApi.document["/a"]',
      /\$ref/,
    ],
    [
      "a method in upper case",
      args({ openApi: { document: documentWith({}, {}, "GET") } }),
      'openApi.document["/a"]',
      /lower case/,
    ],
    [
      "a path that a REST API hasn't",
      args({
        openApi: {
          document: documentWith(
            {},
            { paths: { "/a/": { get: { "x-amazon-apigateway-integration": {} } } } },
          ),
        },
      }),
      'openApi.document["GET /a/"]',
      /slash at the end/,
    ],
    ["nothing that answers", of({}, {}), inDocument, /nothing answers it/],
    [
      "an integration that is null",
      of({ "x-amazon-apigateway-integration": null }, {}),
      inDocument,
      /nothing answers it/,
    ],
    [
      "two that answer",
      of({ "x-amazon-apigateway-integration": { type: "mock" } }),
      inDocument,
      /leave its handler out/,
    ],
    [
      "an answer in the clear",
      of({ "x-amazon-apigateway-integration": { type: "http", uri: "http://a.example" } }, {}),
      inDocument,
      /https/,
    ],
    ["a scheme that isn't defined", of({ security: [{ jwt: [] }] }), inDocument, /"jwt" isn't defined/],
    [
      "a JWT authorizer of an HTTP API",
      args({
        openApi: openApi(
          documentWith(
            { security: [{ jwt: [] }] },
            {
              components: {
                securitySchemes: {
                  jwt: {
                    ...oauth2,
                    "x-amazon-apigateway-authorizer": {
                      type: "jwt",
                      jwtConfiguration: { issuer: "https://a.example", audience: ["a"] },
                    },
                  },
                },
              },
            },
          ),
        ),
      }),
      inDocument,
      /jwtConfiguration\.issuers/,
    ],
    [
      "two authorizers",
      of({ security: [{ oauth2: [] }, { ownLambda: [] }] }),
      inDocument,
      /several authorizers/,
    ],
    [
      "an authorizer and IAM",
      of({ security: [{ ownLambda: [] }], "x-amazon-apigateway-auth": { type: "AWS_IAM" } }),
      inDocument,
      /keep only one of them/,
    ],
    [
      "an authorization type that needs an authorizer",
      of({ "x-amazon-apigateway-auth": { type: "CUSTOM" } }),
      inDocument,
      /names none/,
    ],
    [
      "an authorization type that isn't documented",
      of({ "x-amazon-apigateway-auth": { type: "FOO" } }),
      inDocument,
      /neither AWS_IAM nor NONE/,
    ],
    [
      "one on a public operation",
      of({ security: [], "x-amazon-apigateway-auth": { type: "COGNITO" } }, { handler, access }),
      inDocument,
      /neither AWS_IAM nor NONE/,
    ],
    [
      "scopes of what knows none",
      args({ openApi: openApi(documentWith({ security: [{ oauth2: ["a"] }] })) }, iam),
      inDocument,
      /only tokens of a user pool/,
    ],
    ["scopes that aren't a list of texts", of({ security: [{ oauth2: [1] }] }), inDocument, /plain strings/],
    [
      "public access against the document",
      of({ security: [{ oauth2: [] }] }, { handler, access }),
      inDocument,
      /requires an authorization/,
    ],
    [
      "public access against the document's key",
      of({ security: [{ apiKey: [] }] }, { handler, access }),
      inDocument,
      /or a key/,
    ],
    [
      "public access against API Gateway's own word",
      of({ "x-amazon-apigateway-auth": { type: "AWS_IAM" } }, { handler, access }),
      inDocument,
      /requires an authorization/,
    ],
    [
      "public access against the document's root",
      args({ openApi: openApi(documentWith({}, { security: [{ oauth2: [] }] }), { handler, access }) }),
      inDocument,
      /"security": \[\]/,
    ],
    [
      "a look-alike of public access",
      of({}, { handler, access: { reason: "x" } }),
      settingsOf(".access"),
      /publicAccess\(/,
    ],
    [
      "a scheme with an authorizer, bound again",
      of({ security: [{ ownLambda: [] }] }, { handler }, { schemes: { ownLambda: lambda } }),
      inDocument,
      /leave it out of schemes/,
    ],
    [
      "a scheme bound to nothing",
      of({}, { handler }, { schemes: { oauth2: "NONE" } }),
      'openApi.schemes["oauth2"]',
      /create it with/,
    ],
    [
      "an operation that there isn't",
      args({
        openApi: { document: documentWith({}), operations: { "GET /a": { handler }, "GET /b": { handler } } },
      }),
      'openApi.operations["GET /b"]',
      /no such operation/,
    ],
    [
      "a scheme that the document doesn't define",
      of({ security: [{ oauth2: [] }] }, { handler }, { schemes: { OAuth2: lambda } }),
      'openApi.schemes["OAuth2"]',
      /no such scheme/,
    ],
    [
      "an authorization in the operation's settings",
      of({}, { handler, authorization: iam }),
      settingsOf(".authorization"),
      /no such argument/,
    ],
    [
      "a throttle of 0",
      of({}, { handler, throttle: { rateLimit: 0, burstLimit: 0 } }),
      settingsOf(".throttle.rateLimit"),
      /429/,
    ],
    [
      "a timeout of what the document answers",
      of({ "x-amazon-apigateway-integration": { type: "mock" } }, { timeoutMilliseconds: 50 }),
      settingsOf(".timeoutMilliseconds"),
      /handler of the program/,
    ],
    [
      "IAM before a preflight",
      args(
        { openApi: { document: documentWith({}, {}, "options"), operations: { "OPTIONS /a": { handler } } } },
        iam,
      ),
      onOptions,
      /browsers don't sign/,
    ],
    [
      "a preflight beside cors",
      args({
        openApi: {
          document: documentWith({ "x-amazon-apigateway-integration": { type: "mock" } }, {}, "options"),
        },
        cors: { allowOrigins: ["https://a.example"] },
      }),
      onOptions,
      /cors answers/,
    ],
    [
      "a policy of the document's own",
      args({ openApi: openApi(documentWith({}, { "x-amazon-apigateway-policy": {} })) }),
      "openApi.document",
      /write resourcePolicy/,
    ],
    ...[
      "MISSING_AUTHENTICATION_TOKEN",
      "EXPIRED_TOKEN",
      "INVALID_SIGNATURE",
      "INVALID_API_KEY",
      "WAF_FILTERED",
    ].map(
      (type) =>
        [
          `a 404 in place of a 403: ${type}`,
          args(withResponses({ [type]: { statusCode: 404 } })),
          "openApi.document",
          new RegExp(type),
        ] as const,
    ),
    [
      "gateway responses that arrive later",
      args(withResponses(pulumi.output({ ACCESS_DENIED: { statusCode: 404 } }))),
      "openApi.document",
      /the preview has to know/,
    ],
    [
      "a gateway response that arrives later",
      args(withResponses({ ACCESS_DENIED: pulumi.output({ statusCode: 404 }) })),
      "openApi.document",
      /the preview has to know/,
    ],
    [
      "a plan where no operation asks for a key",
      args({
        openApi: openApi(documentWith({})),
        usagePlans: {
          a: {
            throttle: { rateLimit: 1, burstLimit: 1 },
            quota: { limit: 1, period: "DAY" },
            clients: ["b"],
          },
        },
      }),
      "usagePlans",
      /nobody needs a key/,
    ],
  ])("%s", (_, given, propertyPath, reason) => {
    expect(argumentProblems(given, "customers")).toContainEqual({
      propertyPath,
      reason: expect.stringMatching(reason),
    });
  });
});
