import { afterEach, describe, expect } from "vitest";
import { removePrograms } from "../programs";
import { engineTest, removeStacks } from "../rig";
import { bothOf, comparable } from "./both";
import { type ComparedProgram, comparedPrograms } from "./programs";

afterEach(() => {
  removeStacks();
  removePrograms();
});

/** A program of which the embedded preview knows less than the engine. */
interface Row {
  readonly program: ComparedProgram["program"];
  readonly invokes?: readonly object[];
  readonly reads?: readonly object[];
  readonly stackReferences?: NonNullable<ComparedProgram["stackReferences"]>;
  /** What is deployed before. */
  readonly deployed?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** `cannot tell` leads to exit code 2, `louder` to violations that the engine doesn't have. */
  readonly difference: "cannot tell" | "louder";
  /** What the embedded preview says of it: in a problem, or in the message that the engine doesn't have. */
  readonly says: string;
}

const parameter = (value: string) => [
  { token: "aws:ssm/getParameter:getParameter", arguments: { name: "/word" }, result: { value } },
];
const fromParameter = `
const api = new Api("api", { protocolType: "HTTP" });
const word = pulumi.output(pulumi.runtime.invoke("aws:ssm/getParameter:getParameter", { name: "/word" }));
new Route("orders", { apiId: api.id, routeKey: "GET /orders", authorizationType: word.value });`;
const fromStack = `
const network = new pulumi.StackReference("organization/network/dev");
new Route("orders", { apiId: "a1", routeKey: "GET /orders", authorizationType: network.getOutput("word") });`;
const fromRoute = `
const Known = resource("aws:apigatewayv2/route:Route", ["authorizationType"]);
const carts = Known.get("carts", "r1");
new Route("orders", { apiId: "a1", routeKey: "GET /orders", authorizationType: carts.authorizationType });`;
const route = (authorizationType: string, ignored: readonly string[]) => `
const api = new Api("api", { protocolType: "HTTP" });
new Route("orders", { apiId: api.id, routeKey: "GET /orders", authorizationType: "${authorizationType}" }, ${JSON.stringify({ ignoreChanges: ignored })});`;
const restApi = (operation: object, ignored: readonly string[]) => `
new RestApi("rest", {
  body: ${JSON.stringify(JSON.stringify({ openapi: "3.0.1", paths: { "/orders": { get: operation } } }))},
}, ${JSON.stringify({ ignoreChanges: ignored })});`;
const remote = (routes: string) => `
class RestAPI extends pulumi.ComponentResource {
  constructor(name, args) { super("aws-apigateway:index:RestAPI", name, { url: undefined, ...args }, {}, true); }
}
const lookup = new Function("lookup", {});
exports.url = new RestAPI("shop", { routes: ${routes} }).url;`;
const openRoute = `[{ path: "/orders", method: "GET", eventHandler: lookup.arn }]`;
const closedRoute = `[{ path: "/orders", method: "GET", eventHandler: lookup.arn, iamAuthEnabled: true }]`;
const iam = { "x-amazon-apigateway-auth": { type: "AWS_IAM" } };
const isDeployed = "the deployed value stays, and it isn't visible here";
const remoteChildren = "creates its children in a provider plugin, which is not run here";

