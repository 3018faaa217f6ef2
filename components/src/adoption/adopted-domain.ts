import { type ApiAddress, addressesOf, isAddress, type Place, placeOf } from "../domain/address";
import { mappingName } from "../domain/mappings";
import { entryOf, type InputProblem, isPlainRecord, type PlainRecord } from "../input-problems";
import { type Adopted, type AdoptedChild, adoptedChild } from "./adopted";
import type { AdoptedRecord } from "./adoption-problems";

/** The records that point a domain's name at an API. */
export interface AdoptedRecords {
  readonly A?: Adopted | undefined;
  readonly AAAA?: Adopted | undefined;
}

export const recordTypes: AdoptedRecord = {
  keys: ["A", "AAAA"],
  otherwise: "the component creates the records A and AAAA",
};

export function adoptedRecords(component: string, records: AdoptedRecords = {}): readonly AdoptedChild[] {
  return Object.entries(records).flatMap(([type, adopted]) =>
    adoptedChild(
      "aws:route53/record:Record",
      `${component}-${type}`,
      adopted,
      entryOf("adopt.records", type),
    ),
  );
}

/**
 * The name of the child that maps the stage: an API's own domain has the component's name.
 *
 * @param domain the argument of the API, which was checked
 */
export function adoptedMappingName(component: string, domain: unknown): string {
  const [address] = addressesOf(domain) ?? [];
  return address === undefined ? component : mappingName(placeOf(address), component);
}

/**
 * Without a domain in the arguments, nothing would take these over, and Pulumi would delete them.
 *
 * @param mapping the name of the argument for the mapping from the domain to the stage
 */
export function domainAdoptionProblems(
  { adopt, domain }: PlainRecord,
  mapping: "apiMapping" | "basePathMapping",
): InputProblem[] {
  if (!isPlainRecord(adopt)) return [];
  const addresses = addressesOf(domain)?.filter(isAddress);
  const reasons = addresses ? reasonsAtAddresses(addresses, mapping) : reasonsOfOwn(domain, mapping);
  return Object.entries(reasons).flatMap(([name, reason]) =>
    adopt[name] === undefined || reason === undefined ? [] : [{ propertyPath: `adopt.${name}`, reason }],
  );
}

/** Why the component has no such child, if it has none. */
type Reasons = Readonly<Record<string, string | undefined>>;

function reasonsOfOwn(domain: unknown, mapping: string): Reasons {
  const given = isPlainRecord(domain) ? domain : {};
  const missing = (argument: string) =>
    `give ${argument} too: without it, the component has no such child, and Pulumi would delete what exists`;
  return {
    [mapping]: domain === undefined ? missing("domain") : undefined,
    domainName: given.name === undefined ? missing("domain") : undefined,
    records: given.hostedZoneId === undefined ? missing("domain.hostedZoneId") : undefined,
  };
}

function reasonsAtAddresses(addresses: readonly ApiAddress[], mapping: string): Reasons {
  const shared = "leave it out: the domain of an address belongs to whoever created it, not to this API";
  return {
    [mapping]: mappingReason(addresses.map(placeOf), mapping),
    domainName: shared,
    records: shared,
  };
}

function mappingReason(places: readonly Place[], mapping: string): string | undefined {
  if (places.length !== 1) return "give one address: with several, it isn't clear whose mapping exists";
  if (mapping === "apiMapping" || places[0]?.domain.apis === "private REST") return undefined;
  return 'leave it out, and domain: an address makes an aws.apigatewayv2.ApiMapping, which can\'t take this over. Keep the mapping in your program, with defaultEndpoint: "off"';
}
