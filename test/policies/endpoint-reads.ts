import type { UnknownMeans } from "../../policies/src/rules/rule";

type Reads = Readonly<Record<string, UnknownMeans>>;

/** The provider knows load balancers under two modules. */
const ofLoadBalancers = (module: string): Readonly<Record<string, Reads>> => ({
  [`aws:${module}/loadBalancer:LoadBalancer`]: {
    internal: "reference",
    loadBalancerType: "reference",
    securityGroups: "reference",
    tags: "reference",
  },
  [`aws:${module}/listener:Listener`]: {
    loadBalancerArn: "reference",
    defaultActions: "reference",
    mutualAuthentication: "reference",
    protocol: "reference",
    tags: "reference",
  },
  [`aws:${module}/listenerRule:ListenerRule`]: {
    listenerArn: "reference",
    actions: "reference",
    conditions: "reference",
    tags: "reference",
  },
  [`aws:${module}/targetGroup:TargetGroup`]: { port: "reference", tags: "reference" },
  [`aws:${module}/targetGroupAttachment:TargetGroupAttachment`]: {
    targetGroupArn: "reference",
    targetId: "reference",
    port: "reference",
  },
});

/** OpenSearch and its predecessor have the same properties. */
const ofSearchDomains = (module: string): Readonly<Record<string, Reads>> => ({
  [`aws:${module}/domain:Domain`]: {
    accessPolicies: "document",
    vpcOptions: "reference",
    advancedSecurityOptions: "deciding word",
  },
  [`aws:${module}/domainPolicy:DomainPolicy`]: { accessPolicies: "document", domainName: "reference" },
});

