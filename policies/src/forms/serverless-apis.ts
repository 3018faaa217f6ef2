import { isRecord, isUnknown, own, type RawRecord, unknownValue } from "../stack";
import type { TemplateResource } from "./template-resource";

/**
 * A WebSocket API and its routes. Its `Auth` applies to `$connect`. The transform treats any other spelling of a type as NONE.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-websocketapi.html
 */
export function webSocketApiOf(api: TemplateResource): readonly TemplateResource[] {
  const routes = own(api.properties, "Routes");
  const keys = isRecord(routes) ? Object.keys(routes) : [unknownValue];
  return [
    { ...api, type: "AWS::ApiGatewayV2::Api", properties: { ProtocolType: "WEBSOCKET" } },
    ...keys.map((key) => {
      const route = isRecord(routes) ? own(routes, key) : undefined;
      const properties = isRecord(route) ? route : {};
      return {
        logicalId: `${api.logicalId}.${isUnknown(key) ? "Routes" : key}`,
        type: "AWS::ApiGatewayV2::Route",
        properties: {
          ApiId: unknownValue,
          RouteKey: key,
          ApiKeyRequired: own(properties, "ApiKeyRequired"),
          ...connectAuthorization(own(api.properties, "Auth")),
        },
        written: {},
        references: { ApiId: [api.logicalId] },
      };
    }),
  ];
}

function connectAuthorization(auth: unknown): RawRecord {
  const type = isRecord(auth) ? own(auth, "AuthType") : auth;
  if (isUnknown(type)) return { AuthorizationType: unknownValue };
  if (type === "AWS_IAM") return { AuthorizationType: type };
  return type === "CUSTOM"
    ? { AuthorizationType: type, AuthorizerId: unknownValue }
    : { AuthorizationType: "NONE" };
}

/**
 * The custom domain that the transform creates for an API.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-domainconfiguration.html
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-httpapi-httpapidomainconfiguration.html
 */
export function domainOf(api: TemplateResource, settings: RawRecord): readonly TemplateResource[] {
  const domain = own(settings, "Domain");
  if (!isRecord(domain)) return [];
  const isRest = api.type === "AWS::Serverless::Api";
  const policy = chosen(domain, ["SecurityPolicy"]);
  return [
    {
      logicalId: `${api.logicalId}.Domain`,
      type: isRest ? "AWS::ApiGateway::DomainName" : "AWS::ApiGatewayV2::DomainName",
      properties: {
        ...chosen(domain, ["DomainName"]),
        ...(isRest ? policy : { DomainNameConfigurations: [policy] }),
      },
      written: {},
      references: {},
    },
  ];
}

/**
 * The usage plan that the transform creates for an API. One that several APIs share may stand with any of them.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-apiusageplan.html
 */
export function usagePlanOf(api: TemplateResource, settings: RawRecord): readonly TemplateResource[] {
  const auth = own(settings, "Auth");
  const plan = isRecord(auth) ? own(auth, "UsagePlan") : undefined;
  if (!isRecord(plan) || own(plan, "CreateUsagePlan") === "NONE") return [];
  const isShared = own(plan, "CreateUsagePlan") !== "PER_API";
  return [
    {
      logicalId: `${api.logicalId}.UsagePlan`,
      type: "AWS::ApiGateway::UsagePlan",
      properties: {
        ...chosen(plan, ["Quota", "Throttle"]),
        ApiStages: isShared ? unknownValue : [{ ApiId: unknownValue, Stage: unknownValue }],
      },
      written: {},
      references: isShared ? {} : { ApiStages: [api.logicalId, `${api.logicalId}.Stage`] },
    },
  ];
}

/**
 * The model of an event's bodies. Without `ValidateBody`, the transform creates no validator for it.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-requestmodel.html
 */
export function requestModelOf(event: RawRecord): RawRecord {
  const given = own(event, "RequestModel");
  if (isUnknown(given)) return { RequestModels: given, RequestValidatorId: unknownValue };
  const model = isRecord(given) ? own(given, "Model") : undefined;
  if (!isRecord(given) || model === undefined) return {};
  const validates = own(given, "ValidateBody");
  const isOff = validates === undefined || validates === false || validates === "false";
  return {
    RequestModels: { "application/json": model },
    ...(!isOff && { RequestValidatorId: unknownValue }),
  };
}

/** Those of the properties that are set. */
export function chosen(properties: RawRecord, names: readonly string[]): RawRecord {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = own(properties, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-graphqlapi.html */
export function graphqlApiOf(api: TemplateResource): TemplateResource {
  const auth = own(api.properties, "Auth");
  const typeOf = (provider: unknown) => (isRecord(provider) ? own(provider, "Type") : provider);
  const additional = isRecord(auth) ? own(auth, "Additional") : undefined;
  const schema = own(api.properties, "SchemaInline");
  return {
    ...api,
    type: "AWS::AppSync::GraphQLApi",
    properties: {
      AuthenticationType: typeOf(auth),
      ...(additional !== undefined && {
        AdditionalAuthenticationProviders: Array.isArray(additional)
          ? additional.map((provider) => ({ AuthenticationType: typeOf(provider) }))
          : additional,
      }),
      ...(schema !== undefined && { Schema: schema }),
      ...logConfigOf(own(api.properties, "Logging")),
    },
  };
}

/** The transform turns the log on unless `Logging` is false. */
function logConfigOf(logging: unknown): RawRecord {
  if (logging === false || logging === "false") return {};
  return { LogConfig: logging ?? { FieldLogLevel: "ALL", ExcludeVerboseContent: true } };
}

/** @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-webfunction.html */
export function webFunctionEndpointOf(webFunction: TemplateResource, settings: RawRecord): TemplateResource {
  return {
    ...webFunction,
    type: "AWS::Lambda::WebFunctionEndpoint",
    properties: { AuthType: own(settings, "AuthType") },
  };
}
