import { adoptedProblems } from "../adoption/adopted";
import { domainAdoptionProblems, recordTypes } from "../adoption/adopted-domain";
import {
  type AdoptedRecord,
  adoptionProblems,
  authorizerRecord,
  ownRoutes,
  stageNameAdoptionProblems,
  withChildren,
} from "../adoption/adoption-problems";
import {
  entryOf,
  type InputProblem,
  isPlainRecord,
  type Names,
  type NamesOf,
  type PlainRecord,
  unknownProperties,
} from "../input-problems";
import { isRouteKey, pathOf, type RouteKey } from "../routes/route-key";
import { enumeration } from "../wording";
import { type AdoptedClient, type AdoptedRoute, adoptedChildren, type RestAdoption } from "./adoption";
import { preflightedPaths } from "./cors/preflight";
import { gatewayResponseTemplates } from "./gateway-responses";
import { pathAbove, pathsUpTo, spelledOut } from "./paths";

const known: NamesOf<RestAdoption> = {
  api: true,
  stage: true,
  policy: true,
  paths: true,
  routes: true,
  authorizers: true,
  gatewayResponses: true,
  stageSettings: true,
  routeSettings: true,
  webAclAssociation: true,
  usagePlans: true,
  clients: true,
  domainName: true,
  basePathMapping: true,
  records: true,
};
const clientParts: NamesOf<AdoptedClient> = { apiKey: true, usagePlanKey: true };
const requiredParts: Names = { method: true, integration: true };
const routeParts: NamesOf<AdoptedRoute> = {
  method: true,
  integration: true,
  methodResponse: true,
  integrationResponse: true,
};

/** @param keys the routes of the API, or the operations of its document */
export function restAdoptionProblems(
  args: PlainRecord,
  component: string,
  keys: readonly RouteKey[],
): InputProblem[] {
  const problems = [
    ...adoptionProblems(args.adopt, { known, records: recordsOf(args, keys) }),
    ...domainAdoptionProblems(args, "basePathMapping"),
    ...stageNameAdoptionProblems(args),
    ...webAclAdoptionProblems(args),
    ...(args.openApi === undefined ? placeProblems(args) : importedProblems(args)),
  ];
  return withChildren(problems, () => adoptedChildren(component, args as { readonly adopt?: RestAdoption }));
}

/** What each record of an adoption may hold, by what the component creates. */
function recordsOf(args: PlainRecord, keys: readonly RouteKey[]): Readonly<Record<string, AdoptedRecord>> {
  const preflights = args.cors === undefined ? [] : [...preflightedPaths(keys).keys()].map(optionsOf);
  const plans = isPlainRecord(args.usagePlans) ? args.usagePlans : {};
  const clients = Object.values(plans).flatMap((plan) =>
    isPlainRecord(plan) && Array.isArray(plan.clients) ? plan.clients : [],
  );
  return {
    paths: { keys: pathsUpTo(keys.map(pathOf)), otherwise: "no route has this path, or begins with it" },
    routes: {
      ...ownRoutes([...keys, ...preflights]),
      entryProblems: (entry, path) => routeProblems(entry, path, preflights),
    },
    authorizers: authorizerRecord(args),
    gatewayResponses: of(Object.keys(gatewayResponseTemplates), "gateway responses"),
    routeSettings: {
      keys: ownThrottles(args, keys),
      otherwise: "give the route a throttle of its own, or Pulumi would delete the one that exists",
    },
    usagePlans: of(Object.keys(plans), "usage plans"),
    clients: {
      ...of(clients, "clients of usagePlans"),
      entryProblems: (entry, path) => partsProblems(entry, clientParts, clientParts, path),
    },
    records: recordTypes,
  };
}

function of(keys: readonly string[], what: string): AdoptedRecord {
  const otherwise =
    keys.length === 0
      ? `the component creates no ${what}`
      : `the ${what} of the component are ${enumeration(keys, "and")}`;
  return { keys, otherwise };
}

function optionsOf(path: string): RouteKey {
  return `OPTIONS ${path as `/${string}`}`;
}

function ownThrottles({ routes, openApi }: PlainRecord, keys: readonly RouteKey[]): readonly RouteKey[] {
  const settings = isPlainRecord(openApi) ? openApi.operations : routes;
  if (!isPlainRecord(settings)) return [];
  return keys
    .filter((key) => {
      const own = settings[key];
      return isPlainRecord(own) && own.throttle !== undefined;
    })
    .flatMap((key) => spelledOut(key, new Set(keys)));
}

function routeProblems(entry: unknown, path: string, preflights: readonly string[]): InputProblem[] {
  const isPreflight = preflights.some((key) => entryOf("adopt.routes", key) === path);
  return partsProblems(entry, requiredParts, isPreflight ? routeParts : requiredParts, path);
}

function partsProblems(entry: unknown, required: Names, parts: Names, propertyPath: string): InputProblem[] {
  if (!isPlainRecord(entry)) {
    return [{ propertyPath, reason: `give { ${Object.keys(required).join(", ")} }` }];
  }
  return [
    ...unknownProperties(entry, parts, `${propertyPath}.`),
    ...Object.keys(parts)
      .filter((part) => entry[part] !== undefined || Object.hasOwn(required, part))
      .flatMap((part) => adoptedProblems(entry[part], `${propertyPath}.${part}`)),
  ];
}

function webAclAdoptionProblems({ adopt, waf }: PlainRecord): InputProblem[] {
  if (!isPlainRecord(adopt) || adopt.webAclAssociation === undefined || waf !== "off") return [];
  const reason = 'leave waf: "off" out: with it, Pulumi would delete the association that exists';
  return [{ propertyPath: "adopt.webAclAssociation", reason }];
}

/** A method stays the same only at the same resource, and a resource only under the same one. */
function placeProblems({ adopt }: PlainRecord): InputProblem[] {
  if (!isPlainRecord(adopt)) return [];
  const paths = isPlainRecord(adopt.paths) ? Object.keys(adopt.paths) : [];
  const routes = isPlainRecord(adopt.routes) ? Object.keys(adopt.routes).filter(isRouteKey) : [];
  const needed = [
    ...routes.map((key) => [entryOf("adopt.routes", key), pathOf(key)] as const),
    ...paths.map((path) => [entryOf("adopt.paths", path), pathAbove(path)] as const),
  ];
  return needed
    .filter(([, path]) => path !== "/" && !paths.includes(path))
    .map(([propertyPath, path]) => ({
      propertyPath,
      reason: `give ${entryOf("adopt.paths", path)} too: at a new resource, it would be replaced`,
    }));
}

const imported = ["policy", "paths", "routes", "authorizers", "gatewayResponses"];

/** Resources of their own would be deleted after the import, and take what was imported with them. */
function importedProblems({ adopt }: PlainRecord): InputProblem[] {
  if (!isPlainRecord(adopt)) return [];
  return imported
    .filter((name) => adopt[name] !== undefined)
    .map((name) => ({
      propertyPath: `adopt.${name}`,
      reason:
        "leave it out, or write routes instead of openApi: the import of the document creates it, and as a resource it would be deleted afterwards",
    }));
}
