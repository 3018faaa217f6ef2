import { isAuthorization } from "../authorization/authorization";
import { authorizerName, authorizerOf } from "../authorization/authorizer-identity";
import {
  entryOf,
  type InputProblem,
  isPlainRecord,
  type Names,
  type PlainRecord,
  unknownProperties,
} from "../input-problems";
import { enumeration } from "../wording";
import { type AdoptedChild, adoptedProblems, adoptedTwiceProblems } from "./adopted";

/** The records of an adoption, each with the keys that it may have, and what to say of another key. */
export interface AdoptedRecord {
  readonly keys: readonly string[];
  /** After "there is no such entry: ". */
  readonly otherwise: string;
  /** Checks an entry. Default: it names one existing resource. */
  readonly entryProblems?: (entry: unknown, propertyPath: string) => InputProblem[];
}

/** What an adoption may hold. */
export interface AdoptionShape {
  readonly known: Names;
  readonly records: Readonly<Record<string, AdoptedRecord>>;
}

/** Checks what a component takes over. What the checks of one component add comes after it. */
export function adoptionProblems(adopt: unknown, { known, records }: AdoptionShape): InputProblem[] {
  if (adopt === undefined) return [];
  if (!isPlainRecord(adopt)) {
    return [
      { propertyPath: "adopt", reason: "give { api, stage, routes }, an object that is not an Output" },
    ];
  }
  return [
    ...unknownProperties(adopt, known, "adopt."),
    ...(adopt.api === undefined
      ? [
          {
            propertyPath: "adopt.api",
            reason: "give it: everything else belongs to the API, and a new API would replace all of it",
          },
        ]
      : []),
    ...Object.entries(adopt)
      .filter(([name, value]) => Object.hasOwn(known, name) && value !== undefined)
      .flatMap(([name, value]) => {
        const record = records[name];
        return record
          ? recordProblems(value, record, `adopt.${name}`)
          : adoptedProblems(value, `adopt.${name}`);
      }),
  ];
}

function recordProblems(
  value: unknown,
  { keys, otherwise, entryProblems = adoptedProblems }: AdoptedRecord,
  propertyPath: string,
): InputProblem[] {
  if (!isPlainRecord(value)) {
    return [{ propertyPath, reason: "give an object that is not an Output, by what the component creates" }];
  }
  return Object.entries(value)
    .filter(([, entry]) => entry !== undefined)
    .flatMap(([key, entry]) => {
      const path = entryOf(propertyPath, key);
      return keys.includes(key)
        ? entryProblems(entry, path)
        : [{ propertyPath: path, reason: `there is no such entry: ${otherwise}` }];
    });
}

/**
 * The problems of an adoption, or else those of its children.
 *
 * @param childrenOf the children of an adoption whose shape is right
 */
export function withChildren(
  problems: readonly InputProblem[],
  childrenOf: () => readonly AdoptedChild[],
): InputProblem[] {
  return problems.length > 0 ? [...problems] : adoptedTwiceProblems(childrenOf());
}

export function ownRoutes(keys: readonly string[]): AdoptedRecord {
  return { keys, otherwise: "give the API such a route, or Pulumi would delete the one that exists" };
}

/** The provider replaces a stage whose name changes. */
export function stageNameAdoptionProblems({ adopt, stageName }: PlainRecord): InputProblem[] {
  if (!isPlainRecord(adopt) || adopt.stage === undefined || stageName !== undefined) return [];
  const reason = "give the name that the adopted stage has: another would replace it";
  return [{ propertyPath: "stageName", reason }];
}

/** The authorizers of an API whose arguments aren't checked yet, by the names of their authorizations. */
export function authorizerRecord({ authorization, routes }: PlainRecord): AdoptedRecord {
  const used = Object.values(isPlainRecord(routes) ? routes : {}).flatMap((route) =>
    isPlainRecord(route) && route.access === undefined ? [route.authorization ?? authorization] : [],
  );
  const authorizing = used.filter(isAuthorization).flatMap((one) => authorizerOf(one) ?? []);
  const keys = [...new Set(authorizing.map(authorizerName))];
  const otherwise =
    keys.length === 0
      ? "the authorizations of this API need no authorizer"
      : `by the names of their authorizations, the authorizers of this API are ${enumeration(keys, "and")}`;
  return { keys, otherwise };
}
