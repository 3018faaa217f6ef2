import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { afterAll, describe, expect } from "vitest";
import { program, removePrograms } from "../programs";
import { type EngineStack, engineTest, removeStacks } from "../rig";
import { componentStack } from "./component-stack";
import { sharedStack, stepsOf } from "./steps";

afterAll(() => {
  removeStacks();
  removePrograms();
});

const folderOf = (name: string) => `test/fixtures/adopting/${name}`;
const withoutPack = { packs: [] };
/** Every rule is mandatory. */
const strict = { packs: ["test/fixtures/packs/strict"] };

/** A stack with the API as it was before, which no pack has judged. */
function stackBefore(kind: string): () => EngineStack {
  return sharedStack(async () => {
    const env = { API_GUARDRAILS_COMPONENT: "deployed" };
    const stack = await componentStack({ program: folderOf(`${kind}-before`), env });
    const { code, output } = await stack.run(["up", "--yes", "--skip-preview"], withoutPack);
    if (code !== 0) throw new Error(output);
    return stack;
  });
}

/** What serves requests, by type. */
const serving = [
  "apigateway/apiKey:ApiKey",
  "apigateway/authorizer:Authorizer",
  "apigateway/basePathMapping:BasePathMapping",
  "apigateway/domainName:DomainName",
  "apigateway/integration:Integration",
  "apigateway/method:Method",
  "apigateway/methodSettings:MethodSettings",
  "apigateway/resource:Resource",
  "apigateway/response:Response",
  "apigateway/restApi:RestApi",
  "apigateway/stage:Stage",
  "apigateway/usagePlan:UsagePlan",
  "apigateway/usagePlanKey:UsagePlanKey",
  "apigatewayv2/api:Api",
  "apigatewayv2/apiMapping:ApiMapping",
  "apigatewayv2/authorizer:Authorizer",
  "apigatewayv2/domainName:DomainName",
  "apigatewayv2/route:Route",
  "apigatewayv2/stage:Stage",
  "route53/record:Record",
  "wafv2/webAclAssociation:WebAclAssociation",
].map((type) => `aws:${type}`);

function servingIds(stack: EngineStack): readonly string[] {
  return stack
    .cloud()
    .filter(({ type }) => serving.includes(type))
    .map(({ id }) => id);
}

/** Updates the stack to the golden path, with every rule mandatory, and answers what wasn't created. */
async function adopted(stack: EngineStack, kind: string) {
  const before = servingIds(stack);
  const run = await stack.up({ ...strict, program: folderOf(`${kind}-after`) });
  expect(run.output).not.toContain("error:");
  expect(run).toMatchObject({ code: 0, violations: [] });
  expect(servingIds(stack)).toEqual(expect.arrayContaining([...before]));
  return stepsOf(run).filter((step) => !step.startsWith("create "));
}

/** The program after the move, without the argument that said what to take over. */
function withoutAdopt(kind: string): string {
  const source = readFileSync(`${folderOf(`${kind}-after`)}/index.js`, "utf8");
  const rest = source.replace(/^ {2}adopt: \{\n[\s\S]*?^ {2}\},\n/m, "");
  expect(rest).not.toBe(source);
  return program(rest.replace("../given", resolve(folderOf("given"))), kind);
}

describe("an HTTP API that was written by hand", () => {
  const stack = stackBefore("http-api");

  engineTest("is taken over without replacing what serves requests", async () => {
    expect(await adopted(stack(), "http-api")).toEqual([
      "delete aws:apigatewayv2/integration:Integration create",
      "delete aws:apigatewayv2/integration:Integration lookup",
      "delete aws:lambda/permission:Permission create",
      "delete aws:lambda/permission:Permission lookup",
      "update aws:apigatewayv2/api:Api orders",
      "update aws:apigatewayv2/domainName:DomainName orders",
      "update aws:apigatewayv2/route:Route orders-GET-orders-60c1988d",
      "update aws:apigatewayv2/route:Route orders-GET-orders-id-ea614192",
      "update aws:apigatewayv2/route:Route orders-POST-orders-be6d737e",
      "update aws:apigatewayv2/stage:Stage orders",
    ]);
  });

  engineTest("stays the same once adopt is gone", async () => {
    const run = await stack().up({ ...withoutPack, program: withoutAdopt("http-api") });
    expect(run).toMatchObject({ code: 0 });
    expect(stepsOf(run)).toEqual([]);
  });
});

