import { afterAll, beforeAll, describe, expect } from "vitest";
import { inDays } from "../../dates";
import { json, program, removePrograms } from "../programs";
import { type EngineStack, engineTest, findPulumi, removeStacks } from "../rig";
import { componentStack } from "./component-stack";
import { stepsOf } from "./steps";

afterAll(() => {
  removeStacks();
  removePrograms();
});

/** A REST API whose shape is in the configuration, so that one stack can be changed step by step. */
const customers = `
const { Authorization, GatewayLoggingAccount, publicAccess, SecureRestApi } = require("@api-guardrails/components");
const { authorization, lockdown, routes, cors, waf, usagePlans, loosened } = config.requireObject("customers");
const arn = "arn:aws:lambda:us-east-1:123456789012:function:";
const handler = (name) => ({ functionName: name, invokeArn: arn + name });
const userPool = { arn: "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_customers" };
const authorizations = {
  iam: Authorization.iam(),
  cognito: Authorization.cognito({ userPool, scopes: ["customers/read"] }),
  lambda: Authorization.lambda({ handler: handler("verify") }),
};
const access = publicAccess({
  reason: "load balancer health probe, returns no data", owner: "team-edge", reviewBy: config.require("reviewBy"),
});
const loosen = ({ type, props, opts }) => {
  if (type.endsWith(":Method")) return { props: { ...props, authorization: "NONE" }, opts };
  if (type.endsWith(":RestApiPolicy")) return { props: { ...props, policy: "{}" }, opts };
  if (!type.endsWith(":MethodSettings")) return undefined;
  return { props: { ...props, settings: { ...props.settings, throttlingRateLimit: 1000 } }, opts };
};
const api = new SecureRestApi("customers", {
  authorization: authorizations[authorization],
  routes: Object.fromEntries(Object.entries(routes).map(([key, { isPublic, ...route }]) =>
    [key, { handler: handler("answer"), ...route, ...(isPublic && { access }) }])),
  lockdown,
  ...(cors && { cors }),
  ...(waf && { waf }),
  ...(usagePlans && { usagePlans }),
  loggingAccount: new GatewayLoggingAccount("logging"),
  watch: "off",
}, loosened ? { transforms: [loosen] } : {});
exports.url = api.url;`;

interface Shape {
  readonly authorization: "iam" | "cognito" | "lambda";
  readonly routes: Readonly<Record<string, object>>;
  readonly lockdown?: "none" | "throttle" | "deny";
  readonly cors?: object;
  readonly waf?: object;
  readonly usagePlans?: object;
  readonly loosened?: boolean;
}

const component = "update api-guardrails:index:SecureRestApi customers";
/** What each change of the answers takes: the snapshot is made anew before the one that it replaces is gone. */
const deployed = [
  "delete-replaced aws:apigateway/deployment:Deployment customers",
  "update aws:apigateway/stage:Stage customers",
];
/** Every rule is mandatory. Without a preview first, the update itself says what stands against it. */
const strict = { packs: ["test/fixtures/packs/strict"], args: ["--skip-preview"] };
/** Nothing watches the API that is changed step by step, on purpose. */
const unwatched = () => ({
  args: strict.args,
  packConfigs: [json({ "endpoint-is-watched": { enforcementLevel: "disabled" } })],
});
const strictButUnwatched = () => ({ ...strict, ...unwatched() });
const methodOf = (key: string) => `aws:apigateway/method:Method customers-${key}`;

