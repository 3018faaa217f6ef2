import type { UserPoolArgs } from "@pulumi/aws/cognito";
import { knownValue, type ResourceOf, resourceType } from "../stack";

export const UserPool = resourceType<UserPoolArgs>("aws:cognito/userPool:UserPool");

/**
 * Who may become a user of a pool: whom an administrator creates, whom a function lets sign up, or anyone. Anyone is the
 * default. Which identity providers a client lists doesn't matter: SignUp is called without its login page.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminCreateUserConfigType.html
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-sign-up.html
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html
 */
export function signUpOf(pool: ResourceOf<typeof UserPool>): "administrators" | "checked" | "anyone" {
  const config = pool.record("adminCreateUserConfig");
  const triggers = pool.record("lambdaConfig");
  if (config.kind === "known" && knownValue(config.value.flag("allowAdminCreateUserOnly")) === true) {
    return "administrators";
  }
  const isChecked =
    triggers.kind === "known" ? triggers.value.isSet("preSignUp") : triggers.kind === "unknown";
  return isChecked ? "checked" : "anyone";
}
