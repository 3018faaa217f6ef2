// What the stand-in provider knows of API Gateway's REST APIs and of what stands in front of them.

/** Properties whose change means another resource (the provider's schemas' `ForceNew`). */
const replacing = {
  "aws:apigateway/apiKey:ApiKey": ["value"],
  "aws:apigateway/authorizer:Authorizer": ["restApi"],
  "aws:apigateway/basePathMapping:BasePathMapping": ["domainName"],
  "aws:apigateway/deployment:Deployment": ["restApi", "triggers", "variables"],
  "aws:apigateway/domainName:DomainName": ["domainName"],
  "aws:apigateway/integration:Integration": [
    "credentials",
    "httpMethod",
    "integrationHttpMethod",
    "resourceId",
    "restApi",
    "type",
  ],
  "aws:apigateway/integrationResponse:IntegrationResponse": [
    "httpMethod",
    "resourceId",
    "restApi",
    "statusCode",
  ],
  "aws:apigateway/method:Method": ["httpMethod", "resourceId", "restApi"],
  "aws:apigateway/methodResponse:MethodResponse": ["httpMethod", "resourceId", "restApi", "statusCode"],
  "aws:apigateway/methodSettings:MethodSettings": ["methodPath", "restApi", "stageName"],
  "aws:apigateway/model:Model": ["contentType", "name", "restApi"],
  "aws:apigateway/requestValidator:RequestValidator": ["restApi"],
  "aws:apigateway/resource:Resource": ["restApi"],
  "aws:apigateway/response:Response": ["responseType", "restApiId"],
  "aws:apigateway/restApiPolicy:RestApiPolicy": ["restApiId"],
  "aws:apigateway/stage:Stage": ["restApi", "stageName"],
  "aws:apigateway/usagePlanKey:UsagePlanKey": ["keyId", "keyType", "usagePlanId"],
  "aws:wafv2/webAcl:WebAcl": ["name", "scope"],
  "aws:wafv2/webAclAssociation:WebAclAssociation": ["resourceArn", "webAclArn"],
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": ["resourceArn"],
};

/** What the provider deletes before it creates the replacement (pulumi/pulumi-aws: `DeleteBeforeReplace`). */
const deletedFirst = ["aws:apigateway/integration:Integration"];

/** What API Gateway refuses to have twice. */
const unique = {
  "aws:apigateway/method:Method": (method) =>
    `Method ${method.httpMethod} already exists for resource ${method.resourceId} of ${method.restApi}`,
  "aws:apigateway/resource:Resource": ({ parentId, pathPart }) =>
    `Another resource with the same parent already has this name: ${parentId} ${pathPart}`,
  "aws:apigateway/stage:Stage": ({ restApi, stageName }) => `Stage ${stageName} of ${restApi} already exists`,
  "aws:apigateway/model:Model": ({ restApi, name }) => `Model name ${name} of ${restApi} already exists`,
  // Each region may have a regional domain of one name.
  "aws:apigateway/domainName:DomainName": ({ domainName }, region) =>
    `The domain name ${domainName} already exists in ${region}`,
};

/** Whether there is a resource of a type with these properties. */
const isThere = (resources, type, wanted) =>
  resources.some(
    (resource) =>
      resource.type === type &&
      Object.entries(wanted).every(([name, value]) => resource.properties[name] === value),
  );
const placeOf = ({ restApi, resourceId, httpMethod }) => ({ restApi, resourceId, httpMethod });

/** Why nothing can be logged: the role is a setting of the account, and REST and WebSocket APIs share it. */
const noLogs = (resources) =>
  resources.some(
    ({ type, properties }) => type === "aws:apigateway/account:Account" && properties.cloudwatchRoleArn,
  )
    ? undefined
    : "CloudWatch Logs role ARN must be set in account settings to enable logging";

