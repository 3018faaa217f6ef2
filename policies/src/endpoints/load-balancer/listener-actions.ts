import { knownElements, knownValue, type Seen, type View } from "../../stack";
import type { Authentication } from "../endpoint";

interface Login {
  onUnauthenticatedRequest?: string | undefined;
}

interface Claim {
  name?: string | undefined;
  values?: readonly string[] | undefined;
}

/** What an action of a listener and one of a rule have in common. */
interface Action {
  type?: string | undefined;
  authenticateOidc?: Login | undefined;
  authenticateCognito?: Login | undefined;
  jwtValidation?: { additionalClaims?: readonly Claim[] | undefined } | undefined;
}

/** The default actions of a listener, or the actions of a rule. */
export type Actions = Seen<readonly Seen<View<Action>>[]>;

export interface ActionsAuthentication extends Authentication {
  /** Whether they ask for a login, and what they do without one decides. */
  readonly isLoginOptional?: boolean;
}

/**
 * Who gets past a list of actions to a target; undefined where it leads to none. A type that isn't known here may ask
 * for something: what only forwards or answers is known.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html
 */
export function actionsAuthentication(actions: Actions): ActionsAuthentication | undefined {
  if (actions.kind === "unknown") return unknownActions;
  if (leadsNowhere(actions)) return undefined;
  const passages = (knownValue(actions) ?? []).map(passageOf);
  const first = ["asked", "login optional", "login unknown", "unknown", "not asked"] as const;
  switch (first.find((passage) => passages.includes(passage))) {
    case "asked":
      return { verdict: "authenticated", because: "asks for a login or a token" };
    case "login optional":
      return {
        verdict: "open",
        because: "forwards whoever isn't logged in as well: onUnauthenticatedRequest is allow",
        isLoginOptional: true,
      };
    case "login unknown":
      return {
        verdict: "undetermined",
        because:
          "has an onUnauthenticatedRequest that is not known before the deployment: write it as a plain string",
        isLoginOptional: true,
      };
    case "unknown":
      return unknownActions;
    case "not asked":
      return { verdict: "open", because: "forwards callers without asking who they are" };
    case undefined:
      return undefined;
  }
}

const unknownActions: Authentication = {
  verdict: "undetermined",
  because: "has actions that are not known before the deployment: write their types as plain strings",
};

/** A list ends in one action that forwards, redirects or answers. */
function leadsNowhere(actions: Actions): boolean {
  return knownElements(actions).some((action) => {
    const type = knownValue(action.word("type"));
    return type === "REDIRECT" || type === "FIXED-RESPONSE";
  });
}

type Passage = "asked" | "login optional" | "login unknown" | "unknown" | "not asked";

function passageOf(action: Seen<View<Action>>): Passage {
  if (action.kind !== "known") return "unknown";
  const type = action.value.word("type");
  if (type.kind === "known" && type.value === "FORWARD") return "not asked";
  const login = loginOf(action.value);
  if (!login) return type.kind === "known" ? "asked" : "unknown";
  // Absent, the caller is sent to log in.
  const otherwise = login.word("onUnauthenticatedRequest");
  if (otherwise.kind === "unknown") return "login unknown";
  return knownValue(otherwise) === "ALLOW" ? "login optional" : "asked";
}

function loginOf(action: View<Action>): View<Login> | undefined {
  return knownValue(action.record("authenticateOidc")) ?? knownValue(action.record("authenticateCognito"));
}

/** Whose tokens a token validation takes besides those that were made for this API. */
export type TokenWeakness = "any token of the issuer" | "any token with the claims";

/**
 * Whether a token validation takes tokens that were made for somebody else: by itself it asks for the issuer and the
 * time alone. Undefined where it doesn't, or where that isn't known before the deployment.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html
 * @see https://datatracker.ietf.org/doc/html/rfc8725#section-3.9
 */
export function tokenWeakness(actions: Actions): TokenWeakness | undefined {
  if (leadsNowhere(actions)) return undefined;
  const weaknesses = knownElements(actions).map((action) => {
    if (knownValue(action.word("type")) !== "JWT-VALIDATION") return undefined;
    const validation = action.record("jwtValidation");
    if (validation.kind !== "known") return validation.kind === "absent" ? anyToken : undefined;
    return claimsWeakness(validation.value.records("additionalClaims"));
  });
  return weaknesses.find((weakness) => weakness !== undefined);
}

const anyToken = "any token of the issuer";

function claimsWeakness(claims: Seen<readonly Seen<View<Claim>>[]>): TokenWeakness | undefined {
  if (claims.kind === "unknown") return undefined;
  const names = (knownValue(claims) ?? []).map(nameOf);
  if (names.some((name) => name.kind === "unknown" || pinning.has(knownValue(name)))) return undefined;
  const restricts = names.some((name) => name.kind === "known" && !ofEveryToken.has(name.value));
  return restricts ? "any token with the claims" : anyToken;
}

/** The name of a claim that asks for a value. */
function nameOf(claim: Seen<View<Claim>>): Seen<string> {
  if (claim.kind !== "known") return claim;
  return claim.value.isSet("values") ? claim.value.text("name") : { kind: "absent" };
}

/**
 * Whom a token was made for, by whom it was asked for, and what for, in the words of the common issuers.
 *
 * @see https://datatracker.ietf.org/doc/html/rfc9068#section-2.2
 * @see https://learn.microsoft.com/en-us/entra/identity-platform/access-token-claims-reference
 */
const pinning: ReadonlySet<string | undefined> = new Set([
  ...["aud", "azp", "appid", "cid", "client_id", "clientId", "sub", "scope", "scp"],
]);

/** What kind of token it is: every client's has them. */
const ofEveryToken: ReadonlySet<string> = new Set(["token_use", "token_type", "typ", "ver"]);
