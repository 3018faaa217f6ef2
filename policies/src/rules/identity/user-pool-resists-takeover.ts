import {
  hasPasswords,
  IdentityProvider,
  ManagedUserPoolClient,
  type PoolResource,
  UserPool,
  UserPoolClient,
} from "../../endpoints/cognito/user-pool";
import { knownValue } from "../../stack";
import { fsbp, nist, owasp, soc2 } from "../controls";
import { stackRule } from "../rule";
import { quoted } from "../wording";
import { listed, type Weakness } from "./weakness";

/** The length that Cognito requires by default, with four kinds of characters. */
const shortestPassword = 8;
/**
 * The length from which no kinds of characters are needed.
 *
 * @see https://pages.nist.gov/800-63-4/sp800-63b.html
 */
const longPassword = 15;

const requireSecondFactor = 'mfaConfiguration: "ON", softwareTokenMfaConfiguration: { enabled: true }';
const requirePasswords =
  "passwordPolicy: { minimumLength: 14, requireLowercase: true, requireUppercase: true, requireNumbers: true, requireSymbols: true }";

export const userPoolResistsTakeover = stackRule({
  id: "user-pool-resists-takeover",
  theme: "identity",
  title: "User pools resist the takeover of accounts",
  severity: "medium",
  level: "advisory",
  because: "callers have proved who they are",
  controls: [
    owasp("API2:2023"),
    nist("IA-2(2)"),
    nist("IA-5(1)"),
    soc2("CC6.1"),
    fsbp("Cognito.3"),
    fsbp("Cognito.5"),
  ],
  why: "A stolen or guessed password is the usual way into an API that authenticates its callers: the token that follows is genuine. A second factor stops that. If people may do without one, most do, and then only threat protection notices a password known from a breach or a sign-in from an unusual place. A short password is guessed.",
  fix: `${requireSecondFactor}   // or "OPTIONAL", with userPoolTier: "PLUS", userPoolAddOns: { advancedSecurityMode: "ENFORCED" }`,
  exceptionIf:
    "people prove a second factor elsewhere, for instance in a function of the custom authentication flow",
  links: [
    "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html",
    "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-threat-protection.html",
    "https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html",
    "https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/cognito-controls.html",
    "https://pages.nist.gov/800-63-4/sp800-63b.html",
  ],
  kinds: {
    "easily-taken-over":
      "People sign in with a password of the pool, and it requires no second factor, blocks no risky sign-in, or accepts short passwords.",
  },
  examples: {
    bad: `new aws.cognito.UserPool("with-a-password-only", {
    adminCreateUserConfig: { allowAdminCreateUserOnly: true },
});`,
    good: `new aws.cognito.UserPool("with-a-second-factor", {
    adminCreateUserConfig: { allowAdminCreateUserOnly: true },
    ${requireSecondFactor},
});`,
  },
  stackResources: [UserPool, UserPoolClient, ManagedUserPoolClient, IdentityProvider],
  // Only the stack shows whether people have passwords in the pool: its clients do.
  *checkStack(stack) {
    for (const pool of stack.of(UserPool)) {
      const weaknesses = weaknessesOf(pool);
      if (weaknesses.length === 0 || !hasPasswords(stack, pool)) continue;
      yield {
        kind: "easily-taken-over",
        resource: pool,
        ...listed(weaknesses, `Accounts of the user pool ${quoted(pool.name)} are easily taken over: it`),
      };
    }
  },
});

function weaknessesOf(pool: PoolResource): readonly Weakness[] {
  return [secondFactorWeakness(pool), passwordWeakness(pool)].flatMap((weakness) => weakness ?? []);
}

/**
 * A second factor that is optional suffices beside threat protection, and beside passkeys.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html
 */
function secondFactorWeakness(pool: PoolResource): Weakness | undefined {
  const mfa = pool.word("mfaConfiguration");
  if (mfa.kind === "unknown") {
    return {
      what: "has an mfaConfiguration that is not known before the deployment",
      fix: requireSecondFactor,
    };
  }
  switch (knownValue(mfa)) {
    case "ON":
      return undefined;
    case "OPTIONAL":
      return blocksRiskySignIns(pool) || offersPasskeys(pool)
        ? undefined
        : {
            what: "lets people do without a second factor, and blocks no risky sign-in",
            fix: requireSecondFactor,
          };
    default:
      return { what: "has no second factor", fix: requireSecondFactor };
  }
}

function blocksRiskySignIns(pool: PoolResource): boolean {
  const mode = knownValue(pool.record("userPoolAddOns"))?.word("advancedSecurityMode");
  return mode !== undefined && knownValue(mode) === "ENFORCED";
}

function offersPasskeys(pool: PoolResource): boolean {
  const factors = knownValue(pool.record("signInPolicy"))?.list("allowedFirstAuthFactors");
  return (factors && knownValue(factors))?.some((factor) => isPasskey(knownValue(factor))) ?? false;
}

function isPasskey(factor: string | undefined): boolean {
  return factor?.toUpperCase() === "WEB_AUTHN";
}

function passwordWeakness(pool: PoolResource): Weakness | undefined {
  const policy = pool.record("passwordPolicy");
  // Cognito's own policy requires eight characters of four kinds.
  if (policy.kind === "absent") return undefined;
  if (policy.kind === "unknown") {
    return { what: "has a passwordPolicy that is not known before the deployment", fix: requirePasswords };
  }
  const length = policy.value.number("minimumLength");
  const characters = length.kind === "absent" ? shortestPassword : (knownValue(length) ?? 0);
  const kinds = ["requireLowercase", "requireUppercase", "requireNumbers", "requireSymbols"] as const;
  const requiresAllKinds = kinds.every((kind) => knownValue(policy.value.flag(kind)) === true);
  const isStrong = characters >= longPassword || (characters >= shortestPassword && requiresAllKinds);
  return isStrong
    ? undefined
    : {
        what: `accepts passwords of fewer than ${longPassword} characters without all four kinds of them, or of fewer than ${shortestPassword}`,
        fix: requirePasswords,
      };
}
