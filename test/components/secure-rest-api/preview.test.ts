import { beforeAll, describe, expect, test } from "vitest";
import { type PreviewResult, preview } from "../../../review/src/preview";
import { inDays } from "../../dates";
import { resourceGraph, unknown } from "../resource-graph";

const strict = { policyPacks: ["test/fixtures/packs/strict"] };
const golden = "test/fixtures/programs/golden-rest-api";
const documented = "test/fixtures/programs/documented-rest-api";
const reviewBy = `reviewBy=${inDays(90)}`;

const ofType = ({ resources }: PreviewResult, type: string) =>
  resources.filter((resource) => resource.type === `aws:${type}`);
/** The review date is a day of its own each day. */
const graphOf = ({ resources }: PreviewResult) =>
  resourceGraph(resources).replaceAll(inDays(90), "(in 90 days)");

describe("in its smallest form", () => {
  test("it passes every rule of the strict preset, and creates these resources", async () => {
    const result = await preview({ directory: "test/fixtures/programs/smallest-rest-api", ...strict });
    expect([result.problems, result.violations]).toEqual([[], []]);
    await expect(graphOf(result)).toMatchFileSnapshot("smallest.resources.txt");
  });
});

describe("in its fullest form, with every id, ARN and name unknown", () => {
  let result: PreviewResult;
  beforeAll(async () => {
    result = await preview({ directory: golden, config: [reviewBy, "lockdown=none"], ...strict });
  });

  test("it passes every rule of the strict preset", () => {
    expect(result.problems).toEqual([]);
    expect(result.violations).toEqual([]);
    expect(result.exitCode).toBe(0);
  });

  test("it creates these resources", async () => {
    await expect(graphOf(result)).toMatchFileSnapshot("golden.resources.txt");
  });

  test("every method's authorization is known, and values from the deployment are unknown", () => {
    const methods = ofType(result, "apigateway/method:Method").map(({ name, properties }) => {
      const { authorization, authorizerId, resourceId, restApi } = properties;
      expect([resourceId, restApi]).toEqual([unknown, unknown]);
      return [name.replace(/^customers-|-[0-9a-f]{8}$/g, ""), authorization, authorizerId === unknown];
    });
    const routes = methods.filter(([name]) => !String(name).startsWith("OPTIONS"));
    expect(Object.fromEntries(routes.map(([name, ...rest]) => [name, rest]))).toEqual({
      GET: ["COGNITO_USER_POOLS", true],
      "GET-customers-parameter": ["COGNITO_USER_POOLS", true],
      "POST-customers": ["COGNITO_USER_POOLS", true],
      "PATCH-customers-parameter": ["COGNITO_USER_POOLS", true],
      "DELETE-customers-parameter": ["AWS_IAM", false],
      "ANY-webhooks-parameter": ["CUSTOM", true],
      "GET-reports-parameter": ["AWS_IAM", false],
      "POST-orders": ["COGNITO_USER_POOLS", true],
      "POST-notices": ["COGNITO_USER_POOLS", true],
      "GET-health": ["NONE", false],
    });
    const preflights = methods.filter(([name]) => String(name).startsWith("OPTIONS"));
    expect(preflights.map(([, ...rest]) => rest)).toEqual(Array(8).fill(["NONE", false]));
  });

  test("nothing is shared with other APIs of the account, and no policy is wider than necessary", () => {
    const [account, ...more] = ofType(result, "apigateway/account:Account");
    const declarer = result.resources.find(({ urn }) => urn === account?.parent);
    expect(declarer?.type).toBe("api-guardrails:index:GatewayLoggingAccount");
    expect(more).toEqual([]);
    const types = result.resources.map(({ type }) => type);
    expect(types).not.toContain("aws:cloudwatch/logResourcePolicy:LogResourcePolicy");
    for (const { properties } of ofType(result, "lambda/permission:Permission")) {
      expect(properties.principal).toBe("apigateway.amazonaws.com");
      expect(properties.sourceArn).toBe(unknown);
    }
  });

  test("the deployment waits for everything that it contains, and for what it needs", () => {
    const [deployment] = ofType(result, "apigateway/deployment:Deployment");
    const waits = ["restApiPolicy:RestApiPolicy", "method:Method", "integration:Integration", "model:Model"]
      .concat(["authorizer:Authorizer", "requestValidator:RequestValidator", "response:Response"])
      .concat([
        "resource:Resource",
        "methodResponse:MethodResponse",
        "integrationResponse:IntegrationResponse",
      ])
      .flatMap((type) => ofType(result, `apigateway/${type}`));
    const needs = [...waits, ...ofType(result, "lambda/permission:Permission")].map(({ urn }) => urn);
    expect(deployment?.dependencies).toEqual(expect.arrayContaining(needs));
  });

  test("the stage waits for its execution log, which API Gateway would otherwise create and keep forever", () => {
    const [stage] = ofType(result, "apigateway/stage:Stage");
    const log = ofType(result, "cloudwatch/logGroup:LogGroup").find(
      ({ name }) => name === "customers-execution",
    );
    expect(log?.properties.retentionInDays).toBe(731);
    expect(stage?.dependencies).toContain(log?.urn);
  });

  test("a transform may change what decides nothing about callers", () => {
    const [api] = ofType(result, "apigateway/restApi:RestApi");
    expect(api?.properties.description).toBe("customers");
  });

  test("tags reach everything that can have tags, and options every child", () => {
    const tagged = result.resources.filter(({ properties }) => properties.tags !== undefined);
    expect(new Set(tagged.map(({ type }) => type.split(":").pop()))).toEqual(
      new Set([
        "RestApi",
        "Stage",
        "LogGroup",
        "WebAcl",
        "UsagePlan",
        "ApiKey",
        "DomainName",
        "Certificate",
        "MetricAlarm",
        "Role",
      ]),
    );
    for (const { properties } of tagged) expect(properties.tags).toEqual({ team: "customers" });
    const component = result.resources.find(({ type }) => type === "api-guardrails:index:SecureRestApi");
    const children = result.resources.filter(({ parent }) => parent === component?.urn);
    expect(children.length).toBeGreaterThan(60);
    // A deployment is replaced by its nature.
    const unprotected = children.filter(({ options }) => !options.protect);
    expect(unprotected.map(({ type }) => type)).toEqual(["aws:apigateway/deployment:Deployment"]);
  });

  test.each(["throttle", "deny"])("the lockdown %s passes every rule too", async (lockdown) => {
    const locked = await preview({
      directory: golden,
      config: [reviewBy, `lockdown=${lockdown}`],
      ...strict,
    });
    expect([locked.problems, locked.violations]).toEqual([[], []]);
    expect(locked.resources.map(({ urn }) => urn).sort()).toEqual(
      result.resources.map(({ urn }) => urn).sort(),
    );
  });
});

