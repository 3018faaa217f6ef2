import type { Seen, View } from "../../stack";

/** How GraphQL APIs and event APIs of AppSync configure an OpenID Connect provider. */
export interface OpenIdConnectConfig {
  issuer?: string | undefined;
  /** The id of a client, or a regular expression that matches several. */
  clientId?: string | undefined;
}

/**
 * Why an API accepts the tokens of any client of the provider. Undefined if it only accepts those of named clients, or if
 * that isn't known before the deployment. Completes a sentence that starts with the provider.
 *
 * @see https://docs.aws.amazon.com/appsync/latest/APIReference/API_OpenIDConnectConfig.html
 */
export function openIdConnectWeakness(config: Seen<View<OpenIdConnectConfig>>): string | undefined {
  if (config.kind === "unknown") return undefined;
  if (config.kind === "absent") return "has no openidConnectConfig";
  const clientId = config.value.text("clientId");
  if (clientId.kind === "absent")
    return "names no clientId, so the API accepts a token for any client of the issuer";
  if (clientId.kind === "known" && matchesAnything(clientId.value)) {
    return "has a clientId that matches every client of the issuer";
  }
  return lacksTls(config.value.text("issuer"))
    ? "has an issuer that isn't reached by https, so its keys can be replaced in transit"
    : undefined;
}

/** Whether a regular expression, or one of its alternatives, has nothing but wildcards. */
export function matchesAnything(pattern: string): boolean {
  return pattern
    .replace(/\?:|[\s^$()]/g, "")
    .split("|")
    .some((alternative) => /^(?:(?:\.|\\[wWsSdD]|\[[^\]]*\])(?:[*+?]\??|\{\d*,?\d*\})?)*$/.test(alternative));
}

/** Whether a URL is known and its scheme isn't https. */
export function lacksTls(url: Seen<string>): boolean {
  return url.kind === "known" && !/^https:\/\//i.test(url.value.trim());
}
