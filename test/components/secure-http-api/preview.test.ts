import { beforeAll, describe, expect, test } from "vitest";
import { type PreviewResult, preview } from "../../../review/src/preview";
import { inDays } from "../../dates";
import { UNKNOWN as unknown } from "../../unknown";
import { invokingIntegrations } from "../invoking-integrations";
import { resourceGraph } from "../resource-graph";

/** How the engine's protocol writes what is not known before the deployment. */
const golden = "test/fixtures/programs/golden-http-api";
const smallest = "test/fixtures/programs/smallest-http-api";
const strict = { policyPacks: ["test/fixtures/packs/strict"] };
const reviewBy = inDays(90);

/** In its fullest form. */
const fullest = (...config: readonly string[]) =>
  preview({ directory: golden, config: [`reviewBy=${reviewBy}`, ...config], ...strict });

const ofType = (result: PreviewResult, type: string) =>
  result.resources.filter((resource) => resource.type === `aws:${type}`);
const component = ({ resources }: PreviewResult) =>
  resources.find(({ type }) => type === "api-guardrails:index:SecureHttpApi");
const childrenOf = (result: PreviewResult) =>
  result.resources.filter(({ parent }) => parent === component(result)?.urn);
/** What decides about the callers of each route. */
const authorizationsOf = (result: PreviewResult) =>
  Object.fromEntries(
    ofType(result, "apigatewayv2/route:Route").map(({ properties }) => {
      const { routeKey, target, apiId, ...authorization } = properties;
      expect({ target, apiId }).toEqual({ target: unknown, apiId: unknown });
      return [routeKey, authorization];
    }),
  );

describe("with every id, ARN and issuer unknown", () => {
  let result: PreviewResult;
  beforeAll(async () => {
    result = await fullest();
  });

  test("the preview passes every rule, with all rules mandatory", () => {
    expect(result.problems).toEqual([]);
    expect(result.violations).toEqual([]);
    expect(result.exitCode).toBe(0);
  });

  test("every route's authorization is known, and values from the deployment are unknown", () => {
    const byToken = { authorizationType: "JWT", authorizerId: unknown };
    expect(authorizationsOf(result)).toEqual({
      "GET /customers/{id}": { ...byToken, authorizationScopes: [unknown] },
      "POST /customers": { ...byToken, authorizationScopes: ["customers/write"] },
      "DELETE /customers/{id}": { authorizationType: "AWS_IAM" },
      "GET /reports/{year}": { ...byToken, authorizationScopes: ["reports/read"] },
      "ANY /orders/{proxy+}": { ...byToken, authorizationScopes: [unknown] },
      "OPTIONS /orders/{proxy+}": { authorizationType: "NONE" },
      "POST /orders": { ...byToken, authorizationScopes: [unknown] },
      "POST /reports": { ...byToken, authorizationScopes: [unknown] },
      "POST /webhooks/{proxy+}": { authorizationType: "CUSTOM", authorizerId: unknown },
      "GET /health": { authorizationType: "NONE" },
    });
  });

  test("every resource is registered under the component or under its ApiWatch", async () => {
    await expect(resourceGraph(result.resources)).toMatchFileSnapshot("golden.resources.txt");
  });

  test("an integration waits for the permission to invoke its function", () => {
    const invoking = invokingIntegrations(result);
    expect(invoking.length).toBeGreaterThan(2);
    expect(invoking.filter(({ waits }) => !waits)).toEqual([]);
  });

  test("the component's inputs have the public routes, the preflight routes and the lockdown", () => {
    expect(component(result)?.properties).toMatchObject({
      publicAccess: [
        {
          routes: ["GET /health"],
          reason: "load balancer health probe, returns no data",
          owner: "team-edge",
          reviewBy,
        },
      ],
      preflights: ["OPTIONS /orders/{proxy+}"],
      lockdown: "none",
    });
  });

  test("the stage waits for the routes in its settings, including preflight routes", () => {
    const [stage] = ofType(result, "apigatewayv2/stage:Stage");
    const routes = ofType(result, "apigatewayv2/route:Route");
    const dependencies = routes.map(({ urn }) => urn);
    expect(stage?.dependencies).toEqual(expect.arrayContaining(dependencies));
    const settings = stage?.properties.routeSettings as readonly { readonly routeKey: string }[];
    expect(settings.map(({ routeKey }) => routeKey).sort()).toEqual(
      routes.map(({ properties }) => properties.routeKey).sort(),
    );
  });

  test("the component's options reach its children", () => {
    const [stage] = ofType(result, "apigatewayv2/stage:Stage");
    expect(stage?.properties.description).toBe("customers");
    for (const child of childrenOf(result)) expect(child.options.protect).toBe(true);
  });

  test("no role or key allows everybody, and no resource is an account setting", () => {
    const types = childrenOf(result).map(({ type }) => type);
    expect(types).not.toContain("aws:apigateway/account:Account");
    expect(types).not.toContain("aws:cloudwatch/logResourcePolicy:LogResourcePolicy");
    // Each is the policy of a route's own role, for one AWS service.
    const policies = types.filter((type) => /policy/i.test(type));
    expect(policies).toEqual(["aws:iam/rolePolicy:RolePolicy", "aws:iam/rolePolicy:RolePolicy"]);
    const [role] = ofType(result, "iam/role:Role").filter(({ name }) => name === "customers-preflight");
    expect(Object.keys(role?.properties ?? {}).sort()).toEqual(["assumeRolePolicy", "description", "tags"]);
  });
});

