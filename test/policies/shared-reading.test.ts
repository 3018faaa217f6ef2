import type { StackValidationArgs } from "@pulumi/policy";
import { describe, expect, test } from "vitest";
import { guardrails } from "../../policies/src";

/** What the SDK's `notApplicable` throws, and catches. */
const notApplicable = new Error("not applicable");
const throwNotApplicable = () => {
  throw notApplicable;
};
/** Calls a validation as the SDK does. */
function call(validation: () => void): void {
  try {
    validation();
  } catch (thrown) {
    if (thrown !== notApplicable) throw thrown;
  }
}

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
    ...{ getConfig: () => ({}), notApplicable: throwNotApplicable },
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
    call(() =>
      validateStack?.(args, ((violation: { message: string }) => messages.push(violation.message)) as never),
    );
  }
  return messages;
}

/** A route, as the SDK hands it to one policy; counts how often its properties are taken. */
function shownRoute(authorizationType: string) {
  let reads = 0;
  const args = {
    ...{ urn: "urn:pulumi:dev::customers::aws:apigatewayv2/route:Route::lookup", name: "lookup" },
    ...{ type: "aws:apigatewayv2/route:Route", opts: {}, getConfig: () => ({}) },
    notApplicable: throwNotApplicable,
    get props() {
      reads += 1;
      return { routeKey: "GET /customers", authorizationType };
    },
  };
  return { args, reads: () => reads };
}

/** As the SDK does it: the validations that a policy has for the resource that is shown now, one after the other. */
function judgedResource(args: object, asked = guardrails().policies): readonly string[] {
  const messages: string[] = [];
  for (const { validateResource } of asked) {
    const validation = validateResource as unknown as Validation;
    const type = validation.__pulumiType;
    if (type !== undefined && type !== (args as { type?: string }).type) continue;
    call(() => validation(args, (violation) => messages.push(violation.message)));
  }
  return messages;
}

interface Validation {
  (args: object, report: (violation: { readonly message: string }) => void): void;
  readonly __pulumiType?: string;
}

/** The names of the policies that would be asked about the next resource. The others say for which type they are. */
const wakeful = (of: typeof policies) =>
  of
    .filter(({ validateResource }) => validateResource && !("__pulumiType" in validateResource))
    .map(({ name }) => name);

describe("a policy that has nothing to do with what a stack holds isn't asked", () => {
  const routeRule = "http-route-requires-authorization";
  const bucket = {
    ...{ urn: "urn:pulumi:dev::customers::aws:s3/bucket:Bucket::files", name: "files" },
    ...{ type: "aws:s3/bucket:Bucket", opts: {}, getConfig: () => ({}), props: {} },
    notApplicable: throwNotApplicable,
  };

  test("each is asked about the first resource, when none is configured", () => {
    const fresh = guardrails().policies;
    expect(wakeful(fresh)).toEqual(fresh.map(({ name }) => name));
  });

  /** The names of the policies that are asked about a resource, in a pass over all of them. */
  const askedAbout = (args: object, of: typeof policies) =>
    of.flatMap((policy) => {
      const isAsked = wakeful([policy]).length > 0;
      judgedResource(args, [policy]);
      return isAsked ? [policy.name] : [];
    });

  test("from the second on, the first goes on recording, and a route is shown to those that judge routes", () => {
    const fresh = guardrails().policies;
    judgedResource(bucket, fresh);
    const route = shownRoute("NONE").args;
    const ofRoutes = [
      routeRule,
      "websocket-connect-requires-authorization",
      "authorization-requires-scopes",
      "authorization-is-not-ignored",
    ];
    expect(askedAbout(bucket, fresh)).toEqual(["exemption-is-current"]);
    expect(askedAbout(route, fresh)).toEqual(["exemption-is-current", ...ofRoutes]);
    expect(askedAbout(bucket, fresh)).toEqual(["exemption-is-current"]);
    expect(askedAbout(route, fresh)).toEqual(["exemption-is-current", ...ofRoutes]);
    expect(judgedResource(route, fresh)).toHaveLength(1);
  });

  test("where the first is disabled in between, the next one records", () => {
    const [first, ...others] = guardrails().policies;
    judgedResource(bucket, first ? [first, ...others] : []);
    judgedResource(bucket, others);
    expect(judgedResource(shownRoute("NONE").args, others)).toHaveLength(1);
    expect(askedAbout(bucket, others)).toEqual([others[0]?.name]);
  });

  test("a resource that is shown while another one still is isn't lost", () => {
    const fresh = guardrails().policies;
    judgedResource(bucket, fresh);
    const [first, ...others] = fresh;
    judgedResource(shownRoute("NONE").args, first ? [first] : []);
    judgedResource(bucket, fresh);
    expect(judgedResource(shownRoute("NONE").args, others)).toHaveLength(1);
  });

  test.each(policies.map(({ name }, index) => [name, index] as const))(
    "with all before %s disabled, it is the one that records",
    (name, index) => {
      const enabled = guardrails().policies.slice(index);
      judgedResource(bucket, enabled);
      expect(askedAbout(bucket, enabled)).toEqual([name]);
      const findings = judgedResource(shownRoute("NONE").args, enabled);
      expect(findings).toHaveLength(enabled.some((policy) => policy.name === routeRule) ? 1 : 0);
    },
  );
});

test("the rules share what was read of a resource, and one that is shown again is read again", () => {
  const first = shownRoute("NONE");
  expect(judgedResource(first.args, policies).join()).toContain("GET /customers has authorizationType NONE");
  expect(first.reads()).toBe(1);
  const second = shownRoute("AWS_IAM");
  expect(judgedResource(second.args, policies)).toEqual([]);
  expect(second.reads()).toBe(1);
  expect(judgedResource(first.args, policies)).toHaveLength(1);
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
