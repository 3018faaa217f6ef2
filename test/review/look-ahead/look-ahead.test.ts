import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type PreviewResult, preview } from "../../../review/src/preview";
import { printable } from "../../../review/src/reports/printable";
import { collectSecrets } from "../../../review/src/secrets";
import { inScope, mirrorPack, previewProgram, shown, written, writtenProgram } from "../written-program";

/** `aws` as its SDK has it, for the types that these programs use. Loading the SDK takes longer than the rest of a preview. */
const aws = `
const invokeOutput = (token) => (args) => pulumi.runtime.invokeOutput(token, args);
const aws = {
  acm: { Certificate: customResource("aws:acm/certificate:Certificate", ["arn", "domainValidationOptions", "pendingRenewal"]) },
  apigateway: {
    RestApi,
    RestApiPolicy: customResource("aws:apigateway/restApiPolicy:RestApiPolicy"),
    Method: customResource("aws:apigateway/method:Method"),
    Deployment: customResource("aws:apigateway/deployment:Deployment", ["executionArn", "invokeUrl"]),
  },
  apigatewayv2: { Api, Route, Integration: customResource("aws:apigatewayv2/integration:Integration") },
  dynamodb: { Table: customResource("aws:dynamodb/table:Table", ["arn"]) },
  ec2: {
    Vpc: customResource("aws:ec2/vpc:Vpc", ["arn"]),
    getSecurityGroupOutput: invokeOutput("aws:ec2/getSecurityGroup:getSecurityGroup"),
    getSubnetOutput: invokeOutput("aws:ec2/getSubnet:getSubnet"),
  },
  lambda: {
    Function: customResource("aws:lambda/function:Function", ["arn", "invokeArn", "name"]),
    Permission: customResource("aws:lambda/permission:Permission"),
  },
};
`;

/** Previews a program of CommonJS that has `aws` and `pulumi`, with a look-ahead. */
const ahead = (source: string, request: Parameters<typeof previewProgram>[1] = {}) =>
  previewProgram(aws + source, {
    lookAhead: true,
    ...request,
    files: { "Pulumi.yaml": withoutCompiler, ...request.files },
  });

/** A look-ahead runs a program twice. These are JavaScript: loading a compiler would take as long as the rest of a run. */
const withoutCompiler = { name: "customers", runtime: { name: "nodejs", options: { typescript: false } } };

/** How the engine writes an unknown. */
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The mandatory violations: whether they show in the look-ahead only, the rule and the resource. */
const mandatory = ({ violations }: PreviewResult) =>
  violations
    .filter(({ level }) => level === "mandatory")
    .map(({ isAhead = false, policy, name }) => `${isAhead ? "ahead" : "preview"}: ${policy} ${name}`);

const lambda = `
const lookup = new aws.lambda.Function("lookup", { role: "arn:aws:iam::123456789012:role/lookup", runtime: "nodejs22.x", handler: "index.handler" });
`;
const httpApi = `const api = new aws.apigatewayv2.Api("customers", { protocolType: "HTTP" });\n`;
/** The operation of a document, with or without an authorizer. */
const document = (arn: string, security: string) => `JSON.stringify({
  openapi: "3.0.1",
  info: { title: "customers", version: "1" },
  paths: { "/customers/{id}": { get: {
    ${security}
    responses: {},
    "x-amazon-apigateway-integration": { type: "aws_proxy", httpMethod: "POST", uri: ${arn} },
  } } },
  components: { securitySchemes: { sigv4: { type: "apiKey", name: "Authorization", in: "header", "x-amazon-apigateway-authtype": "awsSigv4" } } },
})`;

