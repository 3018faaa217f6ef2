import { isRecord, type RawRecord } from "../stack";
import type { Form } from "./form";

const each = (convert: (given: RawRecord) => unknown) => (list: unknown) =>
  Array.isArray(list) ? list.map((given) => (isRecord(given) ? convert(given) : given)) : list;

/** CloudFormation counts the items of a list: `{ quantity, items }`. */
const items = (given: unknown): unknown => (isRecord(given) ? given.items : given);

/** The provider aws has `{ items }` where CloudFormation lists headers, cookies and query parameters, however deep. */
const withItems = (given: unknown): unknown => {
  if (!isRecord(given)) return given;
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      Array.isArray(value) ? { items: value } : withItems(value),
    ]),
  );
};

const origin = ({ id, originCustomHeaders, ...rest }: RawRecord) => ({
  ...rest,
  originId: id,
  ...(originCustomHeaders !== undefined && { customHeaders: originCustomHeaders }),
});

const originGroups = (groups: unknown): unknown =>
  each(({ id, members, ...rest }) => ({ ...rest, originId: id, members: items(members) }))(items(groups));

/** CloudFormation has a list with one element. */
const first = (list: unknown): unknown => (Array.isArray(list) ? list[0] : list);

/** The ports and addresses of a rule. */
const ingress = ({ cidrIp, cidrIpv6, ipProtocol, ...rest }: RawRecord) => ({
  ...rest,
  protocol: ipProtocol,
  ...(cidrIp !== undefined && { cidrBlocks: [cidrIp] }),
  ...(cidrIpv6 !== undefined && { ipv6CidrBlocks: [cidrIpv6] }),
});

const isEnabled = (word: unknown): unknown => {
  const answers: Readonly<Record<string, boolean>> = { ENABLED: true, DISABLED: false };
  return typeof word === "string" && Object.hasOwn(answers, word) ? answers[word] : word;
};

/** CloudFormation has a map where the provider aws has a list, `{ "GET /a": { DataTraceEnabled: true } }`, whatever the form. */
const inList = (map: unknown, key: string): unknown =>
  isRecord(map)
    ? Object.entries(map).map(([name, settings]) =>
        isRecord(settings)
          ? {
              [key]: name,
              ...Object.fromEntries(
                Object.entries(settings).map(([property, value]) => [
                  property.charAt(0).toLowerCase() + property.slice(1),
                  value,
                ]),
              ),
            }
          : settings,
      )
    : map;

const routeSettings = (map: unknown): unknown => inList(map, "routeKey");

/** The same map for the methods of a usage plan: `{ "/orders/GET": { RateLimit: 5 } }`. */
const apiStages = each(({ throttle, ...rest }) => ({
  ...rest,
  ...(throttle !== undefined && { throttles: inList(throttle, "path") }),
}));

const networkConfiguration = (given: unknown): unknown => {
  const network = isRecord(given) ? given.awsvpcConfiguration : given;
  return isRecord(network) ? { ...network, assignPublicIp: isEnabled(network.assignPublicIp) } : network;
};

