import type * as aws from "@pulumi/aws";
import type { UserDirectoryArgs } from "./args";

/** The arguments of the pool. */
export function userPoolArgs({
  mfa,
  selfSignUp,
  deletionProtection,
  tags,
}: UserDirectoryArgs): aws.cognito.UserPoolArgs {
  return {
    // The e-mail address is the user name, in upper or lower case, so that two accounts can't look alike.
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
    // No recovery by phone: an attacker can take over a phone number. Without this setting, people could choose it.
    accountRecoverySetting: { recoveryMechanisms: [{ name: "verified_email", priority: 1 }] },
    autoVerifiedAttributes: ["email"],
    // A stolen session can't redirect account recovery to another address.
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
 * Threat protection. It blocks passwords known from a breach. A risky sign-in needs the second factor or is blocked.
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