test("a public route is blocked after its review date has passed", async () => {
  const { exitCode, violations } = await preview({
    directory: golden,
    config: ["reviewBy=2020-01-31", "lockdown=none"],
  });
  expect(exitCode).toBe(1);
  expect(violations.map(({ policy, level, name }) => `${level} ${policy} ${name}`)).toEqual([
    "mandatory rest-method-requires-authorization customers-GET-health-74fac65f",
    "mandatory public-access-is-reviewed customers",
  ]);
});

describe("described by an OpenAPI document", () => {
  const previewed = (...config: readonly string[]) =>
    preview({ directory: documented, config: [reviewBy, ...config], ...strict });

  test("with existing functions, it passes every rule of the strict preset", async () => {
    const result = await previewed("functions=elsewhere", "lockdown=none");
    expect([result.problems, result.violations]).toEqual([[], []]);
    await expect(graphOf(result)).toMatchFileSnapshot("documented.resources.txt");
  });

  test("with functions of the same program, the body is checked before the API is created, and the inputs are known at preview", async () => {
    const result = await previewed("functions=here", "lockdown=none");
    expect(result.violations.map(({ level, policy }) => `${level} ${policy}`)).toEqual([
      "advisory openapi-operation-requires-authorization",
    ]);
    const [api] = ofType(result, "apigateway/restApi:RestApi");
    expect(api?.properties.body).toBe(unknown);
    const component = result.resources.find(({ type }) => type === "api-guardrails:index:SecureRestApi");
    expect(component?.properties.authorization).toEqual({
      "GET /customers/{id}": "COGNITO_USER_POOLS",
      "DELETE /customers/{id}": "COGNITO_USER_POOLS",
      "POST /customers": "COGNITO_USER_POOLS",
      "ANY /webhooks/{proxy+}": "CUSTOM",
      "GET /audit": "CUSTOM",
      "PUT /audit": "AWS_IAM",
      "GET /health": "NONE",
    });
  });

  test.each(["throttle", "deny"])("the lockdown %s passes every rule too", async (lockdown) => {
    const locked = await previewed("functions=elsewhere", `lockdown=${lockdown}`);
    expect([locked.problems, locked.violations]).toEqual([[], []]);
  });

  test("a public operation is blocked after its review date has passed", async () => {
    const config = ["reviewBy=2020-01-31", "functions=elsewhere", "lockdown=none"];
    const { violations } = await preview({ directory: documented, config });
    expect(violations.map(({ policy, level }) => `${level} ${policy}`)).toEqual([
      "mandatory openapi-operation-requires-authorization",
      "mandatory public-access-is-reviewed",
    ]);
  });
});

describe("a mistake that TypeScript doesn't see stops the program with a sentence", () => {
  test.each([
    ["every address, later", "resourcePolicy.ipRanges: list ranges such as 203.0.113.0/24"],
    ["every account, later", "resourcePolicy.accounts: list account ids"],
    ["every organization, later", "resourcePolicy.organizationId: give the id of an organization"],
    [
      "a VPC in place of an endpoint, later",
      "endpoint.vpcEndpointIds: list the id of at least one VPC endpoint",
    ],
    [
      "issuers without a version, later",
      "domain.mutualTls.truststoreVersion: give the version of the object",
    ],
    ["no user pool, later", "authorization.userPool: give a UserPool"],
    ["no scope, later", 'routes["GET /customers"].scopes: list at least one scope'],
    ["any origin with credentials, later", "cors.allowOrigins: name the origins"],
    ["every origin of a scheme, later", "cors.allowOrigins: name the origins"],
    ["plain http, later", 'routes["GET /a"].handler.url: give an https URL'],
    ["plain http behind a link, later", 'routes["GET /a"].handler.url: give an https URL'],
    ["a host that callers choose, later", 'routes["GET /a/{id}"].handler.url: write the host as plain text'],
    [
      "plain http of a document, later",
      'openApi.operations["GET /customers"].handler.url: give an https URL',
    ],
    ["no scope of a document, later", 'openApi.document["GET /customers"].security: list at least one scope'],
  ])("%s", async (mistake, sentence) => {
    const directory = "test/fixtures/programs/mistaken-rest-api";
    const { exitCode, log } = await preview({ directory, config: [`mistake=${mistake}`] });
    const messages = log.filter(({ severity }) => severity === "error").map(({ message }) => message);
    expect(exitCode).toBe(2);
    expect(messages.join()).toContain(sentence);
    expect(messages.join()).not.toMatch(/\n\s+at /);
  });
});
