import { type Adopted, type AdoptedChild, adoptedEntries } from "../adoption/adopted";
import { domainAdoptionProblems, recordTypes } from "../adoption/adopted-domain";
import { adoptedV2Children, type V2Adoption } from "../adoption/adopted-v2-api";
import {
  adoptionProblems,
  authorizerRecord,
  ownRoutes,
  stageNameAdoptionProblems,
  withChildren,
} from "../adoption/adoption-problems";
import { childName } from "../child-name";
import { type InputProblem, isPlainRecord, type NamesOf, type PlainRecord } from "../input-problems";
import { connectKey } from "./route-key";

/**
 * The resources of an existing WebSocket API that the component takes over. What isn't named here is created. Remove the argument once
 * every stack has been updated.
 *
 * @see `docs/components/adopting-an-api.md`
 */
export interface WebSocketAdoption extends V2Adoption {
  /** The `aws.apigatewayv2.Stage`. It needs the argument `stageName`, with the name that the stage has. */
  readonly stage?: Adopted | undefined;
  /** The `aws.apigatewayv2.Route`s, by route key. API Gateway refuses a second route with the same key. */
  readonly routes?: Readonly<Record<string, Adopted>> | undefined;
  /** The `aws.apigatewayv2.RouteResponse`s, by route key: of routes with `twoWay`, and of `$connect` without a handler. */
  readonly routeResponses?: Readonly<Record<string, Adopted>> | undefined;
}

const known: NamesOf<WebSocketAdoption> = {
  api: true,
  stage: true,
  routes: true,
  routeResponses: true,
  authorizers: true,
  domainName: true,
  apiMapping: true,
  records: true,
};

/** The children of a component that take over existing resources. */
export function adoptedChildren(
  component: string,
  { adopt, domain }: { readonly adopt?: WebSocketAdoption | undefined; readonly domain?: unknown },
): readonly AdoptedChild[] {
  if (!adopt) return [];
  const type = "aws:apigatewayv2/routeResponse:RouteResponse";
  return [
    ...adoptedV2Children(component, { adopt, domain }),
    ...adoptedEntries(type, adopt.routeResponses, "adopt.routeResponses", (key) => childName(component, key)),
  ];
}

export function webSocketAdoptionProblems(args: PlainRecord, component: string): InputProblem[] {
  const routes = isPlainRecord(args.routes) ? args.routes : {};
  const answered = Object.entries(routes).flatMap(([key, route]) =>
    isPlainRecord(route) && route.twoWay === true ? [key] : [],
  );
  const problems = [
    ...adoptionProblems(args.adopt, {
      known,
      records: {
        routes: ownRoutes([connectKey, ...Object.keys(routes)]),
        routeResponses: {
          keys: routes[connectKey] === undefined ? [connectKey, ...answered] : answered,
          otherwise: "only routes with twoWay, and $connect without a handler, have a response",
        },
        authorizers: authorizerRecord(args),
        records: recordTypes,
      },
    }),
    ...stageNameAdoptionProblems(args),
    ...domainAdoptionProblems(args, "apiMapping"),
  ];
  return withChildren(problems, () =>
    adoptedChildren(component, args as { readonly adopt?: WebSocketAdoption }),
  );
}
