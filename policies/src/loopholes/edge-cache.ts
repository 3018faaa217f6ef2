import { type AnyApi, apiOf } from "../endpoints/api-gateway/api-of";
import { protectedOperations } from "../endpoints/api-gateway/credentials";
import { type DomainMapping, domainMappings, domainTypes } from "../endpoints/api-gateway/custom-domain";
import { CachePolicy, type Caching, cachingOf, OriginRequestPolicy } from "../endpoints/cloudfront/caching";
import {
  type AnyDistribution,
  type CacheBehavior,
  cacheBehaviorsOf,
  Distribution,
  distributionsOf,
  MultitenantDistribution,
  type Origin,
  OriginAccessControl,
  originsOf,
  VpcOrigin,
} from "../endpoints/cloudfront/distribution";
import { inAuthorizationHeader, inCookie, nameOf, type Proof, tellsApart } from "../endpoints/credential";
import { endpointsOf, endpointTypes } from "../endpoints/endpoints";
import { asksUserPool, loginsOf, validationsOf } from "../endpoints/load-balancer/listener-actions";
import { actionsOf, type LoadBalancer, loadBalancers } from "../endpoints/load-balancer/load-balancer";
import { loadBalancerEndpointsOf } from "../endpoints/load-balancer/load-balancer-endpoints";
import { overlaps, wildcard } from "../reading/iam/wildcard";
import { anyType, type Resource, type ResourceType, type Stack } from "../stack";
import { apisBehind, domainsMadeOf, isApiHost, originApiTypes, originsMadeOf } from "./origin-apis";

/** The types whose inputs `edgeCaches` reads. */
export const edgeCacheTypes = [
  Distribution,
  MultitenantDistribution,
  CachePolicy,
  OriginRequestPolicy,
  OriginAccessControl,
  VpcOrigin,
  ...originApiTypes,
  ...domainTypes,
  ...endpointTypes,
] as const;

/** Answers that a distribution keeps for everybody although the origin asks who calls. */
export interface EdgeCache {
  readonly distribution: AnyDistribution;
  readonly shared: readonly SharedAtEdge[];
}

export interface SharedAtEdge {
  readonly behavior: CacheBehavior;
  /** `GET /customers`; undefined where the API is in another stack. */
  readonly route: string | undefined;
  /** "the header authorization": what reaches the origin and isn't in the key. */
  readonly credentials: readonly string[];
  /** Whether all that decides is known, and no function may decide otherwise. */
  readonly isCertain: boolean;
}

/**
 * The cache behaviors that keep an API's answers and give them to viewers without asking the API again, although what tells callers
 * apart there reaches it and isn't in the key of the cache. Where it doesn't reach the origin, the API refuses everybody, and
 * nothing is shared.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/add-origin-custom-headers.html#add-origin-custom-headers-forward-authorization
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/controlling-the-cache-key.html
 */
export function edgeCaches(stack: Stack): readonly EdgeCache[] {
  const distributions = distributionsOf(stack);
  if (distributions.length === 0) return [];
  const mappings = domainMappings(stack);
  return distributions.flatMap((distribution) => {
    const shared = sharedBy(stack, distribution, mappings);
    return shared.length > 0 ? [{ distribution, shared }] : [];
  });
}

/** An origin with the servers that it may be. Which one an unknown host is, only the whole distribution tells. */
interface Served {
  readonly origin: Origin;
  readonly servers: readonly Server[];
  /** Whether it is certainly one of them. */
  readonly isCertain: boolean;
}

/** A server behind a distribution, with what it asks its callers for. */
interface Server {
  readonly operations: readonly Operation[];
  /** The first parts of the paths that it has. */
  readonly firstParts: ReadonlySet<string>;
  /** Whether AWS recommends to let it decide what is kept. */
  readonly mayDecide: boolean;
}

interface Operation {
  readonly route: string | undefined;
  readonly proof: Proof;
  /** Whether that is only likely. */
  readonly isLikely?: boolean;
}

