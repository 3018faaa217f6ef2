import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { childName } from "../child-name";
import { checkedOnArrival } from "../input-problems";
import { type Transform, transformed } from "../override/transform";
import { type ApiAddress, mappingKey, type Place, placeOf } from "./address";
import { hostOfProblems } from "./address-problems";

/** The API that has the addresses. */
export interface MappedApi {
  readonly component: string;
  /** The first line of an error about a value that arrives later. */
  readonly headline: string;
  readonly apiId: pulumi.Input<string>;
  readonly stage: pulumi.Input<string>;
  readonly transforms: {
    readonly apiMapping?: Transform<aws.apigatewayv2.ApiMappingArgs> | undefined;
    readonly basePathMapping?: Transform<aws.apigateway.BasePathMappingArgs> | undefined;
  };
  readonly opts: pulumi.CustomResourceOptions;
}

/**
 * Maps a stage to addresses on shared domains.
 *
 * @returns the host and the base path of each, known once it is mapped
 */
export function mapAddresses(
  addresses: readonly ApiAddress[],
  api: MappedApi,
): readonly pulumi.Output<string>[] {
  return addresses.map(placeOf).map((place) => {
    const { basePath, domain } = place;
    const host = domain.apis === "private REST" ? privateHost(place, api) : publicHost(place, api);
    return host.apply((name) => (basePath === "" ? name : `${name}/${basePath}`));
  });
}

/**
 * The mapping of version 2 of the API takes REST APIs too, and is the only one for base paths of several segments: the id of an
 * `aws.apigateway.BasePathMapping` in the provider would be cut at their slashes.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html
 */
function publicHost(place: Place, { apiId, stage, transforms, opts, ...api }: MappedApi) {
  const name = mappingName(place, api.component);
  const { basePath } = place;
  const mapping = new aws.apigatewayv2.ApiMapping(
    name,
    transformed(transforms.apiMapping, "aws:apigatewayv2/apiMapping:ApiMapping", name, {
      apiId,
      domainName: domainNameOf(place, api.headline),
      stage,
      ...(basePath !== "" && { apiMappingKey: basePath }),
    }),
    opts,
  );
  return hostOf(place, mapping.domainName);
}

/**
 * Only a base path mapping of version 1 can name a private domain by its id. With its name alone, API Gateway would look for a
 * public domain.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-custom-domains.html
 */
function privateHost(place: Place, { apiId, stage, transforms, opts, ...api }: MappedApi) {
  const name = mappingName(place, api.component);
  const { basePath, domain } = place;
  const mapping = new aws.apigateway.BasePathMapping(
    name,
    transformed(transforms.basePathMapping, "aws:apigateway/basePathMapping:BasePathMapping", name, {
      restApi: apiId,
      domainName: domainNameOf(place, api.headline),
      ...(domain.domainNameId !== undefined && { domainNameId: domain.domainNameId }),
      stageName: stage,
      ...(basePath !== "" && { basePath }),
    }),
    // The provider would update the mapping of the domain with the old id.
    { ...opts, replaceOnChanges: ["domainNameId"] },
  );
  return hostOf(place, mapping.domainName);
}

/** The name of the mapping to an address in the program. */
export function mappingName(place: Place, component: string): string {
  return childName(place.domain.component ?? component, mappingKey(place));
}

/** The name of an existing domain may arrive later, and turn out to be a wildcard. */
function domainNameOf({ domain, host }: Place, headline: string): pulumi.Input<string> {
  if (typeof domain.name === "string") return domain.mappedName;
  return checkedOnArrival(pulumi.output(domain.mappedName), headline, (name = "") =>
    hostOfProblems(name, host, "domain.host"),
  );
}

function hostOf({ host }: Place, domainName: pulumi.Output<string>): pulumi.Output<string> {
  return domainName.apply((name) => host ?? name);
}
