/** What Pulumi's provider aws calls otherwise than Terraform, in one type, apart from the case of letters. */
interface TerraformNames {
  /** Properties with another name: from Terraform's, with its words joined, to that of the provider aws. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** Blocks that are lists in the provider aws, too, which has the plural. All others have one element at most. */
  readonly lists?: Readonly<Record<string, string>>;
  /** Blocks of one element that a bridge shows as lists, because Terraform's schema doesn't say that there is one. */
  readonly blocks?: Readonly<Record<string, string>>;
  /** Lists of texts that are one text in the provider aws. */
  readonly single?: readonly string[];
}

const ofRestApi: TerraformNames = { renamed: { restApiId: "restApi" } };

const actionLists = {
  action: "actions",
  defaultAction: "defaultActions",
  condition: "conditions",
  targetGroup: "targetGroups",
  queryString: "queryStrings",
  additionalClaim: "additionalClaims",
};
const listener: TerraformNames = { lists: actionLists };

const jwtOfAgents: TerraformNames = {
  lists: {
    interceptorConfiguration: "interceptorConfigurations",
    customClaim: "customClaims",
    allowedAudience: "allowedAudiences",
  },
  blocks: {
    authorizerConfigurations: "authorizerConfiguration",
    customJwtAuthorizers: "customJwtAuthorizer",
    policyEngineConfigurations: "policyEngineConfiguration",
  },
};

/** By the token in the provider aws. A type that isn't listed only differs in the case of letters. */
export const terraformNames: ReadonlyMap<string, TerraformNames> = new Map(
  Object.entries({
    "aws:apigateway/authorizer:Authorizer": ofRestApi,
    "aws:apigateway/basePathMapping:BasePathMapping": { renamed: { apiId: "restApi" } },
    "aws:apigateway/deployment:Deployment": ofRestApi,
    "aws:apigateway/integration:Integration": ofRestApi,
    "aws:apigateway/method:Method": ofRestApi,
    "aws:apigateway/methodSettings:MethodSettings": ofRestApi,
    "aws:apigateway/requestValidator:RequestValidator": ofRestApi,
    "aws:apigateway/resource:Resource": ofRestApi,
    "aws:apigateway/restApi:RestApi": { single: ["types"] },
    "aws:apigateway/stage:Stage": { renamed: { restApiId: "restApi", deploymentId: "deployment" } },
    "aws:apigateway/vpcLink:VpcLink": { renamed: { targetArns: "targetArn" }, single: ["targetArn"] },
    "aws:apigateway/domainName:DomainName": { single: ["types"] },
    "aws:apigatewayv2/authorizer:Authorizer": { renamed: { audience: "audiences" } },
    "aws:apigatewayv2/routingRule:RoutingRule": { lists: { action: "actions", condition: "conditions" } },
    "aws:apigatewayv2/stage:Stage": { lists: { routeSettings: "routeSettings" } },
    "aws:appsync/api:Api": {
      lists: {
        authProvider: "authProviders",
        connectionAuthMode: "connectionAuthModes",
        defaultPublishAuthMode: "defaultPublishAuthModes",
        defaultSubscribeAuthMode: "defaultSubscribeAuthModes",
      },
      blocks: {
        eventConfigs: "eventConfig",
        cognitoConfigs: "cognitoConfig",
        lambdaAuthorizerConfigs: "lambdaAuthorizerConfig",
        openidConnectConfigs: "openidConnectConfig",
      },
    },
    "aws:appsync/channelNamespace:ChannelNamespace": {
      lists: { publishAuthMode: "publishAuthModes", subscribeAuthMode: "subscribeAuthModes" },
      blocks: { handlerConfigs: "handlerConfigs" },
    },
    "aws:appsync/graphQLApi:GraphQLApi": {
      lists: { additionalAuthenticationProvider: "additionalAuthenticationProviders" },
    },
    "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime": jwtOfAgents,
    "aws:bedrock/agentcoreGateway:AgentcoreGateway": jwtOfAgents,
    "aws:bedrock/agentcoreHarness:AgentcoreHarness": jwtOfAgents,
    "aws:bedrock/agentcoreRegistry:AgentcoreRegistry": jwtOfAgents,
    "aws:cloudfront/distribution:Distribution": {
      lists: {
        origin: "origins",
        originGroup: "originGroups",
        member: "members",
        orderedCacheBehavior: "orderedCacheBehaviors",
        customHeader: "customHeaders",
        functionAssociation: "functionAssociations",
        lambdaFunctionAssociation: "lambdaFunctionAssociations",
        customErrorResponse: "customErrorResponses",
      },
    },
    "aws:cloudfront/vpcOrigin:VpcOrigin": {
      blocks: { vpcOriginEndpointConfigs: "vpcOriginEndpointConfig" },
    },
    "aws:cloudwatch/metricAlarm:MetricAlarm": { lists: { metricQuery: "metricQueries" } },
    "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": { renamed: { logGroupName: "logGroup" } },
    "aws:ec2/securityGroup:SecurityGroup": { lists: { ingress: "ingress", egress: "egress" } },
    "aws:ecs/service:Service": { lists: { loadBalancer: "loadBalancers" } },
    "aws:elb/loadBalancer:LoadBalancer": { lists: { listener: "listeners" } },
    "aws:globalaccelerator/endpointGroup:EndpointGroup": {
      lists: { endpointConfiguration: "endpointConfigurations" },
    },
    "aws:lambda/permission:Permission": { renamed: { functionName: "function" } },
    "aws:lb/listener:Listener": listener,
    "aws:lb/listenerRule:ListenerRule": listener,
    "aws:wafv2/webAcl:WebAcl": { lists: { rule: "rules" } },
    "aws:alb/listener:Listener": listener,
    "aws:alb/listenerRule:ListenerRule": listener,
  } satisfies Record<string, TerraformNames>),
);
