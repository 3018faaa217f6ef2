import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { transformed } from "../../override/transform";
import { childName, type RouteKey } from "../../routes/route-key";
import type { PathResources } from "../path-resources";
import { methodOf, pathOf } from "../paths";
import type { Surroundings } from "../surroundings";
import { originsOf, type Preflighted, preflightHeaders, quoted } from "./headers";

/** The answer to the preflights of a path. */
export interface Preflight {
  readonly method: aws.apigateway.Method;
  readonly integration: aws.apigateway.Integration;
  readonly methodResponse: aws.apigateway.MethodResponse;
  readonly integrationResponse: aws.apigateway.IntegrationResponse;
}

export const preflightStatus = "204";
export const preflightRequestTemplate = JSON.stringify({ statusCode: Number(preflightStatus) });
const everyMethod = ["DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"];

/** The paths of routes, each with the methods that pages may call there. */
export function preflightedPaths(keys: readonly RouteKey[]): ReadonlyMap<string, readonly string[]> {
  const methods = new Map<string, readonly string[]>();
  for (const key of keys) {
    const before = methods.get(pathOf(key)) ?? [];
    const own = methodOf(key) === "ANY" ? everyMethod : [methodOf(key)];
    methods.set(pathOf(key), [...new Set([...before, ...own])].sort());
  }
  return methods;
}

/**
 * Makes the answer to a path's preflights. API Gateway gives it itself (`MOCK`), and asks for no authorization: a browser
 * sends a preflight without any, so it would be refused and the page with it.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html
 */
export function makePreflight(
  path: string,
  methods: readonly string[],
  preflighted: Preflighted,
  paths: PathResources,
  { component, api, transform, opts }: Surroundings,
): Preflight {
  const name = childName(component, `OPTIONS ${path}`);
  const place = { restApi: api.id, resourceId: paths.idOf(path), httpMethod: "OPTIONS" };
  const method = new aws.apigateway.Method(
    name,
    transformed(transform.method, "aws:apigateway/method:Method", name, { ...place, authorization: "NONE" }),
    opts,
  );
  const integration = new aws.apigateway.Integration(
    name,
    transformed(transform.integration, "aws:apigateway/integration:Integration", name, {
      ...place,
      type: "MOCK",
      requestTemplates: { "application/json": preflightRequestTemplate },
    }),
    { ...opts, dependsOn: [method] },
  );
  const [origin, ...others] = originsOf(preflighted);
  const headers = {
    "Access-Control-Allow-Origin": origin?.apply(quoted) ?? "",
    ...preflightHeaders(preflighted, methods),
  };
  const methodResponse = new aws.apigateway.MethodResponse(
    name,
    { ...place, statusCode: preflightStatus, responseParameters: inResponse(headers, () => true) },
    { ...opts, dependsOn: [method] },
  );
  const integrationResponse = new aws.apigateway.IntegrationResponse(
    name,
    {
      ...place,
      statusCode: preflightStatus,
      responseParameters: inResponse(headers, (value) => value),
      ...(others.length > 0 && { responseTemplates: { "application/json": originTemplate(others) } }),
    },
    { ...opts, dependsOn: [integration, methodResponse] },
  );
  return { method, integration, methodResponse, integrationResponse };
}

function inResponse<Value, Made>(
  headers: Readonly<Record<string, Value>>,
  make: (value: Value) => Made,
): Record<string, Made> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, make(value)]),
  );
}

/**
 * Names another origin than the first, where one of the others asks: a header can't name several.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html
 */
export function originTemplate(others: readonly pulumi.Output<string>[]): pulumi.Output<string> {
  return pulumi.all([...others]).apply((origins) => {
    const isOne = origins.map((origin) => `$origin == "${origin}"`).join(" || ");
    const override = "#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)";
    return `#set($origin = $input.params("Origin"))\n#if(${isOne})\n${override}\n#end`;
  });
}
