import type {
  IntegrationArgs,
  MethodArgs,
  ResourceArgs,
  RestApiArgs,
  RestApiPutArgs,
} from "@pulumi/aws/apigateway";
import {
  known,
  knownValue,
  type Resource,
  type ResourceOf,
  resourceType,
  type Seen,
  type Stack,
  unknown,
  view,
} from "../../stack";
import {
  type Authentication,
  authorizerIdAlone,
  type Endpoint,
  isNotKnown,
  keyOnly,
  unknownProperty,
} from "../endpoint";
import { foundAt } from "../target";

/** In CloudFormation, the document can be in S3 (`bodyS3Location`), and the API can be a clone (`cloneFrom`). */
export const RestApi = resourceType<RestApiArgs & { bodyS3Location?: object; cloneFrom?: string }>(
  "aws:apigateway/restApi:RestApi",
  {
    name: "reference",
    policy: "document",
    body: "document",
    bodyS3Location: "presence",
    parameters: "deciding word",
    endpointConfiguration: "deciding word",
    disableExecuteApiEndpoint: "deciding word",
    securityPolicy: "deciding word",
    failOnWarnings: "deciding word",
  },
);
export const RestApiPut = resourceType<RestApiPutArgs>("aws:apigateway/restApiPut:RestApiPut", {
  restApiId: "reference",
  body: "document",
  parameters: "deciding word",
  failOnWarnings: "deciding word",
});
export const RestResource = resourceType<ResourceArgs>("aws:apigateway/resource:Resource", {
  pathPart: "deciding word",
  parentId: "reference",
});
/** What CloudFormation and documents write of an integration, within the method or the operation. */
export interface IntegrationSettings {
  type?: string;
  connectionType?: string;
  uri?: string;
  tlsConfig?: { insecureSkipVerification?: boolean };
  cacheKeyParameters?: string[];
  requestParameters?: Readonly<Record<string, string>>;
}
/** In CloudFormation, the integration is a property of the method. */
export const Method = resourceType<MethodArgs & { integration?: IntegrationSettings }>(
  "aws:apigateway/method:Method",
  {
    restApi: "reference",
    resourceId: "reference",
    httpMethod: "deciding word",
    authorization: "deciding word",
    authorizerId: "presence",
    authorizationScopes: "reference",
    apiKeyRequired: "deciding word",
    requestValidatorId: "presence",
    requestModels: "reference",
    integration: "deciding word",
  },
);
export const Integration = resourceType<IntegrationArgs>("aws:apigateway/integration:Integration", {
  restApi: "reference",
  connectionType: "reference",
  cacheKeyParameters: "reference",
  tlsConfig: "reference",
  uri: "reference",
  integrationTarget: "reference",
  requestParameters: "reference",
  resourceId: "reference",
  httpMethod: "deciding word",
  type: "deciding word",
});

type MethodResource = ResourceOf<typeof Method>;

/**
 * The endpoint type of a REST API: EDGE by default. Only PRIVATE isn't reached from the internet.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-endpoint-types.html
 */
export function endpointTypeOf(api: Resource): Seen<string> {
  const { properties } = api;
  const configuration = view<{ endpointConfiguration?: { types?: string } }>(properties).record(
    "endpointConfiguration",
  );
  if (configuration.kind === "absent") return known("EDGE");
  return knownValue(configuration)?.word("types") ?? unknown;
}

/** Authorization types that need an authorizer. API Gateway refuses them without one. */
const namesAnAuthorizer: ReadonlySet<string> = new Set(["CUSTOM", "COGNITO_USER_POOLS"]);

/**
 * Who may call a REST method, as far as the method alone tells. An OPTIONS method without authorization is a
 * `backend-preflight` here: only its integration, which is another resource, says who answers.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_Method.html
 */
export function methodAuthentication(method: MethodResource): Authentication {
  const authorization = method.word("authorization");
  const isOptions = knownValue(method.word("httpMethod")) === "OPTIONS";
  if (authorization.kind === "unknown") {
    return isOptions
      ? { verdict: "backend-preflight", because: isNotKnown("authorization") }
      : { verdict: "undetermined", because: unknownProperty("authorization") };
  }
  // Absent is NONE, the provider's default, which offline sources don't fill in.
  const type = knownValue(authorization) ?? "NONE";
  if (type === "NONE") {
    if (isOptions) return { verdict: "backend-preflight", because: "has authorization NONE" };
    return knownValue(method.flag("apiKeyRequired"))
      ? keyOnly
      : { verdict: "open", because: `has authorization NONE${authorizerIdAlone(method)}` };
  }
  if (namesAnAuthorizer.has(type) && !method.isSet("authorizerId")) {
    return { verdict: "open", because: `has authorization ${type} but names no authorizerId` };
  }
  return { verdict: "authenticated", because: `has authorization ${type}`, isIam: type === "AWS_IAM" };
}

