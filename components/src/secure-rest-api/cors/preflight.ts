import * as aws from "@pulumi/aws";
import { childName } from "../../child-name";
import { preflightedMethods } from "../../http-method";
import { methodOf, pathOf, type RouteKey } from "../../routes/route-key";
import { makePart, type Part } from "../part";
import type { PathResources } from "../path-resources";
import { withoutParameterNames } from "../paths";
import type { Surroundings } from "../surroundings";
import { originsOf, originTemplate, type Preflighted, preflightHeaders, quoted } from "./headers";

export const preflightStatus = "204";
export const preflightRequestTemplate = JSON.stringify({ statusCode: Number(preflightStatus) });
/**
 * How an answer to a preflight treats bodies. If the API's `binaryMediaTypes` include everything, API Gateway takes the
 * preflight for binary data, can't apply the template to it, and answers 500. As text it can. Elsewhere this changes nothing.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html
 */
export const preflightContentHandling = "CONVERT_TO_TEXT";

/** The methods that pages may call, by path. */
export function preflightedPaths(keys: readonly RouteKey[]): ReadonlyMap<string, readonly string[]> {
  const methods = new Map<string, readonly string[]>();
  for (const key of keys) {
    const before = methods.get(pathOf(key)) ?? [];
    const own = methodOf(key) === "ANY" ? preflightedMethods : [methodOf(key)];
    methods.set(pathOf(key), [...new Set([...before, ...own])].sort());
  }
  return methods;
}

/**
 * Creates the answer to a path's preflights. API Gateway answers itself (`MOCK`), without authorization, because browsers send
 * preflights without credentials.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html
 */
export function makePreflight(
  path: string,
  methods: readonly string[],
  preflighted: Preflighted,
  paths: PathResources,
  { component, api, transform, opts }: Surroundings,
): readonly Part[] {
  const name = childName(component, `OPTIONS ${withoutParameterNames(path)}`);
  const place = { restApi: api.id, resourceId: paths.idOf(path), httpMethod: "OPTIONS" };
  const after = (...parts: readonly Part[]) => ({
    ...opts,
    dependsOn: parts.map(({ resource }) => resource),
  });
  const method = makePart(
    aws.apigateway.Method,
    "aws:apigateway/method:Method",
    name,
    { ...place, authorization: "NONE" },
    { transform: transform.method, opts },
  );
  const integration = makePart(
    aws.apigateway.Integration,
    "aws:apigateway/integration:Integration",
    name,
    {
      ...place,
      type: "MOCK",
      requestTemplates: { "application/json": preflightRequestTemplate },
      contentHandling: preflightContentHandling,
    },
    { transform: transform.integration, opts: after(method) },
  );
  const [origin, ...others] = originsOf(preflighted);
  const headers = {
    "Access-Control-Allow-Origin": origin?.apply(quoted) ?? "",
    ...preflightHeaders(preflighted, methods),
  };
  const methodResponse = makePart(
    aws.apigateway.MethodResponse,
    "aws:apigateway/methodResponse:MethodResponse",
    name,
    { ...place, statusCode: preflightStatus, responseParameters: inResponse(headers, () => true) },
    { transform: transform.methodResponse, opts: after(method) },
  );
  const integrationResponse = makePart(
    aws.apigateway.IntegrationResponse,
    "aws:apigateway/integrationResponse:IntegrationResponse",
    name,
    {
      ...place,
      statusCode: preflightStatus,
      contentHandling: preflightContentHandling,
      responseParameters: inResponse(headers, (value) => value),
      ...(others.length > 0 && { responseTemplates: { "application/json": originTemplate(others) } }),
    },
    { transform: transform.integrationResponse, opts: after(integration, methodResponse) },
  );
  return [method, integration, methodResponse, integrationResponse];
}

function inResponse<Value, Made>(
  headers: Readonly<Record<string, Value>>,
  make: (value: Value) => Made,
): Record<string, Made> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, make(value)]),
  );
}
