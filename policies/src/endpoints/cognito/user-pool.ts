import type { UserPoolArgs, UserPoolClientArgs } from "@pulumi/aws/cognito";
import { knownElements, knownValue, type ResourceOf, resourceType, type Seen, type Stack } from "../../stack";

export const UserPool = resourceType<UserPoolArgs>("aws:cognito/userPool:UserPool", {
  adminCreateUserConfig: "deciding word",
  autoVerifiedAttributes: "presence",
  lambdaConfig: "reference",
});
export const UserPoolClient = resourceType<UserPoolClientArgs>("aws:cognito/userPoolClient:UserPoolClient", {
  userPoolId: "reference",
  generateSecret: "deciding word",
  allowedOauthFlows: "deciding word",
  explicitAuthFlows: "deciding word",
  supportedIdentityProviders: "deciding word",
});

type PoolResource = ResourceOf<typeof UserPool>;
type ClientResource = ResourceOf<typeof UserPoolClient>;

/**
 * Who may become a user of a pool: whom an administrator creates; whom a function lets sign up, or an administrator
 * confirms, since without an attribute to verify nobody is sent a code; or anyone. By default users sign up.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-admin-create-user-policy.html
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-sign-up.html
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html
 */
export function signUpOf(pool: PoolResource): "administrators" | "checked" | "anyone" {
  const config = pool.record("adminCreateUserConfig");
  const triggers = pool.record("lambdaConfig");
  const confirmThemselves = pool.isSet("autoVerifiedAttributes");
  if (config.kind === "known" && knownValue(config.value.flag("allowAdminCreateUserOnly")) === true) {
    return "administrators";
  }
  const isChecked =
    triggers.kind === "known" ? triggers.value.isSet("preSignUp") : triggers.kind === "unknown";
  return isChecked || !confirmThemselves ? "checked" : "anyone";
}

/**
 * Whether somebody whom nobody knows gets a token of a pool: signs up by one of its clients, and signs in by one that is
 * accepted. Of a pool without any client in the stack, the clients are elsewhere, and may be of any kind.
 *
 * @param accepted the clients whose tokens count, where not all of the pool's do
 */
export function letsStrangersIn(
  stack: Stack,
  pool: PoolResource,
  accepted?: readonly ClientResource[],
): boolean {
  if (signUpOf(pool) !== "anyone") return false;
  const clients = stack.of(UserPoolClient).filter((client) => {
    const target = stack.target(client, "userPoolId", UserPool);
    return target.kind === "found" && target.resource.urn === pool.urn;
  });
  if (clients.length === 0) return true;
  return clients.some(takesSignUps) && (accepted ?? clients).some(signsUsersIn);
}

/**
 * Whether users sign up by a client: a client's id is public, and without a secret it is all that SignUp asks for. With
 * one, there is the login page, where the pool is among the client's identity providers.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignUp.html
 */
function takesSignUps(client: ClientResource): boolean {
  return knownValue(client.flag("generateSecret")) !== true || hasLoginPage(client);
}

/**
 * Whether a client gets tokens for the pool's own users. The identity providers that it lists say what its login page
 * shows, and nothing of InitiateAuth: for that there are the flows, of which some are on by default.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html
 */
function signsUsersIn(client: ClientResource): boolean {
  const grants = client.list("allowedOauthFlows");
  const isForMachines =
    knownValue(client.flag("generateSecret")) === true && holdsOnly(grants, "CLIENT_CREDENTIALS");
  if (isForMachines) return false;
  return !holdsOnly(client.list("explicitAuthFlows"), "ALLOW_REFRESH_TOKEN_AUTH") || hasLoginPage(client);
}

/** Whether a client's login page signs up, and signs in, the pool's own users. */
function hasLoginPage(client: ClientResource): boolean {
  const grants = client.list("allowedOauthFlows");
  const providers = client.list("supportedIdentityProviders");
  if (grants.kind === "absent" || holdsOnly(grants, "CLIENT_CREDENTIALS")) return false;
  if (providers.kind !== "known" || providers.value.length === 0) return true;
  return (
    providers.value.some(({ kind }) => kind !== "known") ||
    knownElements(providers).some((provider) => provider.toUpperCase() === "COGNITO")
  );
}

/** Whether a list is known to hold a word, and nothing else. */
function holdsOnly(list: Seen<readonly Seen<string>[]>, word: string): boolean {
  const elements = knownValue(list) ?? [];
  return elements.length > 0 && elements.every((element) => knownValue(element)?.toUpperCase() === word);
}
