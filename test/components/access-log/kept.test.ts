import type * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import {
  type AccessLog,
  Authorization,
  SecureHttpApi,
  SecureRestApi,
  SecureWebSocketApi,
} from "../../../components/src";
import { registered } from "../registered";

const handler = { functionName: "lookup", invokeArn: "arn:lookup" };
const authorization = Authorization.iam();
const shared = { authorization, watch: "off" } as const;

type Build = (
  accessLog: AccessLog | undefined,
  opts: pulumi.ComponentResourceOptions,
  more?: object,
) => unknown;

const components: Readonly<Record<string, Build>> = {
  http: (accessLog, opts, more) =>
    new SecureHttpApi("api", { ...shared, routes: { "GET /a": { handler } }, accessLog, ...more }, opts),
  rest: (accessLog, opts, more) =>
    new SecureRestApi("api", { ...shared, routes: { "GET /a": { handler } }, accessLog, ...more }, opts),
  websocket: (accessLog, opts, more) =>
    new SecureWebSocketApi("api", { ...shared, routes: { send: { handler } }, accessLog, ...more }, opts),
};

/** The options of log groups and keys, by the resource's name. */
async function optionsOf(build: Build, accessLog: AccessLog | undefined, more?: object) {
  const seen: Record<string, pulumi.CustomResourceOptions> = {};
  const look: pulumi.ResourceTransformation = ({ type, name, opts }) => {
    if (/:LogGroup$|:Key$/.test(type)) seen[`${type.replace(/.*:/, "")} ${name}`] = opts;
    return undefined;
  };
  await registered(() => build(accessLog, { transformations: [look] }, more));
  return seen;
}

const retained = (options: Readonly<Record<string, pulumi.CustomResourceOptions>>) =>
  Object.entries(options)
    .filter(([, { retainOnDelete }]) => retainOnDelete)
    .map(([name]) => name)
    .toSorted();

describe("when the stack is destroyed", () => {
  test.each<[string, string, AccessLog | undefined, readonly string[]]>([
    ["an HTTP API's access log stays", "http", undefined, ["LogGroup api"]],
    ["it stays if that is said", "http", { onDestroy: "keep" }, ["LogGroup api"]],
    ["the key that reads it stays too", "http", { ownKey: true }, ["Key api", "LogGroup api"]],
    ["it goes if that is said", "http", { onDestroy: "delete" }, []],
    ["it goes with its key", "http", { onDestroy: "delete", ownKey: true }, []],
    ["a REST API's logs of requests stay", "rest", undefined, ["LogGroup api", "LogGroup api-waf"]],
    ["they go if that is said", "rest", { onDestroy: "delete" }, []],
    // The name of its execution log is API Gateway's: a stage that comes back would find the group that it left.
    ["a WebSocket API's access log stays", "websocket", undefined, ["LogGroup api"]],
    ["it goes if that is said, too", "websocket", { onDestroy: "delete" }, []],
  ])("%s", async (_, kind, accessLog, expected) => {
    expect(retained(await optionsOf(components[kind] as Build, accessLog))).toEqual(expected);
  });
});

describe("a component with another name", () => {
  test.each(Object.entries(components))("keeps its log group: %s", async (_, build) => {
    expect((await optionsOf(build, undefined))["LogGroup api"]?.ignoreChanges).toEqual(["namePrefix"]);
  });

  test.each<[string, object]>([
    ["a name", { name: "own", namePrefix: undefined }],
    ["a prefix", { namePrefix: "own-" }],
  ])("has the log group that a transform gives %s", async (_, own) => {
    const transform = { accessLogGroup: (args: object) => ({ ...args, ...own }) };
    const options = await optionsOf(components.http as Build, undefined, { transform });
    expect(options["LogGroup api"]).not.toHaveProperty("ignoreChanges");
  });
});
