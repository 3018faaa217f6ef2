import { childName } from "../child-name";
import { type Adopted, type AdoptedChild, adoptedChild, adoptedEntries } from "./adopted";
import { type AdoptedRecords, adoptedMappingName, adoptedRecords } from "./adopted-domain";

/** What an HTTP and a WebSocket API have in common: to API Gateway, both are APIs of version 2. */
export interface V2Adoption {
  /** The `aws.apigatewayv2.Api`. It must not have `target`: AWS manages the route of such an API, and it can't be taken over. */
  readonly api: Adopted;
  /**
   * The `aws.apigatewayv2.Authorizer`s, by the name of the authorization: `jwt`, `cognito` or `lambda`, unless it has its own. Without it,
   * routes change to a new authorizer.
   */
  readonly authorizers?: Readonly<Record<string, Adopted>> | undefined;
  /** The `aws.apigatewayv2.DomainName`, together with `domain`. */
  readonly domainName?: Adopted | undefined;
  /** The `aws.apigatewayv2.ApiMapping`, together with `domain`. */
  readonly apiMapping?: Adopted | undefined;
  /** The `aws.route53.Record`s of the domain, by type. */
  readonly records?: AdoptedRecords | undefined;
}

/** The children of an HTTP or a WebSocket API that take over existing resources. */
export function adoptedV2Children(
  component: string,
  {
    adopt,
    domain,
  }: {
    readonly adopt: V2Adoption & {
      readonly stage?: Adopted | undefined;
      readonly routes?: Readonly<Record<string, Adopted | undefined>> | undefined;
    };
    readonly domain?: unknown;
  },
): readonly AdoptedChild[] {
  const named = (key: string) => childName(component, key);
  const authorizerType = "aws:apigatewayv2/authorizer:Authorizer";
  return [
    ...adoptedChild("aws:apigatewayv2/api:Api", component, adopt.api, "adopt.api"),
    ...adoptedChild("aws:apigatewayv2/stage:Stage", component, adopt.stage, "adopt.stage"),
    ...adoptedEntries("aws:apigatewayv2/route:Route", adopt.routes, "adopt.routes", named),
    ...adoptedEntries(authorizerType, adopt.authorizers, "adopt.authorizers", named),
    ...adoptedChild(
      "aws:apigatewayv2/domainName:DomainName",
      component,
      adopt.domainName,
      "adopt.domainName",
    ),
    ...adoptedChild(
      "aws:apigatewayv2/apiMapping:ApiMapping",
      adoptedMappingName(component, domain),
      adopt.apiMapping,
      "adopt.apiMapping",
    ),
    ...adoptedRecords(component, adopt.records),
  ];
}
