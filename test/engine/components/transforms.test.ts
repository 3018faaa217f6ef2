import { afterAll, describe, expect } from "vitest";
import { inDays } from "../../dates";
import { engineTest, removeStacks } from "../rig";
import { componentStack } from "./component-stack";
import { destroyed, sharedStack, updated } from "./steps";

afterAll(removeStacks);

type Inputs = Readonly<Record<string, unknown>>;

/** What each kind may have that it didn't have before: nothing that lets more callers in. */
const theirs: Readonly<Record<string, Inputs>> = {
  "aws:apigatewayv2/api:Api": { description: "changed" },
  "aws:apigatewayv2/route:Route": { operationName: "changed" },
  "aws:apigatewayv2/integration:Integration": { description: "changed" },
  "aws:lambda/function:Function": { description: "changed" },
  "aws:iam/role:Role": { description: "changed" },
  "aws:apigatewayv2/authorizer:Authorizer": { name: "changed" },
  "aws:apigatewayv2/stage:Stage": {
    description: "changed",
    defaultRouteSettings: { throttlingRateLimit: 5000, throttlingBurstLimit: 2500 },
    routeSettings: [],
  },
  "aws:apigatewayv2/domainName:DomainName": { tags: { changed: "yes" } },
  "aws:lambda/permission:Permission": { statementId: "changed", sourceAccount: "123456789012" },
};

describe("transforms", () => {
  const stack = sharedStack(() =>
    componentStack({
      program: "test/fixtures/programs/transformed-http-api",
      config: { way: "none", reviewBy: inDays(90) },
    }),
  );
  /** What is deployed, by URN, without the list of defaults that the provider filled in. */
  const deployed = async () => {
    const { resources } = JSON.parse((await stack().exported()).text).deployment;
    return Object.fromEntries(
      resources.map(({ urn, type, inputs = {} }: { urn: string; type: string; inputs?: Inputs }) => {
        const { __defaults, ...own } = inputs;
        return [urn, { type, inputs: own }];
      }),
    ) as Readonly<Record<string, { readonly type: string; readonly inputs: Inputs }>>;
  };
  let plain: Awaited<ReturnType<typeof deployed>> = {};

  engineTest("before", async () => {
    await updated(stack());
    plain = await deployed();
  });

  engineTest.each(["transforms", "transformations", "transform"])(
    "%s change what is theirs, in place",
    async (way) => {
      stack().configure({ way });
      await updated(stack());
      const now = await deployed();
      expect(Object.keys(now).sort()).toEqual(Object.keys(plain).sort());
      for (const [urn, { type, inputs }] of Object.entries(now)) {
        expect([urn, inputs]).toEqual([urn, { ...plain[urn]?.inputs, ...theirs[type] }]);
      }
      expect(await updated(stack())).toEqual({});
    },
  );

  engineTest("a lockdown closes what they would open", async () => {
    stack().configure({ way: "transforms", lockdown: "throttle", opening: "true" });
    await updated(stack());
    stack().configure({ way: "transformations", lockdown: "deny", opening: "true" });
    const throttled = Object.values(await deployed()).find(({ type }) => type.endsWith(":Stage"));
    expect(throttled?.inputs.defaultRouteSettings).toEqual({
      throttlingRateLimit: 0,
      throttlingBurstLimit: 0,
    });
    await updated(stack());
    const routes = Object.values(await deployed()).filter(({ type }) => type.endsWith(":Route"));
    expect(routes.map(({ inputs }) => inputs.authorizationType)).toEqual(Array(6).fill("AWS_IAM"));
  });

  engineTest("all of it goes", () => destroyed(stack()));
});
