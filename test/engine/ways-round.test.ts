import { afterEach, describe, expect } from "vitest";
import { deployable, everyRuleConfiguration } from "./every-rule";
import { json, program, removePrograms } from "./programs";
import { type EngineRun, engineStack, engineTest, removeStacks } from "./rig";

afterEach(() => {
  removeStacks();
  removePrograms();
});

const said = ({ violations }: EngineRun) =>
  violations.map(({ level, policy, urn }) => `${level} ${policy} ${urn.split("::").pop()}`).toSorted();

/** A policy of a queue that only the deployment knows, since it holds the ARN of the queue. */
const policed = (condition: string) => `
const queue = new Queue("orders", {});
new QueuePolicy("senders", { queueUrl: queue.url, policy: pulumi.jsonStringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: queue.arn, Condition: ${condition} }],
}) });`;
const rule = "resource-policy-restricts-callers";

describe("a resource policy that is unknown at preview", () => {
  engineTest("is an advisory there, and is stopped before creation where it is open", async () => {
    const stack = await engineStack({ program: program(policed("{}")) });
    const preview = await stack.preview();
    expect(preview.code).toBe(0);
    expect(said(preview)).toEqual([`advisory ${rule} senders`]);
    const up = await stack.up({ args: ["--skip-preview"] });
    expect(up.code).not.toBe(0);
    expect(said(up)).toEqual([`mandatory ${rule} senders`]);
    const { urns } = await stack.exported();
    expect(urns.filter((urn) => urn.includes("aws:sqs/")).map((urn) => urn.split("::").pop())).toEqual([
      "orders",
    ]);
  });

  engineTest('is decided at preview with unknownDocuments "mandatory"', async () => {
    const stack = await engineStack({ program: program(policed("{}")) });
    const configuration = { [rule]: { enforcementLevel: "mandatory", unknownDocuments: "mandatory" } };
    const run = await stack.preview({ packConfigs: [json(configuration)] });
    expect(run.code).not.toBe(0);
    expect(said(run)).toEqual([`mandatory ${rule} senders`]);
  });

  engineTest("is created where a condition keeps out whoever isn't named", async () => {
    const condition = `{ StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }`;
    const stack = await engineStack({ program: program(policed(condition)) });
    const run = await stack.up();
    expect(run.code).toBe(0);
    expect(said(run)).toEqual([]);
    expect((await stack.exported()).urns.join()).toContain("queuePolicy:QueuePolicy::senders");
  });
});

describe("a permission whose source is unknown at preview", () => {
  const permitted = (sourceArn: string) =>
    program(`
const api = new RestApi("customers", modernTls);
const lookup = new Function("lookup", {});
new Permission("gateway", {
  function: lookup.arn, action: "lambda:InvokeFunction", principal: "apigateway.amazonaws.com", sourceArn: ${sourceArn},
});`);

  engineTest("is stopped before creation where the source may be anybody's", async () => {
    const stack = await engineStack({
      program: permitted(`pulumi.interpolate\`arn:aws:execute-api:*:*:\${api.id}/*\``),
    });
    expect(await stack.preview()).toMatchObject({ code: 0, violations: [] });
    const up = await stack.up({ args: ["--skip-preview"] });
    expect(up.code).not.toBe(0);
    expect(said(up)).toEqual(["mandatory lambda-permission-names-its-caller gateway"]);
    expect((await stack.exported()).urns.join()).not.toContain("permission:Permission");
  });

  engineTest("is created where it is one API's", async () => {
    const stack = await engineStack({
      program: permitted(`pulumi.interpolate\`\${api.executionArn}/*/GET/customers\``),
    });
    expect(await stack.up()).toMatchObject({ code: 0, violations: [] });
    expect((await stack.exported()).urns.join()).toContain("permission:Permission::gateway");
  });
});

