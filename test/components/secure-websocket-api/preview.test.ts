import { beforeAll, describe, expect, test } from "vitest";
import { type PreviewResult, preview } from "../../../review/src/preview";
import { inDays } from "../../dates";
import { invokingIntegrations } from "../invoking-integrations";
import { resourceGraph, unknown } from "../resource-graph";

const golden = "test/fixtures/programs/golden-websocket-api";
const strict = "test/fixtures/packs/strict";

const previewed = (config: readonly string[], policyPacks: readonly string[] = []) =>
  preview({ directory: golden, config, policyPacks });

const ofType = ({ resources }: PreviewResult, type: string) =>
  resources.filter((resource) => resource.type === `aws:${type}`);

const routesOf = (result: PreviewResult) =>
  Object.fromEntries(
    ofType(result, "apigatewayv2/route:Route").map(({ parent, properties }) => [
      `${parent?.replace(/.*::/, "")} ${properties.routeKey}`,
      properties,
    ]),
  );

describe("with every id and ARN unknown", () => {
  let result: PreviewResult;
  beforeAll(async () => {
    result = await previewed([`reviewBy=${inDays(90)}`], [strict]);
  });

  test("the preview passes every rule at the preset strict, in the smallest and in the fullest form", () => {
    expect(result.problems).toEqual([]);
    expect(result.violations).toEqual([]);
    expect(result.exitCode).toBe(0);
  });

  test("only $connect has an authorization", () => {
    const authorizations = Object.entries(routesOf(result)).map(([route, properties]) => {
      const { authorizationType, authorizerId } = properties;
      return [route, authorizerId === undefined ? authorizationType : [authorizationType, authorizerId]];
    });
    expect(Object.fromEntries(authorizations)).toEqual({
      "feed $connect": "AWS_IAM",
      "feed $default": "NONE",
      "chat $connect": ["CUSTOM", unknown],
      "chat $disconnect": "NONE",
      "chat $default": "NONE",
      "chat sendMessage": "NONE",
      "chat rooms/join": "NONE",
      "status $connect": "NONE",
      "status $default": "NONE",
    });
  });

  test("the graph of resources doesn't change", async () => {
    await expect(resourceGraph(result.resources)).toMatchFileSnapshot("./golden.resources.txt");
  });

  test("an integration waits for the permission to invoke its function", () => {
    const invoking = invokingIntegrations(result);
    expect(invoking.length).toBeGreaterThan(2);
    expect(invoking.filter(({ waits }) => !waits)).toEqual([]);
  });

  test("the components' inputs have the declaration and the lockdown", () => {
    const inputs = result.resources
      .filter(({ type }) => type === "api-guardrails:index:SecureWebSocketApi")
      .map(({ name, properties }) => [name, properties]);
    expect(Object.fromEntries(inputs)).toEqual({
      feed: { routes: ["$connect", "$default"], publicAccess: [], lockdown: "none" },
      chat: {
        routes: ["$connect", "$disconnect", "$default", "sendMessage", "rooms/join"],
        publicAccess: [],
        lockdown: "none",
      },
      status: {
        routes: ["$connect", "$default"],
        publicAccess: [
          {
            routes: ["$connect"],
            reason: "broadcasts the state of the service, takes no input",
            owner: "team-edge",
            reviewBy: inDays(90),
          },
        ],
        lockdown: "none",
      },
    });
  });

  test("the stage waits for its routes, their responses, its log group and the logging account", () => {
    const stage = ofType(result, "apigatewayv2/stage:Stage").find(({ name }) => name === "chat");
    const waits = stage?.dependencies.map((urn) => urn.replace(/.*\$/, "")) ?? [];
    const children = result.resources.filter(({ parent }) => parent?.endsWith("SecureWebSocketApi::chat"));
    const awaited = ["Route", "RouteResponse"].flatMap((kind) =>
      children.filter(({ type }) => type.endsWith(`:${kind}`)),
    );
    expect(awaited).toHaveLength(6);
    expect(waits).toEqual(
      expect.arrayContaining([
        ...awaited.map(({ type, name }) => `${type}::${name}`),
        "aws:cloudwatch/logGroup:LogGroup::chat-execution-log-a08f886a",
        "aws:apigateway/account:Account::logging",
      ]),
    );
  });

  test("the component's options and transforms reach its children", () => {
    const stage = ofType(result, "apigatewayv2/stage:Stage").find(({ name }) => name === "chat");
    expect(stage?.properties.description).toBe("chat");
    expect(stage?.options.protect).toBe(true);
    const api = ofType(result, "apigatewayv2/api:Api").find(({ name }) => name === "chat");
    expect(api?.properties.description).toBe("chat");
  });
});

test.each(["throttle", "deny"])(
  'the lockdown "%s" passes every rule at the preset strict',
  async (lockdown) => {
    const config = [`reviewBy=${inDays(90)}`, `lockdown=${lockdown}`];
    const { exitCode, problems, violations } = await previewed(config, [strict]);
    expect({ exitCode, problems, violations }).toEqual({ exitCode: 0, problems: [], violations: [] });
  },
);

test("a public $connect is blocked after its review date has passed", async () => {
  const { exitCode, violations } = await previewed(["reviewBy=2020-01-31"]);
  expect(exitCode).toBe(1);
  expect(violations.map(({ policy, level, name }) => `${level} ${policy} ${name}`)).toEqual([
    "mandatory websocket-connect-requires-authorization status-connect-e45aaf73",
    "mandatory public-access-is-reviewed status",
  ]);
});

test.each([
  ["plain http, later", "give an https URL"],
  ["a host that callers choose, later", "write the host as plain text"],
])("%s, stops the program with a sentence", async (mistake, sentence) => {
  const directory = "test/fixtures/programs/mistaken-websocket-api";
  const { exitCode, log } = await preview({ directory, config: [`mistake=${mistake}`] });
  const messages = log.filter(({ severity }) => severity === "error").map(({ message }) => message);
  expect(exitCode).toBe(2);
  expect(messages.join()).toContain(`routes["join"].handler.url: ${sentence}`);
});
