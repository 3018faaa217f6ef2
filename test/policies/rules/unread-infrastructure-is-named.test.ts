import { describe, expect, test } from "vitest";
import { analyze, type Given, kindOf, UNKNOWN } from "../analyze";
import { exemption } from "../resources";

const rule = "unread-infrastructure-is-named";
const stack = (
  properties: Readonly<Record<string, unknown>>,
  type = "aws:cloudformation/stack:Stack",
): Given => ({
  type,
  name: "partners",
  properties,
});
const holding = (resources: object, rest: object = {}) =>
  stack({ templateBody: JSON.stringify({ ...rest, Resources: resources }) });
const nested = { Type: "AWS::CloudFormation::Stack", Properties: { TemplateURL: "https://b/k" } };
const cloudControl = (typeName: string, state: object) =>
  stack({ typeName, desiredState: JSON.stringify(state) }, "aws:cloudcontrol/resource:Resource");
const inCluster = (token: string, properties: object = {}): Given => ({
  type: `kubernetes:${token}`,
  name: "customers",
  properties: { ...properties },
});
const ingress = (annotations: Readonly<Record<string, string>>) =>
  inCluster("networking.k8s.io/v1:Ingress", {
    metadata: {
      annotations: Object.fromEntries(
        Object.entries({ scheme: "internet-facing", ...annotations }).map(([name, value]) => [
          `alb.ingress.kubernetes.io/${name}`,
          value,
        ]),
      ),
    },
  });
const component: Given = { type: "aws-apigateway:index:RestAPI", name: "shop", properties: {} };

const named: readonly (readonly [
  situation: string,
  resources: readonly Given[],
  kind: string,
  says?: string,
])[] = [
  [
    "a template behind a URL",
    [stack({ templateUrl: "https://b/k" })],
    "defined-elsewhere",
    "has its template behind a URL",
  ],
  [
    "a URL that is known later",
    [stack({ templateUrl: UNKNOWN })],
    "defined-elsewhere",
    "has its template behind a URL",
  ],
  [
    "a stack set's template behind a URL",
    [stack({ templateUrl: "https://b/k" }, "aws:cloudformation/stackSet:StackSet")],
    "defined-elsewhere",
    "behind a URL",
  ],
  [
    "a template behind a URL, of aws-native",
    [stack({ templateUrl: "https://b/k" }, "aws-native:cloudformation:Stack")],
    "defined-elsewhere",
    "behind a URL",
  ],
  [
    "an application of the repository",
    [stack({ applicationId: "arn" }, "aws:serverlessrepository/cloudFormationStack:CloudFormationStack")],
    "defined-elsewhere",
    "Serverless Application Repository",
  ],
  [
    "a nested stack",
    [holding({ Nested: nested })],
    "unread-part",
    "contains Nested: what it exposes was not read",
  ],
  [
    "a nested stack set",
    [holding({ Nested: { ...nested, Type: "AWS::CloudFormation::StackSet" } })],
    "unread-part",
    "contains Nested: what it exposes was not read",
  ],
  [
    "a nested stack of a nested template",
    [
      holding({
        Outer: {
          Type: "AWS::CloudFormation::StackSet",
          Properties: { TemplateBody: JSON.stringify({ Resources: { Nested: nested } }) },
        },
      }),
    ],
    "unread-part",
    "contains Nested of Outer: what it exposes was not read",
  ],
  ...["Stack", "StackSet"].map(
    (kind) =>
      [
        `a ${kind} of Cloud Control`,
        [cloudControl(`AWS::CloudFormation::${kind}`, { TemplateURL: "https://b/k" })],
        "unread-part",
        "contains a template behind a URL: what it exposes was not read",
      ] as const,
  ),
  [
    "a product of the Service Catalog",
    [stack({ productId: "prod" }, "aws:servicecatalog/provisionedProduct:ProvisionedProduct")],
    "defined-elsewhere",
    "is a product of the Service Catalog: what it exposes was not read",
  ],
  [
    "a product of the Service Catalog, of aws-native",
    [stack({ productId: "prod" }, "aws-native:servicecatalog:CloudFormationProvisionedProduct")],
    "defined-elsewhere",
    "is a product of the Service Catalog",
  ],
  [
    "a product in a template",
    [holding({ Product: { Type: "AWS::ServiceCatalog::CloudFormationProvisionedProduct" } })],
    "unread-part",
    "contains Product",
  ],
  [
    "a product of Cloud Control",
    [cloudControl("AWS::ServiceCatalog::CloudFormationProvisionedProduct", {})],
    "unread-part",
    "contains a product of the Service Catalog",
  ],
  [
    "a clone of an API of aws-native",
    [stack({ cloneFrom: UNKNOWN }, "aws-native:apigateway:RestApi")],
    "defined-elsewhere",
    "is a clone of another API: what it exposes was not read",
  ],
  [
    "a clone of an API in a template",
    [holding({ Rest: { Type: "AWS::ApiGateway::RestApi", Properties: { CloneFrom: "abc" } } })],
    "unread-part",
    "contains Rest",
  ],
  [
    "a clone of an API of Cloud Control",
    [cloudControl("AWS::ApiGateway::RestApi", { CloneFrom: "abc" })],
    "unread-part",
    "contains a clone of another API",
  ],
  [
    "an application in a template",
    [holding({ App: { Type: "AWS::Serverless::Application" } })],
    "unread-part",
    "contains App",
  ],
  [
    "a serverless type that isn't known",
    [holding({ Next: { Type: "AWS::Serverless::GrpcApi" } })],
    "unread-part",
    "contains Next",
  ],
  ["a module", [holding({ Api: { Type: "Acme::Api::Http::MODULE" } })], "unread-part", "contains Api"],
  [
    "a macro",
    [holding({}, { Transform: ["AWS::Serverless-2016-10-31", "Acme"] })],
    "unread-part",
    "the macro Acme creates",
  ],
  [
    "twelve nested stacks",
    [holding(Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`Nested${index}`, nested])))],
    "unread-part",
    "Nested9, and 2 more",
  ],
  ...(
    [
      ["an API of AWS Controllers for Kubernetes", "apigatewayv2.services.k8s.aws/v1alpha1:API"],
      ["a function URL of these", "lambda.services.k8s.aws/v1alpha1:FunctionURLConfig"],
      ["a route of these, whose API isn't in the program", "apigatewayv2.services.k8s.aws/v1alpha1:Route"],
      ["an API of Crossplane", "apigatewayv2.aws.upbound.io/v1beta1:API"],
      ["a REST API of Crossplane", "apigateway.aws.upbound.io/v1beta1:RestAPI"],
    ] as const
  ).map(
    ([what, token]) =>
      [what, [inCluster(token)], "made-in-a-cluster", "a controller of its cluster"] as const,
  ),
  ...(
    [
      ["authenticates callers", { "auth-type": "oidc" }],
      ["verifies tokens", { "jwt-validation": '{"issuer":"https://login.example.com"}' }],
      ["speaks gRPC", { "backend-protocol-version": "GRPC" }],
    ] as const
  ).map(
    ([what, annotations]) =>
      [`an ingress that ${what}`, [ingress(annotations)], "made-in-a-cluster", "was not read"] as const,
  ),
  ["a component that shows nothing", [component], "hidden-component"],
];

