import { createHash } from "node:crypto";
import { createConfiguration } from "../crossguard/configuration";
import {
  type Coverage,
  declarationsOver,
  declaredCoverage,
  exemptedCoverage,
  judge,
  rulesByName,
} from "../crossguard/exceptions";
import type { Endpoint, Verdict } from "../endpoints/endpoint";
import { waysIn } from "../endpoints/endpoints";
import { contentsOf } from "../endpoints/templates/template";
import { rules } from "../rules";
import {
  unreadIn,
  unreadInfrastructureIsNamed,
  unreadInStack,
} from "../rules/governance/unread-infrastructure-is-named";
import { parseUrn, type Resource, type Stack, stackOf } from "../stack";
import { type Asked, askedAt } from "./authentication";
import { type GivenResource, type GivenStack, givenStacks } from "./given";
import { hostOf } from "./host";
import { type Place, placesOf } from "./place";
import type { DeclaredOpening, InventoryRow, UnknownField } from "./row";

/** The configuration of the pack: for each policy, its level or its settings. */
export type PackSettings = Readonly<Record<string, unknown>>;

export interface InventoryRequest {
  /** The resources of one stack, in the order of registration as far as it is known. */
  readonly resources: readonly GivenResource[];
  /** For the exemptions in it. Default: none. */
  readonly settings?: PackSettings;
  /** Against which exceptions are checked. Default: now. */
  readonly today?: Date;
  /** Whether a text is none of the program's: a look-ahead made it up. It is judged, and never shown. Default: none is. */
  readonly isMadeUp?: (text: string) => boolean;
}

/** Every way into a stack, and what of it can't be seen. */
export interface Inventory {
  /** The open ones first. */
  readonly rows: readonly InventoryRow[];
  /** What may have ways in and isn't read, since it is defined elsewhere: a sentence about each. */
  readonly unread: readonly { readonly urn: string; readonly sentence: string }[];
}

/**
 * Every way into a stack, and who may take it: what the rules of the pack judge, by the same functions. Never throws.
 *
 * @example
 * inventoryOf({ resources: [{ urn, type, properties: { authorizationType: "NONE" }, propertyDependencies: {} }] }).rows
 */
export function inventoryOf({
  resources,
  settings = {},
  today = new Date(),
  isMadeUp = () => false,
}: InventoryRequest): Inventory {
  const { judged, described } = givenStacks(resources);
  const given = new Map(resources.map((one) => [one.urn, one]));
  const exceptionsAt = exceptionsOf(judged, settings, today);
  const rows = [judged.stack, ...judged.templates].flatMap((stack) =>
    [...waysIn(stack), ...(stack === judged.stack ? stack.resources.flatMap(unreadTemplate) : [])]
      .filter(({ resource }) => given.get(resource.urn)?.isRead !== true)
      .flatMap((endpoint) =>
        rowsOf(
          endpoint,
          shownIn(described, judged, stack, endpoint),
          exceptionsAt(endpoint),
          given.get(endpoint.resource.template?.holder.urn ?? endpoint.resource.urn)?.source,
          (urn) => given.get(urn)?.aliases ?? [],
          isMadeUp,
        ),
      ),
  );
  const unread = unreadOf(judged.stack);
  return { rows: withoutRepeated(rows).toSorted(byDanger), unread };
}

/** Where a row is described: in a stack without the values of secrets. */
interface ShownEndpoint {
  readonly stack: Stack;
  /** Undefined in a template that is secret. */
  readonly resource: Resource | undefined;
  readonly outputsOf: GivenStack["outputsOf"];
  /** Whether its route may be shown. One that is made of a secret may not, nor a part of it. */
  readonly isRouteShown: boolean;
}

function shownIn(
  described: GivenStack,
  judged: GivenStack,
  stack: Stack,
  { resource, route }: Endpoint,
): ShownEndpoint {
  const { outputsOf } = described;
  if (described === judged) return { stack, resource, outputsOf, isRouteShown: true };
  const stacks = stack === judged.stack ? [described.stack] : described.templates;
  for (const one of stacks) {
    const same = one.resources.find(({ urn }) => urn === resource.urn);
    if (!same) continue;
    const isRouteShown = one.answer(routesByUrn).has(keyOfRoute(resource, route));
    return { stack: one, resource: same, outputsOf, isRouteShown };
  }
  return { stack: stackOf([]), resource: undefined, outputsOf, isRouteShown: false };
}

const keyOfRoute = ({ urn }: Resource, route: string | undefined) => `${urn} ${route}`;

