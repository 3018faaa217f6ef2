import { describe, expect, test } from "vitest";
import type { PreviewResult } from "../../../review/src/preview";
import { previewProgram } from "../written-program";

/** Previews a program of CommonJS that has `aws` and `pulumi`, with a look-ahead. */
const ahead = (source: string, request: Parameters<typeof previewProgram>[1] = {}) =>
  previewProgram(`const aws = require("@pulumi/aws");\n${source}`, { lookAhead: true, ...request });

/** The mandatory violations: whether they show in the look-ahead only, the rule and the resource. */
const mandatory = ({ violations }: PreviewResult) =>
  violations
    .filter(({ level }) => level === "mandatory")
    .map(({ isAhead = false, policy, name }) => `${isAhead ? "ahead" : "preview"}: ${policy} ${name}`);

const lambda = `
const role = new aws.iam.Role("role", { assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }) });
const lookup = new aws.lambda.Function("lookup", {
  role: role.arn, runtime: "nodejs22.x", handler: "index.handler", code: new pulumi.asset.AssetArchive({}),
});
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
      "a policy that is built from the API's ARN and names nobody",
      `${lambda}${httpApi}
       new aws.lambda.Permission("invoke", { function: lookup.name, action: "lambda:InvokeFunction", principal: "apigateway.amazonaws.com", sourceArn: pulumi.interpolate\`\${api.executionArn}/*\` });
       const rest = new aws.apigateway.RestApi("partners", {});
       new aws.apigateway.RestApiPolicy("partners", { restApiId: rest.id, policy: rest.executionArn.apply((arn) => JSON.stringify({
         Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: arn + "/*" }] })) });
       const method = new aws.apigateway.Method("lookup", { restApi: rest.id, resourceId: rest.rootResourceId, httpMethod: "GET", authorization: "AWS_IAM" });`,
      [],
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
  test.each(cases)("%s", async (_situation, source, expected) => {
    const result = await ahead(source);
    expect({ problems: result.problems, unseen: result.unseen, found: mandatory(result).sort() }).toEqual({
      problems: [],
      unseen: [],
      found: expected,
    });
    expect(result.exitCode).toBe(expected.length > 0 ? 1 : 0);
  });
});
