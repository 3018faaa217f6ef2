import { knownElements, knownValue, type Seen } from "../../stack";
import { isPinned, type RequiredClaim } from "./required-claim";

/** What a surface accepts: tokens of an issuer, for some audiences, with some claims. */
export interface AcceptedTokens {
  /** An issuer, or the URL of its discovery document. */
  readonly issuer: Seen<string>;
  /** As they are compared: an audience that is written as a pattern counts as what it matches if it names one. */
  readonly audiences: Seen<readonly Seen<string>[]>;
  readonly claims: readonly RequiredClaim[];
}

/** Who gets a token that is accepted, where that is more than the users of one organization. */
export interface Trust {
  /**
   * `strangers`: whoever has an account at a service that signs tokens for all of its accounts. `sign-up`: whoever signs in
   * to the application, for which anybody creates an account. `nobody`: no token has that issuer.
   */
  readonly of: "strangers" | "sign-up" | "nobody";
  /** The name of the service. */
  readonly service: string;
}

interface SharedIssuer {
  readonly service: string;
  /** The audiences that only some callers get, and who those are. */
  readonly audience?: { readonly pattern: RegExp; readonly of: "sign-up" | "one account" };
}

/**
 * Issuers that sign tokens for all of their accounts, each of which asks for a token with the audience it likes, or has the
 * same audience as the others. Only another claim tells one account from another.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html identity-provider
 * controls for shared OIDC providers
 */
const sharedIssuers: ReadonlyMap<string, SharedIssuer> = new Map<string, SharedIssuer>([
  // https://docs.github.com/en/actions/reference/security/oidc: core.getIDToken(audience)
  ["token.actions.githubusercontent.com", { service: "GitHub Actions" }],
  // https://github.com/actions/runner/blob/main/docs/checks/actions.md
  ["vstoken.actions.githubusercontent.com", { service: "GitHub Actions" }],
  // https://docs.github.com/en/enterprise-cloud@latest/admin/monitoring-activity-in-your-enterprise/reviewing-audit-logs-for-your-enterprise/streaming-the-audit-log-for-your-enterprise
  ["oidc-configuration.audit-log.githubusercontent.com", { service: "GitHub's audit log streaming" }],
  // https://docs.gitlab.com/ci/secrets/id_token_authentication/: id_tokens: { NAME: { aud: ... } }
  ["gitlab.com", { service: "GitLab.com" }],
  // https://buildkite.com/docs/agent/v3/cli-oidc: request-token --audience
  ["agent.buildkite.com", { service: "Buildkite" }],
  // https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/manual-generation:
  // TFC_WORKLOAD_IDENTITY_AUDIENCE
  ["app.terraform.io", { service: "HCP Terraform" }],
  // https://codefresh.io/docs/docs/integrations/oidc-pipelines/
  ["oidc.codefresh.io", { service: "Codefresh" }],
  // https://docs.scalr.io/docs/aws
  ["scalr.io", { service: "Scalr" }],
  // https://dvc.org/doc/studio/user-guide/openid-connect
  ["studio.datachain.ai/api", { service: "DVC Studio" }],
  // https://shisho.dev/docs/g/getting-started/integrate-apps/aws/
  ["tokens.cloud.shisho.dev", { service: "Shisho Cloud" }],
  // https://docs.upbound.io/all-spaces/legacy-spaces/multicloud-deploy/
  ["proidc.upbound.io", { service: "Upbound" }],
  // https://www.pulumi.com/docs/esc/providers/login/oidc/: "for an audience you choose"
  ["api.pulumi.com/oidc/v2", { service: "Pulumi Cloud" }],
  // https://www.pulumi.com/docs/esc/guides/configuring-oidc/aws/: the audience of its own logins is aws:ORGANIZATION
  [
    "api.pulumi.com/oidc",
    { service: "Pulumi Cloud", audience: { pattern: /^[a-z]+:[\w.-]+$/, of: "one account" } },
  ],
  // https://vercel.com/docs/oidc/reference: by default https://vercel.com/TEAM; a deployment may ask for another one
  [
    "oidc.vercel.com",
    { service: "Vercel", audience: { pattern: /^https:\/\/vercel\.com\/[\w-]+$/, of: "one account" } },
  ],
  // https://docs.cloud.google.com/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts/generateIdToken
  // https://developers.google.com/identity/openid-connect/openid-connect#an-id-tokens-payload
  [
    "accounts.google.com",
    {
      service: "Google",
      audience: { pattern: /^[\w-]+\.apps\.googleusercontent\.com$/, of: "sign-up" },
    },
  ],
]);

/** The tenant of Entra ID that every personal account is in. */
const personalAccounts = "9188040d-6c67-4c5b-b112-36a304b66dad";

/**
 * Issuers that sign in everybody, for applications that register with them.
 *
 * @see https://learn.microsoft.com/en-us/entra/identity-platform/v2-protocols-oidc `consumers`, and its tenant
 */
