import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { checkedOnArrival } from "../input-problems";
import type { AppClientArgs, MachineClientArgs } from "./args";
import { urlsProblems } from "./client-problems";

const appTokenMinutes = 15;
const machineTokenMinutes = 60;
const defaultRefreshTokenDays = 1;
/** For as long a token that was lost on its way may be asked for again. */
const retryGracePeriodSeconds = 10;

type ClientArgs = Omit<aws.cognito.UserPoolClientArgs, "userPoolId">;

/**
 * How a client gets tokens.
 *
 * @param headline how an error about a URL that arrives later begins
 * @param path where the client stands in the arguments
 */
export function clientArgs(
  client: AppClientArgs | MachineClientArgs,
  headline: string,
  path: string,
): ClientArgs {
  return client.type === "app" ? appClientArgs(client, headline, path) : machineClientArgs(client);
}

/** What holds for every client. */
const hardened: ClientArgs = {
  allowedOauthFlowsUserPoolClient: true,
  enableTokenRevocation: true,
  // A wrong name and a wrong password are answered alike.
  preventUserExistenceErrors: "ENABLED",
  authSessionValidity: 3,
  tokenValidityUnits: { accessToken: "minutes", idToken: "minutes", refreshToken: "days" },
};

function appClientArgs(client: AppClientArgs, headline: string, path: string): ClientArgs {
  const minutes = client.accessTokenMinutes ?? appTokenMinutes;
  const urls = (given: readonly pulumi.Input<string>[], property: string) =>
    given.map((url) =>
      checkedOnArrival(pulumi.output(url), headline, (arrived) =>
        urlsProblems([arrived], 1, `${path}.${property}`),
      ),
    );
  return {
    ...hardened,
    allowedOauthFlows: ["code"],
    allowedOauthScopes: [...client.scopes],
    callbackUrls: urls(client.callbackUrls, "callbackUrls"),
    // Cognito doesn't answer an empty list, which the provider would take for a change.
    ...(client.logoutUrls?.length && { logoutUrls: urls(client.logoutUrls, "logoutUrls") }),
    generateSecret: client.confidential ?? false,
    supportedIdentityProviders: [...(client.identityProviders ?? ["COGNITO"])],
    // One has to be named: with none Cognito allows SRP, refresh tokens and custom challenges
    // (https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html), and
    // refresh tokens that rotate exclude ALLOW_REFRESH_TOKEN_AUTH
    // (https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-refresh-token.html).
    // Managed login offers what the client allows
    // (https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flows-selection-managedlogin.html). Of
    // the flows with a password SRP is the one that sends none.
    explicitAuthFlows: ["ALLOW_USER_SRP_AUTH"],
    // The grace period is written even where it were 0: the provider wouldn't know its own answer again.
    refreshTokenRotation: { feature: "ENABLED", retryGracePeriodSeconds },
    accessTokenValidity: minutes,
    idTokenValidity: minutes,
    refreshTokenValidity: client.refreshTokenDays ?? defaultRefreshTokenDays,
  };
}

/** https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints-oauth-grants.html */
function machineClientArgs(client: MachineClientArgs): ClientArgs {
  const minutes = client.accessTokenMinutes ?? machineTokenMinutes;
  return {
    ...hardened,
    allowedOauthFlows: ["client_credentials"],
    allowedOauthScopes: [...client.scopes],
    generateSecret: true,
    // No flow by which a person could sign in. With none at all Cognito would allow three.
    explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
    accessTokenValidity: minutes,
    idTokenValidity: minutes,
    refreshTokenValidity: defaultRefreshTokenDays,
  };
}