const routesByUrn = (stack: Stack): ReadonlySet<string> =>
  new Set(waysIn(stack).map(({ resource, route }) => keyOfRoute(resource, route)));

function rowsOf(
  endpoint: Endpoint,
  { stack, resource: shown, outputsOf, isRouteShown }: ShownEndpoint,
  { declaration, notes }: Excepted,
  source: InventoryRow["source"] | undefined,
  aliasesOf: (urn: string) => readonly string[],
  isMadeUp: (text: string) => boolean,
): readonly InventoryRow[] {
  const { resource, authentication } = endpoint;
  const isKnown = isRouteShown && !(endpoint.route !== undefined && isMadeUp(endpoint.route));
  const route = isKnown ? endpoint.route : undefined;
  const { verdict, because } = authentication;
  const { method, path } = partsOf(route);
  const {
    unknown: notAsked,
    trusts,
    issuerUrls,
    audienceTexts,
    ...asked
  } = withoutMadeUp(askedAt(stack, shown ?? resource, endpoint), isMadeUp);
  const trusted = ({ urn, type, name }: Resource) => ({
    type,
    name,
    formerNames: [...new Set(aliasesOf(urn).map((alias) => parseUrn(alias).name))].filter(
      (one) => one !== name,
    ),
  });
  return placesOf(stack, shown ?? resource, endpoint, ({ urn }) => outputsOf(urn)).map((at) => {
    const { unknown: notPlaced, ...place } = placeWithoutMadeUp(at, isMadeUp);
    return {
      project: resource.project,
      stack: resource.stack,
      ...place,
      method,
      path,
      authentication: {
        verdict,
        because,
        ...asked,
        issuerDigests: issuerUrls.map(digestOf),
        audienceDigests: audienceTexts.map(digestOf),
        trusts: trusts.map(trusted),
      },
      declaration,
      notes,
      source: source ?? null,
      urn: resource.urn,
      formerUrns: aliasesOf(resource.urn),
      type: resource.type,
      name: resource.name,
      logicalId: resource.template?.logicalId ?? null,
      unknown: [
        ...new Set<UnknownField>([
          ...(path === null ? (["path"] as const) : []),
          ...(route === undefined ? (["method"] as const) : []),
          ...notPlaced,
          ...notAsked,
        ]),
      ],
    };
  });
}

/** What is asked, with the host names of the issuers beside their URLs. */
interface ShownAsked extends Asked {
  readonly issuerUrls: readonly string[];
}

function withoutMadeUp(asked: Asked, isMadeUp: (text: string) => boolean): ShownAsked {
  const { authorizer, issuers, scopes, audienceTexts } = asked;
  const own = <T extends string | null>(text: T) => (text !== null && isMadeUp(text) ? null : text);
  const shown = {
    authorizer: own(authorizer),
    issuers: issuers.filter((issuer) => !isMadeUp(issuer)),
    scopes: scopes.filter((scope) => !isMadeUp(scope)),
  };
  const hosts = shown.issuers.flatMap((issuer) => hostOf(issuer) ?? []);
  return {
    ...asked,
    ...shown,
    issuers: [...new Set(hosts)],
    issuerUrls: shown.issuers,
    audienceTexts: audienceTexts.filter((audience) => !isMadeUp(audience)),
    unknown: [
      ...asked.unknown,
      ...(shown.authorizer === authorizer ? [] : (["authorizer"] as const)),
      ...(hosts.length < issuers.length ? (["issuers"] as const) : []),
      ...(shown.scopes.length < scopes.length ? (["scopes"] as const) : []),
    ],
  };
}

/** Tells whether two issuers or audiences are the same, without naming either of them. */
function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

function placeWithoutMadeUp(place: Place, isMadeUp: (text: string) => boolean): Place {
  const { api, hosts, log } = place;
  const isHidden = (text: string | null) => text !== null && isMadeUp(text);
  return {
    ...place,
    api: isHidden(api) ? null : api,
    hosts: hosts.map((host) => ({
      ...host,
      ...(isHidden(host.name) && { name: null }),
      ...(isHidden(host.basePath ?? null) && { basePath: null }),
    })),
    log:
      log?.kind === "written"
        ? { ...log, destinations: log.destinations.filter((name) => !isMadeUp(name)) }
        : log,
    unknown: [...place.unknown, ...(hosts.some(({ name }) => isHidden(name)) ? (["hosts"] as const) : [])],
  };
}

