import type * as aws from "@pulumi/aws";
import type { UserDirectoryArgs } from "./args";

/** The arguments of the pool. */
export function userPoolArgs({
  mfa,
  selfSignUp,
  featurePlan,
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
    ...plans[featurePlan ?? "plus"],
    deletionProtection: (deletionProtection ?? true) ? "ACTIVE" : "INACTIVE",
    ...(tags !== undefined && { tags }),
  };
}

/**
 * The feature plans. Cognito refuses to leave Plus before threat protection is off, so that is said.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/feature-plans-features-plus.html
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/feature-plans-deactivate.html
 */
const plans: Readonly<
  Record<
    NonNullable<UserDirectoryArgs["featurePlan"]>,
    Pick<aws.cognito.UserPoolArgs, "userPoolTier" | "userPoolAddOns">
  >
> = {
  plus: { userPoolTier: "PLUS", userPoolAddOns: { advancedSecurityMode: "ENFORCED" } },
  essentials: { userPoolTier: "ESSENTIALS", userPoolAddOns: { advancedSecurityMode: "OFF" } },
};

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
