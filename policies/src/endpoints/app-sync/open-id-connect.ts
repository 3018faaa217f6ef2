import { absent, known, knownElements, knownValue, type ResourceOf, type Seen, type View } from "../../stack";
import type { AcceptedTokens } from "../tokens/shared-issuers";
import { EventApi } from "./event-api";
import { additionalProviders, type GraphqlApiResource, schemaContains } from "./graphql-api";

/** How GraphQL APIs and event APIs of AppSync configure an OpenID Connect provider. */
export interface OpenIdConnectConfig {
  issuer?: string | undefined;
  /** The id of a client, or a regular expression that matches several. */
  clientId?: string | undefined;
}

type Config = Seen<View<OpenIdConnectConfig>>;

const isOpenIdConnect = (type: Seen<string>) => knownValue(type) === "OPENID_CONNECT";

/** The OpenID Connect providers whose tokens an API accepts. */
export function openIdConnectConfigs(
  api: GraphqlApiResource | ResourceOf<typeof EventApi>,
): readonly Config[] {
  return EventApi.is(api) ? ofEventApi(api) : ofGraphqlApi(api as GraphqlApiResource);
}

function ofGraphqlApi(api: GraphqlApiResource): readonly Config[] {
  const own = isOpenIdConnect(api.word("authenticationType")) ? [api.record("openidConnectConfig")] : [];
  if (knownValue(schemaContains(api, "@aws_oidc")) === false) return own;
  const additional = additionalProviders(api).flatMap((provider) => knownValue(provider) ?? []);
  return [
    ...own,
    ...additional
      .filter((provider) => isOpenIdConnect(provider.word("authenticationType")))
      .map((provider) => provider.record("openidConnectConfig")),
  ];
}

function ofEventApi(api: ResourceOf<typeof EventApi>): readonly Config[] {
  const providers = knownValue(api.record("eventConfig"))?.records("authProviders") ?? absent;
  return knownElements(providers)
    .filter((provider) => isOpenIdConnect(provider.word("authType")))
    .map((provider) => provider.record("openidConnectConfig"));
}

/**
 * The tokens that a provider's configuration accepts. No claim but the client can be required.
 *
 * @see https://docs.aws.amazon.com/appsync/latest/APIReference/API_OpenIDConnectConfig.html
 */
export function acceptedTokens(config: View<OpenIdConnectConfig>): AcceptedTokens {
  const clientId = config.text("clientId");
  return {
    issuer: config.text("issuer"),
    audiences: clientId.kind === "known" ? known(alternatives(clientId.value).map(known)) : clientId,
    claims: [],
  };
}

/**
 * The alternatives of a regular expression, as the texts that they match where they have no wildcard: `a\.example|b` matches
 * `a.example` and `b`. Alternatives in parentheses stay as they are.
 */
function alternatives(pattern: string): readonly string[] {
  return pattern
    .split("|")
    .map((alternative) => alternative.replace(/^[\s(^]+|[\s)$]+$/g, "").replace(/\\([./:-])/g, "$1"));
}