describe("an HTTP API that no stack has", () => {
  /** The same program, whose resources stay in AWS when they leave it. */
  const leaving = () => {
    const retain = `pulumi.runtime.registerStackTransformation(({ props, opts }) => ({
      props,
      opts: { ...opts, retainOnDelete: true },
    }));`;
    const source = readFileSync(`${folderOf("http-api-before")}/index.js`, "utf8");
    return program(`${retain}\n{\n${source.replace("../given", resolve(folderOf("given")))}\n}`, "http-api");
  };
  const stack = sharedStack(async () => {
    const made = await componentStack({ program: leaving() });
    for (const options of [withoutPack, { ...withoutPack, program: program("", "http-api") }]) {
      const { code, output } = await made.run(["up", "--yes", "--skip-preview"], options);
      if (code !== 0) throw new Error(output);
    }
    return made;
  });

  engineTest("is imported and updated in place", async () => {
    const ids = new Map(
      stack()
        .cloud()
        .map(({ id }) => [id.replace(/-\d+$/, ""), id]),
    );
    const before = servingIds(stack());
    const source = readFileSync(`${folderOf("http-api-after")}/index.js`, "utf8");
    const importing = source
      .replace("../given", resolve(folderOf("given")))
      .replace(/(: )"((?:orders|list|get|create)-\w+|tokens)"/g, (_whole, colon, name) => {
        return `${colon}{ import: ${JSON.stringify(ids.get(name))} }`;
      });
    const run = await stack().up({ ...strict, program: program(importing, "http-api") });
    expect(run.output).not.toContain("error:");
    expect(run).toMatchObject({ code: 0, violations: [] });
    expect(stepsOf(run).filter((step) => !step.startsWith("create "))).toEqual([
      "import aws:apigatewayv2/apiMapping:ApiMapping orders",
      "import aws:apigatewayv2/authorizer:Authorizer orders-jwt-fc93cb07",
      "import aws:route53/record:Record orders-A",
      // Imported first.
      "update aws:apigatewayv2/api:Api orders",
      "update aws:apigatewayv2/domainName:DomainName orders",
      "update aws:apigatewayv2/route:Route orders-GET-orders-60c1988d",
      "update aws:apigatewayv2/route:Route orders-GET-orders-id-ea614192",
      "update aws:apigatewayv2/route:Route orders-POST-orders-be6d737e",
      "update aws:apigatewayv2/stage:Stage orders",
    ]);
    expect(servingIds(stack())).toEqual(expect.arrayContaining([...before]));
  });
});

describe("a REST API that was written by hand", () => {
  const stack = stackBefore("rest-api");

  engineTest("is taken over without replacing what serves requests", async () => {
    expect(await adopted(stack(), "rest-api")).toEqual([
      // The stage serves the new deployment by then.
      "delete aws:apigateway/deployment:Deployment orders",
      "delete aws:apigateway/integrationResponse:IntegrationResponse preflight-answer",
      "delete aws:apigateway/methodResponse:MethodResponse preflight-ok",
      "delete aws:lambda/permission:Permission create-order",
      "delete aws:lambda/permission:Permission get-order",
      "update aws:apigateway/apiKey:ApiKey orders-key-acme-86b9d5dc",
      "update aws:apigateway/authorizer:Authorizer orders-cognito-74f8b187",
      "update aws:apigateway/domainName:DomainName orders",
      "update aws:apigateway/integration:Integration orders-GET-orders-parameter-c385978c",
      "update aws:apigateway/integration:Integration orders-OPTIONS-orders-9759ded8",
      "update aws:apigateway/integration:Integration orders-POST-orders-be6d737e",
      "update aws:apigateway/method:Method orders-POST-orders-be6d737e",
      "update aws:apigateway/methodSettings:MethodSettings orders",
      "update aws:apigateway/response:Response orders-DEFAULT-4XX-8c731d19",
      "update aws:apigateway/restApi:RestApi orders",
      "update aws:apigateway/stage:Stage orders",
      "update aws:apigateway/usagePlan:UsagePlan orders-plan-partners-87bdfcbd",
    ]);
  });
});

describe("an API of @pulumi/aws-apigateway", () => {
  const stack = stackBefore("gateway-component");

  engineTest("is taken over with an OpenAPI document, and keeps its API and its stage", async () => {
    expect(await adopted(stack(), "gateway-component")).toEqual([
      "delete aws:lambda/permission:Permission orders-a39fdf51",
      "delete aws:lambda/permission:Permission orders-e6ee782f",
      "delete-replaced aws:apigateway/deployment:Deployment orders",
      "replace aws:apigateway/deployment:Deployment orders",
      "update api-guardrails:index:SecureRestApi orders",
      "update aws:apigateway/restApi:RestApi orders",
      "update aws:apigateway/stage:Stage orders",
    ]);
  });
});
