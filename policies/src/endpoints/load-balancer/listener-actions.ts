import { absent, knownElements, knownValue, type Seen, type View } from "../../stack";
import { type Authentication, isNotKnown, unknownProperty } from "../endpoint";
import { type RequiredClaim, requiredClaims } from "../tokens/required-claim";
import type { AcceptedTokens } from "../tokens/shared-issuers";

interface Login {
  /** Of `authenticateOidc` only. */
  issuer?: string | undefined;
  onUnauthenticatedRequest?: string | undefined;
}

export interface Claim {
  name?: string | undefined;
  values?: readonly string[] | undefined;
}

export interface TokenValidation {
  issuer?: string | undefined;
  additionalClaims?: readonly Claim[] | undefined;
}

/** The properties that the actions of listeners and of rules have in common. */
export interface Action {
  type?: string | undefined;
  authenticateOidc?: Login | undefined;
  authenticateCognito?: Login | undefined;
  jwtValidation?: TokenValidation | undefined;
  redirect?: { protocol?: string | undefined } | undefined;
  targetGroupArn?: string | undefined;
  forward?: { targetGroups?: readonly { arn?: string | undefined }[] | undefined } | undefined;
}

/** The default actions of a listener, or the actions of a rule. */
export type Actions = Seen<readonly Seen<View<Action>>[]>;

export interface ActionsAuthentication extends Authentication {
  /** Whether they ask for a login, but let callers pass who don't log in, or may do so. */
  readonly isLoginOptional?: boolean;
  /** Whether the listener requires a client certificate, whatever the actions ask for. */
  readonly isByCertificate?: boolean;
}

/**
 * Who gets through a list of actions to a target. Undefined if it leads to no target. An action of a type that we don't
 * know counts as authentication: all types that only forward or answer are known.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html
 */
export function actionsAuthentication(actions: Actions): ActionsAuthentication | undefined {
  if (actions.kind === "unknown") return unknownActions;
  if (leadsNowhere(actions)) return undefined;
  const outcomes = (knownValue(actions) ?? []).map(outcomeOf);
  const first = ["authenticated", "login optional", "login unknown", "unknown", "forwarded"] as const;
  switch (first.find((outcome) => outcomes.includes(outcome))) {
    case "authenticated":
      return { verdict: "authenticated", because: "requires a login or a token" };
    case "login optional":
      return {
        verdict: "open",
        because: "also forwards callers who aren't logged in: onUnauthenticatedRequest is allow",
        isLoginOptional: true,
      };
    case "login unknown":
      return {
        verdict: "undetermined",
        because: unknownProperty("onUnauthenticatedRequest"),
        isLoginOptional: true,
      };
    case "unknown":
      return unknownActions;
    case "forwarded":
      return { verdict: "open", because: "forwards callers without authentication" };
    case undefined:
      return undefined;
  }
}

const unknownActions: Authentication = {
  verdict: "undetermined",
  because: `${isNotKnown("actions")}: write their types as plain strings`,
};

/** Whether a list leads to no target. Its last action forwards, redirects or answers. */
export function leadsNowhere(actions: Actions): boolean {
  return knownElements(actions).some((action) => {
    const type = knownValue(action.word("type"));
    return type === "REDIRECT" || type === "FIXED-RESPONSE";
  });
}

type Outcome = "authenticated" | "login optional" | "login unknown" | "unknown" | "forwarded";

function outcomeOf(action: Seen<View<Action>>): Outcome {
  if (action.kind !== "known") return "unknown";
  const type = action.value.word("type");
  if (knownValue(type) === "FORWARD") return "forwarded";
  const login = loginOf(action.value);
  if (!login) return type.kind === "known" ? "authenticated" : "unknown";
  // By default, the load balancer sends the caller to log in.
  const otherwise = login.word("onUnauthenticatedRequest");
  if (otherwise.kind === "unknown") return "login unknown";
  return knownValue(otherwise) === "ALLOW" ? "login optional" : "authenticated";
}

/**
 * The claims that a token validation requires. Each of them has to match.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html
 */
function claimsOf(validation: View<TokenValidation>): readonly RequiredClaim[] {
  return requiredClaims(validation.records("additionalClaims"), (claim) => ({
    name: claim.text("name"),
    values: claim.list("values"),
  }));
}

/** The tokens that a token validation accepts. An audience that isn't named is any audience. */
export function tokensOf(validation: View<TokenValidation>): AcceptedTokens {
  const claims = claimsOf(validation);
  const audience = claims.find(({ name }) => knownValue(name) === "aud");
  return { issuer: validation.text("issuer"), audiences: audience?.values ?? absent, claims };
}

/** What each token validation of a list accepts. */
export function validationsOf(actions: Actions): readonly AcceptedTokens[] {
  return knownElements(actions)
    .filter((action) => knownValue(action.word("type")) === "JWT-VALIDATION")
    .flatMap((action) => knownValue(action.record("jwtValidation")) ?? [])
    .map(tokensOf);
}

/** The logins of a list. */
export function loginsOf(actions: Actions): readonly View<Login>[] {
  return knownElements(actions).flatMap((action) => loginOf(action) ?? []);
}

/** Whether a list asks for the login of a user pool. */
export function asksUserPool(actions: Actions): boolean {
  return knownElements(actions).some((action) => action.isSet("authenticateCognito"));
}

function loginOf(action: View<Action>): View<Login> | undefined {
  return knownValue(action.record("authenticateOidc")) ?? knownValue(action.record("authenticateCognito"));
}
