const withinAnother = (parent: string) => `CloudFormation writes it within ${parent}`;
const sameUnderLb = "the same type as under the module lb, which has the form";
const notInCloudFormation = "CloudFormation has no such type, so neither has aws-native";

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
  "aws:apigateway/methodSettings:MethodSettings": withinAnother("AWS::ApiGateway::Stage"),
  "aws:apigateway/restApiPolicy:RestApiPolicy": withinAnother("AWS::ApiGateway::RestApi"),
  "aws:apigateway/restApiPut:RestApiPut": withinAnother("AWS::ApiGateway::RestApi"),
  "aws:bedrock/agentcoreRegistry:AgentcoreRegistry":
    "CloudFormation has it as AWS::AgentRegistry::Registry, which is the form of the provider's newer type",
  "aws:cloudcontrol/resource:Resource": "it holds a resource of any type, which is read in that type's form",
  "aws:cloudfront/multitenantDistribution:MultitenantDistribution":
    "CloudFormation has it as AWS::CloudFront::Distribution, which has the form of Distribution",
  "aws:cloudsearch/domainServiceAccessPolicy:DomainServiceAccessPolicy": notInCloudFormation,
  "aws:cognito/managedUserPoolClient:ManagedUserPoolClient": notInCloudFormation,
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy":
    "CloudFormation's AWS::Events::EventBusPolicy is one statement of it, which EventPermission has the form of",
  "aws:ec2/instance:Instance":
    "it is read as the target of a TargetGroupAttachment, which CloudFormation writes within the target group",
  "aws:ec2/securityGroupRule:SecurityGroupRule":
    "CloudFormation's AWS::EC2::SecurityGroupIngress has the form of SecurityGroupIngressRule",
  "aws:elasticsearch/domainPolicy:DomainPolicy": withinAnother("AWS::Elasticsearch::Domain"),
  "aws:iam/policyAttachment:PolicyAttachment": withinAnother("AWS::IAM::ManagedPolicy"),
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": withinAnother("AWS::IAM::Role"),
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": withinAnother("AWS::IAM::Role"),
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": withinAnother(
    "AWS::ElasticLoadBalancingV2::TargetGroup",
  ),
  "aws:opensearch/domainPolicy:DomainPolicy": withinAnother("AWS::OpenSearchService::Domain"),
  "aws:serverlessrepository/cloudFormationStack:CloudFormationStack":
    "CloudFormation writes it as AWS::Serverless::Application, which is named as unread where templates are read",
  "aws:wafv2/webAclRule:WebAclRule": withinAnother("AWS::WAFv2::WebACL"),
  "aws:wafv2/webAclRuleGroupAssociation:WebAclRuleGroupAssociation": withinAnother("AWS::WAFv2::WebACL"),
};