/** What API Gateway refuses for want of something else, by what is there. Each answers a sentence, or nothing. */
const refused = {
  "aws:apigateway/restApi:RestApi": ({ securityPolicy = "", endpointAccessMode }) =>
    securityPolicy.startsWith("SecurityPolicy_") && !endpointAccessMode
      ? "Endpoint access mode is required for the specified security policy"
      : undefined,
  "aws:apigateway/domainName:DomainName": ({ securityPolicy = "", mutualTlsAuthentication }) =>
    securityPolicy.startsWith("SecurityPolicy_") && mutualTlsAuthentication
      ? "Mutual TLS is not supported with the specified security policy"
      : undefined,
  "aws:apigateway/resource:Resource": ({ parentId, pathPart }, resources) => {
    const sibling = resources.find(
      ({ type, properties }) =>
        type === "aws:apigateway/resource:Resource" &&
        properties.parentId === parentId &&
        properties.pathPart !== pathPart &&
        properties.pathPart.startsWith("{"),
    );
    return pathPart.startsWith("{") && sibling
      ? `A sibling (${sibling.properties.pathPart}) of this resource already has a variable path part`
      : undefined;
  },
  "aws:apigateway/integration:Integration": (integration, resources) =>
    isThere(resources, "aws:apigateway/method:Method", placeOf(integration))
      ? undefined
      : "Invalid Method identifier specified",
  "aws:apigateway/integrationResponse:IntegrationResponse": (response, resources) =>
    isThere(resources, "aws:apigateway/integration:Integration", placeOf(response)) &&
    isThere(resources, "aws:apigateway/methodResponse:MethodResponse", placeOf(response))
      ? undefined
      : "Invalid mapping expression specified",
  "aws:apigateway/deployment:Deployment": ({ restApi }, resources) => {
    const methods = resources.filter(
      ({ type, properties }) => type === "aws:apigateway/method:Method" && properties.restApi === restApi,
    );
    const isImported = resources.some(({ type, properties }) => /:RestApi$/.test(type) && properties.body);
    if (methods.length === 0 && !isImported) return "The REST API doesn't contain any methods";
    const bare = methods.find(
      ({ properties }) => !isThere(resources, "aws:apigateway/integration:Integration", placeOf(properties)),
    );
    return bare && "No integration defined for method";
  },
  "aws:apigateway/methodSettings:MethodSettings": (
    { restApi, stageName, methodPath, settings },
    resources,
  ) => {
    if (!isThere(resources, "aws:apigateway/stage:Stage", { restApi, stageName })) {
      return "Invalid stage identifier specified";
    }
    if (!/^(\*\/\*|~1[^/]*\/(DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT))$/.test(methodPath)) {
      return `Invalid method setting path: ${methodPath}`;
    }
    return (settings.loggingLevel ?? "OFF") === "OFF" ? undefined : noLogs(resources);
  },
  "aws:apigateway/usagePlanKey:UsagePlanKey": ({ keyId, usagePlanId }, resources) => {
    const stagesOf = (plan) =>
      resources
        .filter(({ id, type }) => type === "aws:apigateway/usagePlan:UsagePlan" && id === plan)
        .flatMap(({ properties }) => properties.apiStages.map(({ apiId, stage }) => `${apiId}/${stage}`));
    const others = resources
      .filter(
        ({ type, properties }) =>
          type === "aws:apigateway/usagePlanKey:UsagePlanKey" && properties.keyId === keyId,
      )
      .flatMap(({ properties }) => stagesOf(properties.usagePlanId));
    return stagesOf(usagePlanId).some((stage) => others.includes(stage))
      ? "A key can't be in two usage plans with the same API stage"
      : undefined;
  },
  "aws:apigateway/stage:Stage": ({ accessLogSettings }, resources) =>
    accessLogSettings === undefined ? undefined : noLogs(resources),
};

/** What tells resources without an id apart: where they are. Whoever deletes what is there deletes the one that was put there last. */
const places = {
  "aws:apigateway/integration:Integration": ["restApi", "resourceId", "httpMethod"],
  "aws:apigateway/integrationResponse:IntegrationResponse": [
    "restApi",
    "resourceId",
    "httpMethod",
    "statusCode",
  ],
  "aws:apigateway/methodSettings:MethodSettings": ["restApi", "stageName", "methodPath"],
  "aws:apigateway/response:Response": ["restApiId", "responseType"],
  "aws:apigateway/restApiPolicy:RestApiPolicy": ["restApiId"],
  // DisassociateWebACL knows the resource alone (https://docs.aws.amazon.com/waf/latest/APIReference/API_DisassociateWebACL.html).
  "aws:wafv2/webAclAssociation:WebAclAssociation": ["resourceArn"],
};

/** What else goes with a resource that is deleted. */
const takenAlong = Object.fromEntries(
  Object.entries(places).map(([type, place]) => [
    type,
    (deleted, other) =>
      other.type === type && place.every((name) => other.properties[name] === deleted[name]),
  ]),
);

/** What API Gateway refuses to delete while something else needs it. Each answers a sentence, or nothing. */
const kept = {
  "aws:apigateway/deployment:Deployment": ({ id }, resources) =>
    isThere(resources, "aws:apigateway/stage:Stage", { deployment: id }) &&
    "Active stages pointing to this deployment must be moved or deleted",
  "aws:apigateway/stage:Stage": ({ stageName }, resources) =>
    resources.some(
      ({ type, properties }) =>
        type === "aws:apigateway/usagePlan:UsagePlan" &&
        (properties.apiStages ?? []).some(({ stage }) => stage === stageName),
    ) && "Stage is associated with usage plans",
  "aws:apigateway/authorizer:Authorizer": ({ id }, resources) =>
    isThere(resources, "aws:apigateway/method:Method", { authorizerId: id }) &&
    "Authorizer is referenced in method",
  "aws:apigateway/requestValidator:RequestValidator": ({ id }, resources) =>
    isThere(resources, "aws:apigateway/method:Method", { requestValidatorId: id }) &&
    "Request validator is referenced in method",
  "aws:apigateway/model:Model": ({ name }, resources) =>
    resources.some(
      ({ type, properties }) =>
        type === "aws:apigateway/method:Method" &&
        Object.values(properties.requestModels ?? {}).includes(name),
    ) && "Cannot delete model, is referenced in method request",
};

/** What a resource keeps of what is there when it is made: a deployment is a snapshot of its API. */
const snapshots = {
  "aws:apigateway/deployment:Deployment": ({ restApi }, resources) =>
    resources.filter(
      ({ type, properties }) =>
        /:(Method|Resource|RestApiPolicy)$/.test(type) &&
        [properties.restApi, properties.restApiId].includes(restApi),
    ),
};

module.exports = { deletedFirst, kept, noLogs, refused, replacing, snapshots, takenAlong, unique };
