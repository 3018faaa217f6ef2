import { type Adopted, type AdoptedChild, adoptedChild, adoptedEntries } from "../adoption/adopted";
import { type AdoptedRecords, adoptedMappingName, adoptedRecords } from "../adoption/adopted-domain";
import { childName } from "../child-name";
import { entryOf } from "../input-problems";
import type { RouteKey } from "../routes/route-key";
import { withoutParameterNames } from "./paths";

/**
 * The resources of an existing REST API that the component takes over. What isn't named here is created. Remove the argument once every
 * stack has been updated.
 *
 * A method, a policy, a setting of a stage and an association with a web ACL have no ids of their own. Name each one that exists: if the
 * component created it, Pulumi would delete the old one last, and with it the new one.
 *
 * @see `docs/components/adopting-an-api.md`
 */
export interface RestAdoption {
  /** The `aws.apigateway.RestApi`. */
  readonly api: Adopted;
  /** The `aws.apigateway.Stage`. It needs the argument `stageName`, with the name that the stage has. */
  readonly stage?: Adopted | undefined;
  /** The `aws.apigateway.RestApiPolicy`. Not with `openApi`. */
  readonly policy?: Adopted | undefined;
  /** The `aws.apigateway.Resource`s, by path: `/orders/{id}`. Not with `openApi`. */
  readonly paths?: { readonly [Path in `/${string}`]?: Adopted } | undefined;
  /** The resources of each route, by route key. With `cors`, also `OPTIONS /path`. Not with `openApi`. */
  readonly routes?: { readonly [Key in RouteKey]?: AdoptedRoute } | undefined;
  /** The `aws.apigateway.Authorizer`s, by the name of the authorization: `cognito` or `lambda`, unless it has its own. Not with `openApi`. */
  readonly authorizers?: Readonly<Record<string, Adopted>> | undefined;
  /** The `aws.apigateway.Response`s, by type: `DEFAULT_4XX`. Not with `openApi`. */
  readonly gatewayResponses?: Readonly<Record<string, Adopted>> | undefined;
  /** The `aws.apigateway.MethodSettings` that apply to all methods of the stage. */
  readonly stageSettings?: Adopted | undefined;
  /** The `aws.apigateway.MethodSettings` of routes that have a throttle of their own, by route key. */
  readonly routeSettings?: { readonly [Key in RouteKey]?: Adopted } | undefined;
  /** The `aws.wafv2.WebAclAssociation`. To keep its web ACL, give `waf: { webAclArn }`. */
  readonly webAclAssociation?: Adopted | undefined;
  /** The `aws.apigateway.UsagePlan`s, by name. */
  readonly usagePlans?: Readonly<Record<string, Adopted>> | undefined;
  /** The keys of clients, by client. They keep their values. */
  readonly clients?: Readonly<Record<string, AdoptedClient>> | undefined;
  /** The `aws.apigateway.DomainName`, together with `domain`. */
  readonly domainName?: Adopted | undefined;
  /** The `aws.apigateway.BasePathMapping`, together with `domain`. */
  readonly basePathMapping?: Adopted | undefined;
  /** The `aws.route53.Record`s of the domain, by type. */
  readonly records?: AdoptedRecords | undefined;
}

/** The resources of an existing route. */
export interface AdoptedRoute {
  /** The `aws.apigateway.Method`. */
  readonly method: Adopted;
  /** The `aws.apigateway.Integration`. */
  readonly integration: Adopted;
  /** The `aws.apigateway.MethodResponse` of a preflight. */
  readonly methodResponse?: Adopted | undefined;
  /** The `aws.apigateway.IntegrationResponse` of a preflight. */
  readonly integrationResponse?: Adopted | undefined;
}

/** The resources of an existing client. */
export interface AdoptedClient {
  /** The `aws.apigateway.ApiKey`. */
  readonly apiKey: Adopted;
  /** The `aws.apigateway.UsagePlanKey`. */
  readonly usagePlanKey: Adopted;
}

/** The children of a component that take over existing resources. */
export function adoptedChildren(
  component: string,
  { adopt, domain }: { readonly adopt?: RestAdoption | undefined; readonly domain?: unknown },
): readonly AdoptedChild[] {
  if (!adopt) return [];
  const own = (type: string, name: "api" | "stage" | "policy" | "domainName") =>
    adoptedChild(type, component, adopt[name], `adopt.${name}`);
  const named = (key: string) => childName(component, key);
  const placed = (key: string) => named(withoutParameterNames(key));
  return [
    ...own("aws:apigateway/restApi:RestApi", "api"),
    ...own("aws:apigateway/stage:Stage", "stage"),
    ...own("aws:apigateway/restApiPolicy:RestApiPolicy", "policy"),
    ...own("aws:apigateway/domainName:DomainName", "domainName"),
    ...adoptedChild(
      "aws:apigateway/basePathMapping:BasePathMapping",
      adoptedMappingName(component, domain),
      adopt.basePathMapping,
      "adopt.basePathMapping",
    ),
    ...adoptedRecords(component, adopt.records),
    ...adoptedEntries("aws:apigateway/resource:Resource", adopt.paths, "adopt.paths", placed),
    ...Object.entries(adopt.routes ?? {}).flatMap(([key, route]) => ofRoute(placed(key), key, route)),
    ...adoptedEntries("aws:apigateway/authorizer:Authorizer", adopt.authorizers, "adopt.authorizers", named),
    ...adoptedEntries(
      "aws:apigateway/response:Response",
      adopt.gatewayResponses,
      "adopt.gatewayResponses",
      named,
    ),
    ...adoptedChild(settingsType, component, adopt.stageSettings, "adopt.stageSettings"),
    ...adoptedEntries(settingsType, adopt.routeSettings, "adopt.routeSettings", placed),
    ...adoptedChild(
      "aws:wafv2/webAclAssociation:WebAclAssociation",
      component,
      adopt.webAclAssociation,
      "adopt.webAclAssociation",
    ),
    ...adoptedEntries("aws:apigateway/usagePlan:UsagePlan", adopt.usagePlans, "adopt.usagePlans", (plan) =>
      named(`plan ${plan}`),
    ),
    ...Object.entries(adopt.clients ?? {}).flatMap(([client, keys]) =>
      ofClient(named(`key ${client}`), client, keys),
    ),
  ];
}

const settingsType = "aws:apigateway/methodSettings:MethodSettings";

function ofRoute(name: string, key: string, route: AdoptedRoute | undefined): readonly AdoptedChild[] {
  if (!route) return [];
  const path = entryOf("adopt.routes", key);
  const types = {
    method: "aws:apigateway/method:Method",
    integration: "aws:apigateway/integration:Integration",
    methodResponse: "aws:apigateway/methodResponse:MethodResponse",
    integrationResponse: "aws:apigateway/integrationResponse:IntegrationResponse",
  };
  return (Object.keys(types) as (keyof typeof types)[]).flatMap((part) =>
    adoptedChild(types[part], name, route[part], `${path}.${part}`),
  );
}

function ofClient(name: string, client: string, keys: AdoptedClient): readonly AdoptedChild[] {
  const path = entryOf("adopt.clients", client);
  return [
    ...adoptedChild("aws:apigateway/apiKey:ApiKey", name, keys.apiKey, `${path}.apiKey`),
    ...adoptedChild(
      "aws:apigateway/usagePlanKey:UsagePlanKey",
      name,
      keys.usagePlanKey,
      `${path}.usagePlanKey`,
    ),
  ];
}
