/** Where a request carries something that tells its caller from others. */
export interface Credential {
  readonly place: "header" | "cookie" | "query parameter";
  /** That of a header in small letters. Undefined for a cookie whose name only its reader knows. */
  readonly name: string | undefined;
}

/** What a caller presents at once: every part of it has to be there. */
export type Proof = readonly Credential[];

const authorization: Credential = { place: "header", name: "authorization" };

/** Where tokens and signatures are by default. */
export const inAuthorizationHeader: Proof = [authorization];

/** A cookie, whose name the program doesn't show. */
export const inCookie: Proof = [{ place: "cookie", name: undefined }];

/** Whether two are the same, as far as their names tell. */
export function isSame(one: Credential, other: Credential): boolean {
  return one.place === other.place && (one.place === "cookie" || one.name === other.name);
}

/** An answer to a question about a cache. `unknown`: it depends on a value that isn't known before the deployment. */
export type Answer = "yes" | "no" | "unknown";

/**
 * Whether a cache tells apart the callers who present a proof. The header Authorization and cookies do so alone. Otherwise every
 * part is needed, since nothing shows which of them names the caller.
 *
 * @param isInKey whether a part is in the key of the cache
 */
export function tellsApart(proof: Proof, isInKey: (credential: Credential) => Answer): Answer {
  const parts = proof.map((credential) => ({
    answer: isInKey(credential),
    isEnough: credential.place === "cookie" || isSame(credential, authorization),
  }));
  const isTold =
    parts.some(({ answer, isEnough }) => isEnough && answer === "yes") ||
    parts.every(({ answer }) => answer === "yes");
  if (isTold) return "yes";
  return parts.some(({ answer }) => answer === "unknown") ? "unknown" : "no";
}

/** The name of a credential as a message writes it. */
export function nameOf({ place, name }: Credential): string {
  return place === "cookie" ? "the cookie" : `the ${place} ${name}`;
}
