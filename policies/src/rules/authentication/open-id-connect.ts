import { acceptedTokens, type OpenIdConnectConfig } from "../../endpoints/app-sync/open-id-connect";
import { acceptsTokensOfStrangers, trustOf } from "../../endpoints/tokens/shared-issuers";
import type { Seen, View } from "../../stack";

/** Why an API accepts too many of a provider's tokens. */
export interface OpenIdConnectWeakness {
  readonly kind: "any-openid-client" | "shared-issuer";
  /** Completes a sentence that starts with the provider. */
  readonly what: string;
}

/**
 * Why an API accepts the tokens of any client of the provider, or those that strangers get. Undefined if it accepts neither,
 * or if that isn't known before the deployment.
 *
 * @see https://docs.aws.amazon.com/appsync/latest/APIReference/API_OpenIDConnectConfig.html
 */
export function openIdConnectWeakness(
  config: Seen<View<OpenIdConnectConfig>>,
): OpenIdConnectWeakness | undefined {
  const anyClient = anyClientOf(config);
  if (anyClient !== undefined) return { kind: "any-openid-client", what: anyClient };
  const trust = config.kind === "known" ? trustOf(acceptedTokens(config.value)) : undefined;
  return trust?.of === "strangers"
    ? {
        kind: "shared-issuer",
        what: `${acceptsTokensOfStrangers(trust)}, and a clientId is all that AppSync compares`,
      }
    : undefined;
}

function anyClientOf(config: Seen<View<OpenIdConnectConfig>>): string | undefined {
  if (config.kind !== "known") return config.kind === "absent" ? "has no openidConnectConfig" : undefined;
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