const silent: readonly (readonly [situation: string, resources: readonly Given[]])[] = [
  ["a template inside the program", [holding({ Bucket: { Type: "AWS::S3::Bucket" } })]],
  ...[
    "Function",
    "Api",
    "HttpApi",
    "WebSocketApi",
    "GraphQLApi",
    "WebFunction",
    "SimpleTable",
    "Connector",
  ].map(
    (type) => [`a serverless ${type}`, [holding({ Known: { Type: `AWS::Serverless::${type}` } })]] as const,
  ),
  ["the serverless transform", [holding({}, { Transform: "AWS::Serverless-2016-10-31" })]],
  [
    "a template inside the program, of Cloud Control",
    [cloudControl("AWS::CloudFormation::Stack", { TemplateBody: JSON.stringify({ Resources: {} }) })],
  ],
  ["a role of Cloud Control", [cloudControl("AWS::IAM::Role", {})]],
  ["an API that is no clone", [stack({ name: "customers" }, "aws-native:apigateway:RestApi")]],
  [
    "what code makes: a command, a dynamic provider, a custom resource of a template",
    [
      stack({ create: "deploy" }, "command:local:Command"),
      stack({}, "pulumi-nodejs:dynamic:Resource"),
      holding({ Cleanup: { Type: "Custom::Cleanup", Properties: { ServiceToken: "arn" } } }),
    ],
  ],
  ["an ingress of a web site", [ingress({ "target-type": "ip", "auth-type": "none" })]],
  ["an ingress of another controller", [inCluster("networking.k8s.io/v1:Ingress", { metadata: {} })]],
  ["an ingress that the update reads", [inCluster("networking.k8s.io/v1:Ingress", { metadata: UNKNOWN })]],
  ["a service of a cluster", [inCluster("core/v1:Service", { spec: { type: "LoadBalancer" } })]],
  ["a queue of AWS Controllers for Kubernetes", [inCluster("sqs.services.k8s.aws/v1alpha1:Queue")]],
  ["a template that the update reads", [stack({ templateBody: UNKNOWN })]],
  [
    "a component whose children are shown",
    [
      component,
      { type: "aws:apigateway/restApi:RestApi", name: "api", parent: "shop", properties: { body: UNKNOWN } },
    ],
  ],
  ["a component whose inputs are shown", [{ ...component, properties: { routes: [] } }]],
];

const ofRule = async (resources: readonly Given[], args: Parameters<typeof analyze>[1] = {}) =>
  (await analyze(resources, args)).filter((found) => found.rule === rule);

describe(rule, () => {
  test.for(named)("names %s", async ([, resources, kind, says = ""]) => {
    const reported = await ofRule(resources);
    expect(reported.map(kindOf)).toEqual([kind]);
    expect(reported).toEqual([
      { rule, level: "advisory", resource: resources[0]?.name, message: expect.stringContaining(says) },
    ]);
  });

  test.each(silent)("is silent: %s", async (_situation, resources) => {
    expect(await ofRule(resources)).toEqual([]);
  });

  test("a route is named by its API", async () => {
    const route = { ...inCluster("apigatewayv2.services.k8s.aws/v1alpha1:Route"), name: "list" };
    const reported = await ofRule([inCluster("apigatewayv2.services.k8s.aws/v1alpha1:API"), route]);
    expect(reported.map(({ resource }) => resource)).toEqual(["customers"]);
  });

  test("is mandatory in strict, and may be exempted", async () => {
    const given = [stack({ templateUrl: "https://b/k" })];
    expect(await ofRule(given, { preset: "strict" })).toMatchObject([
      { level: "mandatory", message: expect.stringContaining(`{ "rule": "${rule}", "project": "customers"`) },
    ]);
    expect(await ofRule(given, { preset: "strict", exemptions: [exemption(rule, "partners")] })).toEqual([]);
  });
});
