import type * as aws from "@pulumi/aws";
import type { UserDirectoryArgs } from "./args";

/** The pool: who gets in, and what they have to show. */
export function userPoolArgs({
  mfa,
  selfSignUp,
  deletionProtection,
  tags,
}: UserDirectoryArgs): aws.cognito.UserPoolArgs {
  return {
    // People are known by their e-mail address, in whatever case it is written: two accounts can't look alike.
    usernameAttributes: ["email"],
    usernameConfiguration: { caseSensitive: false },
    adminCreateUserConfig: { allowAdminCreateUserOnly: !(selfSignUp ?? false) },
    mfaConfiguration: mfa === "optional" ? "OPTIONAL" : "ON",
    softwareTokenMfaConfiguration: { enabled: true },
    passwordPolicy: {
      minimumLength: 14,
      requireLowercase: true,
      requireUppercase: true,
      requireNumbers: true,
      requireSymbols: true,
      temporaryPasswordValidityDays: 3,
    },
    // A telephone number can be taken over by its carrier's clerk; without a way of their own people could choose.
    accountRecoverySetting: { recoveryMechanisms: [{ name: "verified_email", priority: 1 }] },
    autoVerifiedAttributes: ["email"],
    // Whoever has someone's session can't turn the account's recovery to an address of their own.
    userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdates: ["email"] },
    // Only the Plus plan protects against threats
    // (https://docs.aws.amazon.com/cognito/latest/developerguide/feature-plans-features-plus.html).
    userPoolTier: "PLUS",
    userPoolAddOns: { advancedSecurityMode: "ENFORCED" },
    deletionProtection: (deletionProtection ?? true) ? "ACTIVE" : "INACTIVE",
    ...(tags !== undefined && { tags }),
  };
}

/**
 * What threat protection does: a password that is known from a breach doesn't count, and who looks like an intruder is
 * asked for a second factor, or stopped.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-threat-protection.html
 */
export const riskConfiguration: Omit<aws.cognito.RiskConfigurationArgs, "userPoolId"> = {
  compromisedCredentialsRiskConfiguration: { actions: { eventAction: "BLOCK" } },
  accountTakeoverRiskConfiguration: {
    actions: {
      mediumAction: { eventAction: "MFA_IF_CONFIGURED", notify: false },
      highAction: { eventAction: "BLOCK", notify: false },
    },
  },
};
