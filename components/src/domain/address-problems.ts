import type { ApiKind } from "../access-log/format";
import { type InputProblem, isPlainRecord, type NamesOf, unknownProperties } from "../input-problems";
import { domainLimits, limitProblems } from "../limits";
import {
  type AddressSettings,
  addressesOf,
  type DomainApis,
  isAddress,
  mappingKey,
  type Occupant,
  type Place,
  placeOf,
} from "./address";
import { isHostName } from "./args";

/** What decides which addresses an API can have. */
export interface Addressed {
  readonly kind: ApiKind;
  /** Whether it is a private API. Default: false. */
  readonly isPrivate?: boolean;
}

/**
 * Checks where an API is.
 *
 * @param ownProblems the check of a domain of the API's own
 */
export function placementProblems(
  placement: unknown,
  propertyPath: string,
  api: Addressed,
  ownProblems: (domain: unknown) => readonly InputProblem[],
): readonly InputProblem[] {
  const addresses = addressesOf(placement);
  if (addresses === undefined) {
    return isDomain(placement) ? [{ propertyPath, reason: notAnAddress }] : ownProblems(placement);
  }
  if (addresses.length === 0) {
    return [{ propertyPath, reason: 'list at least one address, such as apiDomain.at("orders")' }];
  }
  const pathOf = (index: number) => (isAddress(placement) ? propertyPath : `${propertyPath}[${index}]`);
  const strangers = addresses.flatMap((address, index) =>
    isAddress(address) ? [] : [{ propertyPath: pathOf(index), reason: notAnAddress }],
  );
  if (strangers.length > 0) return strangers;
  const places = addresses.map(placeOf);
  return places.flatMap((place, index) => [
    ...kindProblems(place, pathOf(index), api),
    ...basePathProblems(place, pathOf(index)),
    ...hostProblems(place, pathOf(index)),
    ...occupationProblems(place, pathOf(index), api),
    ...repeatedProblems(places, index, pathOf(index)),
    ...certificatesProblems(places, index, pathOf(index)),
  ]);
}

const notAnAddress = 'give an address: apiDomain.at("orders"), or apiDomain.at() for the root of the domain';

/** Whether a value is a domain, of which the program forgot to say where. */
function isDomain(value: unknown): boolean {
  return typeof value === "object" && value !== null && typeof (value as { at?: unknown }).at === "function";
}

const leadingTo: Readonly<Record<DomainApis, (api: Addressed) => boolean>> = {
  "HTTP and REST": ({ kind, isPrivate }) => kind === "HTTP" || (kind === "REST" && !isPrivate),
  REST: ({ kind, isPrivate }) => kind === "REST" && !isPrivate,
  WEBSOCKET: ({ kind }) => kind === "WEBSOCKET",
  "private REST": ({ isPrivate }) => isPrivate === true,
};