describe("a rule about the whole stack", () => {
  const authorizers = (api: string, provider = "") => `
const customers = new Api("customers", { protocolType: "HTTP" }, { ${provider} });
const partners = new Api("partners", { protocolType: "HTTP" }, { ${provider} });
const tokens = new Authorizer("tokens", {
  apiId: ${api}.id, authorizerType: "JWT", identitySources: ["$request.header.Authorization"],
  jwtConfiguration: { issuer: "https://login.example.com", audiences: ["a"] },
}, { ${provider} });
new Route("quotes", {
  apiId: partners.id, routeKey: "GET /quotes", authorizationType: "JWT", authorizerId: tokens.id, authorizationScopes: ["quotes/read"],
}, { ${provider} });`;
  const certified = (properties: string, provider = "") => `
const orders = new Api("orders", { protocolType: "HTTP", ${properties} }, { ${provider} });
new Route("list", { apiId: orders.id, routeKey: "GET /orders", authorizationType: "AWS_IAM" }, { ${provider} });
new Route("count", { apiId: orders.id, routeKey: "GET /count", authorizationType: "AWS_IAM" }, { ${provider} });
const domain = new DomainName("domain", {
  domainName: "api.example.com", mutualTlsAuthentication: { truststoreUri: "s3://truststore/partners.pem" },
}, { ${provider} });
new ApiMapping("mapping", { apiId: orders.id, domainName: domain.domainName, stage: "live" }, { ${provider} });`;
  const unauthenticated = (source: string) =>
    source.replaceAll('authorizationType: "AWS_IAM"', 'authorizationType: "NONE"');

  engineTest("blocks at preview: an authorizer of another API", async () => {
    const stack = await engineStack({ program: program(authorizers("customers")) });
    const run = await stack.preview();
    expect(run.code).not.toBe(0);
    expect(said(run)).toContain("mandatory authorizer-belongs-to-its-api quotes");
    expect(run.operations).not.toEqual({});
    const own = await stack.preview({ program: program(authorizers("partners")) });
    expect({ code: own.code, said: said(own) }).toEqual({ code: 0, said: [] });
  });

  engineTest("blocks at preview: mutual TLS beside an open default endpoint", async () => {
    const open = unauthenticated(certified(""));
    const stack = await engineStack({ program: program(open) });
    const run = await stack.preview();
    expect(run.code).not.toBe(0);
    expect(said(run)).toContain("mandatory mutual-tls-closes-the-default-endpoint orders");
    const closed = await stack.preview({ program: program(certified("disableExecuteApiEndpoint: true")) });
    expect({ code: closed.code, said: said(closed) }).toEqual({ code: 0, said: [] });
  });

  engineTest("doesn't fall silent under a provider whose region is unknown", async () => {
    const provider = "provider: elsewhere";
    const stack = await engineStack({
      program: program(`
class Aws extends pulumi.ProviderResource {
  constructor(name, args) { super("aws", name, args); }
}
const lookup = new Function("lookup", {});
const elsewhere = new Aws("elsewhere", { region: lookup.arn });
${authorizers("customers", provider)}
${unauthenticated(certified("", provider))}`),
    });
    const run = await stack.preview();
    expect(said(run).filter((line) => /authorizer-belongs|mutual-tls/.test(line))).toEqual([
      "mandatory authorizer-belongs-to-its-api quotes",
      "mandatory mutual-tls-closes-the-default-endpoint orders",
    ]);
  });

  engineTest("judges a deployed state as it judged the program", async () => {
    const stack = await engineStack({ program: program(deployable) });
    const judged = await stack.preview({ packConfigs: [json(everyRuleConfiguration())] });
    expect((await stack.up({ packs: [] })).code).toBe(0);
    const analyzed = await stack.analyze((await stack.exported()).text);
    const configured = /exemption-is-current|load-balancer-requires-authentication/;
    for (const { policy } of judged.violations.filter((violation) => !configured.test(violation.policy))) {
      expect(analyzed.output, policy).toContain(policy);
    }
  });
});