describe("what shows only in the deployment of a program as people write it", () => {
  const open = "http-route-requires-authorization";
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    [
      "a route that a callback of an id makes",
      `${httpApi} api.id.apply((apiId) => { new aws.apigatewayv2.Route("lookup", { apiId, routeKey: "GET /customers/{id}" }); });`,
      [`ahead: ${open} lookup`],
    ],
    [
      "the same route with authorization",
      `${httpApi} api.id.apply((apiId) => { new aws.apigatewayv2.Route("lookup", { apiId, routeKey: "GET /customers/{id}", authorizationType: "AWS_IAM" }); });`,
      [],
    ],
    [
      "a whole API, which a callback of a table's ARN makes",
      `const table = new aws.dynamodb.Table("customers", { attributes: [{ name: "id", type: "S" }], hashKey: "id", billingMode: "PAY_PER_REQUEST" });
       exports.api = table.arn.apply((arn) => {
         const late = new aws.apigatewayv2.Api("late", { protocolType: "HTTP" });
         new aws.apigatewayv2.Route("late", { apiId: late.id, routeKey: "GET /orders", target: pulumi.interpolate\`integrations/\${arn}\` });
         return late;
       });`,
      [`ahead: ${open} late`],
    ],
    [
      "a table of routes in pulumi.all",
      `${lambda}${httpApi}
       pulumi.all([api.id, lookup.invokeArn]).apply(([apiId, uri]) => {
         for (const [routeKey, authorizationType] of [["GET /customers", "AWS_IAM"], ["POST /customers", undefined]]) {
           const name = routeKey.split(" ")[0].toLowerCase();
           const integration = new aws.apigatewayv2.Integration(name, { apiId, integrationType: "AWS_PROXY", integrationUri: uri });
           new aws.apigatewayv2.Route(name, { apiId, routeKey, authorizationType, target: pulumi.interpolate\`integrations/\${integration.id}\` });
         }
       });`,
      [`ahead: ${open} post`],
    ],
    [
      "a document that is built in a callback of a function's ARN",
      `${lambda} new aws.apigateway.RestApi("customers", { body: lookup.invokeArn.apply((arn) => ${document("arn", "")}) });`,
      ["ahead: openapi-operation-requires-authorization customers"],
    ],
    [
      "the same document with authorization",
      `${lambda} new aws.apigateway.RestApi("customers", { body: lookup.invokeArn.apply((arn) => ${document("arn", "security: [{ sigv4: [] }],")}) });`,
      [],
    ],
    [
      "a document of pulumi.jsonStringify",
      `${lambda} new aws.apigateway.RestApi("customers", { body: pulumi.jsonStringify({
         swagger: "2.0", info: { title: "customers", version: "1" },
         paths: { "/customers": { get: { "x-amazon-apigateway-integration": { type: "aws_proxy", httpMethod: "POST", uri: lookup.invokeArn } } } },
       }) });`,
      ["ahead: openapi-operation-requires-authorization customers"],
    ],
    [
      "a component that builds its document from event handlers, as awsx's classic API does",
      `${lambda}
       class API extends pulumi.ComponentResource {
         constructor(name, { routes }) {
           super("aws:apigateway:x:API", name, {});
           const paths = routes.map(({ path, method, eventHandler }) => eventHandler.arn.apply((arn) => ({ path, method, arn })));
           const body = pulumi.all(paths).apply((all) => JSON.stringify({
             swagger: "2.0", info: { title: name, version: "1.0" },
             paths: Object.fromEntries(all.map(({ path, method, arn }) => [path, { [method]: {
               "x-amazon-apigateway-integration": { type: "aws_proxy", httpMethod: "POST", passthroughBehavior: "when_no_match",
                 uri: \`arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/\${arn}/invocations\` } } }])),
           }));
           this.restAPI = new aws.apigateway.RestApi(name, { body }, { parent: this });
           this.deployment = new aws.apigateway.Deployment(name, { restApi: this.restAPI, variables: { version: body.apply((text) => String(text.length)) } }, { parent: this });
         }
       }
       new API("customers", { routes: [{ path: "/customers", method: "get", eventHandler: lookup }] });`,
      ["ahead: openapi-operation-requires-authorization customers"],
    ],
    [
      "a policy that is built from the API's ARN and lets every account in",
      `const rest = new aws.apigateway.RestApi("partners", {});
       new aws.apigateway.RestApiPolicy("partners", { restApiId: rest.id, policy: rest.executionArn.apply((arn) => JSON.stringify({
         Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: arn + "/*" }] })) });
       const method = new aws.apigateway.Method("lookup", { restApi: rest.id, resourceId: rest.rootResourceId, httpMethod: "GET", authorization: "AWS_IAM" });`,
      ["ahead: resource-policy-restricts-callers partners"],
    ],
    [
      "an open route in a callback in a callback",
      `${httpApi} const again = new aws.apigatewayv2.Api("again", { protocolType: "HTTP" });
       api.id.apply((first) => again.apiEndpoint.apply((url) => { new aws.apigatewayv2.Route(new URL(url).hostname.split(".")[1], { apiId: first, routeKey: "GET /" }); }));`,
      [`ahead: ${open} execute-api`],
    ],
    [
      "a route for each option of a certificate's validation, a list of objects",
      `${httpApi} const certificate = new aws.acm.Certificate("customers", { domainName: "customers.example.org", validationMethod: "DNS" });
       certificate.domainValidationOptions.apply((options) => options.forEach(({ resourceRecordName }, index) => {
         if (resourceRecordName.length > 0) new aws.apigatewayv2.Route(\`route-\${index}\`, { apiId: api.id, routeKey: "GET /" });
       }));`,
      [`ahead: ${open} route-0`],
    ],
    [
      "a route that depends on the answer of a lookup with an id",
      `${httpApi} const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16" });
       aws.ec2.getSecurityGroupOutput({ vpcId: vpc.id }).apply(({ arn }) => { new aws.apigatewayv2.Route("lookup", { apiId: api.id, routeKey: "GET /", target: arn }); });`,
      [`ahead: ${open} lookup`],
    ],
    [
      "a route that depends on a boolean in the answer of a lookup: both ways are tried",
      `${httpApi} const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16" });
       aws.ec2.getSubnetOutput({ vpcId: vpc.id }).apply(({ mapPublicIpOnLaunch }) => {
         new aws.apigatewayv2.Route(mapPublicIpOnLaunch ? "public" : "private", { apiId: api.id, routeKey: mapPublicIpOnLaunch ? "GET /public" : "GET /" });
       });`,
      [`ahead: ${open} private`, `ahead: ${open} public`],
    ],
    [
      "what the preview reports itself is reported once",
      `${httpApi} new aws.apigatewayv2.Route("lookup", { apiId: api.id, routeKey: "GET /" });
       api.id.apply((apiId) => { new aws.apigatewayv2.Route("late", { apiId, routeKey: "GET /late" }); });`,
      [`preview: ${open} lookup`, `ahead: ${open} late`].sort(),
    ],
  ];
  let result: PreviewResult;
  beforeAll(async () => {
    // One program of them all, because each preview takes seconds.
    const all = cases.map(([, source], index) => {
      const inOwnScope = inScope.replace("super(type, name,", `super(type, "${index} " + name,`);
      return `(() => {\n${inOwnScope}${aws}${source}\n})();`;
    });
    result = await previewProgram(all.join("\n"), { lookAhead: true });
  });
  test.each(cases.map((each, index) => [...each, index] as const))(
    "%s",
    (_situation, _source, expected, index) => {
      const own = mandatory(result).filter((found) => found.includes(` ${index} `));
      expect(own.map((found) => found.replace(`${index} `, "")).sort()).toEqual(expected);
    },
  );

  test("nothing of it is unseen", () => {
    expect({
      problems: result.problems,
      unseen: result.unseen.map(({ sentence }) => sentence),
      exitCode: result.exitCode,
    }).toEqual({
      problems: [],
      unseen: [],
      exitCode: 1,
    });
  });

  test("a program in which nothing is open passes", async () => {
    const [, source] = cases.find(([situation]) => situation === "the same route with authorization") ?? [];
    const { exitCode, resources } = await ahead(String(source));
    expect({ exitCode, ahead: resources.filter(({ isAhead }) => isAhead).length }).toEqual({
      exitCode: 0,
      ahead: 1,
    });
  });
});

