import type { StackValidationArgs } from "@pulumi/policy";
import { expect, test } from "vitest";
import { guardrails } from "../../policies/src";

const { policies } = guardrails();
const stackPolicies = policies.filter(({ validateStack }) => validateStack);

/** A stack with an API, as the SDK hands it to one policy; counts how often its resources are walked. */
function shown(protocolType: string) {
  const urn = "urn:pulumi:dev::customers::aws:apigatewayv2/api:Api::chat";
  let walks = 0;
  const api = {
    ...{ urn, type: "aws:apigatewayv2/api:Api", name: "chat", props: { protocolType }, opts: {} },
    ...{ dependencies: [], propertyDependencies: {} },
  };
  const args = {
    getConfig: () => ({}),
    get resources() {
      walks += 1;
      return [api];
    },
  };
  return { args: args as unknown as StackValidationArgs, walks: () => walks };
}

function judged(args: StackValidationArgs): readonly string[] {
  const messages: string[] = [];
  for (const { validateStack } of stackPolicies) {
    validateStack?.(args, ((violation: { message: string }) => messages.push(violation.message)) as never);
  }
  return messages;
}

/** A route, as the SDK hands it to one policy; counts how often its properties are taken. */
function shownRoute(authorizationType: string) {
  let reads = 0;
  const args = {
    ...{ urn: "urn:pulumi:dev::customers::aws:apigatewayv2/route:Route::lookup", name: "lookup" },
    ...{ type: "aws:apigatewayv2/route:Route", opts: {}, getConfig: () => ({}) },
    get props() {
      reads += 1;
      return { routeKey: "GET /customers", authorizationType };
    },
  };
  return { args, reads: () => reads };
}

function judgedResource(args: object): readonly string[] {
  const messages: string[] = [];
  for (const { validateResource } of policies) {
    const judge = validateResource as (args: object, report: unknown) => void;
    judge(args, ((violation: { message: string }) => messages.push(violation.message)) as never);
  }
  return messages;
}

test("the rules share what was read of a resource, and one that is shown again is read again", () => {
  const first = shownRoute("NONE");
  expect(judgedResource(first.args).join()).toContain("GET /customers has authorizationType NONE");
  expect(first.reads()).toBe(1);
  const second = shownRoute("AWS_IAM");
  expect(judgedResource(second.args)).toEqual([]);
  expect(second.reads()).toBe(1);
  expect(judgedResource(first.args)).toHaveLength(1);
});

test("the rules share one model of the stack, and a stack that is shown again is looked at again", () => {
  expect(stackPolicies.length).toBeGreaterThan(1);
  const first = shown("WEBSOCKET");
  expect(judged(first.args).join()).toContain('The WebSocket API "chat" has no routes in this stack');
  expect(first.walks()).toBe(1);
  const second = shown("HTTP");
  expect(judged(second.args)).toEqual([]);
  expect(second.walks()).toBe(1);
});