const rows: Readonly<Record<string, Row>> = {
  "an invoke that answers an open word": {
    program: { source: fromParameter },
    invokes: parameter("NONE"),
    difference: "cannot tell",
    says: "The program asks for aws:ssm/getParameter:getParameter, which needs an AWS account.",
  },
  "an invoke that the program doesn't insist on": {
    program: {
      source: `
const asked = pulumi.runtime.invoke("aws:ssm/getParameter:getParameter", { name: "/word" }).catch(() => ({ value: "AWS_IAM" }));
new FunctionUrl("url", { functionName: "f", authorizationType: asked.then(({ value }) => value) });`,
    },
    invokes: parameter("NONE"),
    difference: "cannot tell",
    says: "Give the answer with --fixtures FILE",
  },
  "an output of another stack": {
    program: { source: fromStack },
    stackReferences: { "organization/network/dev": { word: "NONE" } },
    difference: "cannot tell",
    says: 'The stack reference "organization/network/dev" can\'t be read here.',
  },
  "a word of a route that exists already": {
    program: { source: fromRoute },
    reads: [{ type: "aws:apigatewayv2/route:Route", id: "r1", state: { authorizationType: "AWS_IAM" } }],
    difference: "louder",
    says: "GET /orders has an authorizationType that is not known",
  },
  "a deployed open route that the program would close, but for ignoreChanges": {
    program: { source: route("AWS_IAM", ["authorizationType"]) },
    deployed: route("NONE", []),
    difference: "cannot tell",
    says: isDeployed,
  },
  "the same with every change ignored": {
    program: { source: route("AWS_IAM", ["*"]) },
    deployed: route("NONE", []),
    difference: "cannot tell",
    says: isDeployed,
  },
  "a deployed closed route that the program would open, but for ignoreChanges": {
    program: { source: route("NONE", ["authorizationType"]) },
    deployed: route("AWS_IAM", []),
    difference: "louder",
    says: "GET /orders has authorizationType NONE",
  },
  "a deployed open document that the program would close, but for ignoreChanges": {
    program: { source: restApi(iam, ["body"]) },
    deployed: restApi({}, []),
    difference: "cannot tell",
    says: isDeployed,
  },
  "a remote component with an open route, whose provider registers its inputs": {
    program: { source: remote(openRoute) },
    env: { API_GUARDRAILS_COMPONENT: "inputs" },
    difference: "cannot tell",
    says: remoteChildren,
  },
  "a remote component with an open route, whose provider registers none, as the released one": {
    program: { source: remote(openRoute) },
    difference: "louder",
    says: "GET /orders has neither authorizers nor iamAuthEnabled",
  },
  "a remote component with a closed route": {
    program: { source: remote(closedRoute) },
    env: { API_GUARDRAILS_COMPONENT: "inputs" },
    difference: "cannot tell",
    says: remoteChildren,
  },
};

describe("where the embedded preview knows less than the engine, it is never quieter", () => {
  engineTest.each(Object.entries(rows))("%s", async (_name, { difference, says, deployed, env, ...row }) => {
    const { embedded, engine } = await bothOf(
      { mandatory: 0, ...row },
      { policyPacks: ["policies"], withFixtures: false, deployed, env },
    );
    const mandatory = (violations: readonly Parameters<typeof comparable>[0][]) =>
      violations.filter(({ level }) => level === "mandatory").map(comparable);
    const missed = mandatory(engine.violations).filter(
      (one) => !mandatory(embedded.violations).includes(one),
    );
    if (missed.length > 0) expect(embedded.problems).not.toEqual([]);
    expect(embedded.exitCode).not.toBe(0);

    const added = mandatory(embedded.violations).filter((one) => !mandatory(engine.violations).includes(one));
    if (difference === "cannot tell") expect(embedded.problems.join()).toContain(says);
    else expect(added.join()).toContain(says);
  });

  engineTest("an ignored change that no policy depends on is no difference", async () => {
    const program = { source: route("AWS_IAM", ["target", "operationName"]) };
    const { embedded, engine } = await bothOf(
      { program, mandatory: 0 },
      { policyPacks: ["policies"], withFixtures: false, deployed: route("AWS_IAM", []) },
    );
    expect(engine).toMatchObject({ code: 0, violations: [] });
    expect(embedded).toMatchObject({ exitCode: 0, violations: [], problems: [] });
  });
});

describe("without what it was told, no program of the first table passes that the engine blocks", () => {
  const told = Object.entries(comparedPrograms).filter(
    ([, { invokes, reads, stackReferences }]) => invokes ?? reads ?? stackReferences,
  );
  engineTest.each(told)("%s", async (_name, compared) => {
    const { embedded, engine } = await bothOf(compared, { policyPacks: ["policies"], withFixtures: false });
    expect(engine.code).not.toBe(0);
    expect(embedded.exitCode).not.toBe(0);
  });
});