describe("what a look-ahead can't do is said, and blocks", () => {
  const callbackOf = (body: string) => `${httpApi}api.id.apply((apiId) => { ${body} });`;
  const notJudged = (line: number) =>
    `What the callback of apply at index.js:${line} registers wasn't judged. With --no-look-ahead, it is left to the policy pack, which judges it in the deployment, before it is created.`;
  /** The line of the program's last statement. */
  const last = (source: string) => `${inScope}\n${aws}${source}`.split("\n").length;
  const cases: readonly (readonly [string, string, RegExp])[] = [
    [
      "a callback that sends a request",
      callbackOf(`fetch("https://hooks.example.com/" + apiId);`),
      /^The look-ahead ended at index\.js:(\d+): a callback of apply reaches the network there, which a preview never does\. /,
    ],
    [
      "a callback that throws on a placeholder",
      callbackOf(`JSON.parse(apiId);`),
      /^The look-ahead ended: with placeholders, the program failed at index\.js:\d+: .*JSON.* /,
    ],
    [
      "a callback that ends the program",
      callbackOf(`process.exit(0);`),
      /^The look-ahead ended: with placeholders, the program ended with exit code 1\. /,
    ],
    [
      "names that differ each time",
      `${callbackOf("")} new aws.ec2.Vpc(\`vpc-\${process.hrtime.bigint()}\`);`,
      /^The look-ahead ended: the program registers other resources each time it runs\. "vpc-\d+" \(aws:ec2\/vpc:Vpc\) wasn't among them\. /,
    ],
    [
      "code outside of a callback that writes a placeholder",
      `const { writeFileSync } = require("node:fs"); let written = "pending"; ${callbackOf("written = apiId;").replace(/\n/g, " ")} process.on("exit", () => writeFileSync("api", written));`,
      /^The look-ahead ended at index\.js:(\d+): because of a placeholder, the program writes a file there, which the preview didn't do\. /,
    ],
    [
      "a callback that a package has in a function of the program",
      `${httpApi}pulumi.iterable.toObject([new aws.acm.Certificate("customers", {}).pendingRenewal], (renews) => { new aws.apigatewayv2.Route("lookup", { apiId: api.id, routeKey: "GET /" }); return ["renews", renews]; });`,
      /^No placeholder can stand for what some callbacks of apply get\. /,
    ],
    [
      "a boolean, for which no placeholder can stand",
      `${httpApi}new aws.acm.Certificate("customers", {}).pendingRenewal.apply((renews) => { if (renews) new aws.apigatewayv2.Route("lookup", { apiId: api.id, routeKey: "GET /" }); });`,
      /^No placeholder can stand for what some callbacks of apply get\. /,
    ],
  ];
  test.each(cases)("%s", async (_situation, source, sentence) => {
    const result = await ahead(source);
    expect(result.exitCode).toBe(2);
    expect(mandatory(result)).toEqual([]);
    expect(result.problems).toHaveLength(1);
    expect(result.problems[0]).toMatch(sentence);
    expect(result.problems[0]).toContain(notJudged(last(source)));
  });
});

