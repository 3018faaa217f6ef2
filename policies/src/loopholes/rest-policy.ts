import type { RestApiPolicyArgs } from "@pulumi/aws/apigateway";
import { apiOf } from "../endpoints/api-gateway/api-of";
import { documentOf } from "../endpoints/api-gateway/document";
import { endpointTypeOf, Method, RestApi, RestApiPut } from "../endpoints/api-gateway/rest-api";
import type { Authentication, Endpoint } from "../endpoints/endpoint";
import { endpointsOf } from "../endpoints/endpoints";
import { type PolicyGrant, policyGrant } from "../endpoints/policies/policy-grant";
import { leadsTo } from "../endpoints/target";
import { type PolicyDocument, readPolicy } from "../reading/iam/policy";
import { type Access, type AccessQuestion, accessOf } from "../reading/iam/policy-access";
import { patternLength } from "../reading/iam/policy-size";
import { readOpenApi } from "../reading/text/open-api";
import { knownValue, type Resource, type ResourceOf, resourceType, type Seen, type Stack } from "../stack";

export const RestApiPolicy = resourceType<RestApiPolicyArgs>("aws:apigateway/restApiPolicy:RestApiPolicy", {
  restApiId: "reference",
  policy: "document",
});

type RestApiResource = ResourceOf<typeof RestApi>;

/** The resources that can hold the resource policy of a REST API. */
export const restPolicyTypes = [RestApi, RestApiPut, RestApiPolicy] as const;

/** A resource policy of a REST API, and the resource that holds it. */
export interface RestPolicy {
  readonly holder: Resource;
  readonly document: PolicyDocument;
}

/**
 * The policies that a resource holds, first the one that counts: the argument of a REST API replaces the policy in its
 * body.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/openapi-extensions-policy.html
 */
export function restPoliciesOf(resource: Resource): readonly RestPolicy[] {
  const policies: RestPolicy[] = [];
  const add = (policy: Seen<unknown>) => {
    if (policy.kind === "absent" || knownValue(policy) === "") return;
    const document = policy.kind === "known" ? readPolicy(policy.value) : policy;
    policies.push({ holder: resource, document });
  };
  const { token } = restPolicyTypes.find((type) => type.token === resource.type) ?? {};
  const carrier = resource as Resource<{ policy: unknown; body: unknown }>;
  if (token === RestApi.token || token === RestApiPolicy.token) add(carrier.value("policy"));
  if (token === RestApi.token || token === RestApiPut.token) add(policyInBody(carrier.value("body")));
  return policies;
}

const extension = "x-amazon-apigateway-policy";

function policyInBody(body: Seen<unknown>): Seen<unknown> {
  // The rule about its operations reports an unknown body.
  if (body.kind !== "known") return { kind: "absent" };
  // Most bodies hold no policy, and some are large. Escapes can hide the extension's name from a search.
  const mayHold =
    typeof body.value !== "string" || body.value.includes(extension) || /\\[ux]/i.test(body.value);
  const openApi = mayHold ? readOpenApi(body.value) : undefined;
  return openApi?.kind === "read" ? openApi.document.extension(extension) : { kind: "absent" };
}

/** Every policy of a REST API in a stack. Each replaces the one before, in an order that nothing guarantees. */
export function policiesOfApi(stack: Stack, api: RestApiResource): readonly RestPolicy[] {
  const [counting] = restPoliciesOf(api);
  const others = [
    ...stack.of(RestApiPut).filter((put) => apiOf(stack, put) === api),
    ...stack.of(RestApiPolicy).filter((policy) => leadsTo(stack.target(policy, "restApiId", RestApi), api)),
  ];
  return [...(counting ? [counting] : []), ...others.flatMap(restPoliciesOf)];
}

/** The policies of APIs that this stack doesn't hold, or doesn't tell apart: another stack's, or one that is named by its id. */
export function policiesElsewhere(stack: Stack): readonly ResourceOf<typeof RestApiPolicy>[] {
  return stack
    .of(RestApiPolicy)
    .filter((policy) => stack.target(policy, "restApiId", RestApi).kind !== "found");
}

/** The methods, and the operations of documents, that name the same API as a policy by the same text. */
export function endpointsBeside(stack: Stack, policy: ResourceOf<typeof RestApiPolicy>): readonly Endpoint[] {
  const id = knownValue(policy.text("restApiId"));
  if (id === undefined) return [];
  const isOfApi = (resource: Resource) => {
    const named = resource as Resource<{ restApi: string; restApiId: string }>;
    if (resource.type === Method.token) return knownValue(named.text("restApi")) === id;
    return resource.type === RestApiPut.token && knownValue(named.text("restApiId")) === id;
  };
  return endpointsOf(stack).filter(({ resource }) => isOfApi(resource));
}

/** Whom a policy lets in, whatever the API is like: over the internet, and through the VPC endpoints of any account. */
export function policyElsewhereGrant({ document }: RestPolicy): PolicyGrant {
  return policyGrant(document, ["anonymous", "account"], restQuestion("undetermined"));
}

/** Where requests to a REST API come from. Only the type `PRIVATE` isn't reached from the internet; the default is `EDGE`. */
type Reachability = "internet" | "endpoint" | "undetermined";

export function reachabilityOf(api: Resource): Reachability {
  if (!RestApi.is(api)) return "undetermined";
  const type = endpointTypeOf(api);
  if (type.kind !== "known") return "undetermined";
  return type.value === "PRIVATE" ? "endpoint" : "internet";
}

