import { type AnyApi, apiOf } from "../endpoints/api-gateway/api-of";
import { type DomainMapping, domainTypes } from "../endpoints/api-gateway/custom-domain";
import { Api } from "../endpoints/api-gateway/http-api";
import { RestApi } from "../endpoints/api-gateway/rest-api";
import { Deployment, Stage, StageV2 } from "../endpoints/api-gateway/stage";
import type { AnyDistribution, Origin } from "../endpoints/cloudfront/distribution";
import type { Resource, ResourceType, Stack } from "../stack";

/** The types of which an origin's host is made where the origin is an API. */
export const originApiTypes = [RestApi, Api, Stage, StageV2, Deployment] as const;

/** The APIs that the origins of a distribution, or their custom domains, were made of, or whose custom domains they name. */
export function apisBehind(
  stack: Stack,
  distribution: AnyDistribution,
  servers: readonly Origin[],
  mappings: readonly DomainMapping[],
): readonly AnyApi[] {
  const made = originApiTypes.flatMap((type) =>
    originsMadeOf<unknown>(stack, distribution, type as ResourceType),
  );
  const domains = domainsMadeOf(stack, distribution);
  const mapped = mappings
    .filter(
      (mapping) =>
        servers.some(({ host }) => host !== undefined && mapping.host === host) ||
        domains.some((one) => one === mapping.domain || one === mapping.resource),
    )
    .flatMap(({ apis }) => apis);
  return [...new Set([...made.flatMap((resource) => apiOf(stack, resource) ?? []), ...mapped])];
}

/** The custom domains of which the origins of a distribution were made, and the mappings. */
export function domainsMadeOf(stack: Stack, distribution: AnyDistribution): readonly Resource[] {
  return domainTypes.flatMap((type) => originsMadeOf<unknown>(stack, distribution, type as ResourceType));
}

/** The resources of a type that the origins of a distribution were made of. */
export function originsMadeOf<Args>(
  stack: Stack,
  distribution: AnyDistribution,
  type: ResourceType<Args>,
): readonly Resource<Args>[] {
  return stack.madeOf(distribution as unknown as Resource<{ origins: unknown }>, "origins", type);
}

/** The host that API Gateway gives an API. */
export function isApiHost(host: string): boolean {
  return /\.execute-api\.[a-z0-9-]+\.amazonaws\.com/.test(host);
}
