import {
  type Action,
  type Actions,
  leadsNowhere,
  tokensOf,
} from "../../endpoints/load-balancer/listener-actions";
import {
  hasValues,
  isOfEveryToken,
  isWildcard,
  type RequiredClaim,
} from "../../endpoints/tokens/required-claim";
import { acceptsTokensOfStrangers, trustOf } from "../../endpoints/tokens/shared-issuers";
import { knownElements, knownValue, type View } from "../../stack";

/** Why a token validation accepts tokens that were issued for another API, or that strangers get. */
export interface TokenWeakness {
  readonly kind: "any-token" | "shared-issuer" | "wildcard-claim";
  /** Completes a sentence that starts with the action. */
  readonly what: string;
  /** Whether only some of the issuer's tokens are accepted, or none. */
  readonly isLesser: boolean;
}

/**
 * Why a token validation accepts tokens that were issued for others: by itself, it checks only the issuer and the time.
 * Undefined if it doesn't accept them, or if that isn't known before the deployment.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html
 * @see https://datatracker.ietf.org/doc/html/rfc8725#section-3.9
 */
export function tokenWeakness(actions: Actions): TokenWeakness | undefined {
  if (leadsNowhere(actions)) return undefined;
  return knownElements(actions)
    .map(validationWeakness)
    .find((weakness) => weakness !== undefined);
}

const anyToken = anyTokenOf("any token of the issuer", false);

function anyTokenOf(which: string, isLesser: boolean): TokenWeakness {
  const what = `checks neither the audience nor the client nor the scope of a token, so it accepts ${which}`;
  return { kind: "any-token", what, isLesser };
}

function validationWeakness(action: View<Action>): TokenWeakness | undefined {
  if (knownValue(action.word("type")) !== "JWT-VALIDATION") return undefined;
  const validation = action.record("jwtValidation");
  if (validation.kind !== "known") return validation.kind === "absent" ? anyToken : undefined;
  const tokens = tokensOf(validation.value);
  const trust = trustOf(tokens);
  const claims = tokens.claims.filter(({ values }) => hasValues(values));
  if (!claims.some(isIdentifying)) {
    if (claims.every(isOfEveryToken)) return anyToken;
    if (trust?.of !== "strangers") return anyTokenOf("any token with the claims", true);
  }
  if (trust?.of === "strangers") {
    return { kind: "shared-issuer", what: acceptsTokensOfStrangers(trust), isLesser: false };
  }
  return claims.some(({ values }) => isWildcard(values))
    ? {
        kind: "wildcard-claim",
        what: "compares a claim with *, which AWS doesn't take for a wildcard",
        isLesser: true,
      }
    : undefined;
}

/** Whether a claim says for whom, by whom or for what a token was requested, or may do so. */
function isIdentifying({ name }: RequiredClaim): boolean {
  return name.kind === "unknown" || identifying.has(knownValue(name));
}

/**
 * The claims of the common issuers that say for whom, by whom or for what a token was requested.
 *
 * @see https://datatracker.ietf.org/doc/html/rfc9068#section-2.2
 * @see https://learn.microsoft.com/en-us/entra/identity-platform/access-token-claims-reference
 */
const identifying: ReadonlySet<string | undefined> = new Set([
  ...["aud", "azp", "appid", "cid", "client_id", "clientId", "sub", "scope", "scp"],
]);
