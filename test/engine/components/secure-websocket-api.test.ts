import { afterAll, beforeAll, describe, expect } from "vitest";
import { inDays } from "../../dates";
import { program, removePrograms } from "../programs";
import { type EngineStack, engineTest, findPulumi, removeStacks } from "../rig";
import { componentStack } from "./component-stack";
import { destroyed, sharedStack, stepsOf, updated } from "./steps";

afterAll(() => {
  removeStacks();
  removePrograms();
});

/** A WebSocket API whose shape is in the configuration, so that one stack can be changed step by step. */
const chat = `
const { Authorization, GatewayLoggingAccount, publicAccess, SecureWebSocketApi } = require("@api-guardrails/components");
const { authorization, lockdown, routes, loosened } = config.requireObject("chat");
const handler = (name) => ({ functionName: name, invokeArn: "arn:aws:lambda:us-east-1:123456789012:function:" + name });
const callers = {
  iam: () => ({ authorization: Authorization.iam() }),
  lambda: () => ({ authorization: Authorization.lambda({ handler: handler("verify") }) }),
  public: () => ({ access: publicAccess({
    reason: "broadcasts the state of the service, takes no input", owner: "team-edge", reviewBy: config.require("reviewBy"),
  }) }),
};
const loggingAccount = new GatewayLoggingAccount("logging");
const throttling = { throttlingRateLimit: 1000, throttlingBurstLimit: 1000 };
const loosen = ({ type, props, opts }) => {
  if (type.endsWith(":Route")) return { props: { ...props, authorizationType: "NONE" }, opts };
  if (!type.endsWith(":Stage")) return undefined;
  const routeSettings = props.routeSettings.map((settings) => ({ ...settings, ...throttling }));
  return { props: { ...props, routeSettings }, opts };
};
const api = new SecureWebSocketApi("chat", {
  ...callers[authorization](),
  routes: Object.fromEntries(routes.map((key) => [key, { handler: handler(key.replace(/\\W/g, "")), twoWay: key === "sendMessage" || undefined }])),
  lockdown,
  loggingAccount,
}, loosened ? { transforms: [loosen] } : {});
exports.url = api.url;
exports.manageConnections = api.manageConnectionsArn;`;

interface Shape {
  readonly authorization: "iam" | "lambda" | "public";
  readonly routes: readonly string[];
  readonly lockdown?: "none" | "throttle" | "deny";
  readonly loosened?: boolean;
}

const shaped = (stack: EngineStack, shape: Shape) => stack.configure({ chat: JSON.stringify(shape) });

/** What ApiWatch makes. */
const isWatching = /aws:cloudwatch\/(dashboard|logMetricFilter|metricAlarm|queryDefinition):/;

const connectOf = (stack: EngineStack) =>
  stack
    .cloud()
    .filter(({ type, properties }) => type.endsWith(":Route") && properties.routeKey === "$connect")
    .map(({ properties }) => properties.authorizationType);

const throttlesOf = (stack: EngineStack) => {
  const [stage] = stack.cloud().filter(({ type }) => type.endsWith(":Stage"));
  const settings = (stage?.properties.routeSettings ?? []) as Record<string, unknown>[];
  const numbers = ({ throttlingRateLimit, throttlingBurstLimit }: Record<string, unknown>) => [
    throttlingRateLimit,
    throttlingBurstLimit,
  ];
  return {
    default: numbers(stage?.properties.defaultRouteSettings as Record<string, unknown>),
    ...Object.fromEntries(settings.map((one) => [one.routeKey, numbers(one)])),
  };
};

