import { accessPolicies } from "./access-policies";
import { appSync } from "./app-sync";
import { bedrockAgentCore } from "./bedrock-agentcore";
import { cloudWatch } from "./cloudwatch";
import { cognito } from "./cognito";
import { containers } from "./containers";
import { edge } from "./edge";
import { elasticLoadBalancing } from "./elastic-load-balancing";
import type { Form } from "./form";

/** CloudFormation has a list of endpoint types with one element. The provider aws has that element. */
const onlyType = (configuration: unknown): unknown => {
  if (typeof configuration !== "object" || configuration === null) return configuration;
  const { types, ...rest } = configuration as Readonly<Record<string, unknown>>;
  return { ...rest, types: Array.isArray(types) && types.length === 1 ? types[0] : types };
};

const jwtConfiguration = (configuration: unknown): unknown => {
  if (typeof configuration !== "object" || configuration === null) return configuration;
  const { audience, ...rest } = configuration as Readonly<Record<string, unknown>>;
  return { ...rest, ...(audience !== undefined && { audiences: audience }) };
};

/** CloudFormation's `[{ ParameterKey, ParameterValue }]` is a map in the provider aws. */
const parameterMap = (parameters: unknown): unknown =>
  Array.isArray(parameters)
    ? Object.fromEntries(
        parameters.flatMap((parameter: Readonly<Record<string, unknown>> | null) =>
          typeof parameter?.parameterKey === "string"
            ? [[parameter.parameterKey, parameter.parameterValue]]
            : [],
        ),
      )
    : parameters;

/**
 * Every form, by the CloudFormation name of its type.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_ApiGateway.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_ApiGatewayV2.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Cognito.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Lambda.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_ElasticLoadBalancingV2.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_AppSync.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_BedrockAgentCore.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_IAM.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_CloudFront.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_VpcLattice.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Logs.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_CloudWatch.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Events.html
 */
export const forms: ReadonlyMap<string, Form> = new Map(
  Object.entries({
    "AWS::ApiGateway::RestApi": {
      token: "aws:apigateway/restApi:RestApi",
      names: { putRestApiMode: "mode" },
      id: "restApiId",
      values: { endpointConfiguration: onlyType },
    },
    "AWS::ApiGateway::Resource": {
      token: "aws:apigateway/resource:Resource",
      names: { restApi: "restApiId" },
      id: "resourceId",
    },
    "AWS::ApiGateway::Method": {
      token: "aws:apigateway/method:Method",
      names: { restApi: "restApiId", authorization: "authorizationType" },
    },
    "AWS::ApiGateway::Authorizer": {
      token: "aws:apigateway/authorizer:Authorizer",
      names: { restApi: "restApiId" },
      id: "authorizerId",
    },
    "AWS::ApiGateway::Deployment": {
      token: "aws:apigateway/deployment:Deployment",
      names: { restApi: "restApiId" },
      id: "deploymentId",
    },
    "AWS::ApiGateway::Stage": {
      token: "aws:apigateway/stage:Stage",
      names: {
        restApi: "restApiId",
        deployment: "deploymentId",
        accessLogSettings: "accessLogSetting",
        xrayTracingEnabled: "tracingEnabled",
      },
    },
    "AWS::ApiGatewayV2::Api": { token: "aws:apigatewayv2/api:Api", names: {}, id: "apiId" },
    "AWS::ApiGatewayV2::Route": { token: "aws:apigatewayv2/route:Route", names: {}, id: "routeId" },
    "AWS::ApiGatewayV2::Authorizer": {
      token: "aws:apigatewayv2/authorizer:Authorizer",
      names: { identitySources: "identitySource" },
      words: { audiences: "audience" },
      id: "authorizerId",
      values: { jwtConfiguration },
    },
    ...cognito,
    "AWS::Lambda::Url": {
      token: "aws:lambda/functionUrl:FunctionUrl",
      names: { functionName: "targetFunctionArn", authorizationType: "authType" },
    },
    "AWS::Lambda::WebFunctionEndpoint": {
      token: "aws:lambda/functionUrl:FunctionUrl",
      native: false,
      names: { authorizationType: "authType" },
    },
    "AWS::Lambda::Permission": {
      token: "aws:lambda/permission:Permission",
      names: { function: "functionName" },
    },
    ...elasticLoadBalancing,
    ...appSync,
    ...bedrockAgentCore,
    ...accessPolicies,
    ...edge,
    ...containers,
    ...cloudWatch,
    "AWS::CloudFormation::Stack": { token: "aws:cloudformation/stack:Stack", names: {} },
    "AWS::CloudFormation::StackSet": {
      token: "aws:cloudformation/stackSet:StackSet",
      names: {},
      values: { parameters: parameterMap },
    },
    "AWS::ServiceCatalog::CloudFormationProvisionedProduct": {
      token: "aws:servicecatalog/provisionedProduct:ProvisionedProduct",
      names: {},
    },
  } satisfies Record<string, Form>),
);

/** A resource of a type for which the provider aws-native has no class. Cloud Control creates it. */
const extensionResource: Form = {
  token: "aws:cloudcontrol/resource:Resource",
  names: { typeName: "type", desiredState: "properties" },
};

/** The token of `AWS::ApiGatewayV2::Route` is `aws-native:apigatewayv2:Route`: its module is the service in small letters. */
const byNativeToken: ReadonlyMap<string, Form> = new Map([
  ["aws-native:index:ExtensionResource", extensionResource],
  ...[...forms].flatMap(([type, form]): readonly (readonly [string, Form])[] => {
    const [, service = "", name = ""] = type.split("::");
    return form.native === false
      ? []
      : [[form.native ?? `aws-native:${service.toLowerCase()}:${name}`, form]];
  }),
]);

/** The form of a resource of the provider aws-native. Undefined if the rules don't read its type. */
export function nativeForm(token: string): Form | undefined {
  return byNativeToken.get(token);
}

/** Every token of the provider aws-native that has a form. */
export const nativeTokens: readonly string[] = [...byNativeToken.keys()];