test("a message of several lines, which a callback throws, ends before the rest", async () => {
  const { problems } = await ahead(
    `${httpApi}api.id.apply(() => { throw new Error("these are wrong:\\n  routes: there are none"); });`,
  );
  expect(problems).toEqual([
    expect.stringMatching(
      /wrong:\n {2}routes: there are none\.\nWhat the callback of apply at index\.js:\d+ registers/,
    ),
  ]);
});

describe("a program with a copy of Pulumi's SDK in a file of its own", () => {
  const bundle = { "bundle.js": "exports.Output = class { constructor() { this.__pulumiOutput = !0; } };" };
  const sentence =
    "bundle.js contains a copy of @pulumi/pulumi, so its callbacks of apply can't be watched. What they register isn't judged before the deployment. Leave the package out of the bundle, for instance with esbuild's --external:@pulumi/pulumi.";
  const source = `require("./bundle.js"); new Api("customers", { protocolType: "HTTP" });`;

  test("isn't seen whole", async () => {
    const { exitCode, problems } = await preview({
      directory: writtenProgram(source, bundle),
      lookAhead: true,
    });
    expect({ exitCode, problems }).toEqual({ exitCode: 2, problems: [sentence] });
  });

  test("is told without a look-ahead", async () => {
    const { exitCode, unseen } = await preview({
      directory: writtenProgram(source, bundle),
      lookAhead: false,
    });
    expect({ exitCode, unseen: unseen.map((each) => each.sentence) }).toEqual({
      exitCode: 0,
      unseen: [sentence],
    });
  });
});

test("callbacks that only compute don't run a program again, nor keep it from being seen whole", async () => {
  const unknowns = `new aws.acm.Certificate("customers", {}).pendingRenewal`;
  const { problems, exitCode } = await ahead(
    `${unknowns}.apply(JSON.stringify); ${unknowns.replace('"customers"', '"others"')}.apply(String);`,
  );
  expect({ problems, exitCode }).toEqual({ problems: [], exitCode: 0 });
});

