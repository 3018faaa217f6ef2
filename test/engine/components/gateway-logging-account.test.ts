import { afterAll, describe, expect } from "vitest";
import { program, removePrograms } from "../programs";
import { type EngineStack, engineTest, removeStacks } from "../rig";
import { componentStack } from "./component-stack";
import { updated } from "./steps";

afterAll(() => {
  removeStacks();
  removePrograms();
});

const logging = (options: string) =>
  program(`
const { GatewayLoggingAccount } = require("@api-guardrails/components");
const forget = ({ props, opts }) => ({ props, opts: { ...opts, retainOnDelete: false } });
new GatewayLoggingAccount("logging", { tags: { team: config.get("team") ?? "edge" } }, ${options});`);

const inAws = (stack: EngineStack) => stack.cloud().map(({ type }) => type.replace(/.*:/, ""));
const all = ["Role", "RolePolicyAttachment", "Account"];

describe("the account's logging in the real engine", () => {
  engineTest("is made, is left alone by a second up, and stays when the stack is destroyed", async () => {
    const stack = await componentStack({ program: logging("{}") });
    const made = await updated(stack, { withPreview: true });
    expect(new Set(Object.values(made))).toEqual(new Set(["create"]));
    expect(inAws(stack)).toEqual(all);
    expect(await updated(stack)).toEqual({});
    expect((await stack.run(["destroy", "--yes"], { packs: [] })).code).toBe(0);
    expect((await stack.exported()).urns).toEqual([]);
    expect(inAws(stack)).toEqual(all);
  });

  engineTest("stays when it leaves the program, whatever options and transforms say", async () => {
    const stack = await componentStack({
      program: logging("{ retainOnDelete: false, transforms: [forget], transformations: [forget] }"),
    });
    await stack.up();
    const { code } = await stack.up({ program: program("") });
    expect(code).toBe(0);
    expect((await stack.exported()).urns.filter((urn) => urn.includes("GatewayLoggingAccount"))).toEqual([]);
    expect(inAws(stack)).toEqual(all);
  });

  engineTest("a change of its tags is an update", async () => {
    const stack = await componentStack({ program: logging("{}") });
    await updated(stack);
    stack.configure({ team: "core" });
    expect(await updated(stack)).toEqual({ "aws:iam/role:Role logging": "update" });
  });
});
