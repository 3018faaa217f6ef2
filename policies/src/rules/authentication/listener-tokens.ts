import {
  type Action,
  type Actions,
  type Claim,
  leadsNowhere,
} from "../../endpoints/load-balancer/listener-actions";
import { absent, knownElements, knownValue, type Seen, type View } from "../../stack";

/** The tokens that a token validation accepts although they were issued for another API. */
export type TokenWeakness = "any token of the issuer" | "any token with the claims";

/**
 * Whether a token validation accepts tokens that were issued for others: by itself, it checks only the issuer and the time.
 * Undefined if it doesn't, or if that isn't known before the deployment.
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

const anyToken = "any token of the issuer";

function validationWeakness(action: View<Action>): TokenWeakness | undefined {
  if (knownValue(action.word("type")) !== "JWT-VALIDATION") return undefined;
  const validation = action.record("jwtValidation");
  if (validation.kind !== "known") return validation.kind === "absent" ? anyToken : undefined;
  const claims = validation.value.records("additionalClaims");
  if (claims.kind === "unknown") return undefined;
  const names = (knownValue(claims) ?? []).map(nameOf);
  if (names.some((name) => name.kind === "unknown" || identifying.has(knownValue(name)))) return undefined;
  const restricts = names.some((name) => name.kind === "known" && !ofEveryToken.has(name.value));
  return restricts ? "any token with the claims" : anyToken;
}

/** The name of a claim that has to have a certain value. */
function nameOf(claim: Seen<View<Claim>>): Seen<string> {
  if (claim.kind !== "known") return claim;
  return claim.value.isSet("values") ? claim.value.text("name") : absent;
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

/** The claims that say what kind of token it is. The tokens of all clients have them. */
const ofEveryToken: ReadonlySet<string> = new Set(["token_use", "token_type", "typ", "ver"]);
