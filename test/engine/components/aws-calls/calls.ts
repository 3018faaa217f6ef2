/** The properties of a resource, as a provider gets them. */
export type Properties = Readonly<Record<string, unknown>>;

/** A call of AWS's API. */
export interface Call {
  /** The service's folder in botocore. */
  readonly service: string;
  readonly operation: string;
  readonly request: Properties;
}

/** A resource that is made. */
export interface Made {
  readonly type: string;
  /** Its name in the program, and what AWS or the provider adds to it. */
  readonly id: string;
  readonly inputs: Properties;
}

/**
 * The calls with which a resource is made, as the AWS provider makes them (https://github.com/hashicorp/terraform-provider-aws). Undefined for
 * a type that isn't known here.
 */
export function callsOf({ type, id, inputs }: Made): readonly Call[] | undefined {
  const make = calls[type.replace(/^aws:/, "").replace(/\/.*:/, ":")];
  return make?.(inputs, id);
}

type MakeCalls = (inputs: Properties, id: string) => readonly Call[];

const call = (service: string, operation: string, request: Properties): Call => ({
  service,
  operation,
  request,
});

/** As the members of a request are written in this service: `apiId` is `ApiId`. What it doesn't have stays, and is refused. */
const capitalized = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(capitalized);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [capital(name), capitalized(inner)]),
  );
};
const capital = (name: string) => (spelled[name] ?? name).replace(/^./, (letter) => letter.toUpperCase());

/** Names that AWS spells otherwise than the provider. */
const spelled: Readonly<Record<string, string>> = {
  allowedOauthFlows: "AllowedOAuthFlows",
  allowedOauthFlowsUserPoolClient: "AllowedOAuthFlowsUserPoolClient",
  allowedOauthScopes: "AllowedOAuthScopes",
  callbackUrls: "CallbackURLs",
  logoutUrls: "LogoutURLs",
  attributesRequireVerificationBeforeUpdates: "AttributesRequireVerificationBeforeUpdate",
  cloudwatchMetricsEnabled: "CloudWatchMetricsEnabled",
  okActions: "OKActions",
  webAclArn: "WebACLArn",
};

/** The same with some properties under other names, or left out. */
const members = (inputs: Properties, names: Readonly<Record<string, string | undefined>> = {}): Properties =>
  capitalized(renamed(inputs, names)) as Properties;

function renamed(inputs: Properties, names: Readonly<Record<string, string | undefined>>): Properties {
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([name, value]) => {
      if (!Object.hasOwn(names, name)) return [[name, value]];
      const other = names[name];
      return other === undefined ? [] : [[other, value]];
    }),
  );
}

const keyed = (tags: unknown) =>
  tags === undefined ? undefined : Object.entries(tags as object).map(([Key, Value]) => ({ Key, Value }));
const one = (value: unknown) => (value === undefined ? undefined : [value].flat());

/** The parts of a change that isn't the whole resource. */
const patches = (values: Properties) =>
  Object.entries(values).map(([path, value]) => ({ op: "replace", path, value: String(value) }));

/** A name that Pulumi makes of the resource's, if the program gives none. */
const named = ({ name, namePrefix }: Properties, id: string) => name ?? `${namePrefix ?? ""}${id}`;

/** Cognito's own, which isn't known before the pool is there. */
const somePool = "eu-west-1_a1b2c3d4e";

const rest = (operation: string, request: Properties) => call("apigateway", operation, request);
const ofApi = { restApi: "restApiId" };