const consumerIssuers: ReadonlyMap<string, string> = new Map([
  ...["login.microsoftonline.com", "sts.windows.net", "login.windows.net"].flatMap((host) =>
    ["consumers", personalAccounts].flatMap((tenant): [string, string][] => [
      [`${host}/${tenant}`, "Microsoft"],
      [`${host}/${tenant}/v2.0`, "Microsoft"],
    ]),
  ),
  // https://developer.apple.com/documentation/signinwithapple/authenticating-users-with-sign-in-with-apple
  ["appleid.apple.com", "Apple"],
  // https://developers.facebook.com/docs/facebook-login/limited-login/token
  ["www.facebook.com", "Facebook"],
  // https://developers.line.biz/en/docs/line-login/verify-id-token/
  ["access.line.me", "LINE"],
  // https://dev.twitch.tv/docs/authentication/getting-tokens-oidc/
  ["id.twitch.tv/oauth2", "Twitch"],
  // https://learn.microsoft.com/en-us/linkedin/consumer/integrations/self-serve/sign-in-with-linkedin-v2
  ["www.linkedin.com/oauth", "LinkedIn"],
]);

/**
 * Issuers at which a load balancer's login signs in everybody.
 *
 * @see https://docs.gitlab.com/integration/openid_connect_provider/
 */
const consumerLogins: ReadonlyMap<string, string> = new Map([
  ...consumerIssuers,
  ["accounts.google.com", "Google"],
  ["gitlab.com", "GitLab.com"],
]);

/**
 * The words that Entra ID takes instead of a tenant. It writes the tenant's id into the issuer of every token, so that no
 * token has such an issuer.
 *
 * @see https://learn.microsoft.com/en-us/entra/identity-platform/access-tokens#validate-the-issuer
 */
const noTenant =
  /^(?:login\.microsoftonline\.(?:com|us)|login\.windows\.net|sts\.windows\.net)\/(?:common|organizations)(?:\/v2\.0)?$/;

/**
 * Who gets an accepted token without belonging to the organization. Undefined if nobody does, as far as the issuer tells,
 * or if that isn't known before the deployment.
 */
export function trustOf({ issuer, audiences, claims }: AcceptedTokens): Trust | undefined {
  const place = placeOf(knownValue(issuer));
  if (place === undefined) return undefined;
  if (noTenant.test(place)) return { of: "nobody", service: "Entra ID" };
  if (isPinned(claims)) return undefined;
  const consumer = consumerIssuers.get(place);
  if (consumer !== undefined) return { of: "sign-up", service: consumer };
  const shared = sharedIssuers.get(place);
  if (shared === undefined) return undefined;
  const of = callersOf(shared, audiences);
  return of === "one account" || of === undefined ? undefined : { of, service: shared.service };
}

/** One audience that a stranger can have is enough. An unknown one may be the right one. */
function callersOf(
  { audience }: SharedIssuer,
  audiences: Seen<readonly Seen<string>[]>,
): Trust["of"] | "one account" | undefined {
  if (audience === undefined) return "strangers";
  const named = knownElements(audiences);
  if (named.some((text) => !audience.pattern.test(text))) return "strangers";
  if (named.length > 0) return audience.of;
  const isUnknown =
    audiences.kind === "unknown" || (knownValue(audiences) ?? []).some(({ kind }) => kind === "unknown");
  return isUnknown ? undefined : "strangers";
}

/** Completes a sentence that starts with what accepts the tokens. */
export function acceptsTokensOfStrangers({ service }: Trust): string {
  return `accepts tokens of ${service}, which issues them to everybody with an account, and their audience doesn't tell one account from another`;
}

/** The service that signs in everybody at a load balancer's login, if it is one. */
export function consumerLoginAt(issuer: Seen<string>): string | undefined {
  const place = placeOf(knownValue(issuer));
  return place === undefined ? undefined : consumerLogins.get(place);
}

const discovery = "/.well-known/openid-configuration";

/**
 * The host and the path of an issuer, so that one issuer is always the same text: the host in lower case, no slash at the
 * end. Google's tokens may have an issuer without `https://`.
 *
 * @example placeOf("https://GitLab.com/.well-known/openid-configuration") // "gitlab.com"
 */
function placeOf(text: string | undefined): string | undefined {
  const url = text?.trim() ?? "";
  const absolute = /^[a-z][a-z\d+.-]*:\/\//i.test(url) ? url : `https://${url}`;
  const parsed = URL.canParse(absolute) ? new URL(absolute) : undefined;
  if (parsed?.protocol !== "https:") return undefined;
  const path = parsed.pathname.endsWith(discovery)
    ? parsed.pathname.slice(0, -discovery.length)
    : parsed.pathname;
  return `${parsed.host.replace(/\.$/, "")}${path}`.replace(/\/+$/, "");
}
