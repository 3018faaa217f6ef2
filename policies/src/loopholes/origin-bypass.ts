import { type AnyApi, apiOf } from "../endpoints/api-gateway/api-of";
import { domainMappings } from "../endpoints/api-gateway/custom-domain";
import { RestApi } from "../endpoints/api-gateway/rest-api";
import { Deployment, Stage, StageV2 } from "../endpoints/api-gateway/stage";
import { Distribution, type Origin, originsOf, protectionsOf } from "../endpoints/cloudfront/distribution";
import { letsAnyoneIn } from "../endpoints/endpoint";
import { endpointsOf } from "../endpoints/endpoints";
import { protectedByAssociation, WebAclAssociation } from "../endpoints/firewall/web-acl";
import { FunctionUrl, functionUrlAuthentication } from "../endpoints/lambda/function-url";
import {
  isInternal,
  type LoadBalancer,
  loadBalancerAccess,
  loadBalancers,
  madeOfAny,
} from "../endpoints/load-balancer/load-balancer";
import type { Resource, ResourceOf, Stack } from "../stack";
import { isFunctionUrlHost } from "./edge-signature";
import { apisBehind, isApiHost } from "./origin-apis";
import { RestApiPolicy } from "./rest-policy";

/** The types whose inputs `originBypasses` reads, besides those of endpoints, domains and load balancers. */
export const originTypes = [
  Distribution,
  FunctionUrl,
  RestApiPolicy,
  WebAclAssociation,
  Stage,
  StageV2,
  Deployment,
] as const;

/** An origin that callers reach directly, which bypasses the distribution in front of it. */
export type OriginBypass =
  /** A function URL that accepts unsigned requests from anyone. Undefined where this stack doesn't hold it. */
  | {
      readonly kind: "unsigned-function-url";
      readonly distribution: ResourceOf<typeof Distribution>;
      readonly url: ResourceOf<typeof FunctionUrl> | undefined;
      readonly isSigned: boolean;
    }
  /** The distribution protects its viewers' requests, and these origins accept requests without that. */
  | {
      readonly kind: "unprotected-origin";
      readonly distribution: ResourceOf<typeof Distribution>;
      readonly origins: readonly Resource[];
      readonly protections: readonly string[];
    };

/**
 * The origins of a stack's distributions that callers reach directly.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/restrict-access-to-load-balancer.html
 */
export function originBypasses(stack: Stack): readonly OriginBypass[] {
  const distributions = stack.of(Distribution);
  if (distributions.length === 0) return [];
  const open = openApis(stack);
  const mappings = domainMappings(stack);
  return distributions.flatMap((distribution) => {
    const servers = originsOf(distribution).filter(({ isServer, isInVpc }) => isServer && !isInVpc);
    const kinds = [
      { resources: openLoadBalancers(stack, distribution), is: isLoadBalancerHost },
      {
        resources: apisBehind(stack, distribution, servers, mappings).filter((api) => open.has(api)),
        is: (host: string) => isApiHost(host) || mappings.some((mapping) => mapping.host === host),
      },
    ];
    return [
      ...unsignedFunctionUrls(stack, distribution, servers),
      ...kinds.flatMap(({ resources, is }): OriginBypass[] => {
        const protections = [
          ...new Set(
            unmarked(servers, resources.length, is).flatMap((origin) => protectionsOf(distribution, origin)),
          ),
        ];
        return resources.length > 0 && protections.length > 0
          ? [{ kind: "unprotected-origin", distribution, origins: resources, protections }]
          : [];
      }),
    ];
  });
}

/**
 * The origins that certainly are such resources, and to which the distribution proves nothing. A resource's host is unknown
 * before the deployment: if as many unknown origins get a proof as there are resources, each resource may be one of them.
 */
function unmarked(
  servers: readonly Origin[],
  resources: number,
  is: (host: string) => boolean,
): readonly Origin[] {
  const known = servers.filter(({ host, isMarked }) => host !== undefined && is(host) && !isMarked);
  const unknown = servers.filter(({ host, isSigned }) => host === undefined && !isSigned);
  const marked = unknown.filter(({ isMarked }) => isMarked).length;
  return [...known, ...(marked < resources ? unknown.filter(({ isMarked }) => !isMarked) : [])];
}

function unsignedFunctionUrls(
  stack: Stack,
  distribution: ResourceOf<typeof Distribution>,
  servers: readonly Origin[],
): readonly OriginBypass[] {
  const isSigned = servers.some((origin) => origin.isSigned);
  const here = stack.madeOf(distribution, "origins", FunctionUrl);
  const elsewhere = servers.some(
    ({ host, ...origin }) => host !== undefined && isFunctionUrlHost(host) && !origin.isSigned,
  );
  return [
    ...here
      .filter((url) => functionUrlAuthentication(url).verdict !== "authenticated")
      .map((url) => ({ kind: "unsigned-function-url" as const, distribution, url, isSigned })),
    ...(elsewhere && here.length === 0
      ? [{ kind: "unsigned-function-url" as const, distribution, url: undefined, isSigned: false }]
      : []),
  ];
}

const isLoadBalancerHost = (host: string) => /\.elb\..*amazonaws\.com|\.elb\.amazonaws\.com/.test(host);

function openLoadBalancers(
  stack: Stack,
  distribution: ResourceOf<typeof Distribution>,
): readonly LoadBalancer[] {
  return madeOfAny(stack, distribution, "origins", loadBalancers).filter(
    (loadBalancer) =>
      !isInternal(loadBalancer) &&
      loadBalancerAccess(stack, loadBalancer) === "lets anyone in" &&
      !hasWebAcl(stack, (associated) => associated === loadBalancer),
  );
}

/** The APIs with an endpoint for anyone, and with neither a resource policy nor a web ACL that may check for a secret header. */
function openApis(stack: Stack): ReadonlySet<AnyApi> {
  const acceptance = { apiKeys: false, privateNetworks: true };
  const open = endpointsOf(stack)
    .filter(({ authentication }) => letsAnyoneIn(authentication, acceptance))
    .flatMap(({ resource }) => apiOf(stack, resource) ?? []);
  const policed = stack.of(RestApiPolicy).flatMap((policy) => stack.madeOf(policy, "restApiId", RestApi));
  return new Set(
    open.filter(
      (api) =>
        !(RestApi.is(api) && (api.isSet("policy") || policed.includes(api))) &&
        !hasWebAcl(stack, (associated) => apiOf(stack, associated) === api),
    ),
  );
}

function hasWebAcl(stack: Stack, isOn: (resource: Resource) => boolean): boolean {
  return stack
    .of(WebAclAssociation)
    .flatMap((association): readonly Resource[] => [
      ...madeOfAny(stack, association, "resourceArn", loadBalancers),
      ...protectedByAssociation(stack, association),
    ])
    .some(isOn);
}