const calls: Readonly<Record<string, MakeCalls>> = {
  "acm:Certificate": (inputs) => [
    call("acm", "RequestCertificate", { ...members(inputs, { tags: undefined }), Tags: keyed(inputs.tags) }),
  ],
  // Waits until the certificate is valid.
  "acm:CertificateValidation": () => [],

  "apigateway:Account": ({ cloudwatchRoleArn }) => [
    rest("UpdateAccount", { patchOperations: patches({ "/cloudwatchRoleArn": cloudwatchRoleArn }) }),
  ],
  "apigateway:ApiKey": (inputs, id) => [rest("CreateApiKey", { name: id, ...inputs })],
  "apigateway:Authorizer": (inputs, id) => [
    rest("CreateAuthorizer", {
      name: id,
      ...renamed(inputs, { ...ofApi, providerArns: "providerARNs" }),
    }),
  ],
  "apigateway:BasePathMapping": (inputs) => [
    rest("CreateBasePathMapping", renamed(inputs, { ...ofApi, stageName: "stage" })),
  ],
  "apigateway:Deployment": ({ triggers, ...inputs }) => [rest("CreateDeployment", renamed(inputs, ofApi))],
  "apigateway:DomainName": ({ endpointConfiguration, ...inputs }) => [
    rest("CreateDomainName", { ...inputs, endpointConfiguration: endpoints(endpointConfiguration) }),
  ],
  "apigateway:DomainNameAccessAssociation": (inputs) => [rest("CreateDomainNameAccessAssociation", inputs)],
  "apigateway:Integration": (inputs) => [
    rest("PutIntegration", renamed(inputs, { ...ofApi, timeoutMilliseconds: "timeoutInMillis" })),
  ],
  "apigateway:IntegrationResponse": (inputs) => [rest("PutIntegrationResponse", renamed(inputs, ofApi))],
  "apigateway:Method": (inputs) => [
    rest("PutMethod", renamed(inputs, { ...ofApi, authorization: "authorizationType" })),
  ],
  "apigateway:MethodResponse": (inputs) => [rest("PutMethodResponse", renamed(inputs, ofApi))],
  "apigateway:MethodSettings": ({ restApi, stageName, methodPath, settings }) => [
    rest("UpdateStage", {
      restApiId: restApi,
      stageName,
      patchOperations: patches(
        Object.fromEntries(
          Object.entries(settings as object).map(([name, value]) => [`/${methodPath}/${name}`, value]),
        ),
      ),
    }),
  ],
  "apigateway:Model": (inputs) => [rest("CreateModel", renamed(inputs, ofApi))],
  "apigateway:RequestValidator": (inputs, id) => [
    rest("CreateRequestValidator", { name: id, ...renamed(inputs, ofApi) }),
  ],
  "apigateway:Resource": (inputs) => [rest("CreateResource", renamed(inputs, ofApi))],
  "apigateway:Response": (inputs) => [rest("PutGatewayResponse", inputs)],
  "apigateway:RestApi": ({ body, endpointConfiguration, ...inputs }, id) => [
    rest("CreateRestApi", { name: id, ...inputs, endpointConfiguration: endpoints(endpointConfiguration) }),
    ...(body === undefined ? [] : [rest("PutRestApi", { restApiId: id, mode: "overwrite", body })]),
  ],
  "apigateway:RestApiPolicy": ({ restApiId, policy }) => [
    rest("UpdateRestApi", { restApiId, patchOperations: patches({ "/policy": policy }) }),
  ],
  "apigateway:Stage": ({ accessLogSettings, ...inputs }) => {
    const { restApi, stageName } = inputs;
    const { destinationArn, format } = accessLogSettings as Properties;
    const logs = { "/accessLogSettings/destinationArn": destinationArn, "/accessLogSettings/format": format };
    const names = { ...ofApi, deployment: "deploymentId", xrayTracingEnabled: "tracingEnabled" };
    return [
      rest("CreateStage", renamed(inputs, names)),
      rest("UpdateStage", { restApiId: restApi, stageName, patchOperations: patches(logs) }),
    ];
  },
  "apigateway:UsagePlan": (inputs, id) => [
    rest("CreateUsagePlan", {
      name: id,
      ...renamed(inputs, { quotaSettings: "quota", throttleSettings: "throttle" }),
    }),
  ],
  "apigateway:UsagePlanKey": (inputs) => [rest("CreateUsagePlanKey", inputs)],

  "apigatewayv2:Api": (inputs, id) => [
    call("apigatewayv2", "CreateApi", {
      Name: id,
      ...members(inputs, { tags: undefined }),
      Tags: inputs.tags,
    }),
  ],
  "apigatewayv2:ApiMapping": (inputs) => [call("apigatewayv2", "CreateApiMapping", members(inputs))],
  "apigatewayv2:Authorizer": ({ identitySources, jwtConfiguration, ...inputs }, id) => {
    const { audiences, issuer } = (jwtConfiguration ?? {}) as Properties;
    return [
      call("apigatewayv2", "CreateAuthorizer", {
        Name: id,
        ...members(inputs),
        IdentitySource: identitySources,
        ...(jwtConfiguration !== undefined && { JwtConfiguration: { Audience: audiences, Issuer: issuer } }),
      }),
    ];
  },
  "apigatewayv2:DomainName": ({ domainName, domainNameConfiguration, mutualTlsAuthentication, tags }) => [
    call("apigatewayv2", "CreateDomainName", {
      DomainName: domainName,
      DomainNameConfigurations: [capitalized(domainNameConfiguration)],
      MutualTlsAuthentication: capitalized(mutualTlsAuthentication),
      Tags: tags,
    }),
  ],
  "apigatewayv2:Integration": ({ requestParameters, requestTemplates, ...inputs }) => [
    call("apigatewayv2", "CreateIntegration", {
      ...members(inputs, { timeoutMilliseconds: "timeoutInMillis" }),
      RequestParameters: requestParameters,
      RequestTemplates: requestTemplates,
    }),
  ],
  "apigatewayv2:IntegrationResponse": ({ responseTemplates, ...inputs }) => [
    call("apigatewayv2", "CreateIntegrationResponse", {
      ...members(inputs),
      ResponseTemplates: responseTemplates,
    }),
  ],
  "apigatewayv2:Route": (inputs) => [call("apigatewayv2", "CreateRoute", members(inputs))],
  "apigatewayv2:RouteResponse": (inputs) => [call("apigatewayv2", "CreateRouteResponse", members(inputs))],
  "apigatewayv2:Stage": ({ name, routeSettings, tags, ...inputs }, id) => {
    const settings = ((routeSettings ?? []) as readonly Properties[]).map(({ routeKey, ...others }) => [
      routeKey,
      capitalized(others),
    ]);
    return [
      call("apigatewayv2", "CreateStage", {
        StageName: name ?? id,
        ...members(inputs),
        RouteSettings: Object.fromEntries(settings),
        Tags: tags,
      }),
    ];
  },

  "cloudwatch:Dashboard": (inputs) => [call("cloudwatch", "PutDashboard", members(inputs))],
  "cloudwatch:LogGroup": ({ retentionInDays, name, namePrefix, skipDestroy, ...inputs }, id) => {
    const logGroupName = named({ name, namePrefix }, id);
    return [
      call("logs", "CreateLogGroup", { logGroupName, ...inputs }),
      call("logs", "PutRetentionPolicy", { logGroupName, retentionInDays }),
    ];
  },
  "cloudwatch:LogMetricFilter": ({ metricTransformation, name, pattern, ...inputs }, id) => {
    const {
      name: metricName,
      namespace,
      value,
      defaultValue,
      ...others
    } = metricTransformation as Properties;
    return [
      call("logs", "PutMetricFilter", {
        filterName: name ?? id,
        filterPattern: pattern,
        ...inputs,
        metricTransformations: [
          {
            metricName,
            metricNamespace: namespace,
            metricValue: value,
            // The provider's type is a text.
            ...(defaultValue !== undefined && { defaultValue: Number(defaultValue) }),
            ...others,
          },
        ],
      }),
    ];
  },
  "cloudwatch:MetricAlarm": ({ dimensions, metricQueries, name, tags, ...inputs }, id) => [
    call("cloudwatch", "PutMetricAlarm", {
      AlarmName: name ?? id,
      ...members(inputs),
      ...(dimensions !== undefined && { Dimensions: dimensionsOf(dimensions) }),
      ...(metricQueries !== undefined && {
        Metrics: (metricQueries as readonly Properties[]).map(metricQuery),
      }),
      Tags: keyed(tags),
    }),
  ],
  "cloudwatch:QueryDefinition": (inputs) => [call("logs", "PutQueryDefinition", inputs)],

  "cognito:IdentityProvider": ({ providerDetails, attributeMapping, ...inputs }) => [
    call("cognito-idp", "CreateIdentityProvider", {
      ...members(inputs),
      ProviderDetails: providerDetails,
      AttributeMapping: attributeMapping,
    }),
  ],
  "cognito:ResourceServer": (inputs, id) => [
    call("cognito-idp", "CreateResourceServer", { Name: id, ...members(inputs) }),
  ],
  "cognito:RiskConfiguration": (inputs) => [call("cognito-idp", "SetRiskConfiguration", members(inputs))],
  "cognito:UserPool": (
    { passwordPolicy, softwareTokenMfaConfiguration, mfaConfiguration, ...inputs },
    id,
  ) => [
    call("cognito-idp", "CreateUserPool", {
      PoolName: inputs.name ?? id,
      ...members(inputs, { name: undefined, tags: undefined, schemas: "schema" }),
      ...(passwordPolicy !== undefined && { Policies: { PasswordPolicy: capitalized(passwordPolicy) } }),
      UserPoolTags: inputs.tags,
    }),
    call("cognito-idp", "SetUserPoolMfaConfig", {
      UserPoolId: somePool,
      MfaConfiguration: mfaConfiguration,
      SoftwareTokenMfaConfiguration: capitalized(softwareTokenMfaConfiguration),
    }),
  ],
  "cognito:UserPoolClient": (inputs, id) => [
    call("cognito-idp", "CreateUserPoolClient", {
      ClientName: id,
      ...members(inputs, { name: "clientName" }),
    }),
  ],
  "cognito:UserPoolDomain": ({ certificateArn, ...inputs }) => [
    call("cognito-idp", "CreateUserPoolDomain", {
      ...members(inputs),
      ...(certificateArn !== undefined && { CustomDomainConfig: { CertificateArn: certificateArn } }),
    }),
  ],

  "iam:Role": ({ assumeRolePolicy, forceDetachPolicies, tags, ...inputs }, id) => [
    call("iam", "CreateRole", {
      RoleName: named(inputs, id),
      AssumeRolePolicyDocument: assumeRolePolicy,
      ...members(inputs, { name: undefined, namePrefix: undefined }),
      Tags: keyed(tags),
    }),
  ],
  "iam:RolePolicy": ({ role, policy, ...inputs }, id) => [
    call("iam", "PutRolePolicy", {
      RoleName: role,
      PolicyName: named(inputs, id),
      PolicyDocument: policy,
    }),
  ],
  "iam:RolePolicyAttachment": (inputs) => [
    call("iam", "AttachRolePolicy", members(inputs, { role: "roleName" })),
  ],
  "kms:Key": ({ enableKeyRotation, deletionWindowInDays, tags, ...inputs }, id) => [
    call("kms", "CreateKey", {
      ...members(inputs),
      ...(tags !== undefined && {
        Tags: Object.entries(tags as object).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
      }),
    }),
    ...(enableKeyRotation === true ? [call("kms", "EnableKeyRotation", { KeyId: id })] : []),
  ],
  "lambda:Function": ({ code, tags, ...inputs }, id) => [
    call("lambda", "CreateFunction", {
      FunctionName: id,
      ...members(inputs, { name: "functionName" }),
      Code: { ZipFile: "" },
      Tags: tags,
    }),
  ],
  "lambda:Permission": (inputs, id) => [
    call("lambda", "AddPermission", {
      StatementId: id,
      ...members(inputs, { function: "functionName" }),
    }),
  ],
  "route53:Record": ({ zoneId, name, type, ttl, records, aliases, allowOverwrite, ...routing }) => [
    call("route53", "ChangeResourceRecordSets", {
      HostedZoneId: zoneId,
      ChangeBatch: {
        Changes: [
          {
            Action: allowOverwrite === true ? "UPSERT" : "CREATE",
            ResourceRecordSet: {
              Name: name,
              Type: type,
              TTL: ttl,
              ...(records !== undefined && {
                ResourceRecords: (records as readonly unknown[]).map((Value) => ({ Value })),
              }),
              ...aliasTarget(aliases as readonly Properties[] | undefined),
              ...routingPolicy(routing),
            },
          },
        ],
      },
    }),
  ],
  "wafv2:WebAcl": ({ tags, name, namePrefix, ...inputs }, id) => [
    call("wafv2", "CreateWebACL", {
      Name: named({ name, namePrefix }, id),
      ...members(inputs),
      Tags: keyed(tags),
    }),
  ],
  "wafv2:WebAclAssociation": (inputs) => [call("wafv2", "AssociateWebACL", members(inputs))],
  "wafv2:WebAclLoggingConfiguration": (inputs) => [
    call("wafv2", "PutLoggingConfiguration", { LoggingConfiguration: members(inputs) }),
  ],
};