/** The types in front of an API and behind it, by their CloudFormation names. */
export const edge: Readonly<Record<string, Form>> = {
  "AWS::ApiGateway::DomainName": { token: "aws:apigateway/domainName:DomainName", names: {} },
  // Of a private API.
  "AWS::ApiGateway::DomainNameV2": { token: "aws:apigateway/domainName:DomainName", names: {} },
  "AWS::ApiGateway::RequestValidator": {
    token: "aws:apigateway/requestValidator:RequestValidator",
    names: { restApi: "restApiId" },
    id: "requestValidatorId",
  },
  "AWS::ApiGateway::UsagePlan": {
    token: "aws:apigateway/usagePlan:UsagePlan",
    names: { throttleSettings: "throttle", quotaSettings: "quota" },
    values: { apiStages },
  },
  "AWS::ApiGateway::BasePathMapping": {
    token: "aws:apigateway/basePathMapping:BasePathMapping",
    names: { restApi: "restApiId", stageName: "stage" },
  },
  "AWS::ApiGateway::VpcLink": {
    token: "aws:apigateway/vpcLink:VpcLink",
    names: { targetArn: "targetArns" },
  },
  "AWS::ApiGatewayV2::DomainName": {
    token: "aws:apigatewayv2/domainName:DomainName",
    names: { domainNameConfiguration: "domainNameConfigurations" },
    values: { domainNameConfiguration: first },
  },
  "AWS::ApiGatewayV2::ApiMapping": { token: "aws:apigatewayv2/apiMapping:ApiMapping", names: {} },
  "AWS::ApiGatewayV2::RoutingRule": {
    token: "aws:apigatewayv2/routingRule:RoutingRule",
    names: { domainName: "domainNameArn" },
  },
  "AWS::ApiGatewayV2::Stage": {
    token: "aws:apigatewayv2/stage:Stage",
    names: { name: "stageName" },
    values: { routeSettings },
  },
  "AWS::ApiGatewayV2::Deployment": {
    token: "aws:apigatewayv2/deployment:Deployment",
    names: {},
    id: "deploymentId",
  },
  "AWS::ApiGatewayV2::Integration": {
    token: "aws:apigatewayv2/integration:Integration",
    names: {},
    id: "integrationId",
  },
  "AWS::VpcLattice::Service": { token: "aws:vpclattice/service:Service", names: {}, id: "awsId" },
  "AWS::VpcLattice::ServiceNetwork": {
    token: "aws:vpclattice/serviceNetwork:ServiceNetwork",
    names: {},
    id: "awsId",
  },
  "AWS::VpcLattice::ServiceNetworkServiceAssociation": {
    token: "aws:vpclattice/serviceNetworkServiceAssociation:ServiceNetworkServiceAssociation",
    names: {},
  },
  "AWS::VpcLattice::AuthPolicy": { token: "aws:vpclattice/authPolicy:AuthPolicy", names: {} },
  "AWS::CloudFront::Distribution": {
    token: "aws:cloudfront/distribution:Distribution",
    names: {},
    words: { orderedCacheBehaviors: "cacheBehaviors" },
    within: "distributionConfig",
    parts: {
      origins: "origins",
      originGroups: "originGroups",
      defaultCacheBehavior: "defaultCacheBehavior",
      orderedCacheBehaviors: "cacheBehaviors",
      viewerMtlsConfig: "viewerMtlsConfig",
      connectionFunctionAssociation: "connectionFunctionAssociation",
      webAclId: "webAclId",
    },
    values: { origins: each(origin), originGroups },
  },
  "AWS::CloudFront::CachePolicy": {
    token: "aws:cloudfront/cachePolicy:CachePolicy",
    names: {},
    id: "awsId",
    within: "cachePolicyConfig",
    parts: {
      minTtl: "minTtl",
      defaultTtl: "defaultTtl",
      maxTtl: "maxTtl",
      parametersInCacheKeyAndForwardedToOrigin: "parametersInCacheKeyAndForwardedToOrigin",
    },
    values: { parametersInCacheKeyAndForwardedToOrigin: withItems },
  },
  "AWS::CloudFront::OriginRequestPolicy": {
    token: "aws:cloudfront/originRequestPolicy:OriginRequestPolicy",
    names: {},
    id: "awsId",
    within: "originRequestPolicyConfig",
    parts: {
      headersConfig: "headersConfig",
      cookiesConfig: "cookiesConfig",
      queryStringsConfig: "queryStringsConfig",
    },
    values: { headersConfig: withItems, cookiesConfig: withItems, queryStringsConfig: withItems },
  },
  "AWS::CloudFront::OriginAccessControl": {
    token: "aws:cloudfront/originAccessControl:OriginAccessControl",
    names: {},
    id: "awsId",
    within: "originAccessControlConfig",
    parts: {
      originAccessControlOriginType: "originAccessControlOriginType",
      signingBehavior: "signingBehavior",
    },
  },
  "AWS::CloudFront::VpcOrigin": { token: "aws:cloudfront/vpcOrigin:VpcOrigin", names: {}, id: "awsId" },
  "AWS::WAFv2::WebACL": { token: "aws:wafv2/webAcl:WebAcl", native: "aws-native:wafv2:WebAcl", names: {} },
  "AWS::WAFv2::WebACLAssociation": {
    token: "aws:wafv2/webAclAssociation:WebAclAssociation",
    native: "aws-native:wafv2:WebAclAssociation",
    names: {},
  },
  "AWS::GlobalAccelerator::EndpointGroup": {
    token: "aws:globalaccelerator/endpointGroup:EndpointGroup",
    names: {},
  },
  "AWS::ECS::Service": {
    token: "aws:ecs/service:Service",
    names: {},
    values: { networkConfiguration },
  },
  "AWS::EC2::SecurityGroup": {
    token: "aws:ec2/securityGroup:SecurityGroup",
    names: { ingress: "securityGroupIngress" },
    id: "groupId",
    values: { ingress: each(ingress) },
  },
  "AWS::EC2::SecurityGroupIngress": {
    token: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    names: { securityGroupId: "groupId", cidrIpv4: "cidrIp", cidrIpv6: "cidrIpv6" },
  },
};