/** The properties that `policies/src/endpoints` reads of each type, and what the unknown means in them. */
export const endpointReads: Readonly<Record<string, Readonly<Record<string, UnknownMeans>>>> = {
  "aws:apigatewayv2/api:Api": {
    protocolType: "deciding word",
    disableExecuteApiEndpoint: "deciding word",
    target: "presence",
    body: "document",
    bodyS3Location: "presence",
    corsConfiguration: "presence",
  },
  "aws:apigatewayv2/route:Route": {
    apiId: "reference",
    routeKey: "deciding word",
    authorizationType: "deciding word",
    authorizerId: "presence",
    authorizationScopes: "reference",
    apiKeyRequired: "deciding word",
  },
  "aws:apigateway/restApi:RestApi": {
    policy: "document",
    body: "document",
    bodyS3Location: "presence",
    parameters: "deciding word",
    endpointConfiguration: "deciding word",
  },
  "aws:apigateway/restApiPut:RestApiPut": {
    restApiId: "reference",
    body: "document",
    parameters: "deciding word",
  },
  "aws:apigateway/resource:Resource": { pathPart: "deciding word", parentId: "reference" },
  "aws:apigateway/method:Method": {
    restApi: "reference",
    resourceId: "reference",
    httpMethod: "deciding word",
    authorization: "deciding word",
    authorizerId: "presence",
    authorizationScopes: "reference",
    apiKeyRequired: "deciding word",
    integration: "deciding word",
  },
  "aws:apigateway/integration:Integration": {
    restApi: "reference",
    connectionType: "reference",
    uri: "reference",
    integrationTarget: "reference",
    requestParameters: "reference",
    resourceId: "reference",
    httpMethod: "deciding word",
    type: "deciding word",
  },
  "aws:cloudformation/stack:Stack": { templateBody: "document", parameters: "deciding word" },
  "aws:cloudformation/stackSet:StackSet": { templateBody: "document", parameters: "deciding word" },
  "aws:cloudcontrol/resource:Resource": { typeName: "document", desiredState: "document" },
  "aws:apigateway/domainName:DomainName": { domainName: "reference", mutualTlsAuthentication: "presence" },
  "aws:apigatewayv2/domainName:DomainName": { domainName: "reference", mutualTlsAuthentication: "presence" },
  "aws:apigateway/basePathMapping:BasePathMapping": {
    restApi: "reference",
    domainName: "reference",
    stageName: "reference",
  },
  "aws:apigatewayv2/apiMapping:ApiMapping": {
    apiId: "reference",
    domainName: "reference",
    stage: "reference",
  },
  "aws:apigatewayv2/routingRule:RoutingRule": { actions: "reference", domainName: "reference" },
  "aws:apigateway/authorizer:Authorizer": {
    restApi: "reference",
    type: "deciding word",
    providerArns: "presence",
    authorizerUri: "presence",
    identitySource: "deciding word",
    identityValidationExpression: "reference",
    authorizerResultTtlInSeconds: "deciding word",
  },
  "aws:apigatewayv2/authorizer:Authorizer": {
    apiId: "reference",
    authorizerType: "deciding word",
    authorizerUri: "presence",
    jwtConfiguration: "reference",
    identitySources: "deciding word",
    authorizerResultTtlInSeconds: "deciding word",
    enableSimpleResponses: "deciding word",
  },
  "aws:lambda/permission:Permission": {
    principal: "reference",
    sourceArn: "reference",
    sourceAccount: "reference",
    principalOrgId: "reference",
    eventSourceToken: "reference",
    action: "deciding word",
    functionUrlAuthType: "deciding word",
    invokedViaFunctionUrl: "deciding word",
    function: "reference",
  },
  "aws:lambda/resourcePolicy:ResourcePolicy": { policy: "document" },
  "aws:apigateway/stage:Stage": {
    restApi: "reference",
    deployment: "reference",
    clientCertificateId: "reference",
  },
  "aws:apigateway/deployment:Deployment": {
    restApi: "reference",
    triggers: "reference",
    variables: "reference",
    stageName: "reference",
    stageDescription: "reference",
  },
  "aws:apigateway/restApiPolicy:RestApiPolicy": { restApiId: "reference", policy: "document" },
  "aws:sqs/queue:Queue": { policy: "document" },
  "aws:sqs/queuePolicy:QueuePolicy": { policy: "document" },
  "aws:sns/topic:Topic": { policy: "document" },
  "aws:sns/topicPolicy:TopicPolicy": { policy: "document" },
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy": { policy: "document" },
  "aws:kinesis/resourcePolicy:ResourcePolicy": { policy: "document" },
  "aws:schemas/registryPolicy:RegistryPolicy": { policy: "document" },
  ...ofSearchDomains("opensearch"),
  ...ofSearchDomains("elasticsearch"),
  "aws:apigateway/vpcLink:VpcLink": { targetArn: "reference" },
  "aws:apigatewayv2/deployment:Deployment": { apiId: "reference", triggers: "reference" },
  "aws:apigatewayv2/stage:Stage": {
    apiId: "reference",
    deploymentId: "reference",
    autoDeploy: "reference",
  },
  "aws:apigatewayv2/integration:Integration": {
    integrationType: "reference",
    connectionType: "reference",
    integrationUri: "reference",
    requestParameters: "reference",
  },
  "aws:cloudfront/distribution:Distribution": {
    origins: "reference",
    originGroups: "reference",
    defaultCacheBehavior: "reference",
    orderedCacheBehaviors: "reference",
    viewerMtlsConfig: "reference",
    webAclId: "reference",
  },
  "aws:cloudfront/vpcOrigin:VpcOrigin": { vpcOriginEndpointConfig: "reference" },
  "aws:globalaccelerator/endpointGroup:EndpointGroup": { endpointConfigurations: "reference" },
  "aws:wafv2/webAclAssociation:WebAclAssociation": { resourceArn: "reference" },
  ...ofLoadBalancers("lb"),
  ...ofLoadBalancers("alb"),
  "aws:ec2/instance:Instance": {
    associatePublicIpAddress: "reference",
    vpcSecurityGroupIds: "reference",
    securityGroups: "reference",
  },
  "aws:ecs/service:Service": { loadBalancers: "reference", networkConfiguration: "reference" },
  "aws:ec2/securityGroup:SecurityGroup": { ingress: "reference" },
  "aws:ec2/securityGroupRule:SecurityGroupRule": {
    securityGroupId: "reference",
    type: "reference",
    protocol: "reference",
    fromPort: "reference",
    toPort: "reference",
    cidrBlocks: "reference",
    ipv6CidrBlocks: "reference",
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    securityGroupId: "reference",
    ipProtocol: "reference",
    fromPort: "reference",
    toPort: "reference",
    cidrIpv4: "reference",
    cidrIpv6: "reference",
  },
  "aws:cognito/userPool:UserPool": {
    adminCreateUserConfig: "deciding word",
    autoVerifiedAttributes: "presence",
    lambdaConfig: "reference",
  },
  "aws:cognito/userPoolClient:UserPoolClient": {
    userPoolId: "reference",
    generateSecret: "deciding word",
    allowedOauthFlows: "deciding word",
    explicitAuthFlows: "deciding word",
    supportedIdentityProviders: "deciding word",
  },
  "aws:lambda/functionUrl:FunctionUrl": { authorizationType: "deciding word" },
  "aws:bedrock/agentcoreGateway:AgentcoreGateway": {
    authorizerType: "deciding word",
    authorizerConfiguration: "reference",
    policyEngineConfiguration: "deciding word",
    interceptorConfigurations: "presence",
  },
  "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime": { authorizerConfiguration: "reference" },
  "aws:bedrock/agentcoreHarness:AgentcoreHarness": { authorizerConfiguration: "reference" },
  "aws:bedrock/agentcoreRegistry:AgentcoreRegistry": {
    authorizerType: "deciding word",
    authorizerConfiguration: "reference",
  },
  "aws:vpclattice/service:Service": { authType: "deciding word" },
  "aws:vpclattice/serviceNetwork:ServiceNetwork": { authType: "deciding word" },
  "aws:vpclattice/serviceNetworkServiceAssociation:ServiceNetworkServiceAssociation": {
    serviceIdentifier: "reference",
    serviceNetworkIdentifier: "reference",
  },
  "aws:vpclattice/authPolicy:AuthPolicy": { resourceIdentifier: "reference", policy: "document" },
  "aws:agentregistry/registry:Registry": { discoveryConfiguration: "reference" },
  "aws:appsync/graphQLApi:GraphQLApi": {
    authenticationType: "deciding word",
    additionalAuthenticationProviders: "deciding word",
    schema: "document",
    visibility: "deciding word",
    openidConnectConfig: "reference",
    userPoolConfig: "reference",
  },
  "aws:appsync/api:Api": { eventConfig: "deciding word" },
  "aws:appsync/channelNamespace:ChannelNamespace": {
    apiId: "reference",
    codeHandlers: "reference",
    handlerConfigs: "reference",
    publishAuthModes: "deciding word",
    subscribeAuthModes: "deciding word",
  },
};

/** What only @pulumi/aws 6 has: there, a deployment makes a stage. */
export const onlyInVersion6: readonly string[] = ["stageName", "stageDescription"];

/** What only CloudFormation's form of a type has; the provider aws knows no such arguments. */
export const onlyInCloudFormation: readonly string[] = ["bodyS3Location", "cloneFrom", "integration"];

/** Types of which it is enough that a resource is there. */
export const judgedByPresence: readonly string[] = [
  "aws:serverlessrepository/cloudFormationStack:CloudFormationStack",
  "aws:servicecatalog/provisionedProduct:ProvisionedProduct",
];
