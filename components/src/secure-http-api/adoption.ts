import { type Adopted, type AdoptedChild, adoptedChild, adoptedEntries } from "../adoption/adopted";
import {
  type AdoptedRecords,
  adoptedRecords,
  domainAdoptionProblems,
  recordTypes,
} from "../adoption/adopted-domain";
import { adoptionProblems, authorizerRecord, withChildren } from "../adoption/adoption-problems";
import { childName } from "../child-name";
import type { InputProblem, NamesOf, PlainRecord } from "../input-problems";
import type { RouteKey } from "../routes/route-key";

/**
 * The resources of an existing HTTP API that the component takes over. What isn't named here is created. Remove the argument once every
 * stack has been updated.
 *
 * @see `docs/components/adopting-an-api.md`
 */
export interface HttpAdoption {
  /** The `aws.apigatewayv2.Api`. It must not have `target`: AWS manages the route of such an API, and it can't be taken over. */
  readonly api: Adopted;
  /** The `aws.apigatewayv2.Stage` with the name `$default`. A stage of another name stays what it is, beside the component. */
  readonly stage?: Adopted | undefined;
  /** The `aws.apigatewayv2.Route`s, by route key. API Gateway refuses a second route with the same key. */
  readonly routes?: { readonly [Key in RouteKey]?: Adopted } | undefined;
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

const known: NamesOf<HttpAdoption> = {
  api: true,
  stage: true,
  routes: true,
  authorizers: true,
  domainName: true,
  apiMapping: true,
  records: true,
};

/** The children of a component that take over existing resources. */
export function adoptedChildren(
  component: string,
  { adopt }: { readonly adopt?: HttpAdoption | undefined },
): readonly AdoptedChild[] {
  if (!adopt) return [];
  const named = (key: string) => childName(component, key);
  return [
    ...adoptedChild("aws:apigatewayv2/api:Api", component, adopt.api, "adopt.api"),
    ...adoptedChild("aws:apigatewayv2/stage:Stage", component, adopt.stage, "adopt.stage"),
    ...adoptedEntries("aws:apigatewayv2/route:Route", adopt.routes, "adopt.routes", named),
    ...adoptedEntries(
      "aws:apigatewayv2/authorizer:Authorizer",
      adopt.authorizers,
      "adopt.authorizers",
      named,
    ),
    ...adoptedChild(
      "aws:apigatewayv2/domainName:DomainName",
      component,
      adopt.domainName,
      "adopt.domainName",
    ),
    ...adoptedChild(
      "aws:apigatewayv2/apiMapping:ApiMapping",
      component,
      adopt.apiMapping,
      "adopt.apiMapping",
    ),
    ...adoptedRecords(component, adopt.records),
  ];
}

/** @param keys the routes of the API, those that answer preflights among them */
export function httpAdoptionProblems(
  args: PlainRecord,
  component: string,
  keys: readonly string[],
): InputProblem[] {
  const problems = [
    ...adoptionProblems(args.adopt, {
      known,
      records: {
        routes: { keys, otherwise: "give the API such a route, or Pulumi would delete the one that exists" },
        authorizers: authorizerRecord(args),
        records: recordTypes,
      },
    }),
    ...domainAdoptionProblems(args, "apiMapping"),
  ];
  return withChildren(problems, () => adoptedChildren(component, args as { readonly adopt?: HttpAdoption }));
}