function kindProblems({ domain }: Place, propertyPath: string, api: Addressed): InputProblem[] {
  if (leadingTo[domain.apis](api)) return [];
  const wanted = (["HTTP and REST", "WEBSOCKET", "private REST"] as const).find((apis) =>
    leadingTo[apis](api),
  );
  const why = {
    HTTP: "API Gateway maps an HTTP API to a domain with the security policy TLS_1_2, and to none that is private or has WebSocket APIs",
    REST: api.isPrivate
      ? "a private API is on a private domain only"
      : "API Gateway maps a domain to WebSocket APIs or to others, and a private domain to private APIs only",
    WEBSOCKET: "API Gateway maps a domain to WebSocket APIs or to others, not to both",
  }[api.kind];
  return [{ propertyPath, reason: `give an address of a domain with apis: "${wanted}": ${why}` }];
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html */
function basePathProblems({ basePath, domain }: Place, propertyPath: string): InputProblem[] {
  const path = `${propertyPath}.basePath`;
  const segment = "[A-Za-z0-9$_.+!*'()-]+";
  if (typeof basePath !== "string") {
    return [{ propertyPath: path, reason: 'write the base path as a plain text: at("orders")' }];
  }
  if (basePath === "") return [];
  // AWS's word for the root (https://docs.aws.amazon.com/apigateway/latest/api/API_CreateBasePathMapping.html).
  if (basePath === "(none)" || !new RegExp(`^${segment}(/${segment})*$`).test(basePath)) {
    const reason =
      "write segments of letters, digits and $ - _ . + ! * ' ( ), divided by slashes, without one at the start or the end; leave it out for the root";
    return [{ propertyPath: path, reason }];
  }
  if (domain.apis === "private REST" && isDeep(basePath)) {
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-custom-domains.html
    return [
      { propertyPath: path, reason: "write one segment: a private domain supports no base path of several" },
    ];
  }
  return limitProblems(domainLimits.basePath, basePath.length, path, "write a shorter one");
}

function isDeep(basePath: unknown): boolean {
  return typeof basePath === "string" && basePath.includes("/");
}

const addressSettings: NamesOf<AddressSettings> = { host: true };

function hostProblems({ settings, host, domain }: Place, propertyPath: string): readonly InputProblem[] {
  if (settings !== undefined && !isPlainRecord(settings)) {
    return [{ propertyPath, reason: 'give at() a base path and { host }: at("orders", { host })' }];
  }
  const unknown = unknownProperties(settings ?? {}, addressSettings, `${propertyPath}.`);
  if (host !== undefined && !isHostName(host)) {
    const reason = "give a plain host name in lower case, such as shop.example.com";
    return [...unknown, { propertyPath: `${propertyPath}.host`, reason }];
  }
  // What arrives later is checked then.
  if (typeof domain.name !== "string") return unknown;
  return [...unknown, ...hostOfProblems(domain.name, host, `${propertyPath}.host`)];
}

/** Checks the host of an address against the name of its domain. */
export function hostOfProblems(name: string, host: string | undefined, propertyPath: string): InputProblem[] {
  if (!name.startsWith("*.")) {
    return host === undefined || host === name
      ? []
      : [{ propertyPath, reason: "leave it out: the domain has one name, without a wildcard" }];
  }
  if (host === undefined) {
    const reason =
      'say which name the URL of the API has: at("orders", { host: "shop.example.com" }). The API answers under each name that the wildcard covers';
    return [{ propertyPath, reason }];
  }
  const isCovered = host.slice(host.indexOf(".") + 1) === name.slice(2);
  return isCovered
    ? []
    : [
        {
          propertyPath,
          reason: "give a name that the wildcard of the domain covers: it stands for one label",
        },
      ];
}

function occupationProblems(
  { domain, basePath }: Place,
  propertyPath: string,
  api: Addressed,
): readonly InputProblem[] {
  const { occupants } = domain;
  const path = `${propertyPath}.basePath`;
  const problems: InputProblem[] = [];
  const occupant = occupants.get(basePath);
  if (occupant) {
    const where = basePath === "" ? "the root of this domain" : "this base path";
    problems.push({
      propertyPath: path,
      reason: `choose another one: ${occupant.label} already has ${where}`,
    });
  }
  const deep = [...occupants.keys()].filter(isDeep).length + (isDeep(basePath) ? 1 : 0);
  if (isDeep(basePath)) {
    problems.push(
      ...limitProblems(
        domainLimits.deepMappings,
        deep,
        path,
        "put several APIs below one segment, or on another domain",
      ),
    );
  }
  const conflict = [...occupants].find(([taken, other]) =>
    excludeEachOther({ kind: other.kind, basePath: taken }, { kind: api.kind, basePath }),
  );
  if (conflict) problems.push({ propertyPath: path, reason: `${noDeepRest} (${conflict[1].label})` });
  return problems;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html */
const noDeepRest =
  "use one segment for the REST API, or another domain: where a REST API with an enhanced security policy has a base path of several segments, API Gateway maps no HTTP API to the domain";

interface Mapped {
  readonly kind: ApiKind;
  readonly basePath: string;
}

function excludeEachOther(one: Mapped, other: Mapped): boolean {
  const isDeepRest = ({ kind, basePath }: Mapped) => kind === "REST" && isDeep(basePath);
  return (isDeepRest(one) && other.kind === "HTTP") || (isDeepRest(other) && one.kind === "HTTP");
}

/** Two mappings of one API need different names in the program. */
function repeatedProblems(places: readonly Place[], index: number, propertyPath: string): InputProblem[] {
  const keyOf = (place: Place) => JSON.stringify([place.domain.component, mappingKey(place)]);
  const own = places[index];
  const isRepeated = own && places.slice(0, index).some((other) => keyOf(other) === keyOf(own));
  const reason =
    "list each address once. If the name of an existing domain is an Output, two of its kind need different base paths";
  return isRepeated ? [{ propertyPath, reason }] : [];
}

/** An API that one domain protects with client certificates would be open at another. */
function certificatesProblems(places: readonly Place[], index: number, propertyPath: string): InputProblem[] {
  const own = places[index];
  const isMixed = places.some(({ domain }) => domain.requiresCertificates);
  if (!own || !isMixed || own.domain.requiresCertificates) return [];
  const reason =
    "leave it out, or create this domain as an ApiDomain with mutualTls too: its callers would need no client certificate, which another address requires";
  return [{ propertyPath, reason }];
}

/** Gives the addresses to an API, once its arguments are right. */
export function occupy(placement: unknown, occupant: Occupant): void {
  for (const address of addressesOf(placement) ?? []) {
    const { domain, basePath } = placeOf(address);
    domain.occupants.set(basePath, occupant);
  }
}