describe("in its smallest form", () => {
  let result: PreviewResult;
  beforeAll(async () => {
    result = await preview({ directory: smallest, ...strict });
  });

  test("it passes every rule, with all rules mandatory", () => {
    expect({ ...result, exitCode: result.exitCode }).toMatchObject({
      problems: [],
      violations: [],
      exitCode: 0,
    });
  });

  test("it creates the resources that every API has", async () => {
    await expect(resourceGraph(result.resources)).toMatchFileSnapshot("smallest.resources.txt");
  });
});

describe("a lockdown", () => {
  let before: PreviewResult;
  beforeAll(async () => {
    before = await fullest();
  });
  const urns = ({ resources }: PreviewResult) => resources.map(({ urn }) => urn).sort();

  test('"deny" makes every route require IAM, including public and preflight routes, and passes every rule', async () => {
    const result = await fullest("lockdown=deny");
    expect(result).toMatchObject({ problems: [], violations: [], exitCode: 0 });
    const authorizations = Object.values(authorizationsOf(result));
    expect(authorizations).toHaveLength(10);
    for (const authorization of authorizations)
      expect(authorization).toEqual({ authorizationType: "AWS_IAM" });
    expect(urns(result)).toEqual(urns(before));
    const corsOf = (made: PreviewResult) =>
      ofType(made, "apigatewayv2/api:Api")[0]?.properties.corsConfiguration;
    expect([corsOf(before) !== undefined, corsOf(result)]).toEqual([true, undefined]);
    expect(component(result)?.properties.lockdown).toBe("deny");
    expect(component(result)?.properties.publicAccess).toEqual(component(before)?.properties.publicAccess);
  });

  test('"throttle" sets every limit to 0, and passes every rule', async () => {
    const result = await fullest("lockdown=throttle");
    expect(result).toMatchObject({ problems: [], violations: [], exitCode: 0 });
    const [stage] = ofType(result, "apigatewayv2/stage:Stage");
    const nothing = { throttlingRateLimit: 0, throttlingBurstLimit: 0 };
    expect(stage?.properties.defaultRouteSettings).toEqual(nothing);
    const settings = stage?.properties.routeSettings as readonly object[];
    expect(settings).toHaveLength(10);
    for (const route of settings) expect(route).toMatchObject(nothing);
    expect(authorizationsOf(result)).toEqual(authorizationsOf(before));
    expect(urns(result)).toEqual(urns(before));
  });

  test('"deny" can be switched on after a review date has passed, because it closes the route', async () => {
    const config = ["reviewBy=2020-01-31", "lockdown=deny"];
    const { exitCode, violations } = await preview({ directory: golden, config, ...strict });
    expect(exitCode).toBe(0);
    expect(violations.map(({ policy, level, name }) => `${level} ${policy} ${name}`)).toEqual([
      "advisory public-access-is-reviewed customers",
    ]);
  });

  test("a misspelled value is refused", async () => {
    const { exitCode, log } = await fullest("lockdown=Deny");
    expect(exitCode).toBe(2);
    expect(log.map(({ message }) => message).join()).toContain('lockdown: write "none", "throttle", "deny"');
  });
});

test("a public route is blocked after its review date has passed", async () => {
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
    [
      "a handler that arrives later and says who permits its calls",
      'routes["GET /customers/{id}"].handler.permission: give the reference as a plain object',
    ],
    ["an empty list of clients that arrives later", "authorization.clientIds: list the id of at least one"],
    ["a user pool that arrives later and is none", "authorization.userPool: give a UserPool"],
    ["a URL that arrives later, over http", 'routes["GET /customers/{id}"].handler.url: give an https URL'],
    [
      "a URL that arrives later, with a parameter that the route hasn't",
      'routes["GET /customers/{id}"].handler.url: {name} is replaced by the path parameter of that name, and this route has {id}',
    ],
    [
      "a server name that arrives later, empty",
      'routes["GET /customers/{id}"].handler.serverName: give the host name',
    ],
    [
      "any origin that arrives later, with credentials",
      "cors.allowOrigins: name the origins: with allowCredentials",
    ],
    [
      "an object without a version that arrives later",
      "domain.mutualTls.truststoreVersion: give the version of the object",
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