/**
 * Whom the policy of a private API lets in. A VPC endpoint in any account leads to the API, and only its policy says which
 * of them may call it. `vpcEndpointIds` only gives the API names at these endpoints.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-api-create.html
 */
export function privateApiGrant({ document }: RestPolicy): PolicyGrant {
  return policyGrant(document, ["anonymous"], restQuestion("endpoint"));
}

/** An endpoint that a policy lets somebody call although it doesn't name them. */
interface OpenedEndpoint {
  readonly endpoint: Endpoint;
  readonly to: "anonymous" | "account";
  readonly statement: number;
}

/** The endpoints that a policy opens: those without authentication, and those with IAM only. */
export interface Opened {
  readonly endpoints: readonly OpenedEndpoint[];
  /** Whether some of it depends on a value that is unknown before the deployment. */
  readonly isUnknown: boolean;
}

/**
 * Checks a policy against the endpoints behind it. Anyone whom the policy lets in may call an endpoint without
 * authentication. Any account that it lets in may call one with IAM, since each account writes the policies of its own
 * callers. Every other authorizer decides by itself.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
export function openedBy(
  { document }: RestPolicy,
  endpoints: readonly Endpoint[],
  from: Reachability,
): Opened {
  if (document.kind === "unreadable") return { endpoints: [], isUnknown: false };
  const opened: OpenedEndpoint[] = [];
  let isUnknown = false;
  const accessTo = accessToRoutes(document, endpoints, from);
  for (const endpoint of endpoints) {
    const to = callerBehind(endpoint.authentication);
    if (to === undefined) continue;
    const access = accessTo(endpoint.route, to);
    if (access.kind === "allowed") opened.push({ endpoint, to, statement: access.statement });
    isUnknown ||= access.kind === "unknown";
  }
  return { endpoints: opened, isUnknown };
}

/**
 * The limit of comparisons between routes and a policy's patterns, in characters times characters. AWS's quotas, 300 routes
 * and a policy of 8 192 characters, stay below it. Above it, routes are not told apart: all count as open if one is.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 */
const mostComparisons = 200_000_000;

/** Answers whether a policy lets a caller call a route, and works each answer out once. */
function accessToRoutes(
  document: Exclude<PolicyDocument, { readonly kind: "unreadable" }>,
  endpoints: readonly Endpoint[],
  from: Reachability,
): (route: string | undefined, caller: OpenedEndpoint["to"]) => Access {
  if (document.kind === "unknown") return () => document;
  const { policy } = document;
  const length = endpoints.reduce((sum, { route = "" }) => sum + route.length, 0);
  const areToldApart = length * patternLength(policy) <= mostComparisons;
  const answers = new Map<string, Access>();
  return (route, caller) => {
    const asked = areToldApart ? resourceOf(route) : {};
    const key = `${caller} ${asked.resource ?? ""}`;
    const answer = answers.get(key) ?? accessOf(policy, { ...restQuestion(from), ...asked, caller });
    answers.set(key, answer);
    return answer;
  };
}

function callerBehind({ verdict, isIam }: Authentication): OpenedEndpoint["to"] | undefined {
  if (isIam) return "account";
  return verdict === "open" || verdict === "key-only" || verdict === "restricted" ? "anonymous" : undefined;
}

/** The endpoints in a resource's own document. */
export function endpointsWithin(resource: Resource): readonly Endpoint[] {
  const document = documentOf(resource);
  if (document?.kind !== "read") return [];
  return document.operations.map(({ route, authentication }) => ({
    resource,
    route,
    authentication,
    isInDocument: true,
  }));
}

/** The endpoints of a REST API, whichever resource of the stack holds them. */
export function endpointsOfApi(stack: Stack, api: RestApiResource): readonly Endpoint[] {
  return endpointsOf(stack).filter(({ resource }) => apiOf(stack, resource) === api);
}

/**
 * The question to the policy of a REST API. Only signed requests have the keys of a principal.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-aws-condition-keys.html
 */
function restQuestion(from: Reachability): Omit<AccessQuestion, "caller"> {
  return {
    actions: ["execute-api:Invoke"],
    resourceOf: stageMethodAndPath,
    networks: from === "undetermined" ? ["internet", "endpoint"] : [from],
    hasIdentityKeys: false,
  };
}

/** `GET /customers/{id}` as a policy writes it, in any stage: a parameter matches any text. */
function resourceOf(route: string | undefined): Pick<AccessQuestion, "resource"> {
  const [method = "", path] = route?.split(" ") ?? [];
  if (route === undefined || method === "") return {};
  const spelled = path?.replace(/^\//, "").replace(/\{[^}]*\}/g, "*") ?? "*";
  return { resource: `*/${method === "ANY" ? "*" : method}/${spelled}` };
}

/**
 * What a policy's resource says after the API: `STAGE/METHOD/PATH`. It is written in short or as a whole ARN; an ARN that
 * names only the API matches none of its methods.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
 */
function stageMethodAndPath(resource: string): string | undefined {
  const short = /^execute-api:\/(.*)$/s.exec(resource)?.[1];
  if (short !== undefined) return short;
  const [, , service = "*", , , ...rest] = resource.split(":");
  if (service !== "execute-api" && !/[*?]/.test(service)) return undefined;
  const withinService = rest.join(":");
  const slash = withinService.indexOf("/");
  if (slash >= 0) return withinService.slice(slash + 1);
  return resource.endsWith("*") ? "*" : undefined;
}
