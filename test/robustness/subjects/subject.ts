import { readsOfTypes } from "../../policies/declared-types";
import type { Registration } from "../pack";

/** A resource of which noise beside it may change neither what a rule says nor that it says nothing. */
export interface Subject extends Registration {
  readonly situation: string;
  /** The rule that finds it, where it is open; where it is closed, the one that would. */
  readonly rule: string;
  /** What its meaning depends on besides what it sets: noise stays away from these. */
  readonly taken: readonly string[];
}

const aws = (name: string) => `aws:${name}`;

export const types = {
  route: aws("apigatewayv2/route:Route"),
  api: aws("apigatewayv2/api:Api"),
  authorizer: aws("apigatewayv2/authorizer:Authorizer"),
  method: aws("apigateway/method:Method"),
  rest: aws("apigateway/restApi:RestApi"),
  put: aws("apigateway/restApiPut:RestApiPut"),
  restAuthorizer: aws("apigateway/authorizer:Authorizer"),
  restPolicy: aws("apigateway/restApiPolicy:RestApiPolicy"),
  basePath: aws("apigateway/basePathMapping:BasePathMapping"),
  stage: aws("apigateway/stage:Stage"),
  stageV2: aws("apigatewayv2/stage:Stage"),
  deployment: aws("apigateway/deployment:Deployment"),
  methodSettings: aws("apigateway/methodSettings:MethodSettings"),
  url: aws("lambda/functionUrl:FunctionUrl"),
  permission: aws("lambda/permission:Permission"),
  functionPolicy: aws("lambda/resourcePolicy:ResourcePolicy"),
  queue: aws("sqs/queue:Queue"),
  queuePolicy: aws("sqs/queuePolicy:QueuePolicy"),
  topic: aws("sns/topic:Topic"),
  topicPolicy: aws("sns/topicPolicy:TopicPolicy"),
  busPolicy: aws("cloudwatch/eventBusPolicy:EventBusPolicy"),
  streamPolicy: aws("kinesis/resourcePolicy:ResourcePolicy"),
  registryPolicy: aws("schemas/registryPolicy:RegistryPolicy"),
  authPolicy: aws("vpclattice/authPolicy:AuthPolicy"),
  domain: aws("opensearch/domain:Domain"),
  formerDomain: aws("elasticsearch/domain:Domain"),
  graphql: aws("appsync/graphQLApi:GraphQLApi"),
  events: aws("appsync/api:Api"),
  channels: aws("appsync/channelNamespace:ChannelNamespace"),
  gateway: aws("bedrock/agentcoreGateway:AgentcoreGateway"),
  runtime: aws("bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime"),
  harness: aws("bedrock/agentcoreHarness:AgentcoreHarness"),
  agentcoreRegistry: aws("bedrock/agentcoreRegistry:AgentcoreRegistry"),
  agentRegistry: aws("agentregistry/registry:Registry"),
  listener: aws("lb/listener:Listener"),
  listenerRule: aws("alb/listenerRule:ListenerRule"),
  component: "aws-apigateway:index:RestAPI",
  template: aws("cloudformation/stack:Stack"),
  application: aws("serverlessrepository/cloudFormationStack:CloudFormationStack"),
  control: aws("cloudcontrol/resource:Resource"),
  publicAccess: "api-guardrails:index:PublicAccess",
  secureHttpApi: "api-guardrails:index:SecureHttpApi",
  nativeRoute: "aws-native:apigatewayv2:Route",
  nativeMethod: "aws-native:apigateway:Method",
  nativeStage: "aws-native:apigateway:Stage",
  nativeUrl: "aws-native:lambda:Url",
  nativeAuthorizer: "aws-native:apigatewayv2:Authorizer",
  nativePermission: "aws-native:lambda:Permission",
  nativeListener: "aws-native:elasticloadbalancingv2:Listener",
} as const;

/** Properties that decide of the types whose readers aren't among the endpoints, or that have other names there. */
const alsoDeciding: Readonly<Record<string, readonly string[]>> = {
  [types.route]: ["authorizationScopes"],
  [types.rest]: ["putRestApiMode"],
  [types.component]: ["routes", "swaggerString"],
  [types.template]: ["templateBody", "templateUrl", "parameters"],
  [types.control]: ["typeName", "desiredState"],
  [types.publicAccess]: ["routes", "reason", "owner", "reviewBy"],
  [types.secureHttpApi]: ["publicAccess"],
  [types.nativeRoute]: ["apiId", "routeKey", "authorizationType", "authorizerId", "apiKeyRequired"],
  [types.nativeMethod]: ["httpMethod", "authorizationType", "authorization", "authorizerId", "integration"],
  [types.nativeStage]: ["restApiId", "accessLogSetting", "accessLogSettings"],
  [types.nativeUrl]: ["authType", "authorizationType", "targetFunctionArn", "functionName"],
  [types.nativeAuthorizer]: [
    ...["apiId", "authorizerType", "authorizerUri", "jwtConfiguration", "identitySource", "identitySources"],
    ...["authorizerResultTtlInSeconds", "enableSimpleResponses"],
  ],
  [types.nativePermission]: [
    ...["principal", "sourceArn", "sourceAccount", "principalOrgId", "eventSourceToken", "action"],
    ...["functionUrlAuthType", "invokedViaFunctionUrl", "functionName", "function"],
  ],
  [types.nativeListener]: [
    ...["loadBalancerArn", "defaultActions", "mutualAuthentication", "protocol", "tags"],
  ],
};

/** The properties of a resource that noise stays away from. */
export const takenBy = ({ type, properties }: Registration): readonly string[] => [
  ...Object.keys(properties),
  ...Object.keys(readsOfTypes[type] ?? {}),
  ...(alsoDeciding[type] ?? []),
];

/** Makes the subjects of one rule. */
export const subjectsOf =
  (rule: string) =>
  (
    situation: string,
    type: keyof typeof types,
    properties: Readonly<Record<string, unknown>>,
    ignoreChanges?: readonly string[],
  ): Subject => {
    const registration = { type: types[type], properties, ...(ignoreChanges && { ignoreChanges }) };
    return { ...registration, situation, rule, taken: takenBy(registration) };
  };
