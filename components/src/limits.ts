import { type InputProblem, wholeNumberProblems } from "./input-problems";

/** A limit of AWS. The checks and the components' pages read the same tables. */
export interface Limit {
  /** What it limits: `integrations of an HTTP API`. */
  readonly what: string;
  readonly most: number;
  /** Whether AWS raises it on request. If so, exceeding it is a warning: AWS may have raised it. */
  readonly isRaisable: boolean;
  /** The most that any account can have, if AWS or its provider says so. Default: unknown. */
  readonly mostRaised?: number;
  /** The page of AWS. */
  readonly source: string;
}

const gateway = "https://docs.aws.amazon.com/apigateway/latest/developerguide";
const httpQuotas = `${gateway}/http-api-quotas.html`;
const httpRoutes = "https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes.html";
const cognitoApi = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference";
const restQuotas = `${gateway}/api-gateway-execution-service-limits-table.html`;
const webSocketQuotas = `${gateway}/apigateway-execution-service-websocket-limits-table.html`;

function limit(what: string, most: number, source: string): Limit {
  return { what, most, source, isRaisable: false };
}

function quota(what: string, most: number, source: string): Limit {
  return { what, most, source, isRaisable: true };
}

export const httpLimits = {
  routes: quota("routes of an HTTP API", 300, httpQuotas),
  integrations: limit("integrations of an HTTP API, one for each route", 300, httpQuotas),
  authorizers: quota("authorizers of an HTTP API", 10, httpQuotas),
  audiences: limit("audiences or client ids of an authorizer", 50, httpQuotas),
  scopes: limit("scopes of a route of an HTTP API", 10, httpQuotas),
  scopeLength: limit("characters of a scope of a route", 64, httpRoutes),
  timeout: limit("milliseconds that an HTTP API waits for a handler", 30_000, httpQuotas),
  stages: quota("stages of an HTTP API", 10, httpQuotas),
} satisfies Limits;

export const restLimits = {
  resources: quota("resources of a REST API, one for each segment of a path", 300, restQuotas),
  authorizers: quota("authorizers of a REST API", 10, restQuotas),
  resourcePolicy: quota("characters of a REST API's resource policy", 8192, restQuotas),
  timeout: {
    ...quota("milliseconds that a regional or private REST API waits for a handler", 29_000, restQuotas),
    // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/api_gateway_integration
    mostRaised: 300_000,
  },
  streamTimeout: limit(
    "milliseconds that a REST API streams an answer",
    900_000,
    `${gateway}/response-transfer-mode.html`,
  ),
  stages: quota("stages of a REST API", 10, restQuotas),
  usagePlans: quota("usage plans of an account in a region", 300, restQuotas),
  apiKeys: limit("API keys of an account in a region", 10_000, restQuotas),
} satisfies Limits;

export const eventLimits = {
  detailType: limit(
    "characters of an event's type",
    128,
    "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html",
  ),
} satisfies Limits;

export const webSocketLimits = {
  routes: quota("routes of a WebSocket API", 300, webSocketQuotas),
  integrations: quota("integrations of a WebSocket API, one for each route", 300, webSocketQuotas),
  timeout: limit("milliseconds that a WebSocket API waits for a handler", 29_000, webSocketQuotas),
  stages: quota("stages of a WebSocket API", 10, webSocketQuotas),
} satisfies Limits;

export const domainLimits = {
  basePath: limit("characters of a base path", 300, `${gateway}/rest-api-mappings.html`),
  deepMappings: limit("base paths of several segments on a domain", 200, `${gateway}/rest-api-mappings.html`),
} satisfies Limits;

export const functionLimits = {
  policy: limit(
    "bytes of a Lambda function's policy, which has a statement for each route",
    20_480,
    "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
  ),
} satisfies Limits;

export const cognitoLimits = {
  scopes: limit("scopes of a resource server", 100, `${cognitoApi}/API_CreateResourceServer.html`),
  clientScopes: limit("scopes of an app client", 50, `${cognitoApi}/API_CreateUserPoolClient.html`),
  callbackUrls: limit("callback URLs of an app client", 100, `${cognitoApi}/API_CreateUserPoolClient.html`),
  logoutUrls: limit("logout URLs of an app client", 100, `${cognitoApi}/API_CreateUserPoolClient.html`),
} satisfies Limits;

type Limits = Readonly<Record<string, Limit>>;

/**
 * Says that a limit is exceeded. A limit that AWS raises is a warning.
 *
 * @param count how many there are, or undefined if that isn't known
 * @param advice what to do instead
 */
export function limitProblems(
  { what, most, isRaisable }: Limit,
  count: number | undefined,
  propertyPath: string,
  advice: string,
): InputProblem[] {
  if (count === undefined || count <= most) return [];
  const excess = `AWS allows ${most} ${what}, not ${count}`;
  return isRaisable
    ? [
        {
          propertyPath,
          reason: `${excess}. Unless AWS has raised this quota for you, ${advice}`,
          isWarning: true,
        },
      ]
    : [{ propertyPath, reason: `${excess}. AWS doesn't raise this limit: ${advice}` }];
}

/** How many entries a list has. Undefined for what isn't a plain list. */
export function lengthOf(list: unknown): number | undefined {
  return Array.isArray(list) ? list.length : undefined;
}

/** Checks how long API Gateway waits for an answer. */
export function timeoutProblems(milliseconds: unknown, timeout: Limit, propertyPath: string): InputProblem[] {
  const bounds = { least: 50, most: timeout.mostRaised ?? timeout.most };
  const problems = wholeNumberProblems(milliseconds, bounds, "whole milliseconds", propertyPath);
  if (problems.length > 0 || typeof milliseconds !== "number") return problems;
  return limitProblems(timeout, milliseconds, propertyPath, "answer sooner, or ask AWS to raise it");
}
