// What the stand-in provider knows of AWS.

/**
 * Defaults that the real provider fills in during Check, for the resources that the pack judges
 * (hashicorp/terraform-provider-aws internal/service: the schemas' `Default`).
 */
const defaults = require("./aws-defaults.json");
const restApi = require("./aws-rest-api");

/** Properties whose change means another resource (the same schemas' `ForceNew`). */
const replacing = {
  ...restApi.replacing,
  "aws:apigatewayv2/route:Route": ["apiId"],
  "aws:apigatewayv2/routeResponse:RouteResponse": ["apiId", "routeId"],
  "aws:apigatewayv2/api:Api": ["credentialsArn", "protocolType", "routeKey", "target"],
  "aws:apigatewayv2/apiMapping:ApiMapping": ["domainName"],
  "aws:apigatewayv2/authorizer:Authorizer": ["apiId"],
  "aws:apigatewayv2/domainName:DomainName": ["domainName"],
  "aws:apigatewayv2/integration:Integration": [
    "apiId",
    "integrationType",
    "integrationSubtype",
    "connectionType",
  ],
  "aws:apigatewayv2/integrationResponse:IntegrationResponse": ["apiId", "integrationId"],
  "aws:apigatewayv2/stage:Stage": ["apiId", "name"],
  "aws:acm/certificate:Certificate": ["domainName", "validationMethod"],
  "aws:acm/certificateValidation:CertificateValidation": ["certificateArn", "validationRecordFqdns"],
  "aws:cloudwatch/dashboard:Dashboard": ["dashboardName"],
  "aws:cloudwatch/logGroup:LogGroup": ["name", "namePrefix"],
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": ["logGroupName", "name"],
  "aws:cloudwatch/metricAlarm:MetricAlarm": ["name"],
  "aws:cognito/resourceServer:ResourceServer": ["identifier", "userPoolId"],
  "aws:cognito/riskConfiguration:RiskConfiguration": ["clientId", "userPoolId"],
  "aws:cognito/userPool:UserPool": ["aliasAttributes", "usernameAttributes", "usernameConfiguration"],
  "aws:cognito/userPoolClient:UserPoolClient": ["generateSecret", "userPoolId"],
  "aws:cognito/userPoolDomain:UserPoolDomain": ["domain", "userPoolId"],
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": ["role", "policyArn"],
  "aws:lambda/functionUrl:FunctionUrl": ["functionName"],
  "aws:lambda/permission:Permission": [
    "action",
    "function",
    "principal",
    "qualifier",
    "sourceAccount",
    "sourceArn",
  ],
  "aws:route53/record:Record": ["name", "type", "zoneId"],
};

/** Types whose name the provider makes up where a program gives none or the beginning of one. */
const named = [
  "aws:apigateway/restApi:RestApi",
  "aws:cloudwatch/logGroup:LogGroup",
  "aws:iam/role:Role",
  "aws:lambda/function:Function",
];

/** What AWS refuses to have twice. */
const unique = {
  ...restApi.unique,
  "aws:apigatewayv2/route:Route": (route) =>
    `Route with key ${route.routeKey} already exists for API ${route.apiId}`,
  "aws:apigatewayv2/stage:Stage": (stage) => `Stage ${stage.name} already exists for API ${stage.apiId}`,
  "aws:apigatewayv2/domainName:DomainName": ({ domainName }, region) =>
    `The domain name ${domainName} already exists in ${region}`,
  "aws:apigatewayv2/apiMapping:ApiMapping": ({ domainName, apiMappingKey = "" }) =>
    `ApiMapping key "${apiMappingKey}" already exists for domain ${domainName}`,
  "aws:cognito/resourceServer:ResourceServer": ({ identifier, userPoolId }) =>
    `${identifier} already exists in user pool ${userPoolId}`,
  "aws:cognito/userPoolDomain:UserPoolDomain": ({ domain }) => `Domain ${domain} already exists`,
  // Records with a routing policy are told apart by their set identifiers.
  "aws:route53/record:Record": ({ allowOverwrite, zoneId, name, type, setIdentifier = "" }) =>
    allowOverwrite ? undefined : `record ${type} ${name} ${setIdentifier} of zone ${zoneId} already exists`,
};

const some = (resources, type, isIt) =>
  resources.some((resource) => resource.type === type && isIt(resource.properties));

/** Scopes that no resource server has to declare. */
const standardScopes = ["openid", "email", "phone", "profile", "aws.cognito.signin.user.admin"];

