import {
  type ClientResource,
  isForMachines,
  leadsOutside,
  ManagedUserPoolClient,
  UserPoolClient,
} from "../../endpoints/cognito/user-pool";
import { knownElements, knownValue, type Seen } from "../../stack";
import { nist, owasp, soc2 } from "../controls";
import { resourceRule } from "../rule";
import { enumeration, quoted } from "../wording";
import { listed, type Weakness } from "./weakness";

type Token = "access" | "id" | "refresh";

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
/** The seconds of each unit. @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_TokenValidityUnitsType.html */
const units: Readonly<Record<string, number>> = { SECONDS: 1, MINUTES: minute, HOURS: hour, DAYS: day };
/** How long a token of each kind may be valid, in seconds: Cognito's own defaults. */
const longest: Readonly<Record<Token, number>> = { access: hour, id: hour, refresh: 30 * day };

export const userPoolClientIsHardened = resourceRule({
  id: "user-pool-client-is-hardened",
  theme: "identity",
  title: "Clients of user pools are hardened",
  severity: "medium",
  level: "advisory",
  because: "callers have proved who they are",
  controls: [owasp("API2:2023"), nist("IA-5(1)"), nist("IA-13(3)"), soc2("CC6.1")],
  why: "A client decides how a caller gets tokens, and how long a stolen one is worth something. With the implicit grant, tokens stand in the address of a page, in its history and in logs. In the flow USER_PASSWORD_AUTH the application handles passwords that the default flow never sends. Unless errors hide it, Cognito tells anyone which users exist. API Gateway accepts an access token until it expires, whatever is revoked.",
  fix: `allowedOauthFlows: ["code"], explicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"], preventUserExistenceErrors: "ENABLED"`,
  exceptionIf:
    "users are being migrated by a function, which needs their password in the flow USER_PASSWORD_AUTH until they have signed in once",
  links: [
    "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-client-apps.html",
    "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html",
    "https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints-oauth-grants.html",
    "https://docs.aws.amazon.com/cognito/latest/developerguide/token-revocation.html",
    "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html",
    "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_TokenValidityUnitsType.html",
  ],
  kinds: {
    "weak-settings":
      "The client allows the implicit grant or sent passwords, tells which users exist, can't revoke its tokens, redirects over plain HTTP, or has tokens that last long.",
  },
  examples: {
    bad: `new aws.cognito.UserPoolClient("with-the-implicit-grant", {
    userPoolId: "eu-west-1_AbCdEf123",
    allowedOauthFlowsUserPoolClient: true,
    allowedOauthFlows: ["implicit"],
    allowedOauthScopes: ["openid"],
    callbackUrls: ["https://app.example.com/signed-in"],
    supportedIdentityProviders: ["COGNITO"],
});`,
    good: `new aws.cognito.UserPoolClient("with-the-code-grant", {
    userPoolId: "eu-west-1_AbCdEf123",
    allowedOauthFlowsUserPoolClient: true,
    allowedOauthFlows: ["code"],   // a page in a browser has no secret: it uses PKCE
    allowedOauthScopes: ["openid"],
    callbackUrls: ["https://app.example.com/signed-in"],
    supportedIdentityProviders: ["COGNITO"],
    preventUserExistenceErrors: "ENABLED",
});`,
  },
  resources: [UserPoolClient, ManagedUserPoolClient],
  reads: {
    allowedOauthFlows: "deciding word",
    explicitAuthFlows: "deciding word",
    generateSecret: "deciding word",
    // An unknown element is the name of a provider outside: nobody computes the word COGNITO.
    supportedIdentityProviders: "reference",
    preventUserExistenceErrors: "deciding word",
    enableTokenRevocation: "deciding word",
    // An address of this deployment is https wherever AWS makes it.
    callbackUrls: "reference",
    accessTokenValidity: "deciding word",
    idTokenValidity: "deciding word",
    refreshTokenValidity: "deciding word",
    tokenValidityUnits: "deciding word",
  },
  *check(resource) {
    const client = resource as ClientResource;
    const weaknesses = weaknessesOf(client);
    if (weaknesses.length === 0) return;
    yield { kind: "weak-settings", ...listed(weaknesses, `The client ${quoted(client.name)}`) };
  },
});

