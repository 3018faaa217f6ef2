import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { addressesOf } from "../domain/address";
import type { DomainArgs } from "../domain/args";
import { mapAddresses } from "../domain/mappings";
import { makeRegionalDomain } from "../domain/regional-domain";
import { enhancedTls } from "../domain/tls";
import { transformed } from "../override/transform";
import type { RestApiSettings } from "./args";
import type { Surroundings } from "./surroundings";

/**
 * Maps a stage to a domain of its own, which is created, or to addresses on shared ones.
 *
 * @returns the host and the base path that callers use, known once the stage is mapped
 */
export function mapDomain(
  placement: NonNullable<RestApiSettings["domain"]>,
  stage: aws.apigateway.Stage,
  surroundings: Surroundings,
): pulumi.Output<string> | undefined {
  const addresses = addressesOf(placement);
  if (!addresses) return mapOwnDomain(placement as DomainArgs, stage, surroundings);
  const { component, headline, api, transform, opts } = surroundings;
  const settings = { component, headline, transforms: transform, opts };
  return mapAddresses(addresses, { ...settings, apiId: api.id, stage: stage.stageName })[0];
}

function mapOwnDomain(
  domain: DomainArgs,
  stage: aws.apigateway.Stage,
  { component, headline, api, tags, transform, opts }: Surroundings,
): pulumi.Output<string> {
  const settings = { headline, path: "domain.", tls: enhancedTls, tags, transforms: transform };
  const domainName = makeRegionalDomain(component, domain, settings, opts);
  new aws.apigateway.BasePathMapping(
    component,
    transformed(transform.basePathMapping, "aws:apigateway/basePathMapping:BasePathMapping", component, {
      domainName: domainName.domainName,
      restApi: api.id,
      // Without a stage name, callers could choose any stage of the API.
      stageName: stage.stageName,
    }),
    opts,
  );
  return domainName.domainName;
}