describe("a WebSocket API in the real engine", () => {
  let stack: EngineStack;
  const small: Shape = { authorization: "iam", routes: ["$default"] };
  const large: Shape = {
    authorization: "lambda",
    routes: ["$connect", "$disconnect", "$default", "sendMessage", "rooms/join"],
  };
  const change = async (shape: Shape) => {
    shaped(stack, shape);
    const run = await stack.up({ packs: ["test/fixtures/packs/strict"], args: ["--skip-preview"] });
    expect(run.output).not.toContain("error:");
    expect(run).toMatchObject({ code: 0, violations: [] });
    return stepsOf(run);
  };

  beforeAll(async () => {
    if (findPulumi()) {
      stack = await componentStack({ program: program(chat), config: { reviewBy: inDays(90) } });
    }
  });

  engineTest("its smallest form is made, and a second up changes nothing", async () => {
    const made = await change(small);
    const own = made.filter((step) => step.startsWith("create aws:") && !isWatching.test(step));
    expect(own).toEqual([
      "create aws:apigateway/account:Account logging",
      "create aws:apigatewayv2/api:Api chat",
      "create aws:apigatewayv2/integration:Integration chat-connect-e45aaf73",
      "create aws:apigatewayv2/integration:Integration chat-default-6b672969",
      "create aws:apigatewayv2/integrationResponse:IntegrationResponse chat-connect-e45aaf73",
      "create aws:apigatewayv2/route:Route chat-connect-e45aaf73",
      "create aws:apigatewayv2/route:Route chat-default-6b672969",
      "create aws:apigatewayv2/routeResponse:RouteResponse chat-connect-e45aaf73",
      "create aws:apigatewayv2/stage:Stage chat",
      "create aws:cloudwatch/logGroup:LogGroup chat",
      "create aws:cloudwatch/logGroup:LogGroup chat-execution-log-a08f886a",
      "create aws:iam/role:Role logging",
      "create aws:iam/rolePolicyAttachment:RolePolicyAttachment logging",
      "create aws:lambda/permission:Permission chat-default-6b672969",
    ]);
    expect(connectOf(stack)).toEqual(["AWS_IAM"]);
    expect(await change(small)).toEqual([]);
  });

  engineTest("a fuller form is reached from there in place, and a second up changes nothing", async () => {
    const changed = await change(large);
    expect(changed).toContain("update aws:apigatewayv2/route:Route chat-connect-e45aaf73");
    // What answers $connect is another one, since it is told of connections now; the route stays.
    expect(changed.filter((step) => /replace/.test(step))).toEqual([
      "delete-replaced aws:apigatewayv2/integration:Integration chat-connect-e45aaf73",
    ]);
    expect(connectOf(stack)).toEqual(["CUSTOM"]);
    expect(await change(large)).toEqual([]);
  });

  engineTest("deleting a route and renaming another touches their resources and the stage", async () => {
    const routes = ["$connect", "$default", "sendMessage", "rooms/leave"];
    expect(await change({ ...large, routes })).toEqual([
      "create aws:apigatewayv2/integration:Integration chat-rooms-leave-d4e4aebb",
      "create aws:apigatewayv2/route:Route chat-rooms-leave-d4e4aebb",
      "create aws:lambda/permission:Permission chat-rooms-leave-d4e4aebb",
      "delete aws:apigatewayv2/integration:Integration chat-disconnect-db23c4de",
      "delete aws:apigatewayv2/integration:Integration chat-rooms-join-edadf6a6",
      "delete aws:apigatewayv2/route:Route chat-disconnect-db23c4de",
      "delete aws:apigatewayv2/route:Route chat-rooms-join-edadf6a6",
      "delete aws:lambda/permission:Permission chat-disconnect-db23c4de",
      "delete aws:lambda/permission:Permission chat-rooms-join-edadf6a6",
      "update api-guardrails:index:SecureWebSocketApi chat",
      "update aws:apigatewayv2/stage:Stage chat",
    ]);
    await change(large);
  });

  const component = "update api-guardrails:index:SecureWebSocketApi chat";
  const connect = "update aws:apigatewayv2/route:Route chat-connect-e45aaf73";
  const stage = "update aws:apigatewayv2/stage:Stage chat";
  const usual = [100, 200];
  const nothing = [0, 0];

  engineTest('the lockdown "throttle" stands in every number, whatever a transform says', async () => {
    expect(await change({ ...large, lockdown: "throttle", loosened: true })).toEqual([component, stage]);
    const everywhere = ["default", ...large.routes].map((key) => [key, nothing]);
    expect(throttlesOf(stack)).toEqual(Object.fromEntries(everywhere));
    expect(connectOf(stack)).toEqual(["CUSTOM"]);
  });

  engineTest(
    'the lockdown "deny" closes $connect in place and stops messages of open connections',
    async () => {
      expect(await change({ ...large, lockdown: "deny", loosened: true })).toEqual([
        component,
        connect,
        stage,
      ]);
      expect(connectOf(stack)).toEqual(["AWS_IAM"]);
      expect(throttlesOf(stack)).toEqual({
        default: nothing,
        $connect: usual,
        $disconnect: usual,
        $default: nothing,
        sendMessage: nothing,
        "rooms/join": nothing,
      });
    },
  );

  engineTest("and off again, in place", async () => {
    expect(await change(large)).toEqual([component, connect, stage]);
    expect(connectOf(stack)).toEqual(["CUSTOM"]);
    expect(throttlesOf(stack)).toMatchObject({ default: usual, sendMessage: usual });
  });

  engineTest("opening to anyone and closing again is an update in place", async () => {
    const authorizer = [
      "aws:apigatewayv2/authorizer:Authorizer chat-lambda-554e79e6",
      "aws:lambda/permission:Permission chat-lambda-554e79e6",
    ];
    const open: Shape = { ...large, authorization: "public" };
    expect(await change(open)).toEqual([...authorizer.map((one) => `delete ${one}`), component, connect]);
    expect(connectOf(stack)).toEqual(["NONE"]);
    expect(await change(large)).toEqual([...authorizer.map((one) => `create ${one}`), component, connect]);
    expect(connectOf(stack)).toEqual(["CUSTOM"]);
  });

  engineTest("destroying it leaves nothing but its access log and what lets the account log", async () => {
    const { code } = await stack.run(["destroy", "--yes"], { packs: [] });
    expect(code).toBe(0);
    expect(
      stack
        .cloud()
        .map(({ type }) => type)
        .toSorted(),
    ).toEqual([
      "aws:apigateway/account:Account",
      "aws:cloudwatch/logGroup:LogGroup",
      "aws:iam/role:Role",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    ]);
  });

  engineTest("where the account doesn't let API Gateway log, the stage is refused", async () => {
    const without = program(chat.replace("loggingAccount,", "").replace(/const loggingAccount .*/, ""));
    const other = await componentStack({ program: without });
    shaped(other, small);
    const run = await other.up();
    expect(run.code).not.toBe(0);
    expect(run.output).toContain("CloudWatch Logs role ARN must be set in account settings");
  });
});

describe("WebSocket APIs in their fullest form", () => {
  const component = (name: string) => `api-guardrails:index:SecureWebSocketApi ${name}`;
  const connect = (name: string) => `aws:apigatewayv2/route:Route ${name}-connect-e45aaf73`;
  const stage = (name: string) => `aws:apigatewayv2/stage:Stage ${name}`;
  const stack = sharedStack(() =>
    componentStack({
      program: "test/fixtures/programs/golden-websocket-api",
      config: { reviewBy: inDays(90), lockdown: "none", protect: "false" },
    }),
  );

  engineTest("are made", async () => {
    const made = await updated(stack(), { withPreview: true });
    expect(new Set(Object.values(made))).toEqual(new Set(["create"]));
  });
  engineTest("stay as they are", async () => expect(await updated(stack())).toEqual({}));
  engineTest("deny everybody in place", async () => {
    stack().configure({ lockdown: "deny" });
    const changed = ["chat", "status"].flatMap((name) => [component(name), connect(name), stage(name)]);
    expect(await updated(stack())).toEqual(Object.fromEntries(changed.map((one) => [one, "update"])));
  });
  engineTest("go", () => destroyed(stack()));
});