function weaknessesOf(client: ClientResource): readonly Weakness[] {
  return [
    implicitGrant(client),
    sentPasswords(client),
    toldUsers(client),
    plainCallbacks(client),
    irrevocableTokens(client),
    longTokens(client),
  ].flatMap((weakness) => weakness ?? []);
}

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints-oauth-grants.html */
function implicitGrant(client: ClientResource): Weakness | undefined {
  if (!mayHold(client.list("allowedOauthFlows"), ["IMPLICIT"])) return undefined;
  return { what: "allows the implicit grant", fix: 'allowedOauthFlows: ["code"]' };
}

/**
 * The flow of administrators also sends a password, but only a server with credentials of AWS may use it. It is AWS's advice
 * for servers.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flows-public-server-side.html
 */
function sentPasswords(client: ClientResource): Weakness | undefined {
  const flows = client.list("explicitAuthFlows");
  if (!mayHold(flows, ["ALLOW_USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH"])) return undefined;
  return {
    what: "lets applications send passwords",
    fix: 'explicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]',
  };
}

/**
 * Where the pool's own users sign in, an absent setting is `LEGACY`. A program's client has no users to tell of, and those of
 * another provider sign in there.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html
 */
function toldUsers(client: ClientResource): Weakness | undefined {
  if (isForMachines(client) || leadsOutside(client)) return undefined;
  if (knownValue(client.word("preventUserExistenceErrors")) === "ENABLED") return undefined;
  return { what: "tells anyone which users exist", fix: 'preventUserExistenceErrors: "ENABLED"' };
}

/** Cognito itself allows http for the developer's own machine. Other schemes are those of mobile applications. */
function plainCallbacks(client: ClientResource): Weakness | undefined {
  const urls = knownElements(client.list("callbackUrls"));
  const isPlain = (url: string) =>
    /^http:/i.test(url) && !/^http:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/?#]|$)/i.test(url);
  if (!urls.some(isPlain)) return undefined;
  return {
    what: "redirects people with their code over plain HTTP",
    fix: 'callbackUrls: ["https://..."]',
  };
}

/** Revocation is on for a new client that doesn't mention it. */
function irrevocableTokens(client: ClientResource): Weakness | undefined {
  const revocation = client.flag("enableTokenRevocation");
  if (revocation.kind === "absent" || knownValue(revocation) === true) return undefined;
  return { what: "can't revoke its tokens", fix: "enableTokenRevocation: true" };
}

function longTokens(client: ClientResource): Weakness | undefined {
  const kinds = (["access", "id", "refresh"] as const).filter((token) => lastsLong(client, token));
  if (kinds.length === 0) return undefined;
  const validities = kinds.map((token) => `${token}TokenValidity: ${token === "refresh" ? 30 : 60}`);
  const written = kinds.map((token) => `${token}Token: "${token === "refresh" ? "days" : "minutes"}"`);
  const what = [
    ...(kinds.some((token) => token !== "refresh")
      ? ["access or ID tokens that last for more than an hour"]
      : []),
    ...(kinds.includes("refresh") ? ["refresh tokens that last for more than 30 days"] : []),
  ];
  return {
    what: `has ${enumeration(what)}`,
    fix: `${validities.join(", ")}, tokenValidityUnits: { ${written.join(", ")} }`,
  };
}

/** Whether tokens last longer than by Cognito's own default, or nobody knows how long. 0 is the default, too. */
function lastsLong(client: ClientResource, token: Token): boolean {
  const validity = client.number(`${token}TokenValidity`);
  if (validity.kind === "absent") return false;
  const given = client.record("tokenValidityUnits");
  const unit = given.kind === "known" ? given.value.word(`${token}Token`) : given;
  if (validity.kind === "unknown") return true;
  if (validity.value === 0) return false;
  const byDefault = token === "refresh" ? day : hour;
  const seconds = unit.kind === "absent" ? byDefault : units[knownValue(unit) ?? ""];
  return seconds === undefined || validity.value * seconds > longest[token];
}

/** Whether a list holds one of these words, or may: it isn't known whole. */
function mayHold(list: Seen<readonly Seen<string>[]>, words: readonly string[]): boolean {
  if (list.kind !== "known") return list.kind === "unknown";
  return (
    list.value.some(({ kind }) => kind === "unknown") ||
    knownElements(list).some((element) => words.includes(element.toUpperCase()))
  );
}
