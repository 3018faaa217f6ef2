const onlyHere = "programs with the provider aws are the only ones read so far";
const withinAnother = (parent: string) => `CloudFormation writes it within ${parent}`;
const sameUnderLb = "the same type as under the module lb, which has the form";

/**
 * The types of the provider aws that rules read and that have no form, with the reason: in aws-native, templates and Cloud
 * Control they are not judged. A test fails for a type that has neither a form nor a reason.
 */
export const withoutForm: Readonly<Record<string, string>> = {
  "aws:alb/listener:Listener": sameUnderLb,
  "aws:alb/listenerRule:ListenerRule": sameUnderLb,
  "aws:alb/loadBalancer:LoadBalancer": sameUnderLb,
  "aws:alb/targetGroup:TargetGroup": sameUnderLb,
  "aws:alb/targetGroupAttachment:TargetGroupAttachment": sameUnderLb,
  "aws:apigateway/integration:Integration": withinAnother("AWS::ApiGateway::Method"),
  "aws:apigateway/restApiPolicy:RestApiPolicy": withinAnother("AWS::ApiGateway::RestApi"),
  "aws:apigateway/restApiPut:RestApiPut": withinAnother("AWS::ApiGateway::RestApi"),
  "aws:cloudcontrol/resource:Resource": "it holds a resource of any type, which is read in that type's form",
  "aws:elasticsearch/domainPolicy:DomainPolicy": withinAnother("AWS::Elasticsearch::Domain"),
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": withinAnother(
    "AWS::ElasticLoadBalancingV2::TargetGroup",
  ),
  "aws:opensearch/domainPolicy:DomainPolicy": withinAnother("AWS::OpenSearchService::Domain"),
  "aws:serverlessrepository/cloudFormationStack:CloudFormationStack":
    "CloudFormation writes it as AWS::Serverless::Application, which is named as unread where templates are read",
  "aws:sns/topicPolicy:TopicPolicy": onlyHere,
  "aws:agentregistry/registry:Registry": onlyHere,
  "aws:apigateway/basePathMapping:BasePathMapping": onlyHere,
  "aws:apigateway/domainName:DomainName": onlyHere,
  "aws:apigateway/vpcLink:VpcLink": onlyHere,
  "aws:apigatewayv2/apiMapping:ApiMapping": onlyHere,
  "aws:apigatewayv2/deployment:Deployment": onlyHere,
  "aws:apigatewayv2/domainName:DomainName": onlyHere,
  "aws:apigatewayv2/integration:Integration": onlyHere,
  "aws:apigatewayv2/routingRule:RoutingRule": onlyHere,
  "aws:apigatewayv2/stage:Stage": onlyHere,
  "aws:bedrock/agentcoreRegistry:AgentcoreRegistry": onlyHere,
  "aws:cloudfront/distribution:Distribution": onlyHere,
  "aws:cloudfront/multitenantDistribution:MultitenantDistribution": onlyHere,
  "aws:cloudfront/originAccessControl:OriginAccessControl": onlyHere,
  "aws:cloudfront/vpcOrigin:VpcOrigin": onlyHere,
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy": onlyHere,
  "aws:ec2/instance:Instance": onlyHere,
  "aws:ec2/securityGroup:SecurityGroup": onlyHere,
  "aws:ec2/securityGroupRule:SecurityGroupRule": onlyHere,
  "aws:ecs/service:Service": onlyHere,
  "aws:elasticsearch/domain:Domain": onlyHere,
  "aws:globalaccelerator/endpointGroup:EndpointGroup": onlyHere,
  "aws:kinesis/resourcePolicy:ResourcePolicy": onlyHere,
  "aws:lambda/resourcePolicy:ResourcePolicy": onlyHere,
  "aws:opensearch/domain:Domain": onlyHere,
  "aws:schemas/registryPolicy:RegistryPolicy": onlyHere,
  "aws:sns/topic:Topic": onlyHere,
  "aws:sqs/queue:Queue": onlyHere,
  "aws:sqs/queuePolicy:QueuePolicy": onlyHere,
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": onlyHere,
  "aws:vpclattice/authPolicy:AuthPolicy": onlyHere,
  "aws:vpclattice/service:Service": onlyHere,
  "aws:vpclattice/serviceNetwork:ServiceNetwork": onlyHere,
  "aws:vpclattice/serviceNetworkServiceAssociation:ServiceNetworkServiceAssociation": onlyHere,
  "aws:wafv2/webAclAssociation:WebAclAssociation": onlyHere,
};
