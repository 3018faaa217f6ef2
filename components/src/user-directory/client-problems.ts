import {
  arrivesLater,
  flagProblems,
  type InputProblem,
  isPlainRecord,
  type NamesOf,
  unknownProperties,
  wholeNumberProblems,
} from "../input-problems";
import { cognitoLimits, lengthOf, limitProblems } from "../limits";
import type { AppClientArgs, MachineClientArgs } from "./args";

const appArguments: NamesOf<AppClientArgs> = {
  type: true,
  callbackUrls: true,
  logoutUrls: true,
  scopes: true,
  confidential: true,
  identityProviders: true,
  accessTokenMinutes: true,
  refreshTokenDays: true,
};
const machineArguments: NamesOf<MachineClientArgs> = { type: true, scopes: true, accessTokenMinutes: true };

/**
 * The scopes of people, besides those of resource servers. `aws.cognito.signin.user.admin` is missing on purpose: with it, an
 * access token can change its owner's attributes and second factor. Tokens from SRP carry it whatever the client allows.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-define-resource-servers.html
 */
const scopesOfPeople = ["openid", "email", "phone", "profile"];

/** The policy pack reports tokens that last longer than an hour. */
const accessTokenMinutes = { least: 5, most: 60 };
/** Cognito's own limit is ten years. https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-client-apps.html */
const refreshTokenDays = { least: 1, most: 3650 };

/**
 * Checks a client.
 *
 * @param ownScopes the scopes of the directory's resource servers, `IDENTIFIER/NAME`
 */
export function clientProblems(client: unknown, ownScopes: readonly string[], path: string): InputProblem[] {
  if (!isPlainRecord(client)) {
    return [
      {
        propertyPath: path,
        reason: 'give { type: "app", callbackUrls, scopes } or { type: "machine", scopes }',
      },
    ];
  }
  const minutes = wholeNumberProblems(
    client.accessTokenMinutes,
    accessTokenMinutes,
    "a whole number",
    `${path}.accessTokenMinutes`,
  );
  switch (client.type) {
    case "app":
      return [
        ...unknownProperties(client, appArguments, `${path}.`),
        ...urlsProblems(client.callbackUrls, 1, `${path}.callbackUrls`),
        ...(["callbackUrls", "logoutUrls"] as const).flatMap((urls) =>
          limitProblems(
            cognitoLimits[urls],
            lengthOf(client[urls]),
            `${path}.${urls}`,
            "use one client for each application",
          ),
        ),
        ...(client.logoutUrls === undefined ? [] : urlsProblems(client.logoutUrls, 0, `${path}.logoutUrls`)),
        ...scopesProblems(client.scopes, [...scopesOfPeople, ...ownScopes], `${path}.scopes`),
        ...flagProblems(client.confidential, `${path}.confidential`),
        ...identityProvidersProblems(client.identityProviders, `${path}.identityProviders`),
        ...minutes,
        ...wholeNumberProblems(
          client.refreshTokenDays,
          refreshTokenDays,
          "a whole number",
          `${path}.refreshTokenDays`,
        ),
      ];
    case "machine":
      return [
        ...unknownProperties(client, machineArguments, `${path}.`),
        ...scopesProblems(client.scopes, ownScopes, `${path}.scopes`),
        ...minutes,
      ];
    default:
      return [
        {
          propertyPath: `${path}.type`,
          reason:
            'write "app" for an application where people sign in, "machine" for a program with a secret',
        },
      ];
  }
}

function scopesProblems(scopes: unknown, known: readonly string[], propertyPath: string): InputProblem[] {
  if (!Array.isArray(scopes) || scopes.length === 0) {
    return [{ propertyPath, reason: "list at least one scope: without any, Cognito grants all that it can" }];
  }
  if (scopes.every((scope) => known.includes(scope))) {
    const advice = "let a scope stand for several";
    return limitProblems(cognitoLimits.clientScopes, scopes.length, propertyPath, advice);
  }
  const reason =
    known.length === 0
      ? "declare the scopes under resourceServers first"
      : `list existing scopes as plain text: ${known.join(", ")}. Declare others under resourceServers`;
  return [{ propertyPath, reason }];
}

/** Checks the URLs that are plain. */
export function urlsProblems(urls: unknown, least: number, propertyPath: string): InputProblem[] {
  const isRight =
    Array.isArray(urls) && urls.length >= least && urls.every((url) => arrivesLater(url) || isReturnUrl(url));
  const reason =
    "list https URLs without wildcards and #, http://localhost for development, or the scheme of an app (myapp://signed-in): an authorization code sent elsewhere can be stolen";
  return isRight ? [] : [{ propertyPath, reason }];
}

/** Schemes that a browser or a phone handles itself. No application owns them. */
const schemesOfOthers =
  /^(?:about|blob|chrome|content|data|file|filesystem|ftp|intent|javascript|vbscript|view-source|wss?):$/;

/**
 * Cognito accepts https, http for the developer's own machine, and schemes of applications, such as `myapp://example`.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-app-idp-settings.html
 */
function isReturnUrl(text: unknown): boolean {
  if (typeof text !== "string" || /[\s*#]/.test(text) || !URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== "" || password !== "") return false;
  if (protocol === "https:") return true;
  if (protocol === "http:") return hostname === "localhost" || hostname === "127.0.0.1";
  return /^[a-z][a-z0-9+.-]*:\//i.test(text) && !schemesOfOthers.test(protocol);
}

function identityProvidersProblems(providers: unknown, propertyPath: string): InputProblem[] {
  if (providers === undefined) return [];
  const isRight =
    Array.isArray(providers) &&
    providers.length > 0 &&
    providers.every((it) => arrivesLater(it) || (typeof it === "string" && it !== ""));
  return isRight
    ? []
    : [{ propertyPath, reason: 'list names of identity providers; "COGNITO" is the pool itself' }];
}
