// What the stand-in provider knows of AWS.

/**
 * Defaults that the real provider fills in during Check, for the resources that the pack judges
 * (hashicorp/terraform-provider-aws internal/service: the schemas' `Default`).
 */
const defaults = require("./aws-defaults.json");

/** Properties whose change means another resource. */
const replacing = {
  "aws:apigatewayv2/route:Route": ["apiId"],
  "aws:apigatewayv2/api:Api": ["protocolType"],
  "aws:apigateway/method:Method": ["httpMethod", "resourceId", "restApi"],
  "aws:cloudwatch/dashboard:Dashboard": ["dashboardName"],
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": ["logGroupName", "name"],
  "aws:cloudwatch/metricAlarm:MetricAlarm": ["name"],
  "aws:cognito/resourceServer:ResourceServer": ["identifier", "userPoolId"],
  "aws:cognito/riskConfiguration:RiskConfiguration": ["clientId", "userPoolId"],
  "aws:cognito/userPool:UserPool": ["aliasAttributes", "usernameAttributes", "usernameConfiguration"],
  "aws:cognito/userPoolClient:UserPoolClient": ["generateSecret", "userPoolId"],
  "aws:cognito/userPoolDomain:UserPoolDomain": ["domain", "userPoolId"],
  "aws:lambda/functionUrl:FunctionUrl": ["functionName"],
};

/** What API Gateway refuses to have twice. */
const unique = {
  "aws:apigatewayv2/route:Route": (route) =>
    `Route with key ${route.routeKey} already exists for API ${route.apiId}`,
  "aws:apigateway/method:Method": (method) =>
    `Method ${method.httpMethod} already exists for resource ${method.resourceId} of ${method.restApi}`,
  "aws:cognito/resourceServer:ResourceServer": ({ identifier, userPoolId }) =>
    `${identifier} already exists in user pool ${userPoolId}`,
  "aws:cognito/userPoolDomain:UserPoolDomain": ({ domain }) => `Domain ${domain} already exists`,
};

/** Scopes that no resource server has to declare. */
const standardScopes = ["openid", "email", "phone", "profile", "aws.cognito.signin.user.admin"];

/** What AWS refuses for want of something else, by what is there. Each answers a sentence, or nothing. */
const refused = {
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

/** What AWS refuses to delete. Each answers a sentence, or nothing. */
const kept = {
  "aws:cognito/userPool:UserPool": ({ deletionProtection }) =>
    deletionProtection === "ACTIVE" ? "The user pool is protected from deletion" : undefined,
};

/** ARNs that components read something out of. */
const arns = {
  "aws:cognito/userPool:UserPool": (id) =>
    `arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_${id}`,
};

/** Types whose name is made up where a program gives none or the beginning of one. */
const named = ["aws:cloudwatch/logGroup:LogGroup"];

module.exports = { arns, defaults, kept, named, refused, replacing, unique };