test("a transform that writes because of a placeholder ends the look-ahead, which a preview never does", async () => {
  const directory = writtenProgram(`${aws}
    pulumi.runtime.registerResourceTransform(({ type, props }) => {
      if (type === "aws:apigatewayv2/route:Route") require("node:fs").writeFileSync("written-by-" + typeof props.apiId, "");
    });
    ${httpApi}new Route("lookup", { apiId: api.id, routeKey: "GET /", authorizationType: "AWS_IAM" });
    api.id.apply(() => {});`);
  const { problems } = await preview({ directory, lookAhead: true });
  expect(["object", "string"].map((kind) => existsSync(join(directory, `written-by-${kind}`)))).toEqual([
    true,
    false,
  ]);
  expect(problems).toEqual([expect.stringContaining("writes a file there")]);
});

describe("what a pack is shown", () => {
  test("a placeholder that is a whole value is unknown, and its resource is known", async () => {
    const result = await ahead(
      `${httpApi}api.id.apply((apiId) => {
         new aws.apigatewayv2.Route("lookup", { apiId, routeKey: "GET /", target: "integrations/" + apiId, list: [apiId] });
       });`,
      { policyPacks: [mirrorPack] },
    );
    const { lookup } = shown(result, "stack");
    expect(lookup).toMatchObject({
      propertyDependencies: { apiId: ["customers"], target: ["customers"], list: ["customers"] },
      outputs: { apiId: unknown, target: "integrations/placeholder00001", list: [unknown] },
    });
  });

  test("secrets stay secret", async () => {
    const secrets = collectSecrets();
    const result = await ahead(
      `const Password = customResource("random:index/randomPassword:RandomPassword", ["result"]);
       const made = new Password("password", { length: 20 }, { additionalSecretOutputs: ["result"] });
       ${httpApi}pulumi.all([api.id, pulumi.secret("hunter2-hunter2")]).apply(([apiId, secret]) => {
         new Route("lookup", { apiId, routeKey: "GET /" + secret });
       });`,
      { secrets },
    );
    expect(mandatory(result)).toEqual(["ahead: http-route-requires-authorization lookup"]);
    const { violations } = printable(result, secrets);
    expect(violations[0]?.message).toContain("GET /[secret] has authorizationType NONE.");
  });
});

describe("a program runs a second time only where that can show something", () => {
  const counting = `require("node:fs").appendFileSync("runs", "x");\n`;
  const runs = async (source: string, lookAhead = true) => {
    const directory = writtenProgram(aws + counting + source);
    const result = await preview({ directory, lookAhead });
    return { result, runs: readFileSync(join(directory, "runs"), "utf8").length };
  };

  test("not without a callback that a preview skips", async () => {
    const { result, runs: times } = await runs(`${httpApi}pulumi.output("customers").apply(() => {});`);
    expect({ problems: result.problems, times }).toEqual({ problems: [], times: 1 });
  });

  test("not if the program fails", async () => {
    expect((await runs(`${httpApi}api.id.apply(() => {}); throw new Error("no");`)).runs).toBe(1);
  });

  test("not with --no-look-ahead, which says what didn't run", async () => {
    const { result, runs: times } = await runs(
      `${httpApi}api.id.apply((apiId) => { new Route("lookup", { apiId, routeKey: "GET /" }); });`,
      false,
    );
    expect({
      times,
      exitCode: result.exitCode,
      unseen: result.unseen.map(({ sentence }) => sentence),
    }).toEqual({
      times: 1,
      exitCode: 0,
      unseen: [
        expect.stringMatching(
          /^A callback of apply at index\.js:\d+ gets a value that is only known after the deployment, so it didn't run\. What it registers is judged by the policy pack in the deployment, before it is created\.$/,
        ),
      ],
    });
  });

  test("twice is twice: what the program does outside of callbacks, it does again", async () => {
    expect((await runs(`${httpApi}api.id.apply(() => {});`)).runs).toBe(2);
  });
});