/** What AWS refuses for want of something else, by what is there. Each answers a sentence, or nothing. */
const refused = {
  ...restApi.refused,
  "aws:apigatewayv2/stage:Stage": ({ apiId, routeSettings = [], defaultRouteSettings }, resources) => {
    const isThere = (key) =>
      some(resources, "aws:apigatewayv2/route:Route", (it) => it.apiId === apiId && it.routeKey === key);
    const missing = routeSettings.find(({ routeKey }) => !isThere(routeKey));
    if (missing) return `Unable to find Route by key ${missing.routeKey} within the provided RouteSettings`;
    return defaultRouteSettings?.loggingLevel ? restApi.noLogs(resources) : undefined;
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": ({ threshold, thresholdMetricId, metricQueries = [] }) => {
    if ((threshold === undefined) === (thresholdMetricId === undefined)) {
      return "Either Threshold or ThresholdMetricId must be set";
    }
    const returned = metricQueries.filter(({ returnData }) => returnData).length;
    const expected = metricQueries.length === 0 ? 0 : thresholdMetricId === undefined ? 1 : 2;
    return returned === expected ? undefined : "Exactly one element of the metrics list should return data";
  },
  "aws:cognito/userPool:UserPool": ({ userPoolAddOns, userPoolTier, mfaConfiguration, ...pool }) => {
    if (userPoolAddOns?.advancedSecurityMode === "ENFORCED" && userPoolTier !== "PLUS") {
      return "Threat protection needs the PLUS tier";
    }
    const hasFactor = pool.softwareTokenMfaConfiguration?.enabled || pool.smsConfiguration;
    return mfaConfiguration === "OFF" || hasFactor ? undefined : "MFA needs a second factor";
  },
  "aws:cognito/userPoolClient:UserPoolClient": (client, resources) => {
    const declared = resources
      .filter(({ type }) => type === "aws:cognito/resourceServer:ResourceServer")
      .filter(({ properties }) => properties.userPoolId === client.userPoolId)
      .flatMap(({ properties }) =>
        properties.scopes.map(({ scopeName }) => `${properties.identifier}/${scopeName}`),
      );
    const { allowedOauthScopes = [], allowedOauthFlows = [], explicitAuthFlows = [] } = client;
    const missing = allowedOauthScopes.find((scope) => ![...standardScopes, ...declared].includes(scope));
    if (missing) return `Invalid scope requested: ${missing}`;
    if (allowedOauthFlows.includes("client_credentials") && !client.generateSecret) {
      return "client_credentials flow can not be selected if client does not have a client secret";
    }
    return client.refreshTokenRotation && explicitAuthFlows.includes("ALLOW_REFRESH_TOKEN_AUTH")
      ? "Refresh token rotation excludes ALLOW_REFRESH_TOKEN_AUTH"
      : undefined;
  },
};

/** What AWS refuses to delete, by what is there. Each answers a sentence, or nothing. */
const kept = {
  ...restApi.kept,
  "aws:apigatewayv2/integration:Integration": ({ id }, resources) =>
    some(resources, "aws:apigatewayv2/route:Route", (it) => it.target === `integrations/${id}`) &&
    `Integration ${id} is referenced by a Route`,
  "aws:apigatewayv2/authorizer:Authorizer": ({ id }, resources) =>
    some(resources, "aws:apigatewayv2/route:Route", (it) => it.authorizerId === id) &&
    `Authorizer ${id} is referenced by a Route`,
  "aws:cognito/userPool:UserPool": ({ deletionProtection }) =>
    deletionProtection === "ACTIVE" && "The user pool is protected from deletion",
};

/** ARNs that components read something out of. */
const arns = {
  "aws:cognito/userPool:UserPool": (id, region) =>
    `arn:aws:cognito-idp:${region}:123456789012:userpool/${id}`,
  "aws:iam/role:Role": (id) => `arn:aws:iam::123456789012:role/${id}`,
};

/** Ids that have a form of their own. They end with the number, too. */
const ids = {
  "aws:cognito/userPool:UserPool": (id, region) => `${region}_${id.replace(/[^0-9A-Za-z]/g, "")}`,
};

/** What AWS adds within a property, or answers in another form than a text. */
const answered = {
  "aws:acm/certificate:Certificate": ({ domainName }) => ({
    domainValidationOptions: [
      {
        domainName,
        resourceRecordName: `_validate.${domainName}`,
        resourceRecordType: "CNAME",
        resourceRecordValue: "_proof.acm-validations.aws",
      },
    ],
  }),
  // https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html
  "aws:cognito/userPoolDomain:UserPoolDomain": () => ({ cloudfrontDistributionZoneId: "Z2FDTNDATAQYW2" }),
  "aws:apigatewayv2/domainName:DomainName": ({ domainName, domainNameConfiguration }) => ({
    domainNameConfiguration: {
      ...domainNameConfiguration,
      targetDomainName: `regional.${domainName}`,
      hostedZoneId: "Z0EXAMPLE",
    },
  }),
};

const { deletedFirst, snapshots, takenAlong } = restApi;

module.exports = {
  answered,
  arns,
  defaults,
  deletedFirst,
  ids,
  kept,
  named,
  refused,
  replacing,
  snapshots,
  takenAlong,
  unique,
};
