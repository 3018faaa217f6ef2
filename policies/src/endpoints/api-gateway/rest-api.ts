import type {
  IntegrationArgs,
  MethodArgs,
  ResourceArgs,
  RestApiArgs,
  RestApiPutArgs,
} from "@pulumi/aws/apigateway";
import { knownValue, type Resource, type ResourceOf, resourceType, type Stack } from "../../stack";
import type { Authentication, Endpoint } from "../endpoint";

/** CloudFormation can take the document from S3, and all of it from another API. */
export const RestApi = resourceType<RestApiArgs & { bodyS3Location?: object; cloneFrom?: string }>(
  "aws:apigateway/restApi:RestApi",
  {
    policy: "document",
    body: "document",
    bodyS3Location: "presence",
    parameters: "deciding word",
    endpointConfiguration: "deciding word",
  },
);
export const RestApiPut = resourceType<RestApiPutArgs>("aws:apigateway/restApiPut:RestApiPut", {
  restApiId: "reference",
  body: "document",
  parameters: "deciding word",
});
export const RestResource = resourceType<ResourceArgs>("aws:apigateway/resource:Resource", {
  pathPart: "deciding word",
  parentId: "reference",
});
/** CloudFormation writes the integration into its method. */
export const Method = resourceType<MethodArgs & { integration?: { type?: string } }>(
  "aws:apigateway/method:Method",
  {
    restApi: "reference",
    resourceId: "reference",
    httpMethod: "deciding word",
    authorization: "deciding word",
    authorizerId: "presence",
    authorizationScopes: "reference",
    apiKeyRequired: "deciding word",
    integration: "deciding word",
  },
);
export const Integration = resourceType<IntegrationArgs>("aws:apigateway/integration:Integration", {
  restApi: "reference",
  connectionType: "reference",
  uri: "reference",
  integrationTarget: "reference",
  requestParameters: "reference",
  resourceId: "reference",
  httpMethod: "deciding word",
  type: "deciding word",
});

type MethodResource = ResourceOf<typeof Method>;

/** Authorization types that name an authorizer; API Gateway refuses them without one. */
const namesAnAuthorizer: ReadonlySet<string> = new Set(["CUSTOM", "COGNITO_USER_POOLS"]);

/**
 * Who may call a REST method, as far as the method alone tells. An OPTIONS without authorization is
 * `backend-preflight` here: only its integration, another resource, says who answers.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_Method.html
 */
export function methodAuthentication(method: MethodResource): Authentication {
  const authorization = method.word("authorization");
  const isOptions = knownValue(method.word("httpMethod")) === "OPTIONS";
  if (authorization.kind === "unknown") {
    return isOptions
      ? {
          verdict: "backend-preflight",
          because: "has an authorization that is not known before the deployment",
        }
      : {
          verdict: "undetermined",
          because: "has an authorization that is not known before the deployment: write it as a plain string",
        };
  }
  // Absent is NONE: offline sources don't fill the provider's default in.
  const type = knownValue(authorization) ?? "NONE";
  if (type === "NONE") {
    if (isOptions) return { verdict: "backend-preflight", because: "has authorization NONE" };
    return knownValue(method.flag("apiKeyRequired"))
      ? {
          verdict: "key-only",
          because: "asks for an API key only, which identifies a client but authenticates nobody",
        }
      : { verdict: "open", because: "has authorization NONE" };
  }
  if (namesAnAuthorizer.has(type) && !method.isSet("authorizerId")) {
    return { verdict: "open", because: `has authorization ${type} but names no authorizerId` };
  }
  return { verdict: "authenticated", because: `has authorization ${type}`, isIam: type === "AWS_IAM" };
}

/** `GET /customers/{id}`, or the method alone where the path can't be worked out, or undefined where not even that. */
function methodRoute(stack: Stack, method: MethodResource): string | undefined {
  const httpMethod = knownValue(method.word("httpMethod"));
  const path = pathOf(stack, method);
  return httpMethod && path ? `${httpMethod} ${path}` : httpMethod;
}

/** Every method of the stack's REST APIs. Those inside a document are in `documentEndpoints`. */
export function restEndpoints(stack: Stack): Endpoint[] {
  return stack.of(Method).map((method) => ({
    resource: method,
    route: methodRoute(stack, method),
    authentication: withIntegration(stack, method, methodAuthentication(method)),
  }));
}

/**
 * An OPTIONS that a MOCK integration answers is a preflight; so is one without any integration, which answers nobody.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html
 */
function withIntegration(stack: Stack, method: MethodResource, own: Authentication): Authentication {
  if (own.verdict !== "backend-preflight") return own;
  const inMethod = method.record("integration");
  if (inMethod.kind !== "absent") {
    const type = inMethod.kind === "known" ? knownValue(inMethod.value.word("type")) : undefined;
    return type === "MOCK"
      ? { verdict: "preflight", because: "is answered by the gateway itself" }
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
  if (!reached) return { verdict: "preflight", because: "is answered by the gateway itself" };
  return {
    verdict: "backend-preflight",
    because: `${own.because} and reaches the backend of integration "${reached.name}"`,
  };
}

/** The URN of the API Gateway resource that a method or an integration belongs to. */
function locationOf(stack: Stack, part: Resource<{ resourceId: string }>): string | undefined {
  for (const type of [RestResource, RestApi]) {
    const target = stack.target(part, "resourceId", type);
    if (target.kind === "found") return target.resource.urn;
  }
  return undefined;
}

function pathOf(stack: Stack, method: MethodResource): string | undefined {
  const first = stack.target(method, "resourceId", RestResource);
  if (first.kind !== "found") {
    return stack.target(method, "resourceId", RestApi).kind === "found" ? "/" : undefined;
  }
  const parts: string[] = [];
  const visited = new Set<string>();
  for (let current = first.resource; ; ) {
    const part = knownValue(current.text("pathPart"));
    if (part === undefined || visited.has(current.urn)) return undefined;
    visited.add(current.urn);
    parts.unshift(part);
    const above = stack.target(current, "parentId", RestResource);
    if (above.kind !== "found") {
      return stack.target(current, "parentId", RestApi).kind === "found" ? `/${parts.join("/")}` : undefined;
    }
    current = above.resource;
  }
}