test("the line of a TypeScript program", async () => {
  const directory = written({
    "Pulumi.yaml": { name: "customers", runtime: "nodejs" },
    "package.json": { name: "customers", private: true },
    "tsconfig.json": { compilerOptions: { module: "commonjs", strict: true, skipLibCheck: true } },
    "index.ts": `import * as pulumi from "@pulumi/pulumi";

interface Named {
  readonly name: string;
}
class Api extends pulumi.CustomResource {
  constructor({ name }: Named) {
    super("aws:apigatewayv2/api:Api", name, { protocolType: "HTTP" });
  }
}
new Api({ name: "customers" }).id.apply(
  (id: string): Promise<unknown> => fetch(\`https://hooks.example.com/\${id}\`),
);
`,
  });
  const { problems } = await preview({ directory, lookAhead: true });
  expect(problems).toEqual([
    expect.stringContaining("The look-ahead ended at index.ts:12: a callback of apply reaches the network"),
  ]);
});

test("a transform in a callback answers the monitor", async () => {
  const result = await ahead(`${httpApi}api.id.apply((apiId) => {
    new Route("lookup", { apiId, routeKey: "GET /" }, { transforms: [({ props, opts }) => ({ props: { ...props, authorizationType: "AWS_IAM" }, opts })] });
  });`);
  expect({ problems: result.problems, exitCode: result.exitCode }).toEqual({ problems: [], exitCode: 0 });
  expect(result.resources.map(({ name, isAhead }) => [name, isAhead ?? false])).toContainEqual([
    "lookup",
    true,
  ]);
});

describe("a question whose arguments hold a placeholder", () => {
  test("is a problem if no SDK declares its answer", async () => {
    const result = await ahead(
      `${httpApi}pulumi.runtime.invokeOutput("acme:index:getCustomers", { apiId: api.id }).apply(() => {});`,
    );
    expect(result.exitCode).toBe(2);
    expect(result.problems).toEqual([
      expect.stringContaining(
        "the program asks for acme:index:getCustomers with an argument that is only known after the deployment, and no SDK of the program declares its result. Give the answer with --fixtures FILE, without arguments.",
      ),
    ]);
  });

  const ask = `${httpApi}pulumi.runtime.invokeOutput("acme:index:getCustomers", { apiId: api.id })
    .apply(({ isOpen }) => { if (isOpen) new Route("lookup", { apiId: api.id, routeKey: "GET /" }); });`;

  test("is answered by an entry of the fixtures without arguments", async () => {
    const directory = writtenProgram(aws + ask, {
      "fixtures.json": { invokes: [{ token: "acme:index:getCustomers", result: { isOpen: true } }] },
    });
    const { readFixtures } = await import("../../../review/src/invokes");
    const result = await preview({
      directory,
      lookAhead: true,
      fixtures: await readFixtures(join(directory, "fixtures.json")),
    });
    expect(mandatory(result)).toEqual(["ahead: http-route-requires-authorization lookup"]);
    expect(result.notices).toEqual([]);
  });
});

describe("what a program does only in the deployment", () => {
  test("is named by the line that asks, and doesn't change the exit code", async () => {
    const result = await ahead(`if (!pulumi.runtime.isDryRun()) new Api("late", {});`);
    expect({
      unseen: result.unseen.map(({ sentence }) => sentence),
      problems: result.problems,
      exitCode: result.exitCode,
    }).toEqual({
      unseen: [
        expect.stringMatching(
          /^The program asks pulumi\.runtime\.isDryRun\(\) at index\.js:\d+\. No preview shows what it does only in the deployment; the policy pack judges that there, before it is created\.$/,
        ),
      ],
      problems: [],
      exitCode: 0,
    });
  });
});

describe("what placeholders get wrong", () => {
  const gets = (condition: string) =>
    `${httpApi}api.id.apply((apiId) => { if (${condition}) new Route("lookup", { apiId, routeKey: "GET /" }); });`;
  const cases: readonly (readonly [string, string])[] = [
    ["a value that is compared with one of the program's own", gets(`apiId === "a1b2c3d4e5"`)],
    ["the form of an id", gets("/^[a-z0-9]{10}$/.test(apiId)")],
  ];
  test.each(cases)("%s: the route isn't seen before the deployment", async (_what, source) => {
    expect(mandatory(await ahead(source))).toEqual([]);
  });

  test("how many elements a list has", async () => {
    const result = await ahead(
      `new aws.acm.Certificate("customers", {}).domainValidationOptions.apply((options) => options.forEach((_option, index) => new Api(\`late-\${index}\`, {})));`,
    );
    expect(result.resources.filter(({ isAhead }) => isAhead).map(({ name }) => name)).toEqual(["late-0"]);
  });
});
