// What the libraries offer that their users really use, each cell with its source. An empty cell means that nothing was found, not
// that there is nothing: "no" stands only where a source says so.

/** The pages that say it. */
const pages = {
  components: "components/README.md",
  http: "components/secure-http-api.md",
  rest: "components/secure-rest-api.md",
  webSocket: "components/secure-websocket-api.md",
  watch: "components/api-watch.md",
  authorization: "components/authorization.md",
  adopting: "components/adopting-an-api.md",

  patterns: "https://docs.aws.amazon.com/solutions/latest/constructs/api-reference.html",
  patternLanguages: "https://docs.aws.amazon.com/solutions/latest/constructs/welcome.html",
  patternDefaults:
    "https://github.com/awslabs/aws-solutions-constructs/blob/main/source/patterns/%40aws-solutions-constructs/core/lib/apigateway-defaults.ts",
  patternPlan:
    "https://github.com/awslabs/aws-solutions-constructs/blob/main/source/patterns/%40aws-solutions-constructs/core/lib/apigateway-helper.ts",
  patternSqs: "https://docs.aws.amazon.com/solutions/latest/constructs/aws-apigateway-sqs.html",
  patternOpenApi: "https://docs.aws.amazon.com/solutions/latest/constructs/aws-openapigateway-lambda.html",
  patternCognito:
    "https://docs.aws.amazon.com/solutions/latest/constructs/aws-cognito-apigateway-lambda.html",
  patternDomain: "https://docs.aws.amazon.com/solutions/latest/constructs/aws-route53-apigateway.html",
  patternWaf: "https://docs.aws.amazon.com/solutions/latest/constructs/aws-wafwebacl-apigateway.html",

  cdkRest: "https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_apigateway-readme.html",
  cdkHttp: "https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_apigatewayv2-readme.html",
  cdkAuthorizers:
    "https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_apigatewayv2_authorizers-readme.html",
  cdkIntegrations:
    "https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_apigatewayv2_integrations-readme.html",
  cdkStage: "https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk.aws_apigatewayv2/HttpStageOptions.html",
  cdkCanary: "https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_apigateway.CfnStage.html",
  cdkNodejs: "https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_lambda_nodejs-readme.html",
  cdkRestStage: "https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_apigateway.StageOptions.html",
  cdkStreaming:
    "https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_apigateway.ResponseTransferMode.html",
  cdkWaf: "https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_wafv2-readme.html",
  cdkImport: "https://docs.aws.amazon.com/cdk/v2/guide/ref-cli-cmd-import.html",

  sstHttp: "https://sst.dev/docs/component/aws/apigatewayv2",
  sstRest: "https://sst.dev/docs/component/aws/apigatewayv1",
  sstPlan: "https://sst.dev/docs/component/aws/apigatewayv1-usage-plan",
  sstPrivate: "https://sst.dev/docs/component/aws/apigatewayv2-private-route",
  sstWebSocket: "https://sst.dev/docs/component/aws/apigateway-websocket",
  sstImport: "https://sst.dev/docs/import-resources",

  terraform: "https://github.com/terraform-aws-modules/terraform-aws-apigateway-v2",
  terraformVariables:
    "https://github.com/terraform-aws-modules/terraform-aws-apigateway-v2/blob/master/variables.tf",
  terraformUpgrade:
    "https://github.com/terraform-aws-modules/terraform-aws-apigateway-v2/blob/v5.0.0/UPGRADE-5.0.md",
  terraformImport: "https://developer.hashicorp.com/terraform/language/import",

  gateway: "https://www.pulumi.com/registry/packages/aws-apigateway/api-docs/restapi/",
  gatewaySource: "https://github.com/pulumi/pulumi-aws-apigateway/blob/main/aws-apigateway/apigateway/api.ts",
  gatewayHttp: "https://github.com/pulumi/pulumi-aws-apigateway/issues/6",
  gatewayLog: "https://github.com/pulumi/pulumi-aws-apigateway/issues/74",
  gatewayDomain: "https://github.com/pulumi/pulumi-aws-apigateway/issues/35",
  gatewayCors: "https://github.com/pulumi/pulumi-aws-apigateway/issues/168",
  pulumiImport: "https://www.pulumi.com/docs/iac/guides/migration/import/",

  serverlessRest: "https://www.serverless.com/framework/docs/providers/aws/events/apigateway",
  serverlessHttp: "https://www.serverless.com/framework/docs/providers/aws/events/http-api",
  serverlessWebSocket: "https://www.serverless.com/framework/docs/providers/aws/events/websocket",
  serverlessDomains: "https://www.serverless.com/framework/docs/providers/aws/guide/domains",
  serverlessProxy: "https://www.serverless.com/plugins/serverless-apigateway-service-proxy",
};