/** `GET /customers/{id}`; only the method if the path can't be computed; undefined if the method isn't known either. */
function methodRoute(stack: Stack, method: MethodResource): string | undefined {
  const httpMethod = knownValue(method.word("httpMethod"));
  const path = pathOf(stack, method);
  return httpMethod && path ? `${httpMethod} ${path}` : httpMethod;
}

/** Every method of the stack's REST APIs. `documentEndpoints` has the operations inside documents. */
export function restEndpoints(stack: Stack): Endpoint[] {
  return stack.of(Method).map((method) => ({
    resource: method,
    route: methodRoute(stack, method),
    authentication: withIntegration(stack, method, methodAuthentication(method)),
    asksForKey: method.flag("apiKeyRequired"),
  }));
}

/**
 * An OPTIONS method is a preflight if a MOCK integration answers it, or if it has no integration, so that nobody answers.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html
 */
function withIntegration(stack: Stack, method: MethodResource, own: Authentication): Authentication {
  if (own.verdict !== "backend-preflight") return own;
  const inMethod = method.record("integration");
  if (inMethod.kind !== "absent") {
    const type = inMethod.kind === "known" ? knownValue(inMethod.value.word("type")) : undefined;
    return type === "MOCK"
      ? answeredByGateway
      : {
          verdict: "backend-preflight",
          because: `${own.because} and reaches the backend of its integration`,
        };
  }
  const location = locationOf(stack, method);
  const integrations = stack.of(Integration).filter((integration) => {
    const sameMethod = knownValue(integration.word("httpMethod"));
    const there = locationOf(stack, integration);
    return (
      (sameMethod === undefined || sameMethod === "OPTIONS") &&
      (location === undefined || there === undefined || there === location)
    );
  });
  const reached = integrations.find((integration) => knownValue(integration.word("type")) !== "MOCK");
  if (!reached) return answeredByGateway;
  return {
    verdict: "backend-preflight",
    because: `${own.because} and reaches the backend of integration "${reached.name}"`,
  };
}

const answeredByGateway: Authentication = {
  verdict: "preflight",
  because: "is answered by the gateway itself",
};

/**
 * The integrations of a method: those with its resource and its HTTP method. Where that isn't known before the deployment, it is the
 * method's if it was made of it.
 */
export function integrationsOf(
  stack: Stack,
  method: MethodResource,
): readonly ResourceOf<typeof Integration>[] {
  const location = locationOf(stack, method);
  if (location === undefined) return [];
  const httpMethod = knownValue(method.word("httpMethod"));
  return stack.of(Integration).filter((integration) => {
    if (locationOf(stack, integration) !== location) return false;
    const own = knownValue(integration.word("httpMethod"));
    if (own !== undefined) return httpMethod === undefined || own === httpMethod;
    const of = stack.madeOf(integration, "httpMethod", Method);
    return of.length === 0 || of.includes(method);
  });
}

/**
 * The URN of the API Gateway resource, or of the API, that a method or an integration belongs to. Of an API that this stack doesn't
 * hold, the ids that the program writes out.
 */
function locationOf(
  stack: Stack,
  resource: Resource<{ resourceId: string; restApi: unknown }>,
): string | undefined {
  const location =
    foundAt(stack.target(resource, "resourceId", RestResource)) ??
    foundAt(stack.target(resource, "resourceId", RestApi));
  const [api, id] = [knownValue(resource.text("restApi")), knownValue(resource.text("resourceId"))];
  return location?.urn ?? (api !== undefined && id !== undefined ? `${api}/${id}` : undefined);
}

function pathOf(stack: Stack, method: MethodResource): string | undefined {
  const first = foundAt(stack.target(method, "resourceId", RestResource));
  if (!first) return foundAt(stack.target(method, "resourceId", RestApi)) ? "/" : undefined;
  const parts: string[] = [];
  const visited = new Set<string>();
  for (let current = first; ; ) {
    const part = knownValue(current.text("pathPart"));
    if (part === undefined || visited.has(current.urn)) return undefined;
    visited.add(current.urn);
    parts.unshift(part);
    const above = foundAt(stack.target(current, "parentId", RestResource));
    if (!above)
      return foundAt(stack.target(current, "parentId", RestApi)) ? `/${parts.join("/")}` : undefined;
    current = above;
  }
}
