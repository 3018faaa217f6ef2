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
 * Without a domain in the arguments, nothing would take these over, and Pulumi would delete them.
 *
 * @param mapping the name of the argument for the mapping from the domain to the stage
 */
export function domainAdoptionProblems(
  { adopt, domain }: PlainRecord,
  mapping: "apiMapping" | "basePathMapping",
): InputProblem[] {
  if (!isPlainRecord(adopt)) return [];
  const given = isPlainRecord(domain) ? domain : {};
  const needs: Readonly<Record<string, boolean>> = {
    [mapping]: domain !== undefined,
    domainName: given.name !== undefined,
    records: given.hostedZoneId !== undefined,
  };
  return Object.entries(needs).flatMap(([name, isThere]) => {
    if (adopt[name] === undefined || isThere) return [];
    const wanted = name === "records" ? "domain.hostedZoneId" : "domain";
    return [
      {
        propertyPath: `adopt.${name}`,
        reason: `give ${wanted} too: without it, the component has no such child, and Pulumi would delete what exists`,
      },
    ];
  });
}