function endpoints(configuration: unknown): unknown {
  if (configuration === undefined) return undefined;
  const { types, ...others } = configuration as Properties;
  return { types: one(types), ...others };
}

const dimensionsOf = (dimensions: unknown) =>
  Object.entries(dimensions as object).map(([Name, Value]) => ({ Name, Value }));

function metricQuery({ metric, ...query }: Properties): unknown {
  if (metric === undefined) return capitalized(query);
  const { dimensions, metricName, namespace, ...stat } = metric as Properties;
  return {
    ...(capitalized(query) as object),
    MetricStat: {
      ...(capitalized(stat) as object),
      Metric: { Dimensions: dimensionsOf(dimensions), MetricName: metricName, Namespace: namespace },
    },
  };
}

/** A policy is a list of one in the provider. What isn't known here stays, and is refused. */
function routingPolicy({
  failoverRoutingPolicies,
  latencyRoutingPolicies,
  weightedRoutingPolicies,
  ...others
}: Properties): Properties {
  const first = (policies: unknown) => ((policies ?? []) as readonly Properties[])[0];
  return {
    ...members(others),
    Failover: first(failoverRoutingPolicies)?.type,
    Region: first(latencyRoutingPolicies)?.region,
    Weight: first(weightedRoutingPolicies)?.weight,
  };
}

function aliasTarget(aliases: readonly Properties[] | undefined): Properties {
  const [alias] = aliases ?? [];
  if (!alias) return {};
  const { name, zoneId, evaluateTargetHealth } = alias;
  return {
    AliasTarget: { DNSName: name, HostedZoneId: zoneId, EvaluateTargetHealth: evaluateTargetHealth },
  };
}
