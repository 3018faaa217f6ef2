import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { checkedOnArrival } from "../input-problems";
import type { AppClientArgs, MachineClientArgs } from "./args";
import { urlsProblems } from "./client-problems";

const appTokenMinutes = 15;
const machineTokenMinutes = 60;
const defaultRefreshTokenDays = 1;
/** How long a client may retry with the same refresh token when the answer got lost. */
const retryGracePeriodSeconds = 10;

type ClientArgs = Omit<aws.cognito.UserPoolClientArgs, "userPoolId">;

/**
 * The arguments of a client.
 *
 * @param headline the first line of an error about a URL that arrives later
 * @param path the path of the client in the arguments
 */
export function clientArgs(
  client: AppClientArgs | MachineClientArgs,
  headline: string,
  path: string,
): ClientArgs {
  return client.type === "app" ? appClientArgs(client, headline, path) : machineClientArgs(client);
}

/** The settings of every client. */
const hardened: ClientArgs = {
  allowedOauthFlowsUserPoolClient: true,
  enableTokenRevocation: true,
  // Cognito answers a wrong name and a wrong password alike.
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
    // Cognito doesn't return an empty list, so the provider would see a change.
    ...(client.logoutUrls?.length && { logoutUrls: urls(client.logoutUrls, "logoutUrls") }),
    generateSecret: client.confidential ?? false,
    supportedIdentityProviders: [...(client.identityProviders ?? ["COGNITO"])],
    // SRP is the only flow for passwords that doesn't send the password. Some flow has to be listed: with none, Cognito allows
    // SRP, refresh tokens and custom challenges
    // (https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html).
    // ALLOW_REFRESH_TOKEN_AUTH doesn't go together with rotating refresh tokens
    // (https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-refresh-token.html).
    // Managed login offers the flows that the client allows
    // (https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flows-selection-managedlogin.html).
    explicitAuthFlows: ["ALLOW_USER_SRP_AUTH"],
    // Always set the grace period: without it, the provider sees a change in what Cognito returns.
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
    // A flow with which nobody can sign in. With none listed, Cognito would allow three.
    explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
    accessTokenValidity: minutes,
    idTokenValidity: minutes,
    refreshTokenValidity: defaultRefreshTokenDays,
  };
}
