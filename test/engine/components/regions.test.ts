import { afterAll, beforeAll, describe, expect } from "vitest";
import { inDays } from "../../dates";
import { program, removePrograms } from "../programs";
import { type EngineStack, engineTest, findPulumi, removeStacks } from "../rig";
import { componentStack } from "./component-stack";
import { updated } from "./steps";

afterAll(() => {
  removeStacks();
  removePrograms();
});

/** One program, two regions: a provider of each, and under it every component that has to do with a region. */
const everywhere = `
const aws = require("@pulumi/aws");
const {
  ApiDomain, Authorization, GatewayLoggingAccount, publicAccess, SecureHttpApi, SecureRestApi, SecureWebSocketApi, UserDirectory,
} = require("@api-guardrails/components");
const access = publicAccess({
  reason: "load balancer health probe, returns no data", owner: "team-edge", reviewBy: config.require("reviewBy"),
});
for (const region of ["eu-west-1", "us-east-1"]) {
  const providers = { aws: new aws.Provider(region, { region }) };
  const arn = "arn:aws:lambda:" + region + ":123456789012:function:answer";
  const handler = { functionName: "answer", invokeArn: arn };
  const loggingAccount = new GatewayLoggingAccount("logging-" + region, {}, { providers });
  const { userPool, clients } = new UserDirectory("people-" + region, {
    deletionProtection: false,
    resourceServers: { customers: { read: "Read customers" } },
    clients: { desk: { type: "app", callbackUrls: ["https://desk.example.com/"], scopes: ["customers/read"] } },
  }, { providers });
  const authorization = Authorization.cognito({ userPool, clientIds: [clients.desk.id], scopes: ["customers/read"] });
  const accessLog = { ownKey: true };
  new SecureHttpApi("http-" + region, {
    authorization, routes: { "GET /customers": { handler }, "GET /health": { handler, access } }, accessLog,
  }, { providers });
  new SecureRestApi("rest-" + region, {
    authorization: Authorization.cognito({ userPool, scopes: ["customers/read"] }),
    routes: { "GET /customers": { handler }, "GET /health": { handler, access } }, accessLog, loggingAccount,
  }, { providers });
  new SecureWebSocketApi("chat-" + region, {
    authorization: Authorization.iam(), routes: { send: { handler } }, accessLog, loggingAccount,
  }, { providers });
  new ApiDomain("shop-" + region, {
    name: "shop.example.com", hostedZoneId: "Z0123456789", routing: { policy: "latency", setIdentifier: region },
  }, { providers });
}`;

describe("the components under two providers, each of a region of its own", () => {
  let stack: EngineStack;
  beforeAll(async () => {
    if (findPulumi()) {
      stack = await componentStack({ program: program(everywhere), config: { reviewBy: inDays(90) } });
    }
  });

  engineTest(
    "everything is made in the region of its component, and a second up changes nothing",
    async () => {
      const made = await updated(stack);
      expect(Object.keys(made).length).toBeGreaterThan(60);
      const { deployment } = JSON.parse((await stack.exported()).text);
      const resources: readonly { urn: string; custom: boolean; provider?: string }[] = deployment.resources;
      const elsewhere = resources
        .filter(({ custom, urn }) => custom && !urn.includes("pulumi:providers:"))
        .filter(({ urn, provider }) => {
          const region = /(eu-west-1|us-east-1)/.exec(urn.split("::").at(-1) ?? "")?.[1];
          return !region || !provider?.includes(`pulumi:providers:aws::${region}::`);
        });
      expect(elsewhere).toEqual([]);
      expect(await updated(stack)).toEqual({});
    },
  );

  engineTest("what names a region within a property names the component's", () => {
    for (const region of ["eu-west-1", "us-east-1"]) {
      const other = region === "eu-west-1" ? "us-east-1" : "eu-west-1";
      const named = (type: string, property: string) =>
        stack
          .cloud()
          .filter((resource) => resource.type.endsWith(`:${type}`))
          .filter(({ properties }) => JSON.stringify(properties).includes(region))
          .map(({ properties }) => String(properties[property]));
      const dashboards = named("Dashboard", "dashboardBody").filter((body) => body.includes(`"${region}"`));
      expect(dashboards).toHaveLength(3);
      for (const body of dashboards) expect(body).not.toContain(other);
      const keys = named("Key", "policy");
      expect(keys).toHaveLength(3);
      for (const policy of keys) expect(policy).not.toContain(other);
      const records = stack.cloud().filter(({ properties }) => properties.setIdentifier === region);
      expect(records.map(({ properties }) => properties.type).toSorted()).toEqual(["A", "AAAA"]);
      for (const { properties } of records) expect(properties.latencyRoutingPolicies).toEqual([{ region }]);
    }
  });

  engineTest(
    "destroying them leaves what lets each account log, and what validates certificates",
    async () => {
      const run = await stack.run(["destroy", "--yes", "--skip-preview"], { packs: [] });
      if (run.code !== 0) throw new Error(run.output);
      expect(stack.cloud().filter(({ type }) => type.endsWith(":Account"))).toHaveLength(2);
      // One record in AWS, since it is the same for both certificates: whoever goes first must not take it along.
      const records = stack.cloud().filter(({ type }) => type.endsWith(":Record"));
      expect(records.map(({ properties }) => properties.name)).toEqual(
        Array(2).fill("_validate.shop.example.com"),
      );
    },
  );
});