/** Who is compared, in the order of the columns. */
export const libraries = [
  "`@api-guardrails/components`",
  "Solutions Constructs",
  "CDK",
  "SST",
  "terraform-aws-apigateway-v2",
  "`@pulumi/aws-apigateway`",
  "Serverless",
];

/** @param page the name of the page that says it */
const cell = (text, page) => {
  if (!(page in pages)) throw new Error(`there is no page ${page}`);
  return `[${text}](${pages[page]})`;
};
const unknown = "";

/** Each row: what it is about, and a cell for each library. */
export const features = [
  {
    feature: "a route with no authorization said",
    cells: [
      cell("doesn't compile", "http"),
      cell("IAM (REST)", "patternDefaults"),
      cell("open", "cdkAuthorizers"),
      cell("open", "sstPrivate"),
      cell("open", "terraformVariables"),
      cell("open", "gatewaySource"),
      cell("open", "serverlessHttp"),
    ],
  },
  {
    feature: "authorizers: JWT, Cognito, IAM, Lambda",
    cells: [
      cell("all (JWT: HTTP)", "authorization"),
      cell("Cognito, IAM", "patternCognito"),
      cell("all", "cdkAuthorizers"),
      cell("all", "sstHttp"),
      cell("all", "terraformVariables"),
      cell("Cognito, IAM, Lambda", "gateway"),
      cell("all", "serverlessHttp"),
    ],
  },
  {
    feature: "REST, HTTP, WebSocket APIs",
    cells: [
      cell("all", "components"),
      cell("REST, WebSocket", "patterns"),
      cell("all", "cdkHttp"),
      cell("all", "sstWebSocket"),
      cell("HTTP, WebSocket", "terraform"),
      cell("REST", "gatewayHttp"),
      cell("all", "serverlessRest"),
    ],
  },
  {
    feature: "domain with certificate and records",
    cells: [
      cell("yes", "http"),
      cell("yes", "patternDomain"),
      cell("separate constructs", "cdkHttp"),
      cell("yes", "sstHttp"),
      cell("yes", "terraformUpgrade"),
      cell("no", "gatewayDomain"),
      cell("yes", "serverlessDomains"),
    ],
  },
  {
    feature: "one domain for several APIs, with base paths",
    cells: [
      cell("yes, and several stacks", "components"),
      unknown,
      cell("yes", "cdkHttp"),
      cell("yes", "sstHttp"),
      unknown,
      cell("no", "gatewayDomain"),
      cell("yes", "serverlessDomains"),
    ],
  },
  {
    feature: "wildcard, second domain",
    cells: [
      cell("both", "components"),
      unknown,
      unknown,
      unknown,
      cell("wildcard with subdomains", "terraformUpgrade"),
      cell("no", "gatewayDomain"),
      cell("second domain", "serverlessDomains"),
    ],
  },
  {
    feature: "records: weighted, failover, latency",
    cells: [
      cell("yes", "components"),
      unknown,
      unknown,
      unknown,
      unknown,
      cell("no", "gatewayDomain"),
      unknown,
    ],
  },
  {
    feature: "private domain of a REST API",
    cells: [
      cell("yes", "components"),
      unknown,
      unknown,
      unknown,
      unknown,
      cell("no", "gatewayDomain"),
      unknown,
    ],
  },
  {
    feature: "mutual TLS",
    cells: [
      cell("yes", "http"),
      unknown,
      cell("yes", "cdkHttp"),
      unknown,
      cell("yes", "terraformVariables"),
      cell("no", "gatewayDomain"),
      cell("yes", "serverlessDomains"),
    ],
  },
  {
    feature: "queues, buses, streams, workflows without a function",
    cells: [
      cell("SQS, EventBridge, Step Functions, Kinesis, SNS", "authorization"),
      cell("SQS and others, one pattern each", "patternSqs"),
      cell("SQS, EventBridge, Step Functions", "cdkIntegrations"),
      unknown,
      unknown,
      unknown,
      cell("by a plugin", "serverlessProxy"),
    ],
  },
  {
    feature: "URLs and services behind a VPC link",
    cells: [
      cell("yes, with your VPC link", "authorization"),
      unknown,
      cell("yes", "cdkHttp"),
      cell("yes", "sstPrivate"),
      cell("yes", "terraformVariables"),
      unknown,
      cell("yes, with your VPC link", "serverlessRest"),
    ],
  },
  {
    feature: "response streaming (REST)",
    cells: [
      cell("yes", "rest"),
      unknown,
      cell("yes", "cdkStreaming"),
      unknown,
      cell("no REST", "terraform"),
      unknown,
      cell("yes", "serverlessRest"),
    ],
  },
  {
    feature: "import of OpenAPI",
    cells: [
      cell("REST", "rest"),
      cell("REST", "patternOpenApi"),
      cell("REST", "cdkRest"),
      unknown,
      cell("HTTP", "terraformVariables"),
      cell("REST", "gateway"),
      unknown,
    ],
  },
  {
    feature: "validation of requests (REST)",
    cells: [
      cell("JSON Schema", "rest"),
      unknown,
      cell("JSON Schema", "cdkRest"),
      unknown,
      cell("no REST", "terraform"),
      cell("parameters", "gateway"),
      cell("JSON Schema", "serverlessRest"),
    ],
  },
  {
    feature: "usage plans and API keys (REST)",
    cells: [
      cell("yes", "rest"),
      cell("a plan without limits", "patternPlan"),
      cell("yes", "cdkRest"),
      cell("yes", "sstPlan"),
      cell("no REST", "terraform"),
      cell("key source only", "gateway"),
      cell("yes", "serverlessRest"),
    ],
  },
  {
    feature: "CORS, unless you say otherwise",
    cells: [
      cell("off", "http"),
      unknown,
      cell("off", "cdkHttp"),
      cell("any origin", "sstHttp"),
      cell("off", "terraformVariables"),
      cell("no argument", "gatewayCors"),
      cell("off", "serverlessHttp"),
    ],
  },
  {
    feature: "access log by default",
    cells: [
      cell("a year", "http"),
      cell("yes", "patternPlan"),
      cell("no", "cdkStage"),
      cell("a month", "sstHttp"),
      cell("30 days", "terraformVariables"),
      cell("no argument", "gatewayLog"),
      cell("no", "serverlessRest"),
    ],
  },
  {
    feature: "throttle by default",
    cells: [
      cell("100 a second", "http"),
      cell("no", "patternDefaults"),
      cell("no", "cdkStage"),
      unknown,
      cell("1000 a second", "terraformVariables"),
      cell("no argument", "gateway"),
      unknown,
    ],
  },
  {
    feature: "web ACL of AWS WAF (REST)",
    cells: [
      cell("by default", "rest"),
      cell("a construct of its own", "patternWaf"),
      cell("from CloudFormation's types", "cdkWaf"),
      unknown,
      cell("no REST", "terraform"),
      cell("no argument", "gateway"),
      unknown,
    ],
  },
  {
    feature: "alarms, dashboard, saved queries",
    cells: [
      cell("by default", "watch"),
      unknown,
      cell("metrics for your own", "cdkHttp"),
      unknown,
      unknown,
      cell("no argument", "gateway"),
      unknown,
    ],
  },
  {
    feature: "canary of a stage (REST)",
    cells: [
      cell("no: aliases of functions", "rest"),
      unknown,
      cell("from CloudFormation's types", "cdkCanary"),
      unknown,
      cell("no REST", "terraform"),
      cell("no argument", "gateway"),
      unknown,
    ],
  },
  {
    feature: "edge-optimized endpoints, response cache (REST)",
    cells: [
      cell("no", "rest"),
      unknown,
      cell("both", "cdkRestStage"),
      unknown,
      cell("no REST", "terraform"),
      cell("edge-optimized", "gatewaySource"),
      unknown,
    ],
  },
  {
    feature: "functions from source files",
    cells: [
      cell("no: you make them", "http"),
      cell("yes", "patternCognito"),
      cell("yes", "cdkNodejs"),
      cell("yes", "sstHttp"),
      cell("no", "terraform"),
      cell("no: you make them", "gateway"),
      cell("yes", "serverlessHttp"),
    ],
  },
  {
    feature: "moving existing resources in",
    cells: [
      cell("`adopt`: by name or id, in place", "adopting"),
      cell("`cdk import`", "cdkImport"),
      cell("`cdk import`", "cdkImport"),
      cell("by a transform", "sstImport"),
      cell("`import` blocks", "terraformImport"),
      cell("`pulumi import`", "pulumiImport"),
      unknown,
    ],
  },
  {
    feature: "languages",
    cells: [
      cell("TypeScript, JavaScript", "components"),
      cell("TypeScript, Python, Java", "patternLanguages"),
      cell("TypeScript, Python, Java, .NET, Go", "cdkIntegrations"),
      cell("TypeScript", "sstHttp"),
      cell("HCL", "terraform"),
      cell("all of Pulumi's", "gateway"),
      cell("YAML", "serverlessHttp"),
    ],
  },
];
