import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rules } from "../../policies/src";
import { type PreviewResult, preview } from "../../review/src/preview";
import { analyze } from "./analyze";

/** What the examples have in scope, protected or not judged itself. */
const surroundings = `
const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");
const { PublicAccess } = require("@api-guardrails/components");

const config = new pulumi.Config();
const target = "integrations/lookup";
const certificateArn = "arn:aws:acm:eu-west-1:111111111111:certificate/partners";
const loadBalancerArn = "arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/app/web/1";
const targetGroupArn = "arn:aws:elasticloadbalancing:eu-west-1:111111111111:targetgroup/web/1";
const userPoolArn = "arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_AbCdEf123";
const role = aws.iam.Role.get("role", "role");
const lookup = aws.lambda.Function.get("lookup", "lookup");
const httpApi = new aws.apigatewayv2.Api("http", { protocolType: "HTTP" });
const jwtAuthorizer = new aws.apigatewayv2.Authorizer("jwt", {
  apiId: httpApi.id,
  authorizerType: "JWT",
  identitySources: ["$request.header.Authorization"],
  jwtConfiguration: { issuer: "https://login.example.com", audiences: ["customers"] },
});
const restApi = new aws.apigateway.RestApi("rest");
const customers = new aws.apigateway.Resource("customers", {
  restApi: restApi.id,
  parentId: restApi.rootResourceId,
  pathPart: "customers",
});
/** Registered as the component of aws-apigateway registers itself where it shows its inputs. */
const apigateway = {
  RestAPI: class extends pulumi.ComponentResource {
    constructor(name, args) {
      super("aws-apigateway:index:RestAPI", name, args);
    }
  },
};
`;
/** Last, because a $default route is left to the stack rule once there is a WebSocket API. */
const webSocketApi = `
const webSocketApi = new aws.apigatewayv2.Api("web-socket", {
  protocolType: "WEBSOCKET",
  routeSelectionExpression: "$request.body.action",
});
new aws.apigatewayv2.Route("web-socket-connect", {
  apiId: webSocketApi.id,
  routeKey: "$connect",
  authorizationType: "AWS_IAM",
});
`;
const isConfiguration = (example: string) => example.startsWith("// in the pack's configuration");
const inPrograms = rules.filter(({ examples }) => !isConfiguration(examples.bad));
const inConfigurations = rules.filter(({ examples }) => isConfiguration(examples.bad));

const directory = join(process.cwd(), ".tmp", `rule-examples-${process.pid}`);
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function previewExamples(kind: "good" | "bad"): Promise<PreviewResult> {
  const program = join(directory, kind);
  mkdirSync(program, { recursive: true });
  writeFileSync(join(program, "Pulumi.yaml"), "name: examples\nruntime: nodejs\n");
  const blocks = inPrograms.map(({ examples }) => `{\n${examples[kind]}\n}`);
  writeFileSync(join(program, "index.js"), [surroundings, webSocketApi, ...blocks].join("\n"));
  const reviewBy = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
  const options = inPrograms.flatMap(({ id, level, examples: { options } }) =>
    options ? [[id, { enforcementLevel: level, properties: options }] as const] : [],
  );
  return preview({
    directory: program,
    config: [`reviewBy=${reviewBy}`],
    policyPackConfigs: [Object.fromEntries(options)],
  });
}

test("RULES.md says what the rules say", () => {
  execFileSync(process.execPath, ["scripts/rules-page.mjs", "--check"], { stdio: "pipe" });
});

describe("the examples on the rules' pages", () => {
  let bad: PreviewResult;
  let good: PreviewResult;
  beforeAll(async () => {
    bad = await previewExamples("bad");
    good = await previewExamples("good");
  });

  test.each(inPrograms.map((rule) => [rule.id, rule] as const))("%s reports its bad example", (id, rule) => {
    const own = bad.violations.filter(({ policy, level }) => policy === id && level === rule.level);
    expect(own).not.toEqual([]);
    // Each of its violations is on a resource of its own example, so that no other example stands in for it.
    for (const { name } of own) expect(rule.examples.bad).toContain(`"${name}"`);
  });

  test("no bad example violates another rule", () => {
    const unasked = bad.violations.filter(
      ({ policy, name }) => !rules.find(({ id }) => id === policy)?.examples.bad.includes(`"${name}"`),
    );
    expect(unasked).toEqual([]);
    expect(bad.problems).toEqual([]);
  });

  test("every good example passes every rule", () => {
    expect(good.violations).toEqual([]);
    expect(good.problems).toEqual([]);
  });

  test.each(inConfigurations.map((rule) => [rule.id, rule] as const))(
    "%s blocks its bad configuration and passes its good one",
    async (id, { examples }) => {
      const judged = (example: string) => {
        const configuration = JSON.parse(example.split("\n").slice(1).join("\n"));
        return analyze([], { exemptions: configuration[id].exemptions });
      };
      expect(await judged(examples.bad)).toMatchObject([{ rule: id, level: "mandatory" }]);
      expect(await judged(examples.good)).toEqual([]);
    },
  );
});
