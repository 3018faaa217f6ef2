import type { Seen, View } from "../../stack";

/** What AppSync asks of an OpenID Connect provider, in GraphQL APIs and in event APIs alike. */
export interface OpenIdConnectConfig {
  issuer?: string | undefined;
  /** A client's id, or a regular expression that matches several. */
  clientId?: string | undefined;
}

/**
 * Why whoever gets a token for any client of the provider gets in. Undefined where only the named clients do, or where
 * that isn't known before the deployment. Completes a sentence that starts with the provider.
 *
 * @see https://docs.aws.amazon.com/appsync/latest/APIReference/API_OpenIDConnectConfig.html
 */
export function openIdConnectWeakness(config: Seen<View<OpenIdConnectConfig>>): string | undefined {
  if (config.kind === "unknown") return undefined;
  if (config.kind === "absent") return "has no openidConnectConfig";
  const clientId = config.value.text("clientId");
  if (clientId.kind === "absent")
    return "names no clientId, so that a token for any client of the issuer counts";
  if (clientId.kind === "known" && matchesAnything(clientId.value)) {
    return "has a clientId that matches every client of the issuer";
  }
  return lacksTls(config.value.text("issuer"))
    ? "has an issuer that isn't reached by https, so that its keys can be replaced on the way"
    : undefined;
}

/** Whether a regular expression, or one of its alternatives, holds nothing but wildcards. */
export function matchesAnything(pattern: string): boolean {
  return pattern
    .replace(/\?:|[\s^$()]/g, "")
    .split("|")
    .some((alternative) => /^(?:(?:\.|\\[wWsSdD]|\[[^\]]*\])(?:[*+?]\??|\{\d*,?\d*\})?)*$/.test(alternative));
}

/** Whether a URL is known, and isn't reached by https. */
export function lacksTls(url: Seen<string>): boolean {
  return url.kind === "known" && !/^https:\/\//i.test(url.value.trim());
}