function partsOf(route: string | undefined): Pick<InventoryRow, "method" | "path"> {
  if (route === undefined) return { method: null, path: null };
  if (route.startsWith("$")) return { method: null, path: route };
  const space = route.indexOf(" ");
  return space < 0
    ? { method: route, path: null }
    : { method: route.slice(0, space), path: route.slice(space + 1) };
}

interface Excepted {
  readonly declaration: DeclaredOpening | null;
  readonly notes: readonly string[];
}

/** The rules that judge who may call: only their exemptions open a way in. */
const rulesOfAccess = rules.filter(({ theme }) => theme === "authentication");

/** Verdicts that an exception may be about. */
const mayBeExcepted: ReadonlySet<Verdict> = new Set<Verdict>([
  ...(["open", "key-only", "restricted", "backend-preflight", "undetermined"] as const),
]);

function exceptionsOf(
  { memory }: GivenStack,
  settings: PackSettings,
  today: Date,
): (endpoint: Endpoint) => Excepted {
  const configuration = createConfiguration(rules, () => today);
  const owner = rules.find(({ ownsExemptions }) => ownsExemptions);
  const own = owner && settings[owner.id];
  if (owner) configuration.accept(owner, () => (isSettings(own) ? own : {}));
  const byName = rulesByName(rules);
  const calendar = configuration.calendar();
  return ({ resource, route, authentication, isInDocument = false, api }) => {
    if (!mayBeExcepted.has(authentication.verdict)) return { declaration: null, notes: [] };
    const opening = { route, what: authentication.because };
    const places = [
      ...(api ? [{ resource: api, holdsSeveral: false }] : []),
      { resource, holdsSeveral: isInDocument },
    ];
    const coverages: readonly Coverage[] = places.flatMap((place) => [
      declaredCoverage(declarationsOver(place.resource, memory, calendar), opening),
      ...rulesOfAccess
        .filter((rule) => judge([rule], place.resource))
        .map((rule) =>
          exemptedCoverage(configuration.exemptions(), rule, { ...place, opening }, memory, byName),
        ),
    ]);
    const by = coverages.find((coverage) => coverage.by !== undefined)?.by;
    if (!by) return { declaration: null, notes: [...new Set(coverages.flatMap(({ notes }) => notes))] };
    const { kind, where, reason, owner: answers, reviewBy } = by;
    const daysLeft = Math.round((Date.parse(reviewBy) - Date.parse(calendar.today)) / dayInMilliseconds);
    return { declaration: { kind, where, reason, owner: answers, reviewBy, daysLeft }, notes: [] };
  };
}

const dayInMilliseconds = 86_400_000;

function isSettings(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What a resource brings that may have ways in and can't be read: a template, or parts of it. */
function unreadTemplate(resource: Resource): readonly Endpoint[] {
  const contents = contentsOf(resource);
  if (!contents) return [];
  const parts =
    contents.kind === "read"
      ? contents.unknown.map(({ logicalId, because }) =>
          logicalId === undefined ? because : `has the part ${logicalId}, which ${because}`,
        )
      : [
          contents.kind === "unknown"
            ? "has a template that is not known before the deployment"
            : `has a template that ${contents.because}`,
        ];
  return parts.map((because) => ({
    resource,
    route: undefined,
    authentication: { verdict: "undetermined", because },
    isInDocument: true,
  }));
}

/** What is defined elsewhere, where no preview of the program sees it either: in the words of the rule that names it. */
function unreadOf(stack: Stack): Inventory["unread"] {
  const { resources, liesOutside = [] } = unreadInfrastructureIsNamed;
  const judged = stack.resources.filter((resource) => resources.some((type) => type.is(resource)));
  return [...judged.flatMap((one) => [...unreadIn(one)]), ...unreadInStack(stack)].flatMap(
    ({ kind, resource, sentence }) =>
      liesOutside.includes(kind) && resource && sentence !== undefined
        ? [{ urn: resource.urn, sentence }]
        : [],
  );
}

/** What is the same whichever way the conditions of a template turn out is one row. */
function withoutRepeated(rows: readonly InventoryRow[]): readonly InventoryRow[] {
  return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
}

const danger: Readonly<Record<Verdict, number>> = {
  open: 0,
  undetermined: 1,
  "key-only": 2,
  "backend-preflight": 3,
  restricted: 4,
  authenticated: 5,
  preflight: 6,
};

/** What anybody may take comes first; among its kind, what nobody declared. */
export function byDanger(one: InventoryRow, other: InventoryRow): number {
  const rank = ({ authentication, declaration }: InventoryRow) =>
    danger[authentication.verdict] + (declaration ? 0.5 : 0);
  return rank(one) - rank(other);
}
