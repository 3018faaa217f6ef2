import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import type { Lockdown } from "../../../components/src";
import { throttleGuard } from "../../../components/src/lockdown";
import {
  snapshotOf,
  type Throttles,
  withGuardedProperties,
  withoutGuarded,
} from "../../../components/src/override/guarded-properties";
import { webSocketThrottleGuard } from "../../../components/src/secure-websocket-api/stage";

const route = "aws:apigatewayv2/route:Route";
const stage = "aws:apigatewayv2/stage:Stage";
const component = "api-guardrails:index:SecureHttpApi";

test.each<[situation: string, type: string, path: string, isKept: boolean]>([
  ["what decides", route, "authorizationType", false],
  ["in brackets", route, '["authorizationType"]', false],
  ["part of it", route, "authorizationScopes[0]", false],
  ["everything", route, "*", false],
  ["what is anybody's", route, "operationName", true],
  ["what is named like it", route, "authorizationTypes", true],
  ["everything of what decides nothing", "aws:cloudwatch/logGroup:LogGroup", "*", true],
  ["a component's own inputs", component, "description", false],
])("ignoring changes of %s (%s %s) is kept: %s", (_, type, path, isKept) => {
  expect(withoutGuarded(type, [path], "changeable")).toEqual(isKept ? [path] : []);
});

test("a transform may change the throttles of a stage, unless a lockdown holds them at 0", () => {
  const before = { defaultRouteSettings: { throttlingRateLimit: 0 }, description: "a" };
  const changed = { defaultRouteSettings: { throttlingRateLimit: 9 }, description: "b" };
  expect(withGuardedProperties(stage, before, changed, "changeable")).toEqual(changed);
  expect(withGuardedProperties(stage, before, changed, "held at 0")).toEqual({ ...before, description: "b" });
});

test.each<[kind: string, guard: typeof throttleGuard, lockdown: Lockdown, throttles: Throttles]>([
  ["an HTTP or REST API", throttleGuard, "none", "changeable"],
  ["an HTTP or REST API", throttleGuard, "throttle", "held at 0"],
  ["an HTTP or REST API, which refuses callers with 403", throttleGuard, "deny", "changeable"],
  ["a WebSocket API", webSocketThrottleGuard, "none", "changeable"],
  ["a WebSocket API", webSocketThrottleGuard, "throttle", "held at 0"],
  [
    "a WebSocket API, whose open connections still send messages",
    webSocketThrottleGuard,
    "deny",
    "held at 0",
  ],
])("the throttles of %s (%s) under the lockdown %s are %s", (_, guard, lockdown, throttles) => {
  expect(guard(lockdown)).toBe(throttles);
});

test.each([
  ["aws:apigateway/methodSettings:MethodSettings", { restApi: "a", stageName: "live", methodPath: "*/*" }],
  ["aws:apigateway/usagePlan:UsagePlan", { apiStages: [{ apiId: "a", stage: "live" }] }],
])("a transform can't change what %s applies to, with or without a lockdown", (type, before) => {
  const changed = Object.fromEntries(Object.keys(before).map((name) => [name, "other"]));
  expect(withGuardedProperties(type, before, changed, "changeable")).toEqual(before);
  expect(withGuardedProperties(type, before, changed, "held at 0")).toEqual(before);
});

test("guarded properties are restored if they were changed, removed or added", () => {
  const before = { authorizationType: "JWT", authorizerId: "a", authorizationScopes: undefined };
  const changed = { authorizationType: "NONE", apiKeyRequired: true, operationName: "b" };
  expect(withGuardedProperties(route, before, changed, "changeable")).toEqual({
    ...before,
    operationName: "b",
  });
});

test("a certificate covers its domain only: another name would need a record that nobody creates", () => {
  const certificate = "aws:acm/certificate:Certificate";
  const before = { domainName: "a.example.com", validationMethod: "DNS" };
  const changed = { ...before, subjectAlternativeNames: ["b.example.com"], keyAlgorithm: "EC_prime256v1" };
  expect(withGuardedProperties(certificate, before, changed, "changeable")).toEqual({
    ...before,
    keyAlgorithm: "EC_prime256v1",
  });
});

test("a component's own inputs don't change", () => {
  const before = { publicAccess: [], lockdown: "none" };
  expect(withGuardedProperties(component, before, { lockdown: "deny", more: 1 }, "changeable")).toBe(before);
});

test("a snapshot is independent of the original, and keeps Outputs and assets", () => {
  const output = pulumi.output("a");
  const asset = new pulumi.asset.StringAsset("b");
  const original = { list: [{ inner: ["a"] }], output, asset, bare: Object.create(null), nothing: null };
  const snapshot = snapshotOf(original);
  original.list[0]?.inner.push("b");
  original.list.push({ inner: [] });
  original.bare.added = true;
  expect(snapshot.list).toEqual([{ inner: ["a"] }]);
  expect(snapshot.bare).toEqual({});
  expect(snapshot.output).toBe(output);
  expect(snapshot.asset).toBe(asset);
  expect(snapshot.nothing).toBeNull();
});
