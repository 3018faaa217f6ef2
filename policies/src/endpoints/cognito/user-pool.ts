import type {
  IdentityProviderArgs,
  ManagedUserPoolClientArgs,
  UserPoolArgs,
  UserPoolClientArgs,
} from "@pulumi/aws/cognito";
import {
  knownElements,
  knownValue,
  type Resource,
  type ResourceOf,
  resourceType,
  type Seen,
  type Stack,
} from "../../stack";
import { leadsTo } from "../target";

export const UserPool = resourceType<UserPoolArgs>("aws:cognito/userPool:UserPool", {
  adminCreateUserConfig: "deciding word",
  autoVerifiedAttributes: "presence",
  lambdaConfig: "reference",
  mfaConfiguration: "deciding word",
  userPoolAddOns: "deciding word",
  passwordPolicy: "deciding word",
  signInPolicy: "deciding word",
});
export const UserPoolClient = resourceType<UserPoolClientArgs>("aws:cognito/userPoolClient:UserPoolClient", {
  userPoolId: "reference",
  generateSecret: "deciding word",
  allowedOauthFlows: "deciding word",
  explicitAuthFlows: "deciding word",
  supportedIdentityProviders: "deciding word",
});

/** A client that a service of AWS creates, and that the program only configures: a search domain's, for instance. */
export const ManagedUserPoolClient = resourceType<ManagedUserPoolClientArgs>(
  "aws:cognito/managedUserPoolClient:ManagedUserPoolClient",
  {
    userPoolId: "reference",
    allowedOauthFlows: "deciding word",
    explicitAuthFlows: "deciding word",
    supportedIdentityProviders: "deciding word",
  },
);
/** A provider outside of the pool whose users sign in to it: SAML, OpenID Connect, or a consumer service. */
export const IdentityProvider = resourceType<IdentityProviderArgs>(
  "aws:cognito/identityProvider:IdentityProvider",
);

export type PoolResource = ResourceOf<typeof UserPool>;
/** A client. A managed one has the same settings, apart from a secret that the program asks for. */
export type ClientResource = ResourceOf<typeof UserPoolClient>;

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
  if (isForMachines(client)) return false;
  return !holdsOnly(client.list("explicitAuthFlows"), "ALLOW_REFRESH_TOKEN_AUTH") || hasLoginPage(client);
}

/** Whether a client is a program that identifies itself with its secret, and through which nobody signs in. */
export function isForMachines(client: ClientResource): boolean {
  return (
    UserPoolClient.is(client as Resource) &&
    knownValue(client.flag("generateSecret")) === true &&
    holdsOnly(client.list("allowedOauthFlows"), "CLIENT_CREDENTIALS")
  );
}

/**
 * Whether people sign in to a pool with a password of the pool's own. Not if its clients are all for machines, or only lead to
 * identity providers outside, which have their own second factor; nor if the first factor is never a password. If the stack
 * holds no client of the pool, its clients are elsewhere and may be of any kind.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html
 */
export function hasPasswords(stack: Stack, pool: PoolResource): boolean {
  if (isWithoutPasswords(pool)) return false;
  const managed = stack.of(ManagedUserPoolClient) as unknown as readonly ClientResource[];
  const clients = [...stack.of(UserPoolClient), ...managed].filter((client) =>
    leadsTo(stack.target(client, "userPoolId", UserPool), pool),
  );
  return clients.length === 0 || clients.some((client) => asksForPasswords(stack, client));
}

/** Whether the factors that people may start with are known, and a password is none of them. */
function isWithoutPasswords(pool: PoolResource): boolean {
  const factors = knownValue(pool.record("signInPolicy"))?.list("allowedFirstAuthFactors");
  if (factors?.kind !== "known" || factors.value.length === 0) return false;
  return factors.value.every((factor) => {
    const known = knownValue(factor)?.toUpperCase();
    return known !== undefined && known !== "PASSWORD";
  });
}

/** The flows of InitiateAuth in which no password is sent or proved. */
const flowsWithoutPassword: ReadonlySet<string> = new Set([
  "ALLOW_CUSTOM_AUTH",
  "CUSTOM_AUTH_FLOW_ONLY",
  "ALLOW_REFRESH_TOKEN_AUTH",
]);

function asksForPasswords(stack: Stack, client: ClientResource): boolean {
  if (isForMachines(client)) return false;
  const providers = client.list("supportedIdentityProviders");
  const outside = stack.madeOf(client, "supportedIdentityProviders", IdentityProvider);
  const unknowns = (knownValue(providers) ?? []).filter(({ kind }) => kind !== "known");
  if (leadsOutside(client) && unknowns.length <= outside.length) return false;
  if (hasLoginPage(client)) return true;
  const flows = client.list("explicitAuthFlows");
  if (flows.kind !== "known" || flows.value.length === 0) return true;
  return flows.value.some((flow) => !flowsWithoutPassword.has(knownValue(flow)?.toUpperCase() ?? ""));
}

/** Whether a client lists identity providers, and the pool's own users are not among those that are known. */
export function leadsOutside(client: ClientResource): boolean {
  const providers = client.list("supportedIdentityProviders");
  return (
    providers.kind === "known" &&
    providers.value.length > 0 &&
    knownElements(providers).every((provider) => provider.toUpperCase() !== "COGNITO")
  );
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