describe("a REST API in the real engine", () => {
  let stack: EngineStack;
  const small: Shape = { authorization: "iam", routes: { "GET /customers/{id}": {} } };
  const body = { type: "object", required: ["name"] };
  const large: Shape = {
    authorization: "cognito",
    routes: {
      "GET /customers/{id}": { throttle: { rateLimit: 1, burstLimit: 2 } },
      "POST /customers": { body, requiredParameters: { query: ["dryRun"] } },
      "ANY /files/{proxy+}": {},
      "GET /health": {},
    },
    cors: { allowOrigins: ["https://app.example.com"] },
  };
  const change = async (
    shape: Shape,
    judged: object = strictButUnwatched(),
    violations: readonly object[] = [],
  ) => {
    stack.configure({ customers: JSON.stringify(shape) });
    const run = await stack.up(judged);
    expect(run.output).not.toContain("error:");
    expect(run).toMatchObject({ code: 0, violations });
    return stepsOf(run);
  };
  const cloudOf = (type: string) => stack.cloud().filter((resource) => resource.type === `aws:${type}`);
  const throttles = () =>
    Object.fromEntries(
      cloudOf("apigateway/methodSettings:MethodSettings").map(({ properties }) => {
        const settings = properties.settings as Readonly<Record<string, unknown>>;
        return [properties.methodPath, [settings.throttlingRateLimit, settings.throttlingBurstLimit]];
      }),
    );
  const policyIds = () => {
    const [policy] = cloudOf("apigateway/restApiPolicy:RestApiPolicy");
    return JSON.parse(String(policy?.properties.policy)).Statement.map(
      ({ Sid }: { readonly Sid: string }) => Sid,
    );
  };
  const authorizationOf = (key: string) =>
    cloudOf("apigateway/method:Method")
      .filter(({ properties }) => properties.httpMethod === key.split(" ")[0])
      .map(({ properties }) => properties.authorization);

  /** The routes of the snapshot that the stage serves, and those of them that the policy in it allows to whoever calls. */
  const served = () => {
    const [stage] = cloudOf("apigateway/stage:Stage");
    const [deployment] = cloudOf("apigateway/deployment:Deployment").filter(
      ({ id }) => id === stage?.properties.deployment,
    );
    const snapshot = deployment?.snapshot ?? [];
    const of = (type: string) =>
      snapshot
        .filter((resource) => resource.type.endsWith(type))
        .map(({ id, properties }): Readonly<Record<string, unknown>> => ({ ...properties, id }));
    const pathOf = (id: unknown): string => {
      const found = of(":Resource").find((resource) => resource.id === id);
      return found ? `${pathOf(found.parentId)}/${found.pathPart}` : "";
    };
    const allowed: readonly string[] = JSON.parse(String(of(":RestApiPolicy")[0]?.policy))
      .Statement.filter(({ Sid }: { readonly Sid: string }) => Sid === "Unsigned")
      .flatMap(({ Resource }: { readonly Resource: readonly string[] }) => Resource);
    const routes = of(":Method").map(({ httpMethod, resourceId, authorization }) => ({
      key: `${httpMethod} ${pathOf(resourceId)}`,
      isOpen:
        authorization === "NONE" && allowed.some((arn) => arn.endsWith(`${httpMethod}${pathOf(resourceId)}`)),
    }));
    return {
      routes: routes.map(({ key }) => key).filter((key) => !key.startsWith("OPTIONS ")),
      open: routes.filter(({ isOpen }) => isOpen).map(({ key }) => key),
    };
  };

  beforeAll(async () => {
    if (findPulumi()) {
      stack = await componentStack({ program: program(customers), config: { reviewBy: inDays(90) } });
    }
  });

  engineTest("its smallest form is made, and a second up changes nothing", async () => {
    const made = await change(small);
    expect(made.filter((step) => step.startsWith("create aws:apigateway/"))).toEqual([
      "create aws:apigateway/account:Account logging",
      "create aws:apigateway/deployment:Deployment customers",
      "create aws:apigateway/integration:Integration customers-GET-customers-parameter-ac962ba5",
      `create ${methodOf("GET-customers-parameter-ac962ba5")}`,
      "create aws:apigateway/methodSettings:MethodSettings customers",
      "create aws:apigateway/resource:Resource customers-customers-121a6110",
      "create aws:apigateway/resource:Resource customers-customers-parameter-4a059b2d",
      "create aws:apigateway/response:Response customers-BAD-REQUEST-BODY-b31900a5",
      "create aws:apigateway/response:Response customers-BAD-REQUEST-PARAMETERS-46afe716",
      "create aws:apigateway/response:Response customers-DEFAULT-4XX-8c731d19",
      "create aws:apigateway/response:Response customers-DEFAULT-5XX-ad2d74df",
      "create aws:apigateway/restApi:RestApi customers",
      "create aws:apigateway/restApiPolicy:RestApiPolicy customers",
      "create aws:apigateway/stage:Stage customers",
    ]);
    expect(await change(small)).toEqual([]);
  });

  engineTest("a fuller form is reached from there in place, and a second up changes nothing", async () => {
    const changed = await change(large);
    expect(changed).toEqual(
      expect.arrayContaining([`update ${methodOf("GET-customers-parameter-ac962ba5")}`, ...deployed]),
    );
    expect(changed.filter((step) => step.includes("replace"))).toEqual([deployed[0]]);
    expect(authorizationOf("GET")).toEqual(["COGNITO_USER_POOLS", "COGNITO_USER_POOLS"]);
    expect(await change(large)).toEqual([]);
  });

  engineTest("opening a route and closing it again is an update in place, and deployed", async () => {
    const routes = { ...large.routes, "GET /health": { isPublic: true } };
    const inPlace = [component, `update ${methodOf("GET-health-74fac65f")}`, ...deployed].toSorted();
    expect(await change({ ...large, routes })).toEqual(inPlace);
    expect(authorizationOf("GET")).toContain("NONE");
    expect(await change(large)).toEqual(inPlace);
    expect(authorizationOf("GET")).not.toContain("NONE");
  });

  engineTest.each([
    ["GET /customers/{customer}", "~1customers~1{customer}/GET"],
    ["GET /customers/{customer+}", "~1customers~1{customer+}/GET"],
    ["GET /customers/{id}", "~1customers~1{id}/GET"],
  ])("a parameter that becomes that of %s is renamed in place, and deployed", async (key, methodPath) => {
    const { "GET /customers/{id}": route, ...others } = large.routes;
    const changed = await change({ ...large, routes: { ...others, [key]: route ?? {} } });
    const settingsOfRoute =
      "aws:apigateway/methodSettings:MethodSettings customers-GET-customers-parameter-ac962ba5";
    expect(changed).toEqual(
      [
        component,
        ...deployed,
        `delete-replaced ${settingsOfRoute}`,
        "update aws:apigateway/resource:Resource customers-customers-parameter-4a059b2d",
      ].toSorted(),
    );
    expect(Object.keys(throttles())).toContain(methodPath);
    expect(Object.keys(throttles())).toHaveLength(2);
  });

  const settings = (key: string) => `update aws:apigateway/methodSettings:MethodSettings customers${key}`;
  const ownThrottle = "-GET-customers-parameter-ac962ba5";

  engineTest(
    'the lockdown "throttle" stands in every number in place, whatever a transform says',
    async () => {
      const locked = [component, settings(""), settings(ownThrottle)];
      expect(await change({ ...large, lockdown: "throttle", loosened: true })).toEqual(locked);
      expect(throttles()).toEqual({ "*/*": [0, 0], "~1customers~1{id}/GET": [0, 0] });
      expect(authorizationOf("GET")).not.toContain("NONE");
      expect(await change(large)).toEqual(locked);
      expect(throttles()).toEqual({ "*/*": [100, 200], "~1customers~1{id}/GET": [1, 2] });
    },
  );

  engineTest('the lockdown "deny" changes the policy in place and deploys it, and back again', async () => {
    const policy = "update aws:apigateway/restApiPolicy:RestApiPolicy customers";
    const denied = [component, policy, ...deployed].toSorted();
    expect(await change({ ...large, lockdown: "deny" })).toEqual(denied);
    expect(policyIds()).toEqual(["Lockdown"]);
    expect(await change(large)).toEqual(denied);
    expect(policyIds()).toEqual(["TlsOnly", "Unsigned"]);
  });

  // Each of these goes on from what the one before has left.

  engineTest("what a route no longer needs goes, after what needed it", async () => {
    const routes = { ...large.routes, "POST /customers": {} };
    const advised = [{ level: "advisory", policy: "request-is-validated" }];
    expect(await change({ ...large, routes }, unwatched(), advised)).toEqual(
      [
        "delete aws:apigateway/model:Model customers-POST-customers-c0a6b864",
        "delete aws:apigateway/requestValidator:RequestValidator customers-body-and-parameters-b3eb5475",
        `update ${methodOf("POST-customers-c0a6b864")}`,
        ...deployed,
      ].toSorted(),
    );
  });

  engineTest("another authorization for all is an update in place", async () => {
    const changed = await change({ ...large, authorization: "lambda" });
    expect(changed.filter((step) => step.includes(":Method "))).toHaveLength(4);
    expect(changed.filter((step) => step.includes("replace"))).toEqual([deployed[0]]);
    expect(policyIds()).toEqual(["TlsOnly", "Unsigned"]);
  });

  engineTest(
    "deleting a route and renaming another touches their own resources, and is deployed",
    async () => {
      const { "ANY /files/{proxy+}": files, "GET /health": health, ...others } = large.routes;
      const changed = await change({
        ...large,
        authorization: "lambda",
        routes: { ...others, "GET /alive": health ?? {} },
      });
      const names = changed.filter((step) => !deployed.includes(step) && step !== component);
      expect(files).toEqual({});
      const policy = "update aws:apigateway/restApiPolicy:RestApiPolicy customers";
      for (const step of names.filter((step) => step !== policy))
        expect(step).toMatch(/^(create .*customers-.*alive|delete .*customers-.*(files|health))/);
      expect(names.filter((step) => step.includes(":Method "))).toEqual([
        expect.stringMatching(/^create .*-GET-alive-/),
        expect.stringMatching(/^create .*-OPTIONS-alive-/),
        expect.stringMatching(/^delete .*-ANY-files-parameter-/),
        expect.stringMatching(/^delete .*-GET-health-/),
        expect.stringMatching(/^delete .*-OPTIONS-files-parameter-/),
        expect.stringMatching(/^delete .*-OPTIONS-health-/),
      ]);
      expect(changed).toEqual(expect.arrayContaining(deployed));
    },
  );

  engineTest(
    "a public route that left the program is in the next snapshot, which allows it to nobody, and not in the one after",
    async () => {
      const { "GET /health": health, ...others } = large.routes;
      await change({ ...large, routes: { ...others, "GET /health": { isPublic: true } } });
      expect(served().open).toEqual(["GET /health"]);
      await change({ ...large, routes: others });
      expect(served().routes).toContain("GET /health");
      expect(served().open).toEqual([]);
      const deployment = (await stack.exported()).urns.find((urn) => urn.includes(":Deployment::"));
      const again = await stack.up({
        ...strictButUnwatched(),
        args: [...strict.args, "--replace", String(deployment)],
      });
      expect(again.code).toBe(0);
      expect(served().routes.toSorted()).toEqual(Object.keys(others).toSorted());
      expect(health).toEqual({});
    },
  );

  engineTest("another web ACL takes the place of the one before the stage", async () => {
    const arnOf = (name: string) => `arn:aws:wafv2:us-east-1:123456789012:regional/webacl/${name}/1`;
    const standing = () =>
      cloudOf("wafv2/webAclAssociation:WebAclAssociation").map(({ properties }) => properties.webAclArn);
    const [own] = standing();
    for (const arn of [arnOf("a"), arnOf("b")]) {
      await change({ ...large, waf: { webAclArn: arn } });
      expect(standing()).toEqual([arn]);
    }
    await change(large);
    expect(standing()).toHaveLength(1);
    expect(standing()).not.toContain(own);
  });

  engineTest("a client goes from one usage plan to another, and keeps its key", async () => {
    const routes = { ...large.routes, "GET /health": { apiKeyRequired: true } };
    const plan = { throttle: { rateLimit: 1, burstLimit: 2 }, quota: { limit: 9, period: "DAY" } };
    const plans = (free: readonly string[], paid: readonly string[]) => ({
      free: { ...plan, clients: free },
      paid: { ...plan, clients: paid },
    });
    const keys = () => cloudOf("apigateway/apiKey:ApiKey").map(({ id }) => id);
    await change({ ...large, routes, usagePlans: plans(["a", "b"], ["c"]) });
    const before = keys();
    await change({ ...large, routes, usagePlans: plans(["b"], ["a", "c"]) });
    expect(keys()).toEqual(before);
    expect(
      cloudOf("apigateway/usagePlanKey:UsagePlanKey")
        .filter(({ properties }) => String(properties.usagePlanId).includes("-paid-"))
        .map(({ properties }) => properties.keyId)
        .toSorted(),
    ).toEqual([expect.stringMatching(/^customers-key-a-/), expect.stringMatching(/^customers-key-c-/)]);
  });

  engineTest(
    "destroying it leaves nothing but its logs of requests and what lets the account log",
    async () => {
      const { code } = await stack.run(["destroy", "--yes"], { packs: [] });
      expect(code).toBe(0);
      expect(new Set(stack.cloud().map(({ type }) => type))).toEqual(
        new Set([
          "aws:apigateway/account:Account",
          "aws:cloudwatch/logGroup:LogGroup",
          "aws:iam/role:Role",
          "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        ]),
      );
    },
  );
});

describe("under the preset strict", () => {
  const config = { reviewBy: inDays(90), lockdown: "none" };

  engineTest("the fullest form is made, left alone by a second up, locked down and destroyed", async () => {
    const golden = await componentStack({ program: "test/fixtures/programs/golden-rest-api", config });
    expect(await golden.up(strict)).toMatchObject({ code: 0, violations: [] });
    expect(stepsOf(await golden.up(strict))).toEqual([]);
    // Protected as it is, it is deployed again.
    golden.configure({ lockdown: "deny" });
    expect(stepsOf(await golden.up(strict))).toEqual(
      [component, "update aws:apigateway/restApiPolicy:RestApiPolicy customers", ...deployed].toSorted(),
    );
    golden.configure({ unprotected: "true" });
    expect((await golden.up(strict)).code).toBe(0);
    expect((await golden.run(["destroy", "--yes"], { packs: [] })).code).toBe(0);
  });

  engineTest(
    "a document is judged before its API is created; what changes in it is deployed, also a lockdown",
    async () => {
      const program = "test/fixtures/programs/documented-rest-api";
      const documented = await componentStack({ program, config: { ...config, functions: "here" } });
      const preview = await documented.preview({ packs: strict.packs });
      expect(preview.violations.map(({ level, policy }) => `${level} ${policy}`)).toEqual([
        "advisory openapi-operation-requires-authorization",
      ]);
      expect(await documented.up(strict)).toMatchObject({ code: 0, violations: [] });
      expect(stepsOf(await documented.up(strict))).toEqual([]);
      documented.configure({ lockdown: "deny" });
      const locked = await documented.up(strict);
      expect(locked).toMatchObject({ code: 0, violations: [] });
      expect(stepsOf(locked)).toEqual(
        [component, "update aws:apigateway/restApi:RestApi customers", ...deployed].toSorted(),
      );
      const [api] = documented.cloud().filter(({ type }) => type.endsWith(":RestApi"));
      expect(JSON.parse(String(api?.properties.body))["x-amazon-apigateway-policy"].Statement).toEqual([
        { Sid: "Lockdown", Effect: "Deny", Principal: "*", Action: "execute-api:Invoke", Resource: "*" },
      ]);
    },
  );

  engineTest("where the account doesn't let API Gateway log, the stage is refused", async () => {
    const other = await componentStack({ program: "test/fixtures/programs/smallest-rest-api" });
    const run = await other.up(strict);
    expect(run.code).not.toBe(0);
    expect(run.output).toContain("CloudWatch Logs role ARN must be set in account settings");
  });
});
