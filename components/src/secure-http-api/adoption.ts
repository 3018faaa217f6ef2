import type { Adopted, AdoptedChild } from "../adoption/adopted";
import { domainAdoptionProblems, recordTypes } from "../adoption/adopted-domain";
import { adoptedV2Children, type V2Adoption } from "../adoption/adopted-v2-api";
import { adoptionProblems, authorizerRecord, ownRoutes, withChildren } from "../adoption/adoption-problems";
import type { InputProblem, NamesOf, PlainRecord } from "../input-problems";
import type { RouteKey } from "../routes/route-key";

/**
 * The resources of an existing HTTP API that the component takes over. What isn't named here is created. Remove the argument once every
 * stack has been updated.
 *
 * @see `docs/components/adopting-an-api.md`
 */
export interface HttpAdoption extends V2Adoption {
  /** The `aws.apigatewayv2.Stage` with the name `$default`. A stage of another name stays what it is, beside the component. */
  readonly stage?: Adopted | undefined;
  /** The `aws.apigatewayv2.Route`s, by route key. API Gateway refuses a second route with the same key. */
  readonly routes?: { readonly [Key in RouteKey]?: Adopted } | undefined;
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
  { adopt, domain }: { readonly adopt?: HttpAdoption | undefined; readonly domain?: unknown },
): readonly AdoptedChild[] {
  return adopt ? adoptedV2Children(component, { adopt, domain }) : [];
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
      records: { routes: ownRoutes(keys), authorizers: authorizerRecord(args), records: recordTypes },
    }),
    ...domainAdoptionProblems(args, "apiMapping"),
  ];
  return withChildren(problems, () => adoptedChildren(component, args as { readonly adopt?: HttpAdoption }));
}
