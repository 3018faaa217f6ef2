import { beforeAll, describe, expect, test } from "vitest";
import type { PreviewResult } from "../../review/src/preview";
import { inDays } from "../dates";
import { previewProgram } from "../review/written-program";

const strict = ["test/fixtures/packs/strict"];
const names = ["http", "rest", "documented", "chat"] as const;
type Name = (typeof names)[number];

/**
 * An API of each kind with a public way in, whose review date has passed.
 *
 * @param fixes what is written over the arguments of an API, as messages tell it
 * @param before what runs first
 */
const program = (fixes: Partial<Record<Name, string>> = {}, before = "") => `
const { Authorization, publicAccess, SecureHttpApi, SecureRestApi, SecureWebSocketApi } = require("@api-guardrails/components");
const handler = {
  functionName: "health",
  invokeArn: "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:health/invocations",
};
const review = { reason: "load balancer health probe, returns no data", owner: "team-edge", reviewBy: "2020-01-31" };
const routed = { handler };
const open = { access: publicAccess(review) };
const document = { openapi: "3.0.1", info: { title: "customers", version: "1" }, paths: { "/health": { get: { security: [] } } } };
const openApi = { document };
${before}
const fixes = { ${Object.entries(fixes)
  .map(([name, code]) => `${name}: { ${code} }`)
  .join(", ")} };
new SecureHttpApi("http", { routes: { "GET /health": { handler, ...open } }, ...fixes.http });
new SecureRestApi("rest", { routes: { "GET /health": { handler, ...open } }, ...fixes.rest });
new SecureRestApi("documented", {
  authorization: Authorization.iam(),
  openApi: { ...openApi, operations: { "GET /health": { handler, access: open.access } } },
  ...fixes.documented,
});
new SecureWebSocketApi("chat", { ...open, routes: { $default: { handler } }, ...fixes.chat });
`;

/** What a reader writes where the code has dots: what stands there, and what was asked for. */
const filled = (code: string) =>
  code
    .replaceAll("publicAccess({ ..., ", "publicAccess({ ...review, ")
    .replaceAll("openApi: { ..., ", "openApi: { ...openApi, ")
    .replaceAll("{ ..., ", "{ ...routed, ")
    .replaceAll('reason: "..."', 'reason: "load balancer health probe, returns no data"')
    .replaceAll('owner: "..."', 'owner: "team-edge"')
    .replaceAll("YYYY-MM-DD", inDays(90));

const componentOf = (name: string) => names.find((one) => name === one || name.startsWith(`${one}-`));

/** The fix that each violation of a kind tells, by the API on which or under which it is. */
function fixesOf({ violations }: PreviewResult, policies: RegExp): Record<string, string> {
  return Object.fromEntries(
    violations
      .filter(({ policy }) => policies.test(policy))
      .map(({ name, message }) => {
        const [, code = ""] = /\nFix: (.*?) {3}\/\/ in the arguments of "/.exec(message) ?? [];
        return [componentOf(name) ?? "", filled(code)];
      }),
  );
}

describe("public routes whose review date has passed", () => {
  let result: PreviewResult;
  beforeAll(async () => {
    result = await previewProgram(program());
  });

  test("are blocked, each on the resource and on the component", () => {
    const found = result.violations.map(
      ({ level, policy, name }) => `${level} ${policy} ${componentOf(name)}`,
    );
    expect(found.sort()).toEqual([
      "mandatory http-route-requires-authorization http",
      "mandatory openapi-operation-requires-authorization documented",
      "mandatory public-access-is-reviewed chat",
      "mandatory public-access-is-reviewed documented",
      "mandatory public-access-is-reviewed http",
      "mandatory public-access-is-reviewed rest",
      "mandatory resource-policy-restricts-callers rest",
      "mandatory rest-method-requires-authorization rest",
      "mandatory websocket-connect-requires-authorization chat",
    ]);
  });

  test("pass every rule, with all rules mandatory, after the fix in the message on the resource", async () => {
    const fixes = fixesOf(result, /requires-authorization$/);
    expect(Object.keys(fixes).sort()).toEqual([...names].sort());
    const fixed = await previewProgram(program(fixes), { policyPacks: strict });
    expect([fixed.problems, fixed.violations]).toEqual([[], []]);
  });

  test("get the same message on the component and on the policy of the API", () => {
    const { documented: _, ...told } = fixesOf(result, /requires-authorization$/);
    // Of a document's operation only the resource tells: the component's inputs don't show that there is a document.
    const { documented, ...onComponents } = fixesOf(result, /^public-access-is-reviewed$/);
    expect(onComponents).toEqual(told);
    expect(documented).toEqual(told.rest);
    expect(fixesOf(result, /^resource-policy-restricts-callers$/)).toEqual({ rest: told.rest });
  });

  test("pass with an authorization instead of access, as the messages say", async () => {
    for (const { name, message } of result.violations) {
      const isDocument = name === "documented" && !message.includes("rules/public-access");
      expect(message).toContain(
        `\n  or, if it needn't be public any more, ${
          isDocument
            ? "leave access out, and the empty security out of the document"
            : "write an authorization in place of access"
        }`,
      );
    }
    const closed = program(
      {},
      'open.access = undefined; open.authorization = Authorization.iam(); document.paths["/health"].get = {};',
    );
    const fixed = await previewProgram(closed, { policyPacks: strict });
    expect([fixed.problems, fixed.violations]).toEqual([[], []]);
  });
});

/** What a component's own transforms can't do, those of the stack can. */
const opened = `
const closed = { "aws:apigatewayv2/route:Route": "authorizationType", "aws:apigateway/method:Method": "authorization" };
pulumi.runtime.registerStackTransform(({ type, props, opts }) =>
  closed[type] ? { props: { ...props, [closed[type]]: "NONE", authorizerId: undefined }, opts } : undefined);
open.access = undefined;
open.authorization = Authorization.iam();
document.paths["/health"].get = {};
`;

test("a route that a transform of the stack opened is reported as such, and passes once it is declared", async () => {
  const result = await previewProgram(program({}, opened));
  expect(result.problems).toEqual([]);
  const fixes = Object.fromEntries(
    result.violations.map(({ name, message }) => {
      const component = componentOf(name) ?? "";
      expect(message).toContain(
        `\nFix: let no transform of the stack, or of a parent of "${component}", change who may call it: "${component}" asks for an authorization there\n`,
      );
      const [, code = ""] = /:\n {4}(.*)\nrules\//.exec(message) ?? [];
      return [component, filled(code)];
    }),
  );
  expect(Object.keys(fixes).sort()).toEqual(["chat", "http", "rest"]);
  const fixed = await previewProgram(
    program({ ...fixes, chat: `${fixes.chat}, authorization: undefined` }, opened),
    {
      policyPacks: strict,
    },
  );
  expect([fixed.problems, fixed.violations]).toEqual([[], []]);
});