function sharedBy(
  stack: Stack,
  distribution: AnyDistribution,
  mappings: readonly DomainMapping[],
): readonly SharedAtEdge[] {
  const served = originsServed(stack, distribution, mappings);
  if (served.length === 0) return [];
  return cacheBehaviorsOf(distribution).flatMap((behavior): readonly SharedAtEdge[] => {
    if (behavior.settings.kind !== "known") return [];
    const caching = cachingOf(stack, distribution, behavior);
    if (caching.keeps === "nothing") return [];
    return served
      .filter(({ origin }) => behavior.leadsTo(origin))
      .flatMap(({ servers, isCertain }) => {
        const byServer = servers.map((server) => sharedWith(server, behavior, caching));
        const isEach = byServer.every((shared) => shared.some((one) => one.isCertain));
        return byServer.flat().map((one) => ({ ...one, isCertain: one.isCertain && isCertain && isEach }));
      });
  });
}

function sharedWith(server: Server, behavior: CacheBehavior, caching: Caching): readonly SharedAtEdge[] {
  if (server.mayDecide && caching.keeps === "what the origin marks") return [];
  return server.operations.flatMap(({ route, proof, isLikely }): readonly SharedAtEdge[] => {
    if (!mayServe(behavior, route, server.firstParts)) return [];
    if (!proof.every((credential) => caching.reachesOrigin(credential) === "yes")) return [];
    const isTold = tellsApart(proof, caching.isInKey);
    if (isTold === "yes") return [];
    const isCertain =
      isTold === "no" &&
      caching.keeps !== "unknown" &&
      !behavior.hasViewerFunction &&
      route !== undefined &&
      isLikely !== true;
    return [{ behavior, route, credentials: proof.map(nameOf), isCertain }];
  });
}

function originsServed(
  stack: Stack,
  distribution: AnyDistribution,
  mappings: readonly DomainMapping[],
): readonly Served[] {
  const origins = originsOf(distribution).filter(({ isServer, isSigned }) => isServer && !isSigned);
  const apis = apisBehind(stack, distribution, origins, mappings);
  const domains = domainsMadeOf(stack, distribution);
  const balancers = loadBalancers.flatMap((type) => originsMadeOf(stack, distribution, type));
  const candidates = [
    ...apis.map((api) => ({
      of: serverOfApi(stack, api),
      is: (host: string) => isHostOf(stack, api, host, mappings, domains),
    })),
    ...balancers.map((balancer) => ({ of: serverOfBalancer(stack, balancer), is: () => false })),
  ];
  const others = originsMadeOf(stack, distribution, anyType).some(
    (one) => !isOfServer(stack, one, apis, balancers),
  );
  const unknown = origins.filter(({ host }) => host === undefined).length;
  return origins.flatMap(({ host, ...origin }): readonly Served[] => {
    if (host === undefined) {
      const isCertain = !others || unknown <= candidates.length;
      const servers = candidates.map(({ of }) => of);
      return servers.length > 0 ? [{ origin: { host, ...origin }, servers, isCertain }] : [];
    }
    const servers = candidates.filter(({ is }) => is(host)).map(({ of }) => of);
    if (servers.length > 0) return [{ origin: { host, ...origin }, servers, isCertain: true }];
    return isApiHost(host)
      ? [{ origin: { host, ...origin }, servers: [apiElsewhere], isCertain: false }]
      : [];
  });
}

/** Nothing shows what it asks for. Most read the header Authorization. */
const apiElsewhere: Server = {
  operations: [{ route: undefined, proof: inAuthorizationHeader }],
  firstParts: new Set(),
  mayDecide: false,
};

function isOfServer(
  stack: Stack,
  resource: Resource,
  apis: readonly AnyApi[],
  balancers: readonly LoadBalancer[],
): boolean {
  // A custom domain stands for the APIs that it leads to.
  const besides: readonly ResourceType<never>[] = [OriginAccessControl, VpcOrigin, ...domainTypes];
  const api = apiOf(stack, resource);
  return (
    (api !== undefined && apis.includes(api)) ||
    balancers.some((balancer) => balancer === resource) ||
    besides.some(({ token }) => token === resource.type)
  );
}

