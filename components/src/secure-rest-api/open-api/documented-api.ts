import { declarationOf } from "../../public-access/route-access";
import type { RouteKey } from "../../routes/route-key";
import { makeApi } from "../api";
import type { DocumentedArgs, RestApiSettings } from "../args";
import { type Answering, answeringOf, permitRoute } from "../integrations";
import type { MadeApi, PlannedApi } from "../planned-api";
import { resourcePolicyOf } from "../resource-policy/policy";
import { refuseBinaryBodies } from "../services/binary-bodies";
import type { Place, Surroundings } from "../surroundings";
import { type BoundScheme, boundSchemes, permitAuthorizers } from "./authorizers";
import { bodyOf } from "./body";
import { isMetered, type PlannedDocument, planDocument, settingsPath } from "./operations";
import { definitionsIn } from "./schemes";
import { typeOf } from "./security";

const emptyDocument: PlannedDocument = { document: { version: "3", root: {} }, operations: [] };

/**
 * Plans an API with a document. API Gateway imports the body as a whole, so an operation that the document no longer has is
 * gone with the next deployment.
 */
export function planDocumentedApi(args: RestApiSettings & DocumentedArgs): PlannedApi {
  // The checks refuse arguments without a document. If one slipped through, the API would answer nobody.
  const { planned = emptyDocument } = planDocument(args.openApi, args.authorization);
  const { operations, document } = planned;
  const bound = boundSchemes(operations, definitionsIn(document));
  const plan: PlannedApi = {
    routes: operations.map(({ key, callers }) => ({ key, type: typeOf(callers) })),
    publicAccess: operations.flatMap(({ key, callers }) =>
      callers.kind === "anyone" ? [declarationOf(key, callers.access)] : [],
    ),
    throttles: operations.map(({ key, settings }) => ({ key, throttle: settings.throttle })),
    authorizations: [
      ...bound.map(({ authorization }) => authorization),
      ...operations.flatMap(({ callers }) => (callers.kind === "own" ? [callers] : [])),
    ],
    make: (place) => makeDocumentedApi(plan, planned, bound, args, place),
  };
  return plan;
}

function makeDocumentedApi(
  plan: PlannedApi,
  planned: PlannedDocument,
  bound: readonly BoundScheme[],
  settings: RestApiSettings,
  place: Place,
): MadeApi {
  const { headline, parent } = place;
  const answering = answeringByKey(planned, place);
  const { cors } = settings;
  const policed = { ...settings, routes: plan.routes, answersPreflights: cors !== undefined };
  const body = bodyOf(planned, {
    bound,
    answering,
    policy: resourcePolicyOf(policed, headline, parent),
    preflighted: cors && {
      cors,
      authorizations: plan.authorizations,
      isMetered: isMetered(planned.operations),
      headline,
    },
    endpoint: settings.endpoint,
    headline,
  });
  const api = makeApi(settings, body, place);
  refuseBinaryBodies(api, planned.operations, headline);
  const surroundings: Surroundings = { ...place, api: api.resource };
  const permissions = [...answering].flatMap(([key, one]) => permitRoute(key, one, surroundings));
  return {
    api,
    methods: {},
    parts: [],
    needs: [...permissions, ...permitAuthorizers(bound, surroundings)],
  };
}

/** How API Gateway calls the handlers that the program gives. */
function answeringByKey({ operations }: PlannedDocument, place: Place): ReadonlyMap<RouteKey, Answering> {
  return new Map(
    operations.flatMap(({ key, settings }): [RouteKey, Answering][] => {
      const { handler, responseTransferMode } = settings;
      if (handler === undefined) return [];
      const path = `${settingsPath(key)}.handler`;
      return [[key, answeringOf({ handler, responseTransferMode }, key, path, place)]];
    }),
  );
}
