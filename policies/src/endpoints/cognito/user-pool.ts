import type { UserPoolArgs, UserPoolClientArgs } from "@pulumi/aws/cognito";
import { knownElements, knownValue, type ResourceOf, resourceType, type Seen, type Stack } from "../../stack";
import { leadsTo } from "../target";

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
 * Who may become a user of a pool. `administrators`: only users whom an administrator creates. `checked`: a function decides
 * who signs up, or an administrator confirms it, since Cognito sends no code without an attribute to verify. `anyone`: the
 * default.
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
 * Whether a stranger gets a token of a pool: signs up through one of its clients, and signs in through one that is
 * accepted. If the stack holds no client of the pool, its clients are elsewhere and may be of any kind.
 *
 * @param accepted the clients whose tokens are accepted, where those of some aren't
 */
export function letsStrangersIn(
  stack: Stack,
  pool: PoolResource,
  accepted?: readonly ClientResource[],
): boolean {
  if (signUpOf(pool) !== "anyone") return false;
  const clients = stack
    .of(UserPoolClient)
    .filter((client) => leadsTo(stack.target(client, "userPoolId", UserPool), pool));
  if (clients.length === 0) return true;
  return clients.some(letsUsersSignUp) && (accepted ?? clients).some(signsUsersIn);
}

/**
 * Whether users sign up through a client. A client's id is public, and SignUp requires nothing else if the client has no
 * secret. With a secret, they sign up on the login page if the pool is among the client's identity providers.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignUp.html
 */
function letsUsersSignUp(client: ClientResource): boolean {
  return knownValue(client.flag("generateSecret")) !== true || hasLoginPage(client);
}

/**
 * Whether a client gets tokens for the pool's own users. The identity providers that it lists decide what its login page
 * shows, not what InitiateAuth does: that depends on the flows, some of which are on by default.
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

/** Whether the pool's own users sign up and sign in on a client's login page. */
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

/** Whether a list is known to hold this word and nothing else. */
function holdsOnly(list: Seen<readonly Seen<string>[]>, word: string): boolean {
  const elements = knownValue(list) ?? [];
  return elements.length > 0 && elements.every((element) => knownValue(element)?.toUpperCase() === word);
}