function isHostOf(
  stack: Stack,
  api: AnyApi,
  host: string,
  mappings: readonly DomainMapping[],
  domains: readonly Resource[],
): boolean {
  const id = host.split(".")[0] ?? "";
  // The host that API Gateway gives a domain, once it is known: d-a1b2c3.execute-api.REGION.amazonaws.com.
  const isOfDomain = isApiHost(host) && id.startsWith("d-");
  return (
    (isApiHost(host) && stack.idsOf(api).includes(id)) ||
    mappings.some(
      (mapping) =>
        mapping.apis.includes(api) &&
        (mapping.host === host || (isOfDomain && domains.some((one) => one === mapping.domain))),
    )
  );
}

function serverOfApi(stack: Stack, api: AnyApi): Server {
  const routes = endpointsOf(stack).filter(({ resource }) => apiOf(stack, resource) === api);
  return {
    operations: protectedOperations(stack).filter(
      (operation) => operation.api === api && mayBeRead(operation.route),
    ),
    firstParts: new Set(routes.flatMap(({ route }) => firstPartOf(pathOf(route)) ?? [])),
    mayDecide: false,
  };
}

function serverOfBalancer(stack: Stack, balancer: LoadBalancer): Server {
  const endpoints = loadBalancerEndpointsOf(stack).filter(({ path }) => path.includes(balancer));
  const operations = endpoints.flatMap(({ resource, routes, authentication }) => {
    if (authentication.verdict !== "authenticated") return [];
    const actions = actionsOf(resource);
    const proof =
      validationsOf(actions).length > 0
        ? inAuthorizationHeader
        : loginsOf(actions).length > 0 || asksUserPool(actions)
          ? inCookie
          : [];
    return proof.length > 0 ? routes.map((route) => ({ route, proof })) : [];
  });
  return {
    operations: operations.filter(({ route }) => mayBeRead(route)),
    firstParts: new Set(
      endpoints.flatMap(({ routes }) => routes.flatMap((route) => firstPartOf(pathOf(route)) ?? [])),
    ),
    mayDecide: true,
  };
}

/** CloudFront caches the answers to GET and HEAD requests. */
function mayBeRead(route: string | undefined): boolean {
  if (route === "$connect") return false;
  const [, method = ""] = /^([A-Z]+)( |$)/.exec(route ?? "") ?? [];
  return method === "" || ["GET", "HEAD", "ANY"].includes(method);
}

/** Undefined where the route names no path. */
function pathOf(route: string | undefined): string | undefined {
  return route === undefined ? undefined : /^[A-Z]+ (\/.*)$/.exec(route)?.[1];
}

function firstPartOf(path: string | undefined): string | undefined {
  const part = path?.split("/")[1];
  return part === undefined || part === "" || /[{*?]/.test(part) ? undefined : part;
}

/**
 * Whether a behavior may get the requests for a route. What viewers ask for may begin with the name of a stage or the base path of a
 * domain, which the route doesn't have: a first part that no route has may be one.
 */
function mayServe(
  { paths }: CacheBehavior,
  route: string | undefined,
  firstParts: ReadonlySet<string>,
): boolean {
  const path = pathOf(route);
  if (paths === undefined || paths === "default" || path === undefined) return true;
  const pattern = paths.startsWith("/") ? paths : `/${paths}`;
  const first = firstPartOf(pattern);
  const withoutFirst =
    first !== undefined && !firstParts.has(first) ? `/${pattern.split("/").slice(2).join("/")}` : undefined;
  const served = textWith(path.replace(/\{[^}]*\}/g, "*"));
  return [pattern, ...(withoutFirst === undefined ? [] : [withoutFirst])].some((one) =>
    overlaps(textWith(one), served),
  );
}

function textWith(pattern: string) {
  return wildcard(pattern, { variables: false });
}
