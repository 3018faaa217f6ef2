import { beforeAll, describe, expect, test } from "vitest";
import { type PreviewResult, preview } from "../../../review/src/preview";

/** How the engine's protocol writes what is not known before the deployment. */
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const golden = "test/fixtures/programs/golden-http-api";
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe("with every id, ARN and issuer unknown", () => {
  let result: PreviewResult;
  beforeAll(async () => {
    result = await preview({ directory: golden, config: [`reviewBy=${inDays(90)}`] });
  });
  const ofType = (type: string) => result.resources.filter((resource) => resource.type === `aws:${type}`);

  test("the preview passes every rule", () => {
    expect(result.problems).toEqual([]);
    expect(result.violations).toEqual([]);
    expect(result.exitCode).toBe(0);
  });

  test("every route says how it is authorized, and what follows from the deployment is unknown", () => {
    const routes = ofType("apigatewayv2/route:Route").map(({ properties }) => properties);
    const byKey = Object.fromEntries(
      routes.map(({ routeKey, target, apiId, ...authorization }) => {
        expect({ target, apiId }).toEqual({ target: unknown, apiId: unknown });
        return [routeKey, authorization];
      }),
    );
    expect(byKey).toEqual({
      "GET /customers/{id}": {
        authorizationType: "JWT",
        authorizerId: unknown,
        authorizationScopes: [unknown],
      },
      "POST /customers": {
        authorizationType: "JWT",
        authorizerId: unknown,
        authorizationScopes: ["customers/write"],
      },
      "DELETE /customers/{id}": { authorizationType: "AWS_IAM" },
      "POST /webhooks/{proxy+}": { authorizationType: "CUSTOM", authorizerId: unknown },
      "GET /health": { authorizationType: "NONE" },
    });
  });

  test("every resource that the component makes is registered, as its direct child", () => {
    const component = result.resources.find(({ type }) => type === "api-guardrails:index:SecureHttpApi");
    const children = result.resources.filter(({ parent }) => parent === component?.urn);
    const counts = new Map<string, number>();
    for (const { type } of children) counts.set(type, (counts.get(type) ?? 0) + 1);
    expect(Object.fromEntries(counts)).toEqual({
      "aws:apigatewayv2/api:Api": 1,
      "aws:apigatewayv2/authorizer:Authorizer": 2,
      "aws:apigatewayv2/integration:Integration": 5,
      "aws:apigatewayv2/route:Route": 5,
      "aws:apigatewayv2/stage:Stage": 1,
      "aws:cloudwatch/logGroup:LogGroup": 1,
      "aws:lambda/permission:Permission": 6,
    });
  });

  test("the component's inputs declare the public route", () => {
    const component = result.resources.find(({ type }) => type === "api-guardrails:index:SecureHttpApi");
    expect(component?.properties.publicAccess).toEqual([
      {
        routes: ["GET /health"],
        reason: "load balancer health probe, returns no data",
        owner: "team-edge",
        reviewBy: inDays(90),
      },
    ]);
  });

  test("the stage waits for the routes that it has settings for", () => {
    const [stage] = ofType("apigatewayv2/stage:Stage");
    const routes = ofType("apigatewayv2/route:Route").map(({ urn }) => urn);
    expect(stage?.dependencies).toEqual(expect.arrayContaining(routes));
  });

  test("the component's options reach its children", () => {
    const [stage] = ofType("apigatewayv2/stage:Stage");
    expect(stage?.properties.description).toBe("customers");
    expect(stage?.options.protect).toBe(true);
  });
});

test("a public route whose review date has passed is blocked", async () => {
  const { exitCode, violations } = await preview({ directory: golden, config: ["reviewBy=2020-01-31"] });
  expect(exitCode).toBe(1);
  expect(violations.map(({ policy, level, name }) => `${level} ${policy} ${name}`)).toEqual([
    "mandatory http-route-requires-authorization customers-GET-health-74fac65f",
    "mandatory public-access-is-reviewed customers",
  ]);
});

describe("a mistake that TypeScript doesn't see stops the program with a sentence", () => {
  test.each([
    ["no authorization", 'routes["GET /customers/{id}"].authorization: say who may call it'],
    ["an empty list of audiences that arrives later", "authorization.audiences: list at least one audience"],
    ["an issuer that arrives later, over http", "authorization.issuer: give the https URL"],
    [
      "a scope that arrives later, undefined",
      'routes["GET /customers/{id}"].scopes: list at least one scope',
    ],
    [
      "a handler that arrives later and is only a name",
      'routes["GET /customers/{id}"].handler: give a Lambda function',
    ],
  ])("%s", async (mistake, sentence) => {
    const directory = "test/fixtures/programs/mistaken-http-api";
    const { exitCode, log } = await preview({ directory, config: [`mistake=${mistake}`] });
    const messages = log.filter(({ severity }) => severity === "error").map(({ message }) => message);
    expect(exitCode).toBe(2);
    expect(messages.join()).toContain(sentence);
    expect(messages.join()).not.toMatch(/\n\s+at /);
  });
});
